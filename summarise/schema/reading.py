"""A pydantic model as a schema: its lists of entries, and what tells it from any other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from typing import Generic, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic.errors import PydanticUserError
from pydantic_core import to_jsonable_python

from summarise.errors import UsageError
from summarise.families import Family
from summarise.fields import Entry
from summarise.report import Report, SchemaInfo
from summarise.schema.entries import Entries, read_entries
from summarise.schema.parts import one_line

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Schema(Generic[M]):
    """A schema of one's own, which can be asked for."""

    model: type[M]
    entries: tuple[Entries, ...]

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """How a model is asked for it."""
        return tuple(one.family for one in self.entries)

    @cached_property
    def report(self) -> type[Report[M]]:
        """The model of what comes out."""
        return Report[self.model]  # type: ignore[name-defined]

    def fill(self, found: Mapping[str, Sequence[Entry]]) -> M:
        """The model with the entries found, by field.

        Raises UsageError where its own validation won't have them, or it or its serialisation changes them.
        """
        whole = {one.name: list(found[one.name]) for one in self.entries}
        given = {
            one.name: next(iter(whole[one.name]), None) if one.single else whole[one.name]
            for one in self.entries
        }
        try:
            filled = self.model.model_validate(given)
            kept = filled.model_dump(mode="json")
        except Exception as error:  # the schema's code is not ours: what it raises costs this article
            said = f"{type(error).__name__}: {error}"
            if isinstance(error, ValidationError):
                said = error.errors(include_url=False, include_input=False, include_context=False)[0]["msg"]
            raise UsageError(
                f"{self.model.__name__} does not take what was found: {one_line(said)}",
                "an article may have any number of items, none too; validate the report instead",
            ) from error
        if kept != to_jsonable_python(given):
            raise UsageError(
                f"{self.model.__name__} changes what was found", "change it in the report instead"
            )
        return filled

    @property
    def id(self) -> str:
        """Its name and hash, as the fingerprint of a run has them."""
        return f"{self.info.name}:{self.info.sha256}"

    @cached_property
    def info(self) -> SchemaInfo:
        """Its name and hash: a changed word of a description is another schema."""
        asked = [
            {
                "name": one.name,
                "single": one.single,
                "most": one.most,
                "about": one.about,
                "description": one.description,
                "parts": [asdict(part) for part in one.parts],
            }
            for one in self.entries
        ]
        told = json.dumps({"schema": self.model.model_json_schema(), "asked": asked}, sort_keys=True)
        return SchemaInfo(name=self.model.__name__, sha256=sha256(told.encode()).hexdigest())


def read_schema(model: type[M]) -> Schema[M]:
    """The schema that `model` is.

    Raises UsageError, which names the field and what to use instead, for anything that can't be asked for.
    """
    if not isinstance(model, type) or not issubclass(model, BaseModel):
        named = getattr(model, "__name__", model)  # a function's repr has an address
        raise UsageError(f"{named} is no schema", "give a class derived from pydantic.BaseModel")
    name = model.__name__
    if issubclass(model, RootModel):
        raise UsageError(f"{name} has no fields of its own", "derive it from pydantic.BaseModel")
    if issubclass(model, Entry):
        raise UsageError(f"{name} is an entry and no schema", f"put it into a model: found: list[{name}]")
    try:
        whole = model.model_rebuild() is not False
    except (PydanticUserError, NameError) as error:
        said = one_line(str(error).partition("For further information")[0])
        raise UsageError(f"{name} is not complete: {said}", "define what it names first") from None
    if not whole or not model.model_fields:
        raise UsageError(f"{name} has no fields", "give it lists of entries: list[SomeEntry]")
    if model.model_computed_fields:
        raise UsageError(f"{name} has computed fields", "compute them from what is found")
    about = one_line(model.__doc__)
    return Schema(
        model,
        tuple(read_entries(f"{name}.{n}", n, info, about) for n, info in model.model_fields.items()),
    )
