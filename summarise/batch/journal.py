"""A file of JSON lines that survives being killed: what it holds, whole lines only, is the truth.

Every line goes to the system with one write, so a killed run loses none that it has noted; a torn last line
is cut off by the next run. The disk is told (fsync) every few seconds, so a power cut costs the lines since
then, which are done again. Only `settle` ever moves lines, through a new file that takes the old one's
place; it is the last that a run does with a journal.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from time import monotonic
from typing import Any

from pydantic_core import from_json

from summarise.batch.disk import cant_write, replacing
from summarise.batch.index import Index
from summarise.errors import OutputError, system_reason

SYNC_SECONDS = 5.0
SYNC_LINES = 64

Key = Callable[[Any], tuple[str, str]]
"""The name and the version of a line's data. What is none of ours raises KeyError or TypeError."""


class Journal:
    """The lines of one file, each under a name, of which it has one line at most, and a version."""

    def __init__(self, path: Path, key: Key) -> None:
        """Reads `path`, where it is there, and changes nothing. Raises OutputError."""
        self.path, self._key = path, key
        self.damaged = 0
        self._index = Index()
        self._file: FileIO | None = None
        self._end = self._unsynced = 0
        self._synced = monotonic()
        try:
            self._load()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise OutputError(f"can't read {path}: {system_reason(error)}") from None

    def _load(self) -> None:
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break  # torn: whoever wrote it was killed
                try:
                    name, version = self._key(from_json(line))
                    self._index.put(name, version, self._end, len(line), None)
                except (ValueError, KeyError, TypeError):
                    self.damaged += 1
                self._end += len(line)

    def holds(self, name: str, version: str) -> bool:
        """Whether there is a line of that name and version."""
        return self._index.version_is(name, version)

    def meet(self, name: str, position: int) -> None:
        """Notes that the input of a line stands at `position` in this run."""
        self._index.meet(name, position)

    def met(self, name: str) -> bool:
        """Whether this run has met the input of a line of that name."""
        return self._index.met(name)

    def count(self, *, met: bool) -> int:
        """How many lines have met their input in this run, or have not."""
        return self._index.count(met=met)

    def append(self, name: str, version: str, line: str, position: int) -> None:
        """Writes `line`, which ends in a line break. Raises OutputError; the file then ends as before."""
        data = line.encode("utf-8", "replace")
        file = self._opened()
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            self._unsynced += 1
            if self._unsynced >= SYNC_LINES or monotonic() - self._synced >= SYNC_SECONDS:
                self.sync()
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(file.fileno(), self._end)
            raise cant_write(self.path, error) from None
        self._index.put(name, version, self._end, len(data), position)
        self._end += len(data)

    def sync(self) -> None:
        """Has the disk keep what has been written."""
        if self._file is not None and self._unsynced:
            os.fsync(self._file.fileno())
        self._unsynced, self._synced = 0, monotonic()

    def forget(self) -> None:
        """Empties the file."""
        self._index.close()
        self._index, self._end = Index(), 0
        self._opened().truncate(0)

    def settle(self, *, complete: bool, keep_unmet: bool) -> None:
        """Brings the lines into the order of the input and drops what is superseded or damaged.

        complete: whether all inputs were met; else the order stays. keep_unmet: whether lines stay whose
        input was not met; they come first. Raises OutputError; nothing is lost then.
        """
        by_input, unmet = complete, keep_unmet or not complete
        try:
            self._opened()
            self.sync()
            end = 0
            for at, size in self._index.places(by_input=by_input, unmet=unmet):
                if at != end:
                    break
                end += size
            else:
                if end == self._end:
                    return
            self._rewrite(self._index.places(by_input=by_input, unmet=unmet))
        except OSError as error:
            raise cant_write(self.path, error) from None

    def _rewrite(self, places: Iterator[tuple[int, int]]) -> None:
        with self.path.open("rb") as old, replacing(self.path) as new:
            for at, size in places:
                old.seek(at)
                new.write(old.read(size))
        if self._file is not None:  # it is the old one's
            self._file.close()
            self._file = None
        self._end = self.path.stat().st_size

    def _opened(self) -> FileIO:
        if self._file is None:
            try:
                self._file = FileIO(self.path, "ab")
                self._file.truncate(self._end)
            except OSError as error:
                raise cant_write(self.path, error) from None
        return self._file

    def close(self) -> None:
        """Syncs and lets go of the file. Raises nothing: whoever closes after an error has one already."""
        with suppress(OSError):
            self.sync()
        if self._file is not None:
            self._file.close()
        self._index.close()
