"""The open list of a family: items that nobody proposed, asked for one after the other.

First which sentence (or the end of the list), then each field in turn, so that every span is
one of that very sentence. No item can be repeated and the list is bounded by what the
sentences can hold.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from summarise.answer import Answer
from summarise.article import Span
from summarise.families import Family, Field
from summarise.grammar import find_whole, has_span, spans_holding
from summarise.proposals import Proposals
from summarise.segment import Filled, Options, Segment, Slot, SpanOf, Value, read_values
from summarise.slots import field_slot, label_slot, quote

MOST_PER_SENTENCE = 3  # items that one sentence may support, where code can't count them
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
        starts = {comma + open_item(family, n): n for n in offers}
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


def places(family: Family, proposals: Proposals) -> list[int]:
    """The numbers of the sentences that an item of a list without proposals may name."""
    return [n for n in _sentences(family, proposals) if _offers(family, n, proposals, (), ())]


def most_open(family: Family, proposals: Proposals) -> int:
    """How many items a list without proposals may hold: what code counts, else a few a sentence."""
    kind = _holding(family)
    most = len(proposals.of(kind)) if kind else MOST_PER_SENTENCE * len(proposals.texts)
    return min(most, family.keep.most) if family.keep and family.gate is None else most


def open_item(family: Family, number: int) -> str:
    """How an item of the open list begins; none begins as another does, so that 1 is never half of 12."""
    return f'{{"{family.sentence}": {number}{"," if open_fields(family) else "}"}'


def open_fields(family: Family) -> list[Field]:
    """The fields that follow the sentence's number, in order."""
    return [f for f in (family.key, family.gate, *family.details) if f and f.name != family.sentence]


def _ask_fields(
    family: Family, answer: Answer, proposals: Proposals, judged: Sequence[Answer], opened: Sequence[Answer]
) -> Generator[Segment, Filled, None]:
    fields = open_fields(family)
    for i, field in enumerate(fields):
        slot: Slot
        if field is family.gate:
            slot = label_slot(family, dropping=False)
        else:
            slot = field_slot(field, answer.sentence, answer.key_text(family), proposals)
        if field is _identity(family) and field in _required_finds(family) and isinstance(slot, Options):
            taken = set(map(quote, _taken(family, answer.sentence, judged, opened)))
            slot = Options(tuple(value for value in slot.values if value not in taken))
        elif field is _identity(family) and isinstance(slot, SpanOf):
            if _holding(family):
                slot = SpanOf((), among=_left(family, answer.sentence, proposals, opened))
            else:
                slot = replace(slot, among=(), without=_taken(family, answer.sentence, judged, opened))
        (value,) = yield from _ask(f'{"," if i else ""} "{field.name}": ', slot, field.name)
        answer.details.append(value)
        answer.fields[field.name] = value.content
    if fields:
        yield Segment(("}",))


def _ask(head: str, slot: Slot, name: str) -> Generator[Segment, Filled, tuple[Value, ...]]:
    segment = Segment((head, slot) if head else (slot,), (("", name),))
    return read_values(segment, (yield segment))


def _sentences(family: Family, proposals: Proposals) -> Sequence[int]:
    if family.by_sentence and family.proposed:
        return [p.sentence for p in proposals.of(family.proposed)]
    return list(proposals.texts)


def _identity(family: Family) -> Field | None:
    """The field whose value must differ from other items': the key; else the first required find of code's,
    or the last required span."""
    if not family.by_sentence:
        return family.key
    if finds := _required_finds(family):
        return finds[0]
    spans = [f for f in family.details if f.verbatim and not f.nullable]
    return spans[-1] if spans else None


def _required_finds(family: Family) -> list[Field]:
    """The fields that must hold one of code's finds in the item's sentence."""
    return [f for f in family.details if f.chosen and f.chosen.of is None and not f.nullable]


def _holding(family: Family) -> str | None:
    return family.key.verbatim.holding if family.key.verbatim else None


def _taken(
    family: Family, sentence: int, judged: Sequence[Answer], opened: Sequence[Answer]
) -> tuple[str, ...]:
    """Values of the identity field that would repeat an item."""
    identity = _identity(family)
    if identity is None:
        return ()
    others = [a for a in (*judged, *opened) if identity.name in a.fields]
    if family.by_sentence:
        others = [a for a in others if a.sentence == sentence]
    return tuple(dict.fromkeys(str(a.fields[identity.name]) for a in others))


def _left(family: Family, sentence: int, proposals: Proposals, opened: Sequence[Answer]) -> tuple[str, ...]:
    """What the next key of this sentence may be: spans that hold a find, after the keys so far."""
    text, at = proposals.texts[sentence], 0
    held: list[Span] = []
    for find in (p.value for p in proposals.of(_holding(family) or "") if p.sentence == sentence):
        span = find_whole(text, str(find), held[-1][1] if held else 0)
        held += [span] if span else []
    spans = spans_holding(text, held)
    for key in (a.fields[family.key.name] for a in opened if a.sentence == sentence):
        at = next(end for start, end in spans if start >= at and text[start:end] == key)
    return tuple(dict.fromkeys(text[start:end] for start, end in spans if start >= at))


def _offers(
    family: Family, sentence: int, proposals: Proposals, judged: Sequence[Answer], opened: Sequence[Answer]
) -> bool:
    """Whether one more item may name this sentence."""
    if _holding(family):
        return bool(_left(family, sentence, proposals, opened))
    if sum(a.sentence == sentence for a in opened) >= MOST_PER_SENTENCE:
        return False
    identity = _identity(family)
    if identity is None:
        return not any(a.sentence == sentence for a in (*judged, *opened))
    taken = _taken(family, sentence, judged, opened)
    for field in _required_finds(family):
        finds = proposals.finds(field.chosen.kind, sentence) if field.chosen else ()
        if not set(finds) - set(taken if field is identity else ()):
            return False
    return identity in _required_finds(family) or has_span(proposals.texts[sentence], taken)
