"""The benchmark of batches, with a quick scripted summariser: what it measures and what its page says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from batches import QuickSummariser, lines_of
from benchmarks import scale


def one(articles: int, seconds: float, **more: Any) -> scale.Measured:
    return {"rows": 1, "workers": 0, "articles": articles, "seconds": seconds, "memory": [500.0] * 20, **more}


def test_the_first_round_is_not_timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "Summariser", QuickSummariser)
    source = scale.write_articles(tmp_path / "in.jsonl", 12, 2)
    told = scale.measure(str(source), str(tmp_path / "out.jsonl"), "quick", 9, rows=2)
    assert (told["articles"], len(told["memory"])) == (9 - 2, 9)
    assert told["seconds"] > 0
    assert min(told["memory"]) > 10
    rounds = scale.measure(str(source), str(tmp_path / "other.jsonl"), "quick", 1, rows=4)
    assert rounds["articles"] == 3 * 4 - 4


def test_a_batch_in_which_articles_fail_is_no_measurement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "Summariser", QuickSummariser)
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "refuse"}\n{"text": "Ana went."}\n')
    with pytest.raises(SystemExit, match="1 failed"):
        scale.measure(str(source), str(tmp_path / "out.jsonl"), "quick", 2)


def test_articles_are_the_same_at_every_run_and_all_different(tmp_path: Path) -> None:
    texts = [
        [line["text"] for line in lines_of(scale.write_articles(tmp_path / name, 20, 8))] for name in "ab"
    ]
    assert texts[0] == texts[1]
    assert len(set(texts[0])) == 20


def test_the_page_projects_from_the_best_pace() -> None:
    rows = [one(10, 60.0), one(30, 60.0, rows=4)]
    far = [one(20, 60.0, workers=2)]
    page = "\n".join(scale.write_page(rows, far, [one(600, 60.0, memory=[400.0] * 90 + [500.0] * 10)]))
    assert "| 1 | 10 | 60.0 | 10.0 | 1.00 | 500 MiB |" in page
    assert "| 4 | 30 | 60.0 | 30.0 | 3.00 | 500 MiB |" in page
    assert "| 2 | 20 | 60.0 | 20.0 | 2.00 |  |" in page
    assert "400 MiB in the second tenth (median), 500 MiB in the last, 500 MiB at most" in page
    assert "| 1,000,000 | 23.1 days | 0.23 days |" in page


def test_a_page_of_the_long_run_alone_projects_nothing() -> None:
    page = "\n".join(scale.write_page([], [], [one(600, 60.0)]))
    assert "600.0 a minute" in page
    assert "days" not in page
