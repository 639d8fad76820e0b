"""Values are read back from a filled segment, with the probability of what was chosen and what was not."""

from __future__ import annotations

import pytest

from summarise.errors import DecodeError
from summarise.segment import Choice, Filled, Options, Segment, SpanOf, read_values

LABELS = Options(('"person"', '"place"', '"none"'))
SEGMENT = Segment(
    ('{"Ann": ', LABELS, ', "Oslo": ', LABELS, ', "role": ', SpanOf(("the mayor",), nullable=True), "}")
)


def test_values_are_what_was_written() -> None:
    text = '{"Ann": "person", "Oslo": "none", "role": "the \\"mayor\\""}'
    assert [v.content for v in read_values(SEGMENT, Filled(text))] == ["person", "none", 'the "mayor"']


def test_the_longest_option_is_read() -> None:
    segment = Segment((Options(('{"s": 1', '{"s": 12')), "}"))
    assert read_values(segment, Filled('{"s": 12}'))[0].raw == '{"s": 12'


@pytest.mark.parametrize(
    "text", ["", '{"Ann": "person"', '{"Ann": "x", "Oslo": "none", "role": null}', "{} "]
)
def test_a_text_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(DecodeError):
        read_values(SEGMENT, Filled(text))


def test_text_after_the_end_is_refused() -> None:
    with pytest.raises(DecodeError):
        read_values(SEGMENT, Filled('{"Ann": "person", "Oslo": "none", "role": null} '))


def test_odds_follow_the_choices_and_sum_to_one() -> None:
    # the first letter `p` is shared by two labels; the second choice parts them
    segment = Segment((LABELS,))
    choices = (
        Choice(1, 0.8, (("p", 0.8), ("n", 0.2))),
        Choice(2, 0.75, (("e", 0.75), ("l", 0.25))),
    )
    (value,) = read_values(segment, Filled('"person"', choices))
    assert value.odds == pytest.approx((0.6, 0.2, 0.2))
    assert value.probability == pytest.approx((0.8 * 0.75) ** 0.5)


def test_without_a_free_choice_the_value_is_certain() -> None:
    (value,) = read_values(Segment((Options(("]}",)),)), Filled("]}"))
    assert value.probability == 1.0
    assert value.odds == (1.0,)


def test_a_choice_that_begins_in_fixed_text_counts_for_the_slot_it_decides() -> None:
    # real tokens cross the bound: ` null` or ` "` is chosen before the slot itself begins
    segment = Segment(('{"n":', " ", Options(('"x"', "null")), "}"))
    choices = (Choice(5, 0.9, ((" null", 0.9), (' "', 0.1))),)
    (value,) = read_values(segment, Filled('{"n": null}', choices))
    assert value.probability == pytest.approx(0.9)
    assert value.odds == pytest.approx((0.1, 0.9))
