"""`summarise --version`: what would run here. Loads no torch and asks no server: it must come at once."""

from __future__ import annotations

import runpy
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from summarise.cli.chosen import ModelChoice
from summarise.cli.options import Device
from summarise.version import VERSION


def tell_versions(chosen: ModelChoice) -> str:
    """Three lines: this program, the model, torch and the device. The first is the same for every model."""
    model = _served(chosen) if chosen.endpoint else f"{_model(chosen)}\n{_torch(chosen.device)}"
    return f"summarise {VERSION}\n{model}\n"


def _served(chosen: ModelChoice) -> str:
    name = "of a server" if chosen.model == "default" else f"{chosen.model} of a server"
    return f"model {name}, which was not asked"


def _model(chosen: ModelChoice) -> str:
    from summarise.lock import read_lock
    from summarise.store import model_path

    lock = read_lock()
    if chosen.model not in ("default", *lock.models) and Path(chosen.model).expanduser().is_dir():
        return f"model in {chosen.model}"
    entry = lock.get(chosen.model)
    adapter = entry.adapter.id if entry.adapter and chosen.adapter else "none"
    there = "pulled" if model_path(entry) else "not pulled"
    return f"model {entry.name}, revision {entry.revision}, adapter {adapter}, {there}"


def _torch(device: Device) -> str:
    """From torch's own constants, which lie beside it: to import it takes seconds."""
    spec = find_spec("torch")
    if spec is None or spec.origin is None:
        return "torch is not installed"
    facts: dict[str, Any] = runpy.run_path(str(Path(spec.origin).with_name("version.py")))
    gpus = bool(facts.get("cuda") or facts.get("hip"))  # built for NVIDIA's or AMD's
    where = "cuda where torch finds a GPU, else cpu" if gpus else "cpu"  # a build without can use none
    if device is not Device.AUTO:
        where = device.value if gpus or device is Device.CPU else "cuda, which this build can't use"
    return f"torch {facts['__version__']}, device {where}"
