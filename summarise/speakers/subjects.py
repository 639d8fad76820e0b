"""Finds who does the saying: the subject before a verb, or after it where the two are swapped.

Names are given, as mentions with the index of their name; a name inside a longer phrase (`a
spokesman for Acme`) is not its head. Pronouns are left to the caller.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from summarise.article import Span
from summarise.names import Name, may_be_person
from summarise.names.words import adjective, title
from summarise.places import is_place
from summarise.speakers.cues import (
    APPOSED,
    BESIDE,
    CLAUSE,
    GOVERNED,
    OWNED,
    OWNS,
    PHRASE,
    PRONOUN,
    RELATIVE,
    SIDE,
    TAIL,
    WITH,
)

_BESIDE = 80
_REACH = 300
"""Characters before a verb in which its subject is looked for."""
_AFTER = re.compile(
    r"[^\S\n]*(?P<phrase>[^,;:.!?\"“”«»\n\x00—]+(?:\.(?=\w|\s[A-Z])[^,;:.!?\"“”«»\n\x00—]*)*)"
)
"""The noun phrase after a verb; a stop inside `J.R. Roe` or `Dr. Roe` does not end it."""
_APPOSED_NAME = re.compile(r"(?<=\w),\s+(?=[A-Z])")
"""Between `said his father` and the name that says who that is."""
_ROW = re.compile(r",\s+(?:[a-z]+\s+){0,3}[A-Z][\w’']*\s*['’]?[\w\s,’']{0,60}[,.]")
_CUT = re.compile(
    r"\s(?:on|in|at|during|after|before|when|while|who|as|to|that|about|by|via|through)\s.*", re.DOTALL
)


_OPENING = re.compile(
    r"[\"“”'‘’\s]*(?!(?:It|He|She|They|We|I|This|That|These|There|One)\b)(?:(?!\w+(?:ed|ing)\b)[\w'’&/-]+\s+){0,6}"
)
_HE = re.compile(r"[\"“”'‘’\s]*(He|She)\b")
_AND = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")
_LEADS_ON = re.compile(r"\s+(?:(?P<word>[a-z]+)\s+)?[A-Z]")
"""What follows a name that may only describe the next: `Acme director Ana Roe`."""
_COMMA = re.compile(r"[A-Z][\w’'.-]*,\s\Z")
"""A name and a comma, up to a place: the place belongs to it."""
_OF = re.compile(r"\s+(?:of|for|from|at)\s+(?:the\s+)?")
_BOTH = re.compile(r"\s+and\b")


@dataclass(frozen=True)
class Speaker:
    """Who speaks: `span` has the words that say so; `name` is the index of the name, if there is one."""

    span: Span
    name: int | None = None


@dataclass(frozen=True)
class Pronoun:
    """A subject that stands for someone: the word, in lower case, and where it is."""

    word: str
    span: Span


class Mentions:
    """Where names stand, those inside of longer ones left out, by start."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._person: dict[int, bool] = {}
        spans = sorted(
            ((span, index) for index, name in enumerate(names) for span in name.mentions),
            key=lambda pair: (pair[0][0], -pair[0][1]),
        )
        self.all: list[tuple[Span, int]] = []
        for span, index in spans:
            if not self.all or span[0] >= self.all[-1][0][1]:
                self.all.append((span, index))
        self._starts = [span[0] for span, _ in self.all]

    def is_person(self, name: int) -> bool:
        """Whether name number `name` may be a person's."""
        if name not in self._person:
            self._person[name] = may_be_person(self._names[name])
        return self._person[name]

    def is_surname(self, name: int) -> bool:
        """Whether name number `name` has one word and may be a person whose full name is not known."""
        word = self._names[name].name
        return word.istitle() and " " not in word and not (is_place(word) or adjective(word.casefold()))

    def inside(self, start: int, end: int) -> list[tuple[Span, int]]:
        """The mentions that lie inside [start, end)."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [pair for pair in self.all[low:high] if pair[0][1] <= end]


def subject_before(
    text: str, start: int, end: int, mentions: Mentions, absolute: bool = False
) -> Speaker | Pronoun | None:
    """The subject of a verb that begins at `end`, in the stretch from `start`; `text` has quotes blanked.

    absolute: the verb is a participle, which `with Ana Roe calling …` may give a subject of its own.
    """
    start = max(start, end - _REACH)
    beside = BESIDE.search(text, start, end)
    stop = beside.start() if beside else end
    pronoun = PRONOUN.search(text, start, stop)
    if pronoun:
        return Pronoun(pronoun["pronoun"].lower(), pronoun.span("pronoun"))
    parted = "," in text[stop:end]
    breaks = [match.end() for match in CLAUSE.finditer(text, start, stop)]
    for clause in [*reversed(breaks), start]:
        speaker = _named(text, (clause, stop), mentions, parted, absolute)
        if speaker is not None:
            return speaker
        if text[clause:stop].strip():
            break
    phrase = PHRASE.search(text, start, stop)
    return Speaker(phrase.span()) if phrase and not parted else None


def opening_subject(text: str, start: int, end: int, mentions: Mentions) -> Speaker | Pronoun | None:
    """What a sentence opens with, titles before a name allowed: the subject of its main verb."""
    pronoun = _HE.match(text, start, end)
    if pronoun:
        return Pronoun(pronoun[1].lower(), pronoun.span(1))
    side = SIDE.match(text, start, end)
    start = side.end() if side else start
    for span, name in mentions.inside(start, end):
        if _OPENING.fullmatch(text, start, span[0]) is None or GOVERNED.search(text, start, span[0]):
            return None
        leads = _LEADS_ON.match(text, span[1])
        if _BOTH.match(text, span[1]) or is_place(text[slice(*span)]):
            return None
        if not OWNS.match(text, span[1]) and not (leads and (leads["word"] is None or title(leads["word"]))):
            tail = _OF.match(text, span[1])
            more = (
                [other for other, _ in mentions.inside(tail.end(), end) if other[0] == tail.end()]
                if tail
                else []
            )
            return Speaker((start, more[0][1] if more else span[1]), name)
    return None


def _named(text: str, part: Span, mentions: Mentions, parted: bool, absolute: bool) -> Speaker | None:
    """The name in `part` that heads the phrase at its end; the first of several where a comma follows it."""
    start, stop = part
    found = mentions.inside(max(0, start - _BESIDE), stop)
    found = [pair for pair in found if pair[0][1] <= stop]
    for span, name in found if parted else reversed(found):
        if span[0] < start:
            continue
        rest = text[span[1] : stop]
        governed = _is_governed(text, start, span[0]) and not (absolute and WITH.search(text, start, span[0]))
        relative = RELATIVE.search(text, start, span[0])
        if OWNS.match(rest) or governed or (relative and rest.strip()):
            continue
        if is_place(text[slice(*span)]) and _COMMA.search(text, start, span[0]):
            continue  # `of the University of California, Los Angeles`
        if any(other[1] < span[0] and _AND.fullmatch(text, other[1], span[0]) for other, _ in found):
            continue  # two of them speak
        # `the legislature of Taiwan, the Legislative Yuan`: the name is still to come
        noun = text[span[0]].islower() and rest[1:2].isalpha()
        if TAIL.fullmatch(rest) or (parted and not noun and APPOSED.fullmatch(rest)):
            return Speaker((_phrase_start(text, start, span[0]), stop), name)
    return None


def heads_phrase(text: str, start: int, name: Span) -> bool:
    """Whether a name neither belongs to a longer phrase, as in `a ship of Acme`, nor owns what follows."""
    return not GOVERNED.search(text, start, name[0]) and not OWNS.match(text, name[1])


def _is_governed(text: str, start: int, at: int) -> bool:
    """Whether what begins at `at` belongs to a longer phrase, owners before it passed over."""
    if GOVERNED.search(text, start, at):
        return True
    owned = OWNED.search(text, max(start, at - _BESIDE), at)
    while owned:
        if GOVERNED.search(text, start, owned.start()) or re.search(
            r"\bof\s", text[max(start, at - 60) : at]
        ):
            return True
        owned = OWNED.search(text, max(start, owned.start() - _BESIDE), owned.start())
    return False


def _phrase_start(text: str, start: int, at: int) -> int:
    """Where the title or description before a name begins: after the last comma or clause."""
    return max(start, text.rfind(",", start, at) + 1)


def subject_after(text: str, at: int, end: int, mentions: Mentions) -> Speaker | Pronoun | None:
    """The subject that follows a verb which ends at `at`: `said harbour master Ana Roe`."""
    match = _AFTER.match(text, at, end)
    if match is None:
        return None
    phrase = _CUT.sub("", match["phrase"])
    first = match.start("phrase")
    last = first + len(phrase.rstrip())
    if phrase.strip().lower() in ("he", "she", "it", "they"):
        return Pronoun(phrase.strip().lower(), (first, last))
    found = [
        (span, name)
        for span, name in mentions.inside(first, match.end("phrase"))
        if not _is_governed(text, first, span[0]) and not OWNS.match(text, span[1]) and span[0] <= last
    ]
    if not found and PHRASE.search(text, first, last):
        apposed = _APPOSED_NAME.match(text, last, end)
        named = mentions.inside(last, min(end, last + _BESIDE)) if apposed else []
        if apposed and named and named[0][0][0] == apposed.end() and mentions.is_person(named[0][1]):
            tail = text[named[0][0][1] : end].lstrip()
            if not tail or tail[0] in ",.;":
                return Speaker((first, named[0][0][1]), named[0][1])
    if found:
        span, name = found[-1]
        if not mentions.is_person(name) and _ROW.match(text, max(last, span[1])):
            return None
        return Speaker((first, max(last, span[1])), name)
    return Speaker((first, last)) if PHRASE.search(text, first, last) else None
