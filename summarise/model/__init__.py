"""A local language model: its weights, its tokens, and rows that it runs over a prefix.

The door of this folder. `torch` and `transformers` are imported in this folder alone, and only when a model
is loaded: one behind a server needs neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.model.seam import Due, Message, Model, Scores, Tokens

if TYPE_CHECKING:
    from summarise.model.load import LocalModel

__all__ = ["Due", "LocalModel", "Message", "Model", "Scores", "Tokens", "load_model", "merge_adapter"]


def load_model(
    folder: Path, name: str, *, device: str = "auto", template: Mapping[str, bool | str] | None = None
) -> LocalModel:
    """The model in `folder`, see `load.load_model`."""
    from summarise.model import load

    return load.load_model(folder, name, device=device, template=template)


def merge_adapter(network: Any, file: Path, sha256: str) -> None:
    """Adds the adapter in `file` to the weights of `network`, see `adapter.merge_adapter`."""
    from summarise.model import adapter

    adapter.merge_adapter(network, file, sha256)


def __getattr__(name: str) -> Any:
    """The one name here that is heavy itself, when it is first used."""
    if name != "LocalModel":
        raise AttributeError(f"module 'summarise.model' has no attribute {name!r}")
    from summarise.model.load import LocalModel

    return LocalModel
