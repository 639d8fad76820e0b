"""Figures of two summaries: which are of one thing and changed, which are two things."""

from __future__ import annotations

import pytest

from summaries import said
from summarise import Diff, diff


def figures(before: str, after: str, *numbers: tuple[str, str | None]) -> Diff:
    """The difference between two articles with these numbers, the first of `before`, the rest of `after`."""
    told = [{"mention": mention, **({"counts": counts} if counts else {})} for mention, counts in numbers]
    return diff(said(before, numbers=told[:1]), said(after, numbers=told[1:]))


@pytest.mark.parametrize(
    ("before", "after", "first", "second"),
    [
        ("Twelve people were killed.", "Police said 15 people were killed.", "Twelve people", "15 people"),
        (
            "It has 40 cases of measles.",
            "Doctors see 55 measles cases.",
            "40 cases of measles",
            "55 measles cases",
        ),
        ("Winds blew at 70 km/h all night.", "Winds blew at 90 km/h all night.", "70 km/h -", "90 km/h -"),
        (
            "The deal is worth $3 million now.",
            "The deal is worth $5 million now.",
            "$3 million -",
            "$5 million -",
        ),
    ],
)
def test_a_figure_of_one_thing_with_another_value_changed(
    before: str, after: str, first: str, second: str
) -> None:
    found = figures(before, after, *map(mention_and_counts, (first, second))).numbers
    (change,) = found.changed
    assert (found.new, found.gone, found.unchanged) == ((), (), 0)
    assert change.fields == ("value",)
    assert change.disagree
    assert (change.before.mention, change.after.mention) == (
        mention_and_counts(first)[0],
        mention_and_counts(second)[0],
    )


def mention_and_counts(words: str) -> tuple[str, str | None]:
    """`15 people`: a mention and what it counts; `$5 million -`: nothing."""
    cut = 2 if words.startswith("$") or "km/h" in words else 1
    parts = words.split()
    counts = " ".join(parts[cut:])
    return " ".join(parts[:cut]), None if counts == "-" else counts


@pytest.mark.parametrize(
    ("before", "after", "first", "second"),
    [
        ("Twelve people were killed.", "Fifteen boats sank.", "Twelve people", "Fifteen boats"),
        ("Twelve people were killed.", "Fifteen people were hurt.", "Twelve people", "Fifteen people"),
        (
            "In 2019 there were 40 measles cases.",
            "In 2020 there were 55 measles cases.",
            "40 measles cases",
            "55 measles cases",
        ),
        ("Later 40 boats left.", "Another 30 boats left.", "40 boats", "30 boats"),
    ],
)
def test_figures_of_two_things_are_new_and_gone(before: str, after: str, first: str, second: str) -> None:
    found = figures(before, after, *map(mention_and_counts, (first, second))).numbers
    assert found.changed == ()
    assert (len(found.new), len(found.gone)) == (1, 1)


def test_a_bound_or_rounding_changes_a_figure_without_disagreeing() -> None:
    found = figures(
        "About 40 fishing boats sank.",
        "In all 41 fishing boats sank.",
        ("About 40", "fishing boats"),
        ("41", "fishing boats"),
    ).numbers
    (change,) = found.changed
    assert (change.fields, change.disagree) == (("value", "qualifier"), False)


def test_the_same_figure_in_other_words_is_no_difference() -> None:
    found = figures(
        "Twelve people were killed.", "The dead are 12 people.", ("Twelve", "people"), ("12", "people")
    )
    assert not found.numbers.differs
    assert found.numbers.unchanged == 1


def test_a_figure_is_never_told_to_have_become_one_at_another_place_of_its_sentence() -> None:
    numbers = [{"mention": "12"}, {"mention": "30"}]
    before = said("The storm killed 12 and hurt 30 in the harbour.", numbers=numbers)
    after = said(
        "The storm killed 30 and hurt 45 in the harbour.", numbers=[{"mention": "30"}, {"mention": "45"}]
    )
    found = diff(before, after).numbers
    assert found.changed == ()
    assert ([n.value for n in found.gone], [n.value for n in found.new]) == ([12], [45])


def test_several_figures_of_one_sentence_keep_their_places() -> None:
    numbers = [{"mention": "12"}, {"mention": "30"}]
    before = said("The storm killed 12 and hurt 30 in the harbour.", numbers=numbers)
    after = said(
        "The storm killed 31 and hurt 45 in the harbour.", numbers=[{"mention": "31"}, {"mention": "45"}]
    )
    found = diff(before, after).numbers
    assert [(c.before.value, c.after.value) for c in found.changed] == [(12, 31), (30, 45)]
    assert (found.new, found.gone) == ((), ())
