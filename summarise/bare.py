"""Reads a summary that anyone may have written: our own output, or the bare form of it.

The bare form has the same fields with strings only: `gist` and `actors`, `numbers`, `locations`
as lists of strings or of objects, `stances` as objects; spans, evidence and all that code can
compute may be left out. Our own output ("summarise/1") is the same with everything given.
Here only the shape is judged, and one clear InputError says which field has a wrong one. Whether
a word of it is true, labels like `kind` included, is for `check`. Keys that no summary has are
passed over, with a note.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, NoReturn

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationError,
    model_validator,
)

from summarise.article import Span
from summarise.errors import InputError

Note = Callable[[str], None]

SCHEMA = "summarise/1"
_MADE_ANEW = {"schema", "rejected", "coverage", "disagreements", "notes", "unreported", "provenance"}
"""Keys of our own output that say nothing of the article: they are not judged but made anew."""
_MOST_NOTED = 8
"""Unknown keys that a note names; the rest are counted."""


def _no_truth(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("Input should be a number")
    return value


Amount = Annotated[int | FiniteFloat | None, BeforeValidator(_no_truth)]


class Written(BaseModel):
    """One item as it was written; `given` has its keys, whatever they are."""

    model_config = ConfigDict(frozen=True, extra="allow")
    key: ClassVar[str]
    """The field that a bare string stands for."""

    evidence: str | None = None
    confidence: Annotated[float | None, Field(ge=0, le=1)] = None
    spans: dict[str, Span | list[Span] | None] = {}

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {cls.key: value} if isinstance(value, str) and hasattr(cls, "key") else value

    @property
    def given(self) -> dict[str, Any]:
        """The item as plain data: what was written, no more."""
        return self.model_dump(exclude_unset=True)

    def says(self, leaf: str) -> bool:
        """Whether `leaf` was written, be it null."""
        return leaf in self.model_fields_set


class BareGist(Written):
    """A sentence of the gist."""

    key = "text"
    text: str


class BareActor(Written):
    """An actor."""

    key = "name"
    name: str
    kind: str | None = None
    role: str | None = None
    aliases: tuple[str, ...] | None = None
    mentions: tuple[Span, ...] | None = None


class BareNumber(Written):
    """A number."""

    key = "mention"
    mention: str
    value: Amount = None
    upper: Amount = None
    qualifier: str | None = None
    unit: str | None = None
    counts: str | None = None


class BareLocation(Written):
    """A place."""

    key = "name"
    name: str
    country: str | None = None
    aliases: tuple[str, ...] | None = None
    mentions: tuple[Span, ...] | None = None


class BareStance(Written):
    """A stance."""

    holder: str
    target: str
    polarity: str
    quote: str | None = None


class BareArticle(BaseModel):
    """What a summary says of its article: enough to see that it is another one's."""

    model_config = ConfigDict(frozen=True, extra="allow")

    sha256: str | None = None


class Bare(BaseModel):
    """A summary as it was written."""

    model_config = ConfigDict(frozen=True, extra="allow")

    article: BareArticle | None = None
    gist: tuple[BareGist, ...] | None = None
    actors: tuple[BareActor, ...] | None = None
    numbers: tuple[BareNumber, ...] | None = None
    locations: tuple[BareLocation, ...] | None = None
    stances: tuple[BareStance, ...] | None = None

    def items(self, field: str) -> tuple[Any, ...]:
        """The items of one field, none where it was left out."""
        return getattr(self, field) or ()


FIELDS = ("gist", "actors", "numbers", "locations", "stances")


def read_bare_json(data: bytes | str, name: str = "the summary") -> Any:
    """The plain data in JSON text. Raises InputError, which calls the summary `name`."""
    try:
        return json.loads(data, parse_constant=_refuse)
    except UnicodeDecodeError:
        raise InputError(f"{name} is no JSON: its characters can't be decoded", "give UTF-8") from None
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            hint = "give one summary at a time"
            raise InputError(f"{name} has more than one JSON value (line {error.lineno})", hint) from None
        where = f"line {error.lineno}, column {error.colno}"
        reason = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise InputError(f"{name} is no JSON: {reason} at {where}", "give one JSON object") from None
    except RecursionError:
        raise InputError(f"{name} is nested too deeply", "give one JSON object") from None
    except ValueError as error:
        raise InputError(f"{name} is no JSON: {error}", "give one JSON object") from None


def read_bare(data: object, note: Note | None = None) -> Bare:
    """The summary in plain `data` (what JSON gives). Raises InputError; `note` is told of unknown keys."""
    if not isinstance(data, Mapping):
        raise InputError("the summary is no JSON object", "give an object with gist, actors, numbers …")
    given = data.get("schema", SCHEMA)
    if given != SCHEMA:
        raise InputError(f"the summary's schema is {given!r}", f"give {SCHEMA} or leave it out")
    if not data.keys() & {*FIELDS}:
        raise InputError("the summary has no field to judge", f"give one of {', '.join(FIELDS)}")
    try:
        bare = Bare.model_validate(dict(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InputError(_place(first["loc"]) + " " + _fault(first), "mend the summary") from None
    if note and (unknown := list(dict.fromkeys(_unknown(bare)))):
        more = f" and {len(unknown) - _MOST_NOTED} more" if len(unknown) > _MOST_NOTED else ""
        note(f"not judged, no key of a summary: {', '.join(unknown[:_MOST_NOTED])}{more}")
    return bare


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _place(location: tuple[int | str, ...]) -> str:
    """`actors[3].name`, from where pydantic saw the fault; names of union members are left out."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part in ("int", "float", "str") and path:
            continue  # a member of a union
        elif part.isidentifier() or not path:
            path += f".{part}" if path else part
    return path or "the summary"


def _fault(error: Any) -> str:
    if error["type"] == "missing":
        return "is missing"
    if error["type"] in ("model_type", "model_attributes_type", "dict_type"):
        return "is no object"
    if error["type"] == "tuple_type":
        return "is no list"
    message = str(error["msg"]).removeprefix("Value error, ").replace("Input should be", "is not")
    return message.replace("is not a valid", "is no valid")


def _unknown(bare: Bare) -> Iterator[str]:
    yield from (key for key in bare.model_extra or {} if key not in _MADE_ANEW)
    for field in FIELDS:
        for item in bare.items(field):
            yield from (f"{field}[].{key}" for key in item.model_extra or {})
