"""The way through a text: at each token an amount, what joins it, what bounds it, or nothing.

One pass from left to right; every step looks at a bounded number of tokens, so the time is linear.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from summarise.numbers.amounts import Amount, may_begin, read_amount
from summarise.numbers.bounds import read_bounds
from summarise.numbers.exclusions import is_excluded, is_excluded_end
from summarise.numbers.lexicon import NUMERALS, SMALL, TENS
from summarise.numbers.quantity import Qualifier, Quantity
from summarise.numbers.ranges import Joined, join
from summarise.numbers.tables import word_set
from summarise.numbers.tokens import VULGAR, Tokens

PRONOUNS = word_set("he who she")
_DIGIT = re.compile(rf"[\d{''.join(VULGAR)}]")
_ASCII_WORD = re.compile("[a-z]+")
DEATHS = word_set("dead age died aging dies ages turned turns aged")


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of `text`, in order, never overlapping; any string will do."""
    if not _may_have_any(text):
        return ()
    tokens, found = Tokens(text), list[Quantity]()
    index, stop = tokens.inner.start, tokens.inner.stop
    floor = index
    names: set[str] = set()
    while index < stop:
        if tokens[index].kind != "opaque" and not may_begin(tokens, index):
            index += 1
            continue
        row = _row_end(tokens, index) if tokens[index - 1].kind == "number" else index
        if row > index:
            plain = tokens[index:row]
            found += [Quantity(t.start, t.end, _plain(t.value), None, "exact", None) for t in plain]
            floor = index = row
            continue
        quantity, end = _quantity_at(tokens, index, floor)
        if quantity is None:
            if tokens[index - 1].cap and tokens[index].text.isdigit() and len(tokens[index].text) == 3:
                names.add(tokens[index].text)  # `Boeing 737`: `the 737` is a name too
        elif not (tokens[index].text in names and end == index + 1 and not tokens.plural(end)):
            found.append(_same_age(tokens, found[-1:], quantity, floor, index))
            floor = end
        index = max(end, index + 1)
    return tuple(found)


def _row_end(tokens: Tokens, index: int) -> int:
    """Over numbers among numbers, as in a table: no word is near that could change what they are worth.

    The index of the first token that has to be read with care.
    """
    if any(tokens[index - back].kind != "number" for back in (1, 2, 3)):
        return index
    before, token, after = tokens[index - 1 : index + 2]
    while token.kind == after.kind == "number" == tokens[index + 2].kind:
        if token.text[0] == "0" or len(token.text) == 4 or len(after.text) == 3:
            break  # an identifier, a year, a group of thousands
        if token.start == before.end or after.start == token.end:
            break
        index += 1
        before, token, after = token, after, tokens[index + 1]
    return index


def _may_have_any(text: str) -> bool:
    """False for most texts without a quantity: no digit in them, and no word that numbers are made of."""
    if _DIGIT.search(text):
        return True
    return not NUMERALS.isdisjoint(_ASCII_WORD.findall(text.lower().replace("\xad", "")))


def _same_age(tokens: Tokens, before: list[Quantity], quantity: Quantity, floor: int, index: int) -> Quantity:
    """In `aged nine, ten and 49` each number is an age."""
    between = tokens.words(floor, index - floor) if index - floor <= 2 else ()
    plain = quantity.unit is None and quantity.qualifier == "exact" and not tokens.plural(index + 1)
    if plain and before and before[0].unit == "year" and between in ((",",), ("and",), (",", "and")):
        follows = tokens[index + 1].kind == "word" and tokens[index + 1].text not in ("and", "respectively")
        bare = _ends_in_number(tokens, floor)
        return quantity if follows or not bare else replace(quantity, unit="year")
    return quantity


def _ends_in_number(tokens: Tokens, floor: int) -> bool:
    """Whether the quantity before token `floor` ends in its number (`nine`, not `nine years`)."""
    last = tokens[floor - 1]
    return last.kind == "number" or last.text in SMALL or last.text in TENS


