"""Reads an amount off the tokens: a number with its sign, currency, unit and hyphenated word.

`$1.5bn`, `Rs 500 crore`, `two US dollars`, `12 per cent`, `92-year-old`, `three-judge`. Neither
qualifiers nor ranges: those belong to `bounds` and `ranges`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from summarise.numbers.cardinals import read_cardinal
from summarise.numbers.compounds import compound_end, read_feet
from summarise.numbers.currencies import CODES, PREFIXES, SIGNS, Unit, read_prefix, read_suffix
from summarise.numbers.lexicon import FOLDS, FRACTIONS, HUNDREDS, MULTIPLES, SCALES, SMALL, TENS, VAGUE
from summarise.numbers.tables import word_set
from summarise.numbers.tokens import HYPHENS, Tokens
from summarise.numbers.units import MODIFIERS, UNITS, read_glued, read_per_people, read_unit
from summarise.numbers.vague import Cardinal

MOST_COMPOUND = 4
"""Words that may follow in one hyphenated compound (`92-year-old`)."""
_MINUS = frozenset({"minus", "negative"})
STARTERS = frozenset(
    {*SMALL, *TENS, *VAGUE, *SCALES, *HUNDREDS, *FOLDS, *MULTIPLES, *_MINUS}
    | {"a", "an", "the", "half", "quarter", "several"}
)
"""Every word without a capital that an amount can begin with."""
_ARTICLES = frozenset({"a", "an"})
_AFTER_ARTICLE = frozenset(
    {*UNITS, *MODIFIERS, *SCALES, *HUNDREDS, *FRACTIONS, *HYPHENS, "few", "couple", "several", "earth", "u"}
    | {"$", "%", "percent", "pct", "per", "percentage", "basis", "°", "º"}
)
"""Every word that goes on a number which begins with `a`, units with ² or ³ aside."""
CLIPPED = word_set("woman on size sided off party stop man way time")
"""After `one-`: not numbers but words (`one-time`)."""


_NO_COMPOUND = frozenset({"to", "and", "in", "or", "odd", "plus", "ish"})
_MULTIPLIED = word_set(
    "more less as the higher lower larger greater bigger smaller faster slower longer stronger safer its "
    "his her their that what fewer worse better older deadlier"
)
"""After `times`: a multiple."""


class Amount(NamedTuple):
    """An amount from token `start` to before token `end`; `value` None for a compound measure."""

    start: int
    end: int
    value: Fraction | None
    unit: str | None = None
    scale: int = 1
    vague: bool = False
    prefixed: bool = False


def read_amount(tokens: Tokens, index: int, money: bool = False) -> Amount | None:
    """The amount whose sign, currency or number is token `index`; `money`: it shares a currency before it."""
    start, token = index, tokens[index]
    if not may_begin(tokens, index):
        return None
    dash = token.text in ("-", "−") and tokens.joined(index + 1) and not tokens.joined(index)
    if token.text == "negative" and tokens[index - 1].text.startswith("test"):
        return None  # tested negative five times
    sign = -1 if dash or token.text in _MINUS else 1
    if sign < 0:
        index += 1
    currency = read_prefix(tokens, index)
    if tokens[index].text in _ARTICLES:
        more = _unit_and_a_half(tokens, index)
        if more is not None:
            return more
    if currency is not None and tokens[currency.end].kind != "number":
        below = tokens[currency.end].text in ("-", "−") and tokens.joined(currency.end + 1)
        below = below and tokens.joined(currency.end) and tokens[currency.end + 1].kind == "number"
        sign, currency = (-1, currency._replace(end=currency.end + 1)) if below else (sign, None)  # $-99
    number = read_cardinal(tokens, currency.end if currency else index, money=money or currency is not None)
    if number is None or (dash and tokens[index].kind != "number" and currency is None):
        return None
    value = -number.value if sign < 0 else number.value
    if currency is not None:
        end = _per(tokens, number.end)
        return Amount(start, end, value, currency.name, number.scale, number.vague, True)
    if money:
        return Amount(start, number.end, value, None, number.scale, number.vague)
    return _with_unit(tokens, start, number._replace(value=value) if sign < 0 else number)


def may_begin(tokens: Tokens, index: int) -> bool:
    """False for most tokens that no amount begins with, told at once."""
    token = tokens[index]
    if token.kind == "word":
        if token.text in _ARTICLES:
            after = tokens[index + 1].text
            return after in _AFTER_ARTICLE or after[-1:] in ("²", "³")
        if token.text == "the":
            return tokens[index + 1].text == "several"
        return token.text in STARTERS or (token.cap and token.text in PREFIXES)
    if token.kind == "number":
        return True
    return token.kind == "sign" and (token.text in SIGNS or token.text in "-−" or token.value is not None)


def _with_unit(tokens: Tokens, start: int, number: Cardinal) -> Amount | None:
    following = tokens[number.end]
    if following.kind == "number" or following.kind == "break":
        return Amount(start, number.end, number.value, None, number.scale, number.vague)
    feet = read_feet(tokens, start) if following.text in "'’′" else None
    if feet is not None:
        return Amount(start, feet, None, "foot")
    number = _of_scale(tokens, number)
    compound = _compound(tokens, number.end) if following.text in HYPHENS else None
    if compound is not None:
        last = tokens[number.end + 1].text
        if last == "dimensional" or (tokens[start].text == "one" and last in CLIPPED):
            return None
        return Amount(start, compound.end, number.value, compound.name or None, number.scale, number.vague)
    end = number.end
    if following.cap and following.text[0] == "m" and following.text[1:] in CODES:  # 30 MUSD
        return Amount(start, end + 1, number.value * 10**6, following.text[1:].upper(), 10**6)
    money = read_suffix(tokens, end, scaled=number.scale > 1)
    if money is not None:
        return _money(tokens, Amount(start, money.end, number.value, money.name, number.scale, number.vague))
    unit = None
    if tokens[end].text == "of":
        if number.vague:
            unit = read_suffix(tokens, end + 1, True) or read_unit(tokens, end + 1)
        elif tokens[end + 1].text in _ARTICLES and abs(number.value) < 1:
            unit = read_unit(tokens, end + 2)  # 0.2 of a percentage point
    elif tokens[end].text in _ARTICLES and number.value in (Fraction(1, 2), Fraction(1, 4)):
        unit = read_unit(tokens, end + 1)
    plus = end + (tokens[end].text == "+" and tokens.joined(end))
    unit = unit or read_unit(tokens, plus) or read_glued(tokens, end) or read_per_people(tokens, end)
    if unit is None:
        end = _times(tokens, end)
        return Amount(start, end, number.value, None, number.scale, number.vague)
    return _whole(tokens, Amount(start, unit.end, number.value, unit.name, number.scale, number.vague))


def _of_scale(tokens: Tokens, number: Cardinal) -> Cardinal:
    """`two thirds of a million`."""
    at = number.end
    if tokens[at].text != "of" or tokens[at + 1].text not in _ARTICLES or abs(number.value) >= 1:
        return number
    scale = SCALES.get(tokens[at + 2].text)
    return number if scale is None else Cardinal(number.value * scale, at + 3, scale)


def _whole(tokens: Tokens, amount: Amount) -> Amount:
    """With `old` for an age, `and a half` after the unit, a second unit of a compound measure."""
    words = tokens.words(amount.end, 3)
    if amount.unit in ("year", "month", "week", "day", "decade") and words[0] in ("old", "olds"):
        return amount._replace(end=amount.end + 1)
    if amount.unit in ("year", "month") and words[0] == "'" and words[1] == "old":
        return amount._replace(end=amount.end + 2)
    if words[:3] == ("and", "a", "half") and amount.value is not None:
        return amount._replace(end=amount.end + 3, value=amount.value + Fraction(amount.scale, 2))
    after = compound_end(tokens, amount.unit, amount.end)
    return amount if after is None else amount._replace(end=after, value=None)


def _money(tokens: Tokens, amount: Amount) -> Amount:
    """With the scale or the smaller coins after the currency: `75 USD million`, `3 dollars 50 cents`."""
    scale = SCALES.get(tokens[amount.end].text)
    if scale is not None and amount.value is not None and amount.scale == 1:
        return amount._replace(end=amount.end + 1, value=amount.value * scale, scale=scale)
    after = compound_end(tokens, amount.unit, amount.end)
    return amount if after is None else amount._replace(end=after, value=None)


def _times(tokens: Tokens, end: int) -> int:
    """After a multiple: `3x`, `2.6 times more`; `five times` alone are occasions, which are counted."""
    token, after = tokens[end], tokens[end + 1]
    if token.text == "x" and tokens.joined(end) and tokens[end - 1].kind == "number":
        return end if after.kind == "number" else end + 1
    return (
        end + 1 if token.text == "times" and (after.text in _MULTIPLIED or after.text[-3:] == "ier") else end
    )


def _unit_and_a_half(tokens: Tokens, index: int) -> Amount | None:
    """`a year and a half`, `an hour-and-a-half`."""
    unit = read_unit(tokens, index + 1)
    if unit is None:
        return None
    words = [tokens[at].text for at in range(unit.end, unit.end + 6) if tokens[at].text not in HYPHENS]
    if words[:3] != ["and", "a", "half"]:
        return None
    end = next(at for at in range(unit.end, unit.end + 6) if tokens[at].text == "half") + 1
    return Amount(index, end, Fraction(3, 2), unit.name)


def _compound(tokens: Tokens, index: int) -> Unit | None:
    """The hyphenated rest of `92-year-old`, `three-judge`, `10-percentage-point`: unit name or ""."""
    if not tokens.hyphen(index) or tokens[index].text in "–—" or tokens[index + 1].kind != "word":
        return None
    if read_cardinal(tokens, index + 1) is not None or tokens[index + 1].text in _NO_COMPOUND:
        return None
    unit = read_unit(tokens, index + 1)
    end = unit.end if unit is not None else index + 2
    for _ in range(MOST_COMPOUND):
        if not (tokens[end].text in HYPHENS and tokens.hyphen(end) and tokens[end + 1].kind == "word"):
            break
        end += 2
    if unit is not None and unit.name == "year" and tokens[end].text in ("old", "olds"):
        end += 1
    return Unit(unit.name if unit is not None else "", end)


def _per(tokens: Tokens, index: int) -> int:
    """After money: `per metric ton`, `per hour` belong to the mention; `per astronaut` does not."""
    if tokens[index].text != "per":
        return index
    unit = read_unit(tokens, index + 1)
    return unit.end if unit is not None else index
