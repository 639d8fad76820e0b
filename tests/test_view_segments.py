"""Marks cut a text into segments: they tile it, and every mark is exactly the segments that bear it."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from strategies import articles
from summarise.view.segments import Mark, cut_segments, split_blocks


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark], list[tuple[int, int]]]:
    """A text, marks that overlap at will, and spans to light."""
    text = draw(articles().filter(bool))
    at = st.integers(0, len(text) - 1)
    spans: Any = st.tuples(at, at).map(lambda ends: (min(ends), max(ends) + 1))
    marks = [Mark(span, f"actor-{n}", "actor") for n, span in enumerate(draw(st.lists(spans, max_size=8)))]
    return text, marks, draw(st.lists(spans, max_size=3))


@given(marked())
def test_segments_tile_the_text(case: tuple[str, list[Mark], list[tuple[int, int]]]) -> None:
    text, marks, lit = case
    segments = cut_segments(text, marks, lit)
    assert "".join(segment.text for segment in segments) == text
    assert [segment.start for segment in segments[1:]] == [segment.end for segment in segments[:-1]]


@given(marked())
def test_a_mark_is_exactly_the_segments_that_bear_it(
    case: tuple[str, list[Mark], list[tuple[int, int]]],
) -> None:
    text, marks, lit = case
    segments = cut_segments(text, marks, lit)
    for mark in marks:
        own = [segment for segment in segments if mark.item in segment.items]
        assert (own[0].start, own[-1].end) == mark.span
        assert "".join(segment.text for segment in own) == text[slice(*mark.span)]


@given(marked())
def test_a_segment_can_be_lit_where_a_span_covers_it_and_nowhere_else(
    case: tuple[str, list[Mark], list[tuple[int, int]]],
) -> None:
    text, marks, lit = case
    spans = [*(mark.span for mark in marks), *lit]
    for segment in cut_segments(text, marks, lit):
        covered = [start <= segment.start and segment.end <= end for start, end in spans]
        assert segment.cut == any(covered)


@given(marked())
def test_paragraphs_and_what_is_between_them_are_the_text(
    case: tuple[str, list[Mark], list[tuple[int, int]]],
) -> None:
    text, marks, lit = case
    blocks = split_blocks(text, marks, lit)
    assert "".join(block.text + block.gap for block in blocks) == text
    assert all(not block.gap.strip(" \t\n\r\f") for block in blocks)


def test_the_shortest_words_come_first() -> None:
    marks = [Mark((0, 12), "stance-1", "stance"), Mark((0, 4), "location-1", "location")]
    first, second = cut_segments("Orla's mayor", marks)
    assert (first.text, first.items) == ("Orla", ("location-1", "stance-1"))
    assert first.kinds == ("location", "stance")
    assert (second.text, second.items) == ("'s mayor", ("stance-1",))


def test_a_long_run_of_blanks_takes_no_long_time() -> None:
    text = f"a{' ' * 100_000}b \n "
    began = perf_counter()
    assert [(len(block.text), block.gap) for block in split_blocks(text, [])] == [(100_002, " \n ")]
    assert perf_counter() - began < 10  # a minute, where each blank of the run is looked at from each


def test_paragraphs_end_at_blank_lines_only() -> None:
    blocks = split_blocks("\n one\nstill one\r\n\t\r\n two \n", [])
    assert [(block.text, block.gap) for block in blocks if block.text] == [
        ("one\nstill one", "\r\n\t\r\n "),
        ("two", " \n"),
    ]
