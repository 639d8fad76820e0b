"""How alike two strings are: by their words, without case, accents, articles and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+")
_ARTICLES = {"the", "a", "an"}
_STOPS = re.compile(r"(?<=\b\w)\.")


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`; a number with its points is one, and so is `U.S.`; signs, where it has no word."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    letters = re.sub(r"['’]s\b", "", letters)
    found: list[str] = _WORD.findall(_STOPS.sub("", letters))
    return tuple(word for word in found if word not in _ARTICLES) or tuple(found or text.split())


@lru_cache(maxsize=16384)
def counted_words(text: str) -> Counter[str]:
    """The words of `text` and how often each stands."""
    return Counter(words_of(text))


def alike(one: Counter[str], other: Counter[str]) -> float:
    """F1 of two bags of words: 1 for the same words, 0 for none in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
