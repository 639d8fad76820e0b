"""Judges numbers: the mention is re-read in its sentence, and must be the whole of one quantity.

Value, upper, qualifier and unit come from that reading, never from a draft. A mention that
cuts a digit or a word, or drops its qualifier or unit, is an issue; a few words that a reader may count
to it (`aged 25`, `2.6 times`) may be part of it. Which of several identical mentions of a sentence is
meant is found in `occurrences`. `counts` is looked for in the sentence, nearest to the mention; a number
that nothing follows which could be counted may count what was named before. Where `counts` does not hold,
or grammar says that the number counts something else (see `counted`), it is taken out and listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from summarise.article import Span
from summarise.check.evidence import absent, no_evidence
from summarise.check.facts import Facts
from summarise.check.judgement import Ledger
from summarise.check.names import is_named
from summarise.check.occurrences import choose_occurrences, identical
from summarise.check.sameness import Told
from summarise.check.spans import overlap
from summarise.counted import is_anothers, may_be_left_out, noun_after
from summarise.draft import NumberItem
from summarise.names.words import word_set
from summarise.numbers import Quantity, read_quantities
from summarise.summary import Number

_LED = re.compile(r"(?:(?:aged?|ages|like|magnitude|(?:by\s+)?a\s+factor\s+of)\s+)?", re.IGNORECASE)
_TRAILED = re.compile(r"(?:\s+times|[\s-]?fold|\s+(?:of\s+\w+\s+)?per\s+\w+(?:\s+\w+)?)?", re.IGNORECASE)
"""What may be counted to a mention although the reading of the number goes without it."""


@dataclass(frozen=True)
class NumberFault:
    """Why a mention is not a quantity: which check, and what it found."""

    check: str
    message: str


def judge_numbers(
    facts: Facts, items: Sequence[NumberItem], stated: Sequence[Span | None] = ()
) -> tuple[Ledger[Number], tuple[Span, ...]]:
    """Accept the quantities, each mention of the same thing once; also the spans of merged mentions.

    stated: for each item, where its mention is said to stand, None where nothing is said.
    """
    ledger: Ledger[Number] = Ledger("numbers")
    chosen = choose_occurrences(facts, items, stated)
    repeated: list[Span] = []
    told = Told()
    for index, item in enumerate(items):
        problem = no_evidence(facts, item.sentence)
        if problem:
            ledger.reject(item, "evidence", problem)
            continue
        quantity = chosen.get(index) or find_quantity(facts, item)
        if isinstance(quantity, NumberFault):
            ledger.reject(item, quantity.check, quantity.message)
            continue
        evidence, mention = facts.span_of(item.sentence), (quantity.start, quantity.end)
        counts = _judge_counts(facts, item, evidence, quantity, ledger)
        number = _number(facts, quantity, counts, evidence)
        key = told.key_of(facts, number)
        known = ledger.find(key)
        if known:
            repeated.append(mention)
        if known and known.counts is None and number.counts is not None:
            repeated[-1] = known.spans["mention"]
            known = number  # what says of what it is the number tells more
        ledger.accept(key, known or number, index)
    return ledger, tuple(repeated)


def find_quantity(facts: Facts, item: NumberItem) -> Quantity | NumberFault:
    """The quantity that the mention is, or has the whole of."""
    within = facts.span_of(item.sentence)
    same = identical(facts, item.sentence, item.mention)
    if same:
        return same[0]
    span = facts.text.first(item.mention, within)
    if span is None:
        return NumberFault("span", absent(facts, item.mention, within))
    text = facts.article.text
    quantities = [q for q in facts.quantities(item.sentence) if overlap((q.start, q.end), span)]
    read = [text[q.start : q.end] for q in quantities]
    if not read:
        return NumberFault("number", f"no quantity stands at {item.mention!r}")
    if len(read) > 1:
        return NumberFault(
            "number", f"{item.mention!r} holds several quantities: {', '.join(map(repr, read))}"
        )
    (found,) = quantities
    inside = span[0] <= found.start and found.end <= span[1]
    if inside and _LED.fullmatch(text, span[0], found.start) and _TRAILED.fullmatch(text, found.end, span[1]):
        return replace(found, start=span[0], end=span[1], **_said_by(text[span[0] : found.start], found))
    return NumberFault("number", f"the quantity at {item.mention!r} reads {read[0]!r}")


def _said_by(led: str, quantity: Quantity) -> dict[str, Any]:
    """What the words before a number in its mention say of it: `aged 25` has years, `like five` is about."""
    if led[:3].lower() == "age" and quantity.unit is None:
        return {"unit": "year"}
    return {"qualifier": "about"} if led[:4].lower() == "like" and quantity.qualifier == "exact" else {}


def _judge_counts(
    facts: Facts, item: NumberItem, evidence: Span, quantity: Quantity, ledger: Ledger[Number]
) -> Span | None:
    """Where the counted words stand: nearest to the mention, of two equally near the later one."""
    if item.counts is None:
        return None
    found = _find_counts(facts, item.counts, evidence, quantity)
    if isinstance(found, NumberFault):
        ledger.reject(item, found.check, found.message, "counts")
        return None
    return found


def _find_counts(facts: Facts, counts: str, evidence: Span, quantity: Quantity) -> Span | NumberFault:
    mention, text = (quantity.start, quantity.end), facts.article.text
    told = facts.article.slice(mention)
    before = facts.text.before(counts, mention[0])
    after = facts.text.first(counts, (mention[1], evidence[1]))
    near = [span for span in (after, before) if span is not None and span[0] >= evidence[0]]
    if near:
        found = min(near, key=lambda span: max(span[0] - mention[1], mention[0] - span[1]))
        own = noun_after(text, mention[1], evidence[1]) if quantity.unit is None else None
        if own is not None and not overlap(own, found):
            what = facts.article.slice(own)
            return NumberFault("counts", f"what {told!r} counts is {what!r}, not {counts!r}")
        number = facts.sentence_at(mention)
        other = is_anothers(text, mention, found, evidence, facts.quantities(number) if number else ())
        if other is not None:
            return NumberFault("counts", f"{counts!r} is what {other!r} counts, not {told!r}")
        return found
    inside = facts.text.first(counts, evidence)
    if inside is not None:
        behind = inside[0] > mention[0] and counts.split()[0].lower() not in word_set("function")
        if behind and quantity.unit is None and not read_quantities(counts):
            return inside  # `three-judge`, `66 people or more`
        return NumberFault("counts", f"{counts!r} overlaps the number itself")
    if before is not None and may_be_left_out(text, mention[1], evidence[1]):
        return before
    if before is not None and is_named(facts, counts, evidence):
        return before
    return NumberFault("span", absent(facts, counts, evidence))


def _number(facts: Facts, quantity: Quantity, counts: Span | None, evidence: Span) -> Number:
    mention = quantity.start, quantity.end
    return Number(
        mention=facts.article.slice(mention),
        value=quantity.value,
        upper=quantity.upper,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        counts=facts.article.slice(counts) if counts else None,
        evidence=facts.article.slice(evidence),
        spans={"mention": mention, **({"counts": counts} if counts else {}), "evidence": evidence},
    )
