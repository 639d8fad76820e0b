"""Counts what code can see in an article for certain, and how much of it a judgement accounts for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import accumulate

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.check.judgement import Judgement
from summarise.summary import Coverage


def count(facts: Facts, judgement: Judgement, sentences_read: Collection[int]) -> Coverage:
    """Sentences, numbers and quotations of the asked text, and how many were read or reported."""
    read = len(facts.asked.keys() & set(sentences_read))
    numbers = [(q.start, q.end) for number in facts.asked for q in facts.quantities(number)]
    mentions = [number.spans["mention"] for number in judgement.numbers]
    asked = [facts.span_of(number) for number in facts.asked]
    quotations = _touched([(q.start, q.end) for q in facts.quotations], asked)
    quotes = [stance.spans["quote"] for stance in judgement.stances if stance.quote is not None]
    return Coverage(
        sentences=len(facts.asked),
        sentences_read=read,
        numbers=len(numbers),
        numbers_reported=len(_touched(numbers, [*mentions, *judgement.repeated])),
        quotations=len(quotations),
        quotations_reported=len(_touched(quotations, quotes)),
        complete=read == len(facts.asked),
    )


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
