"""What is said of names and sentences before a model judges them is what the text shows."""

from __future__ import annotations

import pytest

from summarise.proposals import Proposals, find_proposals
from summarise.read import read_text
from summarise.sentences import split_sentences

TEXT = (
    "Bakers strike in Lima\n\nMayor Ana Roe condemned the strike in Lima on Friday. “We want bread,” Roe "
    "said. Tom Hale was named in a letter. He never opposed the bakers of Lima. The letter was written by "
    "Hale Foods and sent to Norway."
)


@pytest.fixture(scope="module")
def proposals() -> Proposals:
    article = read_text(TEXT)
    return find_proposals(article, split_sentences(article))


@pytest.mark.parametrize(
    ("name", "hints"),
    [
        ("Ana Roe", "2, speaks, acts, role"),
        ("Lima", "3, in, place"),
        ("Tom Hale", "1, acts"),
        ("Hale Foods", "1, by"),
        ("Norway", "1, country"),
    ],
)
def test_a_name_comes_with_what_it_does(proposals: Proposals, name: str, hints: str) -> None:
    assert next(p.words for p in proposals.of("names") if p.value == name) == hints


@pytest.mark.parametrize(
    ("number", "ending"),
    [(1, "Lima"), (2, "Friday. [against]"), (3, "said. [quote]"), (5, "bakers of Lima.")],
)
def test_a_sentence_comes_with_its_words_of_position(proposals: Proposals, number: int, ending: str) -> None:
    (found,) = (p for p in proposals.of("sentences") if p.sentence == number)
    assert found.words.endswith(ending)
    assert found.title == f"{number}: {found.words}"
