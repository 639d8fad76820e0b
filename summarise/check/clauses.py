"""What stands around a predicate in its clause: auxiliaries, negations, doubts before it, the object after.

Works on text alone, in the stretch that it is given; knows nothing of who is for or against what.
"""

from __future__ import annotations

import re

from summarise.article import Span
from summarise.check.spans import FoldedText

_COMMITS = (
    r"vow(?:s|ed)|pledge[sd]|promise[sd]|agree[sd]|decide[sd]|vote[sd]?(?:\s+[\d–-]+(?:\s+to\s+\d+)?)?|chose|chosen|continue[sd]?|plan(?:s|ned)?|"
    r"intend(?:s|ed)?|want(?:s|ed)?|sought|seeks?|threaten(?:s|ed)|resolved|"
    r"(?:announce[sd]?|has|have|had)\s+(?:\w+\s+)?(?:plans|an\s+intention|the\s+decision)"
)
_URGES = r"urge[sd]?|called\s+on|calls?\s+on|ask(?:s|ed)|encourage[sd]|begged|implored|pressed"
_ADVERB = r"(?!(?:family|assembly|ally|bully|monopoly|italy|july|supply|reply|fly)\b)[a-z]+ly"
_REFUSES = r"refuse[sd]?|decline[sd]?|failed|fails|fail"
_LED = re.compile(
    r"(?>(?:\s+(?:(?:did|does|do|has|have|had|wo|is|are|was|were|been|would|could|can|ca)(?:n['’]t|not)?|will|not|never|"
    r"no\s+longer|also|then|later|both|always|"
    rf"{_ADVERB}|"
    rf"(?:{_COMMITS}|{_REFUSES})(?:\s+not)?\s+to|"
    rf"(?:{_URGES})\s+(?:(?!not\b|never\b|to\b)[\w’'.-]+\s+){{1,8}}(?:not\s+)?to)\b)*)\s*\Z"
)
NEGATION = re.compile(
    r"\b(?:not|never|no\s+longer|refuse[ds]?|declin(?:ed?|es)|fail(?:ed|s)?|cannot)\b|n['’]t\b", re.IGNORECASE
)
AUXILIARY = re.compile(r"\b(?:did|does|do|will|to|wo|would|could|can|ca)(?:n['’]t|not)?\b")
BEING = re.compile(r"\b(?:is|are|was|were|been)(?:n['’]t)?\b")
_MODAL = re.compile(r"\b(?:would|could|can|ca)(?P<not>n['’]t|not|\s+(?:not|never)\b)?")
_HALF = re.compile(
    r"(?:not|n['’]t|never|cannot)\s+(?:only|just|merely|simply|always|both|[a-z]+ly)\b|"
    r"\b(?:once|had)\b.*\b(?:but|though|although|now|until)\b",
    re.IGNORECASE | re.DOTALL,
)
"""A negation that denies less than the verb."""
_UNSURE = re.compile(
    r"\b(?:would|could|might|may|should|if|whether|can|must|to|which|that|when|unless)\b[\s,]*\Z",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"\b(?:neither|nor|allegedly|reportedly|hardly|barely|initially|originally|previously|once|formerly|"
    r"first(?!\s+(?:minister|lady|deputy|secretary))|nearly|almost|apparently|seemingly|supposedly|rumou?r\w*|den(?:y|ies|ied|ying)|claim\w*|alleg\w+|"
    r"accus\w+|suggest\w*|speculat\w*|if|whether|would-be|falsely|wrongly|mistakenly|unlikely|doubt\w*|hop(?:es?|ed|ing)|expect\w*|predict\w*|believe\w*|think\w*)\b",
    re.IGNORECASE,
)
"""Words before a predicate that leave it unsure whether, or when, it is true of its subject."""
_HAD = re.compile(r"\bhad\s+(?:\w+\s+)?\Z")
_TURNED = re.compile(r"\b(?:but|though|although|however|now|until|before)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?:\s+(?:is|are|was|were|(?:has|have|had)\s+been)(?P<more>(?:\s+(?:also|not|never|[a-z]+ly))*)|"
    r"(?:,?\s+[a-z]+ly)?)\s+\Z"
)
_OF = (
    r"of|for|to|in|on|by|from|with|against|over|and|or|that|as|than|at|not|who|which|"
    r"those|critics|calls|efforts"
)
_SMALL = rf"(?!(?:{_OF})\b|[\w’'-]+ing\b)[\w’'-]+"
_BETWEEN = re.compile(rf"\s+[\[\"“‘']?(?:{_SMALL}\s+){{0,3}}[\[\"“‘']?")
"""What may stand between a predicate and the bare words of its object: an article, adjectives, a title."""
_WHOLE = re.compile(r"\s+(?:(?:both|all|even|only|such|what|strongly)\s+)?[\[\"“‘']?")
"""The same before an object that has its own article."""
_DETERMINED = re.compile(
    r"(?:the|an?|this|that|these|those|his|her|its|their|our|my|any|all|some|no|every)\b", re.I
)
_CLAUSAL = ("to ", "that ", "what ", "how ", "why ", "whether ")
_ENDED = re.compile(
    r"[\"”’')\]]*(?:\s*(?:[.,;:!?(—–\x00]|\Z)|\s+(?:of|for|in|on|at|after|before|because|and|but|as|to|by|with|over|"
    r"during|when|while|who|which|that|saying|calling|against|from|between|under|despite|since|until|—|–)\b)"
)
"""What follows the words of the object where they are the whole of it, or hold its head."""
_TURNS = re.compile(r"[\"”’')\]]*\s+(?:on|not\s+to|to|that|be|and|or|who|which)\b")
_OWNER = re.compile(r"\s+(?:of|in)\s+(?:[\w-]+\s+){0,4}[\w-]+['’](?:s\b|\s)")
"""What follows words that only tell whose the object is: `the state of Veltmark’s plan`."""
_NEAR = 80
"""Characters between a predicate and its object, at most."""


