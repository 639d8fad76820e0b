"""What `summarise view` is given: summaries that were made before, or an article that has yet to be.

Summaries are told by their first bytes: JSON objects that have a schema. A file that is called JSON or
Parquet, or is JSON of another kind, is refused, and all the rest may be an article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from summarise.article import Article
from summarise.batch.record import Form
from summarise.batch.sources import suffixes
from summarise.cli.again import Again, gives_once
from summarise.cli.saved import STDIN, called, find_saved
from summarise.errors import InputError
from summarise.read import read_bytes, read_file
from summarise.summary import SCHEMA

_NAMED = (".json", ".jsonl", ".ndjson", ".parquet", ".pq")
_HEAD = 4096
"""Bytes that tell what a file may be."""
_HINT = (
    "give what `summarise` or `summarise batch` wrote; judge other summaries with `summarise check`, and read"
    " articles in JSON Lines with `summarise batch` first"
)

Found = bytes | Callable[[], Article] | InputError
"""A summary's JSON, not yet judged, or what reads the article to summarise, or why there is neither."""


class Given:
    """What `inputs` hold, each with what to call it, as often as it is gone through. form: of articles."""

    def __init__(self, inputs: Sequence[str], form: Form, again: Again) -> None:
        self._inputs, self._form, self._again = inputs, form, again

    def __iter__(self) -> Iterator[tuple[str, Found]]:
        for name in self._inputs:
            yield from self._find(name)

    def _find(self, name: str) -> Iterator[tuple[str, Found]]:
        try:
            with self._again.open(name) as stream:
                told = _may_hold_summaries(stream.read(_HEAD), name)
            with self._again.open(name) as stream:
                if told and (summaries := _find_summaries(stream, name)) is not None:
                    yield from summaries
                    return
            yield name, partial(self._read, name)
        except InputError as error:
            yield name, error

    def _read(self, name: str) -> Article:
        if not gives_once(name):
            return read_file(Path(name), html=self._form.html, most=self._form.most)
        with self._again.open(name) as stream:
            data = stream.read(4 * self._form.most + 5)  # enough to see that it is too large
        id = None if name == STDIN else name
        return read_bytes(data, id=id, html=self._form.html, most=self._form.most)


def _may_hold_summaries(head: bytes, name: str) -> bool:
    """Whether the file `name`, which begins with `head`, may hold summaries; if not, it may be an article."""
    return _is_named(name) or head.decode(json.detect_encoding(head), "ignore").lstrip().startswith("{")


def _find_summaries(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes | InputError]] | None:
    """The JSON of each summary in `stream` with its place; None where it may be an article.

    Raises InputError where it is of another kind, at once or at the place where that is seen.
    """
    found = find_saved(stream, name)
    first = next(found)
    what = None if isinstance(first[1], InputError) else _read(first[1])
    if what is None and not _is_named(name):
        return None  # a text that begins with a brace
    if isinstance(what, dict) and "schema" not in what:
        raise InputError(f"{called(name)} holds no summary of ours ({SCHEMA})", _HINT)
    return chain([first], found)


def _is_named(name: str) -> bool:
    return suffixes(Path(name))[0] in _NAMED


def wanted_text(text: bytes) -> str | None:
    """The sha256 of the text that the summary in `text` lacks; None where it has it, or is none at all."""
    match _read(text):
        case {"article": {"text": str()}}:
            return None
        case {"article": {"sha256": str(sha256)}}:
            return sha256
    return None


def _read(text: bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
