"""The draft: what the model may write, as pydantic models, and the marks that say how.

A family is a list of items. An item's fields carry marks (`typing.Annotated`) that tell
the grammar what may stand there; the marks know nothing of news, so any pydantic model
that uses them can be asked for. No offsets and no values that code could compute: those
belong to `check`. A draft never reaches the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True)
class Proposed:
    """The item's key: code proposes the values (of `kind`), and each becomes one item to judge."""

    kind: str


@dataclass(frozen=True)
class SentenceNumber:
    """The number of the sentence that supports the item."""


@dataclass(frozen=True)
class Verbatim:
    """A word-bounded span of the item's sentence, never empty.

    also: a kind of finds of the item's sentence that may stand here too, whatever words they are.
    holding: a kind of finds of which the span must contain one.
    apart: the span never overlaps the item's key where that stands in the sentence.
    """

    also: str | None = None
    holding: str | None = None
    apart: bool = False


@dataclass(frozen=True)
class Chosen:
    """One of code's finds of `kind` in the item's sentence.

    of: instead, one of those that belong to the item's key, where that is a proposal of this kind; where
    it is none, the field's other mark (`Verbatim`) says what may stand there.
    """

    kind: str
    of: str | None = None


@dataclass(frozen=True)
class Gate:
    """A label that decides whether the item is kept: with the value `drop` it is not."""

    drop: str = "none"


@dataclass(frozen=True)
class Keep:
    """How many items of a family are kept: those with the least probable `drop` first."""

    least: int
    most: int


class Item(BaseModel):
    """Base of all draft items."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GistItem(Item):
    """A sentence that a reader with ten seconds should read."""

    sentence: Annotated[int, SentenceNumber(), Proposed("body")]
    label: Annotated[Literal["gist", "none"], Gate()]


class ActorItem(Item):
    """Someone who acts, speaks, decides or is acted upon."""

    sentence: Annotated[int, SentenceNumber()]
    name: Annotated[str, Verbatim(), Proposed("names")]
    kind: Annotated[Literal["person", "organisation", "government", "group", "none"], Gate()]
    role: Annotated[str | None, Chosen("roles", of="names"), Verbatim(apart=True)] = None


class NumberItem(Item):
    """A quantity and what it counts."""

    sentence: Annotated[int, SentenceNumber()]
    mention: Annotated[str, Verbatim(holding="numbers"), Proposed("numbers")]
    counts: Annotated[str | None, Verbatim(apart=True)] = None


class LocationItem(Item):
    """A named place."""

    sentence: Annotated[int, SentenceNumber()]
    name: Annotated[str, Verbatim(), Proposed("names")]
    label: Annotated[Literal["place", "none"], Gate()]


class StanceItem(Item):
    """A position that someone takes in a sentence."""

    sentence: Annotated[int, SentenceNumber(), Proposed("sentences")]
    polarity: Annotated[Literal["for", "against", "neutral", "none"], Gate()]
    holder: Annotated[str, Verbatim(also="meant")]
    target: Annotated[str, Verbatim()]
    quote: Annotated[str | None, Chosen("quotations")] = None


class Draft(BaseModel):
    """Everything the model writes of one article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gist: Annotated[list[GistItem], Keep(least=1, most=3)] = []
    actors: list[ActorItem] = []
    numbers: list[NumberItem] = []
    locations: list[LocationItem] = []
    stances: list[StanceItem] = []
