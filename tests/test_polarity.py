"""Laws of polarity: contradicted on clear evidence alone, negation counted, all else left open."""

from __future__ import annotations

import pytest

from summarise.article import Article
from summarise.check import check_draft
from summarise.draft import Draft, StanceItem
from summarise.sentences import split_sentences


def checks(text: str, polarity: str, holder: str = "Ana Roe", target: str = "the closure") -> set[str]:
    """The checks that a stance fails on a one-sentence text."""
    article = Article(text)
    item = StanceItem(sentence=1, polarity=polarity, holder=holder, target=target)  # type: ignore[arg-type]
    judgement = check_draft(article, split_sentences(article), Draft(stances=[item]))
    return {issue.check for rejected in judgement.rejected for issue in rejected.issues}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ana Roe condemned the closure.", "against"),
        ("Harbour minister Ana Roe strongly criticised the closure of the port.", "against"),
        ("Ana Roe, the harbour minister, has rejected the closure.", "against"),
        ("The closure was denounced by Ana Roe.", "against"),
        ("Ana Roe voted against the closure.", "against"),
        ("Ana Roe welcomed the closure on Monday.", "for"),
        ("Ana Roe and Bo Lind backed the closure.", "for"),
        ("Ana Roe voted for the closure.", "for"),
        ("Ana Roe voted 66 to 27 to approve the closure.", "for"),
        ("Ana Roe vowed to oppose the closure.", "against"),
        ("Ana Roe urged the other ministers to reject the closure.", "against"),
        ("Ana Roe has spoken out against the closure.", "against"),
        ("Ana Roe came out in favour of the closure.", "for"),
        ("Ana Roe is strongly opposed to the closure.", "against"),
        ("Ana Roe was an outspoken critic of the closure.", "against"),
        ("Ana Roe, a longtime supporter of the closure, left on Monday.", "for"),
        ("Ana Roe voiced strong support for the closure.", "for"),
        ("Ana Roe repeated her opposition to the closure.", "against"),
        ("Ana Roe’s criticism of the closure, she said, was old.", "against"),
        ("Ana Roe filed a lawsuit against the closure.", "against"),
        ("Ana Roe, who opposed the closure, left on Monday.", "against"),
        ("The closure, condemned by Ana Roe, went on.", "against"),
        ("“We support the closure,” said Ana Roe.", "for"),
    ],
)
def test_a_clear_verb_contradicts_the_opposite_and_nothing_else(text: str, said: str) -> None:
    other = {"for": "against", "against": "for"}[said]
    target = "The closure" if text.startswith("The") else "the closure"
    assert checks(text, other, target=target) == {"polarity"}
    assert checks(text, said, target=target) == set()
    assert checks(text, "neutral", target=target) == set()


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Ana Roe did not oppose the closure.", "against"),
        ("Ana Roe refused to condemn the closure.", "against"),
        ("Ana Roe has not supported the closure.", "for"),
        ("Ana Roe didn't back the closure.", "for"),
        ("Ana Roe no longer supports the closure.", "for"),
        ("Ana Roe would not endorse the closure.", "for"),
        ("Ana Roe voted not to approve the closure.", "for"),
        ("Ana Roe is not opposed to the closure.", "against"),
        ("Ana Roe withdrew her support for the closure.", "for"),
        ("Ana Roe is no supporter of the closure.", "for"),
        ("“I do not oppose the closure,” said Ana Roe.", "against"),
    ],
)
def test_a_negated_verb_contradicts_what_it_denies_and_nothing_else(text: str, denied: str) -> None:
    assert checks(text, denied) == {"polarity"}
    assert checks(text, {"for": "against", "against": "for"}[denied]) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Ana Roe met Bo Lind, who condemned the closure.",
        "Bo Lind condemned the closure and met Ana Roe.",
        "Ana Roe condemned critics of the closure.",
        "Ana Roe condemned the closure's opponents.",
        "Ana Roe would have condemned the closure.",
        "Ana Roe initially condemned the closure.",
        "Ana Roe rejected calls for the closure.",
        "Ana Roe said “Bo Lind condemned the closure”.",
        "Aides of Ana Roe condemned the closure.",
        "Neither Bo Lind nor Ana Roe condemned the closure.",
        "Ana Roe was asked whether Bo Lind condemned the closure.",
        "Ana Roe spoke of the closure.",
        "Ana Roe called for the closure to be dropped.",
        "Ana Roe did not only condemn the closure.",
        "Ana Roe did not publicly support the closure.",
        "Ana Roe never failed to support the closure.",
        "Ana Roe denied that she supported the closure.",
        "Ana Roe reportedly expressed support for the closure.",
        "Ana Roe had supported the closure but now wants it stopped.",
        "Ana Roe praised those opposing the closure.",
        "Ana Roe condemned protesters blocking the closure.",
        "Ana Roe met ministers in Lima, opposing the closure.",
        "Ana Roe lost Bo Lind’s support for the closure.",
        "Ana Roe’s family condemned the closure.",
        "Ana Roe blamed the closure on Bo Lind.",
        "Ana Roe condemned the closure of Bo Lind’s harbour.",
        "Ana Roe was named as a minister and the closure praised.",
        "“We support the closure,” said Bo Lind to Ana Roe.",
        "Ana Roe said: “Bo Lind and she support the closure.”",
    ],
)
@pytest.mark.parametrize("polarity", ["for", "against", "neutral"])
def test_what_is_not_clear_is_not_judged(text: str, polarity: str) -> None:
    assert "polarity" not in checks(text, polarity)


def test_a_pronoun_is_the_holder_that_the_sentence_does_not_name() -> None:
    text = "Ana Roe spoke on Monday. {} condemned the closure."
    said = {word: _second(text.format(word), "Ana Roe") for word in ("She", "It", "Bo Lind said he")}
    assert said == {"She": {"polarity"}, "It": {"holder"}, "Bo Lind said he": {"holder"}}
    assert _second(text.format("Ana Roe said she"), "Ana Roe") == set()


def test_a_body_may_be_it_at_the_start_of_the_sentence() -> None:
    text = "The Harbour Board met on Monday. It condemned the closure."
    assert _second(text, "Harbour Board") == {"polarity"}


def _second(text: str, holder: str) -> set[str]:
    """The checks that a stance for the closure fails on the second sentence."""
    article = Article(text)
    item = StanceItem(sentence=2, polarity="for", holder=holder, target="the closure")
    judgement = check_draft(article, split_sentences(article), Draft(stances=[item]))
    return {issue.check for rejected in judgement.rejected for issue in rejected.issues}


def test_a_sentence_of_predicates_alone_is_survived() -> None:
    text = "Ana Roe " + "condemned the closure and voiced support for " * 4_000 + "the closure."
    assert checks(text, "for") <= {"polarity"}
