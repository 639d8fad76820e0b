"""What the check hands back, and the ledger in which each field's judge keeps its verdicts.

Knows nothing of articles: it only keeps what was accepted, merged and rejected, in order.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from summarise.article import Span
from summarise.draft import Item
from summarise.summary import (
    Actor,
    Disagreement,
    GistSentence,
    Issue,
    Location,
    Note,
    Number,
    Rejected,
    Stance,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Judgement:
    """The verified items of a draft, and all of it that did not hold.

    refused: for each of `rejected`, the very draft item that it is about.
    origins: per field, per verified item, the indexes of the draft items it was made from
    (more than one where duplicates were merged).
    repeated: spans of number mentions that were merged into an item saying the same.
    notes: what was not judged of the items that hold, since the text does not settle it; by item.
    """

    gist: tuple[GistSentence, ...] = ()
    actors: tuple[Actor, ...] = ()
    numbers: tuple[Number, ...] = ()
    locations: tuple[Location, ...] = ()
    stances: tuple[Stance, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    refused: tuple[Item, ...] = ()
    origins: dict[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    repeated: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()


class Ledger(Generic[T]):
    """One field's verdicts: accepted items by key, in order of the draft, and what was rejected."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rejected: list[Rejected] = []
        self._open: list[tuple[int, str, str]] = []
        self._items: dict[Hashable, T] = {}
        self._origins: dict[Hashable, list[int]] = {}
        self.refused: list[Item] = []

    @property
    def items(self) -> tuple[T, ...]:
        """The accepted items, first come first."""
        return tuple(self._items.values())

    @property
    def origins(self) -> tuple[tuple[int, ...], ...]:
        """For each accepted item, the indexes of the draft items behind it."""
        return tuple(tuple(indexes) for indexes in self._origins.values())

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is open of each accepted item, in their order; what was merged into one adds nothing."""
        place = {indexes[0]: place for place, indexes in enumerate(self.origins)}
        told = [(place[index], check, message) for index, check, message in self._open if index in place]
        return tuple(
            Note(field=self.name, index=index, check=check, message=message) for index, check, message in told
        )

    def find(self, key: Hashable) -> T | None:
        """The item accepted under `key`, if any."""
        return self._items.get(key)

    def accept(self, key: Hashable, item: T, index: int) -> None:
        """Keep `item` under `key` as made from draft item `index`; a later one takes its place."""
        self._items[key] = item
        self._origins.setdefault(key, []).append(index)

    def note(self, index: int, check: str, message: str) -> None:
        """Say that `check` leaves something of draft item `index` open."""
        self._open.append((index, check, message))

    def reject(self, item: Item, check: str, message: str, leaf: str = "") -> None:
        """List `item` as written: as a whole, or only its optional `leaf`."""
        name = f"{self.name}.{leaf}" if leaf else self.name
        issue = Issue(check=check, message=message)
        self.refused.append(item)
        self.rejected.append(Rejected(field=name, item=item.model_dump(), issues=(issue,)))
