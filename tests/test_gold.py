"""What is known already is written as a model would write it: the grammar takes it, and it reads back."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fakes import ScriptedModel, choose_along, decode_rows, fill, follow
from strategies import articles
from summarise.errors import InputError, UsageError
from summarise.families import Family
from summarise.gold import write_answer
from summarise.row import Ask, Counts
from summarise.skeleton import lay_out
from test_skeleton import ALL, FAMILIES, NEWS, propose


def same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> bool:
    """Whether two lists hold the same items, in whatever order."""
    return sorted(map(repr_of, one)) == sorted(map(repr_of, other))


def repr_of(item: dict[str, Any]) -> str:
    return json.dumps(item, sort_keys=True)


@settings(deadline=None, max_examples=40)
@given(articles() | st.just(NEWS), st.sampled_from(ALL), st.booleans(), st.randoms(use_true_random=False))
def test_whatever_a_model_may_answer_is_written_and_read_back_the_same(
    text: str, family: Family, proposing: bool, random: random.Random
) -> None:
    try:
        proposals = propose(text)
    except InputError:
        assume(False)

    def program() -> Any:
        return lay_out(family, proposals, propose=proposing)

    kept, _, _ = fill(program(), lambda allowed, _: random.choice(allowed))
    items = [answered.item for answered in kept]
    answer = write_answer(family, proposals, items, propose=proposing)
    again, written, _ = fill(program(), choose_along(answer))
    assert written == answer
    assert same([answered.item for answered in again], items)


ITEMS: dict[str, list[dict[str, Any]]] = {
    "gist": [{"sentence": 1, "label": "gist"}],
    "actors": [
        {"sentence": 1, "name": "Harbour Board", "kind": "organisation", "role": None},
        {"sentence": 2, "name": "Éva O'Dowd", "kind": "person", "role": "its chair"},
        {"sentence": 1, "name": "13 ships", "kind": "group", "role": None},  # nobody proposed that
    ],
    "numbers": [
        {"sentence": 1, "mention": "3", "counts": "tugs"},
        {"sentence": 2, "mention": "10,000", "counts": None},
    ],
    "locations": [{"sentence": 1, "name": "Port Amsel", "label": "place"}],
    "stances": [
        {"sentence": 3, "polarity": "against", "holder": "Bo Lind", "target": "U.S. demands", "quote": None}
    ],
}


@pytest.mark.parametrize("name", ITEMS)
def test_decoding_the_written_answer_gives_back_the_items(name: str) -> None:
    family, proposals = FAMILIES[name], propose(NEWS)
    answer = write_answer(family, proposals, ITEMS[name])
    model = ScriptedModel(follow(lambda question: answer))
    ask = Ask(model.tokens.encode("<q>assistant\n"), lay_out(family, proposals))
    (row,) = decode_rows(model, [1], [2], [ask], Counts())
    assert row.text == answer
    got = [a.item for a in row.result]
    wanted = [item for item in got if item not in ITEMS[name]] if name == "numbers" else []
    # every number is proposed, so the numbers nobody labelled come back as counting nothing
    assert all(item["counts"] is None for item in wanted)
    assert same([item for item in got if item not in wanted], ITEMS[name])


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("actors", {"sentence": 9, "name": "Nobody", "kind": "person", "role": None}),
        ("gist", {"sentence": 9, "label": "gist"}),
        ("numbers", {"sentence": 1, "mention": "77", "counts": None}),
    ],
)
@pytest.mark.parametrize("proposing", [True, False])
def test_an_item_without_a_place_is_refused(name: str, item: dict[str, Any], proposing: bool) -> None:
    with pytest.raises(UsageError):
        write_answer(FAMILIES[name], propose(NEWS), [item], propose=proposing)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "its captain"},  # not in the sentence
        {"kind": "ship"},  # no label
        {"role": "ts chair"},  # cuts a word
    ],
)
def test_a_value_that_no_model_could_write_is_refused(wrong: dict[str, Any]) -> None:
    item = {"sentence": 2, "name": "Éva O'Dowd", "kind": "person", "role": None, **wrong}
    with pytest.raises(UsageError):
        write_answer(FAMILIES["actors"], propose(NEWS), [item])
