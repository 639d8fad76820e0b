"""Laws of `summarise.quotations`: what is quoted is found, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.quotations import find_quotations

MARKS = "\"“”„‟«»‹›'‘’‚ \n.ab1s"


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will rebuild," the mayor said. "All of it."', ["We will rebuild,", "All of it."]),
        ("“We will rebuild,” she said.", ["We will rebuild,"]),
        ("Er sagte: „Wir bauen auf“ und ging.", ["Wir bauen auf"]),
        ("Il a dit « nous restons » hier.", ["nous restons"]),
        ("Er sagte: »Wir bleiben« und ging.", ["Wir bleiben"]),
        ("The 'new town' is old.", ["new town"]),
        ("The ‘new town’ isn’t new.", ["new town"]),
        ('She wrote ("not today") and left.', ["not today"]),
    ],
)
def test_each_kind_of_mark_is_read(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' strike and the teachers' march don't end.",
        "It's the mayor's idea; 'tis the '90s again, rock 'n' roll.",
        "He is 6'2\" tall and she is 5' 11\" tall.",
        'A 12" pipe and a 5" pipe.',
        'An empty "" and a blank "  " quote nothing.',
        "",
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_of_nested_quotations_the_outer_one_is_returned() -> None:
    assert quoted("“He told me ‘go’ and I went,” she said.") == ["He told me ‘go’ and I went,"]
    assert quoted("'He told me \"go\" and I went,' she said.") == ['He told me "go" and I went,']
    assert quoted("“A “b” c” d") == ["A “b” c"]
    assert quoted('"I read "The Trial" twice," he said.') == ['I read "The Trial" twice,']


def test_an_apostrophe_inside_single_marks_does_not_close() -> None:
    assert quoted("He said 'we don't back the workers' demands today' and left.") == [
        "we don't back the workers' demands today"
    ]


def test_a_measure_inside_a_quotation_does_not_close_it() -> None:
    assert quoted('"He was 6\'2" tall," she said.') == ["He was 6'2\" tall,"]


def test_each_quoted_paragraph_is_a_quotation_and_only_the_last_closes() -> None:
    assert quoted("“One.\n\n“Two.\n\n“Three.” He left.") == ["One.", "Two.", "Three."]
    assert quoted('"One.\n\n"Two." He left.') == ["One.", "Two."]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert quoted("She said “we stay and left.\n\nThe end ” here.") == ["we stay and left."]


@given(st.text(alphabet=MARKS) | st.text())
def test_quotations_are_in_order_apart_and_without_blank_ends(text: str) -> None:
    last = 0
    for quotation in find_quotations(text):
        assert last <= quotation.start < quotation.end <= len(text)
        words = text[quotation.start : quotation.end]
        assert words == words.strip()
        last = quotation.end


@given(st.lists(st.text(alphabet="abc de", min_size=1).map(str.strip).filter(bool), max_size=5))
def test_planted_quotations_are_found_exactly(sayings: list[str]) -> None:
    text = " said he. ".join(f"“{saying}”" for saying in sayings)
    assert quoted(text) == sayings


@pytest.mark.parametrize("mark", ['"', "'", "“", "”", "‘", "’", "«", "»", "' ", " '", ' "a', " 'a", "s' a"])
def test_a_flood_of_marks_is_survived(mark: str) -> None:
    text = mark * 10_000
    assert all(0 <= q.start < q.end <= len(text) for q in find_quotations(text))
