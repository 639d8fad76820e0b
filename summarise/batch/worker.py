"""The far side of a cluster: an actor that holds the model, and one that counts who died over what.

Runs in processes that Ray starts, on any of its nodes. What goes wrong there comes back as an answer: an
error that is raised would make Ray try again, or come wrapped in its own.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ray

from summarise.article import Article
from summarise.batch.parcel import pack
from summarise.errors import ModelError, SummariseError

if TYPE_CHECKING:
    from summarise.api import Summariser

MOST_DEATHS = 3
"""Of workers over one article, before it is given up."""
RETRY = "run the batch again with --retry-failed"

Load = Callable[[], "Summariser[Any]"]


def tell_fingerprint(load: Load, with_text: bool) -> Mapping[str, Any] | SummariseError:
    """What a Summariser here would write, or why there is none."""
    try:
        return load().fingerprint(with_text=with_text)
    except SummariseError as error:
        return type(error)(f"on {_here()}: {error.message}", error.hint)


class Tally:
    """An actor that counts how often each article was begun and not ended: one that is, is begun again."""

    def __init__(self) -> None:
        self._begun: dict[int, int] = {}

    def begin_all(self, numbers: Sequence[int]) -> bool:
        """Counts a beginning of each, unless one of them was begun before: then none."""
        if any(number in self._begun for number in numbers):
            return False
        self._begun |= dict.fromkeys(numbers, 1)
        return True

    def begin(self, number: int) -> bool:
        """Counts a beginning, unless too many died over it."""
        before = self._begun.get(number, 0)
        if before >= MOST_DEATHS:
            return False
        self._begun[number] = before + 1
        return True

    def end(self, numbers: Sequence[int]) -> None:
        """All of them ended, well or not."""
        for number in numbers:
            self._begun.pop(number, None)


class Worker:
    """An actor that holds the model. Raises nothing that Ray would try again: errors are answers."""

    def __init__(self, load: Load, with_text: bool, expected: Mapping[str, Any], tally: Any) -> None:
        self._with_text, self._tally = with_text, tally
        self._broken: ModelError | None = None
        try:
            self._summariser = load()
        except SummariseError as error:
            self._broken = ModelError(f"on {_here()}: {error.message}", error.hint)
            return
        found = self._summariser.fingerprint(with_text=with_text)
        other = sorted(k for k in {*found, *expected} if found.get(k) != expected.get(k))
        if other:
            told = "; ".join(f"{k}: {found.get(k)}, not {expected.get(k)}" for k in other)
            self._broken = ModelError(
                f"the worker on {_here()} would write other summaries ({told})",
                "have the same version of summarise, and the same schema, on every node",
            )

    def __call__(self, block: dict[str, Any]) -> Iterator[dict[str, list[Any]]]:
        """The outcomes of a block of articles, a row each."""
        numbers = [int(n) for n in block["number"]]
        if self._broken is not None:
            yield _row(numbers[0], error=self._broken)
            return
        articles = [pickle.loads(a) for a in block["article"]]
        if ray.get(self._tally.begin_all.remote(numbers)):
            yield from self._together(numbers, articles)
            ray.get(self._tally.end.remote(numbers))
            return
        # a worker was lost over one of them: alone, each can only harm itself
        for number, article in zip(numbers, articles, strict=True):
            if ray.get(self._tally.begin.remote(number)):
                yield from self._together([number], [article])
                ray.get(self._tally.end.remote([number]))
            else:
                yield _row(number, error=_given_up())

    def _together(
        self, numbers: Sequence[int], articles: Sequence[Article]
    ) -> Iterator[dict[str, list[Any]]]:
        outcomes = self._summariser.stream(articles, rows=len(articles), with_text=self._with_text)
        try:
            for number, outcome in zip(numbers, outcomes, strict=True):
                yield _row(number, outcome.summary, outcome.error)
        except ModelError as error:
            yield _row(numbers[0], error=error)


def _row(number: int, summary: Any = None, error: SummariseError | None = None) -> dict[str, list[Any]]:
    return {
        "number": [number],
        "summary": [pack(summary) if summary is not None else b""],
        "error": [pickle.dumps(error) if error is not None else b""],
    }


def _given_up() -> SummariseError:
    return SummariseError(f"{MOST_DEATHS} workers died over it", f"look at the memory of the nodes; {RETRY}")


def _here() -> str:
    return os.uname().nodename
