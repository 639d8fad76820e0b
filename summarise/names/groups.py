"""Which forms name the same: surnames, acronyms, short forms, other names of countries.

A form that could belong to two names stays a name of its own: two people who share a surname are
never merged through it. Every rule looks forms up by their words, so the work is linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from summarise.names.bodies import merge_acronyms, merge_fighters, merge_national, merge_short
from summarise.names.forms import Form, fold
from summarise.names.persons import merge_people, personal
from summarise.names.unions import Groups
from summarise.names.words import same_names
from summarise.places import country_names, country_of, is_country

Index = dict[str, int]

_GATHERED = {"team", "teams", "group", "groups", "crowd"}
_SAME_PEOPLE = (
    ("scientists", "researchers"),
    ("protesters", "protestors", "demonstrators"),
    ("thieves", "burglars", "robbers"),
    ("lawmakers", "legislators"),
)
"""Nouns for the same people, where an article has each of them in one sense only."""


def group_forms(forms: Sequence[Form]) -> Iterator[tuple[Form, list[Form]]]:
    """Each group as its fullest form and the others, in order of first appearance."""
    groups = Groups(len(forms))
    index = {form.key: number for number, form in enumerate(forms)}
    people = {number for number, form in enumerate(forms) if personal(form)}
    _merge_same(forms, index, groups)
    _merge_shouted(forms, index, groups)
    _merge_spelt(forms, groups)
    merge_acronyms(forms, index, groups)
    merge_people(forms, index, groups, people)
    merge_national(forms, groups)
    merge_short(forms, groups, people)
    _merge_nouns(forms, groups)
    _merge_synonyms(forms, groups)
    merge_fighters(forms, index, groups, people)
    members = defaultdict(list)
    for number, form in enumerate(forms):
        members[groups.root(number)].append(form)
    for group in members.values():
        full = max(group, key=_fullness)
        yield full, [form for form in group if form is not full]


def _fullness(form: Form) -> tuple[bool, bool, int, int, int]:
    shouted = form.key.isupper() and len(form.words) == 1
    return not form.country, not form.royal and not shouted, len(form.words), len(form.key), -form.spans[0][0]


def _merge_same(forms: Sequence[Form], index: Index, groups: Groups) -> None:
    """Other names of a country, its government, and the listed equivalents."""
    by_code: dict[str, int] = {}
    for number, form in enumerate(forms):
        if not form.noun and is_country(form.key):
            code = str(country_names(form.key)[0])
            groups.merge(by_code.setdefault(code, number), number)
    for number, form in enumerate(forms):
        if form.country and (country := _country_form(by_code, form.country)) is not None:
            groups.merge(country, number)
    bare = index.get("government")
    if len(by_code) == 1 and bare is not None and forms[bare].noun:
        groups.merge(bare, next(iter(by_code.values())))  # no other country has one here
    for names in same_names():
        found = [index[key] for key in (" ".join(map(fold, name.split())) for name in names) if key in index]
        for number in found[1:]:
            groups.merge(found[0], number)


def _country_form(by_code: dict[str, int], code: str) -> int | None:
    return next((number for key, number in by_code.items() if country_of(key) == code), None)


def _merge_shouted(forms: Sequence[Form], index: Index, groups: Groups) -> None:
    """`KYIV` is `Kyiv`, where both are found."""
    shouted = {form.key: n for n, form in enumerate(forms) if form.key.isupper() and len(form.key) > 3}
    for number, form in enumerate(forms):
        upper = form.key.upper()
        if upper != form.key and upper in shouted and not form.noun:
            groups.merge(number, shouted[upper])


def _merge_spelt(forms: Sequence[Form], groups: Groups) -> None:
    """`MarineTraffic` is `Marine Traffic`, and `Parliament` the `parliament`."""
    seen: dict[str, int] = {}
    for number, form in enumerate(forms):
        key = form.key.casefold()
        if len(form.words) == 1 or not form.noun:
            together = key.replace(" ", "").replace("-", "")
            if len(together) > 7 and not form.key.isupper():
                groups.merge(seen.setdefault(together, number), number)


def _merge_nouns(forms: Sequence[Form], groups: Groups) -> None:
    """`authorities` joins `local authorities` where that is the only kind of authorities."""
    kinds: dict[str, set[int]] = defaultdict(set)
    bare: dict[str, int] = {}
    short = {
        form.words: number for number, form in enumerate(forms) if form.noun and form.size == len(form.words)
    }
    for number, form in enumerate(forms):
        if form.noun and form.size < len(form.words):
            before = form.words[: form.size]
            if before in short and len(before) > 1:
                groups.merge(short[before], number)
            kinds[before[-1]].add(number)
            if before[-1] in _GATHERED:
                kinds[form.words[-1]].add(number)  # `team of scientists`
        elif form.noun and form.words[1:] == ("members",) and form.words[:1] in short:
            groups.merge(short[form.words[:1]], number)  # `crew members`
        elif form.noun and len(form.words) == 1:
            bare[form.key] = number
        elif form.noun:
            kinds[form.words[-1]].add(number)
    for key, number in bare.items():
        found = {groups.root(one) for one in kinds[key]}
        if len(found) == 1:
            groups.merge(found.pop(), number)


def _merge_synonyms(forms: Sequence[Form], groups: Groups) -> None:
    """`scientists` and `researchers` are the same people where there is one kind of each."""
    kinds: dict[str, set[int]] = defaultdict(set)
    bare: dict[str, int] = {}
    for number, form in enumerate(forms):
        if form.noun:
            kinds[form.words[form.size - 1]].add(groups.root(number))
            if len(form.words) == 1:
                bare[form.key] = number
    for words in _SAME_PEOPLE:
        found = [word for word in words if word in bare and len(kinds[word]) == 1]
        for word in found[1:]:
            groups.merge(bare[found[0]], bare[word])
