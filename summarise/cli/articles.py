"""The main command: articles in, verified summaries out."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

import typer

from summarise.cli.chosen import ModelChoice, chooses_model
from summarise.cli.completion import first_words
from summarise.cli.formats import OutputFormat, OutputPlace, form_of_own, on_terminal, open_sink
from summarise.cli.options import CacheFile, MaxCharacters, Quiet, WithText
from summarise.cli.stdout import write_out
from summarise.errors import UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None)  # plain help: quick, and the same everywhere

EPILOG = """
Beside this, `summarise batch` reads whole archives, `summarise check` judges any summary, `summarise
view` shows one as a web page, `summarise convert` writes summaries in other formats, `summarise diff`
compares two, `summarise models` lists, pulls and verifies models, `summarise schema` prints the JSON Schema
of the output, and `summarise completion` what teaches your shell to complete all this; each has its own
--help. A file called `models` is read as `./models`.

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


@app.command(epilog=EPILOG)
@chooses_model
def summarise(
    *,
    articles: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ARTICLE",
            autocompletion=first_words,
            help="Files of text or HTML; `-` or none: standard input.",
        ),
    ] = None,
    chosen: ModelChoice,
    html: Annotated[
        bool | None, typer.Option("--html/--text", help="What the input is; default: seen from its bytes.")
    ] = None,
    with_text: WithText = False,
    max_characters: MaxCharacters = None,
    cache: CacheFile = None,
    form: OutputFormat = None,
    output: OutputPlace = None,
    quiet: Quiet = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the versions, the model and the device, and exit.")
    ] = False,
) -> int:
    """Read news articles and print what they say as verified, sourced JSON.

    One article gives one JSON object, several give JSON Lines; on a terminal, where people read, a
    table comes instead. Every string of an item stands in the article, at the span given with it.

    \b
    summarise article.txt
    cat article.html | summarise | jq -r '.actors[].name'
    """
    if version:
        from summarise.cli.versions import tell_versions

        write_out(tell_versions(chosen))
        return 0
    if not articles and sys.stdin is not None and sys.stdin.isatty():
        raise UsageError("no article", "name a file or pipe one in; see `summarise --help`")
    from summarise.cli.reading import print_summaries, read_one

    load = partial(chosen.load, quiet=quiet)  # torch: only for an article that can be read
    names = articles or ["-"]
    read = partial(read_one, html=html, most=max_characters)
    form = form_of_own(form) if chosen.schema else form
    # summaries that scroll by on a terminal are progress enough, and a bar would stand among them
    bar = not quiet and (output is not None or not on_terminal())
    with open_sink(form, output, names, lines=len(names) > 1) as put:
        return print_summaries(
            names, read, load, with_text=with_text, quiet=quiet, bar=bar, cache=cache, put=put
        )
