"""Laws of `is_speech`: names, titles and words at arm's length are told from what somebody said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise import check
from summarise.article import Article
from summarise.proposals import find_proposals
from summarise.quotations import find_quotations
from summarise.sentences import split_sentences
from summarise.speakers import is_speech


def speech(text: str) -> list[bool]:
    return [is_speech(text, quotation) for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "She read “The Great Reef” in a week.",
        "Ana Roe said she had read the novel “The Great Reef”.",
        "The so-called “experts” left.",
        "The firm, also known as “Lion”, closed.",
        "They walked through the “new” town.",
        "The “Sea Lion” left the harbour on Monday.",
        "Ana “Tex” Roe left on Monday.",
        "Ana Roe’s film, titled “We will never leave this harbour again”, opened.",
        "The bill used the word “marriage” throughout.",
    ],
)
def test_titles_names_and_single_words_are_no_speech(text: str) -> None:
    assert speech(text) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "“We will stay,” said Ana Roe.",
        "Ana Roe called it “cold”.",
        "Ana Roe said: “No.”",
        "Ana Roe said “Never”.",
        "The crowd cried “Freedom Now”.",
        "Ana Roe referred to the vote as “The Harbour Hoax”.",
        "“Stop,” she said.",
        "The plan was “a gift to the owners”.",
        "“We will never leave this harbour again.”",
        "“No,” replied Bo Lind.",
    ],
)
def test_what_may_have_been_said_is_speech(text: str) -> None:
    assert speech(text) == [True]


@given(st.text(alphabet="“”\"'aA .,:") | st.text())
def test_any_quotation_gets_an_answer(text: str) -> None:
    assert all(isinstance(answer, bool) for answer in speech(text))


def test_only_speech_is_counted_and_proposed() -> None:
    text = "Ana Roe read “The Great Reef” on Monday.\n\n“It is a gift to us all,” said Ana Roe of the book.\n"
    summary = check(text, {"gist": []}, unreported=True)
    assert summary.unreported is not None and summary.coverage.quotations == 1
    assert [seen.text for seen in summary.unreported.quotations] == ["It is a gift to us all,"]
    article = Article(text)
    proposed = find_proposals(article, split_sentences(article)).of("quotations")
    assert [proposal.value for proposal in proposed] == ["It is a gift to us all,"]


@pytest.mark.parametrize("evidence", [None, 0, 1])
def test_a_quotation_over_two_sentences_is_reported_by_either(evidence: int | None) -> None:
    parts = ["Ana Roe said of the closure: “It is a gift to the owners.", "It will cost us all.”"]
    text = f"Ana Roe came on Monday.\n\n{' '.join(parts)} Bo Lind left.\n"
    stance = {"holder": "Ana Roe", "target": "the closure", "polarity": "against"}
    stance["quote"] = "It is a gift to the owners. It will cost us all."
    if evidence is not None:
        stance["evidence"] = parts[evidence]
    summary = check(text, {"stances": [stance]})
    assert summary.rejected == ()
    assert [kept.quote for kept in summary.stances] == [stance["quote"]]
    assert summary.stances[0].evidence == parts[evidence or 0]
    assert (summary.coverage.quotations, summary.coverage.quotations_reported) == (1, 1)


@pytest.mark.parametrize("words", ["“", "”", '"', "'", "“a", '" a', "“a” ", "“ ‘a", "“A B” "])
def test_ten_thousand_marks_are_judged(words: str) -> None:
    text = "Ana Roe said " + words * 10_000
    assert len(speech(text)) == len(find_quotations(text))
