"""Summaries that were written before, from files or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summarise.errors import InputError

if TYPE_CHECKING:
    from summarise.summary import Summary


def saved_summaries(name: str) -> Iterator[Summary | InputError]:
    """The summaries in the file `name` (`-`: stdin); an error stands where one is none. Raises InputError."""
    from summarise.batch.streams import BROKEN, reason
    from summarise.saved import read_summaries

    called = "standard input" if name == "-" else name
    try:
        with _open(name) as stream:
            yield from read_summaries(stream, called)
    except FileNotFoundError:
        raise InputError(f"no such file: {name}", "check the path") from None
    except BROKEN as error:
        raise InputError(
            f"can't read {called}: {reason(error)}", "check the file and its permissions"
        ) from None


def saved_summary(name: str) -> Summary:
    """The one summary in the file `name` (`-`: stdin). Raises InputError."""
    found = saved_summaries(name)
    first = next(found)
    if isinstance(first, InputError):
        raise first
    if next(found, None) is not None:
        raise InputError(f"{name} has more than one summary", "give a file with one")
    return first


@contextmanager
def _open(name: str) -> Iterator[BinaryIO]:
    from summarise.batch.sources import suffixes
    from summarise.batch.streams import open_stream

    if name == "-":
        if sys.stdin is None:
            raise InputError("standard input is closed", "name a file or pipe summaries in")
        yield sys.stdin.buffer
        return
    path = Path(name)
    with path.open("rb") as raw, open_stream(raw, suffixes(path)[1]) as stream:
        yield stream
