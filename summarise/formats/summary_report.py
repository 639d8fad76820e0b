"""A summary as a report: what it says first, then what it leaves open, refused and did not cover."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from summarise.amounts import amount
from summarise.formats.report import (
    Block,
    Cell,
    Heading,
    Piece,
    Quoted,
    cell,
    faint,
    line,
    table,
    warning,
    words,
)
from summarise.summary import Actor, Location, Rejected, Stance, Summary

_LONGEST = 80
"""Characters of a rejected item that are shown; the cut is marked, and the JSON has it whole."""


def report_summary(summary: Summary) -> Iterator[Block]:
    """The blocks of one summary."""
    article = summary.article
    yield Heading(article.title or article.id or "Untitled article", 1)
    yield line(faint(article.id), faint(f"{article.characters:,} characters, sha256 {article.sha256[:12]}…"))
    if summary.gist:
        yield Heading("Gist", 2)
        yield from (Quoted(sentence.text) for sentence in summary.gist)
    marks = _open_marks(summary)
    yield from _section(
        "Actors",
        ("name", "kind", "role", "note"),
        (
            (_named(actor), cell(actor.kind), cell(words(actor.role)), marks["actors", i])
            for i, actor in enumerate(summary.actors)
        ),
    )
    yield from _section(
        "Numbers",
        ("words", "value", "counts", "note"),
        (
            (cell(words(n.mention)), cell(amount(n)), cell(words(n.counts)), marks["numbers", i])
            for i, n in enumerate(summary.numbers)
        ),
    )
    yield from _section(
        "Locations",
        ("name", "country", "note"),
        (
            (_named(place), cell(place.country), marks["locations", i])
            for i, place in enumerate(summary.locations)
        ),
    )
    yield from _section(
        "Stances",
        ("who", "stands", "what", "quote", "note"),
        ((*stance_cells(stance), marks["stances", i]) for i, stance in enumerate(summary.stances)),
    )
    yield from _section("Rejected", ("field", "what", "why"), map(_refused, summary.rejected))
    yield from _not_covered(summary)
    yield line(faint(_made_by(summary)))


def stance_cells(stance: Stance) -> tuple[Cell, Cell, Cell, Cell]:
    """Who, for or against, what, and the quote."""
    sort = stance.polarity if stance.polarity != "neutral" else "plain"
    quote = words(f"“{stance.quote}”") if stance.quote else None
    pole = Piece(stance.polarity, sort)
    return cell(words(stance.holder)), cell(pole), cell(words(stance.target)), cell(quote)


def _section(heading: str, header: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> Iterator[Block]:
    for block in table(header, rows):
        yield Heading(heading, 2)
        yield block


def _named(item: Actor | Location) -> Cell:
    return cell(words(item.name), faint(f"({', '.join(item.aliases)})") if item.aliases else None)


def _open_marks(summary: Summary) -> dict[tuple[str, int], Cell]:
    """What to say beside each item: figures that disagree with it, what the check leaves open."""
    marks: dict[tuple[str, int], Cell] = defaultdict(tuple)
    for group in summary.disagreements:
        known = [index for index in group.numbers if 0 <= index < len(summary.numbers)]
        for index in known:
            others = ", ".join(amount(summary.numbers[other]) for other in known if other != index)
            marks["numbers", index] += cell(warning(f"disagrees with {others}"))
    left_open: dict[tuple[str, int], list[str]] = defaultdict(list)
    for note in summary.notes:
        left_open[note.field, note.index].append(note.check)
    for place, checks in left_open.items():
        marks[place] += cell(faint(f"not judged: {', '.join(checks)}"))
    return marks


def _refused(rejected: Rejected) -> tuple[Cell, Cell, Cell]:
    why = "; ".join(f"{issue.check}: {issue.message}" for issue in rejected.issues)
    said = [f"{key}: {_short(value)}" for key, value in rejected.item.items() if _tells(key, value)]
    return cell(rejected.field), cell(words("; ".join(said))), cell(warning(why))


def _tells(key: str, value: object) -> bool:
    return value is not None and key not in ("sentence", "spans", "mentions", "evidence", "confidence")


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _not_covered(summary: Summary) -> Iterator[Block]:
    """What the summary does not account for; nothing where it accounts for all."""
    told = summary.coverage
    gaps: list[Piece | None] = []
    if not told.complete:
        unread = told.sentences - told.sentences_read
        gaps.append(warning(f"{unread} of {told.sentences} sentences were not read."))
    for name, seen, reported in (
        ("numbers", told.numbers, told.numbers_reported),
        ("quotations", told.quotations, told.quotations_reported),
    ):
        if reported < seen:
            gaps.append(faint(f"{seen - reported} of {seen} {name} are not reported."))
    missed = summary.unreported
    if gaps or missed:
        yield Heading("Coverage", 2)
        yield from (line(gap) for gap in gaps)
    if missed:
        seen_there = (
            ("number", missed.numbers),
            ("quotation", missed.quotations),
            ("sentence", missed.sentences),
        )
        rows = [(cell(kind), cell(words(one.text))) for kind, found in seen_there for one in found]
        yield from table(("not reported", "words"), rows)


def _made_by(summary: Summary) -> str:
    made = summary.provenance
    by = [part for part in (made.model, made.revision, made.adapter, made.prompt, made.constraint) if part]
    return f"summarise {made.version}: {', '.join(by) if by else 'checked, no model asked'}"
