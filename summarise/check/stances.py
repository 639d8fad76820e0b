"""Judges stances: a holder and a target that the evidence supports, a quote in quotation marks.

A quote may stand in a sentence near the evidence where the text gives it to the holder for certain.
A quote that does not hold is taken out of its stance and listed; the stance stays. A quote that is
another's words rejects its stance; one whose speaker the text leaves open is noted. The same
holder, target and polarity are one stance.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from summarise.article import Span
from summarise.check.evidence import no_evidence
from summarise.check.facts import Facts
from summarise.check.judgement import Ledger
from summarise.check.names import bearer_of
from summarise.check.polarity import Verdict, judge_polarity
from summarise.check.quotes import find_quote
from summarise.check.referents import find_holder, find_target
from summarise.check.spans import fold
from summarise.check.voices import Voice, judge_voice
from summarise.draft import StanceItem
from summarise.summary import Stance

_BESIDE = 3
"""Sentences on either side of the evidence in which the holder may say what it reports."""


@dataclass(frozen=True)
class _Places:
    """Where the parts of a stance stand."""

    holder: Span
    target: Span
    evidence: Span


def judge_stances(facts: Facts, items: Sequence[StanceItem]) -> Ledger[Stance]:
    """Accept the stances that the article supports, merging those that say the same."""
    ledger: Ledger[Stance] = Ledger("stances")
    for index, item in enumerate(items):
        if item.polarity == "none":
            continue
        places = _judge_parts(facts, item, ledger)
        if places is None:
            continue
        holder = bearer_of(facts, item.holder, places.holder)
        if holder == bearer_of(facts, item.target, places.target):
            ledger.reject(item, "holder", f"{item.holder!r} is holder and target")
            continue
        verdict = judge_polarity(
            facts, item.polarity, (item.holder, places.holder), item.target, places.evidence
        )
        if verdict == Verdict.CONTRADICTED:
            message = (
                f"the evidence says otherwise of {item.holder!r} and {item.target!r} than {item.polarity!r}"
            )
            ledger.reject(item, "polarity", message)
            continue
        if verdict == Verdict.OPEN:
            ledger.note(index, "polarity", "not judged: no clear verb ties holder and target")
        quote = _judge_quote(facts, item, places, ledger)
        if quote is not None:
            voice, message = judge_voice(facts, item.holder, places.holder, quote)
            if voice == Voice.OTHER:
                ledger.reject(item, "speaker", message)
                continue
            if voice == Voice.OPEN:
                ledger.note(index, "speaker", message)
        key = holder, fold(item.target).casefold(), item.polarity
        _keep(ledger, key, index, item, _stance(facts, item, places, quote))
    return ledger


def _judge_parts(facts: Facts, item: StanceItem, ledger: Ledger[Stance]) -> _Places | None:
    """Where holder, target and evidence stand, or None once the item has been rejected."""
    problem = no_evidence(facts, item.sentence)
    if problem:
        ledger.reject(item, "evidence", problem)
        return None
    evidence = facts.span_of(item.sentence)
    quote = find_quote(facts, item.quote, evidence) if item.quote is not None else None
    holder = find_holder(facts, item.holder, item.sentence, quote if isinstance(quote, tuple) else None)
    if isinstance(holder, str):
        ledger.reject(item, "holder", holder)
        return None
    target = find_target(facts, item.target, item.sentence)
    if isinstance(target, str):
        ledger.reject(item, "target", target)
        return None
    return _Places(holder, target, evidence)


def _judge_quote(facts: Facts, item: StanceItem, places: _Places, ledger: Ledger[Stance]) -> Span | None:
    if item.quote is None:
        return None
    found = find_quote(facts, item.quote, places.evidence)
    if isinstance(found, str):
        beside = _quoted_beside(facts, item.quote, item.sentence)
        if beside and judge_voice(facts, item.holder, places.holder, beside)[0] == Voice.OWN:
            return beside
        ledger.reject(item, "quote", found, "quote")
        return None
    return found


def _quoted_beside(facts: Facts, quote: str, sentence: int) -> Span | None:
    """Where a quote stands in quotation marks of the few sentences on either side of asked `sentence`."""
    near = [facts.asked[number] for number in range(sentence - _BESIDE, sentence + _BESIDE + 1)
            if number in facts.asked]  # fmt: skip
    found = find_quote(facts, quote, (near[0].start, near[-1].end))
    return None if isinstance(found, str) else found


def _stance(facts: Facts, item: StanceItem, places: _Places, quote: Span | None) -> Stance:
    assert item.polarity != "none"
    article = facts.article
    spans = {"holder": places.holder, "target": places.target, **({"quote": quote} if quote else {})}
    return Stance(
        holder=article.slice(places.holder),
        target=article.slice(places.target),
        polarity=item.polarity,
        quote=article.slice(quote) if quote else None,
        evidence=article.slice(places.evidence),
        spans={**spans, "evidence": places.evidence},
    )


def _keep(ledger: Ledger[Stance], key: Hashable, index: int, item: StanceItem, stance: Stance) -> None:
    """Enter `stance`, or merge it into the one already there; a quote that then gets lost is listed."""
    kept = ledger.find(key)
    if kept is None:
        ledger.accept(key, stance, index)
        return
    if stance.quote is not None and stance.quote != kept.quote:
        ledger.reject(item, "duplicate", f"{kept.holder!r} has this stance already", "quote")
    ledger.accept(key, kept, index)
