"""Judges numbers: the mention is re-read in its sentence, and must be the whole of one quantity.

Value, upper, qualifier and unit come from that reading, never from a draft. A mention that
cuts a digit or a word, or drops its qualifier or unit, is an issue. The same mention drafted
several times in one sentence means its successive occurrences there. `counts` is looked for
in the sentence, nearest to the mention; where it does not hold, or another noun is what the number
counts (see `counted`), it is taken out and listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from summarise.article import Span
from summarise.check.counted import noun_after
from summarise.check.evidence import absent, no_evidence
from summarise.check.facts import Facts
from summarise.check.judgement import Ledger
from summarise.check.spans import fold, overlap
from summarise.draft import NumberItem
from summarise.numbers import Quantity
from summarise.summary import Number


@dataclass(frozen=True)
class NumberFault:
    """Why a mention is not a quantity: which check, and what it found."""

    check: str
    message: str


def judge_numbers(facts: Facts, items: Sequence[NumberItem]) -> tuple[Ledger[Number], tuple[Span, ...]]:
    """Accept the quantities, each mention of the same thing once; also the spans of merged mentions."""
    ledger: Ledger[Number] = Ledger("numbers")
    times: Counter[tuple[int, str]] = Counter()
    repeated: list[Span] = []
    for index, item in enumerate(items):
        problem = no_evidence(facts, item.sentence)
        if problem:
            ledger.reject(item, "evidence", problem)
            continue
        asked_for = item.sentence, fold(item.mention)
        quantity = _find_quantity(facts, item, times[asked_for])
        times[asked_for] += 1
        if isinstance(quantity, NumberFault):
            ledger.reject(item, quantity.check, quantity.message)
            continue
        evidence, mention = facts.span_of(item.sentence), (quantity.start, quantity.end)
        counts = _judge_counts(facts, item, evidence, quantity, ledger)
        number = _number(facts, quantity, counts, evidence)
        key = _same(number)
        if ledger.find(key):
            repeated.append(mention)
        ledger.accept(key, ledger.find(key) or number, index)
    return ledger, tuple(repeated)


def _find_quantity(facts: Facts, item: NumberItem, taken: int) -> Quantity | NumberFault:
    """The quantity that the mention is: of identical ones, the one after the `taken` first."""
    within = facts.span_of(item.sentence)
    mention = fold(item.mention)
    quantities = facts.quantities(item.sentence)
    same = [q for q in quantities if fold(facts.article.text[q.start : q.end]) == mention]
    if same:
        return same[min(taken, len(same) - 1)]
    span = facts.text.first(item.mention, within)
    if span is None:
        return NumberFault("span", absent(facts, item.mention, within))
    read = [facts.article.text[q.start : q.end] for q in quantities if overlap((q.start, q.end), span)]
    if not read:
        return NumberFault("number", f"no quantity stands at {item.mention!r}")
    if len(read) > 1:
        return NumberFault(
            "number", f"{item.mention!r} holds several quantities: {', '.join(map(repr, read))}"
        )
    return NumberFault("number", f"the quantity at {item.mention!r} reads {read[0]!r}")


def _judge_counts(
    facts: Facts, item: NumberItem, evidence: Span, quantity: Quantity, ledger: Ledger[Number]
) -> Span | None:
    """The occurrence of the counted words nearest to the mention (the later one of two)."""
    if item.counts is None:
        return None
    mention = quantity.start, quantity.end
    before = list(facts.text.occurrences(item.counts, (evidence[0], mention[0])))[-1:]
    after = facts.text.first(item.counts, (mention[1], evidence[1]))
    near = [*([after] if after else []), *before]
    if near:
        found = min(near, key=lambda span: max(span[0] - mention[1], mention[0] - span[1]))
        own = noun_after(facts.article.text, mention[1], evidence[1]) if quantity.unit is None else None
        if own is None or overlap(own, found):
            return found
        what = facts.article.slice(own)
        ledger.reject(
            item, "counts", f"what {item.mention!r} counts is {what!r}, not {item.counts!r}", "counts"
        )
        return None
    if facts.text.first(item.counts, evidence) is not None:
        ledger.reject(item, "counts", f"{item.counts!r} overlaps the number itself", "counts")
    else:
        ledger.reject(item, "span", absent(facts, item.counts, evidence), "counts")
    return None


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


def _same(number: Number) -> Hashable:
    """Equal for mentions that say the same: the same words for the same thing, or the same place."""
    if number.counts is None:
        return number.spans["mention"]
    return fold(number.mention).casefold(), fold(number.counts).casefold()
