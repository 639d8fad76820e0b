"""How the tables of words are written: as one string, which is shorter and easier to read than a literal."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of a string, parted by blanks."""
    return frozenset(words.split())


def word_map(pairs: str) -> dict[str, str]:
    """`word:value word:value` as a table; an underscore in a word is a space."""
    parted = (pair.partition(":") for pair in pairs.split())
    return {key.replace("_", " "): value for key, _, value in parted}