def led_from(text: str, start: int, end: int) -> int:
    """Where auxiliaries, adverbs and verbs of will before a predicate at `end` begin; `end` without any."""
    found = _LED.search(text, start, end)
    return found.start() if found else end


def has_doubt(text: str, start: int, at: int, auxiliaries: str) -> bool:
    """Whether what is led by `auxiliaries`, which begin at `at`, is only possible, or denied by half."""
    if _UNSURE.search(text, start, at) or _HALF.search(auxiliaries) or len(NEGATION.findall(auxiliaries)) > 1:
        return True
    modal = _MODAL.search(auxiliaries)
    return modal is not None and not modal["not"]


def is_hedged(text: str, start: int, words: Span) -> bool:
    """Whether words before a predicate leave its truth or its time open, or it was so before a turn."""
    if _QUALIFIED.search(text, start, words[0]):
        return True
    had = _HAD.search(text, max(start, words[0] - 40), words[0])
    return had is not None and _TURNED.search(text, words[1], words[1] + 200) is not None


def passive_before(text: str, start: int, end: int) -> tuple[int, str]:
    """Where `was not` before a participle at `end` begins, and the words after the auxiliary."""
    found = _PASSIVE.search(text, start, end)
    return (found.start(), found["more"] or "") if found else (end, "")


def find_target(folded: FoldedText, text: str, target: str, after: Span, strict: bool) -> bool:
    """Whether the target's words stand as the object right after a predicate; a clause is no object.

    strict: what follows them may turn them round, as in `demanded the law be dropped`.
    """
    if target.lower().startswith(_CLAUSAL):
        return False
    between = _WHOLE if _DETERMINED.match(target) else _BETWEEN
    start, end = after
    for span in folded.occurrences(target, (start, min(end, start + _NEAR + len(target)))):
        if not between.fullmatch(text, start, span[0]) or not _ENDED.match(text, span[1], end):
            continue
        return not (_OWNER.match(text, span[1], end) or (strict and _TURNS.match(text, span[1], end)))
    return False
