"""CSV loses nothing: what is read back from the files is the summary."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from summaries import saved, summaries
from summarise.errors import OutputError
from summarise.formats.columns import columns, families
from summarise.formats.csv_folder import write_csv
from summarise.saved import read_summary
from summarise.summary import Summary

STRINGS = {"unit", "country", "kind", "qualifier", "polarity", "field", "check", "message", "counts", "role"}
STRINGS |= {"text", "name", "mention", "holder", "target", "quote", "evidence", "title", "id", "sha256"}
STRINGS |= {"version", "model", "revision", "adapter", "prompt", "constraint"}


def written(folder: Path, *told: Summary) -> dict[str, list[dict[str, str]]]:
    """The rows of each file, as any reader of CSV has them."""
    with write_csv(folder) as out:
        for summary in told:
            out.put(summary)
    rows = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            rows[path.stem] = list(csv.DictReader(file, strict=True))
    return rows


def value(name: str, cell: str) -> Any:
    """What a cell holds: an empty one null, strings themselves, all else JSON."""
    return None if cell == "" else cell if name in STRINGS else json.loads(cell)


def item_of(row: dict[str, str]) -> dict[str, Any]:
    """The item of a row, its spans put together again."""
    own = {name: cell for name, cell in row.items() if name not in ("article_id", "article_sha256", "place")}
    ends = [name for name in own if name.endswith(("_start", "_end"))]
    item = {name: value(name, cell) for name, cell in own.items() if name not in ends}
    starts = [name for name in ends if name.endswith("_start") and own[name]]
    if ends:
        leaves = [name.removesuffix("_start") for name in starts]
        item["spans"] = {leaf: [int(own[f"{leaf}_start"]), int(own[f"{leaf}_end"])] for leaf in leaves}
    return {name: found for name, found in item.items() if name != "confidence" or found is not None}


def read_back(rows: dict[str, list[dict[str, str]]], place: int) -> Summary:
    """The summary of the article in the given row of `articles`."""
    row = rows["articles"][place]
    data: dict[str, Any] = {"article": {}, "coverage": {}, "provenance": {}}
    for name, cell in row.items():
        part, _, leaf = name.partition("_")
        if part in data:
            data[part][leaf] = value(leaf, cell)
    for family in families():
        data[family] = [item_of(r) for r in rows[family] if r["article_sha256"] == row["article_sha256"]]
    return read_summary(data)


@given(summaries)
@settings(max_examples=20, deadline=None)
def test_what_is_read_back_is_the_summary(summary: Summary) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = written(Path(folder), summary)
    assert read_back(rows, 0) == summary


def test_real_summaries_share_the_files_in_their_order(tmp_path: Path) -> None:
    told = [saved(name) for name in ("ferry", "short", "crumbs")]
    rows = written(tmp_path, *told)
    assert [row["article_id"] for row in rows["articles"]] == ["ferry.txt", "short.txt", "crumbs.txt"]
    assert [read_back(rows, place) for place in range(3)] == told
    for family in families():
        assert len(rows[family]) == sum(len(getattr(summary, family)) for summary in told)


def test_a_span_of_a_row_is_its_string_in_the_article(tmp_path: Path, articles: Path) -> None:
    text = (articles / "ferry.txt").read_text("utf-8")
    for row in written(tmp_path, saved("ferry"))["stances"]:
        for leaf in ("holder", "target", "evidence"):
            assert text[int(row[f"{leaf}_start"]) : int(row[f"{leaf}_end"])] == row[leaf]


def test_the_columns_are_these_whatever_the_data(tmp_path: Path) -> None:
    assert set(written(tmp_path)) == set(columns())
    heads = {path.stem: path.read_bytes() for path in tmp_path.iterdir()}
    assert all(head.count(b"\r\n") == 1 and head.endswith(b"\r\n") for head in heads.values())
    assert heads["numbers"].decode().strip().split(",") == [
        *(
            "article_id",
            "article_sha256",
            "place",
            "mention",
            "value",
            "upper",
            "qualifier",
            "unit",
            "counts",
        ),
        *("evidence", "confidence", "mention_start", "mention_end", "counts_start", "counts_end"),
        *("evidence_start", "evidence_end"),
    ]
    assert heads["rejected"].decode().strip() == "article_id,article_sha256,place,field,item,issues"


def test_no_table_has_two_columns_of_one_name() -> None:
    for names in columns().values():
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("formula", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_what_the_article_says(tmp_path: Path, formula: str) -> None:
    data = saved("short").model_dump(mode="json")
    data["actors"][0]["name"] = formula
    assert written(tmp_path, read_summary(data))["actors"][0]["name"] == formula


def test_files_are_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    written(tmp_path, saved("short"))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(RuntimeError), write_csv(tmp_path) as out:
        out.put(saved("ferry"))
        raise RuntimeError("stopped")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_written_is_an_error_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.write_text("")
    with pytest.raises(OutputError, match="can't write into"), write_csv(file):
        pass
