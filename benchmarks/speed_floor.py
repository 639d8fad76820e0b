"""The least that a processor needs for a model: its matrix rate, its memory rate, and what follows from them.

`python -m benchmarks.speed_floor` measures: `rows` and `shapes` as JSON on standard input, one JSON line
back. The floor counts the products of a network's layers, and one reading of their weights for each pass. It
leaves out attention, norms, the choice among tokens and all of Python.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

ROWS = (1, 16, 32, 128, 512)
DTYPES = {"float32": 4, "bfloat16": 2}
"""What is measured, and the bytes of a weight."""

Config = Mapping[str, Any]
Record = dict[str, Any]


def shapes_of(config: Config) -> list[list[int]]:
    """[inner, outer] of the products that are measured, for a config.json of a Llama-like model."""
    width = config["hidden_size"]
    return [[width, config["intermediate_size"]], [width, width], [width, config["vocab_size"]]]


def layer_of(config: Config) -> list[tuple[int, int, int]]:
    """(inner, outer, how many) of a layer's matrices; inner × outer as measured, whichever way round."""
    width, heads = config["hidden_size"], config["num_attention_heads"]
    head = config.get("head_dim") or width // heads
    keys = head * config["num_key_value_heads"]
    return [
        (width, config["intermediate_size"], 3),
        (width, head * heads, 2),
        (width, keys, 2),
    ]


def weights_of(config: Config) -> int:
    """How many weights the matrices of all layers hold."""
    return int(config["num_hidden_layers"] * sum(a * b * many for a, b, many in layer_of(config)))


def best_of(records: Sequence[Record]) -> Record:
    """The best of several measurements: highest rates."""
    rates = {
        dtype: {
            shape: [max(r["rates"][dtype][shape][i] for r in records) for i in range(len(ROWS))]
            for shape in records[0]["rates"][dtype]
        }
        for dtype in records[0]["rates"]
    }
    return {"rates": rates, "memory": max(record["memory"] for record in records)}


def pass_seconds(config: Config, floor: Record, dtype: str, rows: float) -> float:
    """The least seconds of one pass over so many tokens: its products, or the reading of all weights.

    Between the measured numbers of rows the seconds are interpolated, above them they go with the rows.
    """
    wide, square, _ = ([a, b] for a, b in shapes_of(config))
    products = 0.0
    for inner, outer, many in layer_of(config):
        measured = wide if outer == wide[1] else square
        rates = np.array(floor["rates"][dtype][f"{measured[0]}x{measured[1]}"]) * 1e9
        seconds = 2.0 * inner * outer * np.array(ROWS) / rates
        one = float(np.interp(rows, ROWS, seconds)) if rows <= ROWS[-1] else seconds[-1] * rows / ROWS[-1]
        products += many * float(one)
    reading = weights_of(config) * DTYPES[dtype] / (floor["memory"] * 1e9)
    return float(max(config["num_hidden_layers"] * products, reading))


def least_seconds(
    config: Config, floor: Record, *, prompt_tokens: int, passes: int, shown: int
) -> tuple[float, float, str]:
    """The least seconds for reading a prompt and for the passes behind it, in the better dtype, and which."""

    def both(dtype: str) -> tuple[float, float]:
        steps = passes * pass_seconds(config, floor, dtype, shown / passes) if passes else 0.0
        return pass_seconds(config, floor, dtype, prompt_tokens), steps

    dtype = min(DTYPES, key=lambda name: sum(both(name)))
    return (*both(dtype), dtype)


def better_dtype(config: Config, floor: Record) -> str:
    """In which dtype a long prompt is read sooner."""
    return min(DTYPES, key=lambda dtype: pass_seconds(config, floor, dtype, ROWS[-1]))


def measure(shapes: Sequence[Sequence[int]], rows: Sequence[int], best: int = 5) -> Record:
    """GFLOP/s by dtype, shape and rows, and GB/s of a streaming read: the best of so many tries each."""
    import torch

    rates: dict[str, dict[str, list[float]]] = {dtype: {} for dtype in DTYPES}
    with torch.inference_mode():
        for dtype in DTYPES:
            kind = getattr(torch, dtype)
            for inner, outer in shapes:
                weight = torch.randn(outer, inner).to(kind)
                found = rates[dtype][f"{inner}x{outer}"] = []
                for count in rows:
                    given = torch.randn(count, inner).to(kind)
                    work = 2.0 * count * inner * outer
                    found.append(work / _quickest(lambda g=given, w=weight: g @ w.T, best) / 1e9)  # type: ignore[misc]
        large = torch.ones(1 << 26)  # 256 MiB: more than any cache holds
        memory = large.nbytes / _quickest(large.sum, best) / 1e9
    return {"rates": rates, "memory": memory, "torch": torch.__version__.partition("+")[0]}


def _quickest(call: Callable[[], Any], best: int) -> float:
    """Seconds of the quickest of `best` tries, each of at least 20 ms of calls."""
    call()
    times = 1
    while True:
        began = time.perf_counter()
        for _ in range(times):
            call()
        spent = time.perf_counter() - began
        if spent >= 0.02:
            break
        times *= 2
    tries = [spent / times]
    for _ in range(best - 1):
        began = time.perf_counter()
        for _ in range(times):
            call()
        tries.append((time.perf_counter() - began) / times)
    return min(tries)


def main() -> None:
    """Reads what to measure, measures, tells."""
    task = json.loads(sys.stdin.read())
    print(json.dumps(measure(task["shapes"], task["rows"])))


if __name__ == "__main__":
    main()
