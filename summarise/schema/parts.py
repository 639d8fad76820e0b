"""One field of an entry: what may stand there, or why it can't be asked for."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarise.draft import Chosen, Verbatim
from summarise.errors import UsageError
from summarise.families import Field
from summarise.fields import Quantity, Whole

Form = Literal["words", "quantity", "label", "sentence"]
NUMBERS = "numbers"
"""The kind of code's finds that a quantity is chosen from."""

_ANY = "use Words, Sentence, Quantity, a Literal or an Enum of strings, each also | None"
_INSTEAD: tuple[tuple[tuple[type, ...], str], ...] = (
    ((bool,), 'use a Literal: Literal["yes", "no"]'),
    ((int, float, complex, Decimal), "use Quantity: code reads its value, unit and qualifier"),
    ((str,), "use Words for words of the text, Sentence for the whole sentence, or a Literal"),
    ((date, time, timedelta), "use Words: the date or time as it stands in the text"),
    ((Mapping,), "give each of its keys a field of its own"),
    ((Sequence, AbstractSet), "give the schema a list of entries for it, beside this one"),
    ((BaseModel,), "give the schema a list of these entries, beside this one"),
)


@dataclass(frozen=True)
class Part:
    """One field of an entry.

    form: what stands there; labels: of a label, its words. nullable: whether it may be null.
    """

    name: str
    form: Form
    labels: tuple[str, ...] = ()
    nullable: bool = False
    description: str = ""

    @property
    def field(self) -> Field:
        """How it is asked for."""
        return Field(
            self.name,
            self.labels,
            Verbatim() if self.form == "words" else None,
            Chosen(NUMBERS) if self.form == "quantity" else None,
            self.nullable,
            self.description,
        )


def read_part(where: str, name: str, info: FieldInfo) -> Part:
    """The field `name`, called `where` in messages. Raises UsageError for what can't be asked for."""
    if info.alias or info.validation_alias or info.serialization_alias or info.exclude:
        raise UsageError(f"{where} has an alias or is excluded", "ask for it under its own name")
    annotation, marks, nullable = _unwrap(where, info.annotation, info.metadata)
    form, labels = _form(where, annotation, marks)
    if name == "sentence" and form != "sentence":
        raise UsageError(f"{where}: the name is taken by the number of the sentence", "name it otherwise")
    return Part(name, form, labels, nullable, one_line(info.description))


def one_line(text: str | None) -> str:
    """A docstring or description on one line."""
    return " ".join((text or "").split())


def unwrap_none(annotation: Any) -> tuple[Any, bool]:
    """`X` and True for `X | None`; None in place of a type for any other union."""
    if get_origin(annotation) not in (Union, types.UnionType):
        return annotation, False
    inner = [arg for arg in get_args(annotation) if arg is not types.NoneType]
    return (inner[0] if len(inner) == 1 else None), len(inner) < len(get_args(annotation))


def _unwrap(where: str, annotation: Any, marks: list[Any]) -> tuple[Any, list[Any], bool]:
    """The bare type with all its marks, and whether null may stand in its place."""
    inner, nullable = unwrap_none(annotation)
    if inner is None:
        raise UsageError(f"{where} can be one of several types", "choose one of them, with or without | None")
    if get_origin(inner) is Annotated:
        inner, *more = get_args(inner)
        marks = [*marks, *more]
    return inner, marks, nullable


def _form(where: str, annotation: Any, marks: list[Any]) -> tuple[Form, tuple[str, ...]]:
    if annotation is str and any(isinstance(mark, Whole) for mark in marks):
        return "sentence", ()
    if annotation is str and any(isinstance(mark, Verbatim) for mark in marks):
        if Verbatim() not in marks:
            raise UsageError(f"{where} is marked for proposals, which a schema of your own has none of", _ANY)
        return "words", ()
    if annotation is Quantity:
        return "quantity", ()
    if get_origin(annotation) is Literal:
        return "label", _labels(where, get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "label", _labels(where, tuple(member.value for member in annotation))
    raise UsageError(f"{where} can't be asked for: it is {_shown(annotation)}", _instead(annotation))


def _labels(where: str, values: tuple[Any, ...]) -> tuple[str, ...]:
    if not values:
        raise UsageError(f"{where} has no label to choose", "name the labels")
    if not all(type(value) is str and value.strip() for value in values):
        raise UsageError(
            f"{where} has a label that is no word", "use strings; for null, write | None beside them"
        )
    return tuple(dict.fromkeys(values))


def _shown(annotation: Any) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation).replace("typing.", "")


def _instead(annotation: Any) -> str:
    bare = get_origin(annotation) or annotation
    if not isinstance(bare, type):
        return _ANY
    return next((instead for kinds, instead in _INSTEAD if issubclass(bare, kinds)), _ANY)
