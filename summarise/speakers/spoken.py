"""Tells quotations of what somebody said or wrote from marks put round names, titles and single words.

Only what is clearly none is told apart: a title (`the novel “The Great Reef”`), a name (`a plan called
“Lion”`), words held at arm's length (`so-called “experts”`, `the “new” town`). In doubt it is speech.
Looks at a bounded stretch beside the marks.
"""

from __future__ import annotations

import re

from summarise.quotations import Quotation
from summarise.speakers.cues import CUE_WORDS

_BEFORE, _AFTER = 200, 120
_MARKS = "\"'“”‘’„«»‹›"
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s|\n")
_NAMED = re.compile(
    r"(?:\bso[ -]called|\b(?:also |commonly |better |widely |popularly |formerly )?known as|\b(?:en)?titled|"
    r"\bnicknamed|\bcode[ -]?named|\b(?:commonly|often|sometimes|popularly|also) called|"
    r"\b(?:novel|film|movie|book|album|single|song|series|show|episode|play|poem|essay|painting|documentary|opera|"
    r"musical|magazine|sculpture|game|track|term|word|phrase|nickname)s?(?:,? called)?)"
    r"(?: an?| the)?\s*\Z",
    re.IGNORECASE,
)
"""What stands before a name or a title, or before words that are spoken of."""
_SMALL = frozenset(
    (
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "of",
        "for",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "with",
        "as",
        "de",
        "la",
    )
)
_ANSWERS = frozenset(
    (
        "i",
        "yes",
        "no",
        "never",
        "nothing",
        "none",
        "enough",
        "guilty",
        "sorry",
        "absolutely",
        "maybe",
        "everyone",
    )
)
_WORD = re.compile(r"[\w’'&.-]+")
_TITLED = 40
_FEW = 3
"""Words that nobody is said to have said, at most, that are held at arm's length."""
_CALLS = CUE_WORDS | {"call", "calls", "claims", "considered"}
_BESIDE = frozenset(("that", "it", "him", "her", "them"))
"""Words that may stand between a verb of saying and the marks."""


def is_speech(text: str, quotation: Quotation) -> bool:
    """Whether the words in marks may be what somebody said or wrote; False where they clearly are not."""
    words = _WORD.findall(text, quotation.start, quotation.end)
    before = text[max(0, quotation.start - _BEFORE) : quotation.start].rstrip(_MARKS)
    after = text[quotation.end : quotation.end + _AFTER].lstrip(_MARKS)
    if not words or len(words) > 12:
        return bool(words)
    if _NAMED.search(before[-_TITLED:]):
        return False
    ends = list(_SENTENCE_END.finditer(before))
    before = before[ends[-1].end() :] if ends else before
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    if _is_title(words):
        return _is_said(before, after, text[quotation.end - 1])
    if len(words) <= _FEW:
        return _has_cue(before) or _has_cue(after) or not before.strip() or before.rstrip().endswith(" as")
    return True


def _is_title(words: list[str]) -> bool:
    """Whether every word that can has a capital: a title or a name."""
    if len(words) == 1:
        return words[0][0].isupper() and words[0].casefold() not in _ANSWERS
    great = [word for word in words if word.casefold() not in _SMALL]
    return len(great) > 1 and all(word[0].isupper() or word[0].isdigit() for word in great)


def _is_said(before: str, after: str, last: str) -> bool:
    """Whether a verb of saying or a colon stands beside the marks, or nothing but them in the sentence."""
    before = before.rstrip()
    if not before or before.endswith((":", ",", " as", " calling")):
        return True
    if last in ",!?" and (_has_cue(before) or _has_cue(after)):
        return True
    words = _WORD.findall(before.casefold())
    said = words[:-1] if words[-1:] and words[-1] in _BESIDE else words
    return bool(said) and said[-1] in CUE_WORDS


def _has_cue(words: str) -> bool:
    return not _CALLS.isdisjoint(_WORD.findall(words.casefold()))
