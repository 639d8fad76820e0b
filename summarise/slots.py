"""Which slot a field gets: labels, one of code's finds, or a span of the item's sentence."""

from __future__ import annotations

import json

from summarise.families import Family, Field
from summarise.proposals import Proposals
from summarise.segment import Options, Slot, SpanOf


def field_slot(field: Field, sentence: int, proposals: Proposals) -> Slot:
    """The slot of a detail or key of an item whose evidence is `sentence`."""
    if field.labels:
        return Options(tuple(map(quote, field.labels)) + (("null",) if field.nullable else ()))
    if field.chosen:
        found = tuple(map(quote, proposals.finds(field.chosen.kind, sentence)))
        return Options((*found, "null") if field.nullable or not found else found)
    also = field.verbatim.also if field.verbatim else None
    among = tuple(dict.fromkeys(str(p.value) for p in proposals.of(also))) if also else ()
    return SpanOf(proposals.texts[sentence], among=among, nullable=field.nullable)


def label_slot(family: Family, *, dropping: bool) -> Options:
    """The gate's labels; without the one that drops the item where an item is already meant."""
    assert family.gate is not None
    labels = (label for label in family.gate.labels if dropping or label != family.drop)
    return Options(tuple(map(quote, labels)))


def quote(text: str) -> str:
    """`text` as a JSON string."""
    return json.dumps(text, ensure_ascii=False)
