"""A trained adapter (LoRA) merged into a model's weights when it is loaded: no cost at a step.

One safetensors file in PEFT's names: `...<module>.lora_A.weight` [rank, in] and `lora_B.weight`
[out, rank]; its metadata holds `alpha`. W becomes W + alpha / rank * B A.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open

from summarise.errors import ModelError, system_reason

_PREFIX = "base_model.model."
_A, _B = ".lora_A.weight", ".lora_B.weight"


def merge_adapter(network: Any, file: Path, sha256: str) -> None:
    """Adds the adapter in `file` to the weights of `network`, in place.

    Raises ModelError where the file is missing or has other bytes than `sha256` says, and where
    it does not fit the model; the network is then not to be used.
    """
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(
            f"the adapter {file.name} can't be read ({system_reason(error)})", "install summarise again"
        ) from error
    if found != sha256:
        raise ModelError(
            f"the adapter {file.name} has other bytes than the lock says", "install summarise again"
        )
    try:
        with safe_open(file, "pt") as tensors, torch.no_grad():
            alpha = float(tensors.metadata()["alpha"])
            for name in tensors.keys():  # noqa: SIM118 - a safe_open is no mapping
                if name.endswith(_A):
                    a, b = tensors.get_tensor(name), tensors.get_tensor(name.removesuffix(_A) + _B)
                    weight = network.get_submodule(name.removesuffix(_A).removeprefix(_PREFIX)).weight
                    # in float32, whatever the weights are: a sum of small numbers
                    change = b.float() @ a.float() * (alpha / a.shape[0])
                    weight.copy_(weight.float() + change.to(weight.device))
    except (SafetensorError, KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"the adapter {file.name} does not fit the model: {line}", "leave it out with --no-adapter"
        ) from error
