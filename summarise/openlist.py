"""The open list of a family: items that nobody proposed, asked for one after the other.

First which sentence (or the end of the list), then each field in turn, so that every span is
one of that very sentence. No item can be repeated and the list is bounded by what the
sentences can hold.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from summarise.answer import Answer
from summarise.families import Family, Field
from summarise.grammar import has_span
from summarise.proposals import Proposals
from summarise.segment import Filled, Options, Segment, Slot, SpanOf, Value, read_values
from summarise.slots import field_slot, label_slot

MOST_PER_SENTENCE = 3  # items that one sentence may support
MOST_UNPROPOSED = 5  # items of a list that comes after proposals

END = "]}"


def ask_open(
    family: Family, proposals: Proposals, judged: Sequence[Answer], *, head: str, most: int
) -> Generator[Segment, Filled, list[Answer]]:
    """Asks for up to `most` further items after those already `judged`; `head` opens the list."""
    opened: list[Answer] = []
    while len(opened) < most:
        offers = [n for n in _sentences(family, proposals) if _offers(family, n, proposals, judged, opened)]
        comma = ", " if opened else ""
        starts = {f'{comma}{{"{family.sentence}": {n}': n for n in offers}
        (value,) = yield from _ask(head, Options((END, *starts)), family.sentence)
        head = ""
        if value.raw == END:
            return opened
        number = starts[value.raw]
        answer = Answer("", number, {family.sentence: number}, details=[value])
        yield from _ask_fields(family, answer, proposals, judged, opened)
        opened.append(answer)
    yield Segment((head + END,))
    return opened


def _ask_fields(
    family: Family, answer: Answer, proposals: Proposals, judged: Sequence[Answer], opened: Sequence[Answer]
) -> Generator[Segment, Filled, None]:
    fields = [f for f in (family.key, family.gate, *family.details) if f and f.name != family.sentence]
    for field in fields:
        slot: Slot
        if field is family.gate:
            slot = label_slot(family, dropping=False)
        else:
            slot = field_slot(field, answer.sentence, answer.key_text(family), proposals)
        if field is _identity(family) and isinstance(slot, SpanOf):
            taken = _taken(family, answer.sentence, judged, opened)
            unused = _unused(family, answer.sentence, proposals, opened)
            slot = replace(slot, among=(), holding=unused, without=taken)
        (value,) = yield from _ask(f', "{field.name}": ', slot, field.name)
        answer.details.append(value)
        answer.fields[field.name] = value.content
    yield Segment(("}",))


def _ask(head: str, slot: Slot, name: str) -> Generator[Segment, Filled, tuple[Value, ...]]:
    segment = Segment((head, slot) if head else (slot,), (("", name),))
    return read_values(segment, (yield segment))


def _sentences(family: Family, proposals: Proposals) -> Sequence[int]:
    if family.by_sentence and family.proposed:
        return [p.sentence for p in proposals.of(family.proposed)]
    return list(proposals.texts)


def _identity(family: Family) -> Field | None:
    """The field whose value must differ from other items': the key, or the last required span."""
    if not family.by_sentence:
        return family.key
    spans = [f for f in family.details if f.verbatim and not f.nullable]
    return spans[-1] if spans else None


def _holding(family: Family) -> str | None:
    return family.key.verbatim.holding if family.key.verbatim else None


def _taken(
    family: Family, sentence: int, judged: Sequence[Answer], opened: Sequence[Answer]
) -> tuple[str, ...]:
    """Values of the identity field that would repeat an item."""
    identity = _identity(family)
    if identity is None or _holding(family):
        return ()
    others = [a for a in (*judged, *opened) if identity.name in a.fields]
    if family.by_sentence:
        others = [a for a in others if a.sentence == sentence]
    return tuple(dict.fromkeys(str(a.fields[identity.name]) for a in others))


def _unused(family: Family, sentence: int, proposals: Proposals, opened: Sequence[Answer]) -> tuple[str, ...]:
    """The finds of which the key must hold one: each serves one item, in order."""
    kind = _holding(family)
    if kind is None:
        return ()
    finds = [str(p.value) for p in proposals.of(kind) if p.sentence == sentence]
    for answer in opened:
        if answer.sentence == sentence:
            key = str(answer.fields[family.key.name])
            finds = finds[next((i for i, find in enumerate(finds) if find in key), 0) + 1 :]
    return tuple(finds)


def _offers(
    family: Family, sentence: int, proposals: Proposals, judged: Sequence[Answer], opened: Sequence[Answer]
) -> bool:
    """Whether one more item may name this sentence."""
    here = [a for a in opened if a.sentence == sentence]
    if len(here) >= MOST_PER_SENTENCE:
        return False
    if _holding(family):
        return bool(_unused(family, sentence, proposals, here))
    if _identity(family) is None:
        return not any(a.sentence == sentence for a in (*judged, *opened))
    return has_span(proposals.texts[sentence], _taken(family, sentence, judged, opened))
