"""Turns labelled articles into token examples, through the same prompt, grammar and schema as inference.

One example is one window of one article: the shared prefix once, then each family's question with
its gold answer, as rows that all continue the prefix. At every free choice the tokens that the
grammar allows are kept, with the one that the labels take. Knows nothing of gradients.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarise.asking import put_questions
from summarise.errors import UsageError
from summarise.families import Family
from summarise.gold import write_answer
from summarise.grammar import admits, split_words
from summarise.model import Tokens
from summarise.prompt import Prompt
from summarise.proposals import Proposals
from summarise.row import Ask, Counts, Row, token_for
from summarise.segment import Filled, Segment, Slot, SpanOf, read_values
from summarise.skeleton import Program, lay_out
from summarise.slots import field_slot, quote
from training.labels import ALSO, UNKNOWN, Item, Labelled


@dataclass(frozen=True)
class Choice:
    """One free choice, with what the labels say.

    at: index in the example's ids of the token after which the choice falls. allowed: token ids,
    ascending. target: index into `allowed`. key, field: of the slot (key "" in an open list).
    known: whether the labels say anything of it. also: indexes of further tokens as right as `target`.
    """

    at: int
    allowed: NDArray[np.int32]
    target: int
    family: str
    key: str
    field: str
    known: bool = True
    also: tuple[int, ...] = ()


@dataclass(frozen=True)
class Example:
    """ids: the prefix, then the rows one behind the other. starts: where each row begins."""

    id: str
    ids: NDArray[np.int32]
    starts: tuple[int, ...]
    choices: tuple[Choice, ...]


def part_rows(example: Example, most: int) -> list[Example]:
    """`example` as several that have the same prefix and together all its rows, each of at most `most`
    tokens where a row alone is not longer: memory grows with the tokens of one pass."""
    prefix = example.starts[0]
    ends = [*example.starts[1:], len(example.ids)]
    rows = list(zip(example.starts, ends, strict=True))
    groups: list[list[tuple[int, int]]] = [[]]
    for start, end in rows:
        if groups[-1] and prefix + sum(e - s for s, e in groups[-1]) + end - start > most:
            groups.append([])
        groups[-1].append((start, end))
    return [_only(example, group) for group in groups]


def _only(example: Example, rows: Sequence[tuple[int, int]]) -> Example:
    """`example` with only those of its rows."""
    ids, starts = [example.ids[: example.starts[0]]], []
    choices: list[Choice] = []
    length = example.starts[0]
    for start, end in rows:
        starts.append(length)
        choices += [replace(c, at=c.at - start + length) for c in example.choices if start <= c.at < end]
        ids.append(example.ids[start:end])
        length += end - start
    return Example(example.id, np.concatenate(ids), tuple(starts), tuple(choices))


@dataclass
class Builder:
    """Makes examples with one tokenizer, prompt and schema. `lost` counts labels without a place."""

    tokens: Tokens
    prompt: Prompt
    families: Sequence[Family]
    window: int
    lost: Counter[str] = field(default_factory=Counter)

    def build(self, labelled: Labelled) -> Iterator[Example]:
        """One example for each window of the article."""
        self.lost += labelled.lost
        for question in put_questions(
            self.tokens,
            self.prompt,
            labelled.article,
            labelled.sentences,
            self.families,
            self.window,
            "proposals",
        ):
            ids = [*question.fixed, *question.shared]
            starts: list[int] = []
            choices: list[Choice] = []
            for family, asked in zip(self.families, question.asked, strict=True):
                if family.name not in labelled.items:
                    continue
                items = [i for i in labelled.items[family.name] if i[family.sentence] in question.owned]
                row, made = self._trace(family, asked, question.proposals, items)
                starts.append(len(ids))
                choices += [replace(c, at=c.at + len(ids)) for c in made]
                ids += row
            yield Example(labelled.id, np.array(ids, np.int32), tuple(starts), tuple(choices))

    def _trace(
        self, family: Family, asked: Sequence[int], proposals: Proposals, items: Sequence[Item]
    ) -> tuple[list[int], list[Choice]]:
        """The row's token ids, cut after the last choice, and its choices (`at` within the row)."""
        placed = self._placed(family, proposals, items)
        answer = write_answer(family, proposals, [_plain(item) for item in placed]).encode()
        asked_items = list(_asked(family, proposals, placed))
        unknown = {(key, name) for key, item in asked_items for name in item[UNKNOWN]}
        also = {(key, name): labels for key, item in asked_items for name, labels in item[ALSO].items()}
        log: list[tuple[Segment, Filled]] = []
        row = Row(self.tokens.matching, Ask(asked, _recorded(lay_out(family, proposals), log)), Counts())
        ids: list[int] = []
        made: list[tuple[int, NDArray[np.int32], int]] = []
        while row.advance():
            ids += row.take_pending()
            target = _pick(self.tokens.matching, row.allowed, answer[len(row.written) :])
            made.append((len(ids) - 1, row.allowed.astype(np.int32), target))
            row.take(target, np.ones(len(row.allowed)))
        if row.decoded().text.encode() != answer:
            raise UsageError(f"the answer of {family.name} is not what was written", "please report this")
        slots = _slots_of(log)
        if len(slots) != len(made):
            raise UsageError(f"{family.name} has {len(made)} choices in {len(slots)} places", "please report")
        choices = []
        for (at, allowed, target), slot in zip(made, slots, strict=True):
            # the first choice of a slot is that of the label; what follows depends on it
            others = [
                _pick(self.tokens.matching, allowed, f'{label}"'.encode()) for label in also.pop(slot, ())
            ]
            choices.append(
                Choice(at, allowed, target, family.name, *slot, slot not in unknown, tuple(others))
            )
        return ids, choices

    def _placed(self, family: Family, proposals: Proposals, items: Sequence[Item]) -> list[Item]:
        """The items with every detail that the grammar has no place for taken out."""
        placed: list[Item] = []
        keys = {p.value for p in proposals.of(family.proposed or "")}
        for item in items:
            key = None if family.by_sentence else str(item[family.key.name])
            sound, unknown = _plain(item), set(item.get(UNKNOWN, ()))
            whole = item[family.key.name] in keys or admits(
                field_slot(family.key, item[family.sentence], None, proposals), quote(key or "")
            )
            for detail in family.details:
                slot = field_slot(detail, item[family.sentence], key, proposals)
                value = sound[detail.name]
                if admits(slot, "null" if value is None else quote(value)):
                    continue
                self.lost[f"{family.name} {detail.name} has no place"] += 1
                unknown.add(detail.name)
                sound[detail.name] = None if detail.nullable else _any_span(slot)
                whole = whole and (detail.nullable or sound[detail.name] is not None)
            # of an open list nothing can be left unlearned: a second item of a sentence is out
            second = family.by_sentence and any(i[family.sentence] == item[family.sentence] for i in placed)
            if whole and not (unknown and second):
                placed.append({**sound, UNKNOWN: tuple(unknown), ALSO: item.get(ALSO, {})})
            else:
                self.lost[f"{family.name} has no place"] += 1
        if _fits(family, proposals, placed):
            return placed
        kept: list[Item] = []
        for item in placed:
            if _fits(family, proposals, [*kept, item]):
                kept.append(item)
            else:
                self.lost[f"{family.name} refused"] += 1
        return kept


