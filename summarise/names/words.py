"""The word lists of the name finder, read once from the text files in `words/`.

All words are lower-case but for those of `people_of`; a list never holds an article's own names.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from summarise.places import read_table

MOST_KEPT = 16384
"""Answers of each kind that are kept: an article asks the same words again and again."""


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of `words/<name>.txt`, divided by blanks and line ends; lines with # are comments."""
    text = files("summarise.names").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def demonyms() -> dict[str, str]:
    """Adjective of a country, lower-case (`south korean`) -> the country's code."""
    return {name.casefold(): code for code, names in read_table("demonyms.txt") for name in names.split("|")}


@cache
def same_names() -> tuple[tuple[str, ...], ...]:
    """Groups of names that mean one and the same body or region wherever they stand."""
    return tuple(tuple(line.split("|")) for line, _ in read_table("same.txt"))


@lru_cache(maxsize=MOST_KEPT)
def ordinary(word: str) -> bool:
    """True for a word that newspapers write without a capital (`emergency`), in lower case."""
    return word in word_set("ordinary") or word in word_set("function") or word in word_set("people")


@lru_cache(maxsize=MOST_KEPT)
def adjective(words: str) -> bool:
    """True for `russian`, `south korean`, `catholic`: written with a capital, yet no name alone."""
    return words in demonyms() or words in word_set("adjectives")


@lru_cache(maxsize=MOST_KEPT)
def title(word: str) -> bool:
    """True for a word that stands before a person's name (`president`)."""
    return word in word_set("titles") or word.removesuffix("s") in word_set("titles")


@lru_cache(maxsize=MOST_KEPT)
def head(word: str) -> bool:
    """True for the last word of many names of bodies and places (`agency`)."""
    return word in word_set("heads") or word.removesuffix("s") in word_set("heads")
