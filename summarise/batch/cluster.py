"""A batch on the workers of a Ray cluster: articles out, outcomes back, through Ray Data.

The driver reads the inputs and keeps the journals as ever; here it hands blocks of articles to actors that
hold the model, and takes outcomes as they come. Ray starts actors anew and repeats what a lost one was at;
an article over which workers keep dying is given up, as the one that fails alone.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from summarise.article import Article
from summarise.batch.address import FORMS, check_address
from summarise.batch.sharing import share_out
from summarise.errors import ModelError, SummariseError, UsageError
from summarise.summary import Summary

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody

import pyarrow as pa

try:
    import ray
    import ray.data
    from ray.exceptions import RayError
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy
except ImportError as error:
    raise UsageError("Ray is not installed", "pip install 'summarise[ray]'") from error

if TYPE_CHECKING:
    from summarise.api import Outcome, Summariser

MOST_ARTICLES = 50_000
MOST_CHARACTERS = 200_000_000
"""Of articles handed out at a time: they lie in the cluster's store until the last is done, and the workers
load the model once for all of them."""
MOST_DEATHS = 3
"""Of workers over one article, before it is given up."""

RETRY = "run the batch again with --retry-failed"
_remote: Any = ray.remote  # the stubs know neither this strategy nor a class
_nodes: Any = ray.nodes

Load = Callable[[], "Summariser"]


class Cluster:
    """Does for a batch what a Summariser does, on other processes and machines.

    The inputs may be anything the driver can read; only articles travel. Every worker has to have this
    version of summarise, and the model or the network to get it. A schema of one's own does not travel.
    """

    output = Summary

    def __init__(self, load: Load, address: str, *, workers: int | None = None) -> None:
        """load: makes a worker's Summariser; is sent to the workers. address: of a running cluster that this
        machine is a node of (`auto`, or `HOST:PORT` of its head), or `local` for one of this machine alone,
        which ends with `close`. workers: how many hold the model, None: one for each GPU, else for every two
        CPUs.

        Raises UsageError where there is no such cluster or it is too small.
        """
        self._load = load
        _join(address)
        try:
            nodes = [node["Resources"] for node in _nodes() if node["Alive"]]
            self.workers, self._needs = share_out(nodes, workers)
        except UsageError:
            self.close()
            raise
        self._fingerprints: dict[bool, Mapping[str, Any]] = {}
        """What a worker told, without and with the articles' text in the summaries."""

    def close(self) -> None:
        """Leaves the cluster; a local one ends."""
        ray.shutdown()

    def fingerprint(self, *, with_text: bool = False) -> Mapping[str, Any]:
        """As a worker's Summariser has it: one loads the model to tell, the first time."""
        if with_text in self._fingerprints:
            return dict(self._fingerprints[with_text])
        tell = _remote(max_calls=1, **self._needs)(_tell_fingerprint)
        with _telling():
            told = ray.get(tell.remote(self._load, with_text))
        if isinstance(told, SummariseError):
            raise told
        self._fingerprints[with_text] = told
        return dict(told)

    def stream(
        self, articles: Iterable[Article], *, rows: int = 1, with_text: bool = False
    ) -> Iterator[Outcome]:
        """The outcome of every article, as they end.

        rows: how many articles a worker decodes at a time. Raises ModelError where a worker can't have the
        model, or would write other summaries than the first said, and where the cluster breaks. What breaks
        `articles` is raised when those before it have ended.
        """
        source, broken = iter(articles), list[Exception]()
        expected = self.fingerprint(with_text=with_text)
        while not broken and (given := list(_some(source, broken))):
            with _telling():
                yield from self._run(given, rows, with_text, expected)
        if broken:
            raise broken[0]

    def _run(
        self, given: Sequence[Article], rows: int, with_text: bool, expected: Mapping[str, Any]
    ) -> Iterator[Outcome]:
        from summarise.api import Outcome

        # where the driver is: a node that is lost takes no count with it
        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        tally = _remote(num_cpus=0, scheduling_strategy=here)(_Tally).remote()
        blocks = [
            pa.table({"number": range(at, at + len(block)), "article": [pickle.dumps(a) for a in block]})
            for at in range(0, len(given), rows)
            if (block := given[at : at + rows])
        ]
        told = ray.data.from_arrow(blocks).map_batches(
            _Worker,
            fn_constructor_kwargs={
                "load": self._load,
                "with_text": with_text,
                "expected": dict(expected),
                "tally": tally,
            },
            batch_size=None,  # a block
            compute=ray.data.ActorPoolStrategy(
                size=min(self.workers, len(blocks)), max_tasks_in_flight_per_actor=2
            ),
            **self._needs,
        )
        left = dict(enumerate(given))
        for row in told.iter_rows():
            error = pickle.loads(row["error"]) if row["error"] else None
            if isinstance(error, ModelError):
                raise error
            # a worker that was lost may have told some of its articles before
            if (article := left.pop(int(row["number"]), None)) is not None:
                summary = pickle.loads(row["summary"]) if row["summary"] else None
                yield Outcome(article, summary, error)
        for article in left.values():
            yield Outcome(article, error=SummariseError("the cluster lost it", RETRY))


class _Tally:
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


class _Worker:
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
                "install the same version of summarise on every node",
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
    kept = [pickle.dumps(part) if part is not None else b"" for part in (summary, error)]
    return {"number": [number], "summary": kept[:1], "error": kept[1:]}


def _given_up() -> SummariseError:
    return SummariseError(f"{MOST_DEATHS} workers died over it", f"look at the memory of the nodes; {RETRY}")


def _tell_fingerprint(load: Load, with_text: bool) -> Mapping[str, Any] | SummariseError:
    """On a worker, whose errors would else come back inside one of Ray's."""
    try:
        return load().fingerprint(with_text=with_text)
    except SummariseError as error:
        return error


def _join(address: str) -> None:
    check_address(address)
    try:
        ray.init(
            address=address,
            log_to_driver=False,
            logging_level=logging.ERROR,
            include_dashboard=False if address == "local" else None,
        )
    except (OSError, ValueError, RuntimeError) as error:
        line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise UsageError(f"no Ray cluster at {address}: {line}", FORMS) from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False


def _some(source: Iterator[Article], broken: list[Exception]) -> Iterator[Article]:
    """The next articles that are handed out at a time; what breaks the source is kept for later."""
    characters = count = 0
    while count < MOST_ARTICLES and characters < MOST_CHARACTERS:
        try:
            article = next(source)
        except StopIteration:
            return
        except Exception as error:
            broken.append(error)
            return
        yield article
        count += 1
        characters += len(article.text)


@contextmanager
def _telling() -> Iterator[None]:
    """What Ray raises, with pages of where, as an error of one line."""
    try:
        yield
    except RayError as error:
        *_, said = str(error).strip().splitlines() or [type(error).__name__]  # the last line says why
        raise ModelError(
            f"the cluster fails: {said.strip()}",
            "look whether every node has this version of summarise and room for the model; then run it again",
        ) from error


def _here() -> str:
    return os.uname().nodename
