"""The difference between two summaries as a report: of each field what changed, is new, is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from summarise.amounts import amount
from summarise.compare.model import Change, Diff, FieldDiff
from summarise.formats.report import Block, Cell, Heading, Piece, cell, faint, line, table, warning, words
from summarise.formats.summary_report import stance_cells
from summarise.summary import ArticleInfo, Number, Stance

Item = TypeVar("Item")
Row = tuple[Cell, ...]


def report_diff(diff: Diff) -> Iterator[Block]:
    """The blocks of one difference."""
    yield Heading(diff.after.title or diff.before.title or "Two summaries", 1)
    yield line("before:", faint(_article(diff.before)))
    yield line("after:", faint(_article(diff.after)))
    sections: tuple[tuple[str, tuple[str, ...], Iterator[Row]], ...] = (
        ("Numbers", ("change", "counts", "before", "after", "note"), _rows(diff.numbers, _number_row)),
        ("Actors", ("change", "name", "before", "after"), _rows(diff.actors, _named_row)),
        ("Locations", ("change", "name", "before", "after"), _rows(diff.locations, _named_row)),
        ("Stances", ("change", "who", "before", "after", "note"), _rows(diff.stances, _stance_row)),
        ("Gist", ("change", "before", "after"), _rows(diff.gist, _gist_row)),
    )
    for name, header, rows in sections:
        for block in table(header, rows):
            yield Heading(name, 2)
            yield block
    if not diff.differs:
        yield line("No difference.")
    yield from (line(warning(note)) for note in diff.notes)


def _article(article: ArticleInfo) -> str:
    return f"{article.id or 'no id'}, {article.characters:,} characters, sha256 {article.sha256[:12]}…"


def _rows(field: FieldDiff[Any, Any], row: Callable[[Any, Any, Change[Any] | None], Row]) -> Iterator[Row]:
    """The rows of one field; row: makes one of an item before, an item after, and what changed."""
    for change in field.changed:
        yield (cell("changed"), *row(change.before, change.after, change))
    for item in field.new:
        yield (cell(Piece("new", "for")), *row(None, item, None))
    for item in field.gone:
        yield (cell(Piece("gone", "against")), *row(item, None, None))


def _number_row(before: Number | None, after: Number | None, change: Any) -> Row:
    counts = next((n.counts for n in (after, before) if n and n.counts), None)
    agree = faint("both may hold") if change and not change.disagree else None
    return cell(words(counts)), _figure(before), _figure(after), cell(agree)


def _figure(number: Number | None) -> Cell:
    if number is None:
        return ()
    value = amount(number)
    return cell(words(number.mention), faint(f"({value})") if value not in ("", number.mention) else None)


def _named_row(before: Any, after: Any, change: Change[Any] | None) -> Row:
    name = cell(words((after or before).name))
    if change is None:
        told = cell(*(words(getattr(after or before, leaf, None)) for leaf in ("kind", "role", "country")))
        return (name, told, ()) if before else (name, (), told)
    return (name, *(_leaves(item, change.fields) for item in (before, after)))


def _leaves(item: Any, fields: Iterable[str]) -> Cell:
    return cell(*(words(getattr(item, leaf) or "none") for leaf in fields))


def _stance_row(before: Stance | None, after: Stance | None, change: Any) -> Row:
    holder = next(stance.holder for stance in (after, before) if stance)
    turned = warning("turned") if change and change.turned else None
    return cell(words(holder)), _stand(before), _stand(after), cell(turned)


def _stand(stance: Stance | None) -> Cell:
    if stance is None:
        return ()
    _, polarity, target, quote = stance_cells(stance)
    return polarity + target + quote


def _gist_row(before: Any, after: Any, change: object) -> Row:
    return tuple(cell(words(one.text)) if one else () for one in (before, after))
