"""Summaries as bytes, between the processes of a batch.

The model of a report in a schema of one's own is made anew in each process, under no name that pickle could
find. So it stays at home: what travels is that here stands the model of the output, and who unpacks it puts
their own there. The classes of the schema itself go by their names, as pickle has it.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

from pydantic import BaseModel


def pack(summary: BaseModel) -> bytes:
    """The summary or report, for `unpack`."""
    parcel = io.BytesIO()
    _Pickler(parcel, type(summary)).dump(summary)
    return parcel.getvalue()


def unpack(parcel: bytes, output: type[BaseModel]) -> Any:
    """What was packed; its model, `output`, is this process's own of the same schema."""
    return _Unpickler(io.BytesIO(parcel), output).load()


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, output: type[BaseModel]) -> None:
        super().__init__(file)
        self._output = output

    def persistent_id(self, value: Any) -> str | None:
        return "output" if value is self._output else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, output: type[BaseModel]) -> None:
        super().__init__(file)
        self._output = output

    def persistent_load(self, _: Any) -> type[BaseModel]:
        return self._output  # nothing else is left at home
