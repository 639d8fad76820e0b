"""Parquet to records, a few rows at a time. A row group that is broken costs what can't be read of it.

Every row group is read twice, first to see how much of it is sound: a model takes a thousand times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.batch.record import Form, Record, fail, read_record
from summarise.batch.streams import BROKEN, reason

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyarrow.parquet import ParquetFile

ROWS = 16
"""Rows read at a time: each may be an article of the largest size."""


def read_table(path: Path, name: str, form: Form) -> Iterator[tuple[Record, float]]:
    """The rows of a file, called `name`#1 and so on, and how much of the file is read with each: 0 to 1."""
    import pyarrow.parquet as parquet

    try:
        # page by page instead of whole column chunks: a row group may be larger than memory
        file = parquet.ParquetFile(
            path, pre_buffer=False, buffer_size=1 << 20, page_checksum_verification=True
        )
    except BROKEN as error:
        yield (
            fail(name, f"no Parquet that can be read: {reason(error)}", "get the file whole; then run again"),
            1,
        )
        return
    with file:
        has = file.schema_arrow.names
        if form.text not in has:
            hint = f"name the column of the text with --text-field; there is: {', '.join(has)}"
            yield fail(name, f"there is no column {form.text!r}", hint), 1
            return
        columns = list(dict.fromkeys(c for c in (form.text, form.id) if c in has))
        before = 0
        for group in range(file.num_row_groups):
            for record, row in _read_group(file, group, columns, (name, before, form)):
                yield record, (before + row) / max(file.metadata.num_rows, 1)
            before += file.metadata.row_group(group).num_rows


def _read_group(
    file: ParquetFile, group: int, columns: list[str], of: tuple[str, int, Form]
) -> Iterator[tuple[Record, int]]:
    name, before, form = of
    count = file.metadata.row_group(group).num_rows
    sound, fault = _sound_rows(file, group, columns)
    row = 0
    try:
        for batch in file.iter_batches(ROWS, row_groups=[group], columns=columns, use_threads=False):
            for i in range(min(batch.num_rows, sound - row)):
                row += 1
                yield _read_row(f"{name}#{before + row}", batch, i, form), row
            if row == sound:
                break
        if row < sound:
            raise ValueError("it was longer a moment ago")
    except BROKEN as error:
        fault = fault or error
    if fault is not None:
        place = f"{name}#{before + row + 1}-{before + count}"
        hint = "get the file whole; then run again"
        yield fail(place, f"row group {group} is broken: {reason(fault)}", hint), count


def _sound_rows(file: ParquetFile, group: int, columns: list[str]) -> tuple[int, Exception | None]:
    """How many rows of a group can be had, and what is wrong with the next.

    Reads each column to its end before anybody is given a row: where the head of a page is damaged, the page
    may be passed over without a word, and every text behind it would stand under the id of another.
    """
    count = sound = file.metadata.row_group(group).num_rows
    fault: Exception | None = None
    for column in columns:
        rows = 0
        try:
            for batch in file.iter_batches(ROWS, row_groups=[group], columns=[column], use_threads=False):
                rows += batch.num_rows
        except BROKEN as error:
            if rows < sound:
                sound, fault = rows, error
            continue
        if rows != count:
            return 0, ValueError(
                f"its {column!r} has {rows} rows of {count}, and which are missing is unknown"
            )
    return sound, fault


def _read_row(place: str, batch: RecordBatch, i: int, form: Form) -> Record:
    fields: dict[str, Any] = {}
    for column in batch.schema.names:
        try:
            fields[column] = batch.column(column)[i].as_py()
        except UnicodeDecodeError:
            return fail(place, f"the {column!r} is not UTF-8", "write the file again")
    return read_record(place, fields, form)
