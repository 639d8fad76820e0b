"""What a process measures of itself: seconds by phase, counts, its memory; told as one JSON line."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

PHASES = ("import", "load", "compile", "warm", "prefill", "decode", "check")
"""In the order in which they come; the last three are the article's own, the others are paid once."""

Cut = Literal["tokens", "seconds"]


@dataclass
class Measured:
    """One article, or several, read once by one system.

    seconds: by phase. prompt_tokens: read before the answer. tokens: of the answer, whoever wrote them.
    passes: forward passes behind which something of the answer was chosen. shown: tokens that the network
    was given in these passes. answer: the JSON. cut: what ended it before it was done, None where nothing
    did.
    peak_mib: the most resident memory of the process.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    prompt_tokens: int = 0
    tokens: int = 0
    passes: int = 0
    shown: int = 0
    answer: str = ""
    cut: Cut | None = None
    peak_mib: float = 0.0

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Adds the seconds of a `with` block to the phase `name`."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    def part(self, began: float, ends: Sequence[float], ended: float) -> None:
        """Parts the time of a call in prefill and decode; ends: when each pass was over."""
        first = ends[0] if ends else ended
        self.seconds["prefill"] = first - began
        self.seconds["decode"] = ended - first
        self.passes = len(ends)


def cut_of(tokens: int, most: int, finished: bool) -> Cut | None:
    """What ended an answer of so many tokens."""
    if finished:
        return None
    return "tokens" if tokens >= most else "seconds"


def peak_mib() -> float:
    """The most memory that this process has had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def tell(measured: Measured, **more: Any) -> None:
    """Writes the one line that the caller waits for."""
    measured.peak_mib = peak_mib()
    print(json.dumps({**asdict(measured), **more}), flush=True)
