"""The figures of the quality benchmark as a table and two pictures. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from benchmarks.matching import FIELDS

Record = dict[str, Any]
DRAWS = 2000
SEED = 5


def f1(counts: np.ndarray) -> float:
    """F1 of summed (right, found, true); nothing found where nothing is true counts as 1."""
    right, found, true = counts
    return float(2 * right / (found + true)) if found + true else 1.0


def interval(counts: np.ndarray) -> tuple[float, float]:
    """95 % interval of F1 over articles drawn with replacement; counts [articles, 3]."""
    draws = np.random.default_rng(SEED).integers(len(counts), size=(DRAWS, len(counts)))
    low, high = np.quantile([f1(counts[draw].sum(0)) for draw in draws], (0.025, 0.975))
    return float(low), float(high)


def write_table(results: Mapping[str, Sequence[Record]]) -> str:
    """Markdown: a line for each field and system, then what the summaries cost."""
    lines = ["| field | system | precision | recall | F1 | 95 % |", "|---|---|---|---|---|---|"]
    for field in FIELDS:
        for system, records in results.items():
            counts = np.array([record["counts"][field] for record in records])
            right, found, true = counts.sum(0)
            low, high = interval(counts)
            lines.append(
                f"| {field} | {system} | {right / max(found, 1):.3f} | {right / max(true, 1):.3f} "
                f"| {f1(counts.sum(0)):.3f} | {low:.2f}–{high:.2f} |"
            )
    lines += [
        "",
        "| system | articles | median s | rejected | kinds right | targets right |",
        "|---|---|---|---|---|---|",
    ]
    for system, records in results.items():
        items, rejected = (sum(record[key] for record in records) for key in ("items", "rejected"))
        kinds = [right for record in records for right in record["kinds"]]
        targets = [right for record in records for right in record["targets"]]
        lines.append(
            f"| {system} | {len(records)} | {median(r['seconds'] for r in records):.2f} "
            f"| {rejected / max(items + rejected, 1):.3f} | {_share(kinds)} | {_share(targets)} |"
        )
    return "\n".join(lines)


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.3f} of {len(right)}" if right else "–"


def write_files(results: Mapping[str, Sequence[Record]], split: str, folder: Path) -> None:
    """The table between the marks of quality.md, and the pictures."""
    page = folder / "quality.md"
    text = page.read_text("utf-8")
    begin, end = f"<!-- {split} -->\n", f"<!-- end {split} -->"
    before, rest = text.split(begin)
    page.write_text(f"{before}{begin}\n{write_table(results)}\n\n{end}{rest.split(end)[1]}", "utf-8")
    draw_fields(results, folder / f"quality-{split}.png")
    if "adapter" in results:
        draw_reliability(results["adapter"], folder / f"reliability-{split}.png")


def draw_fields(results: Mapping[str, Sequence[Record]], file: Path) -> None:
    """F1 of every field, a bar for each system with its interval."""
    figure = Figure(figsize=(8, 3.6), dpi=110)
    axes = figure.subplots()
    width = 0.8 / len(results)
    for k, (system, records) in enumerate(results.items()):
        counts = [np.array([record["counts"][field] for record in records]) for field in FIELDS]
        means = np.array([f1(c.sum(0)) for c in counts])
        bounds = np.array([interval(c) for c in counts]).T
        at = np.arange(len(FIELDS)) + (k - (len(results) - 1) / 2) * width
        errors = np.clip(np.stack((means - bounds[0], bounds[1] - means)), 0, None)
        axes.bar(at, means, width, yerr=errors, label=system, capsize=2)
    axes.set_xticks(range(len(FIELDS)), FIELDS)
    axes.set_ylim(0, 1.05)
    axes.set_ylabel("F1")
    axes.legend(ncols=len(results), loc="upper center", bbox_to_anchor=(0.5, 1.14), frameon=False)
    figure.tight_layout()
    figure.savefig(file)


def draw_reliability(records: Sequence[Record], file: Path) -> None:
    """Share of right items against `confidence`, in ten bins, with the number of items."""
    figure = Figure(figsize=(5, 4), dpi=110)
    axes = figure.subplots()
    axes.plot((0, 1), (0, 1), color="grey", linewidth=1)
    for field in ("actors", "locations", "stances"):
        said = [(c, r) for record in records for f, c, r in record["confidence"] if f == field]
        bins = [[(c, r) for c, r in said if min(int(10 * c), 9) == k] for k in range(10)]
        points = [
            (float(np.mean([c for c, _ in b])), float(np.mean([r for _, r in b])), len(b)) for b in bins if b
        ]
        axes.plot(
            [x for x, _, _ in points], [y for _, y, _ in points], marker="o", label=f"{field} ({len(said)})"
        )
    axes.set_xlabel("confidence")
    axes.set_ylabel("share right")
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(file)
