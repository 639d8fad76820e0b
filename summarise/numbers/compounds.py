"""Measures of two units: `6ft 5in`, `5'11"`, `13st 4lb`, `2h 14m`, `3 dollars 50 cents`.

By `fields.md` such a measure has no single value: it is one mention in its larger unit, its value None.
Never two numbers, of which each would be wrong.
"""

from __future__ import annotations

from summarise.numbers.cardinals import read_cardinal
from summarise.numbers.tables import word_set
from summarise.numbers.tokens import Tokens

SMALLER = {
    "foot": word_set("inch inches in ins"),
    "hour": word_set("minute minutes min mins m"),
    "minute": word_set("second seconds sec secs s"),
    "pound": word_set("ounce ounces oz"),
    "stone": word_set("pound pounds lb lbs"),
    "GBP": word_set("pence penny p"),
    "USD": word_set("cent cents"),
    "EUR": word_set("cent cents"),
    "AUD": word_set("cent cents"),
}
"""The words for the smaller unit beside a larger one."""
_FEET = frozenset("'’′")
_INCHES = frozenset('"”″“')
_CLOSING = word_set("tall high and when . , ) ;")


def compound_end(tokens: Tokens, unit: str | None, end: int) -> int | None:
    """The index after the smaller part that follows a measure in `unit` before token `end`, or None."""
    smaller = SMALLER.get(unit or "")
    if smaller is None:
        return None
    after = end + (tokens[end].text in ("and", ","))
    if tokens[after].value is None and tokens[after].kind != "word":
        return None
    number = read_cardinal(tokens, after)
    if number is None:
        return None
    if tokens[number.end].text in smaller:
        return number.end + 1
    bare = after == end and unit == "foot" and number.value < 12 and number.end == after + 1
    if bare and (tokens[number.end].kind == "break" or tokens[number.end].text in _CLOSING):
        return number.end  # six feet five
    return None


def read_feet(tokens: Tokens, index: int) -> int | None:
    """The index after `5'11"`, or None."""
    feet, mark, inches = tokens[index], tokens[index + 1], tokens[index + 2]
    if mark.text not in _FEET or feet.value is None or inches.kind != "number":
        return None
    if not (tokens.joined(index + 1) and tokens.joined(index + 2)) or not 0 < feet.value < 100:
        return None
    if inches.value is None or inches.value >= 12:
        return None
    end = index + 3
    end += tokens[end].value is not None and tokens[end].kind == "sign" and tokens.joined(end)  # 11½
    if tokens[end].text in _INCHES and tokens.joined(end):
        return end + 1
    if tokens[end].text in _FEET and tokens[end + 1].text in _FEET and tokens.joined(end):
        return end + 2
    return end
