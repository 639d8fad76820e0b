"""The main command: articles in, verified JSON out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarise.errors import InputError, SummariseError, UsageError

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.article import Article

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

EPILOG = """
Other commands: `summarise models` (list, pull, verify, path) and `summarise schema`, each with --help.

Exit codes: 0 done; 2 wrong usage; 3 an article can't be used; 4 the model is not to be had;
5 decoding broke; 70 a bug of ours.
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
        typer.Argument(metavar="[ARTICLE]...", help="Files of text or HTML; `-` or none: standard input."),
    ] = None,
    model: Annotated[
        str, typer.Option(metavar="NAME|FOLDER", help="A model of `summarise models list`, or a folder.")
    ] = "default",
    device: Annotated[
        Device, typer.Option(help="Where the model runs; auto takes a GPU where there is one.")
    ] = (Device.AUTO),
    window: Annotated[
        int | None,
        typer.Option(min=64, help="Tokens of the article read at a time. [default: the model's own]"),
    ] = None,
    html: Annotated[
        bool | None, typer.Option("--html/--text", help="What the input is. [default: seen from its bytes]")
    ] = None,
    with_text: Annotated[
        bool,
        typer.Option(
            "--with-text", help="Put the article's text, which the spans point into, in the output."
        ),
    ] = False,
    max_characters: Annotated[
        int | None, typer.Option(min=1, help="Refuse a longer article. [default: 2000000]")
    ] = None,
    no_pull: Annotated[bool, typer.Option("--no-pull", help="Never download the model.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress on stderr.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> int:
    """Read news articles and print what they say as verified, sourced JSON.

    One article gives one JSON object, several give JSON Lines. Every string stands in the
    article, at the span given with it.

        cat article.txt | summarise | jq '.actors[].name'
    """
    from summarise.output import put, write_summary
    from summarise.version import VERSION

    if version:
        put(f"summarise {VERSION}\n", sys.stdout.buffer)
        return 0
    names = articles or ["-"]
    if names == ["-"] and sys.stdin.isatty():
        raise UsageError("no article", "name a file or pipe one in; --help tells more")

    summariser: Summariser | None = None
    worst = 0
    for name, article in _read_all(names, html, max_characters, quiet):
        try:
            if isinstance(article, SummariseError):
                raise article
            if summariser is None:
                summariser = _load(model, device, window, no_pull, quiet)
            summary = summariser.summarise(article, with_text=with_text)
        except SummariseError as error:
            # one bad article never costs the others; a model that is not there costs them all
            if len(names) == 1 or not isinstance(error, InputError) and summariser is None:
                raise
            print(f"summarise: {name}: {error}", file=sys.stderr)
            worst = worst or error.exit_code
        else:
            put(write_summary(summary, line=len(names) > 1), sys.stdout.buffer)
    return worst


def _read_all(
    names: list[str], html: bool | None, most: int | None, quiet: bool
) -> Iterator[tuple[str, Article | SummariseError]]:
    """Each article as it is needed, or the error that it gave."""
    from tqdm import tqdm

    bar = tqdm(names, unit="article", disable=quiet or len(names) == 1 or not sys.stderr.isatty())
    for name in bar:
        try:
            yield name, _read_one(name, html, most)
        except SummariseError as error:
            yield name, error


def _read_one(name: str, html: bool | None, most: int | None) -> Article:
    from summarise.read import MOST_CHARACTERS, read_bytes, read_file

    limit = MOST_CHARACTERS if most is None else most
    if name == "-":
        return read_bytes(sys.stdin.buffer.read(), html=html, most=limit)
    return read_file(Path(name), html=html, most=limit)


def _load(model: str, device: Device, window: int | None, no_pull: bool, quiet: bool) -> Summariser:
    from summarise.api import Summariser

    show = (lambda text: None) if quiet else None
    return Summariser(model, device=device.value, window=window, allow_pull=not no_pull, show=show)
