"""Which slot a field gets: labels, one of code's finds, or a span of the item's sentence."""

from __future__ import annotations

import json

from summarise.families import Family, Field
from summarise.grammar import find_whole, has_span
from summarise.proposals import Proposals
from summarise.segment import Options, Slot, SpanOf


def field_slot(field: Field, sentence: int, key: str | None, proposals: Proposals) -> Slot:
    """The slot of a detail or key of an item whose evidence is `sentence`.

    key: the item's own key where it is a string of the article, else None.
    """
    if field.labels:
        return Options(tuple(map(quote, field.labels)) + (("null",) if field.nullable else ()))
    finds = _finds(field, sentence, key, proposals)
    if finds is not None:
        found = tuple(map(quote, finds))
        return Options((*found, "null") if field.nullable or not found else found)
    text, mark = proposals.texts[sentence], field.verbatim
    also = proposals.finds(mark.also, sentence) if mark and mark.also else ()
    texts = _apart(text, key) if mark and mark.apart and key else (text,)
    if not texts and not field.nullable:
        texts = (text,)  # the key is all there is: the check will say so
    return SpanOf(texts, among=also, nullable=field.nullable)


def _finds(field: Field, sentence: int, key: str | None, proposals: Proposals) -> tuple[str, ...] | None:
    """What the field is chosen from, None where it is not chosen from finds."""
    if field.chosen is None:
        return None
    if field.chosen.of is None:
        return proposals.finds(field.chosen.kind, sentence)
    if any(p.value == key for p in proposals.of(field.chosen.of)):
        return proposals.belonging(field.chosen.kind, key or "")
    return None


def _apart(text: str, key: str) -> tuple[str, ...]:
    """The stretches of `text` beside every occurrence of `key` that hold a word."""
    pieces, at = [], 0
    while found := find_whole(text, key, at):
        pieces.append(text[at : found[0]])
        at = found[1]
    return tuple(dict.fromkeys(piece for piece in [*pieces, text[at:]] if has_span(piece)))


def label_slot(family: Family, *, dropping: bool) -> Options:
    """The gate's labels; without the one that drops the item where an item is already meant."""
    assert family.gate is not None
    labels = (label for label in family.gate.labels if dropping or label != family.drop)
    return Options(tuple(map(quote, labels)))


def quote(text: str) -> str:
    """`text` as a JSON string."""
    return json.dumps(text, ensure_ascii=False)
