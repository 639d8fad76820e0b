"""Pairs the items of two lists one to one, the best pairs first; order and direction change nothing."""

from __future__ import annotations

from collections.abc import Iterable

Candidate = tuple[float, int, int]
"""How well two items go together (above 0), and their places in the two lists."""


def pair(candidates: Iterable[Candidate]) -> dict[int, int]:
    """Place in the first list -> place in the second.

    Of equally good pairs those that stand at like places come first, so that pairing the lists the other way
    round gives the same pairs.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, one, other in sorted(candidates, key=_order):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return dict(sorted(pairs.items()))


def _order(candidate: Candidate) -> tuple[float, int, int]:
    score, one, other = candidate
    return -score, abs(one - other), one + other
