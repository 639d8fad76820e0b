"""`summarise diff`: what differs between two summaries of one story. Loads no model."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from summarise.cli.formats import Format, default_format, safe, show
from summarise.cli.saved import saved_summary
from summarise.cli.stdout import write_out
from summarise.errors import UsageError

THEY_DIFFER = 1


class DiffFormat(StrEnum):
    """What comes out."""

    JSON = "json"
    TABLE = "table"
    MARKDOWN = "markdown"


def diff(
    before: Annotated[
        str,
        typer.Argument(
            metavar="BEFORE", help="A file of JSON or Parquet with one summary; `-`: standard input."
        ),
    ],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Another; `-`: standard input.")],
    form: Annotated[
        DiffFormat | None,
        typer.Option("--format", help="What comes out; default: a table on a terminal, JSON anywhere else."),
    ] = None,
) -> int:
    """Compare two summaries of one story: figures, actors, places, stances, gist.

    Told are figures of one thing that changed, names that came and went, kinds, roles and countries that
    differ, stances that are new, gone or turned round. Where items stand in their articles is no difference.

    \b
    summarise diff monday.json tuesday.json
    summarise diff old.json new.json | jq '.numbers.changed[].after.mention'

    Exit codes, as diff has them: 0 no difference; 1 some; 2 wrong usage; 3 a summary can't be used; 70 a bug
    of ours; 74 the output can't be written.
    """
    from summarise.compare import diff as compare
    from summarise.formats.diff_report import report_diff
    from summarise.output import write_json

    if before == after == "-":
        raise UsageError("both are standard input", "give one of them as a file")
    found = compare(saved_summary(before), saved_summary(after))
    chosen = Format(form.value) if form else default_format(None)
    if chosen is Format.JSON:
        write_out(safe(write_json(found.model_dump(mode="json"), line=False)))
    else:
        write_out(show(report_diff(found), chosen, to_stdout=True))
    return THEY_DIFFER if found.differs else 0
