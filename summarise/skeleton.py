"""The skeleton of an answer: what code lays out, and the order in which a model fills it.

One family's answer is one JSON object, written segment by segment: first a label for each
proposal, then the details of the kept items, then a list that stays open for what nobody
proposed. A program is a generator that yields segments and is sent them back filled, so a
later segment can depend on what was chosen. Knows no family by name and no model.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from summarise.answer import Answer, Answered, apply_threshold, keep_items, keep_least
from summarise.families import Family
from summarise.openlist import MOST_UNPROPOSED, ask_open, most_open
from summarise.proposals import Proposals
from summarise.segment import Filled, Segment, Slot, Value, read_values
from summarise.slots import field_slot, label_slot, quote


@dataclass(frozen=True)
class _Line:
    """One entry of a table: the proposal's key, how it is called here, the slots by field."""

    key: str
    title: str
    slots: dict[str, Slot]


_OFFERED = 3
"""Finds of the sentence that are said before an item's details: the likeliest."""

Program = Generator[Segment, Filled, tuple[Answered, ...]]


def lay_out(
    family: Family, proposals: Proposals, *, propose: bool = True, threshold: float | None = None
) -> Program:
    """The program that asks `family` of the sentences and proposals given.

    threshold: the least probability of being kept with which a proposal is kept; None: the
    likeliest label decides.

    propose: False leaves the proposals out and asks for an open list instead (the style that
    serves large instruct models).
    """
    answers = _answers(family, proposals) if propose else []
    opened: list[Answer] = []
    if not answers:
        head, most = f'{{"{family.name}": [', most_open(family, proposals)
        opened = yield from ask_open(family, proposals, (), head=head, most=most)
    else:
        yield from _ask_labels(family, answers, threshold)
        yield from _ask_details(family, answers, proposals)
        if _complete(family):
            yield Segment(("}",))
        else:
            head = f', "more {family.name}": ['
            opened = yield from ask_open(family, proposals, answers, head=head, most=MOST_UNPROPOSED)
    return keep_items(family, [*answers, *opened])


def _answers(family: Family, proposals: Proposals) -> list[Answer]:
    """One unanswered item for each proposal."""
    asked = proposals.of(family.proposed) if family.proposed else ()
    return [
        Answer(p.key, p.sentence, {family.sentence: p.sentence, family.key.name: p.value}, title=p.title)
        for p in asked
    ]


def _complete(family: Family) -> bool:
    """Whether the proposals are all there can be: every sentence, or every number."""
    key = family.key.verbatim
    return (family.by_sentence and not family.details) or bool(key and key.holding)


def _ask_labels(
    family: Family, answers: Sequence[Answer], threshold: float | None
) -> Generator[Segment, Filled, None]:
    gate = family.gate
    if gate is None:
        return
    slot = label_slot(family, dropping=True)
    rows = [_Line(answer.key, answer.title, {gate.name: slot}) for answer in answers]
    for answer, values in zip(answers, (yield from _ask_table(f'{{"{family.name}": {{', rows)), strict=True):
        answer.label = values[gate.name]
        answer.fields[gate.name] = values[gate.name].content
        if threshold is not None:
            apply_threshold(family, answer, threshold)
    keep_least(family, answers)


def _ask_details(
    family: Family, answers: Sequence[Answer], proposals: Proposals
) -> Generator[Segment, Filled, None]:
    gate, names = family.gate, [f.name for f in family.details]
    kept = [a for a in answers if gate is None or a.fields[gate.name] != family.drop]
    if not kept or not names:
        return
    title = f"{family.name} {names[0] if len(names) == 1 else 'details'}" if gate else family.name
    rows = []
    for a in kept:
        slots = {f.name: field_slot(f, a.sentence, a.key_text(family), proposals) for f in family.details}
        rows.append(_Line(a.key, _title(family, a, proposals) if gate else a.title, slots))
    head = f'{", " if gate else "{"}"{title}": {{'
    for answer, values in zip(kept, (yield from _ask_table(head, rows)), strict=True):
        answer.details = list(values.values())
        answer.fields |= {name: value.content for name, value in values.items()}


def _title(family: Family, answer: Answer, proposals: Proposals) -> str:
    """The key, with finds that may be taken besides the sentence's words: a model can't know them."""
    kinds = [f.verbatim.also for f in family.details if f.verbatim and f.verbatim.also]
    offered = [find for kind in kinds for find in proposals.finds(kind, answer.sentence)[:_OFFERED]]
    return f"{answer.key}: {', '.join(offered)}" if offered else answer.key


def _ask_table(head: str, rows: Sequence[_Line]) -> Generator[Segment, Filled, list[dict[str, Value]]]:
    """Asks for an object of title -> value, or of title -> object where a row has several slots."""
    parts: list[str | Slot] = []
    text = head
    for i, row in enumerate(rows):
        text += f"{', ' if i else ''}{quote(row.title)}: "
        for j, (name, slot) in enumerate(row.slots.items()):
            if len(row.slots) > 1:
                text += f"{', ' if j else '{'}{quote(name)}: "
            parts += [text, slot]
            text = ""
        if len(row.slots) > 1:
            text = "}"
    names = tuple((row.key, name) for row in rows for name in row.slots)
    segment = Segment((*parts, text + "}"), names)
    values = iter(read_values(segment, (yield segment)))
    return [{name: next(values) for name in row.slots} for row in rows]
