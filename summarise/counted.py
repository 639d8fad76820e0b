"""What a number counts, and what words it can't count, where the grammar of its clause settles it.

    own      the plural noun that directly follows a plain number (`10,000 North Korean troops`) is what
             it counts, or heads it
    owned    words right behind another number are that one's (`five staff and 8 ships`: no `five` ships)
             where what follows this number begins a noun phrase; not where it begins nothing that could be
             counted (`20 people were held, five with injuries`), for then the noun is left out
    apart    so too where a preposition parts the two (`337 held in 38 ports`: no `337` ports)

Words that stand in earlier sentences are counted only by a number that nothing follows which could be.
Where no such thing stands, nothing is settled here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.article import Span
from summarise.names.words import word_set
from summarise.numbers import Quantity

_WORD = re.compile(r"[^\S\n]*(?:[\"“‘'(]\s?)?(?P<word>[^\W\d_][\w’'-]*)")
_MOST = 4
"""Words between a number and the plural noun that it counts, at most, the noun among them."""
_PLURALS = {"people", "men", "women", "children", "police", "staff", "sheep"}
_NOT_PLURAL = ("ss", "us", "is", "'s", "’s")
_STOP = word_set("function") | {
    "is", "are", "was", "were", "be", "has", "have", "had", "said", "says", "who", "which", "more", "less",
    "times", "does", "others", "due", "such", "so", "thanks", "owing",
}  # fmt: skip
_STATES = {"alive", "dead", "free", "ill", "injured", "missing", "old", "safe", "sick", "wounded"}
"""What may be said of a noun that is left out: `two dead`."""
_VERBS = {
    "became", "began", "came", "fell", "fled", "found", "gave", "got", "held", "hit", "kept", "killed",
    "knew", "left", "lost", "made", "met", "put", "ran", "rose", "said", "sat", "saw", "sent", "shot",
    "showed", "shy", "spent", "spoke", "stood", "take", "tall", "thought", "told", "took", "voted", "went",
    "won", "wrote", "away", "apart", "ago", "long", "wide", "high", "deep", "north", "south", "east", "west",
    "each", "apiece",
}  # fmt: skip
"""Verbs, and words of measure and place, that may follow a number whose noun is left out."""
_PARTING = re.compile(r"\b(?:in|at|across|from|during|by|within|near|for|after|before|on)\s+(?:the\s+)?\Z")
"""Prepositions that part what one number counts from what another does; not `of`, `to`, `with`, `and`."""
_BEFORE = 24


def noun_after(text: str, end: int, stop: int) -> Span | None:
    """The words from a number's end at `end` to its plural noun, before `stop`; None where none follows."""
    at, start = end, None
    for _ in range(_MOST):
        match = _WORD.match(text, at, stop)
        if match is None:
            return None
        word = match["word"]
        if (word.lower() in _STOP and (start, word) != (None, "other")) or (
            start is None and word.endswith(("ed", "ing")) and word.islower()
        ):
            return None
        start = match.start("word") if start is None else start
        at = match.end("word")
        if _is_plural(word.lower()):
            return start, at
    return None


def may_be_left_out(text: str, end: int, stop: int) -> bool:
    """Whether nothing that could be counted follows a number that ends at `end`, before `stop`."""
    found = _word_at(text, end, stop)
    if found is None or _begins_nothing(found["word"]):
        return True
    if not (found["word"].islower() and found["word"].endswith(("ed", "ing"))):
        return False
    behind = _word_at(text, found.end(), stop)  # `three competing bills`, but `three competing in Oslo`
    return behind is None or _begins_nothing(behind["word"])


def _begins_nothing(word: str) -> bool:
    """Whether a word can't begin what a number counts, nor go on with it."""
    return word.lower() in _STOP | _STATES | _VERBS or word.lower().endswith("ly")


def is_anothers(
    text: str, mention: Span, counts: Span, sentence: Span, quantities: Sequence[Quantity]
) -> str | None:
    """The other number whose own the words at `counts` are, so that the one at `mention` can't count them."""
    other = next((q for q in quantities if q.end <= counts[0] and not text[q.end : counts[0]].strip()), None)
    if other is None or (other.start < mention[1] and mention[0] < other.end):
        return None
    told = text[other.start : other.end]
    word = _word_at(text, mention[1], sentence[1])
    if word is None or word["word"].lower() in _STOP:
        return None
    if not may_be_left_out(text, mention[1], sentence[1]) or _is_state(text[slice(*counts)]):
        return told
    later = max(mention[0], other.start)
    return told if _PARTING.search(text, max(sentence[0], later - _BEFORE), later) else None


def _word_at(text: str, at: int, stop: int) -> re.Match[str] | None:
    """The word that follows, `other` left out."""
    found = _WORD.match(text, at, stop)
    return _WORD.match(text, found.end(), stop) if found and found["word"] == "other" else found


def _is_state(words: str) -> bool:
    last = words.split()[-1].lower()
    return last in _STATES or last.endswith("ed")


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (len(word) > 3 and word[-1] == "s" and not word.endswith(_NOT_PLURAL))
