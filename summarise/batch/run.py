"""A whole batch: lock, journals, loop, order, and the Parquet file at the end.

A run that is killed at any point, by whatever, goes on where it was when it is started again: what decides is
the journal alone. Nothing is written before the lock is held and the fingerprint fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from summarise.article import Article
from summarise.batch.cache import Cache
from summarise.batch.counts import BatchCounts
from summarise.batch.inputs import Inputs
from summarise.batch.journal import Journal
from summarise.batch.place import Place, begin, find_place, hold
from summarise.batch.record import Form
from summarise.batch.sort import Sorter, done_key, failed_key
from summarise.errors import InputError, UsageError
from summarise.read import MOST_CHARACTERS

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarise.api import Outcome

Show = Callable[[BatchCounts, float | None], None]
"""Called after each input, with the share of the inputs that has ended; None where it is not known."""


class Summarises(Protocol):
    """What a batch asks of a Summariser, or of a cluster of them."""

    @property
    def output(self) -> type[BaseModel]:
        """The model of a summary, or of the report that takes its place."""

    def fingerprint(self, *, with_text: bool = False) -> Mapping[str, object]:
        """All that a summary's bytes depend on beside its article, by name."""

    def stream(
        self, articles: Iterable[Article], *, rows: int = 1, with_text: bool = False
    ) -> Iterator[Outcome[Any]]:
        """An outcome for each article, with that very article, in any order; `rows` at a time."""


def _silent(*_: object) -> None:
    pass


@dataclass(frozen=True)
class BatchOptions:
    """How a batch is done.

    text_field, id_field: where a record of JSON Lines or Parquet has its text and its id. html: whether the
    inputs are pages; None: seen of files, never of records. most: characters beyond which an article is
    refused. with_text: whether summaries hold their article's text. rows: how many articles are decoded at a
    time. limit: most articles to ask the model about in this run. retry_failed: whether articles that failed
    in an earlier run are tried again. cache: a SQLite file of summaries made before. note: takes lines for
    people; show: is shown how far the run is.
    """

    text_field: str = "text"
    id_field: str = "id"
    html: bool | None = None
    most: int = MOST_CHARACTERS
    with_text: bool = False
    rows: int = 1
    limit: int | None = None
    retry_failed: bool = False
    cache: Path | None = None
    note: Callable[[str], None] = _silent
    show: Show | None = None

    @property
    def form(self) -> Form:
        """How the articles lie in the inputs."""
        return Form(self.text_field, self.id_field, self.html, self.most)


def write_batch(
    summariser: Summarises | Callable[[], Summarises],
    inputs: str | Path | Sequence[str | Path],
    out: str | Path,
    options: BatchOptions | None = None,
) -> BatchCounts:
    """Summarises everything that `inputs` name into `out`, a .jsonl or a .parquet file; what became of it.

    inputs: files, folders and globs, as on the command line. summariser: or what loads it. Called again with
    the same arguments it goes on where it was. Raises SummariseError for what concerns all inputs alike.
    """
    options = options or BatchOptions()
    inputs = [inputs] if isinstance(inputs, str | Path) else inputs
    place = find_place(out)
    with hold(place):
        found = find_inputs(inputs, options.form, place)
        loaded = summariser() if callable(summariser) else summariser
        fingerprint = loaded.fingerprint(with_text=options.with_text)
        begin(place, fingerprint)
        with ExitStack() as stack:
            done = stack.enter_context(_journal(place.journal, done_key, options))
            failed = stack.enter_context(_journal(place.failed, failed_key, options))
            cache = None
            if options.cache is not None:
                cache = Cache(options.cache, fingerprint, options.note)
                stack.callback(cache.close)
            if options.retry_failed:
                failed.forget()
            sorter = Sorter(done, failed, cache)
            counts = sorter.counts
            sorter.run(
                found,
                lambda articles: loaded.stream(articles, rows=options.rows, with_text=options.with_text),
                options.limit,
                _shower(found, options.show),
            )
            _settle(place, done, failed, counts, loaded.output)
        _tell_passed_over(found, options.note)
        return counts


def find_inputs(names: Sequence[str | Path], form: Form, place: Place | None) -> Inputs:
    """The inputs. Raises InputError or UsageError where none of the names stands for anything."""
    inputs = Inputs([str(name) for name in names], form, place.files() if place else ())
    if not inputs.anything():
        first = next(iter(inputs), None)
        error = first.error if first else None
        if first and error:
            raise InputError(f"{first.input}: {error.message}", error.hint)
        if names:
            raise UsageError("there is nothing to read but the output itself", "name another output")
        raise UsageError("no input", "name files, folders, globs, or `-`")
    return inputs


def _shower(inputs: Inputs, show: Show | None) -> Callable[[BatchCounts], None]:
    if show is None:
        return _silent
    size = inputs.size()  # walks the folders once more

    def tell(counts: BatchCounts) -> None:
        # many may have been read and lie with a cluster: done is what has been written down
        ended = counts.ended / max(counts.inputs, 1)
        show(counts, ended * inputs.read / size if size else None)

    return tell


@contextmanager
def _journal(path: Path, key: Callable[..., tuple[str, str]], options: BatchOptions) -> Iterator[Journal]:
    journal = Journal(path, key)
    if journal.damaged:
        options.note(f"{path} has {journal.damaged} damaged lines; what they held is done again")
    try:
        yield journal
    finally:
        journal.close()


def _settle(
    place: Place, done: Journal, failed: Journal, counts: BatchCounts, output: type[BaseModel]
) -> None:
    complete = not counts.stopped
    counts.others = 0 if counts.stopped else done.count(met=False)
    if counts.ended != counts.inputs or (
        (done.count(met=True), failed.count(met=True)) != (counts.ended - counts.failed, counts.failed)
    ):
        raise RuntimeError(f"the counts of the batch do not add up: {counts}")
    done.settle(complete=complete, keep_unmet=True)
    failed.settle(complete=complete, keep_unmet=False)
    if place.is_table:
        from summarise.batch.columns import write_table

        with place.journal.open("rb") as lines:
            write_table(lines, place.out, output)


def _tell_passed_over(inputs: Inputs, note: Callable[[str], None]) -> None:
    passed = inputs.sources.passed_over
    if passed:
        kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in passed.most_common(4))
        note(f"{passed.total():,} files in the folders are no articles and were passed over ({kinds})")
