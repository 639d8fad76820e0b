"""Keys and values of several rows, each at its own length, in buffers that are written in place.

A row's token at position p always lies in slot p, so causal masking by position is all that is
needed: what padding wrote beyond a row's end is never seen and is written over by the next step.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

_SPARE = 256  # slots added beyond what is needed when buffers grow


class RowCache:
    """What a transformers model takes as `past_key_values`, for rows of different lengths.

    Buffers are [rows, key-value heads, slots, head width], one pair a layer. Only `update` is
    called by the model; `aim` must be called before each forward pass.
    """

    def __init__(self) -> None:
        self._keys: list[torch.Tensor] = []
        self._values: list[torch.Tensor] = []
        self._positions = torch.zeros((1, 1), dtype=torch.long)
        self._rows: torch.Tensor | None = None
        self._reach = 0

    def aim(self, rows: torch.Tensor | None, positions: torch.Tensor) -> None:
        """The next pass writes `positions` [n, t] of `rows` [n] (None: all rows, in order)."""
        self._rows, self._positions = rows, positions
        self._reach = int(positions.max()) + 1

    def update(
        self, keys: torch.Tensor, values: torch.Tensor, layer: int, *_: object, **__: object
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Writes [n, heads, t, width] and returns all slots seen so far: [n, heads, reach, width]."""
        if layer == len(self._keys):
            self._keys.append(keys.new_empty(0))
            self._values.append(values.new_empty(0))
        self._keys[layer] = self._write(self._keys[layer], keys)
        self._values[layer] = self._write(self._values[layer], values)
        seen = slice(None) if self._rows is None else self._rows
        return self._keys[layer][seen, :, : self._reach], self._values[layer][seen, :, : self._reach]

    def _write(self, buffer: torch.Tensor, new: torch.Tensor) -> torch.Tensor:
        n, heads, _, width = new.shape
        if buffer.dim() < 4 or buffer.shape[2] < self._reach:
            rows, used = (buffer.shape[0], buffer.shape[2]) if buffer.dim() == 4 else (n, 0)
            grown = new.new_zeros((rows, heads, self._reach + _SPARE, width))
            if used:
                grown[:, :, :used] = buffer
            buffer = grown
        rows_at = torch.arange(n, device=new.device) if self._rows is None else self._rows
        buffer[rows_at[:, None], :, self._positions] = new.transpose(1, 2)
        return buffer

    def spread(self, rows: int) -> RowCache:
        """A cache of `rows` rows that all begin as this one's only row; this one stays as it is."""
        copy = RowCache()
        copy._keys = [k.expand(rows, -1, -1, -1).clone() for k in self._keys]
        copy._values = [v.expand(rows, -1, -1, -1).clone() for v in self._values]
        return copy

    def keep(self, rows: Sequence[int]) -> None:
        """Forgets all rows but these, which are numbered anew in this order."""
        index = torch.tensor(list(rows), device=self._keys[0].device)
        self._keys = [k[index] for k in self._keys]
        self._values = [v[index] for v in self._values]
