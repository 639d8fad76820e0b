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

_NUMBER_WORD = re.compile(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|(?:m|b|tr)illions?|dozens?|half|thirds?|quarters?|an?|"
    r"to|and|between|of)\b|[\d.,/–-]+",
    re.I,
)
_STATE = re.compile(r"(?:ed|dead|missing|injured|ill|alive|hurt)\Z")


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


def _words_beside_number(mention: str) -> str:
    """What of a mention is no digit, number word, hyphen or joint of a range: qualifier and unit."""
    return _NUMBER_WORD.sub("", mention).strip()


def _unit_faults(p: Place, wrong: dict[str, str] | None, said: bool) -> Iterator[Fault]:
    """Units swapped or left out, of mentions that say their unit or that do not."""
    for item in shuffled(p, "numbers"):
        rest = LEADING.sub("", _words_beside_number(item["mention"]) + " ")
        if item["unit"] and bool(rest.strip()) == said:
            yield spoilt("numbers", item, unit=wrong.get(item["unit"]) if wrong else None)


@kind("number: stated unit swapped", "both")
def _(p: Place) -> Iterator[Fault]:
    for fault in _unit_faults(p, UNITS, said=True):
        if fault[2]["unit"]:
            yield fault


@kind("number: stated unit left out", "both")
def _(p: Place) -> Iterator[Fault]:
    yield from _unit_faults(p, None, said=True)


@kind("number: stated unit left out that the mention does not say", "no")
def _(p: Place) -> Iterator[Fault]:
    yield from _unit_faults(p, None, said=False)


@kind("number: stated qualifier changed", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        said = item["qualifier"] in ("exact", "range") or _words_beside_number(item["mention"])
        yield spoilt("numbers", item, qualifier=QUALIFIERS[item["qualifier"]] if said else None)


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


def _is_state(item: Item) -> bool:
    """Whether the counted words are a participle or adjective: their noun is left out (`32 injured`)."""
    return bool(_STATE.search(item["counts"]))


def _apart(one: Item, other: Item) -> bool:
    """Whether neither's counted words hold the other's, nor are the two numbers written alike."""
    a, b = one["counts"].lower(), other["counts"].lower()
    return a not in b and b not in a and one["mention"].lower() != other["mention"].lower()


def _counts_faults(p: Place, same_sentence: bool, left_out: bool) -> Iterator[Fault]:
    """Counted words of another number: both numbers have theirs right behind them."""
    for item in shuffled(p, "numbers"):
        if not _counted(item):
            continue
        others = [
            o
            for o in p.label["numbers"]
            if _counted(o) and _apart(o, item) and (o["evidence"] == item["evidence"]) == same_sentence
        ]
        if not same_sentence:
            others = [o for o in others if not has(item["evidence"], o["counts"])]
        open_ = [o["counts"] for o in others if (_is_state(item) and not _is_state(o)) == left_out]
        yield spoilt("numbers", item, counts=p.pick(open_))


@kind("number: counts what another number of the sentence counts", "both")
def _(p: Place) -> Iterator[Fault]:
    yield from _counts_faults(p, same_sentence=True, left_out=False)


@kind("number: the same, where its own noun is left out", "no")
def _(p: Place) -> Iterator[Fault]:
    yield from _counts_faults(p, same_sentence=True, left_out=True)


@kind("number: counts what a number of another sentence counts", "evidence")
def _(p: Place) -> Iterator[Fault]:
    yield from _counts_faults(p, same_sentence=False, left_out=False)


@kind("number: counts a thing of another article", "both")
def _(p: Place) -> Iterator[Fault]:
    for item in shuffled(p, "numbers"):
        yield spoilt("numbers", item, counts=p.pick(p.foreign("numbers", "counts")))
