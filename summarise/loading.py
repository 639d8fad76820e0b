"""A model by its name in the lock, or from a folder: found or pulled, loaded, and set up as the lock says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from summarise.errors import ModelError
from summarise.lock import ModelEntry, read_lock
from summarise.model import Model, load_model, merge_adapter
from summarise.store import model_path, prefixes_folder, pull

Device = Literal["auto", "cpu", "cuda"]


def find_entry(model: str | Path | Model) -> ModelEntry | None:
    """The lock's entry that `model` names; None for a folder or a loaded model.

    Raises ModelError for a name that is neither an entry's nor a folder's.
    """
    if not isinstance(model, str | Path):
        return None
    lock = read_lock()
    if isinstance(model, str) and (model == "default" or model in lock.models):
        return lock.get(model)
    if not Path(model).expanduser().is_dir():
        lock.get(str(model))  # says which names there are
    return None


def load_folder(folder: Path, device: Device) -> Model:
    """The model in a folder, called as the folder is."""
    return load_model(folder, folder.resolve().name, device=device)


def load_entry(
    entry: ModelEntry, device: Device, allow_pull: bool, show: Callable[[str], None] | None
) -> Model:
    """The model of an entry with its adapter; pulled first where it is not here and may be.

    show: takes notes for people, None for standard error. Raises ModelError when it is not to be had.
    """
    folder = model_path(entry)
    if folder is None:
        if not allow_pull:
            raise ModelError(
                f"the model {entry.name} is not here", f"run `summarise models pull {entry.name}` first"
            )
        tell = show or _note
        tell(f"summarise: first run: pulling the model {entry.name}; later runs need no network")
        folder = pull(entry, show=tell, progress=False if show else None)
    loaded = load_model(folder, entry.name, device=device, template=entry.template)
    loaded.revision = entry.revision
    loaded.window = entry.window
    loaded.context = min(entry.context_length, loaded.context)
    loaded.style = entry.style
    loaded.kept = prefixes_folder() / (entry.adapter.sha256[:16] if entry.adapter else "plain")
    if entry.adapter is not None:
        merge_adapter(loaded.network, entry.adapter.file, entry.adapter.sha256)
        loaded.adapter, loaded.thresholds = entry.adapter.id, entry.adapter.thresholds
    return loaded


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
