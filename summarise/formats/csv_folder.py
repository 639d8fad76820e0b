"""Summaries as CSV files in a folder, one for each table of `columns`, all of a run's articles in each.

RFC 4180: quotes where they are needed, CRLF, UTF-8 without a byte order mark. Nothing is changed for the
eyes of a spreadsheet: a cell that begins with `=`, `+`, `-` or `@` is what the article says, and stays so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from summarise.batch.disk import replacing
from summarise.errors import OutputError, system_reason
from summarise.formats.columns import columns, rows
from summarise.summary import Summary


class CsvFolder:
    """The open files."""

    def __init__(self, writers: dict[str, Any]) -> None:
        self._writers = writers

    def put(self, summary: Summary) -> None:
        """Adds the rows of `summary`."""
        for table, row in rows(summary):
            self._writers[table].writerow(row)


@contextmanager
def write_csv(folder: Path) -> Iterator[CsvFolder]:
    """Files `gist.csv`, `actors.csv` … in `folder`, which is made where it is not there.

    They take the place of earlier ones when all is written, each whole or not at all. Raises OutputError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as files:
            writers = {}
            for table, names in columns().items():
                raw = files.enter_context(replacing(folder / f"{table}.csv"))
                # a lone surrogate, which UTF-8 lacks, as `?`; detached (which flushes) before it is synced
                text = io.TextIOWrapper(raw, "utf-8", errors="replace", newline="", write_through=True)
                files.callback(text.detach)
                writers[table] = csv.writer(text)
                writers[table].writerow(names)
            yield CsvFolder(writers)
    except OSError as error:
        raise OutputError(
            f"can't write into {folder}: {system_reason(error)}", "name a folder that can be written to"
        ) from None
