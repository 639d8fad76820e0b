"""One progress bar for any download: it watches a folder grow, so it needs nothing of the downloader."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from tqdm import tqdm

INTERVAL = 0.2  # seconds


@contextmanager
def growing(folder: Path, total: int | None, on: bool) -> Iterator[None]:
    """Shows on stderr how many bytes lie below `folder`, of `total` where that is known."""
    if not on:
        yield
        return
    done = Event()
    with tqdm(total=total, unit="B", unit_scale=True, leave=False, file=sys.stderr) as bar:
        watcher = Thread(target=_watch, args=(folder, bar, done), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def _watch(folder: Path, bar: tqdm[None], done: Event) -> None:
    while not done.wait(INTERVAL):
        # A downloader may hold two copies for a moment: never show more than all of it.
        bar.n = min(_bytes_below(folder), bar.total or sys.maxsize)
        bar.refresh()


def _bytes_below(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.stat().st_size if path.is_file() else 0
        except OSError:  # moved or removed while we looked
            continue
    return size
