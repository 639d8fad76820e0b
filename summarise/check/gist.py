"""Judges the gist: whole sentences of the story, each once, never the bare title."""

from __future__ import annotations

from collections.abc import Sequence

from summarise.check.evidence import no_evidence
from summarise.check.facts import Facts
from summarise.check.judgement import Ledger
from summarise.check.spans import fold
from summarise.draft import GistItem
from summarise.summary import GistSentence


def judge_gist(facts: Facts, items: Sequence[GistItem]) -> Ledger[GistSentence]:
    """Accept the sentences that can stand as gist, in the order of the draft."""
    ledger: Ledger[GistSentence] = Ledger("gist")
    for index, item in enumerate(items):
        if item.label == "none":
            continue
        problem = no_evidence(facts, item.sentence)
        if problem:
            ledger.reject(item, "evidence", problem)
            continue
        span = facts.span_of(item.sentence)
        text = facts.article.slice(span)
        if _is_title(facts, text):
            ledger.reject(item, "gist", "the bare title is no gist")
            continue
        ledger.accept(
            fold(text), ledger.find(fold(text)) or GistSentence(text=text, spans={"text": span}), index
        )
    return ledger


def _is_title(facts: Facts, text: str) -> bool:
    """Whether a sentence says the headline, or a part of a headline of several sentences, and no more."""
    return facts.title is not None and fold(text) in facts.title
