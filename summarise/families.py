"""Reads a draft schema: which families it asks for, and how each field is to be answered.

The only reader of the marks in `draft`; it knows no family by name, so another pydantic
model with the same marks is asked for in the same way. A type that can't be asked for is
refused here, before any model is loaded.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarise.draft import Chosen, Gate, Keep, Proposed, SentenceNumber, Verbatim
from summarise.errors import UsageError


@dataclass(frozen=True)
class Field:
    """One field of an item.

    labels: the words of an enumeration, else empty.
    verbatim, chosen: the mark, where the field has it.
    nullable: whether null may stand here.
    """

    name: str
    labels: tuple[str, ...] = ()
    verbatim: Verbatim | None = None
    chosen: Chosen | None = None
    nullable: bool = False
    description: str = ""


@dataclass(frozen=True)
class Family:
    """One list of items of the schema.

    key: the field that code proposes values for, and `proposed` of which kind; a family
        without proposals (`proposed` None) is an open list.
    gate: the label field that decides whether an item is kept, with the label that drops it.
    details: the fields that are asked of kept items only, in order.
    sentence: the field that holds the sentence's number.
    about: what the whole schema is, where it says so.
    """

    name: str
    item: type[BaseModel]
    key: Field
    proposed: str | None
    gate: Field | None
    drop: str | None
    details: tuple[Field, ...]
    sentence: str
    keep: Keep | None
    description: str = ""
    about: str = ""

    @property
    def by_sentence(self) -> bool:
        """Whether the sentence's number itself is the key."""
        return self.key.name == self.sentence


def read_families(schema: type[BaseModel]) -> tuple[Family, ...]:
    """The families of `schema`, in order.

    Raises UsageError for anything that is not a list of marked items.
    """
    families = tuple(_read_family(name, info) for name, info in schema.model_fields.items())
    if not families:
        raise UsageError(f"{schema.__name__} has no fields", "give it lists of items")
    return families


def _read_family(name: str, info: FieldInfo) -> Family:
    args = get_args(info.annotation)
    if get_origin(info.annotation) is not list or not (
        isinstance(args[0], type) and issubclass(args[0], BaseModel)
    ):
        raise UsageError(f"field {name!r} is not a list of items", "annotate it as list[SomeItem]")
    item: type[BaseModel] = args[0]
    where = f"{name}.{item.__name__}"
    fields: dict[str, Field] = {}
    sentence = key = gate = None
    proposed = drop = None
    for field_name, field_info in item.model_fields.items():
        field = _read_field(f"{where}.{field_name}", field_name, field_info)
        fields[field_name] = field
        marks = field_info.metadata
        if any(isinstance(mark, SentenceNumber) for mark in marks):
            sentence = field_name
        if proposal := _mark(marks, Proposed):
            key, proposed = field, proposal.kind
        if gating := _mark(marks, Gate):
            gate, drop = field, gating.drop
            if drop not in field.labels:
                raise UsageError(f"{where}.{field_name} has no label {drop!r}", "add the label that drops")
    if sentence is None:
        raise UsageError(f"{where} has no sentence number", "mark an int field with SentenceNumber()")
    key = key or next((field for field in fields.values() if field.verbatim), None)
    if key is None:
        raise UsageError(f"{where} has no key", "mark a field with Verbatim() or Proposed(kind)")
    details = tuple(f for f in fields.values() if f not in (key, gate) and f.name != sentence)
    if proposed and gate is None and not details:
        raise UsageError(f"{where} asks nothing of what is proposed", "mark a label field with Gate()")
    return Family(
        name=name,
        item=item,
        key=key,
        proposed=proposed,
        gate=gate,
        drop=drop,
        details=details,
        sentence=sentence,
        keep=_mark(info.metadata, Keep),
        description=info.description or (item.__doc__ or "").strip(),
    )


def _read_field(where: str, name: str, info: FieldInfo) -> Field:
    annotation, marks = info.annotation, info.metadata
    nullable = False
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not type(None)]
        nullable = len(inner) < len(get_args(annotation))
        annotation = inner[0] if len(inner) == 1 else None
        if get_origin(annotation) is Annotated:
            annotation, *inner_marks = get_args(annotation)
            marks = [*marks, *inner_marks]
    verbatim, chosen = _mark(marks, Verbatim), _mark(marks, Chosen)
    labels: tuple[str, ...] = ()
    if get_origin(annotation) is Literal:
        labels = tuple(str(arg) for arg in get_args(annotation))
    elif annotation is int and _mark(marks, SentenceNumber):
        pass
    elif annotation is not str or not (verbatim or chosen or _mark(marks, Proposed)):
        raise UsageError(
            f"{where} can't be asked for",
            "use a Literal, or a str marked Verbatim, Chosen or Proposed, or an int marked SentenceNumber",
        )
    return Field(name, labels, verbatim, chosen, nullable, info.description or "")


def _mark(marks: list[Any], kind: type[Any]) -> Any:
    return next((mark for mark in marks if isinstance(mark, kind)), None)
