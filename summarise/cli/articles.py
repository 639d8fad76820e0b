"""The main command: articles in, verified JSON out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarise.cli.stdout import write_out
from summarise.errors import InputError, SummariseError, UsageError

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.article import Article

app = typer.Typer(add_completion=False, rich_markup_mode=None)  # plain help: quick, and the same everywhere

EPILOG = """
Beside this, `summarise models` lists, pulls and verifies models, and `summarise schema` prints the
JSON Schema of the output; each has its own --help. A file called `models` is read as `./models`.

\b
Exit codes:
   0  done
   2  wrong usage
   3  an article can't be used; of several, the others still come out
   4  the model is not there and can't be had, or is not sound
   5  decoding broke
  70  a bug of ours; SUMMARISE_DEBUG=1 shows where
  74  the output can't be written
 130  interrupted
"""


class Device(StrEnum):
    """Where the model runs."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


@app.command(epilog=EPILOG)
def read(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="Files of text or HTML; `-` or none: standard input."),
    ] = None,
    model: Annotated[
        str, typer.Option(metavar="NAME|FOLDER", help="A model of `summarise models list`, or a folder.")
    ] = "default",
    device: Annotated[
        Device, typer.Option(help="Where the model runs; auto takes a GPU where there is one.")
    ] = Device.AUTO,
    window: Annotated[
        int | None,
        typer.Option(
            metavar="TOKENS",
            min=64,
            help="How much of the article is read at a time; default: the model's own.",
        ),
    ] = None,
    html: Annotated[
        bool | None, typer.Option("--html/--text", help="What the input is; default: seen from its bytes.")
    ] = None,
    with_text: Annotated[
        bool,
        typer.Option(
            "--with-text", help="Put the article's text, which the spans point into, in the output."
        ),
    ] = False,
    max_characters: Annotated[
        int | None, typer.Option(metavar="COUNT", min=1, help="Refuse a longer article; default: 2000000.")
    ] = None,
    no_pull: Annotated[bool, typer.Option("--no-pull", help="Never download the model.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Errors only: no notes and no progress on stderr.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> int:
    """Read news articles and print what they say as verified, sourced JSON.

    One article gives one JSON object, several give JSON Lines. Every string of an item stands in
    the article, at the span given with it.

    \b
    summarise article.txt
    cat article.html | summarise | jq -r '.actors[].name'
    """
    if version:
        from summarise.version import VERSION

        write_out(f"summarise {VERSION}\n")
        return 0
    if not articles and sys.stdin is not None and sys.stdin.isatty():
        raise UsageError("no article", "name a file or pipe one in; see `summarise --help`")
    names = articles or ["-"]
    show = _silence if quiet else _note
    summariser: Summariser | None = None
    worst = 0
    for name, article in _read_all(names, html, max_characters, quiet):
        try:
            if isinstance(article, SummariseError):
                raise article
            if summariser is None:
                summariser = _load(model, device, window, no_pull, show)
            summary = summariser.summarise(article, with_text=with_text)
        except SummariseError as error:
            # one bad article never costs the others; a model that is not there costs them all
            if len(names) == 1 or (not isinstance(error, InputError) and summariser is None):
                raise
            _note(f"summarise: {name}: {error}")
            worst = worst or error.exit_code
        else:
            from summarise.output import write_summary

            write_out(write_summary(summary, line=len(names) > 1))
    return worst


def _read_all(
    names: list[str], html: bool | None, most: int | None, quiet: bool
) -> Iterator[tuple[str, Article | SummariseError]]:
    """Each article as it is needed, or the error that it gave."""
    from tqdm import tqdm

    # summaries that scroll by on a terminal are progress enough, and a bar would stand among them
    bar = len(names) > 1 and not quiet and sys.stderr.isatty() and not sys.stdout.isatty()
    for name in tqdm(names, unit="article", disable=not bar):
        try:
            yield name, _read_one(name, html, most)
        except SummariseError as error:
            yield name, error


def _read_one(name: str, html: bool | None, most: int | None) -> Article:
    from summarise.read import MOST_CHARACTERS, read_bytes, read_file

    limit = MOST_CHARACTERS if most is None else most
    if name != "-":
        return read_file(Path(name), html=html, most=limit)
    if sys.stdin is None:
        raise InputError("standard input is closed", "name a file or pipe an article in")
    return read_bytes(sys.stdin.buffer.read(), html=html, most=limit)


def _load(
    model: str, device: Device, window: int | None, no_pull: bool, show: Callable[[str], None]
) -> Summariser:
    from summarise.api import Summariser

    return Summariser(model, device=device.value, window=window, allow_pull=not no_pull, show=show)


def _note(text: str) -> None:
    """A line for people, on stderr and clear of the progress bar."""
    from tqdm import tqdm

    tqdm.write(text, file=sys.stderr)


def _silence(text: str) -> None:
    """Says nothing."""
