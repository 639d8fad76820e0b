"""The words around an amount that bound it: `more than`, `an estimated`, `or more`, `around`.

Reads backwards and forwards a bounded number of tokens; phrases are in `lexicon`.
"""

from __future__ import annotations

from typing import NamedTuple

from summarise.numbers.lexicon import AFTER, BEFORE
from summarise.numbers.quantity import Qualifier
from summarise.numbers.tokens import Tokens

LONGEST = 4
MOST_BEFORE = 2
"""Qualifiers that may stand one before the other (`at least some 20`)."""


_BEFORE_ENDS = frozenset(phrase[-1] for phrase in BEFORE)
_AFTER_OPENS = frozenset(phrase[0] for phrase in AFTER)


class Bounds(NamedTuple):
    """The tokens from `start` to before `end`, qualifiers included."""

    start: int
    end: int
    qualifier: Qualifier


def read_bounds(tokens: Tokens, start: int, end: int, floor: int) -> Bounds:
    """Widens the amount [start, end) by its qualifiers; never before token `floor`."""
    found: list[Qualifier] = []
    for _ in range(MOST_BEFORE):
        count = _before(tokens, start, floor)
        if count:
            found.append(BEFORE[tokens.words(start - count, count)])
            start -= count
    if any(tokens[index].text == "+" for index in range(start, end)):
        found.append("at_least")  # `18+ years`
    for count in range(LONGEST if tokens[end].text in _AFTER_OPENS else 0, 0, -1):
        qualifier = AFTER.get(tokens.words(end, count))
        if qualifier is not None and (tokens[end].text not in "-+" or tokens.joined(end)):
            found.append(qualifier)
            end += count
            break
    if tokens[end + 1].text == "or" and tokens[end + 2].text == "more" and tokens[end].kind == "word":
        found, end = [*found, "at_least"], end + 3  # `sixty people or more`
    return Bounds(
        start, end, next((q for q in reversed(found) if q != "about"), found[0] if found else "exact")
    )


def _before(tokens: Tokens, start: int, floor: int) -> int:
    """How many tokens before `start` are one qualifier."""
    for count in range(min(LONGEST, start - floor) if tokens[start - 1].text in _BEFORE_ENDS else 0, 0, -1):
        words = tokens.words(start - count, count)
        if words in BEFORE and not (
            _is_place(tokens, start - count, words) or _is_markup(tokens, start - count)
        ):
            return count
    return 0


def _is_place(tokens: Tokens, index: int, words: tuple[str, ...]) -> bool:
    """`from under eight metres of mud` says where, not how much."""
    return words[0] in ("under", "over", "above", "below", "beyond") and tokens[index - 1].text == "from"


def _is_markup(tokens: Tokens, index: int) -> bool:
    """`<b>5`, `-> 5`, and the `>` that quotes a line: signs that compare nothing."""
    if tokens[index].text not in ("<", ">"):
        return False
    if tokens.joined(index) and tokens[index - 1].text not in ("(", "["):
        return True
    return tokens[index].text == ">" and tokens.starts_line(index)
