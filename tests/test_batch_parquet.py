"""Parquet as the input of a batch: read a few rows at a time, and what is damaged costs its row group."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from batches import QuickSummariser, ids_of, lines_of
from summarise import write_batch
from summarise.batch.inputs import Inputs
from summarise.batch.record import Form, Record

TEXT = "Bakers in Lima struck on Monday."
ROWS, GROUP = 60, 20
TEXTS = [f"{TEXT} {random.Random(n).random()} " * 20 for n in range(ROWS)]
OTHERS = [f"n{n}" for n in range(ROWS) if n // GROUP != 1]
"""The articles outside the middle one of three row groups."""


def read(path: Path, form: Form | None = None) -> list[Record]:
    return list(Inputs([str(path)], form or Form()))


def good(records: list[Record]) -> list[str | None]:
    return [record.id for record in records if record.article]


def reasons(records: list[Record]) -> list[str]:
    return [record.error.message for record in records if record.error]


def write(path: Path, **options: object) -> tuple[bytes, range]:
    """Three row groups of articles in small pages: the file's bytes, and where the middle one lies."""
    table = pa.table({"id": [f"n{n}" for n in range(ROWS)], "text": TEXTS})
    how = {"row_group_size": GROUP, "data_page_size": 2000, "write_batch_size": 2, "use_dictionary": False}
    # statistics are read by nobody here, and may be wrong
    parquet.write_table(table, path, write_statistics=False, **how, **options)
    starts = [_start(parquet.read_metadata(path).row_group(group)) for group in range(3)]
    return path.read_bytes(), range(starts[1], starts[2])


def _start(group: parquet.RowGroupMetaData, column: int = 0) -> int:
    return group.column(column).data_page_offset


def test_parquet_is_read_in_row_groups_with_the_same_fields(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": [None if n == 3 else n for n in range(50)],
            "body": [f"{TEXT} {n}" for n in range(50)],
            "x": [1] * 50,
        }
    )
    parquet.write_table(table, tmp_path / "in.parquet", row_group_size=7)
    records = read(tmp_path / "in.parquet", Form(text="body"))
    assert good(records) == [f"{tmp_path}/in.parquet#4" if n == 3 else str(n) for n in range(50)]
    assert records[8].input == f"{tmp_path}/in.parquet#9"


