"""Actors, numbers, places and stances one by one: merging, mentions, successive occurrences, referents."""

from __future__ import annotations

import pytest

from summarise.draft import ActorItem, GistItem, LocationItem, NumberItem, StanceItem
from summarise.summary import Rejected
from test_check import judge


def checks(rejected: tuple[Rejected, ...]) -> list[tuple[str, str]]:
    """(field, check) of each rejection."""
    return [(one.field, issue.check) for one in rejected for issue in one.issues]


def test_the_gist_keeps_its_order_and_each_sentence_once() -> None:
    text = "Port shut\n\nThe port is shut.\nRoe left.\nThe port is shut."
    items = [GistItem(sentence=number, label="gist") for number in (3, 2, 4, 3)]
    judgement = judge(text, gist=items)
    assert [sentence.text for sentence in judgement.gist] == ["Roe left.", "The port is shut."]
    assert judgement.origins["gist"] == ((0, 3), (1, 2))


def test_a_headline_said_again_is_no_gist() -> None:
    judgement = judge("Port shut\n\nPort  shut\nRoe left.", gist=[GistItem(sentence=2, label="gist")])
    assert checks(judgement.rejected) == [("gist", "gist")]


ROE = "Roe wins\n\nMinister Ana Roe met dockers.\nRoe, a lawyer, left.\nThe crowd cheered Roe."


def test_forms_of_one_name_are_one_actor_with_all_its_mentions() -> None:
    items = [
        ActorItem(sentence=2, name="Ana Roe", kind="person"),
        ActorItem(sentence=3, name="Roe", kind="person", role="a lawyer"),
    ]
    judgement = judge(ROE, actors=items)
    (actor,) = judgement.actors
    assert judgement.rejected == ()
    assert (actor.name, actor.aliases, actor.role) == ("Ana Roe", ("Roe",), "a lawyer")
    assert actor.spans["role"] == (ROE.index("a lawyer"), ROE.index("a lawyer") + 8)
    assert [ROE[start:end] for start, end in actor.mentions] == ["Roe", "Ana Roe", "Roe", "Roe"]
    assert judgement.origins["actors"] == ((0, 1),)


def test_what_a_merged_actor_says_otherwise_is_listed() -> None:
    items = [
        ActorItem(sentence=2, name="Ana Roe", kind="person", role="Minister"),
        ActorItem(sentence=3, name="Roe", kind="group", role="a lawyer"),
    ]
    judgement = judge(ROE, actors=items)
    assert [(actor.kind, actor.role) for actor in judgement.actors] == [("person", "Minister")]
    assert checks(judgement.rejected) == [("actors.kind", "duplicate"), ("actors.role", "duplicate")]


def test_a_name_that_code_did_not_find_is_mentioned_where_it_stands() -> None:
    text = "Talks\n\nThe tall strangers sang.\nNobody knew the tall strangers."
    judgement = judge(text, actors=[ActorItem(sentence=2, name="tall strangers", kind="group")])
    assert [text[start:end] for start, end in judgement.actors[0].mentions] == ["tall strangers"] * 2


def test_identical_mentions_are_the_successive_occurrences() -> None:
    text = "Storm\n\nTen men died, ten men fled and ten women stayed."
    items = [NumberItem(sentence=2, mention="ten", counts=counts) for counts in ("men", "women")]
    judgement = judge(text, numbers=items)
    assert [number.spans["mention"][0] for number in judgement.numbers] == [
        text.index("ten men"),
        text.index("ten women"),
    ]
    assert judgement.numbers[0].spans["counts"] == (text.rindex("men fled"), text.rindex("men fled") + 3)


def test_an_identical_mention_of_the_same_thing_is_written_once() -> None:
    text = "Storm\n\nThree men died.\nThe three men died at sea.\nThose three men were old."
    items = [NumberItem(sentence=number, mention="three", counts="men") for number in (3, 4)]
    judgement = judge(text, numbers=items)
    assert len(judgement.numbers) == 1
    assert judgement.origins["numbers"] == ((0, 1),)
    assert judgement.repeated == ((text.rindex("three"), text.rindex("three") + 5),)


