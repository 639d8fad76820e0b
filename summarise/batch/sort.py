"""The loop of a batch: every record ends in the output or among the failed, once.

Lines are written in the order of the input as far as outcomes come in it; the end of a run sees to the rest.
Asks the model for what is in neither and not in the cache. Holds the articles that are being asked about and
a bounded number of lines that wait for them. Knows nothing of files, formats or models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarise.article import Article
from summarise.batch.cache import Cache
from summarise.batch.counts import BatchCounts
from summarise.batch.index import Index
from summarise.batch.journal import Journal
from summarise.batch.record import Record
from summarise.errors import InputError, SummariseError
from summarise.output import write_json, write_summary

if TYPE_CHECKING:
    from summarise.api import Outcome

MOST_WAITING = 256
"""Lines that wait for an article before them; more are written early, and the end puts them in order."""

Ask = Callable[[Iterator[Article]], Iterator["Outcome[Any]"]]
"""Summarises articles lazily: an outcome for each, with the very article it was given, in any order."""


@dataclass
class _Turn:
    """An article whose turn to be written has not come: asked about, where it has no line yet."""

    record: Record
    article: Article
    position: int
    line: str | None = None


class Sorter:
    """One run over the records of a batch."""

    def __init__(self, done: Journal, failed: Journal, cache: Cache | None = None) -> None:
        self.counts = BatchCounts()
        self._done, self._failed, self._cache = done, failed, cache
        self._turns: dict[int, _Turn] = {}  # by the identity of their articles, in the order of the input
        self._ids = Index()  # of the articles met: the first that has an id keeps it, whatever becomes of it

    def run(
        self, records: Iterable[Record], ask: Ask, limit: int | None, show: Callable[[BatchCounts], None]
    ) -> None:
        """Sorts all records; asks about `limit` articles at most."""
        with closing(self._ids):
            for outcome in ask(self._to_ask(records, limit, show)):
                self._end(outcome)
                show(self.counts)
        self._write_ready()
        if self._turns:
            raise RuntimeError("the model's stream ended before its articles did")

    def _to_ask(
        self, records: Iterable[Record], limit: int | None, show: Callable[[BatchCounts], None]
    ) -> Iterator[Article]:
        asked = 0
        for position, record in enumerate(records):
            article = record.article
            if article is None or not self._is_new(record, article, position):
                self.counts.inputs += 1
                if article is None:
                    self._fail(record, record.error or SummariseError("no article"), position)
                show(self.counts)
                continue
            if asked == limit:
                self.counts.stopped = True
                return
            asked += 1
            self.counts.inputs += 1
            self._take_turn(_Turn(record, article, position))
            yield article

    def _is_new(self, record: Record, article: Article, position: int) -> bool:
        """Whether the model has to be asked; if not, what became of the article is noted."""
        id = record.id or record.input
        if not self._ids.claim(id):
            self._fail(record, InputError(f"the id {id!r} was given before", "make ids unique"), position)
            return False
        if self._done.holds(id, article.sha256):
            self._done.meet(id, position)
            self.counts.earlier += 1
        elif self._failed.holds(record.input, article.sha256):
            self._failed.meet(record.input, position)
            self.counts.failed += 1
            self.counts.failed_earlier += 1
        elif self._cache and (line := self._cache.find(article.sha256, article.id)):
            self._take_turn(_Turn(record, article, position, line))
        else:
            return True
        return False

    def _take_turn(self, turn: _Turn) -> None:
        if turn.line is not None and (not self._turns or len(self._turns) >= MOST_WAITING):
            self._write_cached(turn, turn.line)
            return
        self._turns[id(turn.article)] = turn

    def _end(self, outcome: Outcome[Any]) -> None:
        self._write_ready()
        turn = self._turns.pop(id(outcome.article), None)
        if turn is None:
            raise RuntimeError("the model's stream told of an article that it was not given, or twice")
        if outcome.summary is None:
            self._fail(turn.record, outcome.error or SummariseError("no summary"), turn.position)
        else:
            turn.line = write_summary(outcome.summary, line=True)
            self._write(turn, turn.line)
            self.counts.summarised += 1
            if self._cache:
                self._cache.keep(turn.article.sha256, turn.line)
        self._write_ready()

    def _write_ready(self) -> None:
        while self._turns and (turn := next(iter(self._turns.values()))).line is not None:
            del self._turns[id(turn.article)]
            self._write_cached(turn, turn.line)

    def _write_cached(self, turn: _Turn, line: str) -> None:
        self._write(turn, line)
        self.counts.cached += 1

    def _write(self, turn: _Turn, line: str) -> None:
        self._done.append(turn.record.id or turn.record.input, turn.article.sha256, line, turn.position)

    def _fail(self, record: Record, error: SummariseError, position: int) -> None:
        entry = {"input": record.input, "id": record.id, "error": error.message, "hint": error.hint}
        entry["sha256"] = record.article.sha256 if record.article else None
        name, version = failed_key(entry)
        if self._failed.met(name):  # one place, two failures: both count
            name = f"{name}\0{position}"
        if self._failed.holds(name, version):
            self._failed.meet(name, position)
        else:
            self._failed.append(name, version, write_json(entry, line=True), position)
        self.counts.failed += 1


def done_key(data: dict[str, dict[str, str]]) -> tuple[str, str]:
    """The name and version under which a summary's line is kept."""
    return data["article"]["id"], data["article"]["sha256"]


def failed_key(data: dict[str, str | None]) -> tuple[str, str]:
    """The name and version under which a failure is kept: of an article its text, else the reason."""
    return str(data["input"]), data["sha256"] or str(data["error"])
