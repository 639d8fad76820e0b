"""Which pronouns of a sentence can stand for someone or something that was named before it.

A pronoun agrees with what it stands for: `he` and `she` with a person, `it` with one thing or body,
`they` with several, or with a body. A pronoun that has somebody of its own kind named before it in its
sentence (`Roe said he would go`) or right after the phrase that it opens (`For his work, Roe got a
prize`) means that one and nobody from outside. Which of several outside is meant is not settled
here. Knows words and names only; nothing of stances.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Flag

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.names import body_word, may_be_person
from summarise.names.words import head, title, word_set
from summarise.places import is_place


class Sort(Flag):
    """What words may stand for, as far as pronouns tell it."""

    NONE = 0
    PERSON = 1
    THING = 2
    BODY = 4
    MANY = 8


_SORTS = {
    **dict.fromkeys(
        ("he", "him", "his", "himself", "she", "her", "hers", "herself", "i", "me", "my"), Sort.PERSON
    ),
    **dict.fromkeys(("it", "its", "itself"), Sort.THING | Sort.BODY),
    **dict.fromkeys(
        ("they", "them", "their", "theirs", "themselves", "both", "others", "we", "us", "our"),
        Sort.MANY | Sort.BODY,
    ),
    **dict.fromkeys(("these", "those"), Sort.MANY),
    **dict.fromkeys(("this", "that"), Sort.THING | Sort.BODY),
    "such": Sort.MANY | Sort.THING,
    **dict.fromkeys(("you", "your"), Sort.PERSON | Sort.MANY),
}
_THIRD = {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself"}
"""Pronouns that mean somebody named in the sentence itself where one stands before them."""
_POINTING = {"this", "that", "these", "those", "such", "you", "your"}
_PRONOUN = re.compile(rf"\b(?:{'|'.join(sorted(_SORTS, key=len, reverse=True))})\b", re.IGNORECASE)
_NOUN_END = re.compile(
    r"\s+(?:of|in|on|at|for|from|with|by|to|that|who|which|against|over|about|between|into|under)\b|[,(;:—–]"
)
_PLURALS = {"police", "people", "men", "women", "children", "clergy", "staff", "media"}
_NOT_PLURAL = ("ss", "us", "is")
_POINTS = re.compile(
    r"\s*(?:['’]s\b|(?:is|was|has|had|will|would|should|can|could|may|might|must)\b|[.,;:!?\"”)]|\Z)"
)
_ENDS = re.compile(
    r"\s*(?:[.,;:!?\"“”)]|\Z|\b(?:in|on|at|to|for|as|with|from|by|of|after|before|and|or|but)\b)",
    re.IGNORECASE,
)
"""What follows an object, but not the owner of something (`her plan`)."""
_OPENS = re.compile(
    r"(?:\A|[.,;:!?\"“”‘’(—–\x00]|\b(?:and|but|because|so|if|as|think|believe|hope))\s*\Z", re.IGNORECASE
)
"""What stands before a `that` which opens a clause as its subject."""
_LED_BY = re.compile(
    r"\b(?:of|with|for|on|about|to|against|by|in|from|after|before|like|over)\s+\Z", re.IGNORECASE
)
_TIMES = re.compile(
    r"\s+(?:\w+\s+)?(?:year|month|week|day|morning|afternoon|evening|night|time|century|summer|winter|spring|"
    r"autumn|fall|weekend|decade|season)s?\b",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"[\"“'‘\s]*(?:for|in|on|at|with|after|before|during|by|despite|as|since|while|when|under|through|from|to|"
    r"following|because of|according to)\b[^,]*",
    re.IGNORECASE,
)


def sort_of(facts: Facts, words: str, at: Span | None = None) -> Sort:
    """What `words`, which stand at `at`, may be: a person, a thing, a body, several."""
    if " and " in words:
        return Sort.MANY | (Sort.BODY if body_word(words) else Sort.NONE)
    noun = _head_word(words)
    low = noun.lower()
    if words[:1].isupper() and noun[:1].isupper():
        return _of_name(facts, words, at)
    if _is_plural(low):
        return Sort.MANY
    if low in word_set("people"):
        return Sort.MANY | Sort.BODY | Sort.PERSON
    if title(low):
        return Sort.PERSON
    return Sort.PERSON | Sort.THING | (Sort.BODY if head(low) else Sort.NONE)


def _of_name(facts: Facts, words: str, at: Span | None) -> Sort:
    group = facts.names.group_of(words, at)
    if group is not None and may_be_person(facts.names.groups[group]):
        return Sort.PERSON
    if " " in words or is_place(words):
        return Sort.THING | Sort.BODY
    return Sort.THING | Sort.BODY | (Sort.MANY if _is_plural(words.lower()) else Sort.PERSON)


def stand_ins(facts: Facts, within: Span, sort: Sort, *, acting: bool) -> Iterator[Span]:
    """The pronouns in `within` that agree with `sort` and can mean something from outside.

    acting: only those that may mean who acts: neither what is quoted nor `this`, `such` and the like.
    """
    text = facts.blanked if acting else facts.article.text
    for found in _PRONOUN.finditer(text, *within):
        word = found.group().lower()
        if not _SORTS[word] & sort or not _is_pronoun(text, found, within):
            continue
        if acting and word in _POINTING:
            continue
        if word in _THIRD and _has_own(facts, found, within, _SORTS[word]):
            continue
        yield found.span()


def head_noun(words: str) -> str:
    """The head of a noun phrase, in lower case."""
    return _head_word(words).lower()


def _head_word(words: str) -> str:
    end = _NOUN_END.search(words, 1)
    pieces = words[: end.start() if end else len(words)].split()
    return pieces[-1].strip("\"“”‘’'.,") if pieces else ""


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURAL))


def _is_pronoun(text: str, found: re.Match[str], within: Span) -> bool:
    """Whether the word is no conjunction (`said that`), no part of a date (`this year`)."""
    word = found.group().lower()
    if word == "that":
        if _OPENS.search(text, within[0], found.start()):
            return _POINTS.match(text, found.end(), within[1]) is not None
        return _LED_BY.search(text, within[0], found.start()) is not None
    return word not in ("this", "these", "those") or not _TIMES.match(text, found.end(), within[1])


def _has_own(facts: Facts, found: re.Match[str], within: Span, sort: Sort) -> bool:
    """Whether somebody of the pronoun's sort is named before it in the sentence, or after its phrase."""
    start, end = within
    quoted = next((q for q in facts.quotations_in(found.span()) if q.end > found.start()), None)
    since = max(start, quoted.start) if quoted else start
    before = [
        name
        for span, name in facts.mentions.inside(since, found.start())
        if quoted or facts.blanked[span[0]] != "\0"
    ]
    alike = {name for name in before if _is_of(facts, name, sort)}
    if len(alike) > _is_object(facts.article.text, found, end):
        return True
    front = _FRONTED.match(facts.article.text, start, end)
    if front is None or not start <= found.start() < front.end() or front.end() >= end:
        return False
    after = facts.mentions.inside(front.end(), min(end, front.end() + 60))[:1]
    return any(_is_of(facts, name, sort) for _, name in after)


def _is_object(text: str, found: re.Match[str], stop: int) -> bool:
    """Whether the pronoun is an object (`Roe met him`), so that it is not the subject: one name goes on."""
    word = found.group().lower()
    return word == "him" or (word in ("her", "it") and _ENDS.match(text, found.end(), stop) is not None)


def _is_of(facts: Facts, name: int, sort: Sort) -> bool:
    """Whether a name is one of a person, where that is asked, or of something else."""
    person = facts.mentions.is_person(name) or facts.mentions.is_surname(name)
    return person if sort == Sort.PERSON else not facts.mentions.is_person(name)
