"""The growth of time, passes and memory with an article's length, as one picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from benchmarks.speed_growth import fit_line, whole
from benchmarks.speed_records import wall_of
from benchmarks.speed_runs import Record

PANELS: tuple[tuple[str, Callable[[Record], float]], ...] = (
    ("seconds", wall_of),
    ("forward passes", lambda record: float(record["passes"])),
    ("peak memory, MiB", lambda record: float(record["peak_mib"])),
)


def draw_growth(records: Sequence[Record], file: Path) -> None:
    """Three panels over thousands of characters: the points, and the straight line nearest to them."""
    found = whole(records)
    lengths = np.array([int(record["key"][1]) / 1000 for record in found])
    figure = Figure(figsize=(10.5, 3.4), dpi=110)
    for axes, (name, value) in zip(figure.subplots(1, len(PANELS)), PANELS, strict=True):
        values = [value(record) for record in found]
        axes.plot(lengths, values, "o", color="tab:blue")
        if len(found) > 1:
            start, slope, fit = fit_line(list(lengths), values)
            ends = np.array([0, lengths.max()])
            label = f"{start:.1f} + {slope:.2f} × , R² {fit:.3f}"
            axes.plot(ends, start + slope * ends, color="grey", linewidth=1, label=label)
            axes.legend(frameon=False, loc="upper left", fontsize=8)
        axes.set_xlabel("thousands of characters")
        axes.set_ylabel(name)
        axes.set_ylim(0, None)
    figure.tight_layout()
    figure.savefig(file)
