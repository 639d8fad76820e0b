"""Which of several identical mentions of a number in one sentence each item means.

An item whose mention is said to stand at one of them means that one. Else an item means the one right
before its counted words; else, as they were written, the items mean the successive occurrences
that are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.check.spans import fold
from summarise.draft import NumberItem
from summarise.numbers import Quantity


def identical(facts: Facts, sentence: int, mention: str) -> tuple[Quantity, ...]:
    """The quantities of asked `sentence` that read `mention`, left to right."""
    known = facts.kept.setdefault("identical", {})
    if sentence not in known:
        known[sentence] = {}
        for quantity in facts.quantities(sentence):
            words = fold(facts.article.text[quantity.start : quantity.end])
            known[sentence].setdefault(words, []).append(quantity)
    return tuple(known[sentence].get(fold(mention), ()))


def choose_occurrences(
    facts: Facts, items: Sequence[NumberItem], stated: Sequence[Span | None] = ()
) -> dict[int, Quantity]:
    """For each item that one of its sentence's quantities reads like, by index: the one it means."""
    alike: dict[tuple[int, str], list[int]] = {}
    for index, item in enumerate(items):
        if item.sentence in facts.asked:
            alike.setdefault((item.sentence, fold(item.mention)), []).append(index)
    chosen: dict[int, Quantity] = {}
    for (sentence, mention), indexes in alike.items():
        quantities = identical(facts, sentence, mention)
        if len(quantities) == 1:
            chosen.update(dict.fromkeys(indexes, quantities[0]))
        elif quantities:
            at = {index: stated[index] for index in indexes} if stated else {}
            chosen.update(_share(facts, {index: items[index] for index in indexes}, quantities, at))
    return chosen


def _share(
    facts: Facts,
    items: dict[int, NumberItem],
    quantities: Sequence[Quantity],
    stated: dict[int, Span | None],
) -> dict[int, Quantity]:
    """One of several identical quantities for each of `items`."""
    by_span = {(q.start, q.end): q for q in quantities}
    chosen = {index: by_span[span] for index, span in stated.items() if span in by_span}
    beside = _by_words_behind(facts, items, quantities)
    free = _Row(quantities, chosen.values())
    for index, item in items.items():
        if index not in chosen and item.counts is not None:
            behind = beside.get(fold(item.counts), ())
            if behind:
                chosen[index] = next((q for q in behind if free.has(q)), behind[0])
                free.take(chosen[index])
    for index in items:
        if index not in chosen:
            chosen[index] = free.next()
    return chosen


def _by_words_behind(
    facts: Facts, items: dict[int, NumberItem], quantities: Sequence[Quantity]
) -> dict[str, list[Quantity]]:
    """For the counted words of `items`: the quantities right behind which they stand."""
    end = facts.span_of(next(iter(items.values())).sentence)[1]
    counted = {fold(item.counts) for item in items.values() if item.counts is not None}
    found: dict[str, list[Quantity]] = {}
    for words in counted:
        starts = {span[0] for span in facts.text.occurrences(words, (quantities[0].end, end))}
        for quantity in quantities:
            text = facts.article.text
            blank = 1 if text[quantity.end : quantity.end + 1].isspace() else 0
            if quantity.end + blank in starts:
                found.setdefault(words, []).append(quantity)
    return found


class _Row:
    """Quantities in order, of which some are taken; when none is left the last one is given again."""

    def __init__(self, quantities: Sequence[Quantity], taken: Iterable[Quantity]) -> None:
        self._quantities = quantities
        self._taken = {q.start for q in taken}
        self._at = 0

    def has(self, quantity: Quantity) -> bool:
        return quantity.start not in self._taken

    def take(self, quantity: Quantity) -> None:
        self._taken.add(quantity.start)

    def next(self) -> Quantity:
        while self._at < len(self._quantities) and not self.has(self._quantities[self._at]):
            self._at += 1
        quantity = self._quantities[min(self._at, len(self._quantities) - 1)]
        self.take(quantity)
        return quantity
