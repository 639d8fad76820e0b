"""Sentences tile the article, and end where a reader would end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.article import Article
from summarise.layout import find_dateline, find_title
from summarise.sentences import LONGEST, Sentence, split_sentences

CHARACTERS = st.one_of(
    st.characters(), st.sampled_from(".!?。 \n\r\u2028\u00a0\u200b\t\"'“”‘’()[]-*1aA\ud800")
)
PIECES = st.sampled_from(
    [
        "The U.S. Senate met. ",
        "“No,” she said. ",
        "\n",
        "\r\n\r\n",
        "icon-facebook ",
        "Share\n",
        "3 May 2024\n",
        "x" * 700,
    ]
)
ANY_TEXT = st.one_of(
    st.text(CHARACTERS), st.lists(st.one_of(PIECES, st.text(CHARACTERS, max_size=5))).map("".join)
)


def read(text: str) -> Article:
    return Article(text, title=find_title(text), dateline=find_dateline(text))


def shown(text: str) -> list[str]:
    return [one.text for one in split_sentences(Article(text))]


def check_tiling(article: Article, sentences: tuple[Sentence, ...]) -> None:
    reached, number = 0, 0
    for one in sentences:
        assert article.text[reached : one.start].strip() == ""
        assert reached <= one.start < one.end
        assert article.text[one.start : one.end].strip() == article.text[one.start : one.end]
        assert one.text == " ".join(article.text[one.start : one.end].split())
        if one.kind in ("title", "body"):
            number += 1
            assert one.number == number
        else:
            assert one.number == 0
        if one.kind == "body":
            assert one.end - one.start <= LONGEST
        reached = one.end
    assert article.text[reached:].strip() == ""


@given(ANY_TEXT)
def test_sentences_tile_any_text(text: str) -> None:
    article = read(text)
    check_tiling(article, split_sentences(article))


@given(ANY_TEXT, st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_sentences_tile_whatever_the_spans_of_title_and_dateline(
    text: str, a: int, b: int, c: int, d: int
) -> None:
    title, dateline = (a, min(a + b, len(text))), (a + b + c, min(a + b + c + d, len(text)))
    article = Article(
        text,
        title=title if text[slice(*title)].strip() else None,
        dateline=dateline if text[slice(*dateline)].strip() else None,
    )
    check_tiling(article, split_sentences(article))


@pytest.mark.parametrize(
    "unit", ["a. ", "'", "(", "“A. ", "J. ", "... ", "1.\n", "x", "\n", "icon-x ", "By Jane Doe\n"]
)
def test_hostile_texts_of_fifty_thousand_characters_tile(unit: str) -> None:
    article = read(unit * (50_000 // len(unit)))
    check_tiling(article, split_sentences(article))


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. Senate voted on Monday.", "Mr. Hale of Ohio left."],
        ["Sen. Ann Holt met Gov. Peter Lang at No. 5 Quay Street.", "They argued."],
        ["Lt. Col. James Roy died at 9 a.m. Monday in hospital.", "He was 44."],
        ["The train left at 5 p.m. EDT.", "It came at 7.30 p.m.", "Nobody cheered."],
        ['"Is it over?" he asked.', "Nobody knew."],
        ["“It is over!” she said.", "“We go home now.”", "They did."],
        ["“We lost the house.", "We lost the car.”", "He wept."],
        ["The rate rose to 3.5 per cent.", "Shares of Alder Corp. fell."],
        ["The judge cited Roe v. Wade.", "He left."],
        ["Yahoo! shares rose.", "E. coli was found in the lake."],
        ["It was old (and small).", "(It was also cheap.)"],
    ],
)
def test_abbreviations_and_quotations_stay_in_their_sentence(sentences: list[str]) -> None:
    assert shown(" ".join(sentences)) == sentences


def test_a_blank_line_ends_a_sentence_and_a_wrapped_line_does_not() -> None:
    text = (
        "The harbour board voted on Tuesday to close a quay after a\r\n"
        "storm had torn away two of its pillars. Fishermen protested in\r\n"
        "front of the hall.\r\n\r\nNo full stop here\r\n\r\nThe end."
    )
    assert shown(text) == [
        "The harbour board voted on Tuesday to close a quay after a storm had torn away two of its pillars.",
        "Fishermen protested in front of the hall.",
        "No full stop here",
        "The end.",
    ]


def test_headings_and_list_items_are_their_own() -> None:
    text = "What they want\nThe harbour board wants these things for the quay by May:\n- new wood\n- a lamp"
    assert shown(text) == text.split("\n")


def test_crumbs_and_dateline_are_cut_out_and_not_counted() -> None:
    body = "The quay was shut. icon-facebook icon-twitter It was old."
    text = f"Quay closed\n3 May 2024\nBy Ann Lee\n{body}\n\n* * *\n\nShare"
    got = [(one.number, one.kind, one.text) for one in split_sentences(read(text))]
    assert got == [
        (1, "title", "Quay closed"),
        (0, "dateline", "3 May 2024"),
        (0, "crumb", "By Ann Lee"),
        (2, "body", "The quay was shut."),
        (0, "crumb", "icon-facebook icon-twitter"),
        (3, "body", "It was old."),
        (0, "crumb", "* * *"),
        (0, "crumb", "Share"),
    ]


def test_a_long_sentence_is_cut_after_a_clause_else_at_a_blank_else_hard() -> None:
    clauses = ", ".join(["and the board said that the quay was old"] * 60) + "."
    first, *_ = shown(clauses)
    assert first.endswith("old,")
    words = " ".join(["quay"] * 600)
    assert all(set(one.split()) == {"quay"} for one in shown(words))
    assert [len(one) for one in shown("x" * 3_000)] == [LONGEST, LONGEST, 600]


def test_a_sentence_across_two_windows_stays_whole() -> None:
    sentences = [
        f"The quay number {number} was closed on Monday by the harbour board." for number in range(600)
    ]
    assert shown(" ".join(sentences)) == sentences
