"""Strings that stand in another sentence than the evidence: names, roles, counted words, quotes, pronouns."""

from __future__ import annotations

from typing import Any

import pytest

from summarise.check import check
from summarise.draft import ActorItem, LocationItem, NumberItem, StanceItem
from test_check import judge
from test_check_items import checks

UNION = """Ferries stop

The Harbour Workers Union (HWU) met in Norway on Monday.
The HWU then called a strike.
Norwegian officials warned the dockers.
A fee of HWU$5 was paid.
Nobody was there."""


@pytest.mark.parametrize(
    ("name", "sentence", "holds"),
    [
        ("Harbour Workers Union", 3, True),
        ("Norway", 4, True),
        ("Harbour Workers Union", 4, False),
        ("Harbour Workers Union", 5, False),
        ("Norway", 6, False),
    ],
)
def test_a_name_may_stand_elsewhere_where_the_evidence_names_its_bearer(
    name: str, sentence: int, holds: bool
) -> None:
    judgement = judge(UNION, actors=[ActorItem(sentence=sentence, name=name, kind="organisation")])
    assert checks(judgement.rejected) == ([] if holds else [("actors", "span")])
    for actor in judgement.actors:
        assert UNION[slice(*actor.spans["name"])] == name


def test_an_adjective_names_no_place() -> None:
    judgement = judge(UNION, locations=[LocationItem(sentence=4, name="Norway", label="place")])
    assert checks(judgement.rejected) == [("locations", "span")]


MAYOR = """Roe goes

Ana Roe, the mayor of Smallhaven, left on Monday.
Bo Lind, a lawyer, stayed.
Roe and Lind, both from Norway, had met before.
The Smallhaven company paid.
Cy Moe was sworn in at 5 p.m. (1600 UTC) as the new judge."""


@pytest.mark.parametrize(
    ("name", "sentence", "role", "holds"),
    [
        ("Roe", 4, "the mayor of Smallhaven", True),
        ("Lind", 4, "the mayor of Smallhaven", False),
        ("Lind", 4, "a lawyer", True),
        ("Roe", 4, "a lawyer", False),
        ("Roe", 4, "from Norway", True),
        ("Lind", 4, "from Norway", True),
        ("Smallhaven", 5, "company", True),
        ("Cy Moe", 6, "the new judge", True),
    ],
)
def test_a_role_holds_where_any_sentence_ties_it_to_the_name(
    name: str, sentence: int, role: str, holds: bool
) -> None:
    kind = "organisation" if name == "Smallhaven" else "person"
    item = ActorItem(sentence=sentence, name=name, kind=kind, role=role)  # type: ignore[arg-type]
    assert [field for field, _ in checks(judge(MAYOR, actors=[item]).rejected)] == (
        [] if holds else ["actors.role"]
    )


SHIPS = """Storm

Some ships left and an old ferry sank.
They found fourteen.
It is about fourteen feet (four metres) tall.
Fourteen dockers were hurt.
Fourteen suspected thieves fled.
Bells rang."""


@pytest.mark.parametrize(
    ("sentence", "mention", "counts", "holds"),
    [
        (3, "fourteen", "ships", True),
        (3, "fourteen", "Bells", False),
        (4, "about fourteen feet", "ferry", True),
        (5, "Fourteen", "ships", False),
        (6, "Fourteen", "ships", False),
    ],
)
def test_only_a_number_that_nothing_follows_counts_what_was_named_before(
    sentence: int, mention: str, counts: str, holds: bool
) -> None:
    judgement = judge(SHIPS, numbers=[NumberItem(sentence=sentence, mention=mention, counts=counts)])
    assert [field for field, _ in checks(judgement.rejected)] == ([] if holds else ["numbers.counts"])


SPEECH = """Port shut

Mayor Ana Roe attacked the closure on Monday.
“It is a disaster,” Roe said.
Bo Lind said: “The ships will come back.”"""


def test_a_quote_near_the_evidence_is_the_holders_or_taken_out() -> None:
    said = {"polarity": "against", "target": "the closure", "sentence": 2, "holder": "Ana Roe"}
    own = judge(SPEECH, stances=[StanceItem.model_validate({**said, "quote": "It is a disaster,"})])
    assert own.rejected == ()
    assert own.stances[0].quote == "It is a disaster,"
    other = judge(SPEECH, stances=[StanceItem.model_validate({**said, "quote": "The ships will come back."})])
    assert checks(other.rejected) == [("stances.quote", "quote")]


PRONOUNS = """Talks

Ana Roe met the dockers about the plan and the Harbour Board.
{}"""


