"""The kinds of faults in stances and their quotes: imported for what it registers in `fault_kinds.KINDS`.

Whether a text settles who is meant is told by lists of words and the labels' own kinds, never by the check:
a pronoun or description that agrees with the planted holder or target leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fault_kinds import (
    CLEAR,
    Fault,
    Item,
    Place,
    add_word,
    change_word,
    drop_word,
    has,
    kind,
    shuffled,
    spoilt,
    strangers,
    words_of,
)

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


_VERB = "|".join(sorted(map(re.escape, CLEAR), key=len, reverse=True))
_ADVERBS = r"(?:,[^,]{1,60},)?\s+(?:(?:also|has|have|had|later|then|again|publicly|[a-z]+ly)\s+)*"
_OBJECT = r"(?:(?!(?:of|for|in|on|at|to|by|with|from|after|that|and)\b)[\w’'-]+\s+){0,3}?"
"""What may stand between a verb and the words of its object: no preposition."""


def _clear_verb(p: Place, item: Item) -> str | None:
    """What a clear verb says, whose subject is the holder by any form and whose object is the target."""
    forms = [
        item["holder"],
        *(f for a in p.label["actors"] if a["name"] == item["holder"] for f in words_of(a)),
    ]
    names = "|".join(re.escape(form) for form in [*forms, forms[0].split()[-1]])
    target = rf"{re.escape(item['target'])}(?!\w)(?! to\b)"
    found = re.search(rf"(?<!\w)(?:{names}){_ADVERBS}(?P<verb>{_VERB})\s+{_OBJECT}{target}", item["evidence"])
    return CLEAR[found["verb"]] if found else None


@kind("stance: polarity flipped on a clear verb", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "stances"):
        flip = {"for": "against", "against": "for"}.get(_clear_verb(p, item) or "")
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
