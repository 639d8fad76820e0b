"""The kinds of faults in all but numbers and stances: gist, actors, locations, spans.

Imported for what it registers in `fault_kinds.KINDS`.
"""

from __future__ import annotations

from collections.abc import Iterator

from fault_kinds import (
    CODES,
    DEMONYMS,
    Fault,
    Place,
    change_word,
    drop_word,
    has,
    kind,
    moved,
    shuffled,
    spoilt,
    strangers,
    words_of,
)

from summarise.places import country_of


@kind("gist: sentence of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "gist"):
        yield spoilt("gist", item, text=p.pick(p.foreign("gist", "text")))


@kind("gist: a word of the sentence changed", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "gist"):
        yield spoilt("gist", item, text=change_word(item["text"], p.random))


@kind("gist: a word of the sentence dropped", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "gist"):
        yield spoilt("gist", item, text=drop_word(item["text"], p.random))


@kind("gist: the bare title", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "gist")[:1]:
        yield spoilt("gist", item, text=p.title)


@kind("actor: name of another actor", "evidence")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        yield spoilt("actors", item, name=p.pick(strangers(p, item["evidence"], item)), aliases=[])


@kind("actor: name of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        yield spoilt("actors", item, name=p.pick(p.foreign("actors", "name")), aliases=[])


@kind("actor: name misspelt", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        yield spoilt("actors", item, name=change_word(item["name"], p.random))


@kind("actor: name cut inside a word", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        cut = item["name"][:-1]
        yield spoilt("actors", item, name="" if len(cut) < 4 or has(p.text, cut) else cut)


@kind("actor: role of another actor", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        own = item["role"] or ""
        roles = [
            a["role"]
            for a in p.label["actors"]
            if a is not item
            and a["role"]
            and len(a["role"].split()) > 1
            and not has(own, a["role"])
            and not has(a["role"], own or "\0")
        ]
        yield spoilt("actors", item, role=p.pick(roles))


@kind("actor: role of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        yield spoilt("actors", item, role=p.pick(p.foreign("actors", "role")))


@kind("actor: kind changed (person and organisation)", "no")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        swap = {"person": "organisation", "organisation": "person"}.get(item["kind"])
        yield spoilt("actors", item, kind=swap)


@kind("actor: alias of another actor", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        others = [a["name"] for a in p.label["actors"] if a is not item]
        yield spoilt("actors", item, aliases=[p.pick(others)] if others else None)


@kind("actor: alias of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        alias = p.pick(p.foreign("actors", "name"))
        yield spoilt("actors", item, aliases=[*item["aliases"], alias] if alias else None)


@kind("actor: evidence of another sentence", "evidence")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "actors"):
        yield spoilt("actors", item, evidence=moved(p, words_of(item)))


@kind("any: evidence invented", "evidence")
def _(p: Place) -> Iterator[Fault]:
    for field in ("actors", "numbers", "locations", "stances"):
        for item in shuffled(p, field)[:1]:
            yield spoilt(field, item, evidence=p.pick(p.foreign("gist", "text")))


@kind("any: a word of the evidence dropped", "evidence")
def _(p: Place) -> Iterator[Fault]:
    for field in ("actors", "numbers", "locations", "stances"):
        for item in shuffled(p, field)[:1]:
            yield spoilt(field, item, evidence=drop_word(item["evidence"], p.random))


@kind("location: place of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "locations"):
        yield spoilt("locations", item, name=p.pick(p.foreign("locations", "name")), aliases=[])


@kind("location: adjective as place", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "locations"):
        here = [w for w in DEMONYMS if has(item["evidence"], w)]
        yield spoilt("locations", item, name=p.pick(sorted(here)), aliases=[])


@kind("location: organisation as place", "no")
def _(p: Place) -> Iterator[Fault]:
    places = {form for item in p.label["locations"] for form in words_of(item)}
    for item in shuffled(p, "actors"):
        if item["kind"] == "organisation" and p.label["locations"] and not places & set(words_of(item)):
            true = p.label["locations"][0]
            yield spoilt("locations", true, name=item["name"], aliases=[], evidence=item["evidence"])


@kind("location: country swapped", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "locations"):
        code = country_of(item["name"])
        yield spoilt("locations", item, country=CODES.get(code, "US") if code else None)


@kind("location: evidence of another sentence", "evidence")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "locations"):
        yield spoilt("locations", item, evidence=moved(p, words_of(item)))


@kind("spans: a span shifted by one", "both")
def _(p: Place) -> Iterator[Fault]:
    for field, leaf in (
        ("actors", "name"),
        ("numbers", "mention"),
        ("locations", "name"),
        ("stances", "target"),
    ):
        for item in shuffled(p, field)[:1]:
            start, end = item["spans"][leaf]
            yield spoilt(field, item, spans={leaf: [start + 1, end + 1]})


@kind("spans: a mention that is none", "both")
def _(p: Place) -> Iterator[Fault]:
    for field in ("actors", "locations"):
        for item in shuffled(p, field)[:1]:
            start, end = item["spans"]["name"]
            yield spoilt(field, item, mentions=[[start, end], [end + 1, end + 9]])