@pytest.mark.parametrize(
    ("evidence", "holder", "holds"),
    [
        ("She praised the ferry.", "Ana Roe", True),
        ("It praised the ferry.", "Ana Roe", False),
        ("They praised the ferry.", "the dockers", True),
        ("She praised the ferry.", "the dockers", False),
        ("It praised the ferry.", "Harbour Board", True),
        ("She praised the ferry.", "Harbour Board", False),
        ("Bo Lind said he praised the ferry.", "Ana Roe", False),
        ("For his work, Bo Lind praised the ferry.", "Ana Roe", False),
        ("Last week that ferry sank.", "Ana Roe", False),
    ],
)
def test_a_pronoun_stands_for_a_holder_that_it_agrees_with(evidence: str, holder: str, holds: bool) -> None:
    item = StanceItem(sentence=3, polarity="for", holder=holder, target="ferry")
    judgement = judge(PRONOUNS.format(evidence), stances=[item])
    assert checks(judgement.rejected) == ([] if holds else [("stances", "holder")])


@pytest.mark.parametrize(
    ("evidence", "target", "holds"),
    [
        ("Bo Lind rejected it.", "the plan", True),
        ("Bo Lind rejected them.", "the plan", False),
        ("Bo Lind rejected them.", "the dockers", True),
        ("Bo Lind rejected it.", "the dockers", False),
        ("Bo Lind said that ferries sink.", "the plan", False),
        ("Bo Lind left this year.", "the plan", False),
        ("Bo Lind attacked her.", "Ana Roe", True),
        ("Bo Lind attacked it.", "Ana Roe", False),
    ],
)
def test_a_pronoun_stands_for_a_target_that_it_agrees_with(evidence: str, target: str, holds: bool) -> None:
    item = StanceItem(sentence=3, polarity="against", holder="Bo Lind", target=target)
    judgement = judge(PRONOUNS.format(evidence), stances=[item])
    assert checks(judgement.rejected) == ([] if holds else [("stances", "target")])


TWICE = "Storm\n\nTen men died, ten men fled and ten women stayed."


def test_a_stated_span_tells_identical_mentions_apart() -> None:
    places = [at for at in range(len(TWICE)) if TWICE.startswith("ten", at)]
    items: list[dict[str, Any]] = [
        {"mention": "ten", "evidence": TWICE[7:], "spans": {"mention": [at, at + 3]}} for at in places[::-1]
    ]
    summary = check(TWICE, {"numbers": items})
    assert summary.rejected == ()
    assert [number.spans["mention"][0] for number in summary.numbers] == places[::-1]


def test_our_own_summary_is_checked_to_the_same_numbers() -> None:
    summary = check(TWICE, {"numbers": [{"mention": "ten", "counts": "women"}, {"mention": "ten"}]})
    assert summary.rejected == ()
    assert summary.numbers[0].spans["mention"][0] == TWICE.index("ten women")
    assert check(TWICE, summary) == summary


@pytest.mark.parametrize(
    ("text", "item", "said"),
    [
        ("The man, aged 25, fled.", {"mention": "aged 25", "value": 25, "unit": "year"}, []),
        ("The man, aged 25, fled.", {"mention": "25", "unit": "year"}, []),
        ("The man, aged 25, fled.", {"mention": "fled", "unit": None}, ["numbers"]),
        ("The man, aged 25, fled.", {"mention": "man, aged 25", "unit": "year"}, ["numbers"]),
        ("The man, aged 25, fled.", {"mention": "aged 25", "unit": None}, ["numbers.unit"]),
        ("It is 2.6 times as big.", {"mention": "2.6 times", "value": 2.6}, []),
        ("It cost about $8 or €7.", {"mention": "€7", "qualifier": "about"}, []),
        ("It cost $8 or €7.", {"mention": "€7", "qualifier": "about"}, ["numbers.qualifier"]),
        (
            "It had 15 deaths per 1,000 people.",
            {"mention": "15", "counts": "deaths", "unit": "per 1,000 people"},
            [],
        ),
        ("It had 15 deaths.", {"mention": "15", "counts": "deaths", "unit": "people"}, ["numbers.unit"]),
        ("The three-judge court met.", {"mention": "three-judge", "counts": "judge"}, []),
        ("The crowd of about 20 left.", {"mention": "about 20", "counts": "about"}, ["numbers.counts"]),
    ],
)
def test_a_mention_with_the_words_that_a_reader_counts_to_it(
    text: str, item: dict[str, Any], said: list[str]
) -> None:
    assert [one.field for one in check(text, {"numbers": [item]}).rejected] == said
