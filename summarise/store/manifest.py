"""The manifest of a pulled model: what it is, where it came from, every file's size and sha256.

It is written last, so its existence means that the pull came to its end. It never says more than
was computed from the bytes on the disk.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from summarise.convert import CONVERTER
from summarise.lock import HubSource, ModelEntry, WheelSource

MANIFEST = "manifest.json"


class FileSum(BaseModel):
    """Size in bytes and sha256 of one file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    sha256: str


class Manifest(BaseModel):
    """`files` by path relative to the model's folder; `unverified` had no hash in the lock."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal["summarise-model/1"] = "summarise-model/1"
    name: str
    revision: str
    source: WheelSource | HubSource
    converter: int | None
    unverified: tuple[str, ...]
    files: dict[str, FileSum]

    def is_for(self, entry: ModelEntry) -> bool:
        """Whether it describes this very entry, converted as this version of the tool would."""
        return (self.name, self.source, self.converter) == (entry.name, entry.source, converter_of(entry))


def converter_of(entry: ModelEntry) -> int | None:
    """The version of our conversion that the entry's files go through; None for ready-made files."""
    return CONVERTER if isinstance(entry.source, WheelSource) else None


def sum_of(path: Path) -> FileSum:
    """Reads the file once; OSError where it can't be read."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileSum(size=path.stat().st_size, sha256=digest)


def write_manifest(entry: ModelEntry, folder: Path) -> None:
    """Puts `folder`, whole, on the disk: every file, then the manifest, then the folder itself."""
    paths = files_in(folder)
    sums = {}
    for path in paths:
        _to_disk(folder / path)
        sums[path] = sum_of(folder / path)
    hashless = {file.path for file in entry.files if file.sha256 is None}
    manifest = Manifest(
        name=entry.name,
        revision=entry.revision,
        source=entry.source,
        converter=converter_of(entry),
        unverified=tuple(path for path in paths if path in hashless),
        files=sums,
    )
    target = folder / MANIFEST
    target.write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
    for path in paths:
        shutil.copymode(target, folder / path)  # safetensors writes 0600: a shared store must be readable
    _to_disk(target)
    to_disk_folder(folder)


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest; None where it is missing, cut short or not one of ours."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError):
        return None


def files_in(folder: Path) -> list[str]:
    """Every file below `folder` but the manifest, sorted, as relative POSIX paths."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if path != MANIFEST)


def _to_disk(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def to_disk_folder(folder: Path) -> None:
    """Makes renames inside `folder` last through a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
