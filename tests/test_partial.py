"""Partly marked articles teach what they mark and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fakes import BYTES
from summarise.draft import Draft
from summarise.families import read_families
from summarise.prompt import read_prompt
from training.examples import Builder
from training.labels import ALSO, UNKNOWN, Labelled
from training.partial import read_partial

TEXT = (
    "Ana Reyes leaves Norlund Copper\n\n"
    "Monday, 3 June 2024\n\n"
    "The engineer Ana Reyes left Norlund Copper on Monday and moved from Lisbon to Norway, said Jo Lund. "
    "Police watched the Copper Festival."
)


def mark(words: str, label: str, *, named: bool = True, coref: str = "1") -> dict[str, Any]:
    start = TEXT.rindex(words)
    return {"start": start, "end": start + len(words), "label": label, "named": named, "coref": coref}


def read(tmp_path: Path) -> list[Labelled]:
    spans = [
        mark("The engineer Ana Reyes", "person"),
        mark("Norlund Copper", "organization", coref="2"),
        mark("Lisbon", "place", coref="3"),
        mark("Norway", "place", coref="4"),
        mark("the Copper Festival", "event", coref="5"),
        mark("Police", "organization", named=False, coref="6"),
    ]
    gum = {"id": "gum-1", "text": TEXT, "split": "train", "spans": spans, "salience": {"1": {"score": 3}}}
    until = TEXT.index(" and moved")
    spans = [{**s, "label": s["label"].upper()} for s in spans if s["end"] <= until]
    rest = {"id": "mt-1", "text": TEXT, "spans": spans, "exhaustive": ["entities"], "exhaustive_until": until}
    (tmp_path / "articles").mkdir()
    for name, rows in {
        "gum-news": [gum, {**gum, "split": "test"}],
        "meantime": [rest, {**rest, "exhaustive": []}],
    }.items():
        lines = "\n".join(map(json.dumps, rows))
        (tmp_path / f"articles/{name}.jsonl").write_text(lines, "utf-8")
    return list(read_partial(tmp_path))


def test_a_mark_is_a_set_of_labels(tmp_path: Path) -> None:
    gum, _ = read(tmp_path)
    actors = {item["name"]: item for item in gum.items["actors"]}
    places = {item["name"]: item for item in gum.items["locations"]}
    assert actors["Ana Reyes"]["kind"] == "person"
    assert (actors["Norlund Copper"]["kind"], actors["Norlund Copper"][ALSO]) == (
        "none",
        {"kind": ("organisation",)},
    )
    assert actors["Norway"][ALSO] == {"kind": ("government",)}
    assert "kind" in actors["Jo Lund"][UNKNOWN]
    assert places["Lisbon"]["label"] == places["Norway"]["label"] == "place"
    assert places["Ana Reyes"] == {"sentence": 1, "name": "Ana Reyes", "label": "none"}
    assert places["Jo Lund"][UNKNOWN] == ("label",)


def test_only_what_is_marked_exhaustively_is_read(tmp_path: Path) -> None:
    _, meantime = read(tmp_path)
    assert meantime.article.text == TEXT[: TEXT.index(" and moved")]
    assert {item["name"] for item in meantime.items["actors"]} == {"Ana Reyes", "Norlund Copper"}


def test_nothing_is_learned_of_what_is_open(tmp_path: Path) -> None:
    builder = Builder(BYTES.tokens, read_prompt("labels-1"), read_families(Draft), 100_000)
    for labelled in read(tmp_path):
        (example,) = builder.build(labelled)
        assert {choice.family for choice in example.choices} == {"actors", "locations"}
        labels = {c.key: c for c in example.choices if c.field == "kind" and c.key}
        assert labels["Ana Reyes"].known
        assert "Jo Lund" not in labels or not labels["Jo Lund"].known
        first = next(c for c in example.choices if c.key == "Norlund Copper" and c.field == "kind")
        begins = {
            BYTES.tokens.matching.decode_bytes([int(first.allowed[i])]) for i in (first.target, *first.also)
        }
        assert begins == {b"n", b"o"}
        assert not any(c.known for c in example.choices if c.field == "role")
