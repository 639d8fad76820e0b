"""What a report is made of, whoever shows it: headings, sentences of the article, lines, tables.

Strings are raw: whoever shows a report makes them harmless for where it is shown (a terminal, Markdown), and
nothing in a string is markup. A table's cells are pieces of text, each with what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Sort = Literal["plain", "words", "for", "against", "faint", "warning"]
"""What a piece is: plain; words of the article; a polarity; of less weight; to be looked at."""


@dataclass(frozen=True)
class Piece:
    """Some text of one sort."""

    text: str
    sort: Sort = "plain"


Cell = tuple[Piece, ...]
"""Pieces that follow each other with a blank between; none: an empty cell."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 begins an article."""

    text: str
    level: Literal[1, 2, 3]


@dataclass(frozen=True)
class Quoted:
    """A sentence of the article."""

    text: str


@dataclass(frozen=True)
class Line:
    """A line of our own words, or with pieces of the article in it."""

    pieces: Cell


@dataclass(frozen=True)
class Table:
    """Rows under a header, all of one length; every column has a name."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Quoted | Line | Table


def cell(*parts: str | Piece | None) -> Cell:
    """A cell of these parts; those that say nothing are left out."""
    pieces = (Piece(part) if isinstance(part, str) else part for part in parts)
    return tuple(piece for piece in pieces if piece is not None and piece.text)


def words(text: str | None) -> Piece | None:
    """Words of the article."""
    return Piece(text, "words") if text else None


def faint(text: str | None) -> Piece | None:
    """Words of ours that weigh less."""
    return Piece(text, "faint") if text else None


def warning(text: str | None) -> Piece | None:
    """Words of ours to be looked at."""
    return Piece(text, "warning") if text else None


def line(*parts: str | Piece | None) -> Line:
    """A line of these parts."""
    return Line(cell(*parts))


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterable[Table]:
    """A table without the columns that have no entry; nothing where there are no rows."""
    listed = list(rows)
    kept = [i for i in range(len(header)) if any(row[i] for row in listed)]
    if listed:
        yield Table(tuple(header[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in listed))
