"""`summarise batch`: whole archives into one file, which a run that was killed goes on with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, redirect_stdout
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ByteSize, TypeAdapter, ValidationError
from tqdm import tqdm

from summarise.cli.chosen import ModelChoice, chooses_model
from summarise.cli.options import CacheFile, MaxCharacters, Quiet, WithText
from summarise.cli.stdout import write_out
from summarise.errors import InputError, UsageError
from summarise.terminal import draws

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.batch import BatchCounts, BatchOptions, Summarises

ROWS = 4
SOME_FAILED = InputError.exit_code

EPILOG = """
Beside OUT: OUT.failed.jsonl has a line for each input that failed, with the reason; OUT.run.json says
what made OUT; OUT.journal.jsonl is what a Parquet file is made from, and what a run goes on with.

\b
Exit codes:
   0  every input is in OUT
   2  wrong usage; another run is writing OUT, or OUT was begun with
      another model, version or option
   3  some inputs failed; the others are in OUT
   4  the model is not there and can't be had, or is not sound
  70  a bug of ours; SUMMARISE_DEBUG=1 shows where
  74  the output can't be written; run it again to go on
 130  interrupted; run it again to go on
"""


def read_size(text: str) -> int:
    """Bytes: 500MB, 2GiB. Raises typer's error for what is no size."""
    try:
        size = int(TypeAdapter(ByteSize).validate_python(text))
    except ValidationError:
        raise typer.BadParameter(f"{text!r} is no size such as 2GB") from None
    return size


@chooses_model
def batch(
    *,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Folders, files, globs; .jsonl and .parquet hold many articles; `-`: JSON Lines on stdin."
            " .gz and .zst are unpacked.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="JSON Lines, or Parquet by its name.")
    ],
    text_field: Annotated[
        str,
        typer.Option(
            envvar="SUMMARISE_TEXT_FIELD",
            metavar="NAME",
            help="Where records of JSON Lines and Parquet have their text.",
        ),
    ] = "text",
    id_field: Annotated[
        str,
        typer.Option(
            envvar="SUMMARISE_ID_FIELD",
            metavar="NAME",
            help="Where they have their id; without: file and line.",
        ),
    ] = "id",
    html: Annotated[
        bool | None,
        typer.Option(
            "--html/--text", help="What the articles are; default: of files, seen from their bytes."
        ),
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try articles again that failed in an earlier run.")
    ] = False,
    cache: CacheFile = None,
    limit: Annotated[
        int | None, typer.Option(metavar="COUNT", min=0, help="Most articles to summarise in this run.")
    ] = None,
    rows: Annotated[
        int,
        typer.Option(
            envvar="SUMMARISE_ROWS",
            metavar="COUNT",
            min=1,
            help="Articles decoded together, or asked of a server; more take more memory.",
        ),
    ] = ROWS,
    memory: Annotated[
        int | None,
        typer.Option(
            envvar="SUMMARISE_MEMORY",
            metavar="SIZE",
            parser=read_size,
            help="What articles decoded together may take beside the model, as 2GB; fewer are then begun.",
        ),
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(
            "--ray",
            metavar="ADDRESS",
            help="Summarise on a Ray cluster, from one of its nodes: `auto`, or HOST:PORT of its head; or"
            " `local`: on workers of this machine alone.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="COUNT",
            min=1,
            help="With --ray: how many load the model; default: one a GPU, else one for two CPUs.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing: print counts and the time it would take.")
    ] = False,
    chosen: ModelChoice,
    with_text: WithText = False,
    max_characters: MaxCharacters = None,
    quiet: Quiet = False,
) -> int:
    """Summarise many articles into one file; run again, it goes on where it was.

    Every input ends in OUT, in the order of the inputs, or in OUT.failed.jsonl.

    \b
    summarise batch news/ -o news.jsonl
    summarise batch 'archive/*.jsonl.gz' --text-field body -o archive.parquet
    """
    from summarise.batch import BatchOptions, write_batch

    if workers is not None and ray is None:
        raise UsageError("--workers are those of a cluster", "give --ray ADDRESS, or --rows")
    if dry_run and ray is not None:
        raise UsageError("--dry-run measures this machine", "leave --ray out")
    chosen = chosen.with_memory(memory)

    with ExitStack() as stack:
        show = stack.enter_context(_progress(quiet or dry_run))
        options = BatchOptions(
            text_field=text_field,
            id_field=id_field,
            html=html,
            with_text=with_text,
            rows=rows,
            limit=limit,
            retry_failed=retry_failed,
            cache=cache,
            note=(lambda text: None) if quiet else _note,
            show=show,
            **({} if max_characters is None else {"most": max_characters}),
        )
        if dry_run:
            return _estimate(partial(chosen.load, quiet=quiet), inputs, output, options)

        def load() -> Summarises:
            if ray is None:
                return chosen.load(quiet=quiet)
            from summarise.batch.cluster import Cluster

            stack.enter_context(redirect_stdout(sys.stderr))  # Ray tells of lost workers on stdout
            cluster = Cluster(chosen.for_others(), ray, workers=workers, schema=chosen.schema)
            return stack.enter_context(closing(cluster))

        counts = write_batch(load, inputs, output, options)
    if counts.failed or not quiet:
        where = f"; see {output}.failed.jsonl" if counts.failed else ""
        _note(f"{counts.told()}{where}")
    return SOME_FAILED if counts.failed else 0


def _estimate(
    load: Callable[[], Summariser[Any]], inputs: list[str], output: Path, options: BatchOptions
) -> int:
    from summarise.batch.estimate import estimate_batch
    from summarise.output import write_json

    write_out(write_json(estimate_batch(load, inputs, output, options), line=False))
    return 0


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[BatchCounts, float | None], None] | None]:
    """A bar on a terminal: how much of the inputs is read, articles a minute, time left, failures."""
    if quiet or not draws(sys.stderr):
        yield None
        return
    form = "{percentage:3.0f}% |{bar}| {desc} [{elapsed}, {remaining} left]"
    with tqdm(total=1.0, bar_format=form, leave=False, smoothing=0.05, miniters=0) as bar:
        started: list[float] = []

        def show(counts: BatchCounts, share: float | None) -> None:
            if not started and counts.summarised:
                started[:] = [monotonic(), counts.summarised]
            pace = (
                60 * (counts.summarised - started[1]) / max(monotonic() - started[0], 1e-9) if started else 0
            )
            words = f"{counts.ended:,} inputs, {counts.failed:,} failed, {pace:,.1f} articles/min"
            bar.set_description_str(words, refresh=False)
            if share is None:
                bar.bar_format = "{desc} [{elapsed}]"
            bar.update(max((share or 0.0) - bar.n, 0.0))

        yield show


def _note(text: str) -> None:
    tqdm.write(f"summarise: {text}", file=sys.stderr)
