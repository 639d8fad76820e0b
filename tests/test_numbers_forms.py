"""Laws of `summarise.numbers` for letters, signs and spaces that can be read in two ways."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.numbers import read_quantities

Expected = tuple[str, float | None, str, str | None]


def read(text: str) -> list[Expected]:
    return [(text[q.start : q.end], q.value, q.qualifier, q.unit) for q in read_quantities(text)]


@pytest.mark.parametrize(
    ("text", "mention", "value"),
    [
        ("More than 1m people fled", "More than 1m", 1_000_000),
        ("About 2m homes lost power", "About 2m", 2_000_000),
        ("Some 2m of them fled", "Some 2m", 2_000_000),
        ("about 1.5m were displaced", "about 1.5m", 1_500_000),
        ("They took in 1m new Syrian refugees", "1m", 1_000_000),
        ("an island with a population of 5m", "5m", 5_000_000),
        ("1m+ viewers", "1m+", 1_000_000),
        ("a 2m-strong crowd", "2m-strong", 2_000_000),
        ("10M followers", "10M", 10_000_000),
        ("1.1b people", "1.1b", 1_100_000_000),
    ],
)
def test_a_letter_is_a_scale_where_something_is_counted(text: str, mention: str, value: int) -> None:
    (quantity,) = read_quantities(text)
    assert (text[quantity.start : quantity.end], quantity.value, quantity.unit) == (mention, value, None)


@pytest.mark.parametrize(
    "text",
    [
        "a 2m wall stood there",
        "He is 2m tall",
        "the 100m freestyle",
        "the 400m hurdlers trained",
        "waves of 3m hit the coast",
        "a 4m deep hole",
        "within 2m of them",
        "the 10m air rifle",
        "30m below the surface",
        "4m waves broke",
        "a 50m pool",
    ],
)
def test_a_letter_is_metres_where_something_is_measured(text: str) -> None:
    (quantity,) = read_quantities(text)
    assert quantity.unit == "m"
    assert quantity.value is not None and quantity.value < 1000


def test_both_ends_of_a_range_share_the_letter() -> None:
    text = "between 1m and 2m refugees"
    (quantity,) = read_quantities(text)
    assert (quantity.value, quantity.upper, quantity.unit) == (1_000_000, 2_000_000, None)


@pytest.mark.parametrize(
    ("mention", "value", "unit"),
    [
        ("40C", 40, "°C"),
        ("104F", 104, "°F"),
        ("minus 10C", -10, "°C"),
        ("-5°C", -5, "°C"),
        ("5pc", 5, "%"),
        ("25bps", 25, "basis point"),
        ("25 basis points", 25, "basis point"),
        ("13st", 13, "stone"),
        ("€4 mio", 4_000_000, "EUR"),
        ("30m USD", 30_000_000, "USD"),
        ("75 USD million", 75_000_000, "USD"),
        ("$-99.50", -99.5, "USD"),
        ("0.2 of a percentage point", 0.2, "percentage point"),
        ("a quarter of a million dollars", 250_000, "USD"),
        ("$1,234,567,890,123", 1_234_567_890_123, "USD"),
    ],
)
def test_a_glued_or_late_unit_belongs_to_the_mention(mention: str, value: float, unit: str) -> None:
    assert read(f"They named {mention} in the report") == [(mention, value, "exact", unit)]


@pytest.mark.parametrize(
    ("mention", "unit"),
    [
        ("6ft 5in", "foot"),
        ("6'5\"", "foot"),
        ("5’11”", "foot"),
        ("13st 4lb", "stone"),
        ("12 stone 4 pounds", "stone"),
        ("2h 14m", "hour"),
        ("3 dollars 50 cents", "USD"),
    ],
)
def test_a_measure_of_two_units_is_one_mention_without_a_value(mention: str, unit: str) -> None:
    assert read(f"They read {mention} there") == [(mention, None, "exact", unit)]


def test_two_quantities_beside_each_other_are_no_compound() -> None:
    assert [value for _, value, *_ in read("It stood 6 feet, 5 people saw")] == [6, 5]


@pytest.mark.parametrize(
    ("mention", "value", "qualifier"),
    [
        ("30-odd", 30, "about"),
        ("100-plus", 100, "at_least"),
        ("threefold", 3, "exact"),
        ("3x", 3, "exact"),
    ],
)
def test_a_suffix_tells_the_qualifier_or_the_multiple(mention: str, value: int, qualifier: str) -> None:
    assert read(f"a {mention} rise") == [(mention, value, qualifier, None)]


def test_a_multiple_is_a_number_and_a_verb_is_none() -> None:
    assert read("three times as many came") == [("three times", 3, "exact", None)]
    assert read("It is double the rate and twice the size") == [
        ("double", 2, "exact", None),
        ("twice", 2, "exact", None),
    ]
    assert read("That will double the rate, which doubled") == []


@pytest.mark.parametrize("text", ["<b>5 people</b>", "> 5 people left", "a\n>5 people left", "-> 5 people"])
def test_a_sign_of_markup_compares_nothing(text: str) -> None:
    assert read(text) == [("5", 5, "exact", None)]


def test_a_terminal_colour_is_no_number() -> None:
    assert read("\x1b[31m5 people\x1b[0m left") == [("5", 5, "exact", None)]


def test_a_sign_in_a_sentence_compares() -> None:
    assert read("growth of >5% and (<3%)") == [(">5%", 5, "at_least", "%"), ("<3%", 3, "at_most", "%")]


@pytest.mark.parametrize(
    "text",
    [
        "by 2030 people will live longer",
        "In 2019 people voted",
        "On May 6, 2019 people voted",
        "call +44 20 7946 0018 or 020 7946 0018",
        "at London SW1A 2AA",
        "Seat 12C and flat 3B",
        "1234567890123456789012345678901 people",
        "in '98 and the ’70s",
        "a 1080p film",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("mark", [" ", "\u00a0", "\u2009", "\u202f", "\u2007", ",", "'", "’"])
@given(number=st.integers(min_value=1_000_000, max_value=999_999_999))
def test_a_number_is_worth_the_same_however_its_thousands_are_parted(mark: str, number: int) -> None:
    mention = f"{number:,}".replace(",", mark)
    assert read(f"They found {mention} seeds") == [(mention, number, "exact", None)]


def test_a_space_parts_a_date_from_a_count() -> None:
    assert [value for _, value, *_ in read("On May 5 300 people died")] == [300]
    assert [value for _, value, *_ in read("They sold 40 000 seats and 3 000 more")] == [40_000, 3_000]


def test_a_quoted_number_is_a_number() -> None:
    assert read("'5 people' were seen") == [("5", 5, "exact", None)]


@given(st.lists(st.integers(min_value=1, max_value=99), min_size=1, max_size=30))
def test_numbers_in_a_row_are_read_one_by_one(numbers: list[int]) -> None:
    text = "Columns: " + " ".join(map(str, numbers)) + " end"
    assert [q.value for q in read_quantities(text)] == numbers


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_decimal_is_told_digit_by_digit_or_not_at_all(whole: int, decimals: int) -> None:
    mention = f"{whole}.{decimals}"
    values = [quantity.value for quantity in read_quantities(f"a share of {mention}% of the seeds")]
    assert [Fraction(str(value)) for value in values] in ([], [Fraction(mention)])
    assert values or len(mention) > 15


@pytest.mark.parametrize(
    "piece", ["1'111", "1 000 ", "1 1/2 ", "+1 ", "0123 456 ", "1m ", "1m-", "$-", "twice the ", "half of a "]
)
def test_a_flood_of_forms_is_survived(piece: str) -> None:
    text = piece * 2_000
    assert all(0 <= q.start < q.end <= len(text) for q in read_quantities(text))
