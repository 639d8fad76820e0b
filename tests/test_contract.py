"""The contract's own test: an output that is broken in one place breaks it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from contract import breaches
from fakes import ScriptedModel
from scripts import answer_from
from summarise import Summariser
from summarise.output import summary_data

TEXT = (
    "Bakers strike in Lima\n\nSome 300 bakers in Lima struck on Monday over pay. "
    "“We want bread too,” said their leader, Ana Roe, who backed the strike.\n"
)
DRAFT: dict[str, Any] = {
    "gist": [{"sentence": 2, "label": "gist"}],
    "actors": [{"sentence": 3, "name": "Ana Roe", "kind": "person", "role": "their leader"}],
    "numbers": [{"sentence": 2, "mention": "Some 300", "counts": "bakers"}],
    "locations": [{"sentence": 1, "name": "Lima", "label": "place"}],
    "stances": [
        {
            "sentence": 3,
            "polarity": "for",
            "holder": "Ana Roe",
            "target": "the strike",
            "quote": "We want bread too,",
        }
    ],
}


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return summary_data(Summariser(ScriptedModel(answer_from(TEXT, DRAFT))).summarise(TEXT, with_text=True))


def test_a_true_output_holds(data: dict[str, Any]) -> None:
    assert list(breaches(data, TEXT)) == []
    assert [len(data[family]) for family in DRAFT] == [1, 1, 1, 1, 1], data["rejected"]


def put(*path: Any) -> Callable[[dict[str, Any]], None]:
    """A lie: the last of `path` put where the rest leads."""

    def lie(data: dict[str, Any]) -> None:
        for step in path[:-2]:
            data = data[step]
        data[path[-2]] = path[-1]

    return lie


@pytest.mark.parametrize(
    "lie",
    [
        put("schema", "summarise/2"),
        put("article", "sha256", "0" * 64),
        put("article", "characters", 1),
        put("article", "text", "another"),
        put("extra", {}),
        put("actors", 0, "name", "Ana Row"),
        put("actors", 0, "kind", "none"),
        put("actors", 0, "confidence", 1.5),
        put("actors", 0, "spans", "name", [0, 7]),
        put("actors", 0, "mentions", 0, [0, 10_000]),
        put("actors", 0, "role", None),
        put("numbers", 0, "qualifier", "roughly"),
        put("numbers", 0, "spans", "counts", [5, 5]),
        put("stances", 0, "polarity", "none"),
        put("stances", 0, "quote", "We want"),
        put("locations", 0, "evidence", None),
        put("gist", 0, "confidence", 0.5),
        put("coverage", "sentences_read", 99),
        put("coverage", "complete", False),
        put("notes", [{"field": "stances", "index": 1, "check": "polarity", "message": "open"}]),
        put("notes", [{"field": "stances", "index": 0, "check": "polarity", "message": ""}]),
        put("notes", [{"field": "stances", "index": 0}]),
        put("rejected", [{"field": "actors", "item": {}, "issues": []}]),
    ],
)
def test_one_lie_breaks_it(data: dict[str, Any], lie: Callable[[dict[str, Any]], None]) -> None:
    told = copy.deepcopy(data)
    lie(told)
    assert list(breaches(told, TEXT))
