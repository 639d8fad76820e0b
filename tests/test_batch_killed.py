"""Batches that are killed at random moments: real processes and SIGKILL, through the real command line.

The model is a scripted one. What is killed is a child of one process that has imported everything, so
that fifty kills cost fifty short runs and not fifty starts.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

import summarise
from batches import ids_of, lines_of, write_jsonl
from summarise.batch.place import Place

TESTS = Path(__file__).parent
KILLS = 30  # for each of the two formats
ARTICLES = 14
LONGEST = 0.35  # seconds before a kill: a few articles


class Runner:
    """Runs `summarise batch` in processes that can be killed."""

    def __init__(self, folder: Path) -> None:
        paths = os.pathsep.join([str(Path(summarise.__file__).parent.parent), str(TESTS)])
        self.asked = folder / "asked"
        self._server = subprocess.Popen(
            [sys.executable, str(TESTS / "batches.py"), str(self.asked)],
            env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        (folder / "model").mkdir()
        self._words = ["--model", str(folder / "model")]

    def run(self, source: Path, out: Path, delay: float | None = None) -> int:
        """Ends with the exit code, -9 where it was killed after `delay` seconds; never killed without one."""
        assert self._server.stdin
        assert self._server.stdout
        self.asked.write_bytes(b"")
        words = ["batch", str(source), "-o", str(out), *self._words]
        self._server.stdin.write(json.dumps(words) + "\n")
        self._server.stdin.flush()
        child = int(self._server.stdout.readline())
        ended, _, _ = select.select([self._server.stdout], [], [], delay)
        if not ended:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(self._server.stdout.readline())

    def close(self) -> None:
        assert self._server.stdin
        self._server.stdin.close()
        self._server.wait()
        if self._server.stdout:
            self._server.stdout.close()


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    runner = Runner(tmp_path_factory.mktemp("runner"))
    yield runner
    runner.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    records = [{"id": f"n{n}", "text": f"Mayor {n} went to Lima with {n} aides."} for n in range(ARTICLES)]
    records[3]["text"] = ""
    records[9]["id"] = "n2"
    return write_jsonl(tmp_path / "in.jsonl", records)


def whole_lines(path: Path) -> list[bytes]:
    """The lines that were written to their end."""
    return (
        [line for line in path.read_bytes().splitlines(True) if line.endswith(b"\n")] if path.exists() else []
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
def test_a_batch_killed_at_random_moments_ends_as_if_it_had_not_been(
    runner: Runner, source: Path, tmp_path: Path, name: str
) -> None:
    expected = Place(tmp_path / f"whole-{name}")
    assert runner.run(source, expected.out) == 3
    chance = random.Random(f"kills of {name}")
    kills = attempt = 0
    while kills < KILLS:
        attempt += 1
        place = Place(tmp_path / f"{attempt}-{name}")
        for tries in range(1000):
            before = whole_lines(place.journal)
            longest = LONGEST * (1 + tries / 5)  # a slow machine must come to an end, too
            code = runner.run(source, place.out, chance.uniform(0, longest))
            assert code in (-9, 3)
            kills += code == -9
            after = whole_lines(place.journal)
            assert after[: len(before)] == before, "a finished article was lost"
            finished = {json.loads(line)["article"]["id"] for line in before}
            again = finished & set(runner.asked.read_text().split())
            assert not again, "a finished article was done again"
            assert len(after) == len({json.loads(line)["article"]["id"] for line in after}), "one is doubled"
            if place.is_table and place.out.exists():
                assert parquet.read_metadata(place.out).num_rows == ARTICLES - 2  # whole, or not there
            if code == 3:
                break
        assert place.journal.read_bytes() == expected.journal.read_bytes()
        assert place.failed.read_bytes() == expected.failed.read_bytes()
        assert place.out.read_bytes() == expected.out.read_bytes()
    assert len(lines_of(expected.failed)) + len(ids_of(expected.journal)) == ARTICLES


def test_a_lock_dies_with_its_run(runner: Runner, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert runner.run(source, out, 0.1) == -9
    assert runner.run(source, out) == 3
    assert len(ids_of(out)) == ARTICLES - 2


@pytest.mark.slow
@pytest.mark.model
def test_the_real_model_killed_in_the_middle_goes_on_to_the_same_bytes(
    model_folder: Path, tmp_path: Path
) -> None:
    assert model_folder.is_dir()
    texts = [f"Mayor {name} Roca went to Lima on Friday with 14 aides." for name in ("Ana", "Eva", "Ida")]
    source = write_jsonl(tmp_path / "in.jsonl", [{"id": str(n), "text": t} for n, t in enumerate(texts)])
    outs = [tmp_path / f"{name}.jsonl" for name in ("killed", "whole")]
    words = [
        sys.executable,
        "-m",
        "summarise",
        "batch",
        str(source),
        "--no-pull",
        "--quiet",
        "--rows",
        "1",
        "-o",
    ]
    child = subprocess.Popen([*words, str(outs[0])])
    while not whole_lines(outs[0]) and child.poll() is None:
        time.sleep(0.01)
    child.kill()
    assert child.wait() == -signal.SIGKILL
    before = whole_lines(outs[0])
    assert 1 <= len(before) < len(texts)
    for out in outs:
        assert subprocess.run([*words, str(out)], check=False).returncode == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert outs[0].read_bytes().startswith(b"".join(before))
