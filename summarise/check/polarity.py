"""Judges a polarity, on clear evidence alone: a verb that can't be misread, its subject the holder,
its object the target.

`condemned the plan` contradicts `for`, `praised the plan` contradicts `against`; with a negation
(`did not oppose`, `refused to condemn`) only what the verb itself would say is contradicted. What is
said with other words, of other subjects or in quotation marks is not judged.
"""

from __future__ import annotations

import re
from enum import Enum

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.speakers import Speaker, opening_subject, subject_after, subject_before

_AGAINST = (
    "condemn reject denounce criticise criticize oppose sue veto slam blast decry deplore repudiate rebuke "
    "vote_against protest_against protest"
)
_FOR = "praise welcome back support endorse applaud laud commend congratulate vote_for vote_in_favour_of"
_DOUBLED = {"slam"}


def _forms(verb: str) -> tuple[str, str, str]:
    """Base, present and past of a regular verb; words after it stay."""
    word, *rest = verb.split("_")
    stem = word + word[-1] if word in _DOUBLED else word
    present, past = word + "s", stem + "ed"
    if word[-1] == "e":
        past = word + "d"
    elif word[-1] == "y":
        present, past = word[:-1] + "ies", word[:-1] + "ied"
    elif word[-1] == "o":
        present = word + "es"
    base, present, past = (" ".join([form, *rest]) for form in (word, present, past))
    return base, present, past


_SENSES = {
    form: (polarity, number == 0)
    for polarity, verbs in (("against", _AGAINST), ("for", _FOR))
    for verb in verbs.split()
    for number, form in enumerate(_forms(verb))
}
"""Form -> what it says, and whether it is the base form, which needs an auxiliary."""
_VERB = re.compile(rf"\b(?:{'|'.join(sorted(_SENSES, key=len, reverse=True))})\b", re.IGNORECASE)
_LED = re.compile(
    r"(?:\s+(?:(?:did|does|do|has|have|had|wo)(?:n['’]t)?|will|not|never|also|then|later|strongly|[a-z]+ly|"
    r"(?:refused|declined|failed|refuses|declines)\s+to))*\s*\Z"
)
_NEGATION = re.compile(r"\b(?:not|never|refuse[ds]|declin(?:ed|es)|failed)\b|n['’]t\b")
_AUXILIARY = re.compile(r"\b(?:did|does|do|will|to|wo)(?:n['’]t)?\b")
_UNSURE = re.compile(
    r"\b(?:would|could|might|may|should|if|whether|can|must|to|which|that|when)\b[\s,]*\Z", re.IGNORECASE
)
_QUALIFIED = re.compile(
    r"\b(?:neither|nor|allegedly|reportedly|hardly|barely|initially|originally|previously|once|formerly|first|"
    r"nearly|almost)\b",
    re.IGNORECASE,
)
"""Words before a verb that leave it unsure whether, or when, it is true of its subject."""
_BE = re.compile(
    r"(?P<be>\s+(?:is|are|was|were|(?:has|have|had)\s+been)(?P<more>(?:\s+(?:also|not|never|[a-z]+ly))*)\s+)\Z"
)
_BY = re.compile(r"\s+by\b")
_SMALL = r"(?!(?:of|for|to|in|on|by|from|with|against|over|and|or|that|as|than|at|not)\b)[\w’'-]+"
_BETWEEN = re.compile(rf"\s+(?:{_SMALL}\s+){{0,3}}")
"""What may stand between a verb and the words of its object: an article, adjectives."""
_ENDED = re.compile(
    r"[\"”’')\]]*(?:\s*(?:[.,;:!?(—–]|\Z)|\s+(?:of|for|in|on|at|after|before|because|and|but|as|to|by|with|over|"
    r"during|when|while|who|which|that|saying|calling)\b)"
)
"""What follows the words of the object where they are the whole of it, or hold its head."""
_LIST = re.compile(r"[\s,]*(?:and\s+(?:the\s+)?)?[\s,]*")
_NONE = re.compile(r"\b(?:no|none|neither|nor|few|nobody|against|of|by|between)\b", re.IGNORECASE)
_NEAR = 80
"""Characters between a verb and its object, at most."""


class Verdict(Enum):
    """What the text says of a polarity."""

    HOLDS = "holds"
    CONTRADICTED = "contradicted"
    OPEN = "open"


