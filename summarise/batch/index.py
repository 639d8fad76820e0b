"""Where the lines of a journal lie: a temporary database that the system removes with the process.

It spills to disk, so a hundred million lines cost no more memory than a thousand. Names and versions
are kept as hashes. Never written beside the output, never read by another run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import blake2b

_TABLE = """
CREATE TABLE line (
    name BLOB PRIMARY KEY, version BLOB NOT NULL, at INTEGER NOT NULL, size INTEGER NOT NULL, position INTEGER
) WITHOUT ROWID
"""


class Index:
    """At most one line a name; `position` is that of the input in this run, once it has been met."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536"):  # 64 MB, then disk
            self._base.execute(f"PRAGMA {pragma}")
        self._base.execute(_TABLE)

    def put(self, name: str, version: str, at: int, size: int, position: int | None) -> None:
        """Notes a line; it takes the place of an earlier one of that name."""
        row = (_hash(name), _hash(version), at, size, position)
        self._base.execute("INSERT OR REPLACE INTO line VALUES (?, ?, ?, ?, ?)", row)

    def claim(self, name: str) -> bool:
        """Notes a name that has no line; whether it is new."""
        row = (_hash(name), b"", 0, 0, None)
        return self._base.execute("INSERT OR IGNORE INTO line VALUES (?, ?, ?, ?, ?)", row).rowcount == 1

    def version_is(self, name: str, version: str) -> bool:
        """Whether there is a line of that name and version."""
        row = self._base.execute("SELECT version FROM line WHERE name = ?", (_hash(name),)).fetchone()
        return row is not None and row[0] == _hash(version)

    def meet(self, name: str, position: int) -> None:
        """Notes where in the input the line's own input stands."""
        self._base.execute("UPDATE line SET position = ? WHERE name = ?", (position, _hash(name)))

    def met(self, name: str) -> bool:
        """Whether the input of that line was met in this run."""
        row = self._base.execute("SELECT position FROM line WHERE name = ?", (_hash(name),)).fetchone()
        return row is not None and row[0] is not None

    def count(self, *, met: bool) -> int:
        """How many lines have met their input in this run, or have not."""
        query = f"SELECT count(*) FROM line WHERE position IS {'NOT ' if met else ''}NULL"
        return int(self._base.execute(query).fetchone()[0])

    def places(self, *, by_input: bool, unmet: bool) -> Iterator[tuple[int, int]]:
        """(at, size) of the lines, in the order of the input or as they lie.

        unmet: whether lines whose input was not met are among them; by input they come first.
        """
        where = "" if unmet else "WHERE position IS NOT NULL "
        order = "position, at" if by_input else "at"  # NULL sorts before every number
        yield from self._base.execute(f"SELECT at, size FROM line {where}ORDER BY {order}")

    def close(self) -> None:
        """Gives its disk space back."""
        self._base.close()


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
