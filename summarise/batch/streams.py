"""Bytes of a file or of standard input, decompressed as its name says, and its lines, bounded.

Nothing is ever held whole: a line longer than the bound is passed over piece by piece. zstd comes from
pyarrow, which, unlike others, says when a stream was cut.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from summarise.errors import system_reason

BROKEN = (OSError, EOFError, zlib.error, ValueError)
"""What reading a damaged stream or table raises, whichever library does it."""

_PIECE = 1 << 20


def open_stream(raw: BinaryIO, compression: str) -> BinaryIO:
    """The content of `raw`; compression: `.gz`, `.zst` or ``."""
    if compression == ".gz":
        return io.BufferedReader(gzip.GzipFile(fileobj=raw))
    if compression == ".zst":
        import pyarrow

        packed = pyarrow.CompressedInputStream(pyarrow.PythonFile(raw, "r"), "zstd")
        return io.BufferedReader(packed)
    return raw


def read_lines(stream: BinaryIO, most: int) -> Iterator[bytes | None]:
    """The lines, with their line breaks; None in place of one that has more than `most` bytes."""
    while line := stream.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(_PIECE)):
            pass
        yield None


def reason(error: BaseException) -> str:
    """What a library said of a broken stream, for a message of ours: one line, no full stop."""
    if isinstance(error, OSError) and error.strerror:
        return system_reason(error)
    said = str(error) or type(error).__name__
    line = " ".join(said.split()).rstrip(".")
    return line if line[1:2].isupper() else line[:1].lower() + line[1:]  # ZSTD stays as it is
