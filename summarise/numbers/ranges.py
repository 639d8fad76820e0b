"""Joins two amounts: ranges (`15 to 20 seconds`), ratios (`one in five`), scores and votes (`2–1`).

The first amount is given; what follows it decides. Neither qualifiers nor contexts that make a number
no quantity: those belong to `bounds` and `exclusions`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from summarise.numbers.amounts import Amount, read_amount
from summarise.numbers.lexicon import CONTEST, JOINERS
from summarise.numbers.tokens import HYPHENS, Tokens
from summarise.numbers.units import TIME, UNITS

LOOK_BACK = 8
ROUND = frozenset({12, 15, 20, 25, 50, *(10**power for power in range(2, 10))})
"""`one in 20` is a share; `29 out of 30 counts` are two numbers."""


_JOINER_OPENS = frozenset(phrase[0] for phrase in JOINERS)


class Joined(NamedTuple):
    """One amount, or two made one; `upper` only for a range."""

    start: int
    end: int
    value: Fraction | None
    upper: Fraction | None
    unit: str | None
    vague: bool


def join(tokens: Tokens, first: Amount) -> Joined:
    """What `first` and the tokens after it say together."""
    return (
        _between(tokens, first) or _ratio(tokens, first) or _score(tokens, first) or _range(tokens, first)
        or Joined(first.start, first.end, first.value, None, first.unit, first.vague)
    )  # fmt: skip


def _between(tokens: Tokens, first: Amount) -> Joined | None:
    """`between 3 and 5`, `between the ages of 14 and 18`."""
    if tokens[first.start - 1].text not in ("between", "of") or tokens[first.end].text not in ("and", "to"):
        return None
    before = tokens.words(first.start - 4, 4)
    start = first.start - 1 if before[-1] == "between" else first.start
    if before == ("between", "the", "ages", "of"):
        start = first.start - 4
    if start == first.start:
        return None
    second = read_amount(tokens, first.end + 1, money=first.prefixed)
    if second is None:
        return None
    joined = _pair(first, second)
    if joined is None:
        return None
    return joined._replace(start=start, unit="year" if start == first.start - 4 else joined.unit)


def _pair(first: Amount, second: Amount) -> Joined | None:
    """The range of two amounts, a shared scale handed to the first; None where they make none."""
    if first.value is None or second.value is None:
        return None
    shared = first.prefixed and second.unit is None
    if first.unit is not None and first.unit != second.unit and not shared:
        return None
    low = first.value
    if first.scale == 1 and second.scale > 1 and low * second.scale < second.value:
        low *= second.scale
    if not low < second.value:
        return None
    return Joined(first.start, second.end, low, second.value, second.unit or first.unit, False)


def _ratio(tokens: Tokens, first: Amount) -> Joined | None:
    """`one in five`, `three-in-five`, `nine out of ten`, `one out of every thousand`."""
    at = first.end
    hyphened = tokens.hyphen(at)
    at += hyphened
    if tokens[at].text == "out" and tokens[at + 1].text == "of":
        after = at + 2
    elif tokens[at].text == "in":
        after = at + 1
    else:
        return None
    after += tokens.hyphen(after)
    after += tokens[after].text == "every"
    word = tokens[after].text
    second = read_amount(tokens, after)
    if second is None and word in ("hundred", "thousand", "million"):
        second = Amount(
            after, after + 1, Fraction({"hundred": 100, "thousand": 1000, "million": 10**6}[word])
        )
    if first.value is None or first.unit or second is None or second.unit or not second.value or second.vague:
        return None
    if (
        not 0 < first.value < second.value
        or second.value.denominator != 1
        or tokens[second.end].text in UNITS
    ):
        return None
    if first.vague or not (second.value <= 10 or second.value in ROUND):
        return None
    return Joined(first.start, second.end, first.value / second.value, None, None, False)


def _score(tokens: Tokens, first: Amount) -> Joined | None:
    """`2–1`, `230-to-198`: two numbers with a dash that are no range have no single value."""
    at, end = first.end, first.end
    if first.unit is not None or first.value is None or first.value.denominator != 1:
        return None
    if tokens.hyphen(at) and tokens[at + 1].text == "to" and tokens.hyphen(at + 2):
        end = at + 3
        contest = True
    elif tokens[at].text in HYPHENS and tokens.joined(at) == tokens.joined(at + 1):
        end, contest = at + 1, near_contest(tokens, first.start)
        if not contest and (not tokens.joined(at) or first.value >= 100):
            return None
    else:
        return None
    second = read_amount(tokens, end)
    if second is None or second.unit or second.value is None or second.value.denominator != 1:
        return None
    if second.scale > 1 or (first.value < second.value and not contest):
        return None
    if tokens[first.start].kind != tokens[second.start].kind:
        return None
    return Joined(first.start, second.end, None, None, None, False)


def _ranges(tokens: Tokens, index: int) -> bool:
    """`ranging from 5 to 10` is a range; `rose from 5 to 10` are two quantities."""
    return any(tokens[at].text.startswith(("rang", "vari", "vary")) for at in range(index - 6, index - 1))


def near_contest(tokens: Tokens, index: int) -> bool:
    return any(tokens[at].text in CONTEST for at in range(index - LOOK_BACK, index + LOOK_BACK))


def _range(tokens: Tokens, first: Amount) -> Joined | None:
    """`15 to 20 seconds`, `10–12%`, `three or four`, `thousands if not tens of thousands`."""
    if tokens[first.start - 1].text == "from" and not _ranges(tokens, first.start):
        return None
    at = first.end + (tokens.hyphen(first.end) and tokens[first.end + 1].text == "to")
    if tokens[at].text == "-" and tokens.joined(at) and tokens[at + 1].text in ("to", "or"):
        at += 1  # `8- to 16-metre`
    for count in (2, 1) if tokens[at].text in _JOINER_OPENS else ():
        if tokens.words(at, count) in JOINERS:
            break
    else:
        return None
    after = at + count
    after += tokens.hyphen(after) and tokens[at].text == "to"
    dash = tokens[at].text in HYPHENS
    if dash and tokens.joined(at) != tokens.joined(at + 1):
        return None
    second = read_amount(tokens, after, money=first.prefixed)
    if second is None or (dash and first.unit is None and second.start < after):
        return None
    if tokens[at].text == "or" and (
        first.unit or (first.value == 1 and second.scale == 1 and second.unit in TIME)
    ):
        return _pair(first, second) if first.unit is None or first.prefixed else None
    return _pair(first, second)
