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

STDIN = "-"


def saved_summaries(name: str) -> Iterator[Summary | InputError]:
    """The summaries in the file `name` (`-`: stdin); an error stands where one is none. Raises InputError."""
    from summarise.saved import read_summaries

    with open_saved(name) as stream:
        yield from read_summaries(find_saved(stream, name))


def find_saved(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes | InputError]]:
    """The JSON of each summary in `stream`, the file `name`, with its place, not yet judged.

    By its name it is Parquet, or else JSON, one object after the other. Raises InputError, and what reading
    raises.
    """
    from summarise.batch.sources import suffixes

    if suffixes(Path(name)) in ((".parquet", ""), (".pq", "")):
        from summarise.batch.stored import find_rows

        return find_rows(stream, called(name))
    from summarise.saved import find_objects

    return find_objects(stream, called(name))


def saved_summary(name: str) -> Summary:
    """The one summary in the file `name` (`-`: stdin). Raises InputError."""
    found = saved_summaries(name)
    first = next(found)
    if isinstance(first, InputError):
        raise first
    second = next(found, None)
    if isinstance(second, InputError):
        raise second
    if second is not None:
        raise InputError(f"{called(name)} has more than one summary", "give a file with one")
    return first


@contextmanager
def open_saved(name: str) -> Iterator[BinaryIO]:
    """The bytes of the file `name`, unpacked (`-`: stdin). Raises InputError, also while it is read."""
    from summarise.batch.sources import suffixes
    from summarise.batch.streams import BROKEN, open_stream, reason

    if name == STDIN and sys.stdin is None:
        raise InputError("standard input is closed", "name a file or pipe summaries in")
    try:
        if name == STDIN:
            yield sys.stdin.buffer
            return
        path = Path(name)
        with path.open("rb") as raw, open_stream(raw, suffixes(path)[1]) as stream:
            yield stream
    except FileNotFoundError:
        raise InputError(f"no such file: {name}", "check the path") from None
    except IsADirectoryError:
        raise InputError(f"{name} is a folder", "name the summaries in it") from None
    except BROKEN as error:
        hint = "check the file and its permissions"
        raise InputError(f"can't read {called(name)}: {reason(error)}", hint) from None


def called(name: str) -> str:
    """What to call the file `name` in messages."""
    return "standard input" if name == STDIN else name
