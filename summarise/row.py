"""One row of the answer on its way: a program's segments, each under its grammar, token by token.

Says which tokens may come next and takes one of them; who chooses is not its business: a model in
`decode`, the labels in training. Forced tokens are taken without asking. A matcher error raises.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np
from llguidance import LLMatcher
from numpy.typing import NDArray

from summarise.errors import DecodeError, GrammarError
from summarise.grammar import build_grammar
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


@dataclass
class Row(Generic[T]):
    """One row's state: its program, the matcher of the current segment, tokens not yet seen by a model.

    matching: the `llguidance.LLTokenizer` of the model. allowed: the token ids to choose from,
    ascending, once `advance` said that a choice is due.
    """

    matching: Any
    ask: Ask[T]
    counts: Counts
    allowed: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    pending: list[int] = field(default_factory=list)
    text: str = ""
    _bytes: bytes = b""
    _choices: list[Choice] = field(default_factory=list)
    _matcher: LLMatcher | None = None
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
                self.allowed = allowed
                return True
        return False

    def choose(self, logits: NDArray[np.float32]) -> None:
        """Takes the likeliest allowed token; ties fall to the lowest id."""
        scores = logits[self.allowed].astype(np.float64)
        odds = np.exp(scores - scores.max())
        odds /= odds.sum()
        self.take(int(odds.argmax()), odds)

    def take(self, index: int, odds: NDArray[np.float64]) -> None:
        """Takes `allowed[index]`, where `odds` are the probabilities of all that is allowed."""
        options: tuple[tuple[str, float], ...] = ()
        if len(odds) <= FEW:
            texts = [self._decode([int(t)]).decode("utf-8", "replace") for t in self.allowed]
            options = tuple(zip(texts, map(float, odds), strict=True))
        start = len(self._bytes.decode("utf-8", "ignore"))
        self._choices.append(Choice(start, float(odds[index]), options))
        self.counts.choices += 1
        self._consume([int(self.allowed[index])])

    def take_pending(self) -> list[int]:
        """The tokens that the model has not seen yet; from now on it has."""
        pending, self.pending = self.pending, []
        return pending

    @property
    def written(self) -> bytes:
        """The answer so far, in UTF-8; the last character may be cut."""
        return self.text.encode() + self._bytes

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
        self._matcher = LLMatcher(self.matching, build_grammar(segment))
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
        data: bytes = self.matching.decode_bytes(list(tokens))
        return data


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "no reason given"
