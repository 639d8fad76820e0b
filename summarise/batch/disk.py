"""Files that are there whole or not at all, and what to say when the disk refuses."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from summarise.errors import OutputError, system_reason


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` in one step, once it lies on the disk.

    When anything goes wrong before that, `path` is what it was. Raises OSError.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # some systems can't sync a folder; the file itself is safe
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def cant_write(path: Path, error: OSError) -> OutputError:
    """The disk's refusal in our words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutputError(
            f"no room for {path}: {(error.strerror or 'the disk is full').lower()}",
            "free some space and run the same command again: it goes on where it was",
        )
    said = system_reason(error)
    return OutputError(f"can't write {path}: {said}", "check the folder and its permissions")
