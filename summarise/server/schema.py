"""The JSON Schema of one family's list, read from the draft's marks as everything else is.

Only keywords that every server's converter knows: no lengths, no patterns, no references. What they can't
say (which words stand in which sentence) is judged by the check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarise.families import Family, Field
from summarise.openlist import open_fields


def describe_family(family: Family, numbers: Sequence[int] = ()) -> dict[str, Any]:
    """The schema of `{"<family>": [item, …]}`, keys in the order in which they are to be written.

    numbers: of the sentences that an item may name; none leaves the number open.
    """
    sentence: dict[str, Any] = {"type": "integer"}
    if numbers:
        sentence["enum"] = list(numbers)
    fields = {family.sentence: sentence, **{f.name: _describe(family, f) for f in open_fields(family)}}
    items = _closed(fields)
    if family.description:
        items["description"] = family.description
    return _closed({family.name: {"type": "array", "items": items}})


def labels_of(family: Family, field: Field) -> tuple[str, ...]:
    """The labels that an item in a list may have: whoever writes it there does not drop it."""
    dropped = family.drop if field is family.gate else None
    return tuple(label for label in field.labels if label != dropped)


def _describe(family: Family, field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": ["string", "null"] if field.nullable else "string"}
    if field.labels:
        schema["enum"] = [*labels_of(family, field), *([None] if field.nullable else [])]
    if field.description:
        schema["description"] = field.description
    return schema


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
