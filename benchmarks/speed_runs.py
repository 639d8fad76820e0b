"""Runs measurements in processes of their own, and keeps what they say in a JSON Lines file.

A line is {"key": [...], ...}; what stands in the file is not run again, so a benchmark that was stopped goes
on. What failed or was skipped is tried again. Judges nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
Record = dict[str, Any]
Key = tuple[str | int, ...]


class Kept:
    """The lines of one file that belong to one setting; lines of other settings are left alone.

    setting: a hash of whatever the figures depend on beside the machine.
    """

    def __init__(self, file: Path, setting: str) -> None:
        self.file, self.setting = file, setting
        self.records: dict[Key, Record] = {}
        lines = file.read_text("utf-8").splitlines() if file.is_file() else []
        for line in lines:
            record = _read(line)
            if record is not None and record["setting"] == setting:
                self.records[tuple(record["key"])] = record

    def get(self, key: Key, run: Callable[[], Record]) -> Record:
        """The record of `key`: from the file, else from `run`, and then in the file."""
        known = self.records.get(key)
        if known is not None and not {"failed", "skipped"} & known.keys():
            return known
        record = {"key": list(key), "setting": self.setting, **run()}
        self.records[key] = record
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="utf-8") as out:
            print(json.dumps(record, ensure_ascii=False), file=out, flush=True)
        return record

    def of(self, *begin: str | int) -> list[Record]:
        """The records whose key begins so, by key."""
        found = [key for key in self.records if key[: len(begin)] == begin]
        return [self.records[key] for key in sorted(found, key=lambda key: [str(part) for part in key])]


def _read(line: str) -> Record | None:
    """A line's record; None for one that was cut when its writer was killed."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and {"key", "setting"} <= record.keys() else None


def run_module(
    command: Sequence[str], task: str, *, threads: int, limit: float | None = None, python: str | None = None
) -> Record:
    """What `python -m COMMAND` answers to `task` on its standard input: the JSON of its last line.

    limit: seconds after which it is killed. {"failed": why} when no answer came; its whole stderr then goes
    to ours.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        "OMP_NUM_THREADS": str(threads),
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
    }
    try:
        done = subprocess.run(
            [python or sys.executable, "-m", *command],
            input=task,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=ROOT,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"took more than {limit:.0f} s"}
    said = done.stdout.strip().splitlines()
    record = None
    if done.returncode == 0 and said:
        record = _object(said[-1])
    if record is None:
        print(done.stderr, file=sys.stderr)
        return {"failed": _reason(done.stderr, done.returncode)}
    return record


def _object(line: str) -> Record | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _reason(stderr: str, code: int) -> str:
    """The kind of the error alone: its text may hold paths."""
    last = stderr.strip().splitlines()[-1:] or [""]
    kind = last[0].partition(":")[0]
    named = all(part.isidentifier() for part in kind.split("."))
    return kind.rpartition(".")[2] if named else f"exit code {code}"


def run_cold(command: Sequence[str], *, threads: int) -> Record:
    """Wall seconds of a Python process from start to end, and its peak memory."""
    environment: Mapping[str, str] = {**os.environ, "OMP_NUM_THREADS": str(threads), "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    assert process.stdout is not None
    answer = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return {"failed": f"exit code {process.returncode}"}
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {"wall": time.perf_counter() - began, "peak_mib": peak, "bytes": len(answer)}
