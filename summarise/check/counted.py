"""Whether words can be what a number counts, where the grammar of its clause settles it.

The plural noun that directly follows a plain number (`10,000 North Korean troops`) is what it counts, or
heads it; other words of the sentence are then not what it counts. Where no such noun follows, where
the number has a unit, or where it is followed by what may be a verb, nothing is settled here.
"""

from __future__ import annotations

import re

from summarise.article import Span
from summarise.names.words import word_set

_WORD = re.compile(r"[^\S\n]*(?:[\"“‘'(]\s?)?(?P<word>[^\W\d_][\w’'-]*)")
_MOST = 4
"""Words between a number and the plural noun that it counts, at most, the noun among them."""
_PLURALS = {"people", "men", "women", "children", "police", "staff", "sheep"}
_NOT_PLURAL = ("ss", "us", "is", "'s", "’s")
_STOP = word_set("function") | {
    "is", "are", "was", "were", "be", "has", "have", "had", "said", "says", "who", "which", "more", "less",
    "times", "does", "others",
}  # fmt: skip


def noun_after(text: str, end: int, stop: int) -> Span | None:
    """The words from a number's end at `end` to its plural noun, before `stop`; None where none follows."""
    at, start = end, None
    for _ in range(_MOST):
        match = _WORD.match(text, at, stop)
        if match is None:
            return None
        word = match["word"].lower()
        if word in _STOP or (start is None and word.endswith(("ed", "ing"))):
            return None
        start = match.start("word") if start is None else start
        at = match.end("word")
        if _is_plural(word):
            return start, at
    return None


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (len(word) > 3 and word[-1] == "s" and not word.endswith(_NOT_PLURAL))
