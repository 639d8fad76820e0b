"""Which items of a summary are the labelled ones: the matching rules of the quality benchmark.

Items are dicts as in the output contract. One to one: a largest set of pairs is chosen, so the order
of a list changes nothing. Names match by any form; numbers by overlapping mention and equal value;
stances by holder, polarity and evidence; gist by sentence.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

Item = dict[str, Any]
FIELDS = ("gist", "actors", "numbers", "locations", "stances")


def match(field: str, found: Sequence[Item], true: Sequence[Item], actors: Sequence[Item]) -> dict[int, int]:
    """Index in `found` -> index in `true` of the pairs that match.

    actors: of both sides together, whose forms say when two holders are one actor.
    """
    rules: dict[str, Callable[[Item, Item], bool]] = {
        "gist": lambda a, b: token_f1(a["text"], b["text"]) >= 0.5,
        "actors": lambda a, b: bool(forms(a) & forms(b)),
        "locations": lambda a, b: bool(forms(a) & forms(b)),
        "numbers": _same_number,
        "stances": lambda a, b: _same_stance(a, b, actors),
    }
    return pair(found, true, rules[field])


def pair(found: Sequence[Item], true: Sequence[Item], same: Callable[[Item, Item], bool]) -> dict[int, int]:
    """A largest one-to-one matching, by augmenting paths."""
    edges = [[j for j, b in enumerate(true) if same(a, b)] for a in found]
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j in seen:
                continue
            seen.add(j)
            if j not in owner or place(owner[j], seen):
                owner[j] = i
                return True
        return False

    for i in range(len(found)):
        place(i, set())
    return {i: j for j, i in owner.items()}


def fold(text: str) -> str:
    """Case, `the`, punctuation and white space do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = re.sub(r"[^\w\s]", "", plain).split()
    return " ".join(word for word in words if word != "the")


def forms(item: Item) -> set[str]:
    """All folded forms of an actor or place."""
    return {fold(form) for form in (item["name"], *item.get("aliases", ()))} - {""}


def token_f1(one: str, other: str) -> float:
    """F1 of the folded words of two strings."""
    a, b = Counter(fold(one).split()), Counter(fold(other).split())
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def _same_number(a: Item, b: Item) -> bool:
    (start, end), (first, last) = a["spans"]["mention"], b["spans"]["mention"]
    overlap = start < last and first < end
    return overlap and _equal(a["value"], b["value"])


def _equal(one: float | None, other: float | None) -> bool:
    """To three digits: labels round what is no decimal (two-thirds)."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-3)


def _same_stance(a: Item, b: Item, actors: Sequence[Item]) -> bool:
    if a["polarity"] != b["polarity"] or token_f1(a["evidence"], b["evidence"]) < 0.5:
        return False
    return same_holder(a["holder"], b["holder"], actors)


def same_holder(one: str, other: str, actors: Sequence[Item]) -> bool:
    """One actor's forms, or words that are nearly the same."""
    if token_f1(one, other) >= 0.5:
        return True
    return any({fold(one), fold(other)} <= forms(actor) for actor in actors)
