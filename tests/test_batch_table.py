"""Parquet from a batch: columns that follow from the model, the data of the JSON, readable by others."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batches import QuickSummariser, lines_of, write_jsonl
from summaries import saved, summaries
from summarise import BatchOptions, InputError, Summary, write_batch
from summarise.batch import columns
from summarise.batch.columns import columns_of, write_table
from summarise.batch.place import Place
from summarise.batch.stored import find_rows
from summarise.output import write_summary
from summarise.saved import read_summary_json

GOLDEN = Path(__file__).parent / "golden" / "ferry.json"


@pytest.fixture
def summary() -> dict[str, Any]:
    """A summary with everything in it."""
    found = json.loads(GOLDEN.read_text("utf-8"))
    found["provenance"].setdefault("version", "0")
    found["disagreements"] = [{"counts": "people", "numbers": [0, 1]}]
    found["numbers"][0]["value"] = 10**22  # beyond 64 bits
    found["numbers"][1]["upper"] = 2.5
    found["unreported"] = {"sentences": [{"text": "a", "span": [0, 1]}], "numbers": [], "quotations": []}
    found["article"]["text"] = "Ærø"
    return found


def plain(value: Any) -> Any:
    """What Parquet gives back, as JSON would have it: maps as objects, without what is absent."""
    if isinstance(value, list):
        if value and all(isinstance(item, tuple) for item in value):
            return {name: plain(item) for name, item in value}
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


def test_a_table_holds_what_the_json_holds(tmp_path: Path, summary: dict[str, Any]) -> None:
    line = write_summary(Summary.model_validate(summary), line=True).encode()
    write_table([line] * 3, tmp_path / "out.parquet")
    rows = plain(parquet.read_table(tmp_path / "out.parquet").to_pylist())
    assert rows[0] == rows[2]
    for rejected in rows[0]["rejected"]:
        rejected["item"] = json.loads(rejected["item"])
    assert Summary.model_validate(rows[0]) == Summary.model_validate_json(line)


@given(st.lists(summaries, min_size=1, max_size=3))
@settings(max_examples=10, deadline=None)
def test_what_a_table_holds_is_read_back(written: list[Summary]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out.parquet")
        write_table([write_summary(one, line=True).encode() for one in written], path)
        with path.open("rb") as stream:
            found = list(find_rows(stream, "out.parquet"))
    assert [place for place, _ in found] == [f"out.parquet#{n + 1}" for n in range(len(written))]
    for (_, line), one in zip(found, written, strict=True):
        doubles = [
            n.model_copy(update={k: float(v) for k in ("value", "upper") if (v := getattr(n, k)) is not None})
            for n in one.numbers
        ]
        assert read_summary_json(line) == one.model_copy(update={"numbers": tuple(doubles)})


def test_a_whole_number_of_a_table_is_one_again(tmp_path: Path) -> None:
    line = write_summary(saved("ferry"), line=True)
    write_table([line.encode()], tmp_path / "out.parquet")
    ((_, found),) = find_rows(io.BytesIO((tmp_path / "out.parquet").read_bytes()), "out.parquet")
    assert write_summary(read_summary_json(found), line=True) == line


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    text = pa.schema([("text", pa.string())])
    for schema, said in ((text, "holds no summaries"), (columns_of(Summary), "is empty")):
        parquet.write_table(schema.empty_table(), tmp_path / "a.parquet")
        with (tmp_path / "a.parquet").open("rb") as stream, pytest.raises(InputError, match=said):
            list(find_rows(stream, "a.parquet"))
    with pytest.raises(InputError, match="a is no Parquet that can be read: "):
        list(find_rows(io.BytesIO(b"PAR1...."), "a"))


def test_the_columns_follow_from_the_model_whatever_the_data(tmp_path: Path) -> None:
    write_table([], tmp_path / "empty.parquet")
    found = parquet.read_schema(tmp_path / "empty.parquet")
    assert found.equals(columns_of(Summary))
    assert found.names == [field.alias or name for name, field in Summary.model_fields.items()]
    assert found.field("actors").type.value_type.field("spans").type == pa.map_(
        pa.string(), pa.list_(pa.int64())
    )
    assert found.field("numbers").type.value_type.field("value").type == pa.float64()


def test_many_summaries_are_written_in_groups_of_a_bounded_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, summary: dict[str, Any]
) -> None:
    line = write_summary(Summary.model_validate(summary), line=True).encode()
    monkeypatch.setattr(columns, "GROUP_BYTES", 2 * len(line))
    write_table([line] * 5, tmp_path / "out.parquet")
    meta = parquet.read_metadata(tmp_path / "out.parquet")
    assert [meta.row_group(n).num_rows for n in range(meta.num_row_groups)] == [2, 2, 1]


def test_a_batch_into_parquet_keeps_the_order_and_goes_on(tmp_path: Path) -> None:
    records = [{"id": str(n), "text": f"Word{n} went home."} for n in range(7)]
    source, out = write_jsonl(tmp_path / "in.jsonl", records[:4]), tmp_path / "out.parquet"
    write_batch(QuickSummariser(), [source], out, BatchOptions(limit=2))
    assert parquet.read_table(out).num_rows == 2
    write_jsonl(source, records)
    again = QuickSummariser()
    write_batch(again, [source], out)
    assert again.asked == ["2", "3", "4", "5", "6"]
    assert [row["article"]["id"] for row in parquet.read_table(out).to_pylist()] == list("0123456")
    assert len(lines_of(Place(out).journal)) == 7
    assert not list(tmp_path.glob("*.partial"))


def test_duckdb_and_pandas_read_the_nested_columns(tmp_path: Path) -> None:
    records = [{"id": str(n), "text": f"Word{n % 2} went home."} for n in range(4)]
    source, out = write_jsonl(tmp_path / "in.jsonl", records), tmp_path / "out.parquet"
    write_batch(QuickSummariser(), [source], out)
    query = f"""
        SELECT actor.name, actor.spans['name'], count(*), list(article.id ORDER BY article.id)
        FROM (SELECT article, unnest(actors) AS actor FROM '{out}') GROUP BY ALL ORDER BY 1
    """
    assert duckdb.sql(query).fetchall() == [
        ("Word0", [0, 5], 2, ["0", "2"]),
        ("Word1", [0, 5], 2, ["1", "3"]),
    ]
    frame = pandas.read_parquet(out)
    names = frame["actors"].explode().map(lambda actor: actor["name"])
    assert names.value_counts().to_dict() == {"Word0": 2, "Word1": 2}
