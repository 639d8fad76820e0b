"""Numbers in digits that take several tokens: thousands parted by plain spaces, and fractions.

`1 234 567`, `40 000`, `2/3`. A plain space between digits also parts a date from a count (`May 5 300
people`), so one group alone is joined only where nothing before it is a number or a name.
"""

from __future__ import annotations

from fractions import Fraction

from summarise.numbers.lexicon import MONTHS
from summarise.numbers.tokens import Tokens

MOST_GROUPS = 5
"""More groups of three digits in a row are a table, no number."""
_SLASHES = frozenset("/⁄")
_UNDER = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100})


def read_spaced(tokens: Tokens, index: int) -> tuple[Fraction, int] | None:
    """The number whose thousands are parted by plain spaces, with the index after it."""
    first, end = tokens[index], index + 1
    if len(first.text) > 3 or not first.text.isdecimal() or first.text[0] == "0":
        return None
    total = first.value or Fraction(0)
    while end <= index + MOST_GROUPS and _is_group(tokens, end):
        total, end = total * 1000 + (tokens[end].value or 0), end + 1
    count = end - index - 1
    if not 0 < count < MOST_GROUPS or tokens[end].kind == "number":
        return None
    before = tokens[index - 1]
    if before.kind in ("number", "opaque") or before.text in MONTHS:
        return None
    if count == 1 and tokens[end - 1].text != "000" and before.cap:
        return None
    return total, end


def _is_group(tokens: Tokens, index: int) -> bool:
    token = tokens[index]
    return token.kind == "number" and len(token.text) == 3 and token.text.isdecimal() and tokens.spaced(index)


def read_slash(tokens: Tokens, index: int) -> tuple[Fraction, int] | None:
    """`2/3`: a proper fraction with a usual denominator; dates (9/11) and 24/7 are none."""
    if tokens[index + 1].text not in _SLASHES:
        return None
    over, under = tokens[index].value, tokens[index + 2].value
    if over is None or under is None:
        return None
    if not (tokens.joined(index + 1) and tokens.joined(index + 2)) or tokens[index + 3].text == "/":
        return None
    return (over / under, index + 3) if over < under and under in _UNDER else None
