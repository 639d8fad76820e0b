"""Where models lie and whether they are sound. Reads the disk; never writes, never fetches."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from summarise.errors import system_reason
from summarise.lock import ModelEntry
from summarise.store.manifest import Manifest, files_in, read_manifest, sum_of


def models_folder() -> Path:
    """SUMMARISE_MODELS, else `models` in the user's data folder. It need not exist yet."""
    chosen = os.environ.get("SUMMARISE_MODELS")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path("summarise", appauthor=False) / "models"


def prefixes_folder() -> Path:
    """Where what was read of prompts is kept between runs, beside the models. It need not exist yet."""
    return models_folder() / ".prefixes"


def place_of(entry: ModelEntry) -> Path:
    """The folder that the entry's files belong in, pulled or not: one for each revision."""
    return models_folder() / f"{entry.name}@{entry.revision}"


def model_path(entry: ModelEntry) -> Path | None:
    """The entry's ready folder; None when it isn't pulled.

    A folder without our manifest, with one for another revision, or with a file missing or of
    another size counts as not pulled. Hashes are not computed here: see `verify`.
    """
    folder = place_of(entry)
    manifest = _own_manifest(entry, folder)
    if manifest is None:
        return None
    try:
        whole = all((folder / path).stat().st_size == file.size for path, file in manifest.files.items())
    except OSError:
        return None
    return folder if whole else None


def verify(entry: ModelEntry) -> list[str]:
    """Every fault of the pulled files, read in full; [] when they are sound.

    Files are held against the manifest and, where the lock knows their hash, against the lock.
    """
    folder = place_of(entry)
    manifest = _own_manifest(entry, folder)
    if manifest is None:
        return ["manifest missing or foreign" if folder.exists() else "not pulled"]
    known = {file.path: file.sha256 for file in entry.files if file.sha256}
    faults = [f"{path}: unexpected file" for path in files_in(folder) if path not in manifest.files]
    for path, expected in manifest.files.items():
        try:
            found = sum_of(folder / path)
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            faults.append(f"{path}: {'missing' if missing else system_reason(error)}")
            continue
        if found.size != expected.size:
            faults.append(f"{path}: {found.size} bytes, not {expected.size}")
        elif found.sha256 != known.get(path, expected.sha256):
            faults.append(f"{path}: sha256 is wrong")
    return faults


def _own_manifest(entry: ModelEntry, folder: Path) -> Manifest | None:
    manifest = read_manifest(folder)
    return manifest if manifest is not None and manifest.is_for(entry) else None
