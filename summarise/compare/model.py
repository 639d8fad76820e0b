"""The difference between two summaries: frozen pydantic models, schema "summarise-diff/1".

Items are whole, as in their summaries, so that every string has its span in its own article.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import ConfigDict, Field

from summarise.summary import Actor, ArticleInfo, Frozen, GistSentence, Location, Number, Stance

SCHEMA: Literal["summarise-diff/1"] = "summarise-diff/1"

Item = TypeVar("Item")
Changed = TypeVar("Changed")


class Change(Frozen, Generic[Item]):
    """Something that both summaries tell, otherwise: `fields` names what differs."""

    fields: tuple[str, ...]
    before: Item
    after: Item


class NumberChange(Change[Number]):
    """A figure of one thing that changed.

    disagree: whether the two values can't both be right, as far as bounds and rounding tell (`about 40` and
    39 can).
    """

    disagree: bool


class StanceChange(Change[Stance]):
    """A stance that changed; turned: from for to against, or back."""

    turned: bool


class FieldDiff(Frozen, Generic[Item, Changed]):
    """One field: items that only `after` has, that only `before` has, that differ, and how many do not."""

    new: tuple[Item, ...] = ()
    gone: tuple[Item, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: int = 0

    @property
    def differs(self) -> bool:
        """Whether there is any difference."""
        return bool(self.new or self.gone or self.changed)


class Diff(Frozen):
    """What differs between two summaries of one story.

    notes: what may make a difference that is none of the story: other models, sentences that were not read.
    """

    model_config = ConfigDict(populate_by_name=True)

    schema_: Literal["summarise-diff/1"] = Field(default=SCHEMA, alias="schema")
    before: ArticleInfo
    after: ArticleInfo
    gist: FieldDiff[GistSentence, Change[GistSentence]]
    actors: FieldDiff[Actor, Change[Actor]]
    numbers: FieldDiff[Number, NumberChange]
    locations: FieldDiff[Location, Change[Location]]
    stances: FieldDiff[Stance, StanceChange]
    notes: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is any difference in any field."""
        fields = (self.gist, self.actors, self.numbers, self.locations, self.stances)
        return any(field.differs for field in fields)
