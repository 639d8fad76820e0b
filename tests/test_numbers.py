"""Laws of `summarise.numbers`: each quantity is found, worth what it says, and nothing else counts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.numbers import Quantity, read_quantities

Expected = tuple[str, float | None, float | None, str, str | None]
WORDS = [
    "one",
    "two",
    "ten",
    "twenty",
    "hundred",
    "thousand",
    "million",
    "a",
    "and",
    "half",
    "third",
    "quarter",
    "between",
    "to",
    "or",
    "in",
    "out",
    "of",
    "per",
    "cent",
    "more",
    "than",
    "at",
    "least",
    "about",
    "up",
    "$",
    "£",
    "€",
    "US$",
    "%",
    "-",
    "–",
    ",",
    ".",
    "(",
    ")",
    "'",
    "5",
    "10",
    "2019",
    "1,000",
    "3.5",
    "½",
    "May",
    "Boeing",
    "737",
    "km",
    "years",
    "old",
    "day",
    "aged",
    "won",
    "from",
    "the",
    "dozen",
    "dozens",
    "few",
    "several",
    "couple",
    "Rs",
    "bn",
    "m",
    "°",
    "C",
    "2:14:04",
    "magnitude",
    "if",
    "not",
    "\n\n",
    "+",
    "-",
    "minus",
]


def read(text: str) -> list[Expected]:
    return [(text[q.start : q.end], q.value, q.upper, q.qualifier, q.unit) for q in read_quantities(text)]


def only(text: str) -> Quantity:
    found = read_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "mention", "value"),
    [
        ("The fund holds 1,234.5 shares", "1,234.5", 1234.5),
        ("They counted 1,20,000 voters", "1,20,000", 120000),
        ("They counted 3,169, he said", "3,169", 3169),
        ("They counted 10\u00a0000 voters", "10\u00a0000", 10000),
        ("They counted ٣٥ voters", "٣٥", 35),
        ("a crowd of two hundred and six people", "two hundred and six", 206),
        ("two mil\u00adlion people came", "two mil\u00adlion", 2_000_000),
        ("twenty-three\u00a0thousand people", "twenty-three\u00a0thousand", 23000),
        ("a dozen boats sank", "a dozen", 12),
        ("half a million people", "half a million", 500_000),
        ("two-thirds of the seats", "two-thirds", 2 / 3),
        ("three and a half million people", "three and a half million", 3_500_000),
        ("one in five pupils", "one in five", 0.2),
        ("nine out of ten pupils", "nine out of ten", 0.9),
        ("1.2 crore voters", "1.2 crore", 12_000_000),
        ("a three-judge panel", "three-judge", 3),
        ("minus five degrees", "minus five degrees", -5),
    ],
)
def test_digits_and_words_are_worth_what_they_say(text: str, mention: str, value: float) -> None:
    quantity = only(text)
    assert text[quantity.start : quantity.end] == mention
    assert quantity.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("mention", "value", "unit"),
    [
        ("£107m", 107_000_000, "GBP"),
        ("Rs 500", 500, "INR"),
        ("US$1.5bn", 1_500_000_000, "USD"),
        ("A$20", 20, "AUD"),
        ("€2,000", 2000, "EUR"),
        ("5 million euros", 5_000_000, "EUR"),
        ("two US dollars", 2, "USD"),
        ("30 pesos", 30, "peso"),
        ("12 per cent", 12, "%"),
        ("3.5%", 3.5, "%"),
        ("2 percentage points", 2, "percentage point"),
        ("3m", 3, "m"),
        ("12 km²", 12, "km2"),
        ("40 miles per hour", 40, "mph"),
        ("6 mg per liter", 6, "mg per liter"),
        ("90 square feet", 90, "square foot"),
        ("-5°C", -5, "°C"),
        ("three-day", 3, "day"),
        ("92-year-old", 92, "year"),
        ("64 years old", 64, "year"),
    ],
)
def test_units_and_currencies_belong_to_the_mention(mention: str, value: float, unit: str) -> None:
    text = f"They named {mention} in the report"
    assert read(text) == [(mention, value, None, "exact", unit)]


@pytest.mark.parametrize(
    ("mention", "value", "upper", "qualifier"),
    [
        ("around 300", 300, None, "about"),
        ("an estimated two million", 2_000_000, None, "about"),
        ("hundreds of thousands", 100_000, None, "about"),
        ("dozens", 12, None, "about"),
        ("more than 300", 300, None, "at_least"),
        ("no fewer than 300", 300, None, "at_least"),
        ("300 or more", 300, None, "at_least"),
        ("fewer than 300", 300, None, "at_most"),
        ("up to 300", 300, None, "at_most"),
        ("no more than 300", 300, None, "at_most"),
        ("15 to 20", 15, 20, "range"),
        ("10–12", 10, 12, "range"),
        ("between 3 and 5", 3, 5, "range"),
        ("two to three hundred", 200, 300, "range"),
        ("about 1,200 to 1,300", 1200, 1300, "range"),
    ],
)
def test_qualifiers_belong_to_the_mention(
    mention: str, value: float, upper: float | None, qualifier: str
) -> None:
    assert read(f"Then {mention} boats left") == [(mention, value, upper, qualifier, None)]


def test_both_ends_of_a_range_share_scale_and_currency() -> None:
    assert read("It costs $5-10m a ship") == [("$5-10m", 5_000_000, 10_000_000, "range", "USD")]
    assert read("a cost of between £5 and £7 billion") == [
        ("between £5 and £7 billion", 5_000_000_000, 7_000_000_000, "range", "GBP")
    ]


def test_a_hanging_hyphen_joins_a_range() -> None:
    assert read("a five- to seven-year sentence") == [("five- to seven-year", 5, 7, "range", "year")]


def test_a_change_is_two_quantities_and_a_span_is_one() -> None:
    assert [m for m, *_ in read("It rose from 5% to 10% in May")] == ["5%", "10%"]
    assert [m for m, *_ in read("ages ranging from 5 to 10")] == ["5 to 10"]


def test_scores_and_compound_measures_have_no_single_value() -> None:
    assert read("Rovers won 3–1 at home") == [("3–1", None, None, "exact", None)]
    assert only("a vote of 230-to-197").value is None
    assert only("She is six feet five inches tall").value is None
    assert only("a time of 2:14:04").value is None


@pytest.mark.parametrize(
    "text",
    [
        "on May 6, 2019 and 7 June and since 1998 and in 2018–19",
        "the 1990s, the '70s",
        "at 10:30 a.m. or 5pm (1700 UTC) or 6 o'clock",
        "the third, 21st and twenty-first",
        "after a Boeing 737 flying as Flight 302 met the G20 near K2-18b on Interstate 75 under Article 5",
        "in phase two of World War Two, No. 11",
        "no one, one of them, one another, the other one; one could argue",
        "see https://example.org/12/34 or 192.168.1.2 or [3]",
        "call 555-1234 or 910-432-3383",
        "1. Introduction\n2. Results",
        "9/11 and 24/7",
        "a man and an idea",
        "12345678901234567890",
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert read(text) == []


def test_one_is_a_number_where_it_counts() -> None:
    assert [m for m, *_ in read("It killed one soldier and two guards, at least one in custody")] == [
        "one",
        "two",
        "at least one",
    ]


def test_a_number_that_names_a_thing_names_it_again() -> None:
    assert read("The Boeing 737 landed. The 737 was empty.") == []


def test_an_age_is_counted_in_years() -> None:
    for text in ("Ann Lee, 42, a nurse", "a boy aged 14", "the singer dies at 78", "She was nine."):
        assert only(text).unit == "year", text


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_string_is_read_and_the_mentions_stand_in_order(text: str) -> None:
    last = 0
    for quantity in read_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        mention = text[quantity.start : quantity.end]
        assert mention == mention.strip()
        assert quantity.upper is None or (quantity.value is not None and quantity.value < quantity.upper)
        assert (quantity.qualifier == "range") == (quantity.upper is not None)
        last = quantity.end


@given(st.text(alphabet="ab 1½-,\n", max_size=20), st.integers(min_value=2, max_value=999_999))
def test_a_planted_number_is_found_after_any_paragraph(before: str, number: int) -> None:
    text = f"{before}\n\nPolice counted {number:,} people there"
    found = read_quantities(text)[-1]
    assert (text[found.start : found.end], found.value) == (f"{number:,}", number)


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1 ", "1-", "one ", "million ", "a ", "$", "half a ", "'", "\n \n"]
)
def test_a_flood_is_survived(piece: str) -> None:
    text = piece * 3_000
    assert all(0 <= q.start < q.end <= len(text) for q in read_quantities(text))


def test_a_megabyte_of_one_thing_is_survived() -> None:
    for piece in ("1", "x", "1.", "x\xad", "x'"):
        assert read_quantities(piece * (1_000_000 // len(piece))) == ()


def test_no_pattern_has_a_possessive_group() -> None:
    """They go wrong before Python 3.11.5, which Debian 12 has (CPython issues 100061, 106052)."""
    possessive = re.compile(r"\)(?:[+*?]|\{+\d*,?\d*\}+)\+")
    assert possessive.search(r"(?:,\d{3})++") and possessive.search(r"(?:a){{1,2}}+")
    for path in (Path(__file__).parent.parent / "summarise").rglob("*.py"):
        assert not possessive.search(path.read_text("utf-8")), path
