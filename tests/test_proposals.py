"""What code proposes stands in the article, has a key of its own, and is never of a crumb."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from strategies import articles
from summarise.check.spans import FoldedText
from summarise.errors import InputError
from summarise.proposals import Proposals, find_proposals
from summarise.read import read_file, read_text
from summarise.sentences import split_sentences

KINDS = ["sentences", "body", "names", "numbers", "quotations"]
TEXT = (
    "Bakers strike in Lima\n\n“We want bread,” said three of the three bakers. "
    "“And we want it now. It is all we want,” Ana Roe told Radio Sol in Lima.\n\n* * *\n"
)


def propose(text: str) -> Proposals:
    article = read_text(text)
    return find_proposals(article, split_sentences(article))


def hold(proposals: Proposals) -> None:
    for kind in KINDS:
        keys = [p.key for p in proposals.of(kind)]
        assert len(set(keys)) == len(keys), kind
        assert all(p.sentence in proposals.texts for p in proposals.of(kind)), kind
    for kind in ("names", "numbers", "quotations"):
        for p in proposals.of(kind):
            assert str(p.value) in proposals.texts[p.sentence], (kind, p)


@settings(deadline=None, max_examples=80)
@given(articles())
def test_proposals_stand_in_their_sentence_under_keys_of_their_own(text: str) -> None:
    try:
        proposals = propose(text)
    except InputError:
        assume(False)
    hold(proposals)


@pytest.mark.parametrize("name", ["short.txt", "ferry.txt", "tariffs.txt", "crumbs.txt", "flood.html"])
def test_our_own_articles_are_proposed_whole(name: str, articles: Path) -> None:
    article = read_file(articles / name)
    sentences = split_sentences(article)
    proposals = find_proposals(article, sentences)
    hold(proposals)
    assert [p.value for p in proposals.of("sentences")] == [s.number for s in sentences if s.number > 0]
    assert [p.value for p in proposals.of("body")] == [s.number for s in sentences if s.kind == "body"]
    for p in (*proposals.of("names"), *proposals.of("numbers")):  # as the check will look for them
        assert FoldedText(proposals.texts[p.sentence]).first(str(p.value)), p
    assert all("icon-" not in text for text in proposals.texts.values())


def test_the_same_number_twice_is_two_proposals() -> None:
    proposals = propose(TEXT)
    assert [p.key for p in proposals.of("numbers")] == ["2: three", "2: three (2)"]
    assert proposals.finds("numbers", 2) == ("three",)


def test_a_name_is_proposed_once_where_it_stands_first() -> None:
    lima = [p for p in propose(TEXT).of("names") if p.value == "Lima"]
    assert [p.sentence for p in lima] == [1]


def test_a_surname_that_two_people_share_is_not_proposed_alone() -> None:
    names = [p.value for p in propose("They met.\n\nJoan Quill and Adam Quill left. Quill wept.").of("names")]
    assert names == ["Joan Quill", "Adam Quill"]


def test_a_quotation_over_two_sentences_is_proposed_in_each() -> None:
    values = [(p.sentence, p.value) for p in propose(TEXT).of("quotations")]
    assert values == [(2, "We want bread,"), (3, "And we want it now."), (4, "It is all we want,")]


def test_a_sentence_without_a_letter_is_not_asked_about() -> None:
    assert all(any(c.isalnum() for c in text) for text in propose(TEXT).texts.values())


def test_within_keeps_only_what_stands_there() -> None:
    part = propose(TEXT).within({2})
    assert set(part.texts) == {2}
    assert {p.sentence for kind in KINDS for p in part.of(kind)} == {2}
    assert part.of("nothing") == ()


def test_meant_are_the_names_of_a_sentence_and_those_a_pronoun_may_mean() -> None:
    text = (
        "Ana Roe met Bo Lind in Oslo.\n\nRoe praised the plan. He disliked it. Norway closed a port. "
        "The talks went on. They ended."
    )
    article = read_text(text)
    found = find_proposals(article, split_sentences(article))
    meant = {number: set(found.finds("meant", number)) for number in found.texts}
    assert meant[1] == {"Ana Roe", "Bo Lind", "Oslo"}
    assert meant[2] == {"Ana Roe"}
    assert meant[3] == {"Ana Roe", "Bo Lind", "Oslo"}
    assert meant[4] == {"Norway"}
    assert "Norway" in meant[5]


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ('"The plan is sound," said Bo Lind of the Harbour Board.', "Bo Lind"),  # who is quoted
        ('"The plan is sound," he told the Harbour Board.', "Ana Roe"),  # a pronoun before any name
        ("Later he praised Bo Lind.", "Ana Roe"),
        ("It rejected what Bo Lind wanted.", "Harbour Board"),
        ("The spokesman of Acme praised Bo Lind.", "Bo Lind"),  # Acme is part of a longer phrase
        ("In Oslo, Bo Lind praised the plan.", "Bo Lind"),
        ("They all went home.", "Ana Roe"),
    ],
)
def test_the_likeliest_of_those_that_may_be_meant_comes_first(sentence: str, first: str) -> None:
    article = read_text(f"Talks in Oslo\n\nAna Roe spoke to the Harbour Board and to Acme.\n\n{sentence}")
    found = find_proposals(article, split_sentences(article))
    assert found.finds("meant", 3)[0] == first


def test_a_number_says_what_it_is_certain_to_count() -> None:
    found = propose("Alert\n\nThe board sent 12 rescue boats and spent $3 million; two of them sank.")
    assert [(p.value, p.words) for p in found.of("numbers")] == [
        ("12", "rescue boats"),
        ("$3 million", ""),
        ("two", ""),
    ]
    assert found.of("numbers")[0].title == "2: 12: rescue boats"
