"""Keys and values of a shared prefix and of the rows that continue it, and attention over them.

The prefix lies once, whatever number of rows there is. A pass takes the new tokens of several rows one
behind the other, without padding; what a row is to forget is written over by what it takes next.
Both classes are what a transformers model is given as `past_key_values`, of which it calls `update`,
and what `attention` asks for the result.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

_SLOTS = 1024  # of a row at first; twice as many whenever they don't do


class Prefix:
    """What all rows begin with: keys and values [key-value heads, tokens, head width] of each layer."""

    def __init__(self) -> None:
        self.keys: list[torch.Tensor] = []
        self.values: list[torch.Tensor] = []
        self.length = 0
        self._new = 0
        self._seen = torch.ones(0, 0, dtype=torch.bool)

    def fork(self) -> Prefix:
        """Another one that begins as this does; this one stays as it is."""
        copy = Prefix()
        copy.keys, copy.values, copy.length = list(self.keys), list(self.values), self.length
        return copy

    def aim(self, count: int, device: torch.device) -> torch.Tensor:
        """The next pass appends `count` tokens; their positions [1, count]."""
        positions = torch.arange(self.length, self.length + count, device=device)
        reach = torch.arange(self.length + count, device=device)
        self._new, self._seen = count, reach[None] <= positions[:, None]
        return positions[None]

    def grown(self) -> None:
        """The pass is done."""
        self.length += self._new

    def update(
        self, keys: torch.Tensor, values: torch.Tensor, layer: int, *_: object, **__: object
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Appends [1, heads, count, width] and returns them as they are."""
        if layer == len(self.keys):
            self.keys.append(keys[0])
            self.values.append(values[0])
        else:
            self.keys[layer] = torch.cat((self.keys[layer], keys[0]), 1)
            self.values[layer] = torch.cat((self.values[layer], values[0]), 1)
        return keys, values

    def attend(self, layer: int, query: torch.Tensor, scaling: float) -> torch.Tensor:
        """query [heads, count, width] over everything up to each token; [heads, count, width].

        The query heads of a group stand behind one another, so that keys and values are taken as they lie.
        """
        key, value = self.keys[layer][None], self.values[layer][None]
        heads, count, width = query.shape
        groups = heads // key.shape[1]
        packed = query.reshape(1, key.shape[1], groups * count, width)
        out = torch.nn.functional.scaled_dot_product_attention(
            packed, key, value, attn_mask=self._seen.repeat(groups, 1)[None, None], scale=scaling
        )
        return out.reshape(heads, count, width)


class RowCache:
    """The rows behind a prefix: keys and values [rows, key-value heads, slots, head width] of each layer."""

    def __init__(self, prefix: Prefix, rows: int) -> None:
        self.prefix = prefix
        self.lengths = [0] * rows
        """Tokens of each row, those of the prefix not counted."""
        self._keys: list[torch.Tensor] = []
        self._values: list[torch.Tensor] = []
        self._parts: list[tuple[int, int, int, torch.Tensor]] = []
        self._rows = self._slots = torch.zeros(0, dtype=torch.long)
        self._reach = 0

    def aim(self, rows: Sequence[int], counts: Sequence[int], device: torch.device) -> torch.Tensor:
        """The next pass appends `counts` tokens to `rows`; the positions [1, tokens] of all of them."""
        self._parts, slots, at = [], [], 0
        for row, count in zip(rows, counts, strict=True):
            own = torch.arange(self.lengths[row], self.lengths[row] + count, device=device)
            future = torch.arange(self.lengths[row] + count, device=device)[None] > own[:, None]
            self._parts.append((row, at, at + count, future))
            slots.append(own)
            at += count
        self._slots = torch.cat(slots)
        self._rows = torch.tensor(
            [row for row, start, end, _ in self._parts for _ in range(start, end)], device=device
        )
        self._reach = max(self.lengths[row] + count for row, count in zip(rows, counts, strict=True))
        return self._slots[None] + self.prefix.length

    def grown(self) -> None:
        """The pass is done."""
        for row, start, end, _ in self._parts:
            self.lengths[row] += end - start

    def rewind(self, row: int, count: int) -> None:
        """Forgets the last `count` tokens of `row`."""
        self.lengths[row] -= count

    def update(
        self, keys: torch.Tensor, values: torch.Tensor, layer: int, *_: object, **__: object
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Writes [1, heads, tokens, width] to their rows and returns them as they are."""
        if layer == len(self._keys):
            self._keys.append(keys.new_empty(0))
            self._values.append(keys.new_empty(0))
        self._keys[layer] = self._write(self._keys[layer], keys[0])
        self._values[layer] = self._write(self._values[layer], values[0])
        return keys, values

    def _write(self, buffer: torch.Tensor, new: torch.Tensor) -> torch.Tensor:
        heads, _, width = new.shape
        if buffer.dim() < 4 or buffer.shape[2] < self._reach:
            slots = max(_SLOTS, 1 << (self._reach - 1).bit_length())
            grown = new.new_empty((len(self.lengths), heads, slots, width))
            if buffer.dim() == 4:
                grown[:, :, : buffer.shape[2]] = buffer
            buffer = grown
        buffer[self._rows, :, self._slots] = new.transpose(0, 1)
        return buffer

    def attend(self, layer: int, query: torch.Tensor, scaling: float) -> torch.Tensor:
        """query [heads, tokens, width] over the prefix and each token's own row up to it; the same shape.

        The prefix is multiplied once for the tokens of all rows; one softmax goes over both parts.
        """
        heads, count, width = query.shape
        own = self._keys[layer].shape[1]
        query = (query * scaling).reshape(own, heads // own, count, width)
        shared = self.prefix.keys[layer] if self.prefix.length else query.new_zeros((own, 0, width))
        scores = (query.flatten(1, 2) @ shared.transpose(1, 2)).view(*query.shape[:3], -1)
        out = torch.empty_like(query)
        for row, start, end, future in self._parts:
            reach = future.shape[1]
            keys, values = self._keys[layer][row, :, :reach], self._values[layer][row, :, :reach]
            inner = *query.shape[:2], end - start
            part = (query[:, :, start:end].flatten(1, 2) @ keys.transpose(1, 2)).view(*inner, reach)
            if end - start > 1:
                part.masked_fill_(future, float("-inf"))
            odds = torch.cat((scores[:, :, start:end], part), -1)
            odds = odds.softmax(-1, dtype=torch.float32).to(query.dtype)
            scores[:, :, start:end] = odds[..., :-reach]
            out[:, :, start:end] = (odds[..., -reach:].flatten(1, 2) @ values).view(*inner, width)
        if self.prefix.length:
            out += (scores.flatten(1, 2) @ self.prefix.values[layer]).view_as(out)
        return out.view(heads, count, width)
