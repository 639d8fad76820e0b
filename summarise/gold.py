"""Fills a skeleton from items that are already known: the examples of a prompt, the gold of training.

It goes through the same programs as a model does, so that what a model is shown is exactly what it
is asked for. Never sees a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarise.errors import UsageError
from summarise.families import Family
from summarise.grammar import admits
from summarise.openlist import END, open_item
from summarise.proposals import Proposals
from summarise.segment import Filled, Options, Slot
from summarise.skeleton import lay_out
from summarise.slots import quote


def write_answer(
    family: Family, proposals: Proposals, items: Sequence[dict[str, Any]], *, propose: bool = True
) -> str:
    """The answer, as a model would write it, that yields `items` (draft items as dicts).

    Raises UsageError for an item that the skeleton has no place for.
    """
    program = lay_out(family, proposals, propose=propose)
    by_key, rest = _match(family, proposals, items if propose else ())
    open_items = rest if propose else _in_order(family, proposals, items)
    text, filled = "", None
    current: dict[str, Any] = {}
    try:
        segment = next(program)
        while True:
            written, names = "", iter(segment.names)
            for part in segment.parts:
                if isinstance(part, str):
                    written += part
                    continue
                key, name = next(names)
                if key:
                    written += _json(by_key.get(key, {}), family, name, part)
                elif name == family.sentence:
                    current = open_items.pop(0) if open_items else {}
                    written += _start(part, family, current)
                else:
                    written += _json(current, family, name, part)
            text += written
            filled = Filled(written)
            segment = program.send(filled)
    except StopIteration:
        if open_items:
            raise UsageError(f"no place in {family.name} for {open_items[0]}", "mend the item") from None
        return text


def _in_order(family: Family, proposals: Proposals, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """As given; but items that hold finds of code are written from left to right."""
    if not (family.key.verbatim and family.key.verbatim.holding):
        return list(items)

    def place(item: dict[str, Any]) -> tuple[int, int]:
        number = int(item[family.sentence])
        return number, proposals.texts.get(number, "").find(str(item[family.key.name]))

    return sorted(items, key=place)


def _match(
    family: Family, proposals: Proposals, items: Sequence[dict[str, Any]]
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Items by the key of the proposal they answer, and those that nobody proposed."""
    free = list(proposals.of(family.proposed)) if family.proposed else []
    by_key, rest = {}, []
    for item in items:
        wanted = (item[family.key.name], item[family.sentence])
        hit = next((p for p in free if (p.value, p.sentence) == wanted), None)
        hit = hit or next((p for p in free if p.value == wanted[0]), None)
        if hit:
            by_key[hit.key] = item
            free.remove(hit)
        else:
            rest.append(item)
    return by_key, sorted(rest, key=lambda item: int(item[family.sentence]))


def _json(item: dict[str, Any], family: Family, name: str, slot: Slot) -> str:
    """The value of one field of `item`, checked against its slot."""
    value = item.get(name)
    if value is None and family.gate and name == family.gate.name:
        return quote(family.drop or "")
    raw = "null" if value is None else quote(str(value))
    if not admits(slot, raw):
        raise UsageError(f"{family.name} has no place for the {name} {raw} of {item}", "mend the item")
    return raw


def _start(part: object, family: Family, item: dict[str, Any]) -> str:
    assert isinstance(part, Options)
    if not item:
        return END
    ending = open_item(family, item[family.sentence])
    found = next((value for value in part.values if value.endswith(ending)), None)
    if found is None:
        raise UsageError(f"{family.name} has no sentence {item[family.sentence]} left", "mend the item")
    return found
