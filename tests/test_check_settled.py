"""What the words of the text settle: kinds of names, bodies given as places, what a number counts."""

from __future__ import annotations

from typing import Any

import pytest

from summarise.article import Article
from summarise.check import check_draft
from summarise.draft import ActorItem, Draft, LocationItem, NumberItem
from summarise.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Ministry of Ports closed the harbour.", "Ministry of Ports", "person"),
        ("Veltmark Ferries Ltd closed the line.", "Veltmark Ferries Ltd", "person"),
        ("France closed its ports.", "France", "person"),
        ("The protesters left.", "protesters", "person"),
        ("Veltmark Police left on Monday.", "Veltmark Police", "person"),
        ("Harbour minister Ana Roe left.", "Ana Roe", "organisation"),
        ("Ana Roe spoke. Mr Roe left.", "Ana Roe", "group"),
        ("Ana Roe, 42, left.", "Ana Roe", "government"),
    ],
)
def test_a_kind_that_the_words_rule_out_is_an_issue(text: str, name: str, kind: str) -> None:
    assert _checks(text, actors=[ActorItem(sentence=1, name=name, kind=kind)]) == {"kind"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Harbour minister Ana Roe left.", "Ana Roe", "person"),
        ("The Ministry of Ports closed.", "Ministry of Ports", "organisation"),
        ("The Ministry of Ports closed.", "Ministry of Ports", "government"),
        ("Michael Jordan left. Jordan was late.", "Michael Jordan", "person"),
        ("Judge Margaret Court left.", "Margaret Court", "person"),
        ("The band Roe Lind played.", "Roe Lind", "group"),
    ],
)
def test_a_kind_that_the_words_leave_open_holds(text: str, name: str, kind: str) -> None:
    assert _checks(text, actors=[ActorItem(sentence=1, name=name, kind=kind)]) == set()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ministry of Ports said it would close.", "Ministry of Ports"),
        ("Veltmark Police said so on Monday.", "Veltmark Police"),
        ("Minister Ana Roe said so.", "Ana Roe"),
    ],
)
def test_a_body_or_a_person_is_no_place(text: str, name: str) -> None:
    assert _checks(text, locations=[LocationItem(sentence=1, name=name, label="place")]) == {"place"}


def test_a_body_that_is_the_scene_of_something_is_a_place() -> None:
    text = "They met at the Ministry of Ports on Monday."
    assert (
        _checks(text, locations=[LocationItem(sentence=1, name="Ministry of Ports", label="place")]) == set()
    )


@pytest.mark.parametrize(
    ("text", "mention", "own", "other"),
    [
        ("Up to 10,000 North Korean troops caused many casualties.", "Up to 10,000", "troops", "casualties"),
        ("Some 300 dockers blocked 12 ships.", "Some 300", "dockers", "ships"),
        ("Some 300 dockers blocked 12 ships.", "12", "ships", "dockers"),
        ("Workers found two small boats.", "two", "small boats", "Workers"),
    ],
)
def test_the_plural_after_a_number_is_what_it_counts(text: str, mention: str, own: str, other: str) -> None:
    assert _checks(text, numbers=[NumberItem(sentence=1, mention=mention, counts=own)]) == set()
    assert _checks(text, numbers=[NumberItem(sentence=1, mention=mention, counts=other)]) == {"counts"}


@pytest.mark.parametrize(
    ("text", "mention", "counts"),
    [
        ("Of the passengers, 12 were hurt.", "12", "passengers"),
        ("The storm killed 12 and hurt 30 people.", "12", "people"),
        ("The crowd, 3,000 strong, left.", "3,000", "crowd"),
        ("The ferry of 12 metres sank.", "12 metres", "ferry"),
        ("Five of the ships sank.", "Five", "ships"),
    ],
)
def test_counts_that_the_grammar_leaves_open_hold(text: str, mention: str, counts: str) -> None:
    assert _checks(text, numbers=[NumberItem(sentence=1, mention=mention, counts=counts)]) == set()


@pytest.mark.parametrize(
    ("text", "mention", "own", "other"),
    [
        ("The storm left two homeless families and 30 ships.", "two", "homeless families", "ships"),
        ("Police held 337 suspected users in 38 ports.", "337", "suspected users", "ports"),
        ("The 2-year ban hit 30 ships.", "2-year", "ban", "ships"),
        ("It got 3 percent support in two coming polls.", "two", "coming polls", "support"),
        ("The crash left two dead, three injured.", "three", "injured", "dead"),
        ("Five Armed Forces staff and 12 dockers left.", "Five", "Armed Forces staff", "dockers"),
        ("Three other cyclists met 12 riders.", "Three", "other cyclists", "riders"),
    ],
)
def test_words_right_behind_another_number_are_what_that_one_counts(
    text: str, mention: str, own: str, other: str
) -> None:
    assert _checks(text, numbers=[NumberItem(sentence=1, mention=mention, counts=own)]) == set()
    assert _checks(text, numbers=[NumberItem(sentence=1, mention=mention, counts=other)]) == {"counts"}


@pytest.mark.parametrize(
    ("text", "mention", "counts"),
    [
        ("Police held 24 people and 32 injured.", "32", "people"),
        ("The toll went from five people to six due to rain.", "six", "people"),
        ("Five of 30 ships sank.", "Five", "ships"),
        ("They sold between 20 and 30 ships.", "between 20 and 30", "ships"),
    ],
)
def test_a_noun_that_is_left_out_may_be_that_of_another_number(text: str, mention: str, counts: str) -> None:
    assert _checks(text, numbers=[NumberItem(sentence=1, mention=mention, counts=counts)]) == set()


def _checks(text: str, **items: Any) -> set[str]:
    """The checks that the items of a draft fail on a text with one sentence a line."""
    article = Article(text)
    judgement = check_draft(article, split_sentences(article), Draft(**items))
    return {issue.check for rejected in judgement.rejected for issue in rejected.issues}
