"""What `summarise view` is given: summaries that were made before, or an article that has yet to be.

Summaries are told by their first bytes, not by the name of the file: JSON of our schema, one object or one a
line. Whatever else is JSON is refused, and all the rest may be an article.
"""

from __future__ import annotations

import codecs
import json
from pathlib import Path

from pydantic import ValidationError

from summarise.errors import InputError
from summarise.summary import SCHEMA, Summary

_JSON = (".json", ".jsonl", ".ndjson")
_HINT = (
    "give what `summarise` or `summarise batch` wrote as JSON; judge other summaries with `summarise check`,"
    " and read articles in JSON Lines with `summarise batch` first"
)


def find_summaries(data: bytes, name: str) -> list[bytes] | None:
    """The JSON of each summary in `data`, not yet judged; None where it is no JSON and may be an article.

    Raises InputError where it is JSON of another kind.
    """
    body = data.removeprefix(codecs.BOM_UTF8).strip()
    named = Path(name).suffix.lower() in _JSON
    if not body.startswith(b"{"):
        if named or body.startswith(b"PAR1"):
            raise InputError(f"{name} holds no summary in JSON", _HINT)
        return None
    whole = _read(body)
    lines = [body] if whole is not None else [line for line in body.split(b"\n") if line.strip()]
    first = whole if whole is not None else _read(lines[0])
    if isinstance(first, dict) and first.get("schema") == SCHEMA:
        return lines
    if first is None and not named:
        return None  # a text that begins with a brace
    raise InputError(f"{name} holds no summary of ours ({SCHEMA})", _HINT)


def read_summary(line: bytes, name: str) -> Summary:
    """The summary in `line`; `name` is what to call it. Raises InputError where it is none."""
    try:
        return Summary.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the line"
        said = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
        raise InputError(f"{name} is no summary of ours: {where}: {said}", "make it anew") from None


def wanted_text(line: bytes) -> str | None:
    """The sha256 of the text that the summary in `line` lacks; None where it has it, or is none at all."""
    match _read(line):
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
