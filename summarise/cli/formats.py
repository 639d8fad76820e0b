"""In what form summaries come out, and where to. Imports nothing heavy.

A program gets JSON: whatever is piped or sent to a file. A terminal gets a table, because people read there,
and a summary's JSON is some hundred lines of brackets. `--format` settles it for both.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarise.cli.stdout import write_out
from summarise.errors import OutputError, UsageError, system_reason

if TYPE_CHECKING:
    from summarise.formats.report import Block
    from summarise.summary import Summary


class Format(StrEnum):
    """What comes out."""

    JSON = "json"
    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"


OutputFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="What comes out; default: Markdown into a file of such a name, a table on a terminal, JSON"
        " anywhere else.",
    ),
]
OutputPlace = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        help="Write into this file, and for csv into this folder: a file for each list of a summary.",
    ),
]
Put = Callable[["Summary | str"], None]

_REORDERED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that JSON may hold as they are and that a terminal would act on."""


@contextmanager
def open_sink(form: Format | None, output: Path | None, read: Sequence[str], *, lines: bool) -> Iterator[Put]:
    """What takes summaries, one after the other, each as itself or its JSON. lines: JSON Lines.

    read: names of what is read, and so never written over. A file is there when all is written, whole or not
    at all; whoever has nothing to write raises, and what was there stays. Raises UsageError and OutputError.
    """
    if output is not None:
        spare_inputs(output, read)
    if form is None and output is not None and output.suffix.lower() == ".csv":
        raise UsageError(f"{output} can't hold a summary", "give --format csv and name a folder")
    if form is Format.CSV:
        if output is None:
            raise UsageError("csv is several files", "name a folder for them with --output")
        from summarise.formats.csv_folder import write_csv

        with write_csv(output) as folder:
            yield lambda summary: folder.put(_read(summary))
    else:
        if output is not None and output.is_dir():
            raise UsageError(f"{output} is a folder", "name a file in it with -o")
        with open_text(output) as write:
            yield _put(form or default_format(output), write, lines, output is None)


def spare_inputs(output: Path, read: Iterable[str]) -> None:
    """Raises UsageError where `output` is one of the files that are `read`."""
    if output.resolve() in {Path(name).resolve() for name in read if name != "-"}:
        raise UsageError(f"{output} is one of the inputs", "name another file with -o")


@contextmanager
def open_text(output: Path | None) -> Iterator[Callable[[str], None]]:
    """What takes text, for stdout or the file `output`. Raises OutputError."""
    if output is None:
        yield write_out
        return
    from summarise.batch.disk import replacing
    from summarise.output import put

    try:
        # a device or a pipe can't be replaced
        with output.open("wb") if output.exists() and not output.is_file() else replacing(output) as file:
            yield lambda text: put(text, file)
    except OSError as error:
        raise cant_write(output, error) from None


def cant_write(output: Path, error: OSError) -> OutputError:
    """The disk's refusal in our words; unlike a batch, a run of one file does not go on where it was."""
    said = system_reason(error)
    return OutputError(f"can't write {output}: {said}", "check the folder, its permissions and its space")


def default_format(output: Path | None) -> Format:
    """What comes out where nobody said."""
    if output is not None and output.suffix.lower() in (".md", ".markdown"):
        return Format.MARKDOWN
    return Format.TABLE if output is None and on_terminal() else Format.JSON


def form_of_own(form: Format | None) -> Format:
    """What comes out of a report in fields of somebody's own, also on a terminal. Raises UsageError."""
    if form not in (None, Format.JSON):
        raise UsageError(
            f"--format {form} has no place for fields of your own", "leave it out: they come as JSON"
        )
    return Format.JSON


def on_terminal() -> bool:
    """Whether stdout is one."""
    return sys.stdout is not None and sys.stdout.isatty()


def show(blocks: Iterator[Block], form: Format, *, to_stdout: bool) -> str:
    """A report as a table or as Markdown."""
    if form is Format.MARKDOWN:
        from summarise.formats.markdown import markdown

        return markdown(blocks)
    from summarise.formats.terminal import terminal

    colour = to_stdout and on_terminal() and not os.environ.get("NO_COLOR")
    return terminal(blocks, width=shutil.get_terminal_size().columns, colour=colour)


def safe(text: str) -> str:
    """JSON text for stdout: on a terminal with codes for characters that it would act on, the same JSON."""
    if not on_terminal():
        return text
    return _REORDERED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _put(form: Format, write: Callable[[str], None], lines: bool, to_stdout: bool) -> Put:
    from summarise.formats.summary_report import report_summary

    first = True

    def put(summary: Summary | str) -> None:
        nonlocal first
        if form is Format.JSON:
            text = _json(summary, lines)
            write(safe(text) if to_stdout else text)
        else:
            shown = show(report_summary(_read(summary)), form, to_stdout=to_stdout)
            write(shown if first else f"\n{shown}")
        first = False

    return put


def _json(summary: Summary | str, line: bool) -> str:
    import json

    from summarise.output import write_json, write_summary

    if not isinstance(summary, str):
        return write_summary(summary, line=line)
    return summary if line else write_json(json.loads(summary), line=False)


def _read(summary: Summary | str) -> Summary:
    if not isinstance(summary, str):
        return summary
    from summarise.saved import read_summary_json

    return read_summary_json(summary)
