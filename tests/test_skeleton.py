"""Whatever a model chooses, the answer is JSON, and every string of it stands in the article."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Annotated, Any, Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from fakes import ScriptedModel, decode_rows, fill
from strategies import articles
from summarise.answer import Answered
from summarise.check.spans import FoldedText
from summarise.draft import Chosen, Draft, Gate, Item, Keep, Proposed, SentenceNumber, Verbatim
from summarise.errors import InputError
from summarise.families import Family, read_families
from summarise.openlist import MOST_PER_SENTENCE, MOST_UNPROPOSED
from summarise.proposals import Proposals, find_proposals
from summarise.read import read_text
from summarise.row import Ask, Counts
from summarise.sentences import split_sentences
from summarise.skeleton import lay_out

FAMILIES = {family.name: family for family in read_families(Draft)}

NEWS = (
    "The Harbour Board said on Monday that three of its 13 ships, and 3 tugs, would stay in Port Amsel. "
    "“We won’t sail — not for 10,000 crowns,” said Éva O'Dowd, its chair; she called it “日本 style 🙂”.\n\n"
    "Norway’s minister, Bo Lind, rejected 1.3 of the U.S. demands and 3 others."
)


class Ruling(Item):
    """What a court decided in a sentence."""

    line: Annotated[int, SentenceNumber(), Proposed("sentences")]
    outcome: Annotated[Literal["granted", "denied", "nothing"], Gate(drop="nothing")]
    motion: Annotated[str, Verbatim()]
    words: Annotated[str | None, Chosen("quotations")] = None


class Party(Item):
    """Someone before the court."""

    line: Annotated[int, SentenceNumber()]
    who: Annotated[str, Verbatim(), Proposed("names")]
    side: Annotated[Literal["plaintiff", "defendant", "neither"], Gate(drop="neither")]
    counsel: Annotated[str | None, Verbatim(also="meant", apart=True)] = None
    standing: Literal["natural", "legal"] | None = None


class Sum(Item):
    """An amount that nobody proposes."""

    line: Annotated[int, SentenceNumber()]
    amount: Annotated[str, Verbatim(holding="numbers")]


class Judgment(BaseModel):
    """A schema that is not ours, with the same marks."""

    parties: list[Party] = []
    rulings: Annotated[list[Ruling], Keep(least=1, most=2)] = []
    sums: list[Sum] = []


COURT = {family.name: family for family in read_families(Judgment)}
ALL = [*FAMILIES.values(), *COURT.values()]


def propose(text: str) -> Proposals:
    """What code proposes for an article."""
    article = read_text(text)
    return find_proposals(article, split_sentences(article))


def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object none of whose keys stands twice."""
    assert len({key for key, _ in items}) == len(items), f"a key stands twice in {[k for k, _ in items]}"
    return dict(items)


def hold_answer(
    family: Family, proposals: Proposals, kept: tuple[Answered, ...], text: str, *, proposing: bool = True
) -> None:
    """Every law of an answer, whatever was chosen."""
    data = json.loads(text, object_pairs_hook=pairs)
    asked = proposals.of(family.proposed) if family.proposed and proposing else ()
    gate, details = family.gate, [f.name for f in family.details]
    opened = list(data.values())[-1] if isinstance(list(data.values())[-1], list) else []
    names = list(data)
    if asked and gate:
        labels = data[family.name]
        assert list(labels) == [p.title for p in asked]
        assert set(labels.values()) <= set(gate.labels)
        if details and any(label != family.drop for label in labels.values()):
            kept_keys = [p.key for p in asked if labels[p.title] != family.drop]
            told = list(data[names[1]])
            assert len(told) == len(kept_keys)
            assert all(t == k or t.startswith(f"{k}: ") for t, k in zip(told, kept_keys, strict=True))
    elif asked and details:
        assert list(data[family.name]) == [p.title for p in asked]
    assert len(opened) <= (MOST_UNPROPOSED if asked else MOST_PER_SENTENCE * len(proposals.texts))
    assert max(Counter(o[family.sentence] for o in opened).values(), default=0) <= MOST_PER_SENTENCE
    for answered in kept:
        hold_item(family, proposals, answered)
    written = [json.dumps(item, sort_keys=True, ensure_ascii=False) for item in opened]
    if not (family.key.verbatim and family.key.verbatim.holding):
        assert len(set(written)) == len(written), "an item of the open list stands twice"
    for item in opened:
        hold_open(family, proposals, item, opened, [a.value for a in asked])


