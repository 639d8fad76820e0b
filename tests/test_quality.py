"""The rules of the quality benchmark: what matches and what does not; labels without strings are whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labels import BARE, FIELDS, read_labels, split_of, strip
from benchmarks.matching import fold, forms, match, pair, token_f1
from benchmarks.quality import judge
from benchmarks.quality_report import f1, interval, write_table


def actor(name: str, *aliases: str) -> dict[str, Any]:
    return {"name": name, "aliases": list(aliases), "kind": "person"}


def stance(holder: str, polarity: str = "for", evidence: str = "She praised the plan.") -> dict[str, Any]:
    return {"holder": holder, "target": "the plan", "polarity": polarity, "evidence": evidence}


def number(start: int, end: int, value: float | None) -> dict[str, Any]:
    return {"spans": {"mention": [start, end]}, "value": value}


def test_names_match_by_any_form_and_only_once() -> None:
    true = [actor("Ana Reyes", "Reyes"), actor("the Norlund Copper Co.")]
    found = [actor("REYES"), actor("Ana Reyes"), actor("Norlund Copper Co"), actor("Norlund")]
    assert match("actors", found, true, []) in ({0: 0, 2: 1}, {1: 0, 2: 1})


@given(st.lists(st.sets(st.integers(0, 6), max_size=3), max_size=8))
def test_a_pairing_is_one_to_one_and_can_not_be_made_larger_by_order(edges: list[set[int]]) -> None:
    found, true = [{"i": i} for i in range(len(edges))], [{"j": j} for j in range(7)]
    pairs = pair(found, true, lambda a, b: b["j"] in edges[a["i"]])
    assert len(set(pairs.values())) == len(pairs)
    assert all(j in edges[i] for i, j in pairs.items())
    turned = pair(found[::-1], true, lambda a, b: b["j"] in edges[a["i"]])
    assert len(turned) == len(pairs)


def test_numbers_match_by_place_and_value() -> None:
    assert match("numbers", [number(5, 9, 10)], [number(7, 12, 10.0)], []) == {0: 0}
    assert match("numbers", [number(5, 9, 10)], [number(9, 12, 10)], []) == {}
    assert match("numbers", [number(5, 9, 10)], [number(5, 9, 11)], []) == {}
    assert match("numbers", [number(5, 9, None)], [number(5, 9, None)], []) == {0: 0}
    assert match("numbers", [number(5, 9, None)], [number(5, 9, 1)], []) == {}
    assert match("numbers", [number(0, 9, 2 / 3)], [number(0, 9, 0.6667)], []) == {0: 0}


def test_stances_match_by_holder_polarity_and_evidence() -> None:
    actors = [actor("Ana Reyes", "Reyes", "the union leader")]
    true = [stance("Ana Reyes")]
    assert match("stances", [stance("Reyes")], true, actors) == {0: 0}
    assert match("stances", [stance("union leader")], true, actors) == {0: 0}
    assert match("stances", [stance("union leader")], true, []) == {}
    assert match("stances", [stance("Ana Reyes", "against")], true, actors) == {}
    assert match("stances", [stance("Ana Reyes", evidence="The mine is closed.")], true, actors) == {}


def test_folding_leaves_case_articles_marks_and_space_out() -> None:
    assert fold(" The  U.S.\nNavy’s ") == "us navys"
    assert forms(actor("The", "Acme")) == {"acme"}
    assert token_f1("a b c", "a b d") == pytest.approx(2 / 3)
    assert token_f1("", "") == 0


def test_an_interval_holds_the_figure_and_shrinks_to_it() -> None:
    counts = np.array([[1, 2, 2], [2, 2, 3], [0, 1, 1], [4, 4, 4]])
    low, high = interval(counts)
    assert low <= f1(counts.sum(0)) <= high
    assert interval(np.array([[2, 4, 4]] * 5)) == (0.5, 0.5)


def test_the_table_counts_what_was_judged() -> None:
    text = "Ana Reyes praised the plan."
    labels = {field: [] for field in FIELDS} | {"actors": [actor("Ana Reyes")]}
    from benchmarks.labels import Labelled

    summary = {field: [] for field in FIELDS} | {
        "actors": [{**actor("Reyes", "Ana Reyes"), "confidence": 0.9}, {**actor("Plan"), "confidence": 0.4}],
        "rejected": [{}],
    }
    judged = judge({"id": "a-1", "seconds": 2.0, "summary": summary}, Labelled("a-1", text, labels))
    assert judged["counts"]["actors"] == (1, 2, 1)
    assert judged["confidence"] == [("actors", 0.9, True), ("actors", 0.4, False)]
    table = write_table({"adapter": [judged]})
    assert "| actors | adapter | 0.500 | 1.000 | 0.667 |" in table
    assert "| adapter | 1 | 2.00 | 0.333 | 1.000 of 1 | – |" in table


def test_bare_labels_hold_no_words_of_an_article() -> None:
    allowed = {
        "person", "organisation", "government", "group", "for", "against", "neutral",
        "exact", "about", "at_least", "at_most", "range",
    }  # fmt: skip
    rows = [json.loads(line) for line in BARE.read_text("utf-8").splitlines()]
    assert len(rows) == 170
    assert {split_of(row["id"]) for row in rows} == {"train", "dev", "test"}
    for row in rows:
        for field in FIELDS:
            for item in row[field]:
                strings = {v for v in item.values() if isinstance(v, str)}
                assert strings <= allowed


def test_bare_labels_are_the_labels(shared_data: Path) -> None:
    full = {
        row["id"]: row
        for row in map(
            json.loads, (shared_data / "labels/wikinews-2019.jsonl").read_text("utf-8").splitlines()
        )
    }
    bare = {row["id"]: row for row in map(json.loads, BARE.read_text("utf-8").splitlines())}
    assert bare == {i: strip(row, bare[i]["url"]) for i, row in full.items()}
    for article in read_labels(shared_data, "dev"):
        for field in FIELDS:
            for got, expected in zip(article.labels[field], full[article.id][field], strict=True):
                for name, value in expected.items():
                    if name == "unit":
                        continue  # may be words of the article
                    mine = got.get(name)
                    if isinstance(value, str):
                        assert " ".join(str(mine).split()) == " ".join(value.split())
                    else:
                        assert mine == value or (name == "aliases" and len(mine) == len(value))
