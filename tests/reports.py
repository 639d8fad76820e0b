"""What holds of every report in a schema of one's own, told on plain data, as a reader of the JSON would."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

TOP = ["schema", "article", "found", "rejected", "coverage", "provenance"]
BESIDE = {"evidence", "confidence", "spans"}
NUMBER = ["mention", "value", "upper", "qualifier", "unit"]
QUALIFIERS = ["exact", "about", "at_least", "at_most", "range"]


def report_breaches(data: dict[str, Any], text: str, labels: dict[str, list[str]]) -> Iterator[str]:
    """Every way in which a report breaks the promise for `text`; labels: of each field that has any."""
    if list(data) != TOP or data["schema"] != "summarise/fields/1":
        yield f"the keys are {list(data)} of {data.get('schema')}"
        return
    if data["article"]["sha256"] != hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest():
        yield "the hash is another text's"
    for name, found in data["found"].items():
        items = found if isinstance(found, list) else [found] if found is not None else []
        for i, item in enumerate(items):
            yield from (f"{name}[{i}]: {breach}" for breach in _item(item, text, labels))
        told = [{k: v for k, v in item.items() if k not in BESIDE} for item in items]
        if any(one in told[:i] for i, one in enumerate(told)):
            yield f"{name} says something twice"
    for refused in data["rejected"]:
        if refused["field"].split(".")[0] not in data["found"] or not refused["issues"]:
            yield f"what was rejected is told as {refused}"
    counts = data["coverage"]
    for kind in ("sentences", "numbers", "quotations"):
        if not 0 <= counts[f"{kind}_reported"] <= counts[kind]:
            yield f"more {kind} are reported than there are"
    if len(data["provenance"]["fields"]["sha256"]) != 64:
        yield "the schema has no hash"


def _item(item: dict[str, Any], text: str, labels: dict[str, list[str]]) -> Iterator[str]:
    spans = item["spans"]
    low, high = spans["evidence"]
    for name, value in item.items():
        if name in ("confidence", "spans"):
            continue
        if name in labels:
            if name in spans or value not in [*labels[name], None]:
                yield f"{name} is {value!r}"
            continue
        if (value is None) != (name not in spans):
            yield f"{name} is {value!r}, and its span {spans.get(name)}"
        if value is None:
            continue
        if isinstance(value, dict):
            if list(value) != NUMBER or value["qualifier"] not in QUALIFIERS:
                yield f"{name} is no number: {value}"
            value = value["mention"]
        start, end = spans[name]
        if not value or text[start:end] != value or not low <= start < end <= high:
            yield f"{name}: {value!r} does not stand at {start}–{end} of the evidence"
        cuts = any(
            0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end)
        )
        if cuts and not isinstance(item[name], dict):  # where a number ends is for the number reader
            yield f"{name}: {value!r} cuts a word"
    if not 0 <= item.get("confidence", 0) <= 1:
        yield "the confidence is no probability"
