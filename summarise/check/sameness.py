"""Whether a mention says again what an identical mention of the article has said.

The same words for the same thing are one number (`killed five children`, `the five children`). The thing
is told by the head of the counted words, or of the plural noun behind the number. A mention that nothing
follows which could be counted (`killing eleven`, `he was 95`) is of what the identical one counts; one of
which nothing is known is a number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

from summarise.check.facts import Facts
from summarise.check.spans import fold
from summarise.counted import may_be_left_out, noun_after
from summarise.names.words import word_set
from summarise.summary import Number

_BEHIND = re.compile(
    r"[\s,]+(?:of|in|on|at|from|for|with|to|by|who|which|that)\b.*", re.IGNORECASE | re.DOTALL
)
_PRONOUNS = {"he", "she", "it", "they", "them", "him", "her", "those", "others", "who"}


class Told:
    """The numbers of one article so far, by their words and by what they count."""

    def __init__(self) -> None:
        self._keys: dict[Hashable, dict[str | None, Hashable]] = {}

    def key_of(self, facts: Facts, number: Number) -> Hashable:
        """One key for mentions that say the same."""
        words = fold(number.mention).casefold(), number.value, number.unit
        mention, evidence = number.spans["mention"], number.spans["evidence"]
        text = facts.article.text
        thing = head(number.counts) if number.counts else None
        if thing is None and (noun := noun_after(text, mention[1], evidence[1])):
            thing = head(text[slice(*noun)])
        if thing is None and not may_be_left_out(text, mention[1], evidence[1]):
            return mention
        known = self._keys.setdefault(words, {})
        if thing is None and known:
            return next(iter(known.values()))
        if thing not in known and None in known:
            known[thing] = known.pop(None)
        return known.setdefault(thing, (words, mention))


def head(words: str) -> str | None:
    """The head noun of counted words, in the singular; None for a pronoun."""
    kept: list[str] = re.findall(r"[^\W_]+", _BEHIND.sub("", fold(words).casefold()))
    kept = [word for word in kept if word not in word_set("function")] or kept
    if not kept or kept[-1] in _PRONOUNS:
        return None
    last = kept[-1]
    return last[:-1] if len(last) > 3 and last.endswith("s") and not last.endswith("ss") else last
