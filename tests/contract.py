"""The output contract, told once more in other words than the code's, to hold every output against.

Works on plain data, as a reader of the JSON would; knows nothing of the package.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

TOP = ["schema", "article", "gist", "actors", "numbers", "locations", "stances"]
TOP += ["disagreements", "notes", "rejected", "coverage", "provenance"]
COPIED = {  # required and optional strings, all of which stand in the article
    "gist": (["text"], []),
    "actors": (["name", "evidence"], ["role"]),
    "numbers": (["mention", "evidence"], ["counts"]),
    "locations": (["name", "evidence"], []),
    "stances": (["holder", "target", "evidence"], ["quote"]),
}
OWN = {  # keys beside the copied strings and `spans`
    "gist": set(),
    "actors": {"kind", "aliases", "mentions"},
    "numbers": {"value", "upper", "qualifier", "unit"},
    "locations": {"country", "aliases", "mentions"},
    "stances": {"polarity"},
}
LABELS = {
    "kind": ["person", "organisation", "government", "group"],
    "qualifier": ["exact", "about", "at_least", "at_most", "range"],
    "polarity": ["for", "against", "neutral"],
}
COUNTED = ["sentences", "numbers", "quotations"]


def breaches(data: dict[str, Any], text: str) -> Iterator[str]:
    """Every way in which an output breaks the contract for the article `text`."""
    if list(data) != TOP:
        yield f"the keys are {list(data)}"
        return
    if data["schema"] != "summarise/1":
        yield f"the schema is {data['schema']!r}"
    about = data["article"]
    if about["sha256"] != hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest():
        yield "the hash is another text's"
    if about["characters"] != len(text) or about.get("text", text) != text:
        yield "the article's text or length is another's"
    for family in COPIED:
        for i, item in enumerate(data[family]):
            yield from (f"{family}[{i}]: {breach}" for breach in _item(family, item, text))
    for note in data["notes"]:
        if set(note) != {"field", "index", "check", "message"} or not note["check"] or not note["message"]:
            yield f"what is open is told as {note}"
        elif note["field"] not in COPIED or not 0 <= note["index"] < len(data[note["field"]]):
            yield f"there is no {note['field']}[{note['index']}] to be open"
    for refused in data["rejected"]:
        if set(refused) != {"field", "item", "issues"} or refused["field"].split(".")[0] not in COPIED:
            yield f"what was rejected is told as {refused}"
        elif not refused["issues"] or not all(i["check"] and i["message"] for i in refused["issues"]):
            yield "something is rejected without a reason"
    yield from _coverage(data["coverage"])


def _item(family: str, item: dict[str, Any], text: str) -> Iterator[str]:
    required, optional = COPIED[family]
    if set(item) - {"confidence"} != {*required, *optional, *OWN[family], "spans"}:
        yield f"the keys are {sorted(item)}"
        return
    standing = [name for name in [*required, *optional] if item[name] is not None]
    if set(item["spans"]) != set(standing) or not set(required) <= set(standing):
        yield f"the spans are of {sorted(item['spans'])}, the strings {standing}"
        return
    for name in standing:
        start, end = item["spans"][name]
        if not 0 <= start < end <= len(text) or text[start:end] != item[name]:
            yield f"{name} {item[name]!r} is not what stands at {start}, {end}"
    for start, end in item.get("mentions", []):
        if not 0 <= start < end <= len(text):
            yield f"a mention at {start}, {end} lies outside"
    for name in set(LABELS) & set(item):
        if item[name] not in LABELS[name]:
            yield f"{name} is {item[name]!r}"
    if not 0 <= item.get("confidence", 0) <= 1 or (family == "gist" and "confidence" in item):
        yield "the confidence is no probability"


def _coverage(told: dict[str, Any]) -> Iterator[str]:
    for name, part in zip(
        COUNTED, ["sentences_read", "numbers_reported", "quotations_reported"], strict=True
    ):
        if not 0 <= told[part] <= told[name]:
            yield f"{told[part]} of {told[name]} {name}"
    if told["complete"] != (told["sentences_read"] == told["sentences"]):
        yield "coverage is complete or not, and says otherwise"
