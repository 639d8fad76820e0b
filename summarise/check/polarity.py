"""Judges a polarity, on clear evidence alone: words that can't be misread, said of the holder, with the
target as their object.

`condemned the plan` contradicts `for`, `voiced support for the plan` contradicts `against`; with a
negation (`did not oppose`, `refused to condemn`) only what the words themselves would say is
contradicted. What is said with other words, of other subjects, in doubt, in the past that has turned,
or in somebody else's quotation is not judged. In bounded time, however long the sentence.
"""

from __future__ import annotations

import re
from enum import Enum

from summarise.article import Span
from summarise.check.clauses import (
    AUXILIARY,
    BEING,
    NEGATION,
    find_target,
    has_doubt,
    is_hedged,
    led_from,
    passive_before,
)
from summarise.check.facts import Facts
from summarise.check.holders import Holder
from summarise.positions import Predicate, find_predicates
from summarise.speakers import opening_subject, subject_after, subject_before

_REACH = 400
"""Characters before a predicate in which its subject and its auxiliaries are looked for."""
_MOST = 200
"""Predicates of one sentence that are looked at; a sentence with more is left open."""
_BY = re.compile(r"\s+by\b")
_WHO = re.compile(r",?\s+who\Z")
_OWNER = re.compile(r"(?:['’]s?|\b(?P<pronoun>[Hh]is|[Hh]er|[Tt]heir|[Ii]ts))\s+(?:[\w-]+\s+){0,2}\Z")
_APPOSED = re.compile(r",\s+(?:an?|the|one\s+of\s+the)\s+(?:(?!of\b)[\w’'-]+\s+){0,5}\Z")
_LOST = re.compile(
    r"\b(?:withdr[ae]w\w*|drop\w*|end(?:s|ed|ing)?|den(?:y|ied|ies|ying)|lack\w*|los[ts]\w*|without)\b"
)
"""Words that take back or deny what follows as a noun: `withdrew its support for`."""
_SELF = re.compile(r"\b(?:I|[Ww]e)\Z")
_NO = re.compile(r"\b(?:no|not|never|little|former|no longer|ex-\w+)\b")


class Verdict(Enum):
    """What the text says of a polarity."""

    HOLDS = "holds"
    CONTRADICTED = "contradicted"
    OPEN = "open"


def judge_polarity(
    facts: Facts, polarity: str, holder: tuple[str, Span], target: str, evidence: Span
) -> Verdict:
    """Whether clear words of the evidence say that `holder` (name, place) is for or against `target`."""
    said: set[Verdict] = set()
    who = Holder(facts, *holder, evidence)
    parts = [(facts.blanked, evidence, False)]
    for quotation in facts.quotations_in(evidence):
        part = max(quotation.start, evidence[0]), min(quotation.end, evidence[1])
        parts.append((facts.article.text, part, True))
    seen = 0
    for text, part, quoted in parts:
        for words in find_predicates(text, *part):
            seen += 1
            if seen > _MOST:
                return Verdict.OPEN
            clause = _Clause(who, target, text, part, words)
            if clause.is_own_words() if quoted else clause.is_of_holder():
                said.add(_verdict(polarity, words.sense, clause.negated))
    said.discard(Verdict.OPEN)
    return said.pop() if len(said) == 1 else Verdict.OPEN


def _verdict(polarity: str, sense: str, negated: bool) -> Verdict:
    if negated:
        return Verdict.CONTRADICTED if polarity == sense else Verdict.OPEN
    if polarity == "neutral":
        return Verdict.OPEN
    return Verdict.HOLDS if polarity == sense else Verdict.CONTRADICTED


