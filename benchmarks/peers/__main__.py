"""`python -m benchmarks.peers NAME`: measures one peer once; the task comes on standard input."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from benchmarks.peers import PEERS
from benchmarks.peers.measured import tell
from benchmarks.peers.task import Task


def main(name: str) -> None:
    """One JSON line: what was measured, or `skipped` with a word."""
    peer = PEERS[name]
    try:
        found = version(peer.package)
    except PackageNotFoundError:
        print(json.dumps({"skipped": f"{peer.package} is not installed"}))
        return
    task = Task.from_json(sys.stdin.read())
    if not peer.transformers and task.gguf is None:
        print(json.dumps({"skipped": "there is no GGUF file, give --gguf"}))
        return
    measured = import_module(f"benchmarks.peers.{peer.module}").measure(task)
    tell(measured, version=found)


if __name__ == "__main__":
    main(sys.argv[1])
