"""Judges what a summary states and code computes: values, units, countries, aliases, spans, mentions.

Each is held against what the article gives; what differs is listed under its own name
(`numbers.value`), and the item stays with what the article gives. An alias that code did not
find itself holds when the article has it and it is nobody else's. Where only knowledge beyond
the article could tell (a country of an unknown village), nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from summarise.article import Span
from summarise.bare import BareActor, BareLocation, BareNumber, Written
from summarise.check.facts import Facts
from summarise.check.names import bearer_of
from summarise.check.spans import fold, is_bounded
from summarise.numbers import read_quantities
from summarise.places import country_of
from summarise.summary import Actor, Issue, Location, Number

Leaf = tuple[str, Issue]
_SHOWN = 3
"""Wrong mentions or aliases that a message names."""
_DECIMALS = 6
"""Decimals to which a fraction in words may have been rounded, two at least."""
_AGED = re.compile(r"\bage[ds]?\s+(?:(?:from|between|of|at|about|around)\s+)*[\w\s–-]{1,20}\Z", re.IGNORECASE)
_ESTIMATED = re.compile(r"\bestimate[sd]?\s+(?:at|of|to\s+be)\s+\Z", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:\bor\b|/)\s*\Z")
_DOLLAR = re.compile(r"\D*(?<![^\W\d_])(?<![^\W\d_]\.)\$")
_DOLLARS = {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "JMD", "TTD", "BBD", "BSD", "FJD", "NAD"}


def judge_stated(facts: Facts, written: Written, item: Any, bearers: Collection[Hashable]) -> Iterator[Leaf]:
    """What `written` says wrongly of the verified `item` that was made from it, leaf by leaf.

    bearers: who bears the names of the summary's items in this field.
    """
    yield from _judge_spans(facts, written)
    if isinstance(written, BareNumber):
        yield from _judge_number(facts, written, item)
    elif isinstance(written, BareActor | BareLocation):
        yield from _judge_aliases(facts, written, bearers)
        yield from _judge_mentions(facts, written, item)
    if isinstance(written, BareLocation):
        yield from _judge_country(written, item)


def _judge_number(facts: Facts, written: BareNumber, number: Number) -> Iterator[Leaf]:
    leaves: tuple[tuple[str, Any, bool], ...] = (
        ("value", number.value, _is_amount(written.value, number.value)),
        ("upper", number.upper, _is_amount(written.upper, number.upper)),
        ("unit", number.unit, _is_unit(facts, written.unit, number)),
        ("qualifier", number.qualifier, _is_qualifier(facts, written.qualifier, number)),
    )
    for leaf, told, same in leaves:
        if written.says(leaf) and not same:
            stated = getattr(written, leaf)
            yield leaf, Issue(check=leaf, message=f"{number.mention!r} says {told!r}, not {stated!r}")


def _is_qualifier(facts: Facts, stated: str | None, number: Number) -> bool:
    return stated in (None, number.qualifier) or (
        stated == "about" and number.qualifier == "exact" and _is_hedged(facts, number)
    )


def _is_amount(stated: float | int | None, told: float | int | None) -> bool:
    """Whether two amounts are one: to the last digit, but for fractions in words (`two thirds`)."""
    if stated is None or told is None:
        return stated is told
    if stated == told:
        return True
    endless = isinstance(told, float) and abs(told) < 1e6 and round(told, _DECIMALS) != told
    return endless and any(round(told, places) == stated for places in range(2, _DECIMALS + 1))


def _is_unit(facts: Facts, stated: str | None, number: Number) -> bool:
    """Whether the mention has the stated unit, in whatever spelling, or leaves it to be understood."""
    if stated == number.unit:
        return True
    if stated is None:
        return False
    if number.unit == "USD" and _DOLLAR.match(number.mention):
        return stated.upper() in _DOLLARS  # `$` alone does not say whose
    if number.unit is not None:
        return _plain_unit(stated) == number.unit
    return _is_understood(facts, _plain_unit(stated) or stated, number)


def _is_understood(facts: Facts, unit: str, number: Number) -> bool:
    """`up from 2.48` where the sentence has hectares: a bare number, no noun right behind it."""
    low, high = number.spans["evidence"]
    behind = number.spans["mention"][1]
    counts = number.spans.get("counts", (high, high))
    if counts[0] >= behind and not facts.article.text[behind : counts[0]].strip():
        return _is_rate(facts, unit, number)
    if unit == "year" and _AGED.search(facts.article.text, low, behind):
        return True
    return any(quantity.unit == unit for quantity in read_quantities(facts.article.text[low:high]))


def _is_rate(facts: Facts, unit: str, number: Number) -> bool:
    """`15 deaths per 100,000 people`: the sentence has the words of the rate, after the number."""
    words = facts.text.first(unit, (number.spans["mention"][1], number.spans["evidence"][1]))
    return unit.startswith("per ") and words is not None


def _is_hedged(facts: Facts, number: Number) -> bool:
    """`about $8 or €7`, `estimated at 5`: a word before the mention that may be meant for it too."""
    low, start = number.spans["evidence"][0], number.spans["mention"][0]
    if _ESTIMATED.search(facts.article.text, low, start):
        return True
    joined = _JOINED.search(facts.article.text, low, start)
    sentence = facts.sentence_at(number.spans["mention"])
    if joined is None or sentence is None:
        return False
    return any(q.end == joined.start() and q.qualifier == "about" for q in facts.quantities(sentence))


@lru_cache(maxsize=1024)
def _plain_unit(unit: str) -> str | None:
    """The unit as this project writes it: `percent` is `%`, `kilometres` are `km`."""
    for text in (f"5 {unit[:40]}", f"{unit[:40]} 5", f"{unit[:40]}5"):
        found = read_quantities(text)
        if len(found) == 1 and found[0].unit and (found[0].start, found[0].end) == (0, len(text)):
            return found[0].unit
    return None


def _judge_aliases(
    facts: Facts, written: BareActor | BareLocation, bearers: Collection[Hashable]
) -> Iterator[Leaf]:
    faults = []
    own = bearer_of(facts, written.name)
    for alias in written.aliases or ():
        span = facts.text.first(alias)
        if span is None:
            faults.append(f"{alias!r}: {facts.text.why_absent(alias, (0, len(facts.article.text)))}")
        elif (bearer := bearer_of(facts, alias)) != own and bearer in bearers:
            faults.append(f"{alias!r} is another's name, not one of {written.name!r}")
    if faults:
        yield "aliases", Issue(check="alias", message="; ".join(faults[:_SHOWN]))


def _judge_country(written: BareLocation, location: Location) -> Iterator[Leaf]:
    stated, told = written.country, location.country
    if stated is None or told is None or stated.upper() == told or country_of(stated) == told:
        return
    yield "country", Issue(check="country", message=f"{location.name!r} is in {told}, not in {stated!r}")


def _judge_spans(facts: Facts, written: Written) -> Iterator[Leaf]:
    """Each stated span gives its string, exactly; a list of them those of the aliases."""
    wrong = []
    for leaf, span in written.spans.items():
        string = getattr(written, leaf, None)
        if isinstance(span, tuple):
            if not isinstance(string, str) or not _gives(facts, span, string):
                wrong.append(leaf)
        elif span is None:
            if isinstance(string, str):
                wrong.append(leaf)
        elif len(span) != len(string or ()) or not all(
            map(lambda s, one: _gives(facts, s, one), span, string or ())
        ):
            wrong.append(leaf)
    if wrong:
        message = f"the span of {', '.join(wrong[:_SHOWN])} does not give the string"
        yield "spans", Issue(check="span", message=message)


def _gives(facts: Facts, span: Span, string: str) -> bool:
    """Whether the article has `string` at `span`: whole words, no blank at either end."""
    text = facts.article.text
    if not 0 <= span[0] < span[1] <= len(text) or not is_bounded(text, span):
        return False
    there = text[slice(*span)]
    return there == there.strip() and (there == string or fold(there) == fold(string))


def _judge_mentions(
    facts: Facts, written: BareActor | BareLocation, item: Actor | Location
) -> Iterator[Leaf]:
    """Each stated mention is a form of the name, as code or the summary has it."""
    forms = {fold(form) for form in (item.name, *item.aliases, *(written.aliases or ()))}
    known = set(item.mentions)
    text = facts.article.text
    wrong = (
        span for span in written.mentions or () if span not in known and not _gives_one(facts, span, forms)
    )
    if first := list(islice(wrong, _SHOWN)):
        places = ", ".join(f"{start}-{end} {text[start:end][:40]!r}" for start, end in first)
        yield "mentions", Issue(check="mention", message=f"no mention of {item.name!r}: {places}")


def _gives_one(facts: Facts, span: Span, forms: Collection[str]) -> bool:
    string = fold(facts.article.slice(span)) if 0 <= span[0] < span[1] else ""
    return string in forms and _gives(facts, span, string)
