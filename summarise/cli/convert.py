"""`summarise convert`: summaries that were made before, in another format. Loads no model."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from summarise.cli.formats import OutputFormat, OutputPlace, open_sink
from summarise.cli.saved import saved_summaries
from summarise.errors import InputError, UsageError


def convert(
    summaries: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SUMMARIES",
            help="Files of JSON, JSON Lines (also .gz and .zst) or Parquet; `-` or none: standard input.",
        ),
    ] = None,
    form: OutputFormat = None,
    output: OutputPlace = None,
) -> int:
    """Write summaries that were made before in another format.

    csv is a file for each list of a summary, and `articles.csv` for the rest, with the rows of all articles.
    A row begins with its article's id and sha256; a span is two columns, a list is JSON. Nothing is changed
    for a spreadsheet: a cell that begins with `=`, `+`, `-` or `@` is what the article says. In Markdown an
    article's text is never markup.

    \b
    summarise convert news.jsonl --format csv -o tables/
    summarise convert summary.json --format markdown > summary.md

    Exit codes: 0 all are written; 2 wrong usage; 3 some can't be used, the others are written; 70 a bug of
    ours; 74 the output can't be written.
    """
    if not summaries and sys.stdin is not None and sys.stdin.isatty():
        raise UsageError("no summary", "name a file or pipe one in; see `summarise convert --help`")
    names = summaries or ["-"]
    code, wrote = 0, False
    with open_sink(form, output, names, lines=True) as put:
        for name in names:
            try:
                for summary in saved_summaries(name):
                    if isinstance(summary, InputError):
                        code = _complain(summary)
                    else:
                        put(summary)
                        wrote = True
            except InputError as error:
                code = _complain(error)
        if not wrote:
            raise typer.Exit(code)
    return code


def _complain(error: InputError) -> int:
    print(f"summarise: {error}", file=sys.stderr)
    return error.exit_code
