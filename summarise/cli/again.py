"""Files that are read twice, also those that give their bytes only once: standard input and pipes.

Those are kept on the disk in a file without a name, which is gone with the process.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from summarise.cli.saved import STDIN, open_saved


class Again:
    """What opens files, each as often as it is asked; `kept` closes what it keeps of them."""

    def __init__(self, kept: ExitStack) -> None:
        self._kept = kept
        self._files: dict[str, BinaryIO] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The bytes of the file `name`, unpacked, from the first on. Raises as `open_saved`."""
        if not gives_once(name):
            with open_saved(name) as stream:
                yield stream
            return
        if name not in self._files:
            with open_saved(name) as stream:
                file = self._kept.enter_context(TemporaryFile())  # noqa: SIM115  (the stack closes it)
                shutil.copyfileobj(stream, file)
            self._files[name] = file
        self._files[name].seek(0)
        yield self._files[name]


def gives_once(name: str) -> bool:
    """Whether the bytes of the file `name` can be read only once."""
    path = Path(name)
    return name == STDIN or (path.exists() and not path.is_file() and not path.is_dir())
