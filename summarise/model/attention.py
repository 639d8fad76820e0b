"""Attention over the row cache without a copy of keys and values for every query head.

Models with fewer key-value heads than query heads would have their cache repeated head by head at
each step. Packing the query heads of a group behind one another gives the same products on the
cache as it lies.
"""

from __future__ import annotations

from typing import Any

import torch
from transformers import AttentionInterface

NAME = "summarise_rows"


def attend(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor,
    scaling: float | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """query [n, heads, t, width], key and value [n, key-value heads, reach, width], mask [n, 1, t, reach].

    Returns [n, t, heads, width], as transformers wants it.
    """
    n, heads, t, width = query.shape
    groups = heads // key.shape[1]
    packed = query.reshape(n, key.shape[1], groups * t, width)
    mask = attention_mask.repeat(1, 1, groups, 1) if groups > 1 else attention_mask
    out = torch.nn.functional.scaled_dot_product_attention(packed, key, value, attn_mask=mask, scale=scaling)
    return out.reshape(n, heads, t, value.shape[-1]).transpose(1, 2).contiguous(), None


AttentionInterface.register(NAME, attend)
