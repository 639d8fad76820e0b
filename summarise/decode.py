"""The decoding loop: jobs of several rows in, their results out, one model pass for all of them.

Forced tokens never cost a pass of their own: they are appended and ride along with the next free
choice, as do guesses of what the choices behind it will be; those that the model makes otherwise are taken
back. Greedy, so the same input gives the same answer, whatever was guessed. Knows nothing of news and
parses no JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from summarise.errors import DecodeError, SummariseError
from summarise.model import Model
from summarise.row import Ask, Counts, Decoded, Row, T

AHEAD = 48
"""Tokens beyond the next free choice, at most, that a row guesses in one pass."""


GROWTH = 10
"""Tokens of room that a job's rows take for each token of its article: answers are about five times as long,
and a row's room is up to twice what it holds. Measured on our own articles."""
_NONE: tuple[int, None] = (-1, None)


@dataclass(frozen=True)
class Job(Generic[T]):
    """What is asked behind one prompt, `fixed` + `article`; `counts` is what it comes to cost."""

    fixed: Sequence[int]
    article: Sequence[int]
    asks: Sequence[Ask[T]]
    counts: Counts = field(default_factory=Counts)


def decode_jobs(
    model: Model,
    jobs: Iterable[Job[T] | SummariseError],
    *,
    most: int = 1,
    memory: int | None = None,
    ahead: int = AHEAD,
) -> Iterator[tuple[int, list[Decoded[T]] | SummariseError]]:
    """Runs jobs together, up to `most` at a time, a new one as soon as one is done; an error in the place
    of a job is its result.

    memory: bytes of keys and values beyond which no further job is begun beside those that run; one
    always runs, however large.

    Yields each job's number and what its asks came to, or the error that ended it and nobody else, as
    they end.
    """
    waiting = enumerate(jobs)
    running: list[_Running[T]] = []
    next_one: tuple[int, Job[T] | SummariseError | None] | None = None  # taken, and not begun yet
    more = True
    while True:
        while more and len(running) < most:
            number, job = next_one or next(waiting, _NONE)
            next_one = None
            if isinstance(job, SummariseError):
                yield number, job
            elif job is None:
                more = False
            elif running and memory is not None and _size(model, running, job) > memory:
                next_one = number, job
                break
            else:
                running.append(_Running(model, number, job, ahead))
        for one in running:
            one.prepare()
        if active := [one for one in running if one.asked]:
            _step(model, active)
        for one in running:
            if one.done is not None:
                yield one.number, one.done
        running = [one for one in running if one.done is None]
        if not running and not more:
            return


def _size(model: Model, running: Sequence[_Running[Any]], job: Job[Any]) -> int:
    """Bytes of keys and values that those running and `job` come to, as far as can be foreseen."""
    return (sum(one.size for one in running) + _foreseen(job)) * model.token_bytes


def _foreseen(job: Job[Any]) -> int:
    """Tokens that a job is taken to hold before it has answered anything."""
    return len(job.fixed) + (1 + GROWTH) * len(job.article)


def _step(model: Model, active: Sequence[_Running[Any]]) -> None:
    """One pass over what all of them ask."""
    rows = [one.held[i] for one in active for i in one.alive]
    tokens = [new for one in active for new in one.tokens]
    scores = iter(model.step(rows, tokens, [dues for one in active for dues in one.asked]))
    for one in active:
        one.settle([next(scores) for _ in one.alive])


class _Running(Generic[T]):
    """One job on its way: its rows, and what they ask in the next pass.

    alive: the numbers of the rows that go on; tokens, asked: what the model is given of each and asked.
    held: the model's own of each row. size: tokens that it is taken to hold. done: the result or the
    error, at the end.
    """

    def __init__(self, model: Model, number: int, job: Job[T], ahead: int) -> None:
        self.number = number
        self.alive: list[int] = []
        self.tokens: list[list[int]] = []
        self.asked: list[list[Any]] = []
        self.held: list[Any] = []
        self.done: list[Decoded[T]] | SummariseError | None = None
        self.size = _foreseen(job)
        self._prompt, self._taken = len(job.fixed) + len(job.article), 0
        self._model, self._counts, self._ahead = model, job.counts, ahead
        self._room = [model.context - len(job.fixed) - len(job.article)] * len(job.asks)
        try:
            self._rows = [Row(model.tokens.matching, ask, job.counts) for ask in job.asks]
            self.alive = [i for i, row in enumerate(self._rows) if row.advance()]
            if self.alive:
                self._make_room()
                prefix = model.read(job.fixed, job.article)
                self.held = [model.open(prefix) for _ in job.asks]
        except SummariseError as error:
            self._fail(error)
        self._end()

    def prepare(self) -> None:
        """Says what the rows ask next."""
        self.tokens, self.asked = [], []
        if self.done is not None:
            return
        try:
            self._make_room()
            for i in self.alive:
                row = self._rows[i]
                self.asked.append(row.look_ahead(min(self._ahead, self._room[i] - len(row.pending))))
                self.tokens.append(row.take_pending())
        except SummariseError as error:
            self._fail(error)

    def settle(self, scores: Sequence[Any]) -> None:
        """Takes what the model said."""
        self._counts.passes += 1
        self._counts.shown += sum(map(len, self.tokens))
        alive = []
        try:
            for i, new, own in zip(self.alive, self.tokens, scores, strict=True):
                back = self._rows[i].settle(own)
                self._room[i] -= len(new) - back
                self._taken += len(new) - back
                if back:
                    self._model.rewind(self.held[i], back)
                if self._rows[i].advance():
                    alive.append(i)
                else:
                    self.held[i] = None
        except SummariseError as error:
            self._fail(error)
        self.alive = alive
        self.size = max(self.size, self._prompt + 2 * self._taken)
        self._end()

    def _make_room(self) -> None:
        if any(len(self._rows[i].pending) > self._room[i] for i in self.alive):
            raise DecodeError(
                f"the answer outgrew the model's context of {self._model.context} tokens",
                "use a smaller --window or a model with a longer context",
            )

    def _fail(self, error: SummariseError) -> None:
        self.done, self.alive, self.tokens, self.asked, self.held = error, [], [], [], []

    def _end(self) -> None:
        if self.done is None and not self.alive:
            self.done = [row.decoded() for row in self._rows]
