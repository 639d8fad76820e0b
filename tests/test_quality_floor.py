"""The shipped model on three fixed dev articles: no worse than when it was recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.labels import read_labels
from benchmarks.matching import match
from summarise import Summariser, read_text

FIXED = ("wn2019-016", "wn2019-041", "wn2019-086")
FLOOR = {"gist": 0.58, "actors": 0.8, "numbers": 0.93, "locations": 0.75, "stances": 0.4}
"""F1 over the three together, a little under what was measured: processors differ in the last digits. That of
places was 0.78 with the adapter before, over all of dev no better than this one."""


@pytest.mark.model
@pytest.mark.slow
def test_quality_does_not_fall(summariser: Summariser, shared_data: Path) -> None:
    totals = {field: [0, 0] for field in FLOOR}
    for article in read_labels(shared_data, "dev"):
        if article.id not in FIXED:
            continue
        summary = summariser.summarise(read_text(article.text, id=article.id)).model_dump(mode="json")
        actors = [*summary["actors"], *article.labels["actors"]]
        for field, total in totals.items():
            found, true = summary[field], article.labels[field]
            total[0] += 2 * len(match(field, found, true, actors))
            total[1] += len(found) + len(true)
    figures = {field: right / both for field, (right, both) in totals.items()}
    assert all(figures[field] >= floor for field, floor in FLOOR.items()), figures
