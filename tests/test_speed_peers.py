"""What every peer is given is one task; what counts as an answer; how a process tells of itself."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import benchmarks.peers.__main__ as command
from benchmarks.peers import PEERS, Peer
from benchmarks.peers.measured import Measured, cut_of, peak_mib, tell
from benchmarks.peers.task import MOST, Answer, Task, judge, make_task, render_prompt
from benchmarks.speed_floor import best_of, better_dtype, least_seconds, pass_seconds, weights_of
from benchmarks.speed_own import Watch, in_shape
from speed_made import CONFIG, floor

ROOT = Path(__file__).parent.parent
TEMPLATE = (
    "{% for m in messages %}"
    "{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
GOOD = {
    "gist": ["A ferry ran aground."],
    "actors": [{"name": "Ana Roe", "kind": "person", "role": "mayor"}],
    "numbers": [{"mention": "214", "counts": "people"}],
    "locations": [{"name": "Orla Island"}],
    "stances": [{"holder": "Ana Roe", "polarity": "for", "target": "an inquiry"}],
}


@pytest.fixture
def task(tmp_path: Path) -> Task:
    (tmp_path / "chat_template.jinja").write_text(TEMPLATE, "utf-8")
    return make_task("Kari & <Lund>", tmp_path, None, most_tokens=64, seconds=3.5, threads=2, dtype="float32")


def test_an_answer_counts_when_it_is_whole_and_fits() -> None:
    whole = json.dumps(GOOD)
    found = judge(whole)
    assert (found.complete, found.valid, found.items) == (True, True, 5)
    for end in range(len(whole)):
        assert not judge(whole[:end]).complete
    assert not judge(whole + " and so on").complete
    assert not judge('{"gist": [').valid


@pytest.mark.parametrize(
    "change",
    [
        {"gist": []},
        {"gist": ["a", "b", "c", "d"]},
        {"actors": [{"name": "Ana", "kind": "robot", "role": ""}]},
        {"numbers": [{"mention": 214, "counts": "people"}]},
        {"more": 1},
    ],
)
def test_json_of_another_shape_is_complete_but_not_valid(change: dict[str, Any]) -> None:
    found = judge(json.dumps(GOOD | change))
    assert found.complete and not found.valid
    assert not judge("[1]").valid


def test_the_schema_holds_strings_in_lists_that_end() -> None:
    schema = Answer.model_json_schema()
    for name, field in schema["properties"].items():
        assert field["type"] == "array" and field["minItems"] == 1 and field["maxItems"] == MOST[name]
    for item in schema["$defs"].values():
        assert item["additionalProperties"] is False
        assert {field["type"] for field in item["properties"].values()} == {"string"}
        assert set(item["required"]) == set(item["properties"])


def test_the_prompt_is_the_article_in_the_chat_markup(task: Task) -> None:
    assert task.prompt == render_prompt("Kari & <Lund>", TEMPLATE)
    assert task.prompt.startswith("<|im_start|>user\n") and task.prompt.count("Kari & <Lund>") == 1
    assert task.prompt.endswith("<|im_end|>\n<|im_start|>assistant\n")
    assert all(name in task.prompt for name in MOST)
    assert Task.from_json(task.to_json()) == task


def test_a_peer_that_is_not_there_is_skipped_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(PEERS, "missing", Peer("words", "no-such-package-at-all", "1", "missing"))
    command.main("missing")
    assert json.loads(capsys.readouterr().out) == {"skipped": "no-such-package-at-all is not installed"}


def test_without_a_gguf_file_llama_is_skipped_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], task: Task
) -> None:
    monkeypatch.setattr(command, "version", lambda package: "1.0")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(read=task.to_json))
    command.main("llama.cpp")
    assert "--gguf" in json.loads(capsys.readouterr().out)["skipped"]


def test_every_peer_has_its_module_and_its_pin() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    pins = {*extras["peers"], "guidance==0.3.1"}  # guidance goes in by hand: see speed.md
    for peer in PEERS.values():
        assert f"{peer.package}=={peer.version}" in pins
        text = (ROOT / "benchmarks" / "peers" / f"{peer.module}.py").read_text("utf-8")
        assert "def measure(task: Task) -> Measured:" in text


def test_a_call_is_parted_at_the_end_of_its_first_pass() -> None:
    measured = Measured()
    measured.part(10.0, [12.0, 12.5, 13.0], 14.0)
    assert measured.seconds == {"prefill": 2.0, "decode": 2.0} and measured.passes == 3
    measured.part(10.0, [], 11.0)
    assert measured.seconds == {"prefill": 1.0, "decode": 0.0} and measured.passes == 0
    assert [cut_of(9, 9, False), cut_of(8, 9, False), cut_of(9, 9, True)] == ["tokens", "seconds", None]


def test_a_process_tells_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    measured = Measured(tokens=3)
    with measured.phase("load"), measured.phase("load"):
        pass
    tell(measured, version="1")
    told = json.loads(capsys.readouterr().out)
    assert told["tokens"] == 3 and told["version"] == "1" and told["seconds"]["load"] >= 0
    assert 5 < told["peak_mib"] <= peak_mib()


def test_of_our_summary_the_same_part_is_judged() -> None:
    def many(count: int, **fields: Any) -> list[Any]:
        return [SimpleNamespace(**fields)] * count

    summary = SimpleNamespace(
        gist=many(2, text="A."),
        actors=many(20, name="Ana", kind="person", role=None),
        numbers=many(20, mention="3", counts=None),
        locations=many(1, name="Lima"),
        stances=many(1, holder="Ana", polarity="against", target="it"),
    )
    found = judge(in_shape(summary))
    assert found.valid and found.items == 2 + 8 + 8 + 1 + 1
    summary.locations = []
    assert not judge(in_shape(summary)).valid


def test_what_a_model_does_is_counted_and_then_left_alone() -> None:
    class Model:
        def read(self, fixed: list[int], article: list[int]) -> str:
            return "prefix"

        def step(self, rows: list[Any], tokens: list[list[int]], asked: list[Any]) -> str:
            return "scores"

    model, pipeline = Model(), SimpleNamespace(check_draft=lambda article, draft: "judged")
    before = model.read, model.step, pipeline.check_draft
    with Watch(model, pipeline) as watch:
        assert model.read([1, 2], [3, 4, 5]) == "prefix"
        assert model.step([0], [[1], [2, 3]], []) == "scores" == model.step([0], [[1]], [])
        assert pipeline.check_draft(1, 2) == "judged"
    assert (watch.calls, watch.shown, watch.prompt_tokens, watch.fixed_tokens) == (2, 4, 3, 2)
    assert set(watch.seconds) == {"prefill", "check"} and min(watch.seconds.values()) >= 0
    assert (model.read, model.step, pipeline.check_draft) == before


def test_the_floor_is_the_products_or_the_reading_of_the_weights() -> None:
    weights = weights_of(CONFIG)
    assert weights == 30 * (3 * 576 * 1536 + 2 * 576 * 576 + 2 * 576 * 192)
    slow, wide = floor(gflops=100, memory=1e9), floor(gflops=1e9, memory=20)
    assert pass_seconds(CONFIG, slow, "float32", 512) == pytest.approx(2 * 512 * weights / 1e11)
    assert pass_seconds(CONFIG, slow, "float32", 2048) == pytest.approx(2 * 2048 * weights / 1e11)
    assert pass_seconds(CONFIG, slow, "float32", 64) == pytest.approx(2 * 64 * weights / 1e11)
    assert pass_seconds(CONFIG, wide, "float32", 1) == pytest.approx(4 * weights / 20e9)
    assert pass_seconds(CONFIG, wide, "bfloat16", 1) == pytest.approx(2 * weights / 20e9)
    prompt, steps, dtype = least_seconds(CONFIG, slow, prompt_tokens=1000, passes=10, shown=320)
    assert dtype == "float32" and prompt == pytest.approx(2 * 1000 * weights / 1e11)
    assert steps == pytest.approx(10 * 2 * 32 * weights / 1e11)
    assert least_seconds(CONFIG, slow, prompt_tokens=10, passes=0, shown=0)[1] == 0
    assert better_dtype(CONFIG, slow) == "float32" and better_dtype(CONFIG, wide) == "bfloat16"


def test_of_several_floors_the_best_rates_count() -> None:
    best = best_of([floor(gflops=100, memory=5), floor(gflops=50, memory=20)])
    assert best["memory"] == 20 and best["rates"]["float32"]["576x576"][0] == 100
