"""Roles and ties: what may say who someone is, and what is said of another or of nobody."""

from __future__ import annotations

import pytest

from summarise.draft import ActorItem
from summarise.ties import Tie, tie_between
from test_check import judge


@pytest.mark.parametrize(
    ("sentence", "phrase", "name", "tie"),
    [
        ("Harbour minister Ana Roe left.", "Harbour minister", "Ana Roe", Tie.TITLE),
        ("The minister, Ana Roe, left.", "The minister", "Ana Roe", Tie.BESIDE),
        ("Ana Roe, the minister, left.", "the minister", "Ana Roe", Tie.BESIDE),
        ("Ana Roe, 41, a minister, left.", "a minister", "Ana Roe", Tie.BESIDE),
        ("Ana Roe (then minister) left.", "minister", "Ana Roe", Tie.BESIDE),
        ("Ana Roe, who was minister, left.", "minister", "Ana Roe", Tie.BESIDE),
        ("Ana Roe of Old Veltmark, a docker, left.", "a docker", "Ana Roe", Tie.BESIDE),
        ("Ana Roe of the Harbour Board left.", "of the Harbour Board", "Ana Roe", Tie.BESIDE),
        ("A docker named Bo Lind left.", "A docker", "Bo Lind", Tie.BESIDE),
        ("Senators Ana Roe, Bo Lind and Cy Moe left.", "Senators", "Cy Moe", Tie.SHARED),
        ("Ana Roe was sworn in as mayor.", "mayor", "Ana Roe", Tie.JOINED),
        ("Ana Roe is the mayor.", "mayor", "Ana Roe", Tie.JOINED),
        ("Ana Roe's lawyer left.", "lawyer", "Ana Roe", None),
        ("Roe supporters left.", "supporters", "Roe", None),
        ("Ana Roe left on Monday.", "Monday", "Ana Roe", None),
        ("Ana Roe left, but she is the mayor.", "mayor", "Ana Roe", None),
        ("Minister Ana Roe left with Bo Lind.", "Minister", "Bo Lind", None),
        ("President Ana Roe, Bo Lind and Cy Moe left.", "President", "Cy Moe", None),
        ("Ana Roe left.", "Ana", "Ana Roe", None),
    ],
)
def test_a_phrase_is_tied_to_a_name_by_what_stands_between(
    sentence: str, phrase: str, name: str, tie: Tie | None
) -> None:
    at, named = sentence.index(phrase), sentence.index(name)
    assert tie_between(sentence, (at, at + len(phrase)), (named, named + len(name))) == tie


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Dock workers met Bo Lind, president of the union, on Monday.", "Bo Lind", "president of the union"),
        ("Mayor of Veltmark, Ana Roe, met President Bo Lind.", "Ana Roe", "Mayor of Veltmark"),
        ("In Veltmark, the mayor, Ana Roe, met Bo Lind.", "Ana Roe", "the mayor"),
        ("Presidents Ana Roe and Bo Lind signed.", "Bo Lind", "Presidents"),
        ("Ana Roe was serving as Bo Lind's lawyer.", "Ana Roe", "Bo Lind's lawyer"),
    ],
)
def test_a_role_of_the_actor_holds(sentence: str, name: str, role: str) -> None:
    judgement = judge(f"News today\n\n{sentence}", actors=[_actor(name, role)])
    assert judgement.rejected == ()
    assert judgement.actors[0].role == role


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        (
            "Dock workers met Bo Lind, president of the union, and Ana Roe.",
            "Ana Roe",
            "president of the union",
        ),
        ("Ana Roe met Bo Lind, president of the union.", "Ana Roe", "president of the union"),
        ("Ana Roe met President Bo Lind.", "Ana Roe", "President"),
        ("Ana Roe, Mayor Bo Lind and Cy Moe signed.", "Ana Roe", "Mayor"),
        ("Bo Lind named Ana Roe as minister.", "Bo Lind", "minister"),
        ("Ana Roe called the mayor.", "Ana Roe", "Ana"),
    ],
)
def test_a_role_of_somebody_else_is_taken_out(sentence: str, name: str, role: str) -> None:
    judgement = judge(f"News today\n\n{sentence}", actors=[_actor(name, role)])
    assert judgement.actors[0].role is None
    assert [(r.field, r.issues[0].check) for r in judgement.rejected] == [("actors.role", "role")]


def _actor(name: str, role: str) -> ActorItem:
    return ActorItem(sentence=2, name=name, kind="person", role=role)
