"""Windows part an article: every sentence is asked about once, and nothing is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarise.windows import plan_windows

lengths = st.lists(st.integers(1, 120), max_size=80)


@given(lengths, st.integers(1, 300), st.integers(0, 100))
def test_every_sentence_is_owned_once_and_in_order(sizes: list[int], budget: int, overlap: int) -> None:
    windows = plan_windows(sizes, budget, overlap)
    assert [i for w in windows for i in w.owned] == list(range(len(sizes)))


@given(lengths, st.integers(1, 300), st.integers(0, 100))
def test_a_window_shows_what_it_owns_and_keeps_its_budget(
    sizes: list[int], budget: int, overlap: int
) -> None:
    for window in plan_windows(sizes, budget, overlap):
        assert window.shown.stop == window.owned.stop
        assert window.shown.start <= window.owned.start
        assert sum(sizes[i] for i in window.shown) <= budget or len(window.shown) == 1
        context = sum(sizes[i] for i in range(window.shown.start, window.owned.start))
        assert context <= overlap


def test_windows_overlap() -> None:
    windows = plan_windows([10] * 10, 50, 20)
    assert [(w.shown, w.owned) for w in windows][:2] == [
        (range(5), range(5)),
        (range(3, 8), range(5, 8)),
    ]


def test_a_short_article_is_one_window() -> None:
    assert len(plan_windows([10] * 4, 50, 20)) == 1
