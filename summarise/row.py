"""One row of the answer on its way: a program's segments, each under its grammar, token by token.

Says which tokens may come next and takes one of them; who chooses is not its business: a model in
`decode`, the labels in training. Forced tokens are taken without asking. So that a model can make several
choices in one pass, a row can run ahead on guesses; `settle` takes back what was guessed wrong, so the
answer is that of one choice after the other. A matcher error raises.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

import numpy as np
from llguidance import LLMatcher, LLParserLimits
from numpy.typing import NDArray

from summarise.errors import DecodeError, GrammarError
from summarise.grammar import build_grammar
from summarise.guess import Guess, guess_rest
from summarise.model import Due, Scores
from summarise.segment import Choice, Filled, Segment

_SHORT = 40  # bytes in which the next token ends
FEW = 64  # choices between at most so many tokens keep the probability of each
_LIMITS = LLParserLimits(step_lexer_fuel=100_000_000)
"""llguidance's own limit of one step is reached by a sentence of 650 characters from which 20 names are
taken out already; this one by none (measured: 1,200 characters and 100 names in 23 ms)."""

T = TypeVar("T")


@dataclass(frozen=True)
class Ask(Generic[T]):
    """One row: the prompt that only this row has, and the program that lays out its answer."""

    prompt: Sequence[int]
    program: Generator[Segment, Filled, T]


@dataclass
class Counts:
    """What decoding cost: model passes of the whole batch, tokens written, free choices among them.

    shown: tokens that the model was given in these passes, wrong guesses among them.
    """

    passes: int = 0
    tokens: int = 0
    choices: int = 0
    shown: int = 0


@dataclass(frozen=True)
class _Ahead:
    """A choice that was reached, and how things stood before it.

    pending: how many tokens were pending; bytes, consumed: how many had been written of the segment.
    guess: the index of the token that was taken for the time being, None where guessing ended.
    """

    allowed: NDArray[np.int64]
    pending: int
    bytes: int
    consumed: int
    guess: int | None


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
    _consumed: int = 0
    _choices: list[Choice] = field(default_factory=list)
    _segment: Segment | None = None
    _matcher: LLMatcher | None = None
    _ahead: list[_Ahead] = field(default_factory=list)
    _guess: Guess | None = None
    _leaned: dict[int, str] = field(default_factory=dict)
    _shown: int = 0
    _result: tuple[T] | None = None

    def __post_init__(self) -> None:
        self.pending = list(self.ask.prompt)

    def advance(self) -> bool:
        """Takes everything that is forced; True when a free choice is due, False at the end."""
        while self._result is None:
            matcher = self._matcher or self._next_segment(None)
            if matcher is None:
                break
            if self._reach_choice(matcher):
                return True
            self._next_segment(self._finish_segment())
        return False

    def take(self, index: int, odds: NDArray[np.float64]) -> None:
        """Takes `allowed[index]`, where `odds` are the probabilities of all that is allowed."""
        self._note(self.allowed, len(self._bytes), index, odds)
        self._consume([int(self.allowed[index])])

    def look_ahead(self, most: int) -> list[Due]:
        """The choice that is due, and further ones as far as guesses reach, at most `most` tokens on.

        `take_pending` and `settle` are to follow.
        """
        assert self._matcher is not None
        self._ahead, first = [], len(self.pending)
        self._guess = self._guess_rest() if most > 0 else None
        goal = self._guess.text.encode() if self._guess else b""
        due = True
        while due:
            guess = None
            if len(self.pending) - first < most and goal.startswith(self._bytes):
                guess = token_for(self.matching, self.allowed, goal[len(self._bytes) :])
            here = _Ahead(self.allowed, len(self.pending), len(self._bytes), self._consumed, guess)
            self._ahead.append(here)
            if guess is None:
                break
            self._consume([int(self.allowed[guess])])
            due = self._reach_choice(self._matcher)
            if len(self.pending) - first > most:
                self._take_back(here)
                del self.pending[here.pending :]
                self._ahead[-1] = replace(here, guess=None)
                break
        return [Due(ahead.pending - 1, ahead.allowed) for ahead in self._ahead]

    def take_pending(self) -> list[int]:
        """The tokens that the model has not seen yet; from now on it has."""
        pending, self.pending = self.pending, []
        self._shown = len(pending)
        return pending

    def settle(self, scores: Sequence[Scores]) -> int:
        """Takes the likeliest allowed token at each choice of `look_ahead`, up to the first that was
        guessed wrong; ties fall to the lowest id. Returns how many of the tokens shown are to be
        taken back."""
        for number, (ahead, own) in enumerate(zip(self._ahead, scores, strict=True)):
            likely = np.exp(own.astype(np.float64) - float(own.max()))
            odds = likely / likely.sum()
            index = int(odds.argmax())
            self._note(ahead.allowed, ahead.bytes, index, odds)
            if ahead.guess != index:
                self._lean(number + 1, scores)
                self._take_back(ahead)
                self._consume([int(ahead.allowed[index])])
                return self._shown - ahead.pending
        return 0

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
            self._segment = next(program) if filled is None else program.send(filled)
        except StopIteration as stop:
            self._result = (stop.value,)
            self._matcher = None
            return None
        self._matcher = LLMatcher(self.matching, build_grammar(self._segment), limits=_LIMITS)
        if self._matcher.is_error():
            raise GrammarError(f"the grammar was refused: {_first_line(self._matcher.get_error())}")
        return self._matcher

    def _finish_segment(self) -> Filled:
        filled = Filled(self._bytes.decode("utf-8"), tuple(self._choices))
        self.text += filled.text
        self._bytes, self._choices, self._leaned = b"", [], {}
        return filled

    def _reach_choice(self, matcher: LLMatcher) -> bool:
        """Takes what is forced; True when a choice is due, False at the segment's end."""
        while True:
            self._consume(matcher.compute_ff_tokens())
            if matcher.is_stopped():
                return False
            allowed = self._read_mask(matcher)
            if len(allowed) > 1:
                self.allowed = allowed
                return True
            self._consume([int(allowed[0])])

    def _consume(self, tokens: Sequence[int]) -> None:
        if not tokens:
            return
        assert self._matcher is not None
        if not self._matcher.consume_tokens(list(tokens)) or self._matcher.is_error():
            raise DecodeError(f"the grammar refused its own token: {_first_line(self._matcher.get_error())}")
        self.pending += tokens
        self.counts.tokens += len(tokens)
        self._consumed += len(tokens)
        self._bytes += self._decode(tokens)

    def _take_back(self, ahead: _Ahead) -> None:
        """Undoes everything that was taken after the choice `ahead`."""
        assert self._matcher is not None
        count = self._consumed - ahead.consumed
        if count and (not self._matcher.rollback(count) or self._matcher.is_error()):
            raise DecodeError(f"the grammar took nothing back: {_first_line(self._matcher.get_error())}")
        self._consumed -= count
        self.counts.tokens -= count
        self._bytes = self._bytes[: ahead.bytes]

    def _note(self, allowed: NDArray[np.int64], at: int, index: int, odds: NDArray[np.float64]) -> None:
        """Enters the choice of `allowed[index]`, made behind the first `at` bytes."""
        options: tuple[tuple[str, float], ...] = ()
        if len(odds) <= FEW:
            texts = [self._decode([int(t)]).decode("utf-8", "replace") for t in allowed]
            options = tuple(zip(texts, map(float, odds), strict=True))
        start = len(self._bytes[:at].decode("utf-8", "ignore"))
        self._choices.append(Choice(start, float(odds[index]), options))
        self.counts.choices += 1

    def _guess_rest(self) -> Guess | None:
        """How the segment may go on, None amid a character."""
        assert self._segment is not None
        try:
            return guess_rest(self._segment, self._bytes.decode("utf-8"), self._leaned)
        except UnicodeDecodeError:
            return None

    def _lean(self, first: int, scores: Sequence[Scores]) -> None:
        """Remembers how the model would have begun the slots behind a wrong guess: mostly it stays so."""
        found: dict[int, str] = {}
        for ahead, own in zip(self._ahead[first:], scores[first:], strict=True):
            assert self._guess is not None
            place = len(self._bytes[: ahead.bytes].decode("utf-8", "ignore"))
            token = self._decode([int(ahead.allowed[own.argmax()])]).decode("utf-8", "ignore")
            slot, begun = self._guess.begin(place, token)
            found.setdefault(slot, begun)
        self._leaned |= found

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


def token_for(matching: Any, allowed: NDArray[Any], rest: bytes) -> int | None:
    """Index of the allowed token that begins `rest`: the tokenizer's own, else the longest; None without."""
    own = matching.tokenize_bytes(rest[:_SHORT])[:1]
    at = int(np.searchsorted(allowed, own[0])) if own else len(allowed)
    if at < len(allowed) and allowed[at] == own[0] and rest.startswith(matching.decode_bytes(own)):
        return at
    fits = [
        (len(text), -i)
        for i, token in enumerate(allowed)
        if (text := matching.decode_bytes([int(token)])) and rest.startswith(text)
    ]
    return -max(fits)[1] if fits else None


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "no reason given"
