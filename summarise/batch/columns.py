"""Summaries as a Parquet file, with columns that follow from their model, never from the data.

Models become structs, lists lists, `spans` a map from the field's name to [start, end]. A value that may be
whole or broken is a double; what has no fixed shape (the item of a rejection) is its JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as parquet
from pydantic import BaseModel
from pydantic_core import from_json

from summarise.batch.disk import cant_write, replacing
from summarise.summary import Summary

GROUP_BYTES = 16 << 20
"""Bytes of JSON that become one row group: what is held in memory at a time."""
_SIMPLE = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


@cache
def columns_of(output: type[BaseModel]) -> pa.Schema:
    """The columns of a file of `output`: summaries, or reports in a schema of one's own."""
    return pa.schema(
        list(_type_of(output)), metadata={"summarise.schema": output.model_fields["schema_"].default}
    )


def write_table(lines: Iterable[bytes], path: Path, output: type[BaseModel] = Summary) -> None:
    """Writes summaries, or other `output`, given as JSON lines, to `path`; it is there whole or not at all.

    Raises OutputError.
    """
    columns = columns_of(output)
    try:
        with replacing(path) as file, parquet.ParquetWriter(file, columns, compression="zstd") as writer:
            for group in _groups(lines):
                rows = [_fit(from_json(line), pa.struct(list(columns))) for line in group]
                writer.write_table(pa.Table.from_pylist(rows, schema=columns))
    except OSError as error:
        raise cant_write(path, error) from None


def _groups(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    group: list[bytes] = []
    size = 0
    for line in lines:
        group.append(line)
        size += len(line)
        if size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _type_of(annotation: Any) -> pa.DataType:
    """The column type of a field of a model, as its annotation has it."""
    if hasattr(annotation, "__metadata__"):  # Annotated
        return _type_of(annotation.__origin__)
    origin, parts = get_origin(annotation), [a for a in get_args(annotation) if a is not NoneType]
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        own = annotation.model_fields.items()
        return pa.struct([pa.field(f.alias or name, _type_of(f.annotation)) for name, f in own])
    if origin in (Union, UnionType):
        return pa.float64() if set(parts) == {int, float} else _type_of(*parts)
    if origin is Literal:
        return pa.string()
    if origin in (tuple, list) and set(parts[1:]) <= {parts[0], ...}:
        return pa.list_(_type_of(parts[0]))
    if origin is dict and parts[1] is not Any:
        return pa.map_(pa.string(), _type_of(parts[1]))
    return pa.string()  # no fixed shape: its JSON


def _fit(value: Any, kind: pa.DataType) -> Any:
    """`value`, of a summary's JSON, as pyarrow takes it for a column of that type."""
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {field.name: _fit(value.get(field.name), field.type) for field in kind}
    if pa.types.is_map(kind):
        return [(name, _fit(item, kind.item_type)) for name, item in value.items()]
    if pa.types.is_list(kind):
        return [_fit(item, kind.value_type) for item in value]
    if pa.types.is_floating(kind):
        return float(str(value))  # through its digits: no whole number is too large for it
    if pa.types.is_string(kind) and not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return value