def _plain(item: Item) -> Item:
    return {name: value for name, value in item.items() if name not in (UNKNOWN, ALSO)}


def _fits(family: Family, proposals: Proposals, items: Sequence[Item]) -> bool:
    """Whether the skeleton takes them all: a list may be full, a target said twice."""
    try:
        write_answer(family, proposals, [_plain(item) for item in items])
    except (UsageError, StopIteration):
        return False
    return True


def _asked(family: Family, proposals: Proposals, items: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    """The items that answer a proposal, with its key."""
    by_value: dict[tuple[str | int, int], list[str]] = {}
    for p in proposals.of(family.proposed or ""):
        by_value.setdefault((p.value, p.sentence), []).append(p.key)
    for item in items:
        for key in by_value.get((item[family.key.name], item[family.sentence]), ()):
            yield key, item


def _any_span(slot: Slot) -> str | None:
    """Some words that may stand in `slot`: they are written, and nothing is learned of them."""
    assert isinstance(slot, SpanOf)
    words = [w for text in slot.texts for w in split_words(text)]
    return next((w for w in words if admits(slot, quote(w))), None)


def _recorded(program: Program, log: list[tuple[Segment, Filled]]) -> Generator[Segment, Filled, Any]:
    """The same program, with its filled segments noted."""
    try:
        segment = next(program)
        while True:
            filled = yield segment
            log.append((segment, filled))
            segment = program.send(filled)
    except StopIteration as stop:
        return stop.value


def _slots_of(log: Sequence[tuple[Segment, Filled]]) -> list[tuple[str, str]]:
    """For each free choice, in order, the key and field of the slot it is made in."""
    found = []
    for segment, filled in log:
        ends: list[int] = []
        values = iter(read_values(segment, filled))
        at = 0
        for part in segment.parts:
            at += len(part) if isinstance(part, str) else len(next(values).raw)
            if not isinstance(part, str):
                ends.append(at)
        for choice in filled.choices:
            slot = next(i for i, end in enumerate(ends) if choice.start < end)
            found.append(segment.names[slot])
    return found


def _pick(matching: Any, allowed: NDArray[Any], rest: bytes) -> int:
    index = token_for(matching, allowed, rest)
    if index is None:
        raise UsageError(f"the grammar has no way to write {rest[:40]!r}", "please report this")
    return index
