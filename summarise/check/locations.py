"""Judges locations: a name with a capital that stands in the evidence, no adjective, one item each.

Nor a person; nor a body, unless it is somewhere the scene of something.
Aliases, mentions and the country are computed, never taken from a draft.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence

from summarise.article import Span
from summarise.check.evidence import find_named
from summarise.check.facts import Facts
from summarise.check.judgement import Ledger
from summarise.check.names import all_mentions, bearer_of, other_forms, why_person
from summarise.draft import LocationItem
from summarise.names import body_word
from summarise.names.words import demonyms
from summarise.places import country_of
from summarise.summary import Location

_REACH = 40
_AT = re.compile(
    r"\b(?:at|in|near|outside|inside|from|to|into|around|behind|opposite|toward|towards|through|off|leaving|left|"
    r"entered|reached|within)\s+(?:[\w’'-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
"""What stands before a body that is the scene of something."""
_CONTINENTAL = {"african", "arab", "asian", "european", "scandinavian"}
"""Adjectives of regions, besides those of countries."""


def judge_locations(facts: Facts, items: Sequence[LocationItem]) -> Ledger[Location]:
    """Accept the places that the article names, merging those that are the same."""
    ledger: Ledger[Location] = Ledger("locations")
    for index, item in enumerate(items):
        if item.label == "none":
            continue
        found = find_named(facts, item, ledger)
        if found is None:
            continue
        name, evidence = found
        problem = _no_place(item.name) or _no_scene(facts, item.name, name)
        if problem:
            ledger.reject(item, "place", problem)
            continue
        bearer = bearer_of(facts, item.name, name)
        location = ledger.find(bearer) or _location(facts, item.name, (name, evidence), bearer)
        ledger.accept(bearer, location, index)
    return ledger


def _location(facts: Facts, written: str, spans: tuple[Span, Span], bearer: Hashable) -> Location:
    name, evidence = spans
    aliases = tuple(form for form in other_forms(facts, bearer, written) if _no_place(form) is None)
    return Location(
        name=facts.article.slice(name),
        country=country_of(written, aliases),
        aliases=aliases,
        evidence=facts.article.slice(evidence),
        spans={"name": name, "evidence": evidence},
        mentions=all_mentions(facts, bearer, written, name),
    )


def _no_place(name: str) -> str | None:
    """Why `name` can't be a place's name, or None."""
    if name == name.lower() != name.upper():
        return f"{name!r} is written small, so it is no name"
    if _is_adjective(name.casefold()):
        return f"{name!r} is an adjective of origin, not a place"
    return None


def _no_scene(facts: Facts, written: str, name: Span) -> str | None:
    """Why the name is that of a body or a person, and not of the scene of something (`at the ministry`)."""
    group = facts.names.group_of(written, name)
    reason = why_person(facts, group)
    if reason:
        return f"{written!r} is a person: {reason}"
    body = body_word(written)
    if body is None or _is_scene(facts, group, name):
        return None
    return f"{written!r} is a body, not a place: {body!r}"


def _is_scene(facts: Facts, group: int | None, name: Span) -> bool:
    """Whether a body is named as the scene of something at `name`, or anywhere."""
    known = facts.kept.setdefault("scenes", {})
    if group is not None and group not in known:
        known[group] = any(_stands_at(facts, span) for span in facts.names.groups[group].mentions)
    return known.get(group, False) or _stands_at(facts, name)


def _stands_at(facts: Facts, name: Span) -> bool:
    return _AT.search(facts.article.text, max(0, name[0] - _REACH), name[0]) is not None


def _is_adjective(name: str) -> bool:
    """Whether a name in lower case is an adjective of origin or a word for people (`russian`, `iraqis`)."""
    words = name.split()
    last = words[-1:]
    forms = {" ".join(words), *last, *(word[:-1] for word in last if word.endswith(("ans", "is")))}
    return not forms.isdisjoint(demonyms().keys() | _CONTINENTAL)
