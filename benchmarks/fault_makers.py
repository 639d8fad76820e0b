"""The kinds of faults in all but numbers: gist, actors, locations, stances, quotes, spans.

Imported for what it registers in `fault_kinds.KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fault_kinds import (
    CLEAR,
    CODES,
    DEMONYMS,
    Fault,
    Place,
    add_word,
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


PRONOUNS = {
    "person": "he him his himself she her hers herself who whose i my",
    "organisation": "it its itself they them their we our us who which",
    "government": "it its itself they them their we our us",
    "group": "they them their themselves we our us who both others",
}
"""What may stand for an actor of each kind."""
THINGS = {
    False: "it its itself this that such he him his she her so you your we our us",
    True: "they them their theirs these those such you your we our us both",
}
"""What may stand for a target, by whether its head is a plural."""


def _has_any(text: str, words: str) -> bool:
    return not set(words.split()).isdisjoint(re.findall(r"[a-z]+", text.lower()))


def _is_described(text: str, names: list[str]) -> bool:
    """Whether the text has a phrase with `the`, `this` or an owner that has a word of `names`."""
    own = {word.lower() for name in names for word in re.findall(r"\w{3,}", name)}
    found = re.findall(
        r"\b(?:the|this|that|these|those|his|her|its|their|both)\s+([\w'’-]+(?:\s+[\w'’-]+)?)", text, re.I
    )
    return any(word.lower() in own for words in found for word in re.findall(r"\w{3,}", words))


def _holder_faults(p: Place, agreeing: bool) -> Iterator[Fault]:
    """Holders that the evidence, which names the true one, does not name.

    agreeing: the evidence has a pronoun or description of the planted one's kind, which may stand for it.
    """
    kinds = {actor["name"]: actor for actor in p.label["actors"]}
    for item in shuffled(p, "stances"):
        if not has(item["evidence"], item["holder"]):
            continue
        fits = []
        for name in strangers(p, item["evidence"], None):
            actor = kinds[name]
            said = _has_any(item["evidence"], PRONOUNS[actor["kind"]]) or _is_described(
                item["evidence"], [*words_of(actor), actor["role"] or ""]
            )
            fits += [name] if said == agreeing else []
        yield spoilt("stances", item, holder=p.pick(fits))


@kind("stance: holder not named in the evidence", "evidence")
def _(p: Place) -> Iterator[Fault]:
    yield from _holder_faults(p, agreeing=False)


@kind("stance: the same, where a pronoun or description agrees", "no")
def _(p: Place) -> Iterator[Fault]:
    yield from _holder_faults(p, agreeing=True)


@kind("stance: holder is the target", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        yield spoilt("stances", item, holder=item["target"])


@kind("stance: holder of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        yield spoilt("stances", item, holder=p.pick(p.foreign("stances", "holder")))


@kind("stance: target of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        yield spoilt("stances", item, target=p.pick(p.foreign("stances", "target")))


def _target_faults(p: Place, agreeing: bool) -> Iterator[Fault]:
    """Targets of other stances, of other sentences; agreeing: a pronoun or description may stand for it."""
    for item in shuffled(p, "stances"):
        fits = []
        for target in (s["target"] for s in p.label["stances"]):
            if target == item["target"] or has(item["evidence"], target):
                continue
            head = re.split(r"\s+(?:of|in|on|at|for|from|with|by|to|that|who)\s|[,(]", target)[0].split()[-1:]
            plural = bool(head) and head[0].endswith("s") and not head[0].endswith(("ss", "us", "is"))
            said = _has_any(item["evidence"], THINGS[plural or " and " in target])
            fits += [target] if (said or _is_described(item["evidence"], head)) == agreeing else []
        yield spoilt("stances", item, target=p.pick(fits))


@kind("stance: target of another sentence", "evidence")
def _(p: Place) -> Iterator[Fault]:
    yield from _target_faults(p, agreeing=False)


@kind("stance: the same, where a pronoun or description agrees in number", "no")
def _(p: Place) -> Iterator[Fault]:
    yield from _target_faults(p, agreeing=True)


@kind("stance: polarity flipped on a clear verb", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        clear = re.search(rf"{re.escape(item['holder'])} ({'|'.join(CLEAR)})\b", item["evidence"])
        flip = {"for": "against", "against": "for"}[CLEAR[clear[1]]] if clear else None
        yield spoilt("stances", item, polarity=flip if flip != item["polarity"] else None)


@kind("stance: polarity flipped, any", "no")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        yield spoilt("stances", item, polarity={"for": "against", "against": "for"}.get(item["polarity"]))


@kind("quote: a word dropped", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        yield spoilt("stances", item, quote=drop_word(item["quote"] or "", p.random))


@kind("quote: a word added", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        yield spoilt("stances", item, quote=add_word(item["quote"] or "", p.random))


@kind("quote: a word changed", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        yield spoilt("stances", item, quote=change_word(item["quote"] or "", p.random))


@kind("quote: given to another named in the article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        said = item["quote"] and re.search(
            rf"{re.escape(item['holder'])} (?:said|told|wrote|tweeted|added)\b", item["evidence"]
        )
        yield spoilt("stances", item, holder=p.pick(strangers(p, item["evidence"], None)) if said else None)


@kind("quote: words of another speaker", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        others = [
            s["quote"]
            for s in p.label["stances"]
            if s["quote"] and s["holder"] != item["holder"] and s["quote"] not in item["evidence"]
        ]
        yield spoilt("stances", item, quote=p.pick(others))


@kind("quote: words that are not quoted", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        opened = re.match(r"([A-Z][^\"“”]*?)[,:]?\s[\"“](?=\w)", item["evidence"])
        run = " ".join(opened[1].split()[:4]) if opened and item["quote"] else ""
        fits = len(run.split()) == 4 and not _inside(p.text, run)
        yield spoilt("stances", item, quote=run if fits else None)


def _inside(text: str, words: str) -> bool:
    """Whether the words may stand inside an open quotation: the marks before them are uneven."""
    before = text[: text.find(words)].rpartition("\n")[2]
    return (before.count('"') + before.count("“") + before.count("”")) % 2 == 1


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
