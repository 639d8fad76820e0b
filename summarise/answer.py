"""One item on its way from proposal to draft: what was answered, and how surely.

Data and the rules for confidence and for keeping items; lays nothing out and asks nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from summarise.families import Family
from summarise.segment import Value


@dataclass(frozen=True)
class Answered:
    """One kept item: the draft item's fields and the model's confidence, 0 to 1; None where it told none."""

    item: dict[str, Any]
    confidence: float | None = None


@dataclass
class Answer:
    """One item being asked for.

    key: the proposal's, "" for an item of an open list; title: the same with its words, for the
    first time it is asked about. fields: the draft item's so far.
    label: what the gate got. details: what the other slots got.
    """

    key: str
    sentence: int
    fields: dict[str, Any]
    label: Value | None = None
    details: list[Value] = field(default_factory=list)
    title: str = ""

    def key_text(self, family: Family) -> str | None:
        """The key as a string of the article, None where it is a sentence's number or not answered yet."""
        return None if family.by_sentence else self.fields.get(family.key.name)

    @property
    def confidence(self) -> float:
        """Of the label where the item has one, else the geometric mean over the other slots."""
        if self.label is not None:
            return self.label.probability
        return math.prod(value.probability for value in self.details) ** (1 / max(len(self.details), 1))


def apply_threshold(family: Family, answer: Answer, threshold: float) -> None:
    """Keeps the item, by its likeliest other label, or drops it, as its odds are to the threshold."""
    gate = family.gate
    assert gate is not None
    assert family.drop is not None
    kept = _kept_odds(family, answer) >= threshold
    answer.fields[gate.name] = _second_label(family, answer) if kept else family.drop


def keep_least(family: Family, answers: Sequence[Answer]) -> None:
    """With fewer kept than `Keep.least`, those least surely dropped get the likeliest other label."""
    gate, keep = family.gate, family.keep
    if gate is None or keep is None:
        return
    dropped = [a for a in answers if a.fields[gate.name] == family.drop]
    dropped.sort(key=lambda a: -_kept_odds(family, a))
    for answer in dropped[: max(0, keep.least - (len(answers) - len(dropped)))]:
        answer.fields[gate.name] = _second_label(family, answer)


def keep_items(family: Family, answers: Sequence[Answer]) -> tuple[Answered, ...]:
    """Leaves out what the gate drops; a `Keep` mark picks those most surely kept, in given order."""
    gate, keep = family.gate, family.keep
    if gate is None:
        return tuple(Answered(a.fields, a.confidence) for a in answers)
    kept = [a for a in answers if a.fields[gate.name] != family.drop]
    if keep and len(kept) > keep.most:
        kept = sorted(kept, key=lambda a: -_kept_odds(family, a))[: keep.most]
    chosen = {id(answer) for answer in kept}
    return tuple(Answered(a.fields, _surely(family, a)) for a in answers if id(a) in chosen)


def _kept_odds(family: Family, answer: Answer) -> float:
    """Probability that the item is kept at all."""
    if answer.label is None or not answer.label.odds or family.gate is None or family.drop is None:
        return answer.confidence
    return 1.0 - answer.label.odds[family.gate.labels.index(family.drop)]


def _surely(family: Family, answer: Answer) -> float:
    gate = family.gate
    if gate and answer.label and len(answer.label.odds) == len(gate.labels):
        return answer.label.odds[gate.labels.index(answer.fields[gate.name])]
    return answer.confidence


def _second_label(family: Family, answer: Answer) -> str:
    """The likeliest label that keeps the item."""
    gate = family.gate
    assert gate is not None and answer.label is not None
    ranked = sorted(zip(answer.label.odds, gate.labels, strict=True), reverse=True)
    return next(label for _, label in ranked if label != family.drop)
