"""The pipelines of examples/ run over a batch output and say what stands in it."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from summarise.batch.columns import write_table
from summarise.output import write_json

EXAMPLES = Path(__file__).parent.parent / "examples"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


@pytest.fixture(scope="module")
def summaries() -> list[dict[str, Any]]:
    """Summaries of several articles, as a batch has them."""
    return [json.loads(path.read_text("utf-8")) for path in GOLDEN]


@pytest.fixture(scope="module")
def output(summaries: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch's output without its suffix: .jsonl and .parquet."""
    place = tmp_path_factory.mktemp("batch") / "news"
    lines = [write_json(summary, line=True) for summary in summaries]
    place.with_suffix(".jsonl").write_text("".join(lines), "utf-8")
    write_table([line.encode() for line in lines], place.with_suffix(".parquet"))
    return place


def told(*command: str | Path) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_jq_lists_who_is_against_what(output: Path, summaries: list[dict[str, Any]]) -> None:
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    found = [
        line.split("\t") for line in told(EXAMPLES / "against.sh", output.with_suffix(".jsonl")).splitlines()
    ]
    expected = [
        (summary["article"]["id"], stance["holder"], stance["target"])
        for summary in summaries
        for stance in summary["stances"]
        if stance["polarity"] == "against"
    ]
    assert [tuple(line[:3]) for line in found] == expected
    assert expected


def test_duckdb_counts_actors_and_pairs(output: Path, summaries: list[dict[str, Any]]) -> None:
    text = told(sys.executable, EXAMPLES / "actors.py", output.with_suffix(".parquet"))
    most, pairs, _ = text.split("\n\n")
    names = Counter(name for summary in summaries for name in {actor["name"] for actor in summary["actors"]})
    found = [line.split("\t") for line in most.splitlines()]
    assert len(found) == min(10, len(names))
    assert all(names[name] == int(count) for name, _, count in found)
    assert [int(count) for *_, count in found] == sorted(names.values(), reverse=True)[:10]
    assert pairs.splitlines()


def test_pandas_lists_what_was_counted(output: Path, summaries: list[dict[str, Any]]) -> None:
    text = told(sys.executable, EXAMPLES / "counted.py", output.with_suffix(".parquet"))
    found = [
        (row["article"], float(row["value"]), row["counts"]) for row in csv.DictReader(text.splitlines())
    ]
    assert found == [
        (summary["article"]["id"], float(number["value"]), number["counts"])
        for summary in summaries
        for number in summary["numbers"]
        if number["counts"]
    ]


def test_every_example_is_tested_and_named_in_their_readme() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_examples*.py"))
    for path in EXAMPLES.iterdir():
        if path.suffix in (".py", ".sh"):
            assert path.name in readme
            assert path.name in tests
