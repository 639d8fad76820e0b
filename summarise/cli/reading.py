"""The loop of the main command: read, summarise and print one article after the other.

Of several articles a bad one costs only itself; a model that is not there costs them all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from tqdm import tqdm

from summarise.article import Article
from summarise.errors import InputError, SummariseError, of_input
from summarise.output import write_summary
from summarise.read import MOST_CHARACTERS, read_bytes, read_file
from summarise.terminal import draws

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.batch.cache import Cache


def print_summaries(
    names: Sequence[str],
    read: Callable[[str], Article],
    load: Callable[[], Summariser[Any]],
    *,
    with_text: bool,
    quiet: bool,
    bar: bool,
    cache: Path | None = None,
    put: Callable[[str], None],
) -> int:
    """Gives `put` the summary of every article, as a line of JSON; the exit code, that of the first failure.

    The model is loaded for the first article that can be read. What goes wrong with the only
    article, or with the model, is raised; where every article fails, Exit. bar: of several articles.
    """
    desk: _Desk | None = None
    code = 0
    wrote = False
    bar = bar and len(names) > 1 and draws(sys.stderr)
    try:
        for name in tqdm(names, unit="article", disable=not bar):
            try:
                article = read(name)
                desk = desk or _Desk(load(), cache, with_text)
                with show_windows(len(names) == 1 and not quiet) as progress:
                    line = desk.summarise(article, progress)
            except SummariseError as error:
                if len(names) == 1 or (desk is None and not isinstance(error, InputError)):
                    raise
                note(f"summarise: {of_input(name, error)}")
                code = code or error.exit_code
            else:
                put(line)
                wrote = True
    finally:
        if desk:
            desk.close()
    if not wrote:
        raise typer.Exit(code)
    return code


class _Desk:
    """A loaded model and, where one was named, the cache that spares it."""

    def __init__(self, summariser: Summariser[Any], cache: Path | None, with_text: bool) -> None:
        self._summariser, self._with_text = summariser, with_text
        self._cache: Cache | None = None
        if cache is not None:
            from summarise.batch.cache import Cache

            self._cache = Cache(cache, summariser.fingerprint(with_text=with_text), note)

    def summarise(self, article: Article, progress: Callable[[int, int], None]) -> str:
        """The summary's line."""
        line = self._cache.find(article.sha256, article.id) if self._cache else None
        if line is None:
            summary = self._summariser.summarise(article, with_text=self._with_text, progress=progress)
            line = write_summary(summary, line=True)
            if self._cache:
                self._cache.keep(article.sha256, line)
        return line

    def close(self) -> None:
        """Lets go of the cache."""
        if self._cache:
            self._cache.close()


def read_one(name: str, *, html: bool | None, most: int | None) -> Article:
    """The article in the file `name`, or of standard input where it is `-`."""
    limit = MOST_CHARACTERS if most is None else most
    if name != "-":
        return read_file(Path(name), html=html, most=limit)
    if sys.stdin is None:
        raise InputError("standard input is closed", "name a file or pipe an article in")
    return read_bytes(sys.stdin.buffer.read(), html=html, most=limit)


def note(text: str) -> None:
    """A line for people, on stderr and clear of the progress bar."""
    tqdm.write(text, file=sys.stderr)


@contextmanager
def show_windows(wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar of the windows of one article, on a terminal only."""
    form = "reading: {n_fmt}/{total_fmt} windows [{elapsed}]"
    with tqdm(bar_format=form, leave=False, disable=not (wanted and draws(sys.stderr))) as bar:

        def show(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)
            bar.refresh()

        yield show
