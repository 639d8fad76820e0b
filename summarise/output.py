"""Writes summaries as JSON. Data only: one object for one article, JSON Lines for several."""

from __future__ import annotations

import json
import re
from typing import Any, BinaryIO

from summarise.fields import Entry
from summarise.report import Report
from summarise.summary import Summary


def write_summary(summary: Summary | Report[Any], *, line: bool) -> str:
    """The summary as JSON text ending in a line break; on one line, or indented for reading."""
    return write_json(summary_data(summary), line=line)


def summary_data(summary: Summary | Report[Any]) -> dict[str, object]:
    """The summary as plain data, keys in the order of the output contract: an entry's own fields first."""
    data: dict[str, object] = summary.model_dump(mode="json")
    if isinstance(summary, Report):
        found: dict[str, Any] = summary.found.model_dump(mode="json")
        data["found"] = {
            name: [*map(_own_first, value)] if isinstance(value, list) else value and _own_first(value)
            for name, value in found.items()
        }
    return data


def _own_first(entry: dict[str, object]) -> dict[str, object]:
    beside = {name: entry[name] for name in Entry.model_fields if name in entry}
    return {name: value for name, value in entry.items() if name not in beside} | beside


def write_json(data: object, *, line: bool) -> str:
    """`data` as JSON text in UTF-8 characters, ending in a line break; each span on one line."""
    text = json.dumps(data, ensure_ascii=False, indent=None if line else 2)
    # a line break never stands inside a JSON string, so nothing but layout can match
    return re.sub(r"\[\n\s*(\d+),\n\s*(\d+)\n\s*\]", r"[\1, \2]", text) + "\n"


def write_schema(of: type[Summary] | type[Report[Any]] = Summary) -> str:
    """The JSON Schema of a summary, or of a report."""
    return write_json(of.model_json_schema(by_alias=True, mode="serialization"), line=False)


def put(text: str, stream: BinaryIO) -> None:
    """Writes and flushes UTF-8 whatever the locale; a lone surrogate, which UTF-8 lacks, as `?`."""
    stream.write(text.encode("utf-8", "replace"))
    stream.flush()
