"""Attention over one packed example: a shared prefix, and rows that each see the prefix and themselves.

Written segment by segment, since a mask over the whole would cost twice the products.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from transformers import AttentionInterface

NAME = "summarise_packed"
_starts: tuple[int, ...] = ()


def aim(starts: Sequence[int]) -> None:
    """The next forward passes are over an example whose rows begin at `starts`."""
    global _starts
    _starts = tuple(starts)


def positions(length: int, starts: Sequence[int]) -> torch.Tensor:
    """Position ids [1, length]: every row goes on where the prefix ends."""
    ids = torch.arange(length)
    for start, end in zip(starts, [*starts[1:], length], strict=True):
        ids[start:end] = torch.arange(starts[0], starts[0] + end - start)
    return ids[None]


def attend(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """query [1, heads, length, width], key and value [1, key-value heads, length, width]."""
    length, groups = query.shape[2], query.shape[1] // key.shape[1]
    key, value = key.repeat_interleave(groups, 1), value.repeat_interleave(groups, 1)
    prefix = _starts[0]
    scaled = torch.nn.functional.scaled_dot_product_attention
    parts = [
        scaled(query[:, :, :prefix], key[:, :, :prefix], value[:, :, :prefix], is_causal=True, scale=scaling)
    ]
    for start, end in zip(_starts, [*_starts[1:], length], strict=True):
        keys = torch.cat((key[:, :, :prefix], key[:, :, start:end]), 2)
        values = torch.cat((value[:, :, :prefix], value[:, :, start:end]), 2)
        own = end - start
        mask = torch.ones(own, prefix + own, dtype=torch.bool, device=query.device).tril(prefix)
        parts.append(scaled(query[:, :, start:end], keys, values, attn_mask=mask, scale=scaling))
    return torch.cat(parts, 2).transpose(1, 2).contiguous(), None


AttentionInterface.register(NAME, attend)
