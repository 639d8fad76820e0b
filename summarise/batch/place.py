"""The files of one output: who may write it, and which run may go on in it.

Beside OUT lie OUT.failed.jsonl, OUT.run.json (what made it), OUT.lock and, for a Parquet file, the journal
OUT.journal.jsonl that it is made from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from summarise.batch.disk import cant_write, replacing
from summarise.batch.sources import absolute
from summarise.errors import OutputError, UsageError

Fingerprint = Mapping[str, object]
"""All that the bytes of a summary depend on beside its article, by name."""

_MOST_NAMED = 3


@dataclass(frozen=True)
class Place:
    """Where everything of one output lies."""

    out: Path

    @property
    def is_table(self) -> bool:
        """Whether OUT is to be a Parquet file."""
        return self.out.suffix.lower() in (".parquet", ".pq")

    @property
    def journal(self) -> Path:
        """The summaries as JSON Lines: OUT itself, unless that is a Parquet file."""
        return self._beside("journal.jsonl") if self.is_table else self.out

    @property
    def failed(self) -> Path:
        """What ended in an error."""
        return self._beside("failed.jsonl")

    @property
    def run(self) -> Path:
        """The fingerprint."""
        return self._beside("run.json")

    @property
    def lock(self) -> Path:
        """Held while a run writes."""
        return self._beside("lock")

    def files(self) -> frozenset[str]:
        """Absolute paths of all of them: none can be an input."""
        every = (self.out, self.journal, self.failed, self.run, self.lock)
        return frozenset(absolute(path) for path in every)

    def _beside(self, what: str) -> Path:
        return self.out.with_name(f"{self.out.name}.{what}")


def find_place(out: str | Path) -> Place:
    """The place of an output. UsageError for one that no run can go on in."""
    path = Path(out)
    if str(out) == "-" or not path.name:
        raise UsageError("a batch needs a file to go on in", "name one that ends in .jsonl or .parquet")
    if path.suffix.lower() in (".gz", ".zst"):
        raise UsageError(f"{path} would be compressed", "write .jsonl and compress it after, or .parquet")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no regular file", "name one that ends in .jsonl or .parquet")
    if not path.parent.is_dir():
        raise OutputError(f"there is no folder {path.parent}", "make it first")
    return Place(path)


@contextmanager
def hold(place: Place) -> Iterator[None]:
    """Keeps every other run out. The system lets go of the lock when a process dies, however it dies.

    Its file stays, as runs that wait for each other need one and the same; but a run that never began, and so
    left nothing to go on with, leaves no lock either.
    """
    lock = FileLock(place.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UsageError(
            f"another run is writing {place.out}", "wait for it, or write to another file"
        ) from None
    except OSError as error:
        raise cant_write(place.lock, error) from None
    try:
        yield
    finally:
        if not place.run.exists():
            with suppress(OSError):  # another run sees by its links that a file which it has open is gone
                place.lock.unlink()
        lock.release()


def begin(place: Place, fingerprint: Fingerprint, *, write: bool = True) -> None:
    """Makes sure that what is there was made as this run would make it, and notes how that is.

    Raises UsageError where it was made otherwise, or by nobody we know.
    """
    there = [path for path in (place.journal, place.failed) if _has_something(path)]
    known = _read_fingerprint(place.run)
    if known is None and (there or _has_something(place.out)):
        raise UsageError(f"{place.out} is there, and no batch wrote it", "choose another name, or remove it")
    if known is not None and there and known != dict(fingerprint):
        names = " ".join(str(path) for path in there)
        raise UsageError(
            f"{place.out} was begun by another kind of run ({_difference(known, fingerprint)})",
            f"write to another file; or go on as it was begun; or begin anew: rm {names}",
        )
    if write and known != dict(fingerprint):
        try:
            with replacing(place.run) as file:
                file.write(json.dumps({"fingerprint": dict(fingerprint)}, indent=1).encode() + b"\n")
        except OSError as error:
            raise cant_write(place.run, error) from None


def _has_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _read_fingerprint(path: Path) -> dict[str, object] | None:
    try:
        found = json.loads(path.read_text("utf-8"))["fingerprint"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def _difference(known: Fingerprint, now: Fingerprint) -> str:
    names = [name for name in {**known, **now} if known.get(name) != now.get(name)]
    told = [f"{name}: {known.get(name)}, now {now.get(name)}" for name in names[:_MOST_NAMED]]
    return "; ".join(told)
