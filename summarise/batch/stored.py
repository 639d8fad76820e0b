"""Summaries back out of the Parquet file that a batch wrote, as their JSON, a few rows at a time.

The opposite of `columns`: structs and maps become objects, and whole doubles whole numbers again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as parquet

from summarise.batch.streams import BROKEN, reason
from summarise.batch.tables import ROWS
from summarise.errors import InputError
from summarise.summary import SCHEMA

_EXACT = 1 << 53
"""Up to here every whole number is a double."""


def find_rows(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    """The JSON of each row with its place: `name`#1 and so on. A stream that can't seek is held whole.

    Raises InputError for what is no table of summaries, and OSError and its like where it breaks.
    """
    source = stream if stream.seekable() else BytesIO(stream.read())
    try:
        table = parquet.ParquetFile(source, pre_buffer=False)
    except BROKEN as error:
        hint = "get the file whole"
        raise InputError(f"{name} is no Parquet that can be read: {reason(error)}", hint) from None
    with table:
        columns = table.schema_arrow
        if (columns.metadata or {}).get(b"summarise.schema") != SCHEMA.encode():
            raise InputError(f"{name} holds no summaries ({SCHEMA})", "give what `summarise batch` wrote")
        number = 0
        for batch in table.iter_batches(ROWS, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield f"{name}#{number}", _json(row, pa.struct(list(columns)))
    if not number:
        raise InputError(f"{name} is empty", "give what `summarise batch` wrote")


def _json(row: dict[str, Any], columns: pa.DataType) -> bytes:
    summary = _plain(row, columns)
    for rejected in summary.get("rejected") or ():
        rejected["item"] = json.loads(rejected["item"])  # it has no fixed shape, and so no columns
    return json.dumps(summary, ensure_ascii=False).encode()


def _plain(value: Any, kind: pa.DataType) -> Any:
    """`value`, of a column of that type, as JSON has it."""
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {field.name: _plain(value[field.name], field.type) for field in kind}
    if pa.types.is_map(kind):
        return {name: _plain(item, kind.item_type) for name, item in value}
    if pa.types.is_list(kind):
        return [_plain(item, kind.value_type) for item in value]
    if pa.types.is_floating(kind) and value.is_integer() and abs(value) <= _EXACT:
        return int(value)
    return value
