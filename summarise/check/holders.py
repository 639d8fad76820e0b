"""Whether a subject found in a sentence is certainly the holder of a stance.

A name is the holder's where it is a form of the same name; a phrase where the holder's words head it; a
pronoun where the sentence does not name the holder otherwise and nobody else there can be meant.
"""

from __future__ import annotations

import re

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.names import may_be_person
from summarise.speakers import Pronoun, Speaker

_LIST = re.compile(r"[\s,]*(?:and\s+(?:the\s+)?)?[\s,]*")
_NONE = re.compile(r"\b(?:no|none|neither|nor|few|nobody|against|of|by|between)\b", re.IGNORECASE)
_PART = re.compile(
    r"(?:\b(?:of|for|from|against|by|with|to|at|on|in|via|near|over|under|about)\s|\w-\Z)", re.IGNORECASE
)
_FROM = re.compile(r"\s+(?:of|from|for|in)\s")
_KINDS = (("he", "his", "him"), ("she", "her", "hers"), ("they", "their", "them"), ("it", "its"))
_PRONOUN = re.compile(rf"\b(?:{'|'.join(word for words in _KINDS for word in words)})\b", re.IGNORECASE)
_OPENS = re.compile(r"[\s\"'“”‘’]*\Z")
_OPENING = re.compile(r"[\s\"'“”‘’]*|.*\bwith\s+(?:\S+\s+)?", re.DOTALL)
_TAIL = re.compile(r"(?:\s*\([^()]{1,40}\))?,?\s*")


def _kind(word: str) -> int:
    return next(number for number, words in enumerate(_KINDS) if word in words)


class Holder:
    """Who is said to hold a stance: `name`, which stands at `at`, and the sentence that says so."""

    def __init__(self, facts: Facts, name: str, at: Span, evidence: Span) -> None:
        self.facts, self.name, self.at, self.evidence = facts, name, at, evidence
        self.group = facts.names.group_of(name, at)

    def is_subject(self, subject: Speaker | Pronoun | None, verb: int) -> bool:
        """Whether the subject of a verb that begins at `verb` is certainly the holder."""
        if isinstance(subject, Pronoun):
            return self.is_pronoun(subject.word, subject.span[0], verb)
        if subject is None:
            return False
        if subject.name is not None:
            return subject.name == self.group
        found = self.facts.text.first(self.name, subject.span)
        if found is None:
            return False
        before = self.facts.blanked[subject.span[0] : found[0]]
        after = self.facts.blanked[found[1] : subject.span[1]]
        return not _PART.search(before) and (not after.strip() or _FROM.match(after) is not None)

    def is_pronoun(self, word: str, at: int, end: int) -> bool:
        """Whether a pronoun at `at`, in a clause with a predicate at `end`, can only be the holder."""
        kind = _KINDS[_kind(word)][0] if _PRONOUN.fullmatch(word) else ""
        person = self.group is not None and may_be_person(self.facts.names.groups[self.group])
        if not kind or self._is_named():
            return False
        if kind in ("it", "they"):
            return not person and _OPENS.fullmatch(self.facts.blanked, self.evidence[0], at) is not None
        if self.group is not None and not person:
            return False
        found = _PRONOUN.findall(self.facts.blanked, max(self.evidence[0], end - 400), end)
        return len({_kind(one.lower()) for one in found} - {3}) == 1

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

    def ends_at(self, text: str, at: int) -> bool:
        """Whether the holder stands right before `at` as the head of its phrase."""
        here = self._last_before(at)
        if here is None or not _TAIL.fullmatch(text, here[1], at):
            return False
        return _PART.search(text[max(self.evidence[0], here[0] - 12) : here[0]]) is None

    def opens(self, start: int, at: int) -> bool:
        """Whether the holder ends right before `at` and opens the stretch: `Roe opposing the plan, …`."""
        here = self._last_before(at)
        if here is None or self.facts.blanked[here[1] : at].strip():
            return False
        return _OPENING.fullmatch(self.facts.blanked, start, here[0]) is not None

    def is_plural(self) -> bool:
        """Whether the holder's name is a plural: `Democrats`."""
        last = self.name.split()[-1]
        return last.endswith("s") and not (self.group is not None and " " in self.name and last.istitle())

    def _last_before(self, at: int) -> Span | None:
        start = max(self.evidence[0], at - 200)
        named = [span for span, group in self.facts.names.within((start, at)) if group == self.group]
        spelt = self.facts.text.before(self.name, at)
        spans = [
            *(named if self.group is not None else []),
            *([spelt] if spelt and spelt[0] >= start else []),
        ]
        return max(spans, key=lambda span: span[1]) if spans else None

    def _is_named(self) -> bool:
        if self.facts.text.first(self.name, self.evidence) is not None:
            return True
        return self.group is not None and any(
            group == self.group for _, group in self.facts.names.within(self.evidence)
        )
