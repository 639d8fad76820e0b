"""Reads one plain number, in digits or words, off the tokens: `1.5 million`, `two and a half`, `a dozen`.

No qualifier, currency or unit: those belong to `amounts` and `bounds`. Looks ahead a bounded number of
tokens, so that a whole text is read in linear time.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from summarise.numbers.lexicon import (
    FRACTION_PLURALS,
    FRACTIONS,
    HUNDREDS,
    MONEY_SCALES,
    ORDINALS,
    SCALES,
    SHORT_SCALES,
    SMALL,
    TENS,
    VAGUE,
)
from summarise.numbers.tokens import Tokens
from summarise.numbers.units import UNITS

MOST_SCALES = 4
"""`thousand million million …` goes no further: nobody writes it, and numbers stay small."""


class Cardinal(NamedTuple):
    """A number and the index after it; `scale`: what a shared scale word stands for (`5 to 10 million`)."""

    value: Fraction
    end: int
    scale: int = 1
    vague: bool = False


def read_cardinal(tokens: Tokens, index: int, money: bool = False) -> Cardinal | None:
    """The number that starts at `index`, or None; `money`: a currency stands before it (`$3m`)."""
    first = tokens[index]
    if first.value is not None:
        return _digits(tokens, index, money)
    if first.kind != "word":
        return None
    return (
        _vague(tokens, index) or _few(tokens, index) or _part(tokens, index) or _article(tokens, index)
        or _worded(tokens, index)
    )  # fmt: skip


def _step(tokens: Tokens, index: int) -> int:
    """Over a hyphen inside a number word, if there is one at `index`."""
    return index + 1 if tokens.hyphen(index) else index


def _digits(tokens: Tokens, index: int, money: bool) -> Cardinal:
    value, end = tokens[index].value or Fraction(0), index + 1
    following = tokens[end]
    if following.kind == "sign" and following.value is not None and tokens.joined(end):
        value, end = value + following.value, end + 1
    elif tokens[end + 1].text in ("/", "⁄") and following.kind == "number" and value.denominator == 1:
        part = read_slash(tokens, end)  # 2 1/2
        if part is not None:
            value, end = value + part.value, part.end
    else:
        part = read_slash(tokens, index)
        if part is not None:
            value, end = part.value, part.end
    half = _and_part(tokens, end)
    if half is not None:
        value, end = value + half.value, half.end
    return _scaled(tokens, Cardinal(value, end), money)


def read_slash(tokens: Tokens, index: int) -> Cardinal | None:
    """`2/3`: a proper fraction with a usual denominator; dates (9/11) and 24/7 are none."""
    if tokens[index + 1].text not in ("/", "⁄"):
        return None
    over, under = tokens[index].value, tokens[index + 2].value
    if over is None or under is None:
        return None
    if not (tokens.joined(index + 1) and tokens.joined(index + 2)) or tokens[index + 3].text == "/":
        return None
    if over < under and under in (2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100):
        return Cardinal(over / under, index + 3)
    return None


def _scaled(tokens: Tokens, number: Cardinal, money: bool) -> Cardinal:
    """The number times the scale words after it."""
    value, end, scale = number.value, number.end, number.scale
    for _ in range(MOST_SCALES):
        after = _step(tokens, end)
        word, joined = tokens[after].text, tokens.joined(end)
        factor = SCALES.get(word) or HUNDREDS.get(word)
        if factor is None and after == end and (joined or money):
            big = money or (tokens[after].cap and word == "m" and joined)  # 10M people
            factor = (MONEY_SCALES if big else SHORT_SCALES).get(word)
        if factor is None:
            break
        value, scale, end = value * factor, scale * factor, after + 1
    return Cardinal(value, end, scale)


def _small(tokens: Tokens, index: int) -> Cardinal | None:
    """0 to 99 in words."""
    word = tokens[index].text
    if word in SMALL:
        return Cardinal(Fraction(SMALL[word]), index + 1)
    if word not in TENS:
        return None
    after = _step(tokens, index + 1)
    unit = SMALL.get(tokens[after].text, 0)
    if 0 < unit < 10:
        return Cardinal(Fraction(TENS[word] + unit), after + 1)
    if tokens[after].text in ORDINALS and after > index + 1:
        return None
    return Cardinal(Fraction(TENS[word]), index + 1)


def _below_thousand(tokens: Tokens, index: int) -> Cardinal | None:
    small = _small(tokens, index)
    if small is None:
        return None
    after = _step(tokens, small.end)
    factor = HUNDREDS.get(tokens[after].text)
    if factor is None:
        return small
    value, end = small.value * factor, after + 1
    rest = _small(tokens, end + 1) if tokens[end].text == "and" else _small(tokens, _step(tokens, end))
    if rest is not None and factor == 100:
        return Cardinal(value + rest.value, rest.end)
    return Cardinal(value, end, factor)


def _worded(tokens: Tokens, index: int) -> Cardinal | None:
    """`two million three hundred thousand and five`, `two and a half million`."""
    group = _below_thousand(tokens, index)
    if group is None:
        return None
    half = _and_part(tokens, group.end)
    if half is not None:
        return _scaled(tokens, Cardinal(group.value + half.value, half.end), money=False)
    return _groups(tokens, group)


def _groups(tokens: Tokens, group: Cardinal) -> Cardinal:
    """Goes on after the first group, each scale smaller than the one before."""
    total, last, scale = Fraction(0), 10**18, group.scale
    while True:
        after = _step(tokens, group.end)
        factor = SCALES.get(tokens[after].text)
        if factor is None or factor >= last:
            return Cardinal(total + group.value, group.end, scale)
        total, last = total + group.value * factor, factor
        scale, end = (scale * factor if last == factor and total == group.value * factor else 1), after + 1
        follows = _below_thousand(tokens, end + 1 if tokens[end].text == "and" else end)
        if follows is None or (tokens[end].text == "and" and follows.value >= 100):
            return Cardinal(total, end, scale)
        group, scale = follows, 1


def _and_part(tokens: Tokens, index: int) -> Cardinal | None:
    """`and a half`, `-and-a-half`, `and two thirds`."""
    index = _step(tokens, index)
    if tokens[index].text != "and":
        return None
    return _part(tokens, _step(tokens, index + 1), scaled=False)


def _part(tokens: Tokens, index: int, scaled: bool = True) -> Cardinal | None:
    """`half`, `half a million`, `two-thirds`, `a quarter of`, `one third`."""
    word = tokens[index].text
    if word == "half":
        return _half(tokens, index) if scaled else Cardinal(Fraction(1, 2), index + 1)
    if word == "quarter" and scaled and tokens[_step(tokens, index + 1)].text in SCALES:
        return _scaled(tokens, Cardinal(Fraction(1, 4), index + 1), money=False)
    if word not in ("a", "an") and not 0 < SMALL.get(word, 0) < 20:
        return None
    after = _step(tokens, index + 1)
    name, count = tokens[after].text, SMALL.get(word, 1)
    part = FRACTIONS.get(name) if count == 1 else FRACTION_PLURALS.get(name)
    if part is None or (
        tokens.hyphen(after + 1) and tokens[after + 2].text not in (*UNITS, *SCALES, "dozen")
    ):
        return None
    if not scaled:
        return Cardinal(count * part, after + 1)
    sure = after > index + 1 or tokens[after + 1].text in ("of", "part") or name in ("half", "thirds")
    if not sure and name not in ("quarter", "quarters"):
        return Cardinal(count * part, after + 1) if word == "one" or count > 1 else None
    if name == "quarters" and not sure and tokens[after + 1].kind == "word":
        return None  # of a year
    return _scaled(tokens, Cardinal(count * part, after + 1), money=False)


def _half(tokens: Tokens, index: int) -> Cardinal | None:
    after = _step(tokens, index + 1)
    if tokens[after].text in ("a", "an"):
        after += 1
    factor = SCALES.get(tokens[after].text) or HUNDREDS.get(tokens[after].text)
    if factor is not None:
        return Cardinal(Fraction(factor, 2), after + 1)
    if after > index + 1 and tokens[after].text not in UNITS:
        return Cardinal(Fraction(1, 2), index + 1) if not tokens.hyphen(index + 1) else None
    return Cardinal(Fraction(1, 2), after)


def _article(tokens: Tokens, index: int) -> Cardinal | None:
    """`a hundred and five`, `a million`, `a dozen`; `million` alone is no number unless a scale goes on."""
    word = tokens[index].text
    if word in ("a", "an"):
        after, value = index + 1, Fraction(1)
    elif (word in HUNDREDS and tokens[index + 1].text in SCALES) or (
        word in SCALES and tokens.hyphen(index + 1)
    ):
        after, value = index, Fraction(1)
    else:
        return None
    name = tokens[after].text
    if name in HUNDREDS:
        rest = _small(tokens, after + 2) if tokens[after + 1].text == "and" else None
        group = Cardinal(Fraction(HUNDREDS[name]), after + 1, HUNDREDS[name])
        if rest is not None and name == "hundred":
            group = Cardinal(group.value + rest.value, rest.end)
        return _groups(tokens, group)
    if name in SCALES:
        whole = _groups(tokens, Cardinal(value, after))
        half = _and_part(tokens, whole.end)
        if half is None:
            return whole
        return Cardinal(whole.value + half.value * SCALES[name], half.end)
    return None


def _vague(tokens: Tokens, index: int) -> Cardinal | None:
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


def _few(tokens: Tokens, index: int) -> Cardinal | None:
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
