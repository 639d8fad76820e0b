"""Strings of a draft, found in the article: exact, word-bounded, and fast.

Runs of white space count as one blank when a string is looked for; what comes back is
always a span of the raw text. An index of words keeps a look-up proportional to how often
the rarest word of the string occurs, not to the article. Never matches loosely: other
letters, digits, case or punctuation are another string.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from summarise.article import Span

_WORD = re.compile(r"\w+")
_BLANKS = re.compile(r"\s\s+")
_SHORT = 20_000
"""Characters of a stretch in which a string is looked for without the index of words."""
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
    if right == " " or (left == " " and right.isascii()):
        return False
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
        self._folded = fold(text)
        self._points, self._shifts = [0], [len(text) - len(text.lstrip())]
        for blanks in _BLANKS.finditer(text.rstrip(), self._shifts[0]):
            self._points.append(blanks.start() - self._shifts[-1])
            self._shifts.append(self._shifts[-1] + len(blanks.group()) - 1)
        self._raw_points = [point + shift for point, shift in zip(self._points, self._shifts, strict=True)]
        self._parts = [(0, len(text))] if parts is None else list(parts)

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """Where each word starts in the folded text; made for long texts alone."""
        words: dict[str, list[int]] = {}
        for word in _WORD.finditer(self._folded):
            words.setdefault(word.group(), []).append(word.start())
        return words

    def occurrences(self, string: str, within: Span | None = None) -> Iterator[Span]:
        """Raw spans of the word-bounded occurrences of `string` inside `within`, left to right."""
        needle = fold(string)
        low, high = self._folded_bounds(within)
        for start in self._starts(needle, low, high):
            span = self._match(needle, start)
            if span is not None:
                yield span

    def before(self, string: str, at: int) -> Span | None:
        """The last word-bounded occurrence of `string` that ends at or before raw offset `at`."""
        needle = fold(string)
        for start in self._starts_before(needle, self._folded_at(at)):
            span = self._match(needle, start)
            if span is not None:
                return span
        return None

    def _starts(self, needle: str, low: int, high: int) -> Iterator[int]:
        """Where in the folded text `needle` may stand inside [low, high), left to right."""
        if high - low <= _SHORT:
            start = self._folded.find(needle, low, high) if _WORD.search(needle) else -1
            while start >= 0:
                yield start
                start = self._folded.find(needle, start + 1, high)
            return
        places, lead = self._rarest(needle)
        for k in range(bisect_left(places, low + lead), len(places)):
            if places[k] - lead + len(needle) > high:
                return
            yield places[k] - lead

    def _starts_before(self, needle: str, high: int) -> Iterator[int]:
        """Where `needle` may stand and end at or before folded offset `high`, right to left."""
        if high <= _SHORT:
            start = self._folded.rfind(needle, 0, high) if _WORD.search(needle) else -1
            while start >= 0:
                yield start
                start = self._folded.rfind(needle, 0, start + len(needle) - 1)
            return
        places, lead = self._rarest(needle)
        for k in reversed(range(bisect_left(places, high))):
            if places[k] - lead + len(needle) <= high:
                yield places[k] - lead

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

    def _rarest(self, needle: str) -> tuple[list[int], int]:
        """Where the rarest word of `needle` stands, and how far it is into `needle`."""
        rarest: tuple[list[int], int] | None = None
        for word in _WORD.finditer(needle):
            places = self._words.get(word.group(), [])
            if rarest is None or len(places) < len(rarest[0]):
                rarest = places, word.start()
        return rarest or ([], 0)

    def _match(self, needle: str, start: int) -> Span | None:
        if start < 0 or not self._folded.startswith(needle, start):
            return None
        span = self._raw_at(start), self._raw_at(start + len(needle) - 1) + 1
        counts = self._counts(span[0]) and self._counts(span[1] - 1)
        return span if counts and is_bounded(self.text, span) else None

    def _counts(self, at: int) -> bool:
        """Whether raw offset `at` lies in a part that counts."""
        k = bisect_right(self._parts, (at, len(self.text))) - 1
        return k >= 0 and at < self._parts[k][1]

    def _folded_bounds(self, within: Span | None) -> Span:
        if within is None:
            return 0, len(self._folded)
        return self._folded_at(within[0]), self._folded_at(within[1])

    def _raw_at(self, at: int) -> int:
        """The raw offset of folded offset `at`; of a blank that stands for several, the last."""
        return at + self._shifts[bisect_right(self._points, at) - 1]

    def _folded_at(self, at: int) -> int:
        """The first folded offset whose raw one is not before `at`."""
        k = bisect_right(self._raw_points, at) - 1
        end = self._points[k + 1] if k + 1 < len(self._points) else len(self._folded)
        return min(at - self._shifts[k], end) if k >= 0 else 0
