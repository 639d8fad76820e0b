"""The outputs of three of our own articles, by the real embedded model, as they were last reviewed.

`make golden` writes them anew. Everything is compared exactly but the confidence, whose last
digits depend on the processor.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contract import breaches
from summarise import Summariser, read_file
from summarise.output import summary_data, write_json

GOLDEN = Path(__file__).parent / "golden"


def without_confidence(value: Any) -> Any:
    """The same data with every confidence taken out."""
    if isinstance(value, dict):
        return {k: without_confidence(v) for k, v in value.items() if k != "confidence"}
    return [without_confidence(v) for v in value] if isinstance(value, list) else value


def confidences(value: Any) -> list[float]:
    """Every confidence, in order."""
    if isinstance(value, dict):
        own = [value["confidence"]] if "confidence" in value else []
        return own + [c for v in value.values() for c in confidences(v)]
    return [c for v in value for c in confidences(v)] if isinstance(value, list) else []


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("name", ["short.txt", "ferry.txt", "crumbs.txt"])
def test_the_output_is_the_reviewed_one(
    name: str, summariser: Summariser, articles: Path, request: pytest.FixtureRequest
) -> None:
    article = read_file(articles / name)
    data = summary_data(summariser.summarise(article))
    data["article"]["id"] = name  # the path differs from one checkout to the next
    data["provenance"].pop("version")
    assert list(breaches(data, article.text)) == []
    golden = GOLDEN / f"{Path(name).stem}.json"
    if request.config.getoption("--update-golden"):
        golden.write_text(write_json(data, line=False), encoding="utf-8")
    expected = json.loads(golden.read_text(encoding="utf-8"))
    assert without_confidence(data) == without_confidence(expected)
    assert confidences(data) == pytest.approx(confidences(expected), abs=5e-3)


@pytest.mark.model
@pytest.mark.slow
def test_the_same_article_gives_the_same_bytes(summariser: Summariser, articles: Path) -> None:
    article = read_file(articles / "short.txt")
    first, second = (summariser.summarise(article) for _ in range(2))
    assert summary_data(first) == summary_data(second)


@pytest.mark.model
@pytest.mark.slow
def test_articles_of_others_keep_the_contract(summariser: Summariser, shared_data: Path) -> None:
    lines = (shared_data / "articles" / "wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines()
    rows = sorted((json.loads(line) for line in lines), key=lambda row: len(row["text"]))
    for row in rows[:2]:
        data = summary_data(summariser.summarise(row["text"]))
        assert list(breaches(data, row["text"])) == []
        assert data["coverage"]["complete"]
