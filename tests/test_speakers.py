"""Laws of speakers: a quotation gets the speaker that the text settles, and none that it does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.article import Article
from summarise.check import check_draft
from summarise.draft import Draft, StanceItem
from summarise.names import find_names
from summarise.quotations import find_quotations
from summarise.sentences import split_sentences
from summarise.speakers import attribute


def speakers(text: str) -> list[str | None]:
    """Who says each quotation: a name, the words of an unnamed speaker in brackets, or None."""
    sentences = split_sentences(Article(text))
    names = find_names(text, sentences)
    quotations = find_quotations(text)
    found = attribute(text, sentences, names, quotations)
    assert len(found) == len(quotations)
    said: list[str | None] = []
    for speaker in found:
        if speaker is None:
            said.append(None)
        elif speaker.name is None:
            said.append(f"[{text[slice(*speaker.span)].strip()}]")
        else:
            said.append(names[speaker.name].name)
    return said


@pytest.mark.parametrize(
    "text",
    [
        "“It is a gift to the owners,” said Ana Roe.",
        "“It is a gift to the owners,” Ana Roe said on Monday.",
        "“It is a gift to the owners,” according to Ana Roe.",
        "“It is a gift to the owners,” said harbour minister Ana Roe, who met Bo Lind.",
        "Ana Roe said: “It is a gift to the owners.”",
        "Ana Roe told Bo Lind that it was “a gift to the owners”.",
        "Ana Roe, the harbour minister, told reporters “it is a gift”.",
        "According to Ana Roe, it was “a gift to the owners”.",
        "Ana Roe has called the deal of Bo Lind “a gift to the owners”.",
        "Bo Lind said Ana Roe called it “a gift”.",
        "Ana Roe of the Harbour Board also described it as “a gift”.",
        "The deal was described by Ana Roe as “a gift”.",
        "Ana Roe opposed the deal of Monday: “It is a gift.”",
        "Bo Lind spoke, with Ana Roe calling the deal “a gift”.",
        "Lead author Ana Roe of Lima’s Griffith University said it was “a gift”.",
        "“It is a gift,” said study author Ana Roe of Lima’s Institute for Research.",
        "“It is a gift,” said his mother, Ana Roe, after the talk.",
        "“It is a gift to the owners!” Ana Roe told the crowd on Monday.",
        "In late June, Ana Roe ruled against the deal, saying it was “a gift”.",
        "Bo Lind spoke of the deal, which Ana Roe called “a gift”.",
        "Ana Roe of Lima, in her statement, said it was “a gift”.",
    ],
)
def test_a_verb_of_saying_gives_the_words_to_its_subject(text: str) -> None:
    assert speakers(text) == ["Ana Roe"]


@pytest.mark.parametrize(
    "text",
    [
        "“It is cold,” said Ana Roe, “and it is wet.”",
        "“It is cold,” Ana Roe said. “And it is wet.”",
        "Ana Roe called it “cold” and “wet”.",
        "Ana Roe called it “cold” and said it was “wet”.",
        "Ana Roe said: “It is cold.\n\n“It is wet.”",
        "Bo Lind left on Monday. Ana Roe said “it is cold”. She added: “It is wet.”",
    ],
)
def test_one_speaker_goes_on_where_nobody_else_begins(text: str) -> None:
    assert speakers(text) == ["Ana Roe", "Ana Roe"]


def test_each_of_two_speakers_gets_their_own_words() -> None:
    text = "“Go,” Ana Roe told Bo Lind. “We will stay,” Lind replied.\n\nRoe said: “Then stay.”"
    assert speakers(text) == ["Ana Roe", "Bo Lind", "Ana Roe"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“It is cold,” said a spokesman for the Harbour Board.", "[a spokesman for the Harbour Board]"),
        ("“It is cold,” the minister said.", "[the minister]"),
    ],
)
def test_a_speaker_without_a_name_stays_without_one(text: str, said: str) -> None:
    assert speakers(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Roe met Bo Lind at the “Red Lion” on Monday.",
        "Ana Roe and Bo Lind said it was “cold”.",
        "Ana Roe met Bo Lind. Both came late. “It is cold.”",
        "Meanwhile Cy Moe met Bo Lind and Ana Roe in the harbour. He said it was “cold”.",
        "It was said to be “cold”.",
        "Ana Roe announced an order by Bo Lind directing ships to “join the search”.",
        "“It is cold.”",
    ],
)
def test_what_the_text_does_not_settle_is_left_open(text: str) -> None:
    assert speakers(text) == [None]


def judged(text: str, holder: str, quote: str) -> set[str]:
    article = Article(text)
    sentences = split_sentences(article)
    number = next(s.number for s in sentences if quote in s.text)
    item = StanceItem(sentence=number, polarity="against", holder=holder, target="the deal", quote=quote)
    judgement = check_draft(article, sentences, Draft(stances=[item]))
    return {issue.check for rejected in judgement.rejected for issue in rejected.issues}


def test_a_stance_with_the_words_of_another_is_rejected() -> None:
    text = "Bo Lind spoke of the deal, but Ana Roe said the deal was “a gift to the owners”."
    assert judged(text, "Bo Lind", "a gift to the owners") == {"speaker"}
    assert judged(text, "Ana Roe", "a gift to the owners") == set()


def test_a_stance_whose_speaker_is_open_is_kept() -> None:
    text = "Bo Lind and Ana Roe said of the deal that it was “a gift to the owners”."
    assert judged(text, "Bo Lind", "a gift to the owners") == set()


@pytest.mark.parametrize("holder", ["Peru", "Harbour Board"])
def test_a_body_may_be_quoted_by_somebody_who_speaks_for_it(holder: str) -> None:
    text = (
        "Peruvian minister Ana Roe of the Harbour Board met officials of Peru. "
        "Roe said of the deal that it was “a gift to the owners”, and the Harbour Board and Peru agreed."
    )
    assert judged(text, holder, "a gift to the owners") == set()


@pytest.mark.parametrize("holder", ["One of the victims", "Protesters", "Bo Roe", "Maria Rehnquyst"])
def test_a_holder_without_a_name_or_with_another_spelling_is_not_contradicted(holder: str) -> None:
    text = (
        "One of the victims and Bo Roe came. Protesters met Maria Rehnquyst and Cy Moe on the deal. "
        f"Maria Rehnquist said of the deal, which {holder} knew, that it was “a gift to the owners”."
    )
    assert judged(text, holder, "a gift to the owners") == ({"speaker"} if holder == "Bo Roe" else set())


PIECES = st.lists(
    st.sampled_from(
        [
            "Ana Roe",
            "Bo Lind",
            "said",
            "told",
            "she",
            " ",
            " ",
            "“",
            "”",
            '"',
            ",",
            ".",
            "\n\n",
            ":",
            "according to",
        ]
    ),
    max_size=40,
)


@settings(deadline=None)  # the first answer reads the gazetteer
@given(st.one_of(PIECES.map("".join), st.text(max_size=80)))
def test_any_text_gives_each_quotation_one_answer_with_a_span_of_the_text(text: str) -> None:
    sentences = split_sentences(Article(text))
    names = find_names(text, sentences)
    quotations = find_quotations(text)
    found = attribute(text, sentences, names, quotations)
    assert len(found) == len(quotations)
    for speaker in found:
        if speaker is not None:
            assert 0 <= speaker.span[0] < speaker.span[1] <= len(text)
            assert speaker.name is None or 0 <= speaker.name < len(names)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Roe came. “It is cold,” enthused Bo Lind of the board.",
        "“It is cold,” Ana Roe said. “It is wet,” trilled Bo Lind.",
        "Ana Roe praised small programs, commonly called “apps”.",
    ],
)
def test_words_with_a_verb_that_is_not_known_go_to_nobody(text: str) -> None:
    assert speakers(text)[-1] is None
