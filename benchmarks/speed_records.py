"""What the records of the speed benchmark say: seconds of an article, medians, ratios by round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.peers import PEERS
from benchmarks.speed_runs import Kept, Record

OWN = "summarise"
PHASES = ("prefill", "decode", "check")
"""The phases of an article; the others are paid once."""


def wall_of(record: Record) -> float:
    """Seconds of an article: reading, answering, checking."""
    return float(sum(record["seconds"].get(phase, 0.0) for phase in PHASES))


def middle(records: Iterable[Record], *path: str) -> float:
    """The median of a figure, 0 where a record lacks it; nan without records."""
    found = []
    for record in records:
        value: Any = record
        for name in path:
            value = value.get(name, 0.0)
        found.append(float(value))
    return median(found) if found else float("nan")


def rounds_of(kept: Kept) -> dict[str, list[Record]]:
    """The records of each system that were measured, ours first, the others as they are listed."""
    found: dict[str, list[Record]] = {name: [] for name in (OWN, *PEERS)}
    for record in kept.of("round"):
        if not {"failed", "skipped"} & record.keys():
            found[str(record["key"][2])].append(record)
    return {name: records for name, records in found.items() if records}


def left_out(kept: Kept) -> list[str]:
    """A word about each system without a figure."""
    measured = rounds_of(kept)
    told: dict[str, str] = {}
    for record in kept.of("round"):
        name = str(record["key"][2])
        why = record.get("skipped") or record.get("failed")
        if why and name not in measured:
            told[name] = f"{name}: {why}"
    return list(told.values())


def ratios(rounds: Mapping[str, Sequence[Record]], system: str) -> list[float]:
    """How many times our wall time a system took, in each round in which both were measured."""
    ours = {record["key"][1]: wall_of(record) for record in rounds.get(OWN, ())}
    return [
        wall_of(record) / ours[record["key"][1]]
        for record in rounds.get(system, ())
        if record["key"][1] in ours
    ]
