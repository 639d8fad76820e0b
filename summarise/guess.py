"""Guesses how a segment goes on, so that a model may be asked about several of its choices in one pass.

A guess is only text: whether it is right is for the model to say, and a wrong one costs a few tokens,
never a letter of the answer. What a slot of labels holds is guessed to be what the model leaned to when
it was last shown the slot, else its last label; a span begun goes on as the sentence does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from summarise.segment import Options, Segment, Slot, SpanOf

_END = re.compile(r"[,.;:!?()\[\]“”\"—–]|\s(?:[a-z]+|[^\s\w]+)(?=\s)|\Z")
"""Where a span that was begun may end: before a mark, or before the next word in small letters."""
_WORDS = re.compile(r"(?:[^\s,.;:!?()\[\]“”\"—–]+\s?){1,2}")


@dataclass(frozen=True)
class Guess:
    """text: the whole segment as it may come to be written, as far as can be guessed.

    slots: where each slot reached begins and ends in it, in order.
    """

    text: str
    slots: tuple[tuple[int, int], ...]

    def begin(self, place: int, token: str) -> tuple[int, str]:
        """The number of the slot that `token`, written at `place`, is chosen for, and how it then begins.

        A token may begin in the fixed text before its slot.
        """
        for number, (start, end) in enumerate(self.slots):
            if place < end or place <= start:
                return number, self.text[start:place] + token[max(0, start - place) :]
        return len(self.slots), token


def guess_rest(segment: Segment, written: str, leaned: Mapping[int, str]) -> Guess:
    """How `segment` may go on after `written`; `leaned`: by slot, how the model would have begun it."""
    text = ""
    slots: list[tuple[int, int]] = []
    for part in segment.parts:
        rest = written[len(text) :]
        if isinstance(part, str):
            text += part
            continue
        value = _whole(part, rest)
        if value is None:
            value = _value(part, rest, leaned.get(len(slots), ""))
        slots.append((len(text), len(text) + len(value if value is not None else rest)))
        if value is None:
            text += rest
            break
        text += value
    return Guess(text, tuple(slots))


def _whole(slot: Slot, rest: str) -> str | None:
    """The value that `rest` begins with, where it is complete."""
    if isinstance(slot, Options):
        fits = [value for value in slot.values if rest.startswith(value)]
        return max(fits, key=len) if fits else None
    try:
        return rest[: json.JSONDecoder().raw_decode(rest)[1]]
    except json.JSONDecodeError:
        return None


def _value(slot: Slot, begun: str, leaned: str) -> str | None:
    """A value of `slot` that begins with `begun`, None where nothing is to be guessed."""
    begin = leaned if leaned.startswith(begun) else begun
    if isinstance(slot, Options):
        fits = [value for value in slot.values if value.startswith(begin)]
        return fits[-1] if fits else None
    values = [*map(_quote, slot.among), *(["null"] if slot.nullable else [])]
    fits = [value for value in values if value.startswith(begin)]
    if fits:
        return fits[0]
    return _going_on(slot, begin) if begin.startswith('"') else None


def _going_on(slot: SpanOf, begin: str) -> str | None:
    """`begin`, the opening of a span, continued as the sentence where it stands goes on."""
    for text in slot.texts:
        inner = _quote(text)[1:-1]
        at = inner.find(begin[1:]) if len(begin) > 1 else -1
        if at < 0:
            continue
        end = at + len(begin) - 1
        word = re.compile(r"[\w’'-]*").match(inner, end)
        end = word.end() if word else end
        found = _END.search(inner, end)
        return f'"{inner[at : found.start() if found else len(inner)].rstrip()}"'
    return None


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
