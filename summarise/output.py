"""Writes summaries as JSON. Data only: one object for one article, JSON Lines for several."""

from __future__ import annotations

import json
import re
from typing import BinaryIO

from summarise.summary import Summary


def write_summary(summary: Summary, *, line: bool) -> str:
    """The summary as JSON text ending in a line break; on one line, or indented for reading."""
    return write_json(summary_data(summary), line=line)


def summary_data(summary: Summary) -> dict[str, object]:
    """The summary as plain data, keys in the order of the output contract."""
    return summary.model_dump(mode="json")


def write_json(data: object, *, line: bool) -> str:
    """`data` as JSON text in UTF-8 characters, ending in a line break; each span on one line."""
    text = json.dumps(data, ensure_ascii=False, indent=None if line else 2)
    # a line break never stands inside a JSON string, so nothing but layout can match
    return re.sub(r"\[\n\s*(\d+),\n\s*(\d+)\n\s*\]", r"[\1, \2]", text) + "\n"


def write_schema() -> str:
    """The JSON Schema of a summary."""
    return write_json(Summary.model_json_schema(by_alias=True, mode="serialization"), line=False)


def put(text: str, stream: BinaryIO) -> None:
    """Writes and flushes UTF-8 whatever the locale; a lone surrogate, which UTF-8 lacks, as `?`."""
    stream.write(text.encode("utf-8", "replace"))
    stream.flush()
