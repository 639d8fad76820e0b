"""The kinds of faults in numbers: imported for what it registers in `fault_kinds.KINDS`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fault_kinds import (
    LEADING,
    QUALIFIERS,
    SCALES,
    UNITS,
    Fault,
    Item,
    Place,
    change_digit,
    has,
    kind,
    moved,
    shuffled,
    spoilt,
)


@kind("number: digit of the mention changed", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        mention = change_digit(item["mention"])
        yield spoilt("numbers", item, mention="" if has(p.text, mention) else mention)


@kind("number: scale of the mention changed", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        scale = next((s for s in SCALES if has(item["mention"], s)), None)
        mention = item["mention"].replace(scale, SCALES[scale]) if scale else ""
        yield spoilt("numbers", item, mention="" if has(p.text, mention) else mention)


@kind("number: stated value changed", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        yield spoilt("numbers", item, value=item["value"] + 1 if item["value"] is not None else None)


@kind("number: stated value at another scale", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        yield spoilt("numbers", item, value=item["value"] * 1000 if item["value"] else None)


@kind("number: stated unit swapped", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        yield spoilt("numbers", item, unit=UNITS.get(item["unit"]))


@kind("number: stated unit left out", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        if item["unit"]:
            yield spoilt("numbers", item, unit=None)


@kind("number: stated qualifier changed", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        yield spoilt("numbers", item, qualifier=QUALIFIERS[item["qualifier"]])


@kind("number: upper end of a range left out", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        if item["upper"] is not None:
            yield spoilt("numbers", item, upper=None)


@kind("number: qualifier dropped from the mention", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        bare = LEADING.sub("", item["mention"], count=1)
        alone = len(re.findall(rf"(?<!\w){re.escape(bare)}(?!\w)", p.text)) == 1
        yield spoilt("numbers", item, mention=bare if bare != item["mention"] and alone else "")


@kind("number: unit dropped from the mention", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        bare = re.sub(
            r"\s?(?:%|per ?cent|km|kilomet\w+|miles?|dollars|years?|days?|hours?)$", "", item["mention"]
        )
        alone = len(re.findall(rf"(?<!\w){re.escape(bare)}(?!\w)", p.text)) == 1
        yield spoilt("numbers", item, mention=bare if bare != item["mention"] and alone else "")


@kind("number: evidence of another sentence", "evidence")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        elsewhere = moved(p, [item["mention"]])
        inside = elsewhere is not None and item["mention"] in elsewhere
        yield spoilt("numbers", item, evidence=None if inside else elsewhere)


def _counted(item: Item) -> bool:
    """Whether the counted words stand right behind the number."""
    return bool(item["counts"]) and f"{item['mention']} {item['counts']}" in item["evidence"]


def _apart(one: Item, other: Item) -> bool:
    """Whether neither's counted words hold the other's."""
    a, b = one["counts"].lower(), other["counts"].lower()
    return a not in b and b not in a


@kind("number: counts what another number of the sentence counts", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        others = [
            o["counts"]
            for o in p.label["numbers"]
            if o["evidence"] == item["evidence"] and _counted(o) and _counted(item) and _apart(o, item)
        ]
        yield spoilt("numbers", item, counts=p.pick(others))


@kind("number: counts a thing of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        yield spoilt("numbers", item, counts=p.pick(p.foreign("numbers", "counts")))
