"""Judges a quote: words that stand inside quotation marks which the evidence has a share in.

Whose words they are is not judged here.
"""

from __future__ import annotations

from summarise.article import Span
from summarise.check.facts import Facts


def find_quote(facts: Facts, quote: str, evidence: Span) -> Span | str:
    """The span of `quote` inside a quotation that overlaps `evidence`, or why there is none."""
    quotations = list(facts.quotations_in(evidence))
    for quotation in quotations:
        span = facts.text.first(quote, (quotation.start, quotation.end))
        if span is not None:
            return span
    if not quotations:
        return "the evidence has no quotation"
    if facts.text.first(quote, evidence) is not None:
        return f"{quote!r} does not stand inside quotation marks"
    within = quotations[0].start, quotations[-1].end
    return f"not in the quotations of the evidence: {quote!r}, {facts.text.why_absent(quote, within)}"