def hold_item(family: Family, proposals: Proposals, answered: Answered) -> None:
    """A kept item is one of the schema's, is not dropped, and its spans are its sentence's."""
    item = answered.item
    family.item.model_validate(item)
    assert 0 <= answered.confidence <= 1 + 1e-9
    assert family.gate is None or item[family.gate.name] != family.drop
    sentence = FoldedText(proposals.texts[item[family.sentence]])
    for field in (family.key, *family.details):
        value = item.get(field.name)
        if value is None or not (field.verbatim or field.chosen):
            continue
        also = field.verbatim.also if field.verbatim else None
        if value in proposals.finds(also or "", item[family.sentence]):
            continue
        key, chosen = item[family.key.name], field.chosen
        if chosen and chosen.of is None:
            assert value in proposals.finds(chosen.kind, item[family.sentence])
        elif chosen and key in [p.value for p in proposals.of(chosen.of or "")]:
            assert value in proposals.belonging(chosen.kind, key)
        elif not (field is family.key and value in [p.value for p in proposals.of(family.proposed or "")]):
            assert sentence.first(value) is not None, (value, sentence.text)
            assert value == value.strip() and any(c.isalnum() for c in value)


def hold_open(
    family: Family,
    proposals: Proposals,
    item: dict[str, Any],
    opened: list[dict[str, Any]],
    judged: list[str | int],
) -> None:
    """An item of an open list repeats none that was proposed, and holds what it must hold."""
    if family.by_sentence:
        return
    key, mark = item[family.key.name], family.key.verbatim
    assert mark is not None
    if not mark.holding:
        assert key not in judged
        return
    text = proposals.texts[item[family.sentence]]
    assert any(find in key for find in proposals.finds(mark.holding, item[family.sentence]))
    again = [o for o in opened if (o[family.sentence], o[family.key.name]) == (item[family.sentence], key)]
    assert len(again) <= len(list(FoldedText(text).occurrences(key))), "the same number is written twice"


@settings(deadline=None, max_examples=60)
@given(articles() | st.just(NEWS), st.sampled_from(ALL), st.booleans(), st.randoms(use_true_random=False))
def test_any_choices_make_a_whole_answer(
    text: str, family: Family, proposing: bool, random: random.Random
) -> None:
    try:
        proposals = propose(text)
    except InputError:
        assume(False)
    program = lay_out(family, proposals, propose=proposing)
    kept, written, _ = fill(program, lambda allowed, _: random.choice(allowed))
    hold_answer(family, proposals, kept, written, proposing=proposing)


@pytest.mark.parametrize("proposing", [True, False])
@pytest.mark.parametrize("wish", ["", "x", "d", "p", "{", ",", "n"])
def test_a_schema_of_other_names_is_decoded_like_ours(wish: str, proposing: bool) -> None:
    proposals = propose(NEWS)
    model = ScriptedModel(lambda question, written: wish)
    families = list(COURT.values())
    asks = [Ask(model.tokens.encode(f.name), lay_out(f, proposals, propose=proposing)) for f in families]
    for family, row in zip(families, decode_rows(model, [1], [2], asks, Counts()), strict=True):
        hold_answer(family, proposals, row.result, row.text, proposing=proposing)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("actors", '{"actors": {}, "more actors": []}'),
        ("locations", '{"locations": {"Port Amsel": "ship"}, "more locations": []}'),
        ("sums", '{"sums": [{"line": 1, "amount": "ships"}]}'),
        ("sums", '{"sums": [{"line": 1, "amount": "13 ships"}, {"line": 1, "amount": "13 ships"}]}'),
        ("sums", '{"sums": []'),
    ],
)
def test_the_laws_see_a_broken_answer(name: str, broken: str) -> None:
    family = {f.name: f for f in ALL}[name]
    with pytest.raises((AssertionError, json.JSONDecodeError)):
        hold_answer(family, propose(NEWS), (), broken)
