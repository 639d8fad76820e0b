"""Finds what stands in quotation marks: the quoted words, without the marks.

Straight, curly, low and angle marks, double and single; of nested quotations the outermost. A quotation
that is never closed ends with its paragraph, as does each but the last of several quoted paragraphs.
Apostrophes, elisions ('90s), feet and inches are no marks. Says nothing of who speaks. Linear in the
length of the text, for any string.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Quotation:
    """Code points [start, end) of the quoted words: no marks, no blanks at the ends, never empty."""

    start: int
    end: int


CLOSERS = {
    "“": '”"',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "”": "”",
    '"': '"”',
    "「": "」",
    "『": "』",
}
"""What may close each opening mark; single marks are judged by `_Singles`."""
SINGLES = "'‘’‚‛"
_SINGLE = re.compile(f"[{SINGLES}]")
_MARK = re.compile(f"[{''.join(CLOSERS)}{''.join(CLOSERS.values())}{SINGLES}]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")
_ELISION = re.compile(r"\d0s\b|(?:tis|twas|em|til|till|cause|cos|bout|round|n|neath)\b", re.IGNORECASE)


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of `text`, in order, outermost only, never overlapping."""
    found: list[Quotation] = []
    for start, end in _paragraphs(text):
        for first, last in _quoted(text, start, end):
            words = text[first:last]
            left = first + len(words) - len(words.lstrip())
            right = left + len(words.strip())
            if left < right:
                found.append(Quotation(left, right))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Parts between blank lines; between line ends where the text has no blank line."""
    breaks = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else re.compile(r"\n")
    start = 0
    for match in breaks.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans between outermost marks of one paragraph; double marks nest where that comes out even."""
    singles = _Singles(text, start, end)
    spans, even = _scan(text, (start, end), singles, nesting=True)
    if not even:
        spans, _ = _scan(text, (start, end), singles, nesting=False)
    yield from spans


def _scan(
    text: str, part: tuple[int, int], singles: _Singles, nesting: bool
) -> tuple[list[tuple[int, int]], bool]:
    """One pass; second: whether every double mark found its partner."""
    spans: list[tuple[int, int]] = []
    mark, depth, first, passed = "", 0, 0, part[0]
    for match in _MARK.finditer(text, *part):
        index, here = match.start(), match.group()
        if index < passed:
            continue
        if mark:
            if here == mark and nesting and mark != "”" and _opens(text, index, part):
                depth += 1
            elif here in CLOSERS[mark] and not _is_inch(text, index):
                depth -= 1
                if not depth:
                    spans.append((first, index))
                    mark = ""
        elif here in SINGLES:
            close = singles.close(index)
            if close is not None:
                spans.append((index + 1, close))
                passed = close + 1
        elif here in CLOSERS and _opens(text, index, part):
            mark, depth, first = here, 1, index + 1
    if mark:
        spans.append((first, part[1]))
    return spans, not mark


def _opens(text: str, index: int, part: tuple[int, int]) -> bool:
    """Whether the mark at `index` may open: words after it, none glued on before it."""
    if text[index] in "“„‟«‹「『":
        return True
    before = text[index - 1] if index > part[0] else " "
    after = text[index + 1] if index + 1 < part[1] else " "
    return not after.isspace() and not before.isalnum() and before not in ".,!?;%"


def _is_inch(text: str, index: int) -> bool:
    """`6'2"`: the mark of inches after a mark of feet."""
    return (
        text[index] in '"”' and re.search(r"\d['’′] ?\d{1,2}\Z", text[max(0, index - 6) : index]) is not None
    )


class _Singles:
    """The single marks of one paragraph, told from apostrophes."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._opens: list[int] = []
        self._closes: list[int] = []
        self._possessive: set[int] = set()
        for index in (match.start() for match in _SINGLE.finditer(text, start, end)):
            before = text[index - 1] if index > start else " "
            after = text[index + 1] if index + 1 < end else " "
            if not before.isalnum() and not after.isspace() and before not in ".,!?" and text[index] != "’":
                if not _ELISION.match(text, index + 1):
                    self._opens.append(index)
            elif not before.isspace() and not after.isalnum() and text[index] in "'’‘":
                self._closes.append(index)
                if before == "s" and after == " " and text[index + 2 : index + 3].islower():
                    self._possessive.add(index)

    def close(self, index: int) -> int | None:
        """The mark that closes the single mark at `index`; None where it is no opening mark."""
        at = bisect_left(self._opens, index)
        if at == len(self._opens) or self._opens[at] != index:
            return None
        limit = self._opens[at + 1] if at + 1 < len(self._opens) else None
        close = bisect_left(self._closes, index)
        if close == len(self._closes):
            return None
        following = self._closes[close + 1] if close + 1 < len(self._closes) else None
        if self._closes[close] in self._possessive and following and (limit is None or following < limit):
            return following
        return self._closes[close]
