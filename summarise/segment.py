"""One stretch of the answer: fixed text with slots, and the same stretch filled by a model.

Data only: `skeleton` lays segments out, `grammar` turns them into constraints, `decode` has
them filled. Offsets here are code points of the segment's own text, never of the article.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from summarise.errors import DecodeError


@dataclass(frozen=True)
class Options:
    """A slot for exactly one of `values`, each given as the raw text to write."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class SpanOf:
    """A slot for a JSON string that is a word-bounded span of one of `texts`, never empty.

    texts: the sentence, white space folded, or the stretches of it where a span may lie.
    among: further strings that may stand here whole.
    without: strings that must not stand here.
    nullable: whether `null` may stand here.
    """

    texts: tuple[str, ...]
    among: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    nullable: bool = False


Slot = Options | SpanOf


@dataclass(frozen=True)
class Segment:
    """A straight line of fixed texts and slots, in the order in which they are written.

    names: of each slot, the proposal's key ("" in an open list) and the field it fills.
    """

    parts: tuple[str | Slot, ...]
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Choice:
    """One free choice of the model.

    start: where the chosen token begins in the segment's text.
    probability: of the chosen token among those the grammar allowed.
    options: (text of a token, probability) of all allowed tokens where they are few, else empty.
    """

    start: int
    probability: float
    options: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Filled:
    """A segment's text as decoded, and the free choices made in it, in order."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Value:
    """What fills one slot.

    raw: the text as written; for a span, `json.loads(raw)` is the string.
    probability: geometric mean over the free choices made in it; 1.0 where there was none.
    odds: for `Options`, the probability of each of the slot's values, in order, summing to 1.
    """

    raw: str
    probability: float
    odds: tuple[float, ...] = ()

    @property
    def content(self) -> Any:
        """The JSON value."""
        return json.loads(self.raw)


def read_values(segment: Segment, filled: Filled) -> tuple[Value, ...]:
    """What fills each slot of `segment`, in order.

    Raises DecodeError if the text is no filling of the segment: that would be a bug.
    """
    values: list[Value] = []
    at = before = 0
    for part in segment.parts:
        end = _end(part, filled.text, at)
        if not isinstance(part, str):
            # fixed text is no choice: a token that begins in it was chosen for what follows (` "` or ` null`)
            choices = [choice for choice in filled.choices if before <= choice.start < end]
            mean = math.exp(sum(math.log(max(c.probability, 1e-12)) for c in choices) / max(len(choices), 1))
            odds = _odds(part, filled.text, at, choices) if isinstance(part, Options) else ()
            values.append(Value(filled.text[at:end], mean, odds))
            before = end
        at = end
    if at != len(filled.text):
        raise DecodeError("text after the end of a segment", "please report this")
    return tuple(values)


def _end(part: str | Slot, text: str, at: int) -> int:
    if isinstance(part, SpanOf):
        try:
            return json.JSONDecoder().raw_decode(text, at)[1]
        except json.JSONDecodeError:
            raise DecodeError("a slot without a value", "please report this") from None
    fits = [p for p in ((part,) if isinstance(part, str) else part.values) if text.startswith(p, at)]
    if not fits:
        raise DecodeError("a segment that does not fit its skeleton", "please report this")
    return at + len(max(fits, key=len))


def _odds(slot: Options, text: str, at: int, choices: list[Choice]) -> tuple[float, ...]:
    """Probability of each value: the product over the choices up to where it parts from the text."""
    odds = []
    for value in slot.values:
        probability = 1.0
        whole = text[:at] + value
        for choice in choices:
            if not whole.startswith(text[: choice.start]):
                break  # parted at an earlier choice, which already counted
            rest = whole[choice.start :]
            probability *= sum(p for token, p in choice.options if _agree(token, rest))
        odds.append(probability)
    total = sum(odds)
    return tuple(p / total for p in odds) if total > 0 else tuple(1 / len(odds) for _ in odds)


def _agree(token: str, rest: str) -> bool:
    return bool(token) and (rest.startswith(token) or token.startswith(rest))
