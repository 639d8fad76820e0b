"""The names given on the command line, as a stream of sources: files, standard input, and what is missing.

Folders are walked in sorted order, without following links to folders; they give articles only (.txt,
.html, .htm, .md, also compressed). Globs are expanded and sorted. Opens no file.
"""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Literal

from summarise.batch.record import Record, fail
from summarise.errors import system_reason

COMPRESSED = (".gz", ".zst")
ARTICLES = (".txt", ".html", ".htm", ".md")
STDIN: Literal["-"] = "-"

Source = Path | Literal["-"] | Record


def suffixes(path: Path) -> tuple[str, str]:
    """What the file is and how it is compressed: `a.jsonl.gz` is a `.jsonl` and a `.gz`."""
    last = path.suffix.lower()
    return (Path(path.stem).suffix.lower(), last) if last in COMPRESSED else (last, "")


def shown(path: Path) -> str:
    """The path for people and for JSON; bytes that are no UTF-8 as `\\xff`."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def absolute(path: Path) -> str:
    """The path from the root, without `..`."""
    return os.path.abspath(path)  # noqa: PTH100  (resolve would follow links, and two links are two inputs)


class Sources:
    """What `names` stand for, in their order, each file once.

    own: absolute paths that are never read: the output's. passed_over: after the walk, how many files of
    folders are no articles, by suffix.
    """

    def __init__(self, names: Sequence[str], own: Collection[str] = ()) -> None:
        self.names = names
        self.passed_over: Counter[str] = Counter()
        self._seen = set(own)
        self._once = len(names) == 1 and not glob.has_magic(names[0])  # then nothing can come twice

    def __iter__(self) -> Iterator[Source]:
        for name in self.names:
            for source in self._expand(name):
                if not isinstance(source, Path):
                    yield source
                elif (place := absolute(source)) not in self._seen:
                    if not self._once:
                        self._seen.add(place)
                    yield source

    def _expand(self, name: str) -> Iterator[Source]:
        path = Path(name)
        if name == STDIN:
            yield STDIN
        elif _exists(path):
            yield from self._file_or_folder(path)
        elif glob.has_magic(name):
            found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  (a Path has none from the root)
            for one in found:
                yield from self._file_or_folder(Path(one))
            if not found:
                yield fail(shown(path), "nothing matches", "check the pattern, and that it is quoted")
        else:
            yield fail(shown(path), "no such file or folder", "check the path")

    def _file_or_folder(self, path: Path) -> Iterator[Source]:
        if not path.is_dir():
            yield path
            return
        empty = True
        for source in self._walk(path):
            empty = False
            yield source
        if empty:
            kinds = ", ".join(ARTICLES)
            yield fail(shown(path), "no article in the folder", f"articles end in {kinds}; name other files")

    def _walk(self, folder: Path) -> Iterator[Source]:
        try:
            with os.scandir(folder) as entries:
                # names only: a folder of a million files is held, and little of each
                found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except OSError as error:
            reason = system_reason(error)
            yield fail(shown(folder), f"can't read the folder: {reason}", "check its permissions")
            return
        for name, is_folder in found:
            path = folder / name
            if is_folder:
                yield from self._walk(path)
            elif suffixes(path)[0] in ARTICLES:
                yield path
            else:
                self.passed_over[path.suffix.lower() or "no suffix"] += 1


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long for this system, or with a NUL
        return False
