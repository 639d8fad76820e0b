"""The main command: articles in, verified JSON out."""

from __future__ import annotations

import sys
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from summarise.cli.stdout import write_out
from summarise.errors import UsageError

if TYPE_CHECKING:
    from summarise.api import Summariser

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
def summarise(
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
    no_adapter: Annotated[
        bool, typer.Option("--no-adapter", help="Run the model as it was, without our training.")
    ] = False,
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
    from summarise.cli.reading import print_summaries, read_one

    def load() -> Summariser:
        from summarise.api import Summariser  # torch: only for an article that can be read

        show = (lambda text: None) if quiet else None
        return Summariser(
            model,
            device=device.value,
            adapter=not no_adapter,
            window=window,
            allow_pull=not no_pull,
            show=show,
        )

    read = partial(read_one, html=html, most=max_characters)
    return print_summaries(articles or ["-"], read, load, with_text=with_text, quiet=quiet)
