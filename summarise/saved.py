"""Reads summaries back from the JSON that this package wrote: one object, or many one after the other.

Judged is the shape only: schema, fields, and that each string that is a piece of the article has its span.
Whether the article says so is for `check`. What is no summary costs itself alone.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType
from typing import BinaryIO, get_args

from pydantic import BaseModel, ValidationError

from summarise.errors import InputError
from summarise.summary import SCHEMA, Actor, GistSentence, Location, Number, Stance, Summary

ITEMS: dict[str, type[BaseModel]] = {
    "gist": GistSentence,
    "actors": Actor,
    "numbers": Number,
    "locations": Location,
    "stances": Stance,
}
_COMPUTED = ("unit", "country")
"""Strings of items that code computes, and that stand nowhere in the article."""


@cache
def copied_strings(item: type[BaseModel]) -> tuple[str, ...]:
    """The fields of an item that are pieces of the article and have a span, in the model's order."""
    kinds = {name: field.annotation for name, field in item.model_fields.items()}
    strings = [name for name, kind in kinds.items() if kind is str or set(get_args(kind)) == {str, NoneType}]
    return tuple(name for name in strings if name not in _COMPUTED)


def read_summary(data: object, name: str = "the summary") -> Summary:
    """The summary in plain `data` (what JSON gives). Raises InputError, which calls it `name`."""
    if not isinstance(data, Mapping):
        raise InputError(f"{name} is no JSON object", "give what summarise printed")
    if data.get("schema", SCHEMA) != SCHEMA:
        raise InputError(
            f"{name} has the schema {data['schema']!r}", f"give {SCHEMA}, as summarise prints it"
        )
    try:
        summary = Summary.model_validate(dict(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "it"
        said = first["msg"][:1].lower() + first["msg"][1:]
        raise InputError(f"{name} is no {SCHEMA}: {place}: {said}", "give what summarise printed") from None
    for field, item in ITEMS.items():
        for index, one in enumerate(getattr(summary, field)):
            standing = {leaf for leaf in copied_strings(item) if getattr(one, leaf) is not None}
            if odd := standing ^ one.spans.keys():
                what = f"{field}[{index}]: string and span of {', '.join(sorted(odd))} don't go together"
                raise InputError(f"{name} is no {SCHEMA}: {what}", "give what summarise printed")
    return summary


def read_summaries(stream: BinaryIO, name: str) -> Iterator[Summary | InputError]:
    """The summaries in `stream`, called `name` and line: JSON Lines, or objects laid out over lines.

    An error stands where a summary would. One summary is held at a time. Raises InputError where the stream
    is empty, OSError and its like where it breaks.
    """
    empty = True
    for place, text in _values(stream, name):
        empty = False
        if not text.startswith(b"{"):  # another kind of file: not an error for each of its lines
            hint = "give what summarise printed; what is behind it was not read"
            yield InputError(f"{place} begins no JSON object", hint)
            return
        try:
            yield read_summary(json.loads(text), place)
        except InputError as error:
            yield error
        except (ValueError, RecursionError) as error:
            said = "nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]
            said = f"{place} is no JSON: {said[:1].lower()}{said[1:]}"
            yield InputError(said, "give what summarise printed")
    if empty:
        raise InputError(f"{name} is empty", "give what summarise printed")


def _values(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    """Each JSON text with its place; one that is laid out goes from a line `{` to a line `}`."""
    block: list[bytes] = []
    place = name
    for number, line in enumerate(stream, 1):
        bare = (line.removeprefix(codecs.BOM_UTF8) if number == 1 else line).rstrip()
        if block:
            block.append(bare)
            if bare == b"}":
                yield place, b"\n".join(block)
                block = []
        elif bare == b"{":
            block, place = [bare], f"{name}:{number}"
        elif bare:
            yield f"{name}:{number}", bare
    if block:
        yield place, b"\n".join(block)
