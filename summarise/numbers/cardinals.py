"""Reads one plain number, in digits or words, off the tokens: `1.5 million`, `two and a half`, `a dozen`.

No qualifier, currency or unit: those belong to `amounts` and `bounds`. Looks ahead a bounded number of
tokens, so that a whole text is read in linear time.
"""

from __future__ import annotations

from fractions import Fraction

from summarise.numbers.digits import read_slash, read_spaced
from summarise.numbers.lexicon import (
    COUNTED_DOZENS,
    FRACTION_PLURALS,
    FRACTIONS,
    HUNDREDS,
    MONEY_SCALES,
    ORDINALS,
    SCALES,
    SHORT_SCALES,
    SMALL,
    TENS,
    WRITTEN_SCALES,
)
from summarise.numbers.millions import is_scale
from summarise.numbers.tokens import Tokens
from summarise.numbers.units import UNITS
from summarise.numbers.vague import Cardinal, read_few, read_multiple, read_vague

MOST_SCALES = 4
"""`thousand million million …` goes no further: nobody writes it, and numbers stay small."""


def read_cardinal(tokens: Tokens, index: int, money: bool = False) -> Cardinal | None:
    """The number that starts at `index`, or None; `money`: a currency stands before it (`$3m`)."""
    first = tokens[index]
    if first.value is not None:
        return _digits(tokens, index, money)
    if first.kind != "word":
        return None
    return (
        read_vague(tokens, index) or read_few(tokens, index) or read_multiple(tokens, index)
        or _part(tokens, index) or _article(tokens, index) or _worded(tokens, index)
    )  # fmt: skip


def _step(tokens: Tokens, index: int) -> int:
    """Over a hyphen inside a number word, if there is one at `index`."""
    return index + 1 if tokens.hyphen(index) else index


def _digits(tokens: Tokens, index: int, money: bool) -> Cardinal:
    value, end = tokens[index].value or Fraction(0), index + 1
    following = tokens[end]
    if following.kind == "number":
        more = read_spaced(tokens, index)
        if more is not None:
            value, end = more
        elif value.denominator == 1:
            part = read_slash(tokens, end)  # 2 1/2
            if part is not None:
                value, end = value + part[0], part[1]
    elif following.kind == "sign":
        if following.value is not None and tokens.joined(end):
            value, end = value + following.value, end + 1
        else:
            value, end = read_slash(tokens, index) or (value, end)
    half = _and_part(tokens, end)
    if half is not None:
        value, end = value + half.value, half.end
    if tokens[end].kind not in ("word", "sign"):
        return Cardinal(value, end)
    money = money or is_scale(tokens, index, end)
    return _lesser(tokens, _scaled(tokens, Cardinal(value, end), money))


def _lesser(tokens: Tokens, number: Cardinal) -> Cardinal:
    """With a smaller scale after the first: `4 million 300 thousand`, `3 hundred and 21`."""
    for _ in range(MOST_SCALES):
        after = number.end + (tokens[number.end].text == "and" and number.scale == 100)
        if number.scale == 1:
            break
        if tokens[after].kind == "number":
            rest = _scaled(tokens, Cardinal(tokens[after].value or Fraction(0), after + 1), money=False)
        else:
            rest = (_small(tokens, after) if after > number.end else None) or number
        lowest = 1 if after > number.end else 100
        if not lowest <= rest.scale < number.scale or rest.value >= number.scale:
            break
        number = Cardinal(number.value + rest.value, rest.end, rest.scale)
    return number


def _scaled(tokens: Tokens, number: Cardinal, money: bool) -> Cardinal:
    """The number times the scale words after it."""
    value, end, scale = number.value, number.end, number.scale
    for _ in range(MOST_SCALES):
        after = _step(tokens, end)
        word = tokens[after].text
        factor = SCALES.get(word) or COUNTED_DOZENS.get(word)
        if factor is None and after == end:
            apart = not (money or tokens.joined(end))
            factor = (WRITTEN_SCALES if apart else MONEY_SCALES if money else SHORT_SCALES).get(word)
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
    factor = COUNTED_DOZENS.get(tokens[after].text)
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
        last, end = factor, after + 1
        for _ in range(MOST_SCALES):
            more = SCALES.get(tokens[end].text)  # lakh crore, thousand billion
            if more is None:
                break
            factor, end = factor * more, end + 1
        scale = scale * factor if not total else 1
        total += group.value * factor
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
    following = tokens[after + 1]
    if name == "quarters" and not sure and following.kind == "word" and following.text not in SCALES:
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
