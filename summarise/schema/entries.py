"""One field of a schema, a list of entries or a single one, and the family that asks a model for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo

from summarise.draft import Item, Keep
from summarise.errors import UsageError
from summarise.families import Family, Field
from summarise.fields import Entry
from summarise.schema.parts import Part, one_line, read_part, unwrap_none

SENTENCE = "sentence"
"""The key under which a model gives the number of an item's sentence."""


@dataclass(frozen=True)
class Entries:
    """One field of a schema.

    entry: the model of its items. single: whether the field holds one item or None, instead of a list.
    most: how many items are kept, None for any number. about: what the whole schema is.
    """

    name: str
    entry: type[Entry]
    parts: tuple[Part, ...]
    single: bool = False
    most: int | None = None
    description: str = ""
    about: str = ""

    @cached_property
    def family(self) -> Family:
        """How a model is asked: for an open list, each item a sentence's number and then its parts."""
        asked = [part for part in self.parts if part.form != "sentence"]
        types: dict[str, Any] = {part.name: _draft_type(part) for part in asked}
        return Family(
            name=self.name,
            item=create_model(
                f"{self.entry.__name__}Draft", __base__=Item, **{SENTENCE: (int, ...), **types}
            ),
            key=Field(SENTENCE),
            proposed=None,
            gate=None,
            drop=None,
            details=tuple(part.field for part in asked),
            sentence=SENTENCE,
            keep=None if self.most is None else Keep(least=0, most=self.most),
            description=self.description,
            about=self.about,
        )


def read_entries(where: str, name: str, info: FieldInfo, about: str) -> Entries:
    """The field `name` of a schema, called `where` in messages.

    Raises UsageError for what can't be asked for.
    """
    entry, single = _entry_of(where, info.annotation)
    if info.alias or info.validation_alias or info.serialization_alias or info.exclude:
        raise UsageError(f"{where} has an alias or is excluded", "ask for it under its own name")
    own = {n: i for n, i in entry.model_fields.items() if n not in Entry.model_fields}
    for reserved, ours in Entry.model_fields.items():
        theirs = entry.model_fields[reserved]
        if (theirs.annotation, theirs.metadata) != (ours.annotation, ours.metadata):
            raise UsageError(f"{where}.{reserved} is what every entry has", "name your own field otherwise")
    if not own:
        raise UsageError(
            f"{where}: {entry.__name__} has no fields", "give it some: Words, Quantity, a Literal"
        )
    if entry.model_computed_fields:
        raise UsageError(f"{where}: {entry.__name__} has computed fields", "compute them from what is found")
    return Entries(
        name=name,
        entry=entry,
        parts=tuple(read_part(f"{where}.{n}", n, i) for n, i in own.items()),
        single=single,
        most=1 if single else _most(where, info),
        description=one_line(info.description or entry.__doc__),
        about=about,
    )


def _entry_of(where: str, annotation: Any) -> tuple[type[Entry], bool]:
    inner, nullable = unwrap_none(annotation)
    listed = get_origin(inner) is list
    if listed and not nullable:
        (inner,) = get_args(inner)
    if isinstance(inner, type) and issubclass(inner, Entry) and inner is not Entry:
        if listed or nullable:
            return inner, not listed
        name = inner.__name__
        raise UsageError(
            f"{where} must be found, which nobody can promise", f"use {name} | None or list[{name}]"
        )
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        raise UsageError(f"{where}: {inner.__name__} is no entry", "derive it from summarise.fields.Entry")
    raise UsageError(
        f"{where} is no list of entries",
        "put it into a class derived from summarise.fields.Entry; ask for list[ThatOne] or ThatOne | None",
    )


def _most(where: str, info: FieldInfo) -> int | None:
    """How long the list may be: by Keep, or by pydantic's own marks of a length, which mean the same."""
    keeps = [mark for mark in info.metadata if isinstance(mark, Keep)]
    least = [keep.least for keep in keeps] + [
        getattr(mark, "min_length", None) or 0 for mark in info.metadata
    ]
    most = [keep.most for keep in keeps] + [getattr(mark, "max_length", None) for mark in info.metadata]
    lengths = [length for length in most if length is not None]
    if max(least, default=0) > 0:
        hint = "ask for any number of them, or say how many are kept: Keep(least=0, most=…)"
        raise UsageError(f"{where} must be found, which nobody can promise", hint)
    if min(lengths, default=1) < 1:
        raise UsageError(f"{where} keeps nothing", "leave the field out, or keep at least one")
    return min(lengths, default=None)


def _draft_type(part: Part) -> tuple[Any, Any]:
    """What stands in a draft: the words of a quantity, the label, or words; null where it may be."""
    bare: Any = Literal.__getitem__(part.labels) if part.labels else str
    return (bare | None, None) if part.nullable else (bare, ...)