class _Clause:
    """One predicate and what stands around it in its part of the text."""

    def __init__(self, who: Holder, target: str, text: str, part: Span, words: Predicate) -> None:
        self.who, self.target, self.text, self.words = who, target, text, words
        self.facts = who.facts
        self.low, self.high = max(part[0], words.start - _REACH), part[1]
        self.cut = self.low > part[0]
        self.negated = False

    def is_of_holder(self) -> bool:
        """Whether the holder is its subject and the target its object, without doubt."""
        by = _BY.match(self.text, self.words.end, self.high) if self.words.kind == "verb" else None
        if by is None and not self._has_object():
            return False
        if is_hedged(self.text, self.low, (self.words.start, self.words.end)):
            return False
        if by:
            return self._is_passive(by.end())
        if self.words.kind == "owned":
            return self._is_owned()
        return self._is_apposed() if self.words.kind == "apposed" else self._is_active()

    def is_own_words(self) -> bool:
        """Whether it is what the holder says of themselves: `“We support the plan,” said Roe`."""
        if self.words.kind in ("owned", "apposed") or not self._has_object():
            return False
        at = self._auxiliaries()
        if at is None or not _SELF.search(self.text, self.low, at):
            return False
        if is_hedged(self.text, self.low, (self.words.start, self.words.end)):
            return False
        speaker = self.facts.speaker_of((self.words.start, self.words.end))
        return speaker is not None and self.who.is_subject(speaker, self.words.start)

    def _has_object(self) -> bool:
        after = self.words.end, self.high
        return find_target(self.facts.text, self.text, self.target, after, self.words.clausal)

    def _auxiliaries(self) -> int | None:
        """Where the auxiliaries before the predicate begin, once judged; None where they leave doubt."""
        at = led_from(self.text, self.low, self.words.start)
        auxiliaries = self.text[at : self.words.start]
        if has_doubt(self.text, self.low, at, auxiliaries):
            return None
        self.negated = self.words.denied or NEGATION.search(auxiliaries) is not None
        return at

    def _is_active(self) -> bool:
        at = self._auxiliaries()
        if at is None:
            return False
        auxiliaries = self.text[at : self.words.start]
        if self.words.participle and not BEING.search(auxiliaries):
            return not auxiliaries.strip() and self.who.opens(self.low, at) and not self.cut
        if self.words.kind == "verb" and not self.words.participle and BEING.search(auxiliaries):
            return False  # a passive that does not say by whom
        who = _WHO.search(self.text, self.low, at)
        if who:
            return not self.words.base and self.who.ends_at(self.text, who.start())
        if self.words.base and not AUXILIARY.search(auxiliaries):
            return self.who.is_plural() and self.who.ends_at(self.text, at)
        if self.text[self.low : at].rstrip().endswith(" and"):
            if self.cut:
                return False
            subject = opening_subject(self.text, self.low, self.high, self.facts.mentions)
        else:
            subject = subject_before(self.text, self.low, at, self.facts.mentions)
        return self.who.is_subject(subject, self.words.start) or self.who.is_one_of(self.low, at)

    def _is_passive(self, by: int) -> bool:
        """`The plan was condemned by Roe`, `the plan, condemned by Roe,`."""
        at, more = passive_before(self.text, self.low, self.words.start)
        places = list(self.facts.text.occurrences(self.target, (self.low, at)))
        if not places or self.text[places[-1][1] : at].strip(" ,\n"):
            return False
        subject = subject_after(self.text, by, self.high, self.facts.mentions)
        self.negated = bool(NEGATION.search(more))
        return self.who.is_subject(subject, self.words.start)

    def _is_owned(self) -> bool:
        """`Roe’s opposition to the plan`, `her support for it`."""
        owner = _OWNER.search(self.text, self.low, self.words.start)
        if owner is None or _LOST.search(self.text, self.low, self.words.start):
            return False
        if owner["pronoun"]:
            return self.who.is_pronoun(owner["pronoun"].lower(), owner.start(), self.words.start)
        return self.who.ends_at(self.text, owner.start())

    def _is_apposed(self) -> bool:
        """`Roe, an outspoken critic of the plan`."""
        apposed = _APPOSED.search(self.text, self.low, self.words.start)
        if apposed is None:
            return False
        self.negated = bool(_NO.search(apposed.group()))
        return self.who.ends_at(self.text, apposed.start())
