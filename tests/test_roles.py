"""The phrases offered as a name's role stand beside it, end where they should, and are few."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from strategies import articles
from summarise.errors import InputError
from summarise.names import find_names
from summarise.proposals import find_proposals
from summarise.read import read_text
from summarise.roles import find_roles
from summarise.sentences import split_sentences
from summarise.ties import tie_between


def roles(text: str, whose: str) -> list[str]:
    article = read_text(text)
    sentences = split_sentences(article)
    names = [n for n in find_names(article.text, sentences) if n.name == whose]
    (found,) = find_roles(article.text, sentences, names)
    return [article.text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("text", "whose", "expected"),
    [
        ("On Friday Interior Minister Ana Roe resigned.", "Ana Roe", ["Interior Minister"]),
        (
            "The Norwegian minister for ports, Ana Roe, resigned.",
            "Ana Roe",
            ["The Norwegian minister for ports"],
        ),
        ("Police press officer Ana Roe told us so.", "Ana Roe", ["Police press officer"]),
        ("It was said by former head of security Ana Roe.", "Ana Roe", ["former head of security"]),
        ("The ferry Ana Star, struck by a wave, sank.", "Ana Star", ["The ferry", "ferry"]),
        ("Ana Roe, a harbour master from Lima, said so.", "Ana Roe", ["a harbour master from Lima"]),
        ("Ana Roe, 41, the group's founder, said so.", "Ana Roe", ["the group's founder"]),
        ("The deal pleased Ana Roe, who is a critic of the board.", "Ana Roe", ["a critic of the board"]),
        ("The fine was paid, said the union's lawyer, Dr Ana Roe.", "Ana Roe", ["the union's lawyer"]),
        ("Ana Roe of the Harbour Board said so.", "Ana Roe", ["of the Harbour Board"]),
        ("Ana Roe is the mayor who was elected in May.", "Ana Roe", ["the mayor"]),
        ("State news agency Norsk Nytt reported it.", "Norsk Nytt", ["State news agency"]),
    ],
)
def test_the_phrase_beside_a_name_is_offered(text: str, whose: str, expected: list[str]) -> None:
    assert roles(text, whose)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("The board told Ana Roe to go.", "Ana Roe"),
        ("On Friday Ana Roe left Lima.", "Ana Roe"),
        ("The ship, seen by Ana Roe, sank.", "Ana Roe"),
        ("Ana Roe, speaking in Lima, said so.", "Ana Roe"),
        ("Ana Roe's lawyer said so.", "Ana Roe"),
        ("The mayor of Lima left.", "Lima"),
    ],
)
def test_what_says_nothing_of_the_name_is_not_offered(text: str, whose: str) -> None:
    assert roles(text, whose) == []


def test_a_verb_after_a_comma_begins_no_role() -> None:
    text = "Jo Lund and his friend, Ana Roe, cut a ribbon together."
    assert roles(text, "Ana Roe") == ["his friend", "friend"]


def test_the_body_goes_before_the_title_of_the_article() -> None:
    text = "Parents thank teacher Ana Roe\n\nThe head teacher, Ana Roe, left the school in Lima on Friday."
    assert roles(text, "Ana Roe") == ["The head teacher", "head teacher"]


@settings(deadline=None, max_examples=60)
@given(articles())
def test_roles_are_tied_to_a_mention_and_few(text: str) -> None:
    try:
        article = read_text(text)
    except InputError:
        assume(False)
    sentences = split_sentences(article)
    names = find_names(article.text, sentences)
    for name, found in zip(names, find_roles(article.text, sentences, names), strict=True):
        assert len(found) <= 4
        for span in found:
            assert any(tie_between(article.text, span, mention) is not None for mention in name.mentions)
    proposals = find_proposals(article, sentences)
    proposed = {p.value for p in proposals.of("names")}
    assert all(p.of in proposed for p in proposals.of("roles"))
