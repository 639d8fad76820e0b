"""Numbered sentences of an article: spans that together hold every non-blank character of it.

The library `sentencex` splits (benchmarks/sentences.md says why this one); this module cuts the
text into the stretches it is shown, numbers what comes back, and mends three habits of the
library: it never splits inside quotation marks (so they are blanked for it), it splits
`"Why?" he asked`, and it splits `8 a.m. Monday`. Crumbs and the dateline are segments of their own
with the number 0. No sentence is longer than LONGEST characters, so that none outgrows a model's
window: a longer one is cut after a clause, else at a blank, else hard. The text is never changed,
and what the library gets has the text's length, so that its offsets are the text's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from summarise.article import Article, Span
from summarise.layout import find_crumbs

Kind = Literal["title", "body", "dateline", "crumb"]

LONGEST = 1_200
"""Characters of the longest sentence; what is longer is cut."""

_WINDOW = 8_000
"""Characters the library is given at once: it is quadratic on some hostile input."""

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ITEM = re.compile(r"(?:[-*•·▪◦‣●○■►]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s")
_UNSEEN = re.compile(
    r"[\"“”„‟«»‹›\[\]\ud800-\udfff]|(?<!\w)['‘’‚]|['‘’](?!\w)|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
)
_CLOSING = "\"'”’»›)]}"
_MOST_CLOSING = 4
_CLOCK = re.compile(r"\d\s?[ap]\.m\.$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"\(|[A-Z]{2,5}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[A-Z]\w+ time\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_CLAUSE = re.compile(r"[;:,.!?—–…。、，；][\"'”’»)\]]*(?=\s)")
_BLANKS = re.compile(r"\s+")
_NARROWEST, _WIDEST = 40, 200
"""Characters of the longest line of a paragraph that was wrapped to fit; else it was broken on purpose."""


@dataclass(frozen=True)
class Sentence:
    """One stretch of the article.

    number: 1, 2, 3 … over titles and body; 0 for crumbs and the dateline, which nobody is asked about.
    start, end: its span in `Article.text`, without white space at either end.
    text: the characters of the span with every run of white space as one blank: what a model is shown.
    """

    number: int
    start: int
    end: int
    kind: Kind
    text: str


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """The article's sentences in order: disjoint, and every non-blank character is in one of them."""
    sentences = []
    number = 0
    for kind, start, end in _segments(article):
        shown = " ".join(article.text[start:end].split())
        if kind == "body" and not any(map(str.isalnum, shown)):
            kind = "crumb"  # rules and stars between paragraphs
        counted = kind in ("title", "body")
        number += counted
        sentences.append(Sentence(number if counted else 0, start, end, kind, shown))
    return tuple(sentences)


def _segments(article: Article) -> Iterator[tuple[Kind, int, int]]:
    """Title, dateline and crumbs as they are, and the sentences of what is between them."""
    text, reached = article.text, 0
    fixed: list[tuple[int, int, Kind]] = [(*span, "crumb") for span in find_crumbs(text)]
    own: tuple[tuple[Span | None, Kind], ...] = ((article.title, "title"), (article.dateline, "dateline"))
    for span, kind in own:
        if span:
            fixed = [one for one in fixed if one[1] <= span[0] or one[0] >= span[1]]
            fixed.append((*span, kind))
    for start, end, kind in sorted(fixed):
        start = max(start, reached)
        yield from (("body", *span) for span in _sentences(text, reached, start))
        if text[start:end].strip():
            yield kind, *_stripped(text, start, end)
        reached = max(reached, end)
    yield from (("body", *span) for span in _sentences(text, reached, len(text)))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences of a stretch of body text."""
    for block_start, block_end in _blocks(text, start, end):
        sentence_start = block_start
        for boundary in (*_boundaries(text, block_start, block_end), block_end):
            if text[sentence_start:boundary].strip():
                yield from _short(text, *_stripped(text, sentence_start, boundary))
            sentence_start = boundary


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """Runs of lines that belong together: a paragraph, or in it a heading or a list item."""
    paragraph: list[Span] = []
    for line_start, line_end in _lines(text, start, end):
        if line_start < line_end:
            paragraph.append((line_start, line_end))
        else:
            yield from _unwrapped(text, paragraph)
            paragraph = []
    yield from _unwrapped(text, paragraph)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the lines without white space at either end; a blank line has an empty span."""
    for match in _BREAK.finditer(text, start, end):
        yield _stripped(text, start, match.start())
        start = match.end()
    yield _stripped(text, start, end)


def _unwrapped(text: str, lines: list[Span]) -> Iterator[Span]:
    """Joins the lines of a hard-wrapped paragraph: where the next word would have made a line too wide."""
    if not lines:
        return
    width = max(end - start for start, end in lines)
    wrapped = _NARROWEST <= width <= _WIDEST
    block_start = lines[0][0]
    for (above_start, above_end), (start, end) in pairwise(lines):
        word = text[start : min(end, start + _WIDEST)].split(maxsplit=1)[0]
        full = wrapped and above_end - above_start + 1 + len(word) > width
        if _ITEM.match(text, start, end) or not (full or text[start].islower()):
            yield block_start, above_end
            block_start = start
    yield block_start, lines[-1][1]


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets at which the library ends sentences inside a block."""
    from sentencex import segment  # late: nothing that only reads or checks needs it

    while start < end:
        stop = _window_end(text, start, end)
        pieces = segment("en", _UNSEEN.sub(" ", text[start:stop]))
        if stop < end and len(pieces) > 1:
            pieces.pop()  # it may go on: the next window begins with it
        for piece in pieces:
            start += len(piece)
            boundary = _boundary(text, start - len(piece), start, end)
            if boundary is not None:
                yield boundary


def _window_end(text: str, start: int, end: int) -> int:
    """Where the window that begins at `start` ends: at a blank where there is one."""
    if end - start <= _WINDOW:
        return end
    blanks = [match.end() for match in _BLANKS.finditer(text, start + _WINDOW // 2, start + _WINDOW)]
    return blanks[-1] if blanks else start + _WINDOW


def _boundary(text: str, piece: int, until: int, end: int) -> int | None:
    """The library's boundary at `until`, moved behind closing quotation marks, or None where it is none."""
    while until > piece and (text[until - 1].isspace() or _UNSEEN.match(text[until - 1])):
        until -= 1
    for _ in range(_MOST_CLOSING):
        until += until < end and text[until] in _CLOSING
    following = _BLANKS.match(text, until)
    if until == piece or not following or following.end() >= end:
        glued = until < end and text[until - 1] in "。！？"  # scripts that put no blank between sentences
        return until if glued else None
    if text[following.end()].islower():
        return None  # "Why?" he asked; Yahoo! shares; E. coli
    clock = _CLOCK.search(text, max(piece, until - 8), until)
    return None if clock and _AFTER_CLOCK.match(text, following.end(), end) else until


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence, or pieces of it of at most LONGEST characters."""
    while end - start > LONGEST:
        low, high = start + LONGEST // 2, start + LONGEST
        cuts = [match.end() for match in _CLAUSE.finditer(text, low, high)]
        cuts = cuts or [match.end() for match in _BLANKS.finditer(text, low, high)]
        yield _stripped(text, start, cuts[-1] if cuts else high)
        start = cuts[-1] if cuts else high
        while text[start].isspace():  # ends before `end`, whose last character is none
            start += 1
    yield start, end


def _stripped(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; empty if it is all white space."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))
