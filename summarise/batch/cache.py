"""Summaries that were made before, in a SQLite file: article and fingerprint to JSON.

Several processes may share one file on a local disk. An id is no part of what is kept: the same text under
another id is the same summary. A cache that breaks is given up, never a reason to end a run.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from summarise.batch.place import Fingerprint
from summarise.errors import UsageError
from summarise.output import write_json

BUSY_SECONDS = 30.0

_TABLE = """
CREATE TABLE IF NOT EXISTS summary (
    article TEXT, fingerprint TEXT, json TEXT NOT NULL, PRIMARY KEY (article, fingerprint)
) WITHOUT ROWID
"""


class Cache:
    """The summaries of one fingerprint in the file `path`, made where it is not there."""

    def __init__(self, path: Path, fingerprint: Fingerprint, note: Callable[[str], None]) -> None:
        """Raises UsageError where `path` is no such file."""
        self.path, self._note = path, note
        self._fingerprint = sha256(json.dumps(dict(fingerprint), sort_keys=True).encode()).hexdigest()
        self._base: sqlite3.Connection | None = None
        try:
            self._base = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")  # a power cut may cost entries, never the file
            self._base.execute(_TABLE)
        except sqlite3.Error as error:
            self.close()
            raise UsageError(f"{path} can't serve as a cache: {error}", "name another --cache") from None

    def find(self, article: str, id: str | None) -> str | None:
        """The line of the summary of the article with that sha256, under `id`; None where there is none."""
        row = self._do("SELECT json FROM summary WHERE article = ? AND fingerprint = ?", article)
        if row is None:
            return None
        data = json.loads(row[0])
        data["article"]["id"] = id
        return write_json(data, line=True)

    def keep(self, article: str, line: str) -> None:
        """Notes a summary's line."""
        self._do("INSERT OR IGNORE INTO summary (article, fingerprint, json) VALUES (?, ?, ?)", article, line)

    def _do(self, statement: str, article: str, *more: str) -> tuple[str] | None:
        if self._base is None:
            return None
        try:
            found: tuple[str] | None = self._base.execute(
                statement, (article, self._fingerprint, *more)
            ).fetchone()
        except (sqlite3.Error, UnicodeEncodeError) as error:
            self._note(f"{self.path} fails as a cache: {error}; going on without it")
            self.close()
            return None
        return found

    def close(self) -> None:
        """Lets go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None