def test_half_a_parquet_is_one_failure_and_a_broken_group_costs_itself(tmp_path: Path) -> None:
    chance = random.Random(5)
    texts = [f"{TEXT} {chance.random()}" * 50 for _ in range(60)]
    table = pa.table({"id": [f"n{n}" for n in range(60)], "text": texts})
    path = tmp_path / "in.parquet"
    parquet.write_table(table, path, row_group_size=20, write_page_checksum=True, compression="none")
    whole = path.read_bytes()

    path.write_bytes(whole[: len(whole) // 2])
    records = read(path)
    assert (len(records), "no Parquet that can be read" in reasons(records)[0]) == (1, True)

    where = whole.index(texts[30].encode())
    path.write_bytes(whole[:where] + b"#" * 100 + whole[where + 100 :])
    records = read(path)
    kept = good(records)
    assert kept[:20] == [f"n{n}" for n in range(20)]
    assert kept[-20:] == [f"n{n}" for n in range(40, 60)]
    assert len(kept) < 60
    (failed,) = [r for r in records if r.error]
    assert failed.input == f"{path}#{len(kept) - 40 + 21}-40"


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd"])
def test_whatever_bit_of_a_row_group_is_wrong_the_others_are_read_and_no_row_is_lost_unsaid(
    tmp_path: Path, compression: str
) -> None:
    path = tmp_path / "in.parquet"
    whole, middle = write(path, compression=compression, write_page_checksum=True)
    chance = random.Random(compression)
    for at in [*middle[:15], *chance.sample(middle, 25)]:  # the first are the head of a page
        damaged = bytearray(whole)
        damaged[at] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        records = read(path)
        kept = good(records)
        assert [id for id in kept if id in OTHERS] == OTHERS
        assert all(r.article.text == TEXTS[int(str(r.id)[1:])] for r in records if r.article), f"byte {at}"
        told = [record.input.rpartition("#")[2] for record in records if record.error]
        if not told:
            assert len(kept) == ROWS, f"byte {at}"
            continue
        assert told == [f"{len(kept) - len(OTHERS) + GROUP + 1}-{2 * GROUP}"]
        assert "row group 1 is broken: " in reasons(records)[0]


def test_a_page_that_is_passed_over_gives_no_text_the_id_of_another(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    whole, middle = write(path, compression="zstd")
    text = _start(parquet.read_metadata(path).row_group(1), column=1)
    assert text in middle and whole[text : text + 2] == b"\x15\x00", "a page's kind comes first: data is 0"
    path.write_bytes(whole[: text + 1] + b"\x02" + whole[text + 2 :])  # an index, which nobody reads
    records = read(path)
    assert good(records) == OTHERS
    assert [record.input for record in records if record.error] == [f"{path}#21-40"]
    assert reasons(records) == [
        "row group 1 is broken: its 'text' has 18 rows of 20, and which are missing is unknown"
    ]


def test_a_batch_over_a_damaged_file_adds_up_and_says_what_is_missing(tmp_path: Path) -> None:
    path, out = tmp_path / "in.parquet", tmp_path / "out.jsonl"
    whole, middle = write(path, compression="zstd")
    at = middle[len(middle) // 2]
    path.write_bytes(whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 200]) + whole[at + 200 :])
    counts = write_batch(QuickSummariser(), path, out)
    kept = ids_of(out)
    assert [id for id in kept if id in OTHERS] == OTHERS
    assert len(kept) < ROWS
    assert (counts.inputs, counts.summarised, counts.failed) == (len(kept) + 1, len(kept), 1)
    (failure,) = lines_of(tmp_path / "out.jsonl.failed.jsonl")
    assert failure["input"] == f"{path}#{len(kept) - len(OTHERS) + GROUP + 1}-{2 * GROUP}"
    assert "row group 1 is broken" in failure["error"]
    path.write_bytes(whole)
    assert write_batch(QuickSummariser(), path, out).failed == 0
    assert ids_of(out) == [f"n{n}" for n in range(ROWS)]


@pytest.mark.parametrize("compression", ["none", "zstd"])
def test_a_row_group_is_never_held_whole(tmp_path: Path, compression: str) -> None:
    chance = random.Random(5)
    texts = [chance.randbytes(5000).hex() for _ in range(2000)]
    table = pa.table({"id": [str(n) for n in range(2000)], "text": texts})
    # pages of about a megabyte; less than one can't be held
    how = {"row_group_size": 2000, "use_dictionary": False, "write_batch_size": 64}
    parquet.write_table(table, tmp_path / "in.parquet", compression=compression, **how)
    size = table.nbytes
    del table, texts
    before, held = pa.total_allocated_bytes(), list[int]()
    for record in Inputs([str(tmp_path / "in.parquet")], Form()):
        assert record.article
        held.append(pa.total_allocated_bytes() - before)
    assert len(held) == 2000
    assert max(held) < size / 4


def test_a_parquet_cell_that_is_not_utf8_or_no_text_costs_its_row(tmp_path: Path) -> None:
    raw = pa.array([TEXT.encode(), b"caf\xe9", TEXT.encode()]).cast(pa.binary())
    text = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    parquet.write_table(pa.table({"text": text}), tmp_path / "in.parquet")
    assert [bool(r.article) for r in read(tmp_path / "in.parquet")] == [True, False, True]
    parquet.write_table(pa.table({"text": [1, None]}), tmp_path / "numbers.parquet")
    assert len(reasons(read(tmp_path / "numbers.parquet"))) == 2
    (lost,) = read(tmp_path / "in.parquet", Form(text="body"))
    assert lost.error
    assert "there is: text" in lost.error.hint
