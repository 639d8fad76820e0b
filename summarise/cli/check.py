"""`summarise check`: judges a summary against its article, whoever wrote it. Loads no model."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from summarise.cli.formats import safe
from summarise.cli.options import MaxCharacters, Quiet
from summarise.cli.saved import open_saved
from summarise.cli.stdout import write_out
from summarise.errors import UsageError

SOMETHING_REJECTED = 1


def check(
    summary: Annotated[
        str,
        typer.Argument(metavar="SUMMARY", help="A JSON file: our own output or the bare form; `-`: stdin."),
    ],
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="A file of text or HTML; `-`: standard input.")
    ],
    html: Annotated[
        bool | None,
        typer.Option("--html/--text", help="What the article is. [default: seen from its bytes]"),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Also list what the article has and the summary leaves out."),
    ] = False,
    max_characters: MaxCharacters = None,
    quiet: Quiet = False,
) -> int:
    """Judge every leaf of a summary against its article; print what holds, and in `rejected` what does not.

    The bare form has the fields of a summary with strings only: what is left out is found.

        echo '{"actors": ["Ana Roe"]}' | summarise check - article.txt

    Exit codes: 0 all holds; 1 something was rejected; 2 wrong usage; 3 summary or article can't be used;
    70 a bug of ours.
    """
    from summarise.bare import read_bare_json
    from summarise.check import check as judge
    from summarise.cli.reading import read_one
    from summarise.output import write_summary

    if summary == article == "-":
        raise UsageError("both are standard input", "give one of them as a file")
    with open_saved(summary) as stream:
        data = read_bare_json(stream.read(), "the summary" if summary == "-" else summary)
    read = read_one(article, html=html, most=max_characters)
    judged = judge(read, data, unreported=coverage, note=None if quiet else _note)
    write_out(safe(write_summary(judged, line=False)))
    if judged.rejected and not quiet:
        _note(f"{len(judged.rejected)} rejected; see `rejected`")
    return SOMETHING_REJECTED if judged.rejected else 0


def _note(text: str) -> None:
    print(f"summarise: {text}", file=sys.stderr)
