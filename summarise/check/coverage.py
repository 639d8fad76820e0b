"""What code can see in an article for certain, and how much of it a judgement accounts for.

Seen are the sentences, numbers and quotations of the asked text; of quotations, those that may be
speech. Reported is a sentence that is in the gist or is evidence, and a number or quotation that a
verified item overlaps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.check.judgement import Judgement
from summarise.summary import Coverage, Seen, Unreported

_KINDS = ("sentences", "numbers", "quotations")


def count(facts: Facts, judgement: Judgement, sentences_read: Collection[int]) -> Coverage:
    """How many were seen, read and reported."""
    return count_spans(facts, _reported(judgement), sentences_read)


def count_spans(
    facts: Facts, reported: Mapping[str, Iterable[Span]], sentences_read: Collection[int]
) -> Coverage:
    """As `count`, of the spans that are `reported`: of sentences, numbers and quotations."""
    read, seen = len(facts.asked.keys() & set(sentences_read)), _seen(facts)
    sentences, numbers, quotations = (len(_touched(seen[kind], reported[kind])) for kind in _KINDS)
    return Coverage(
        sentences=len(facts.asked),
        sentences_read=read,
        sentences_reported=sentences,
        numbers=len(seen["numbers"]),
        numbers_reported=numbers,
        quotations=len(seen["quotations"]),
        quotations_reported=quotations,
        complete=read == len(facts.asked),
    )


def list_unreported(facts: Facts, judgement: Judgement) -> Unreported:
    """What was seen and not reported, in the article's order."""
    seen, reported = _seen(facts), _reported(judgement)
    missing: dict[str, tuple[Seen, ...]] = {}
    for kind in _KINDS:
        told = set(_touched(seen[kind], reported[kind]))
        spans = sorted(span for span in seen[kind] if span not in told)
        missing[kind] = tuple(Seen(text=facts.article.slice(span), span=span) for span in spans)
    return Unreported(**missing)


def _seen(facts: Facts) -> dict[str, list[Span]]:
    """The spans of each kind in the asked text."""
    asked = [facts.span_of(number) for number in facts.asked]
    return {
        "sentences": asked,
        "numbers": [(q.start, q.end) for number in facts.asked for q in facts.quantities(number)],
        "quotations": _touched([(q.start, q.end) for q in facts.speech], asked),
    }


def _reported(judgement: Judgement) -> dict[str, list[Span]]:
    """The spans of each kind that verified items have."""
    evidence: list[Span] = [sentence.spans["text"] for sentence in judgement.gist]
    for items in (judgement.actors, judgement.numbers, judgement.locations, judgement.stances):
        evidence += [item.spans["evidence"] for item in items]
    return {
        "sentences": evidence,
        "numbers": [*(number.spans["mention"] for number in judgement.numbers), *judgement.repeated],
        "quotations": [stance.spans["quote"] for stance in judgement.stances if stance.quote is not None],
    }


def _touched(spans: Iterable[Span], by: Iterable[Span]) -> list[Span]:
    """Those of `spans` that overlap one of `by`, in one pass over both."""
    marks = sorted(by)
    reaches = list(accumulate((end for _, end in marks), max))
    touched, k = [], 0
    for span in sorted(spans):
        while k < len(marks) and reaches[k] <= span[0]:
            k += 1
        if k < len(marks) and marks[k][0] < span[1]:
            touched.append(span)
    return touched
