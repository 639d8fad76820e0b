"""How time, passes and memory grow with an article's length and with articles together: tables and fits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.speed_records import wall_of
from benchmarks.speed_runs import Record

LONG = 5_000
"""Characters from which on the exponent is fitted: below, what each article costs anyhow weighs more."""


def whole(records: Sequence[Record]) -> list[Record]:
    """Those that were measured, the smallest first."""
    return sorted((r for r in records if "failed" not in r), key=lambda r: int(r["key"][1]))


def fit_line(lengths: Sequence[float], values: Sequence[float]) -> tuple[float, float, float]:
    """(at zero, for each unit of length, R²) of the straight line nearest to the points; two at least."""
    slope, start = np.polyfit(lengths, values, 1)
    rest = np.asarray(values) - (start + slope * np.asarray(lengths))
    spread = float(np.var(values))
    return float(start), float(slope), 1 - float(np.mean(rest**2)) / spread if spread else 1.0


def exponent(records: Sequence[Record]) -> float | None:
    """The power of the length with which the seconds of long articles grow: 1 is linear."""
    long = [record for record in whole(records) if int(record["key"][1]) >= LONG]
    if len(long) < 2:
        return None
    lengths = np.log([int(record["key"][1]) for record in long])
    return float(np.polyfit(lengths, np.log([wall_of(record) for record in long]), 1)[0])


def table_growth(records: Sequence[Record]) -> str:
    """A line for each length, and the line that fits."""
    found = whole(records)
    lines = [
        "| characters | seconds | per 1,000 characters | prefill s | check s | passes | tokens | per token "
        "| peak MiB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for record in found:
        length, seconds, parts = int(record["key"][1]), wall_of(record), record["seconds"]
        lines.append(
            f"| {length:,} | {seconds:.1f} | {1000 * seconds / length:.2f} | {parts['prefill']:.1f} "
            f"| {parts.get('check', 0.0):.2f} | {record['passes']} | {record['tokens']} "
            f"| {record['passes'] / max(record['tokens'], 1):.3f} | {record['peak_mib']:.0f} |"
        )
    failed = [
        f"{record['key'][1]:,} characters: {record['failed']}" for record in records if "failed" in record
    ]
    if failed:
        lines.append("\nWithout a figure: " + "; ".join(failed) + ".")
    if len(found) < 2:
        return "\n".join(lines)
    lengths = [int(record["key"][1]) / 1000 for record in found]
    start, slope, fit = fit_line(lengths, [wall_of(record) for record in found])
    low, more, _ = fit_line(lengths, [record["peak_mib"] for record in found])
    told = (
        f"\nThe line nearest to them: {start:.1f} s + {slope:.2f} s for each 1,000 characters (R² {fit:.3f})"
    )
    power = exponent(found)
    if power is not None:
        told += f"; from {LONG:,} characters on the seconds grow with the length to the power of {power:.2f}"
    return "\n".join(lines) + f"\n{told}. Memory: {low:.0f} MiB + {more:.1f} MiB for each 1,000 characters."


def table_batches(records: Sequence[Record]) -> str:
    """A line for each number of articles that were read together."""
    lines = [
        "| articles together | seconds | seconds an article | passes | tokens | peak MiB |",
        "|---|---|---|---|---|---|",
    ]
    for record in whole(records):
        many, seconds = int(record["key"][1]), wall_of(record)
        lines.append(
            f"| {many} | {seconds:.1f} | {seconds / many:.1f} | {record['passes']} | {record['tokens']} "
            f"| {record['peak_mib']:.0f} |"
        )
    return "\n".join(lines)
