"""Finding strings: exact, word-bounded, modulo white space, with offsets into the raw text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import articles, hostile
from summarise.check.spans import FoldedText, fold, is_bounded


@given(articles(), st.data())
def test_what_is_found_is_the_string_but_for_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    wanted = data.draw(st.sampled_from([text[start:end], "Ana Roe", "the deal"]) | hostile)
    for span in FoldedText(text).occurrences(wanted):
        assert fold(text[slice(*span)]) == fold(wanted) != ""
        assert text[slice(*span)] == text[slice(*span)].strip()
        assert is_bounded(text, span)


@given(articles(), st.data())
def test_every_bounded_slice_with_a_letter_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    words = [match.span() for match in re.finditer(r"[A-Za-z]+", text)]
    if not words:
        return
    start = data.draw(st.sampled_from(words))[0]
    end = max(start, data.draw(st.sampled_from(words))[1])
    if start < end and is_bounded(text, (start, end)):
        assert (start, end) in list(FoldedText(text).occurrences(text[start:end]))


@given(articles(), st.data())
def test_the_occurrence_before_an_offset_is_the_last_that_ends_there(text: str, data: st.DataObject) -> None:
    folded = FoldedText(text)
    wanted = data.draw(st.sampled_from(["Roe", "the deal", "he", "three", "said"]))
    at = data.draw(st.integers(0, len(text)))
    before = [span for span in folded.occurrences(wanted) if span[1] <= at]
    assert folded.before(wanted, at) == (before[-1] if before else None)


@given(articles(), st.data())
def test_nothing_is_found_outside_its_bounds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for wanted in ("Roe", "the deal", "he", "three"):
        every = FoldedText(text).occurrences(wanted)
        inside = [span for span in every if start <= span[0] and span[1] <= end]
        assert list(FoldedText(text).occurrences(wanted, (start, end))) == inside


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("harbour", "harbo"),
        ("harbour", "bour"),
        ("10,000 men", "10"),
        ("10,000 men", "000 men"),
        ("paid 1.5 million", "5 million"),
        ("at 10:30 sharp", "30 sharp"),
        ("cafe\u0301 owner", "cafe"),
        ("co\u00adast guard", "ast guard"),
        ("snake_case", "snake"),
        ("A man", "a man"),
        ("it said so", "it  said, so"),
        ("word", ""),
        ("a , b", ","),
    ],
)
def test_a_part_of_a_word_or_other_letters_are_not_found(text: str, string: str) -> None:
    assert FoldedText(text).first(string) is None


@pytest.mark.parametrize(
    ("text", "string", "found"),
    [
        ("Roe's lawyer", "Roe", "Roe"),
        ("Oslo-based", "Oslo", "Oslo"),
        ("The  Harbour\n\tBoard", "Harbour Board", "Harbour\n\tBoard"),
        ("the\u00a0deal", "the deal", "the\u00a0deal"),
        ("“we stay”, he said", "“we stay”", "“we stay”"),
        ("in 1,200.", "1,200", "1,200"),
        ("by U.S. law", "U.S.", "U.S."),
    ],
)
def test_whole_words_are_found_as_they_stand(text: str, string: str, found: str) -> None:
    span = FoldedText(text).first(string)
    assert span is not None
    assert text[slice(*span)] == found


def test_why_a_string_is_absent_is_said() -> None:
    folded, within = FoldedText("The harbour is shut. Roe left."), (0, 20)
    assert folded.why_absent(" ", within) == "it is empty"
    assert folded.why_absent("?", within) == "it has no letter or digit"
    assert folded.why_absent("harb", within) == "it starts or ends inside a word or number there"
    assert folded.why_absent("Roe", within) == "it stands elsewhere in the article"
    assert folded.why_absent("Oslo", within) == "the article does not have it"


def test_what_lies_outside_the_parts_that_count_is_never_found() -> None:
    text = "By Ana Roe\nAna Roe left."
    folded = FoldedText(text, [(11, len(text))])
    assert list(folded.occurrences("Ana Roe")) == [(11, 18)]
    assert folded.before("Roe", 11) is None


@given(articles(), st.data())
def test_a_long_text_is_searched_by_its_index_with_the_same_result(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    parts = data.draw(st.sampled_from([None, [(start, end)]]))
    wanted = data.draw(st.sampled_from([text[start:end], "Roe", "the deal", "he", "three"]) | hostile)
    plain, indexed = FoldedText(text, parts), FoldedText(text, parts)
    within = data.draw(st.sampled_from([None, (start // 2, end)]))
    found = list(plain.occurrences(wanted, within)), plain.before(wanted, end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("summarise.check.spans._SHORT", -1)
        assert (list(indexed.occurrences(wanted, within)), indexed.before(wanted, end)) == found
