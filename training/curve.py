"""Draws the loss of a run: every update, its running mean, and dev after each epoch.

Usage: python -m training.curve RUN/log.jsonl OUT.png
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

SPAN = 15  # updates of the running mean


def main(log: str, picture: str) -> int:
    """Read the log, write the picture."""
    lines = [json.loads(line) for line in Path(log).read_text("utf-8").splitlines()]
    # a run that went on from a checkpoint has done some updates again
    updates = list({line["update"]: line for line in lines if "losses" in line}.values())
    dev = [line for line in lines if "dev" in line]
    figure = Figure(figsize=(10, 3.8), dpi=100)
    left, right = figure.subplots(1, 2)
    for field in ("actors.kind", "locations.label", "gist.label", "stances.polarity", "numbers.counts"):
        points = [(line["update"], line["losses"][field]) for line in updates if field in line["losses"]]
        kernel = np.ones(min(SPAN, len(points))) / min(SPAN, len(points))
        mean = np.convolve([loss for _, loss in points], kernel, "valid")
        left.plot([at for at, _ in points][len(kernel) - 1 :], mean, label=field)
    left.set_xlabel("update")
    left.set_ylabel(f"loss of a choice, mean of {SPAN} updates")
    left.legend(frameon=False)
    for family in ("gist", "actors", "locations", "stances"):
        right.plot(
            [line["update"] for line in dev],
            [line["dev"][f"{family} F1"] for line in dev],
            "o-",
            label=family,
        )
    right.set_xlabel("update")
    right.set_ylabel("F1 of kept proposals on dev, earlier labels given")
    right.set_ylim(0, 1)
    right.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
