"""Who is who, and what place is what, in two summaries: by name, alias, and names known to mean one thing.

A name says more than an alias: two persons who share nothing but a surname are two. A person called by the
surname alone is the one whose name ends in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from summarise.compare.pairing import Candidate
from summarise.compare.wording import words_of
from summarise.names.words import same_names
from summarise.places import country_of, is_country
from summarise.summary import Actor, Location

Named = Actor | Location
_Kind = Literal["name", "alias", "short", "surname"]
_SCORES: dict[frozenset[_Kind], float] = {
    frozenset({"name"}): 4,
    frozenset({"name", "alias"}): 3,
    frozenset({"alias"}): 2,
    frozenset({"name", "short"}): 3,
    frozenset({"name", "surname"}): 1,
}
"""How well two items go together that share a form; what is not listed says nothing."""


def same_named(before: Sequence[Named], after: Sequence[Named]) -> Iterator[Candidate]:
    """Which of `before` may be which of `after`."""
    known: dict[str, list[tuple[int, _Kind]]] = defaultdict(list)
    for place, item in enumerate(after):
        for form, kind in _forms(item).items():
            known[form].append((place, kind))
    best: dict[tuple[int, int], float] = {}
    for place, item in enumerate(before):
        for form, kind in _forms(item).items():
            for other, its in known.get(form, ()):
                score = _SCORES.get(frozenset({kind, its}), 0)
                best[place, other] = max(best.get((place, other), 0), score)
    yield from ((score, *places) for places, score in best.items() if score)


class Bearers:
    """Tells whether two names, one of each summary, are one actor's."""

    def __init__(self, before: Sequence[Actor], after: Sequence[Actor], pairs: Mapping[int, int]) -> None:
        """pairs: which of `before` is which of `after`."""
        backwards = {other: one for one, other in pairs.items()}
        self._before = _bearers(before, {i: i for i in range(len(before))})
        # those that only `after` has are numbered on from below zero
        self._after = _bearers(after, {i: backwards.get(i, -1 - i) for i in range(len(after))})

    def before(self, name: str) -> Hashable:
        """Who bears `name` in the first summary."""
        key = _key(name)
        return self._before.get(key, self._after.get(key, key))

    def after(self, name: str) -> Hashable:
        """Who bears `name` in the second summary."""
        key = _key(name)
        return self._after.get(key, self._before.get(key, key))


def _bearers(actors: Sequence[Actor], numbers: Mapping[int, int]) -> dict[str, Hashable]:
    """Form -> the number of its one bearer; one that two share is nobody's, but for whose name it is."""
    named: dict[str, Hashable] = {_key(actor.name): numbers[i] for i, actor in enumerate(actors)}
    others: dict[str, set[int]] = defaultdict(set)
    for i, actor in enumerate(actors):
        for form in _forms(actor):
            others[form].add(numbers[i])
    return {form: next(iter(found)) for form, found in others.items() if len(found) == 1} | named


def _forms(item: Named) -> dict[str, _Kind]:
    """The forms of a name, each with what it is worth."""
    forms: dict[str, _Kind] = {}
    words = words_of(item.name)
    if isinstance(item, Actor) and item.kind == "person" and len(words) > 1:
        forms[words[-1]] = "surname"
    for alias in item.aliases:
        key = _key(alias)
        forms[key] = "alias" if " " in key or alias.isupper() else "short"
    forms[_key(item.name)] = "name"
    return forms


def _key(name: str) -> str:
    """One key for all names that mean one thing wherever they stand: a country's, `EU` and its full name."""
    if is_country(name) and (code := country_of(name)):
        return f"country {code}"
    folded = " ".join(words_of(name))
    return _known_names().get(folded, folded)


@cache
def _known_names() -> dict[str, str]:
    folded = [[" ".join(words_of(name)) for name in group] for group in same_names()]
    return {name: group[0] for group in folded for name in group}
