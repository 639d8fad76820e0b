"""What a batch would cost: everything read and counted, nothing written, two articles timed.

The two are the ones with the smallest hashes, so they are drawn by chance and yet the same each time. The
estimate takes it that time grows with an article's tokens; it knows nothing of a cache, or of what else the
machine will be doing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from summarise.article import Article
from summarise.batch.index import Index
from summarise.batch.journal import Journal
from summarise.batch.place import Place, begin, find_place
from summarise.batch.record import Record
from summarise.batch.run import BatchOptions, find_inputs
from summarise.batch.sort import done_key, failed_key

if TYPE_CHECKING:
    from summarise.api import Summariser

SAMPLE = 2


def estimate_batch(
    load: Callable[[], Summariser[Any]], inputs: Sequence[str | Path], out: str | Path, options: BatchOptions
) -> dict[str, object]:
    """Counts of the inputs and of what is left to do, and the seconds that this would take, as plain data.

    Raises SummariseError where the batch itself would before its first article.
    """
    place = find_place(out)
    found = find_inputs(inputs, options.form, place)
    summariser = load()
    begin(place, summariser.fingerprint(with_text=options.with_text), write=False)
    with ExitStack() as stack:
        tally = _Tally(place, options, summariser.count_tokens, stack)
        for record in found:
            if tally.asked == options.limit:
                break
            tally.add(record)
    started = perf_counter()
    timed = list(summariser.stream(tally.sample, rows=1))
    seconds = perf_counter() - started
    measured = sum(summariser.count_tokens(outcome.article.text) for outcome in timed)
    pace = seconds / measured if measured else 0.0
    return {
        "inputs": tally.inputs,
        "failures": sum(tally.failures.values()),
        "failures_by_error": dict(tally.failures.most_common()),
        "earlier": tally.earlier,
        "to_do": {"articles": tally.asked, "characters": tally.characters, "tokens": tally.tokens},
        "calibration": {"articles": len(timed), "tokens": measured, "seconds": round(seconds, 2)},
        "estimated_seconds": round(pace * tally.tokens),
    }


class _Tally:
    """Counts records as a run would sort them; holds two articles."""

    def __init__(
        self, place: Place, options: BatchOptions, count_tokens: Callable[[str], int], stack: ExitStack
    ) -> None:
        self.inputs = self.earlier = self.asked = self.characters = self.tokens = 0
        self.failures: Counter[str] = Counter()
        self.sample: list[Article] = []
        self._count_tokens = count_tokens
        self._done = stack.enter_context(closing(Journal(place.journal, done_key)))
        self._failed = stack.enter_context(closing(Journal(place.failed, failed_key)))
        self._retry = options.retry_failed
        self._ids = stack.enter_context(closing(Index()))

    def add(self, record: Record) -> None:
        """Counts a record."""
        self.inputs += 1
        article, id = record.article, record.id or record.input
        if article is None:
            self.failures[record.error.message if record.error else ""] += 1
        elif not self._ids.claim(id):
            self.failures["the id was given before"] += 1
        elif self._done.holds(id, article.sha256):
            self.earlier += 1
        elif not self._retry and self._failed.holds(record.input, article.sha256):
            self.failures["failed in an earlier run"] += 1
        else:
            self._count(article)

    def _count(self, article: Article) -> None:
        self.asked += 1
        self.characters += len(article.text)
        self.tokens += self._count_tokens(article.text)
        self.sample = sorted([*self.sample, article], key=lambda one: one.sha256)[:SAMPLE]
