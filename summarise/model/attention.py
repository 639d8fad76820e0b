"""The attention that a model is loaded with: that of the cache which its pass writes to (`cache`)."""

from __future__ import annotations

from typing import Any

import torch
from transformers import AttentionInterface

from summarise.model.cache import Packed, Prefix

NAME = "summarise_rows"


def attend(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor,
    scaling: float | None = None,
    *,
    written_to: Packed | Prefix,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """query [1, heads, tokens, width]; keys and values have been written to the cache already.

    Returns [1, tokens, heads, width], as transformers wants it.
    """
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    out = written_to.attend(module.layer_idx, query[0], scale)
    return out.transpose(0, 1)[None].contiguous(), None


AttentionInterface.register(NAME, attend)
