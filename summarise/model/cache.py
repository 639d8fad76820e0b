"""Keys and values of a shared prefix and of the rows that continue it, and attention over them.

A prefix lies once, whatever number of rows there is. A pass takes the new tokens of several rows, also of
several prefixes, one behind the other without padding; what a row is to forget is written over by what it
takes next. `Prefix` and `Packed` are what a transformers model is given as `past_key_values`, of which it
calls `update`, and what `attention` asks for the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

import torch

_SLOTS = 512  # of a row at first; twice what is needed whenever they don't do


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
    """What one row has taken behind its prefix: keys and values [key-value heads, slots, head width] of
    each layer, of which the first `length` slots count."""

    def __init__(self, prefix: Prefix) -> None:
        self.prefix = prefix
        self.length = 0
        self._keys: list[torch.Tensor] = []
        self._values: list[torch.Tensor] = []

    def write(self, keys: torch.Tensor, values: torch.Tensor, layer: int) -> None:
        """Puts [heads, tokens, width] behind the first `length` slots of a layer; `length` stays."""
        if layer == len(self._keys):
            self._keys.append(keys.new_empty((keys.shape[0], 0, keys.shape[2])))
            self._values.append(values.new_empty((keys.shape[0], 0, keys.shape[2])))
        end = self.length + keys.shape[1]
        for buffers, new in ((self._keys, keys), (self._values, values)):
            old = buffers[layer]
            if end > old.shape[1]:
                buffers[layer] = new.new_empty((old.shape[0], max(_SLOTS, 2 * end), old.shape[2]))
                buffers[layer][:, : self.length] = old[:, : self.length]
            buffers[layer][:, self.length : end] = new

    def read(self, layer: int, reach: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The first `reach` keys and values of a layer."""
        return self._keys[layer][:, :reach], self._values[layer][:, :reach]


@dataclass(frozen=True)
class _Part:
    """The tokens [start, end) of a pass, which one row takes; `future` [end - start, reach] of its own
    slots up to then says which each token must not see."""

    row: RowCache
    start: int
    end: int
    future: torch.Tensor


class Packed:
    """One pass over new tokens of several rows, one behind the other; rows of one prefix are neighbours."""

    def __init__(self, rows: Sequence[RowCache], counts: Sequence[int], device: torch.device) -> None:
        """counts: how many tokens each row takes."""
        ends = list(accumulate(counts))
        self._parts: list[_Part] = []
        positions = []
        for row, count, end in zip(rows, counts, ends, strict=True):
            own = torch.arange(row.length, row.length + count, device=device)
            future = torch.arange(row.length + count, device=device)[None] > own[:, None]
            self._parts.append(_Part(row, end - count, end, future))
            positions.append(own + row.prefix.length)
        self.positions = torch.cat(positions)[None]
        """[1, tokens]"""

    def grown(self) -> None:
        """The pass is done."""
        for part in self._parts:
            part.row.length += part.end - part.start

    def update(
        self, keys: torch.Tensor, values: torch.Tensor, layer: int, *_: object, **__: object
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Writes [1, heads, tokens, width] to their rows and returns them as they are."""
        for part in self._parts:
            part.row.write(keys[0, :, part.start : part.end], values[0, :, part.start : part.end], layer)
        return keys, values

    def attend(self, layer: int, query: torch.Tensor, scaling: float) -> torch.Tensor:
        """query [heads, tokens, width] over the prefix and each token's own row up to it; the same shape."""
        out = torch.empty_like(query)
        for prefix, group in groupby(self._parts, key=lambda part: part.row.prefix):
            parts = list(group)
            start, end = parts[0].start, parts[-1].end
            out[:, start:end] = _attend_group(prefix, parts, layer, query[:, start:end] * scaling)
        return out


def _attend_group(prefix: Prefix, parts: Sequence[_Part], layer: int, query: torch.Tensor) -> torch.Tensor:
    """Attention of neighbours with one prefix; query scaled.

    The prefix is multiplied once for the tokens of all of them; one softmax goes over both parts. The
    query heads of a group stand behind one another, as in `Prefix.attend`.
    """
    heads, count, width = query.shape
    own = parts[0].row.read(layer, 0)[0].shape[0]
    query = query.reshape(own, heads // own, count, width)
    shared = prefix.keys[layer] if prefix.length else query.new_zeros((own, 0, width))
    scores = (query.flatten(1, 2) @ shared.transpose(1, 2)).view(*query.shape[:3], -1)
    out = torch.empty_like(query)
    first = parts[0].start
    for part in parts:
        here, reach = slice(part.start - first, part.end - first), part.future.shape[1]
        keys, values = part.row.read(layer, reach)
        inner = *query.shape[:2], part.end - part.start
        near = (query[:, :, here].flatten(1, 2) @ keys.transpose(1, 2)).view(*inner, reach)
        if inner[-1] > 1:
            near.masked_fill_(part.future, float("-inf"))
        odds = torch.cat((scores[:, :, here], near), -1).softmax(-1, dtype=torch.float32).to(query.dtype)
        scores[:, :, here] = odds[..., :-reach]
        out[:, :, here] = (odds[..., -reach:].flatten(1, 2) @ values).view(*inner, width)
    if prefix.length:
        out += (scores.flatten(1, 2) @ prefix.values[layer]).view_as(out)
    return out.view(heads, count, width)
