"""All records of a batch, in order: every name, every file, every line and row, each once.

Streams: what is held does not grow with what is read. Whatever can't be read is a record that says so.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from summarise.article import Article
from summarise.batch.lines import read_jsonl
from summarise.batch.record import Form, Record, fail, settle
from summarise.batch.sources import STDIN, Sources, shown, suffixes
from summarise.batch.streams import BROKEN, open_stream, reason
from summarise.batch.tables import read_table
from summarise.errors import InputError
from summarise.read import read_bytes, read_file

LINES = (".jsonl", ".ndjson")
TABLES = (".parquet", ".pq")
PAGES = (".html", ".htm", ".xhtml")


class Inputs:
    """The records that `names` stand for.

    own: absolute paths that are the output's. read: bytes of the files read so far, as they lie there.
    """

    def __init__(self, names: Sequence[str], form: Form, own: Collection[str] = ()) -> None:
        self.names, self.form, self._own = names, form, own
        self.read = 0.0
        self.sources = Sources(names, own)

    def size(self) -> int | None:
        """Bytes of all files together, as they lie there; None where standard input is among them."""
        if STDIN in self.names:
            return None
        return sum(_size(source) for source in Sources(self.names, self._own) if isinstance(source, Path))

    def anything(self) -> bool:
        """Whether any name stands for something that is there."""
        return any(not isinstance(source, Record) for source in Sources(self.names, self._own))

    def __iter__(self) -> Iterator[Record]:
        for source in self.sources:
            if isinstance(source, Record):
                yield source
            elif source == STDIN:
                yield from self._read_stdin()
            else:
                before = self.read
                yield from self._read_file(source)
                self.read = before + _size(source)

    def _read_stdin(self) -> Iterator[Record]:
        if sys.stdin is None:
            yield fail(STDIN, "standard input is closed", "pipe JSON Lines in, or name a file")
        else:
            yield from read_jsonl(sys.stdin.buffer, STDIN, self.form)

    def _read_file(self, path: Path) -> Iterator[Record]:
        name, (kind, compression) = shown(path), suffixes(path)
        if kind in LINES:
            yield from self._read_lines(path, name, compression)
        elif kind in TABLES and not compression:
            before, size = self.read, _size(path)
            for record, share in read_table(path, name, self.form):
                self.read = before + share * size
                yield record
        elif kind in (*TABLES, ".json"):
            how = "jq -c '.[]' for a list" if kind == ".json" else "it compresses itself"
            yield fail(name, f"a {kind}{compression} file is no JSON Lines and no Parquet", how)
        else:
            yield settle(name, lambda: _read_article(path, compression, self.form))

    def _read_lines(self, path: Path, name: str, compression: str) -> Iterator[Record]:
        before = self.read
        try:
            with path.open("rb") as raw:
                for record in read_jsonl(open_stream(raw, compression), name, self.form):
                    self.read = before + (raw.tell() if not raw.closed else 0)
                    yield record
        except BROKEN as error:  # it can't be opened at all
            yield fail(name, f"can't read it: {reason(error)}", "check the file and its permissions")


def _read_article(path: Path, compression: str, form: Form) -> Article:
    if not compression:
        return read_file(path, html=form.html, most=form.most)
    html = True if form.html is None and suffixes(path)[0] in PAGES else form.html
    try:
        with path.open("rb") as raw:
            data = open_stream(raw, compression).read(4 * form.most + 5)  # enough to see that it is too large
    except BROKEN as error:
        raise InputError(
            f"can't be unpacked: {reason(error)}", "get the file whole; then run again"
        ) from None
    return read_bytes(data, html=html, most=form.most)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
