"""Strings of a draft, found in the article: exact, word-bounded, and fast.

Runs of white space count as one blank when a string is looked for; what comes back is
always a span of the raw text. An index of words keeps a look-up proportional to how often
the rarest word of the string occurs, not to the article. Never matches loosely: other
letters, digits, case or punctuation are another string.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from summarise.article import Span

_WORD = re.compile(r"\w+")
_RUN = re.compile(r"\S+")
_JOINERS = "\u00ad\u200b\u200c\u200d\u2060"
"""Soft hyphen, zero-width characters: they stand inside words."""


def fold(string: str) -> str:
    """`string` with each run of white space as one blank, none at its ends."""
    return " ".join(string.split())


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def is_bounded(text: str, span: Span) -> bool:
    """Whether neither end of `span` cuts a word, a number or a combined character."""
    return not (_cuts(text, span[0]) or _cuts(text, span[1]))


def _cuts(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if unicodedata.combining(right) or unicodedata.category(right) in ("Mn", "Mc", "Me"):
        return True
    if _inside_word(left) and _inside_word(right):
        return True
    return _inside_number(text, at) or _inside_number(text, at + 1)


def _inside_word(character: str) -> bool:
    if character.isalnum() or character in "_" or character in _JOINERS:
        return True
    return unicodedata.category(character)[0] == "M"


def _inside_number(text: str, at: int) -> bool:
    """Whether the character before `at` parts two digits, as in 10,000 or 1.5 or 10:30."""
    if not 2 <= at < len(text):
        return False
    return text[at - 1] in ".,:" and text[at - 2].isdigit() and text[at].isdigit()


class FoldedText:
    """A text to find strings in; made once, in time linear in the text.

    parts: disjoint spans, by start, of the text that counts (all of it if None); what lies outside
    of them is never found.
    """

    def __init__(self, text: str, parts: Sequence[Span] | None = None) -> None:
        self.text = text
        raw_at = array("q")
        runs: list[str] = []
        for run in _RUN.finditer(text):
            if runs:
                raw_at.append(run.start() - 1)
            runs.append(run.group())
            raw_at.extend(range(run.start(), run.end()))
        self._folded = " ".join(runs)
        self._raw_at: Sequence[int] = raw_at
        self._words: dict[str, list[int]] = {}
        for low, high in [(0, len(text))] if parts is None else parts:
            start, end = self._folded_bounds((low, high))
            for word in _WORD.finditer(self._folded, start, end):
                self._words.setdefault(word.group(), []).append(word.start())

    def occurrences(self, string: str, within: Span | None = None) -> Iterator[Span]:
        """Raw spans of the word-bounded occurrences of `string` inside `within`, left to right."""
        needle, places, lead = self._rarest(string)
        low, high = self._folded_bounds(within)
        for k in range(bisect_left(places, low + lead), len(places)):
            start = places[k] - lead
            if start + len(needle) > high:
                return
            span = self._match(needle, start)
            if span is not None:
                yield span

    def before(self, string: str, at: int) -> Span | None:
        """The last word-bounded occurrence of `string` that ends at or before raw offset `at`."""
        needle, places, lead = self._rarest(string)
        high = bisect_left(self._raw_at, at)
        for k in reversed(range(bisect_left(places, high))):
            start = places[k] - lead
            if start >= 0 and start + len(needle) <= high:
                span = self._match(needle, start)
                if span is not None:
                    return span
        return None

    def first(self, string: str, within: Span | None = None) -> Span | None:
        """The first word-bounded occurrence of `string` inside `within`, or None."""
        return next(self.occurrences(string, within), None)

    def why_absent(self, string: str, within: Span) -> str:
        """Why `string` has no word-bounded occurrence inside `within`, in words."""
        needle = fold(string)
        if not needle:
            return "it is empty"
        if not _WORD.search(needle):
            return "it has no letter or digit"
        low, high = self._folded_bounds(within)
        if self._folded.find(needle, low, high) >= 0:
            return "it starts or ends inside a word or number there"
        if self.first(string) is not None:
            return "it stands elsewhere in the article"
        return "the article does not have it"

    def _rarest(self, string: str) -> tuple[str, list[int], int]:
        """The folded string, where its rarest word stands, and how far that word is into it."""
        needle = fold(string)
        rarest: tuple[list[int], int] | None = None
        for word in _WORD.finditer(needle):
            places = self._words.get(word.group(), [])
            if rarest is None or len(places) < len(rarest[0]):
                rarest = places, word.start()
        return (needle, *rarest) if rarest else (needle, [], 0)

    def _match(self, needle: str, start: int) -> Span | None:
        if start < 0 or not self._folded.startswith(needle, start):
            return None
        span = self._raw_at[start], self._raw_at[start + len(needle) - 1] + 1
        return span if is_bounded(self.text, span) else None

    def _folded_bounds(self, within: Span | None) -> Span:
        if within is None:
            return 0, len(self._folded)
        return bisect_left(self._raw_at, within[0]), bisect_left(self._raw_at, within[1])
