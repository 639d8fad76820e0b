"""`python -m benchmarks.speed`: who runs when, what a run that was stopped still does, what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import speed
from benchmarks.peers.task import Task
from speed_made import CONFIG, floor, measured

TASK = Task("m", None, "p", "w", {}, 64, 3.5, 2, "float32")
ANSWER = json.dumps(
    {
        "gist": ["A."],
        "actors": [{"name": "A", "kind": "person", "role": ""}],
        "numbers": [{"mention": "1", "counts": ""}],
        "locations": [{"name": "B"}],
        "stances": [{"holder": "A", "polarity": "for", "target": "it"}],
    }
)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was run, in order; nothing is really measured. xgrammar breaks, outlines is not there."""
    calls: list[str] = []

    def run_module(command: list[str], task: str, **options: Any) -> dict[str, Any]:
        name = command[-1].removeprefix("benchmarks.")
        if name == "speed_own":
            given = json.loads(task)
            name = f"own {given['rows']} x {len(given['texts'][0])}"
        calls.append(name)
        if name == "speed_floor":
            return floor()
        if name in ("outlines", "xgrammar"):
            return {"skipped": "not there"} if name == "outlines" else {"failed": "ValueError"}
        cut = name == "guidance"
        record = measured(wall=2.0, answer=ANSWER[: -1 if cut else None], cut="tokens" if cut else None)
        del record["key"], record["valid"]
        return record

    def run_cold(command: list[str], **options: Any) -> dict[str, Any]:
        calls.append("torch" if "import torch" in command else "cold")
        return {"wall": 3.0, "peak_mib": 500.0}

    monkeypatch.setattr(speed, "run_module", run_module)
    monkeypatch.setattr(speed, "run_cold", run_cold)
    return calls


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    """Options that name a folder of weights, one article, and where results go."""
    (tmp_path / "config.json").write_text(json.dumps(CONFIG), "utf-8")
    (tmp_path / "chat_template.jinja").write_text("{{ messages[0]['content'] }}", "utf-8")
    (tmp_path / "article.txt").write_text("Ana Roe went to Lima on Monday.", "utf-8")
    folders = ["--weights", str(tmp_path), "--out", str(tmp_path / "out")]
    return [*folders, "--article", str(tmp_path / "article.txt"), "--lengths", "", "--together", ""]


def test_systems_take_turns_and_a_run_that_was_stopped_goes_on(
    ran: list[str], given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    given += ["--peers", "llama.cpp,xgrammar,outlines,guidance"]
    assert speed.main([*given, "--rounds", "1"]) == 0
    own, before = "own 1 x 31", ["speed_floor", "cold", "torch"]
    assert ran == [*before, own, "llama.cpp", "xgrammar", "outlines", "guidance"]
    ran.clear()
    assert speed.main([*given, "--rounds", "2", "--seconds-limit", "9"]) == 0
    again = ["xgrammar", "outlines"]  # what gave no figure is tried again
    assert ran == [*again, *before, "llama.cpp", "xgrammar", "outlines", "guidance", own]
    page = capsys.readouterr().out
    assert "medians of 2 rounds" in page and "outlines: not there; xgrammar: ValueError" in page
    assert "no: cut by tokens" in page and "| llama.cpp | 1.0 |" in page


def test_growth_stops_where_it_would_take_too_long(
    ran: list[str], given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--rounds", "0", "--peers", "none", "--lengths", "1000,2000,9000", "--together", "2"]
    assert speed.main([*given, *options, "--growth-limit", "5"]) == 0
    assert [name.split(" x ")[0] for name in ran] == ["own 1", "own 1", "own 2"]
    told = capsys.readouterr()
    assert "9000 characters would take 9 s: left out" in told.err
    assert "| 1,000 | 2.0 | 2.00 |" in told.out and "| 2 | 2.0 | 1.0 |" in told.out


def test_an_unknown_peer_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main(["--peers", "xgrammar,nobody"]) == 2
    assert "no peer is called nobody" in capsys.readouterr().err


def test_another_task_is_another_run() -> None:
    assert speed.setting_of(TASK) == speed.setting_of(replace(TASK))
    assert speed.setting_of(TASK) != speed.setting_of(replace(TASK, most_tokens=65))
    assert speed.setting_of(TASK) == speed.setting_of(replace(TASK, seconds=1.0))  # a run may go on with less


def test_lists_of_numbers_may_be_empty() -> None:
    options = speed.parse(["--lengths", "", "--together", "2,4"])
    assert options.lengths == [] and options.together == [2, 4]
