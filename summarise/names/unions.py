"""Which forms have been put together so far."""

from __future__ import annotations


class Groups:
    """A union-find over form numbers."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def root(self, item: int) -> int:
        """The number that stands for the group of `item`."""
        while self.parent[item] != item:
            self.parent[item] = item = self.parent[self.parent[item]]
        return item

    def merge(self, one: int, other: int) -> None:
        """Put two groups together."""
        one, other = self.root(one), self.root(other)
        self.parent[max(one, other)] = min(one, other)
