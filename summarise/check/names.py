"""Who a name of a draft is: its group, its other forms, everywhere it is mentioned.

All of it is computed from the article; a draft has no say in it. A name in no group that
code found has no aliases, and its mentions are its plain word-bounded occurrences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator
from functools import lru_cache
from itertools import islice

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.check.spans import fold
from summarise.names import why_a_person
from summarise.names.words import demonyms
from summarise.places import country_of, is_country

_DEFINED = re.compile(r"[\"”’']?\s*\(\s*[\"“]?(?P<short>[^\W\d_a-z][\w.&’'-]{1,14})[\"”]?\s*\)")
"""A short form in brackets right after the name that it stands for."""
_SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
_OCCURRENCES = 20
"""Occurrences of a name or short form that are looked at."""
_BESIDE = 60
"""Characters on each side of a name in which a longer one may begin or end."""


def bearer_of(facts: Facts, name: str, span: Span | None = None) -> Hashable:
    """Who bears `name`, equal for all names of one bearer: its group's index, or the name itself."""
    group = facts.names.group_of(name, span)
    return fold(name).casefold() if group is None else group


def other_forms(facts: Facts, bearer: Hashable, name: str) -> tuple[str, ...]:
    """The forms of the bearer's name besides `name`."""
    if not isinstance(bearer, int):
        return ()
    group = facts.names.groups[bearer]
    forms = dict.fromkeys((group.name, *group.aliases))
    return tuple(form for form in forms if fold(form) != fold(name))


def all_mentions(facts: Facts, bearer: Hashable, name: str, span: Span) -> tuple[Span, ...]:
    """Where the bearer is mentioned by any form, sorted; `span`, where `name` stands, is among them."""
    known = facts.kept.setdefault("mentions", {})
    key = bearer if isinstance(bearer, int) else name
    if key not in known:
        group = facts.names.groups[bearer] if isinstance(bearer, int) else None
        found = (group.span, *group.mentions) if group else facts.text.occurrences(name)
        known[key] = tuple(sorted(set(found)))
    mentions: tuple[Span, ...] = known[key]
    at = bisect_left(mentions, span)
    return mentions if mentions[at : at + 1] == (span,) else (*mentions[:at], span, *mentions[at:])


def why_person(facts: Facts, bearer: Hashable) -> str | None:
    """Why the bearer is certainly a person, or None."""
    known = facts.kept.setdefault("persons", {})
    if bearer not in known:
        group = facts.names.groups[bearer] if isinstance(bearer, int) else None
        known[bearer] = why_a_person(facts.article.text, group) if group else None
    reason: str | None = known[bearer]
    return reason


def is_named(facts: Facts, name: str, within: Span, *, adjectives: bool = False) -> bool:
    """Whether `within` names the bearer of `name` by another form: an alias, initials.

    adjectives: a country is named by its adjective too (`Chinese officials`).
    """
    group = facts.names.group_of(name)
    found = [span for span, other in facts.names.within(within) if other == group is not None]
    for form in (*short_names(facts, name), *(_adjectives(name) if adjectives else ())):
        found += islice(facts.text.occurrences(form, within), _OCCURRENCES)
    return any(_is_whole(facts, span) for span in found)


def short_names(facts: Facts, name: str) -> tuple[str, ...]:
    """The short forms that `name` has by its letters, or by brackets after it."""
    known = facts.kept.setdefault("short names", {})
    if name not in known:
        known[name] = tuple(dict.fromkeys((*_initials(name), *_bracketed(facts, name))))
    forms: tuple[str, ...] = known[name]
    return forms


def _is_whole(facts: Facts, span: Span) -> bool:
    """Whether what stands at `span` is no part of another's name (`U.S. Senate`) or of a sum (`US$5`).

    A longer name with a last word written small (`Chinese government`) is not another's.
    """
    low, high = span[0] - _BESIDE, span[1] + _BESIDE
    if facts.article.text[span[1] : span[1] + 1] == "$":
        return False
    return not any(
        start <= span[0]
        and span[1] <= end
        and end - start > span[1] - span[0]
        and not facts.article.text[start:end].split()[-1].islower()
        for (start, end), _ in facts.names.within((low, high))
    )


def _bracketed(facts: Facts, name: str) -> Iterator[str]:
    for _, end in islice(facts.text.occurrences(name), _OCCURRENCES):
        found = _DEFINED.match(facts.article.text, end)
        if found:
            yield found["short"]


def _initials(name: str) -> tuple[str, ...]:
    """The letters of a name with and without stops: `UN`, `U.N.`."""
    words = [word for word in name.split() if word[0].isupper() and word not in _SUFFIXES]
    letters = [word[0] for word in words] if len(words) > 1 else []
    return ("".join(letters), "".join(f"{letter}." for letter in letters)) if letters else ()


@lru_cache(maxsize=4096)
def _adjectives(name: str) -> tuple[str, ...]:
    """The adjectives of a country's name: `Chinese`."""
    code = country_of(name) if is_country(name) else None
    forms = (form for form, country in demonyms().items() if country == code) if code else ()
    return tuple(" ".join(map(str.capitalize, form.split())) for form in forms)