class _Stance:
    """What is asked: whether `holder` (name, place) is `polarity` on `target`."""

    def __init__(self, facts: Facts, polarity: str, holder: tuple[str, Span], target: str) -> None:
        self.facts, self.polarity, self.target = facts, polarity, target
        self.name, self.at = holder
        self.group = facts.names.group_of(*holder)

    def is_holder(self, subject: object) -> bool:
        """Whether a subject is certainly the holder."""
        if not isinstance(subject, Speaker):
            return False
        if subject.name is not None:
            return subject.name == self.group
        return self.facts.text.first(self.name, subject.span) is not None

    def is_one_of(self, start: int, end: int) -> bool:
        """Whether the holder is one of several names, all of them the subject of a verb at `end`."""
        text = self.facts.blanked
        if _NONE.search(text, start, end):
            return False
        rest, at = "", end
        for span, group in reversed(self.facts.mentions.inside(start, end)):
            rest, at = text[span[1] : at] + rest, span[0]
            if not _LIST.fullmatch(rest):
                return False
            if group == self.group and "and" in rest:
                return True
        return False

    def is_target(self, start: int, end: int) -> Span | None:
        """Where the target's words stand as an object that begins at `start`; a clause is no object."""
        text = self.facts.blanked
        if self.target.lower().startswith(("to ", "that ", "what ", "how ")):
            return None
        for span in self.facts.text.occurrences(
            self.target, (start, min(end, start + _NEAR + len(self.target)))
        ):
            if _BETWEEN.fullmatch(text, start, span[0]) and _ENDED.match(text, span[1], end):
                return span
        return None


def judge_polarity(
    facts: Facts, polarity: str, holder: tuple[str, Span], target: str, evidence: Span
) -> Verdict:
    """Whether a clear verb of the evidence says that `holder` (name, place) is for or against `target`."""
    stance = _Stance(facts, polarity, holder, target)
    said = {_judge_verb(stance, verb, evidence) for verb in _VERB.finditer(facts.blanked, *evidence)}
    said.discard(Verdict.OPEN)
    return said.pop() if len(said) == 1 else Verdict.OPEN


def _judge_verb(stance: _Stance, verb: re.Match[str], evidence: Span) -> Verdict:
    """What one verb says of the stance."""
    text = stance.facts.blanked
    sense, base = _SENSES[verb.group().lower()]
    passive = _BE.search(text, evidence[0], verb.start())
    if passive:
        by = _BY.match(text, verb.end(), evidence[1])
        if by is None or not _is_passive_of(stance, (evidence[0], passive.start())):
            return Verdict.OPEN
        subject = subject_after(text, by.end(), evidence[1], stance.facts.mentions)
        return _verdict(stance, sense, passive["more"]) if stance.is_holder(subject) else Verdict.OPEN
    led = _LED.search(text, evidence[0], verb.start())
    at = led.start() if led else verb.start()
    auxiliaries = text[at : verb.start()]
    if (base and not _AUXILIARY.search(auxiliaries)) or _UNSURE.search(text, evidence[0], at):
        return Verdict.OPEN
    if _QUALIFIED.search(text, evidence[0], verb.start()):
        return Verdict.OPEN
    if stance.is_target(verb.end(), evidence[1]) is None:
        return Verdict.OPEN
    if text[evidence[0] : at].rstrip().endswith(" and"):
        subject = opening_subject(text, *evidence, stance.facts.mentions)
    else:
        subject = subject_before(text, evidence[0], at, stance.facts.mentions)
    known = stance.is_holder(subject) or stance.is_one_of(evidence[0], at)
    return _verdict(stance, sense, auxiliaries) if known else Verdict.OPEN


def _is_passive_of(stance: _Stance, before: Span) -> bool:
    """Whether the target is what stands before `was condemned`."""
    places = list(stance.facts.text.occurrences(stance.target, before))
    return bool(places) and not stance.facts.blanked[places[-1][1] : before[1]].strip()


def _verdict(stance: _Stance, sense: str, auxiliaries: str) -> Verdict:
    if _NEGATION.search(auxiliaries):
        return Verdict.CONTRADICTED if stance.polarity == sense else Verdict.OPEN
    if stance.polarity == "neutral":
        return Verdict.OPEN
    return Verdict.HOLDS if stance.polarity == sense else Verdict.CONTRADICTED