def test_a_number_is_read_from_its_sentence() -> None:
    text = "Storm\n\nIt cost up to $3.5 million.\nBetween 20 and 30 ships sank."
    items = [
        NumberItem(sentence=2, mention="up to $3.5 million"),
        NumberItem(sentence=3, mention="Between 20 and 30", counts="ships"),
    ]
    judgement = judge(text, numbers=items)
    money, ships = judgement.numbers
    assert (money.value, money.upper, money.qualifier, money.unit) == (3_500_000, None, "at_most", "USD")
    assert (ships.value, ships.upper, ships.qualifier, ships.unit) == (20, 30, "range", None)


@pytest.mark.parametrize(
    "cut", ["$3.5 million", "up to $3.5", "3.5 million", "3.5", "cost up to $3.5 million"]
)
def test_a_mention_that_cuts_or_adds_is_rejected(cut: str) -> None:
    text = "Storm\n\nIt cost up to $3.5 million."
    judgement = judge(text, numbers=[NumberItem(sentence=2, mention=cut)])
    assert judgement.numbers == ()
    assert checks(judgement.rejected) in ([("numbers", "number")], [("numbers", "span")])


def test_a_place_has_the_country_that_its_name_settles() -> None:
    text = "Storm\n\nRain fell in Norway and in Smallhaven."
    places = [LocationItem(sentence=2, name=name, label="place") for name in ("Norway", "Smallhaven")]
    judgement = judge(text, locations=places)
    assert [(place.name, place.country) for place in judgement.locations] == [
        ("Norway", "NO"),
        ("Smallhaven", None),
    ]


DEAL = """Deal falls

Ana Roe, the mayor, met reporters after the vote on the new bridge.
She called the plan “a waste”.
Bo Lind was away.
The mayor rejected the plan.
“It is a shame. It is wrong.
We will fight the plan.”
Tax rules changed last year.
Rain fell on Monday.
Nothing happened until Friday.
Shops stayed open as planned.
Nobody was hurt.
She likes the plan."""


@pytest.mark.parametrize(
    ("sentence", "target"),
    [(3, "the plan"), (5, "the plan"), (6, "the plan"), (3, "the new bridge")],
)
def test_a_holder_or_target_may_be_meant_by_a_word_of_the_evidence(sentence: int, target: str) -> None:
    item = StanceItem(sentence=sentence, polarity="against", holder="Ana Roe", target=target)
    judgement = judge(DEAL, stances=[item])
    assert judgement.rejected == ()
    assert judgement.stances[0].spans["holder"] == (DEAL.index("Ana Roe"), DEAL.index("Ana Roe") + 7)


@pytest.mark.parametrize(
    ("sentence", "holder", "target", "check"),
    [
        (4, "Ana Roe", "Bo Lind", "holder"),
        (2, "Bo Lind", "the vote", "holder"),
        (3, "Bo Lind", "the plan", "holder"),
        (13, "Bo Lind", "the plan", "holder"),
        (13, "She", "the new bridge", "target"),
        (4, "Bo Lind", "the plan", "target"),
    ],
)
def test_nothing_far_off_or_unnamed_is_meant(sentence: int, holder: str, target: str, check: str) -> None:
    item = StanceItem(sentence=sentence, polarity="for", holder=holder, target=target)
    judgement = judge(DEAL, stances=[item])
    assert checks(judgement.rejected) == [("stances", check)]


def test_one_stance_for_each_holder_target_and_polarity() -> None:
    items = [
        StanceItem(sentence=3, polarity="against", holder="Ana Roe", target="the plan", quote="a waste"),
        StanceItem(sentence=5, polarity="against", holder="Roe", target="the plan"),
        StanceItem(sentence=5, polarity="for", holder="Ana Roe", target="the plan"),
    ]
    judgement = judge(DEAL.replace("Nobody was hurt.", "Roe was not hurt."), stances=items)
    assert [stance.polarity for stance in judgement.stances] == ["against", "for"]


def test_a_quote_may_run_over_several_sentences() -> None:
    item = StanceItem(
        sentence=6,
        polarity="against",
        holder="Ana Roe",
        target="the plan",
        quote="It is wrong. We will fight",
    )
    judgement = judge(DEAL, stances=[item])
    assert judgement.rejected == ()
    assert judgement.stances[0].quote == "It is wrong.\nWe will fight"
