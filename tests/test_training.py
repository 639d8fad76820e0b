"""Training sees what inference sees: the same prompt, grammar and schema, and gold that the check accepts."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from fakes import BYTES, choose_along, fill, first_scores, save_tiny
from summarise.asking import put_questions
from summarise.check import check_draft
from summarise.draft import Draft
from summarise.families import read_families
from summarise.gold import write_answer
from summarise.model import LocalModel, load_model
from summarise.prompt import read_prompt
from summarise.skeleton import lay_out
from training import train
from training.examples import Builder, Example, part_rows
from training.labels import Labelled, align, read_labelled
from training.losses import choice_logits, corrupt, weigh
from training.train import Training

HERE = Path(__file__).parent
FAMILIES = read_families(Draft)
CONFIG: dict[str, Any] = {
    "seed": 1,
    "prompt": "labels-1",
    "window": 100_000,
    "adapter": {"rank": 2, "alpha": 4, "dropout": 0.0, "targets": ["q_proj", "down_proj"]},
    "training": {
        "epochs": 3,
        "partial": 0,
        "written": 0,
        "learning_rate": 1e-2,
        "warmup": 0.3,
        "decay": 0.3,
        "least_rate": 0.1,
        "weight_decay": 0.0,
        "clip": 1.0,
        "tokens": 1,
        "noise": 0.2,
    },
    "weights": {"kind": 1.0},
}


def ferry(window: int = 100_000, model: Any = BYTES) -> tuple[Labelled, list[Example], Builder]:
    """Our own labelled article, and its examples."""
    text = (HERE / "articles/ferry.txt").read_text("utf-8")
    labels = json.loads((HERE / "labels/ferry.json").read_text("utf-8"))
    for items in labels.values():
        for item in items:
            evidence = text.index(item.get("evidence", item.get("text")))
            item["spans"] = {}
            for name, value in item.items():
                if isinstance(value, str) and value in text:
                    at = text.find(value, evidence)
                    item["spans"][name] = [at, at + len(value)]
    labelled = align("ferry", text, labels)
    builder = Builder(model.tokens, read_prompt("labels-1"), FAMILIES, window)
    return labelled, list(builder.build(labelled)), builder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> LocalModel:
    return load_model(save_tiny(tmp_path_factory.mktemp("tiny"), "llama"), "tiny", device="cpu")


def hold_gold(labelled: Labelled, builder: Builder) -> tuple[int, int]:
    """The real matcher takes the gold answer byte by byte; how many items, and how many the check rejects."""
    items: dict[str, list[dict[str, Any]]] = {family.name: [] for family in FAMILIES}
    for question in put_questions(
        BYTES.tokens, builder.prompt, labelled.article, labelled.sentences, FAMILIES, 100_000, "proposals"
    ):
        for family in FAMILIES:
            own = builder._placed(family, question.proposals, labelled.items[family.name])
            sound = [{k: v for k, v in item.items() if k != "unknown"} for item in own]
            answer = write_answer(family, question.proposals, sound)
            kept, text, _ = fill(lay_out(family, question.proposals), choose_along(answer))
            assert text == answer
            items[family.name] += [answered.item for answered in kept]
    judgement = check_draft(labelled.article, labelled.sentences, Draft.model_validate(items))
    return sum(map(len, items.values())), len(judgement.rejected)


def test_gold_is_admitted_byte_by_byte_and_survives_the_check() -> None:
    labelled, _, builder = ferry()
    items, rejected = hold_gold(labelled, builder)
    assert items >= 12
    assert rejected == 0
    assert {i["name"] for i in labelled.items["actors"]} >= {"Ingrid Solheim", "Kestrel Lines"}
    assert not labelled.lost["stances"]


@pytest.mark.slow
def test_labels_of_others_are_admitted_and_survive_the_check(shared_data: Path) -> None:
    _, _, builder = ferry()
    counts = [hold_gold(labelled, builder) for labelled in list(read_labelled(shared_data, "dev"))[:8]]
    items, rejected = (sum(values) for values in zip(*counts, strict=True))
    assert items > 200
    # the check's own false alarms, about one leaf in a hundred (benchmarks/faults.md), three leaves an item
    assert rejected <= 0.04 * items


def test_an_example_is_the_prefix_and_the_rows_that_inference_would_read() -> None:
    labelled, (example,), builder = ferry()
    (question,) = put_questions(
        BYTES.tokens, builder.prompt, labelled.article, labelled.sentences, FAMILIES, 100_000, "proposals"
    )
    prefix = [*question.fixed, *question.shared]
    assert example.ids[: len(prefix)].tolist() == prefix
    assert len(example.starts) == len(FAMILIES)
    for start, asked in zip(example.starts, question.asked, strict=True):
        assert example.ids[start : start + len(asked)].tolist() == list(asked)
    ends = [*example.starts[1:], len(example.ids)]
    for start, end, family in zip(example.starts, ends, FAMILIES, strict=True):
        row = [c for c in example.choices if start <= c.at < end]
        assert {c.family for c in row} == {family.name}
        for choice in row:
            assert len(choice.allowed) > 1
            # what the labels take is what follows, save after the last choice, where the row ends
            taken = choice.allowed[choice.target]
            assert choice.at + 1 == end or example.ids[choice.at + 1] == taken


def test_windows_own_every_item_once() -> None:
    labelled, (whole,), _ = ferry()
    _, parts, _ = ferry(window=1200)
    assert len(parts) > 1
    labels = [
        sorted(
            (c.family, c.key, bytes(c.allowed[c.target])) for e in es for c in e.choices if c.field == "label"
        )
        for es in ([whole], parts)
    ]
    assert labels[0] == labels[1]
    assert labelled.items["gist"]


def test_parted_rows_are_the_same_rows() -> None:
    _, (whole,), _ = ferry()
    parts = part_rows(whole, whole.starts[2] + 100)
    assert len(parts) > 1
    assert sum(len(part.starts) for part in parts) == len(whole.starts)
    prefix = whole.starts[0]
    rows = np.concatenate([part.ids[prefix:] for part in parts])
    assert np.array_equal(rows, whole.ids[prefix:])
    for part in parts:
        assert np.array_equal(part.ids[:prefix], whole.ids[:prefix])
    taken = [c.allowed[c.target] for part in parts for c in part.choices if c.at + 1 < len(part.ids)]
    follow = [part.ids[c.at + 1] for part in parts for c in part.choices if c.at + 1 < len(part.ids)]
    assert sum(a != b for a, b in zip(taken, follow, strict=True)) <= len(whole.starts)
    assert part_rows(whole, 10**6)[0].starts == whole.starts


def test_packed_rows_see_what_inference_sees(tiny: LocalModel) -> None:
    from training import packing

    _, (example,), _ = ferry(model=tiny)
    prefix = example.ids[: example.starts[0]].tolist()
    ends = [*example.starts[1:], len(example.ids)]
    rows = [example.ids[s:e].tolist() for s, e in zip(example.starts, ends, strict=True)]
    expected = first_scores(tiny, [], prefix, rows)
    tiny.network.config._attn_implementation, before = packing.NAME, tiny.network.config._attn_implementation
    with torch.inference_mode():
        logits = choice_logits(tiny.network, torch.from_numpy(example.ids.astype(np.int64)), example).numpy()
    tiny.network.config._attn_implementation = before
    last = {c.at: i for i, c in enumerate(example.choices)}
    for row, end in enumerate(ends):
        np.testing.assert_allclose(logits[last[end - 1]], expected[row], atol=2e-4)


def test_noise_changes_labels_alone_and_unknown_weighs_nothing() -> None:
    _, (example,), _ = ferry()
    whole = {int(c.allowed[c.target]) for c in example.choices}
    noisy = corrupt(example, 0.5, whole, np.random.default_rng(1)).numpy()
    changed = set(np.flatnonzero(noisy != example.ids))
    labels = {c.at + 1 for c in example.choices if c.field in ("kind", "label", "polarity") and c.key}
    assert changed
    assert changed <= labels
    assert np.array_equal(corrupt(example, 0.0, whole, np.random.default_rng(1)).numpy(), example.ids)
    weights = weigh(example.choices, {"kind": 1.0}).tolist()
    unknown = [w for w, c in zip(weights, example.choices, strict=True) if not c.known]
    assert unknown
    assert set(unknown) == {0.0}
    assert {w for w, c in zip(weights, example.choices, strict=True) if c.known} == {0.5, 1.0}


def test_a_run_that_is_cut_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "tiny", "llama")

    def start(out: Path) -> Training:
        out.mkdir(exist_ok=True)
        model = load_model(folder, "tiny", device="cpu")
        _, examples, _ = ferry(model=model)
        return Training(CONFIG, model, [(examples, 3)], examples, out)

    whole = start(tmp_path / "whole")
    assert len(whole.plan) == 3
    losses = [whole.update()["losses"] for _ in whole.plan]
    first = start(tmp_path / "cut")
    assert first.update()["losses"] == losses[0]
    first.save()
    again = start(tmp_path / "cut")
    assert again.done == 1
    assert [again.update()["losses"] for _ in range(2)] == losses[1:]
    assert whole.evaluate() == again.evaluate()
    assert losses[2]["actors.kind"] < losses[0]["actors.kind"]


def test_the_command_goes_on_until_the_plan_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out, config = save_tiny(tmp_path / "tiny", "llama"), tmp_path / "run", tmp_path / "config.toml"
    monkeypatch.setattr(train, "read_labelled", lambda data, split: [ferry()[0]])
    monkeypatch.setattr(train, "read_partial", lambda data: [ferry()[0]])
    monkeypatch.setattr(train, "read_written", lambda: [ferry()[0]])
    recipe = train.__file__.replace("train.py", "config.toml")
    config.write_text(Path(recipe).read_text("utf-8").replace("tokens = 4000", "tokens = 1"), "utf-8")
    command = ["--data", str(tmp_path), "--out", str(out), "--model", str(folder), "--config", str(config)]

    assert train.main([*command, "--minutes", "0"]) == 0
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]
    assert [set(line) for line in lines] == [{"update", "dev"}]
    assert train.main(command) == 0
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]
    updates = [line for line in lines if "losses" in line]
    settings = tomllib.loads(config.read_text("utf-8"))["training"]
    assert [line["update"] for line in updates] == list(range(1, updates[0]["of"] + 1))
    assert len(updates) % (settings["epochs"] + settings["written"] + settings["partial"]) == 0
    assert "dev" in lines[-1]
    assert train.main(command) == 0
    assert len((out / "log.jsonl").read_text("utf-8").splitlines()) == len(lines) + 1
    thresholds = json.loads((out / "thresholds.json").read_text("utf-8"))
    assert set(thresholds) == {"gist", "actors", "locations", "stances"}
    assert {p.name for p in (out / "adapter").iterdir()} >= {"adapter_model.safetensors"}
    assert (out / "steady.pt").is_file()
