"""How a phrase that says who someone is can be tied to a name, read from the text between.

    TITLE    the phrase directly before the name: `minister Ana Roe`
    BESIDE   set off by a comma, bracket or dash on either side, with `who is`, `named` or an
             age between; or a phrase right after the name: `Ana Roe of the Harbour Board`,
             `the Roe company`
    SHARED   a plural before a list of names: `Senators Ana Roe, Bo Lind and Cy Moe`; what is said of
             `both` or `all` after one: `Roe and Lind, both from Norway`
    JOINED   in one clause, by a word that says who someone is: `Ana Roe was sworn in as mayor`

No tie: nothing of the kind between, a clause boundary, a possessive (`Ana Roe's lawyer`), a name used as the
first part of a compound (`Roe supporters`). Knows text only; whose name it is, is for the
caller.
"""

from __future__ import annotations

import re
from enum import IntEnum

from summarise.article import Span
from summarise.names.words import head


class Tie(IntEnum):
    """How a phrase is tied to a name; less is better."""

    TITLE = 0
    BESIDE = 1
    SHARED = 2
    JOINED = 3


_CLAUSE_REACH = 100
"""Characters over which a loose tie inside a clause is believed."""

_OPEN = "[\"'“‘]?"
_TITLE = re.compile(rf"\s+(?:the\s+)?{_OPEN}")
_FRONTED = re.compile(
    r"(?:\s*[,(\u2013\u2014]\s*|\s+(?:named|called|known\s+as|including|such\s+as)\s+)"
    rf"(?:[Tt]he\s+)?(?:(?:Dr|Mr|Mrs|Ms|Sir|Prof|Rev)\.?\s+)?{_OPEN}"
)
_WHO = r"(?:(?:who|which)\s+(?:is|was|are|were|has\s+been|had\s+been|serves\s+as|served\s+as)\s+)"
_ADVERB = r"(?:(?:also|both|all|now|then|formerly|once|currently)\s+)?"
_FROM = r"(?:\s+(?:of|from)\s+(?:the\s+)?[^\W\d_a-z][\w.'’-]*(?:\s+(?:of\s+)?[^\W\d_a-z][\w.'’-]*){0,4})?"
_APPOSED = re.compile(
    rf"{_FROM}[\"'”’)]*\s*[,(\u2013\u2014]\s*(?:(?:aged\s+)?\d{{1,3}},\s*)?{_ADVERB}{_WHO}?{_ADVERB}"
)
_RELATIVE = re.compile(rf"\s+{_WHO}")
_PHRASE = re.compile(r"(?:of|from|in|at|with|for|who|representing)\b")
_POSSESSIVE = re.compile(r"['’](?:s\b|\s)")
_BREAK = re.compile(
    r"[;:!?\"“”«»]|\b(?:but|that|while|when|where|because|although|though|after|before|if|whether|"
    r"and|or|said|says|told|tells|asked|added)\b"
)
_JOINT = re.compile(
    r"\b(?:as|is|was|are|were|be|been|being|becomes?|became|remains?|remained|elected|named|appointed|called|"
    rf"known\s+as|crowned|while)\s+{_ADVERB}(?:(?:the|a|an|its|their|his|her)\s+)?{_OPEN}$"
)
_LIST_WORDS = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*|and|of|from|the|both|including|de|van|von|bin|al|[\s,.()&-])*"
)
_LISTED = re.compile(r",|\band\b")
_OF_PLURAL = re.compile(r"\s+(?:of|in|from|at|for|to)\s+[^,;:.!?\"“”—–]{1,60}(?=,\s)")
"""What may belong to a plural before the list begins: `two presidents in the history of Norway, …`."""
_BOTH = re.compile(r",\s*(?:both|all)(?:\s+of\s+them)?\s+\Z")
_HEAD = re.compile(r"[\w'’-]+(?=\s+(?:of|for|at|in|from|on)\b|\W*$)")
_SINGULAR_S = ("ss", "us", "is", "'s", "’s")
_PLURALS = ("men", "women", "people", "children", "alumni")


def tie_between(text: str, phrase: Span, name: Span) -> Tie | None:
    """The tie of the phrase at `phrase` to the name at `name`, or None; spans that overlap have none."""
    if phrase[1] <= name[0]:
        return _before(text[slice(*phrase)], text[phrase[1] : name[0]])
    if name[1] <= phrase[0]:
        return _after(text[name[1] : phrase[0]], text[slice(*phrase)])
    return None


def _before(phrase: str, gap: str) -> Tie | None:
    """The tie of a phrase that stands before the name."""
    if _TITLE.fullmatch(gap):
        return Tie.TITLE
    if _FRONTED.fullmatch(gap):
        return Tie.BESIDE
    belongs = _OF_PLURAL.match(gap)
    listed = gap[belongs.end() :] if belongs else gap
    if _is_plural(phrase) and _LISTED.search(listed) and _LIST_WORDS.fullmatch(listed):
        return Tie.SHARED
    return _joined(gap)


def _after(gap: str, phrase: str) -> Tie | None:
    """The tie of a phrase that stands after the name."""
    if _APPOSED.fullmatch(gap) or _RELATIVE.fullmatch(gap):
        return Tie.BESIDE
    if gap.isspace():
        return Tie.BESIDE if _PHRASE.match(phrase) or _is_class(phrase) else None
    both = _BOTH.search(gap)
    if both and _LIST_WORDS.fullmatch(gap, 0, both.start()):
        return Tie.SHARED
    return _joined(gap)


def _joined(gap: str) -> Tie | None:
    if len(gap) > _CLAUSE_REACH or not gap or _POSSESSIVE.match(gap) or _BREAK.search(gap):
        return None
    return Tie.JOINED if _JOINT.search(gap) else None


def _is_class(phrase: str) -> bool:
    """Whether a phrase written small says what kind of body the name before it is: `movement`."""
    return phrase.islower() and head(phrase.split()[-1])


def _is_plural(phrase: str) -> bool:
    """Whether the head of a noun phrase looks like a plural: `officers`, `Guests of Honour`."""
    noun = _HEAD.search(phrase)
    if noun is None:
        return False
    word = noun.group().lower()
    return word in _PLURALS or (word.endswith("s") and not word.endswith(_SINGULAR_S))
