"""Cuts a text at the ends of all spans, so that marks which overlap need no nesting.

Between two cuts nothing begins or ends: a segment lies wholly inside a mark or wholly outside. Segments tile
the text. Two marks that cross become three segments, of which the middle one bears both. Knows no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarise.article import Span

_BLANK = "[ \\t\\n\\r\\f]"  # what HTML takes for blank; other blanks would show between paragraphs
_GAP = re.compile(rf"\A{_BLANK}+|(?:\r\n|\r|\n)[ \t\f]*(?:\r\n|\r|\n){_BLANK}*|(?<!{_BLANK}){_BLANK}++\Z")
"""What stands between paragraphs: a blank line at least; and blanks before the first and after the last.

Blanks that end the text are looked for from the first of a run only, or a long run would take quadratic time.
"""


@dataclass(frozen=True)
class Mark:
    """Words of an item. item: the id of its entry, like `actor-3`. kind: what it is, like `actor`."""

    span: Span
    item: str
    kind: str


@dataclass(frozen=True)
class Segment:
    """A piece of the text [start, end) in code points.

    items: the entries whose words it is, of the shortest words first. kinds: what they are, in the same
    order, each once. cut: whether any span at all covers it, so that it may have to be lit.
    """

    start: int
    end: int
    text: str
    items: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    cut: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph of the text, and the blank characters behind it."""

    segments: tuple[Segment, ...]
    gap: str

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return "".join(segment.text for segment in self.segments)


def split_blocks(text: str, marks: Sequence[Mark], lit: Iterable[Span] = ()) -> list[Block]:
    """The paragraphs of `text`, in segments; the blocks' texts and gaps, in order, are `text`.

    lit: spans that bear no mark and may be lit as a whole (evidence). All spans lie in the text.
    """
    gaps = {found.start(): found.end() for found in _GAP.finditer(text)}
    blocks: list[Block] = []
    held: list[Segment] = []
    gap_end = 0
    for segment in cut_segments(text, marks, lit, gaps.items()):
        gap_end = gaps.get(segment.start, gap_end)
        if segment.start >= gap_end:
            held.append(segment)
        elif held or not blocks:
            blocks.append(Block(tuple(held), segment.text))
            held = []
        else:  # a mark that crosses the gap has cut it
            blocks[-1] = replace(blocks[-1], gap=blocks[-1].gap + segment.text)
    return [*blocks, Block(tuple(held), "")] if held else blocks


def cut_segments(
    text: str, marks: Sequence[Mark], lit: Iterable[Span] = (), cuts: Iterable[Span] = ()
) -> list[Segment]:
    """The segments of `text`: their texts, in order, are `text`. cuts: spans that cut and do nothing else."""
    spans = [*(mark.span for mark in marks), *lit]
    ends = sorted({0, len(text), *(end for span in (*spans, *cuts) for end in span)})
    opening: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(mark.span[0], []).append(mark)
    reach: dict[int, int] = {}
    for start, end in spans:
        reach[start] = max(end, reach.get(start, 0))
    segments, active, covered = [], list[Mark](), 0
    for start, end in pairwise(ends):
        active = [mark for mark in active if mark.span[1] > start] + opening.get(start, [])
        covered = max(covered, reach.get(start, 0))
        inner = sorted(active, key=lambda mark: mark.span[1] - mark.span[0])
        items = tuple(dict.fromkeys(mark.item for mark in inner))
        kinds = tuple(dict.fromkeys(mark.kind for mark in inner))
        segments.append(Segment(start, end, text[start:end], items, kinds, covered > start))
    return segments
