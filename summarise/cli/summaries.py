"""What `summarise view` is given: summaries that were made before, or an article that has yet to be.

Summaries are told by their first bytes: JSON objects that have a schema. A file that is called JSON, or is
JSON of another kind, is refused, and all the rest may be an article.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

from summarise.batch.sources import suffixes
from summarise.cli.saved import called
from summarise.errors import InputError
from summarise.saved import find_objects
from summarise.summary import SCHEMA

_JSON = (".json", ".jsonl", ".ndjson")
_HEAD = 4096
"""Bytes that tell what a file is."""
_HINT = (
    "give what `summarise` or `summarise batch` wrote as JSON; judge other summaries with `summarise check`,"
    " and read articles in JSON Lines with `summarise batch` first"
)


def find_summaries(data: bytes, name: str) -> Iterator[tuple[str, bytes | InputError]] | None:
    """The JSON of each summary in `data` with its place, not yet judged; None where it may be an article.

    Raises InputError where it is of another kind, at once or at the place where that is seen.
    """
    named = suffixes(Path(name))[0] in _JSON
    if data.startswith(b"PAR1"):
        raise _another_kind(name)
    if not named and not _begins_object(data[:_HEAD]):
        return None
    objects = find_objects(BytesIO(data), called(name))
    first = next(objects)
    what = None if isinstance(first[1], InputError) else _read(first[1])
    if what is None and not named:
        return None  # a text that begins with a brace
    if isinstance(what, dict) and "schema" not in what:
        raise _another_kind(name)
    return chain([first], objects)


def _begins_object(head: bytes) -> bool:
    return head.decode(json.detect_encoding(head), "ignore").lstrip().startswith("{")


def _another_kind(name: str) -> InputError:
    return InputError(f"{called(name)} holds no summary of ours ({SCHEMA})", _HINT)


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
