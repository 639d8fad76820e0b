"""A batch on the workers of a Ray cluster: articles out, outcomes back, through Ray Data.

The driver reads the inputs and keeps the journals as ever; here it hands blocks of articles to actors that
hold the model, and takes outcomes as they come. Ray starts actors anew and repeats what a lost one was at;
an article over which workers keep dying is given up, as the one that fails alone.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarise.article import Article
from summarise.batch.address import FORMS, check_address
from summarise.batch.parcel import unpack
from summarise.batch.sharing import share_out
from summarise.errors import ModelError, SummariseError, UsageError
from summarise.schema import Schema, read_schema
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

from summarise.batch.worker import RETRY, Load, Tally, Worker, tell_fingerprint

if TYPE_CHECKING:
    from summarise.api import Outcome

MOST_ARTICLES = 50_000
MOST_CHARACTERS = 200_000_000
"""Of articles handed out at a time: they lie in the cluster's store until the last is done, and the workers
load the model once for all of them."""

_remote: Any = ray.remote  # the stubs know neither this strategy nor a class
_nodes: Any = ray.nodes


class Cluster:
    """Does for a batch what a Summariser does, on other processes and machines.

    The inputs may be anything the driver can read; only articles travel. Every worker has to have this
    version of summarise, and the model or the network to get it.
    """

    def __init__(
        self,
        load: Load,
        address: str,
        *,
        workers: int | None = None,
        schema: type[BaseModel] | None = None,
    ) -> None:
        """load: makes a worker's Summariser; is sent to the workers. address: of a running cluster that this
        machine is a node of (`auto`, or `HOST:PORT` of its head), or `local` for one of this machine alone,
        which ends with `close`. workers: how many hold the model, None: one for each GPU, else for every two
        CPUs. schema: what the Summarisers are asked for, None: news; its module has to be on every node.

        Raises UsageError where there is no such cluster or it is too small, and for a schema that no other
        process could find.
        """
        self._load = load
        self._schema = None if schema is None else read_schema(schema)
        self.output: type[BaseModel] = Summary
        if self._schema is not None:
            _check_found_elsewhere(self._schema)
            self.output = self._schema.report
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
        tell = _remote(max_calls=1, **self._needs)(tell_fingerprint)
        with _telling():
            told = ray.get(tell.remote(self._load, with_text))
        if isinstance(told, SummariseError):
            raise told
        if told.get("fields") != (own := None if self._schema is None else self._schema.id):
            raise ModelError(
                f"a worker has another schema ({told.get('fields')}, not {own})",
                "have the same module or file on every node",
            )
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
        tally = _remote(num_cpus=0, scheduling_strategy=here)(Tally).remote()
        blocks = [
            pa.table({"number": range(at, at + len(block)), "article": [pickle.dumps(a) for a in block]})
            for at in range(0, len(given), rows)
            if (block := given[at : at + rows])
        ]
        told = ray.data.from_arrow(blocks).map_batches(
            Worker,
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
                summary = unpack(row["summary"], self.output) if row["summary"] else None
                yield Outcome(article, summary, error)
        for article in left.values():
            yield Outcome(article, error=SummariseError("the cluster lost it", RETRY))


def _check_found_elsewhere(schema: Schema[Any]) -> None:
    """Raises UsageError for a schema whose classes, of which reports are made, have no name in a module."""
    for one in (schema.model, *(entries.entry for entries in schema.entries)):
        try:
            pickle.dumps(one)
            known = one.__module__ != "__main__"  # of a worker that is another program
        except (pickle.PicklingError, AttributeError):
            known = False
        if not known:
            raise UsageError(
                f"no worker of a cluster could find {one.__name__}",
                "define it at the top of a module or file that every node has",
            )


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
