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
    ],
)
@pytest.mark.parametrize("polarity", ["for", "against", "neutral"])
def test_what_is_not_clear_is_not_judged(text: str, polarity: str) -> None:
    assert "polarity" not in checks(text, polarity)
