"""The part of a prompt that is the same for every article, read once and kept on disk for later runs.

A file for each model, adapter, prompt, kind of processor and version of torch: what is read back is to
the bit what this machine would compute. A file that is damaged or can't be written is done without.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from summarise.model.cache import Prefix

LEAST = 64
"""Tokens from which on a prefix is worth a file."""


def prefix_file(folder: Path, ids: Sequence[int], *about: object) -> Path:
    """Where the prefix `ids` lies; `about`: whatever else its numbers depend on."""
    told = [torch.__version__, torch.backends.cpu.get_cpu_capability(), torch.get_num_threads()]
    key = hashlib.sha256(json.dumps([*map(str, (*about, *told)), list(ids)]).encode()).hexdigest()
    return folder / f"{key[:32]}.safetensors"


def load_prefix(file: Path, length: int, device: torch.device) -> Prefix | None:
    """The prefix of `length` tokens in `file`; None where there is none that is whole."""
    prefix = Prefix()
    try:
        with safe_open(file, "pt", device=str(device)) as tensors:
            layers = len(list(tensors.keys())) // 2
            prefix.keys = [tensors.get_tensor(f"keys.{layer}") for layer in range(layers)]
            prefix.values = [tensors.get_tensor(f"values.{layer}") for layer in range(layers)]
    except (OSError, SafetensorError):
        return None
    if not prefix.keys or any(t.shape[1] != length for t in (*prefix.keys, *prefix.values)):
        return None
    prefix.length = length
    return prefix


def save_prefix(file: Path, prefix: Prefix) -> None:
    """Writes `prefix` whole or not at all; a disk that takes nothing only costs the next run its time."""
    tensors: dict[str, Any] = {}
    for layer, (keys, values) in enumerate(zip(prefix.keys, prefix.values, strict=True)):
        tensors |= {f"keys.{layer}": keys.contiguous(), f"values.{layer}": values.contiguous()}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
    except OSError:
        return
    os.close(handle)
    part = Path(name)
    try:
        save_file(tensors, part)
        part.replace(file)
    except (OSError, SafetensorError):
        part.unlink(missing_ok=True)
