"""Parts an article that is longer than a model's window into windows that overlap.

Every sentence is owned by exactly one window, the one in which it is asked about, and shown in
others only as context. Nothing is ever left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """shown: positions of the sentences that the model sees; owned: those it is asked about."""

    shown: range
    owned: range


def plan_windows(lengths: Sequence[int], budget: int, overlap: int) -> list[Window]:
    """Windows over sentences of `lengths` tokens: each shows at most `budget` tokens, of which up
    to `overlap` repeat the end of the one before; a sentence longer than the budget stands alone.
    """
    windows: list[Window] = []
    start = 0
    while start < len(lengths):
        context = start
        used = 0
        while context > 0 and used + lengths[context - 1] <= overlap:
            context -= 1
            used += lengths[context]
        if used + lengths[start] > budget:
            context, used = start, 0
        end = start
        while end < len(lengths) and (end == start or used + lengths[end] <= budget):
            used += lengths[end]
            end += 1
        windows.append(Window(range(context, end), range(start, end)))
        start = end
    return windows
