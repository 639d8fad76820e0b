"""Which items are kept, and how sure of each the model was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.answer import Answer, keep_items, keep_least
from summarise.draft import Draft
from summarise.families import read_families
from summarise.segment import Value
from test_skeleton import COURT

FAMILIES = {family.name: family for family in read_families(Draft)}
GIST, ACTORS, NUMBERS = FAMILIES["gist"], FAMILIES["actors"], FAMILIES["numbers"]


def judged(number: int, kept: float) -> Answer:
    """A gist label with the probability of `gist`, the likelier label chosen."""
    label = "gist" if kept >= 0.5 else "none"
    value = Value(f'"{label}"', max(kept, 1 - kept), (kept, 1 - kept))
    return Answer(str(number), number, {"sentence": number, "label": label}, label=value)


def kept(odds: list[float]) -> list[tuple[int, float]]:
    answers = [judged(i, p) for i, p in enumerate(odds, 1)]
    keep_least(GIST, answers)
    return [(a.item["sentence"], a.confidence) for a in keep_items(GIST, answers)]


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        ([0.9, 0.2], [1]),
        ([0.1, 0.4, 0.2], [2]),  # none is chosen: the least surely dropped is
        ([0.6, 0.9, 0.7, 0.8], [2, 3, 4]),  # the surest three, in the article's order
        ([], []),
    ],
)
def test_gist_keeps_at_least_one_and_at_most_three(odds: list[float], expected: list[int]) -> None:
    assert [number for number, _ in kept(odds)] == expected


@given(st.lists(st.floats(0.01, 0.99), max_size=12))
def test_what_is_kept_is_surer_than_what_is_not(odds: list[float]) -> None:
    result = kept(odds)
    numbers = [number for number, _ in result]
    assert numbers == sorted(set(numbers))
    assert min(1, len(odds)) <= len(numbers) <= 3
    for number, confidence in result:
        assert confidence == odds[number - 1]
    left = [p for i, p in enumerate(odds, 1) if i not in numbers and p >= 0.5]
    assert all(p <= odds[n - 1] for p in left for n in numbers)


def test_what_the_gate_drops_is_left_out() -> None:
    answers = [
        Answer("Bo", 1, {"sentence": 1, "name": "Bo", "kind": kind}, label=Value(f'"{kind}"', 0.7))
        for kind in ("person", "none", "group")
    ]
    assert [a.item["kind"] for a in keep_items(ACTORS, answers)] == ["person", "group"]


def test_a_forced_item_gets_the_likeliest_label_that_keeps_it() -> None:
    family = COURT["rulings"]
    fields: dict[str, Any] = {"line": 1, "outcome": "nothing"}
    label = Value('"nothing"', 0.6, (0.1, 0.3, 0.6))
    answer = Answer("1", 1, fields, label=label)
    keep_least(family, [answer])
    assert answer.fields["outcome"] == "denied"
    (item,) = keep_items(family, [answer])
    assert item.confidence == 0.3


def test_without_a_label_confidence_is_the_mean_over_what_was_chosen() -> None:
    answer = Answer("3", 1, {"mention": "3"}, details=[Value('"men"', 0.9), Value("null", 0.4)])
    (item,) = keep_items(NUMBERS, [answer])
    assert item.confidence == pytest.approx(0.6)
    assert keep_items(NUMBERS, [Answer("3", 1, {})])[0].confidence == 1.0
