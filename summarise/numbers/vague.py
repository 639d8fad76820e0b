"""Numbers that say no more than a size: `dozens`, `tens of thousands`, `a few hundred`, `twice the`.

Also holds `Cardinal`, what every reader of a number hands out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from summarise.numbers.lexicon import FOLDS, HUNDREDS, MULTIPLES, SCALES, VAGUE
from summarise.numbers.tables import word_set
from summarise.numbers.tokens import Tokens
from summarise.numbers.units import UNITS

_COMPARED = word_set("the as that what its their his her")
_BEFORE_MULTIPLE = word_set("is are was were be been being at for with of almost nearly roughly about , (")
"""Before `double the`: no verb then (`prices that double the bill`)."""
_HELPERS = word_set("to will would could may might can should must not they we you i who that and")


class Cardinal(NamedTuple):
    """A number and the index after it; `scale`: what a shared scale word stands for (`5 to 10 million`)."""

    value: Fraction
    end: int
    scale: int = 1
    vague: bool = False


def read_vague(tokens: Tokens, index: int) -> Cardinal | None:
    """`dozens`, `tens of thousands`, `hundreds of millions`."""
    value = VAGUE.get(tokens[index].text)
    if value is None:
        return None
    end, following = index + 1, VAGUE.get(tokens[index + 2].text)
    if tokens[end].text == "of" and following is not None:
        value, end = value * following, index + 3
    elif tokens[index].text in ("tens", "scores") and tokens[end].text != "of":
        return None
    return Cardinal(Fraction(value), end, vague=True)


def read_few(tokens: Tokens, index: int) -> Cardinal | None:
    """`a couple`, `a few hundred`, `several thousand`."""
    after = index + 1 if tokens[index].text in ("a", "the") else index
    word = tokens[after].text
    if word == "several" or (word in ("few", "couple") and tokens[index].text == "a"):
        of = 1 if tokens[after + 1].text == "of" else 0
        name = tokens[after + 1].text
        factor = SCALES.get(name) or HUNDREDS.get(name)
        lowest = 2 if word == "couple" else 1
        if factor is not None:
            return Cardinal(Fraction(lowest * factor), after + 2, vague=True)
        if word == "couple" and (of or name in UNITS):
            return Cardinal(Fraction(2), after + 1, vague=True)
    return None


def read_multiple(tokens: Tokens, index: int) -> Cardinal | None:
    """`threefold`; `twice the size`, `double the number` (but `to double the number` is a verb)."""
    word, before = tokens[index].text, tokens[index - 1].text
    if word in FOLDS:
        told = before in ("is", "was", "are", "were") and word == "twofold"  # the answer is twofold
        return None if told else Cardinal(Fraction(FOLDS[word]), index + 1)
    if word not in MULTIPLES or tokens[index + 1].text not in _COMPARED:
        return None
    after = tokens[index + 1].text
    if word != "twice" and (
        after not in ("the", "as", "what")
        or before not in _BEFORE_MULTIPLE
        or (before not in ("is", "are", "was", "were", "at") and tokens[index - 2].text in _HELPERS)
    ):
        return None
    return Cardinal(Fraction(MULTIPLES[word]), index + 1)