def _quantity_at(tokens: Tokens, index: int, floor: int) -> tuple[Quantity | None, int]:
    """The quantity that starts at `index`, and the index to go on from."""
    race = _race_time(tokens, index)
    if race is not None:
        return race, index + 1
    amount = read_amount(tokens, index)
    if amount is None:
        return None, index + 1
    joined = join(tokens, amount)
    second = _second(tokens, amount, joined)
    counted = joined.end > amount.end and tokens[amount.start].text == "one"
    if not counted and is_excluded(tokens, amount):
        return None, amount.end
    if second is not None and is_excluded_end(tokens, second):
        joined = Joined(amount.start, amount.end, amount.value, None, amount.unit, amount.vague)
    joined = _magnitude(tokens, joined)
    bounds = read_bounds(tokens, max(joined.start, floor), joined.end, floor)
    qualifier: Qualifier = "range" if joined.upper is not None else bounds.qualifier
    if qualifier == "exact" and joined.vague:
        qualifier = "about"
    unit = joined.unit or ("year" if _is_age(tokens, joined) else None)
    start, end = tokens[bounds.start].start, tokens[bounds.end - 1].end
    return Quantity(start, end, _plain(joined.value), _plain(joined.upper), qualifier, unit), bounds.end


def _second(tokens: Tokens, amount: Amount, joined: Joined) -> Amount | None:
    """The other end of a range, to be judged for itself (`between 5 and 2015`)."""
    if joined.end == amount.end:
        return None
    for index in range(joined.end - 1, amount.end, -1):
        if tokens[index].kind == "number":
            return Amount(index, joined.end, tokens[index].value, joined.unit)
    return None


def _plain(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _race_time(tokens: Tokens, index: int) -> Quantity | None:
    """`2:14:04`: hours, minutes and seconds are a duration without a single value."""
    token = tokens[index]
    if token.kind != "opaque" or token.text.count(":") != 2 or "." in token.text or "/" in token.text:
        return None
    if tokens[index - 1].text == "at" or not all(1 <= len(part) <= 2 for part in token.text.split(":")):
        return None
    return Quantity(token.start, token.end, None, None, "exact", None)


def _magnitude(tokens: Tokens, joined: Joined) -> Joined:
    """`magnitude 4.9`, `magnitude of 4.0`, `5.3-magnitude`, `5.0 magnitude`."""
    words = tokens[joined.start - 2].text, tokens[joined.start - 1].text
    count = 1 if words[1] == "magnitude" else 2 if words == ("magnitude", "of") else 0
    if count:
        return joined._replace(start=joined.start - count, unit="magnitude")
    if joined.unit is None and tokens[joined.end].text == "magnitude":
        return joined._replace(end=joined.end + 1, unit="magnitude")
    if tokens[joined.end - 1].text == "magnitude":
        return joined._replace(unit="magnitude")
    return joined


def _is_age(tokens: Tokens, joined: Joined) -> bool:
    """`aged 14`, `James Ford, 42, a …`, `dies at 78`, `she was one`."""
    if joined.value is None or joined.value.denominator != 1 or not 0 < joined.value.numerator <= 120:
        return False
    before, after = tokens.words(joined.start - 3, 3), tokens[joined.end].text
    if before[2] == "now":
        return _closed(tokens, joined)
    if before[2] in ("aged", "age", "ages") or before[1:] == ("age", "of") or before[0] == "ages":
        return True
    if not _closed(tokens, joined):
        return False
    if before[2] == "at" and before[1] in DEATHS:
        return True
    if before[1] in PRONOUNS and before[2] in ("was", "is", "turned", "turns"):
        return True
    if before[1:] in (("young", "as"), ("old", "as")):
        return True
    named = tokens[joined.start - 2].kind == "word" and tokens[joined.start].kind == "number"
    return (
        named
        and not tokens.plural(joined.start - 2)
        and before[2] in (",", "(")
        and after in (",", ")")
        and before[1] not in ("of",)
    )


def _closed(tokens: Tokens, joined: Joined) -> bool:
    """Whether no noun follows that would be counted."""
    return tokens[joined.end].kind == "break" or tokens[joined.end].text in (",", ".", ")", "and", "when")
