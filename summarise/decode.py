"""The decoding loop: programs of segments in, filled segments out, one model pass for all rows.

Forced tokens never cost a pass of their own: they are appended and ride along with the next free
choice. Greedy, so the same input gives the same answer. A matcher error raises. Knows nothing of
news and parses no JSON.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from llguidance import LLMatcher
from numpy.typing import NDArray

from summarise.errors import DecodeError, GrammarError
from summarise.grammar import build_grammar
from summarise.model import Model
from summarise.segment import Choice, Filled, Segment

FEW = 64  # choices between at most so many tokens keep the probability of each

T = TypeVar("T")


@dataclass(frozen=True)
class Ask(Generic[T]):
    """One row: the prompt that only this row has, and the program that lays out its answer."""

    prompt: Sequence[int]
    program: Generator[Segment, Filled, T]


@dataclass
class Counts:
    """What decoding cost: model passes of the whole batch, tokens written, free choices among them."""

    passes: int = 0
    tokens: int = 0
    choices: int = 0


@dataclass(frozen=True)
class Decoded(Generic[T]):
    """What a row's program returned, and the whole text of its answer."""

    result: T
    text: str


def decode_rows(
    model: Model, fixed: Sequence[int], article: Sequence[int], asks: Sequence[Ask[T]], counts: Counts
) -> list[Decoded[T]]:
    """Runs every ask over the shared prompt `fixed` + `article`, greedily, to its end.

    Raises GrammarError or DecodeError; nothing is returned then, so no cut answer can pass for a
    whole one.
    """
    rows = [_Row(model, ask, counts) for ask in asks]
    waiting = [i for i, row in enumerate(rows) if row.advance()]
    if waiting:
        session = model.open(fixed, article, len(rows))
        for i in set(range(len(rows))) - set(waiting):
            session.finish(i)
    while waiting:
        logits = session.step(waiting, [rows[i].take_pending() for i in waiting])
        counts.passes += 1
        still = []
        for i, row_logits in zip(waiting, logits, strict=True):
            rows[i].choose(row_logits)
            if rows[i].advance():
                still.append(i)
            else:
                session.finish(i)
        waiting = still
    return [row.decoded() for row in rows]


@dataclass
class _Row(Generic[T]):
    """One row's state: its program, the matcher of the current segment, tokens not yet seen by the model."""

    model: Model
    ask: Ask[T]
    counts: Counts
    pending: list[int] = field(default_factory=list)
    text: str = ""
    _bytes: bytes = b""
    _choices: list[Choice] = field(default_factory=list)
    _matcher: LLMatcher | None = None
    _allowed: NDArray[np.int64] | None = None
    _result: tuple[T] | None = None

    def __post_init__(self) -> None:
        self.pending = list(self.ask.prompt)

    def advance(self) -> bool:
        """Takes everything that is forced; True when a free choice is due, False at the end."""
        while self._result is None:
            matcher = self._matcher or self._next_segment(None)
            if matcher is None:
                break
            self._consume(matcher.compute_ff_tokens())
            if matcher.is_stopped():
                self._next_segment(self._finish_segment())
                continue
            allowed = self._read_mask(matcher)
            if len(allowed) == 1:
                self._consume([int(allowed[0])])
            else:
                self._allowed = allowed
                return True
        return False

    def choose(self, logits: NDArray[np.float32]) -> None:
        """Takes the likeliest allowed token; ties fall to the lowest id."""
        assert self._allowed is not None
        scores = logits[self._allowed].astype(np.float64)
        odds = np.exp(scores - scores.max())
        odds /= odds.sum()
        best = int(odds.argmax())
        options: tuple[tuple[str, float], ...] = ()
        if len(odds) <= FEW:
            texts = [self._decode([int(t)]).decode("utf-8", "replace") for t in self._allowed]
            options = tuple(zip(texts, map(float, odds), strict=True))
        start = len(self._bytes.decode("utf-8", "ignore"))
        self._choices.append(Choice(start, float(odds[best]), options))
        self.counts.choices += 1
        self._consume([int(self._allowed[best])])

    def take_pending(self) -> list[int]:
        """The tokens that the model has not seen yet; from now on it has."""
        pending, self.pending = self.pending, []
        return pending

    def decoded(self) -> Decoded[T]:
        """What the program returned."""
        assert self._result is not None
        return Decoded(self._result[0], self.text)

    def _next_segment(self, filled: Filled | None) -> LLMatcher | None:
        program = self.ask.program
        try:
            segment = next(program) if filled is None else program.send(filled)
        except StopIteration as stop:
            self._result = (stop.value,)
            self._matcher = None
            return None
        self._matcher = LLMatcher(self.model.tokens.matching, build_grammar(segment))
        if self._matcher.is_error():
            raise GrammarError(f"the grammar was refused: {_first_line(self._matcher.get_error())}")
        return self._matcher

    def _finish_segment(self) -> Filled:
        filled = Filled(self._bytes.decode("utf-8"), tuple(self._choices))
        self.text += filled.text
        self._bytes, self._choices = b"", []
        return filled

    def _consume(self, tokens: Sequence[int]) -> None:
        if not tokens:
            return
        assert self._matcher is not None
        if not self._matcher.consume_tokens(list(tokens)) or self._matcher.is_error():
            raise DecodeError(f"the grammar refused its own token: {_first_line(self._matcher.get_error())}")
        self.pending += tokens
        self.counts.tokens += len(tokens)
        self._bytes += self._decode(tokens)

    def _read_mask(self, matcher: LLMatcher) -> NDArray[np.int64]:
        bits = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
        if matcher.is_error():
            raise DecodeError(f"the grammar broke: {_first_line(matcher.get_error())}")
        allowed = np.flatnonzero(np.unpackbits(bits, bitorder="little"))
        if not len(allowed):
            raise DecodeError("the grammar allows no token", "please report this with the article")
        return allowed

    def _decode(self, tokens: Sequence[int]) -> bytes:
        data: bytes = self.model.tokens.matching.decode_bytes(list(tokens))
        return data


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "no reason given"
