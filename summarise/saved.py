"""Reads summaries back from the JSON that this package wrote: one object, or many one after the other.

Judged is the shape only: schema, fields, and that each string that is a piece of the article has its span.
Whether the article says so is for `check`. What is no summary costs itself alone.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from json import detect_encoding
from types import NoneType
from typing import BinaryIO, get_args

from pydantic import BaseModel, ValidationError

from summarise.bare import read_bare_json
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


def read_summary_json(text: bytes | str, name: str = "the summary") -> Summary:
    """The summary in JSON text. Raises InputError, which calls it `name`."""
    return read_summary(read_bare_json(text, name), name)


def read_summaries(found: Iterable[tuple[str, bytes | InputError]]) -> Iterator[Summary | InputError]:
    """The summaries in what `find_objects` gives, one held at a time; an error stands where one is none."""
    for place, text in found:
        try:
            yield text if isinstance(text, InputError) else read_summary_json(text, place)
        except InputError as error:
            yield error


def find_objects(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes | InputError]]:
    """The text of each JSON object in `stream`, not yet parsed, with its place: `name` and its first line.

    An object is a line, or goes from a line `{` to a line `}`; its text comes as UTF-8, also where the stream
    is UTF-16 or UTF-32. Lines that begin none are one error for all that follow each other: a damaged line
    costs itself, and a file of another kind is one error and not one for each of its lines. Raises InputError
    where the stream is empty or can't be decoded, and OSError and its like where it breaks.
    """
    place, lines = "", list[bytes]()
    first = last = 0  # of the lines that begin nothing
    for number, line in enumerate(_lines(stream, name), 1):
        bare = line.rstrip()
        if not bare:
            continue
        begins = bare.startswith(b"{")
        if not begins and not lines:
            first, last = first or number, number
            continue
        if first:
            yield _astray(name, first, last)
            first = 0
        if begins:
            if lines:  # what is laid out has no such line: the object before was cut off
                yield place, b"\n".join(lines)
            place, lines = f"{name}:{number}", []
        lines.append(bare)
        if lines[0] != b"{" or bare == b"}":
            yield place, b"\n".join(lines)
            lines = []
    if first:
        yield _astray(name, first, last)
    elif lines:
        yield place, b"\n".join(lines)
    elif not place:
        raise InputError(f"{name} is empty", "give what summarise printed")


def _astray(name: str, first: int, last: int) -> tuple[str, InputError]:
    place = f"{name}:{first}"
    if first == last:
        return place, InputError(f"{place} begins no JSON object", "give what summarise printed")
    return place, InputError(f"{place} to {last} begin no JSON object", "give what summarise printed")


def _lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """The lines of `stream` in UTF-8 and without a byte order mark: some shells write UTF-16."""
    first = stream.readline()
    encoding = detect_encoding(first[:4])  # as `json.loads` does
    if encoding.startswith("utf-8"):
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from stream
        return
    rest = ""
    try:
        for piece in codecs.iterdecode(chain([first], stream), encoding):
            *lines, rest = (rest + piece).split("\n")
            yield from (line.encode() for line in lines)
    except UnicodeDecodeError:
        raise InputError(f"{name} is no JSON: its characters can't be decoded", "give UTF-8") from None
    yield rest.encode()
