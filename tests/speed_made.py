"""Made-up records of the speed benchmark, as its processes write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.speed_floor import DTYPES, ROWS, shapes_of
from benchmarks.speed_runs import Kept

CONFIG = {
    "hidden_size": 576,
    "intermediate_size": 1536,
    "num_hidden_layers": 30,
    "num_attention_heads": 9,
    "num_key_value_heads": 3,
    "head_dim": 64,
    "vocab_size": 49152,
}


def measured(*key: Any, wall: float = 10.0, **more: Any) -> dict[str, Any]:
    """A record: a tenth of the wall time is prefill."""
    return {
        "key": list(key),
        "seconds": {"import": 4.0, "load": 1.0, "prefill": wall / 10, "decode": wall * 0.9},
        "prompt_tokens": 1000,
        "tokens": 500,
        "passes": 500,
        "shown": 1500,
        "peak_mib": 800.0,
        "cut": None,
        "complete": True,
        "valid": True,
        "items": 20,
        "version": "1.0",
        "dtype": "float32",
    } | more


def floor(gflops: float = 100.0, memory: float = 20.0) -> dict[str, Any]:
    """A processor of one rate in float32, a tenth of it in bfloat16."""
    rates = {
        dtype: {f"{a}x{b}": [gflops * share] * len(ROWS) for a, b in shapes_of(CONFIG)}
        for dtype, share in zip(DTYPES, (1.0, 0.1), strict=True)
    }
    return {"rates": rates, "memory": memory, "torch": "2.0"}


def keep(file: Path, *records: dict[str, Any]) -> Kept:
    """The records as lines of `file`, read back."""
    lines = [json.dumps({"setting": "s", **record}) + "\n" for record in records]
    file.write_text("".join(lines), "utf-8")
    return Kept(file, "s")
