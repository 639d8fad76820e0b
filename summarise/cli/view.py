"""`summarise view`: summaries as pages to look at. Loads a model only where it is given an article."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

import typer

from summarise.cli.chosen import ModelChoice, chooses_model
from summarise.cli.options import MaxCharacters, Quiet
from summarise.errors import InputError, UsageError

EPILOG = """
A page is one file that loads nothing and sends nothing. Several articles give a folder with a page each
and an index.html that counts and searches.

\b
Exit codes:
   0  done
   2  wrong usage
   3  a summary or an article can't be used, or they don't belong together; the others still come out
   4  the model is not there and can't be had, or is not sound
   5  decoding broke; of several articles, the others still come out
  70  a bug of ours; SUMMARISE_DEBUG=1 shows where
  74  the page can't be written
"""


@chooses_model
def view(
    *,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Summaries in JSON, JSON Lines or Parquet, or articles, which are summarised first; `-`:"
            " stdin.",
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|FOLDER",
            help="Where the page goes, or the pages; `-`: stdout; default: beside the first input.",
        ),
    ] = None,
    article: Annotated[
        list[str] | None,
        typer.Option(
            "--article",
            metavar="ARTICLE",
            help="The article of a summary made without --with-text, or a folder, glob or JSON Lines that has"
            " it; may be given more than once.",
        ),
    ] = None,
    html: Annotated[
        bool | None,
        typer.Option("--html/--text", help="What the articles are; default: seen from their bytes."),
    ] = None,
    chosen: ModelChoice,
    max_characters: MaxCharacters = None,
    quiet: Quiet = False,
) -> int:
    """Show summaries as web pages: the article with its words marked, beside the fields.

    \b
    summarise view article.txt
    summarise view summary.json --article article.txt -o page.html
    summarise view news.jsonl --article news/ -o pages/
    """
    from summarise.cli.texts import form_of
    from summarise.cli.viewing import Source, write_views

    if chosen.schema is not None:
        raise UsageError("a page has no place for fields of your own", "leave --schema out")
    articles = article or []
    if [*inputs, *articles].count("-") > 1:
        raise UsageError("standard input is named twice", "give one of them as a file")
    if sys.stdin is None and "-" in [*inputs, *articles]:
        raise InputError("standard input is closed", "name a file or pipe one in")

    load = partial(chosen.load, quiet=quiet)  # torch: only for an article
    source = Source(inputs, articles, form_of(html, max_characters), load)
    return write_views(source, output, quiet=quiet)
