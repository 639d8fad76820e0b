"""The flow of `summarise view`: inputs to summaries with their texts, to pages, to files.

Of several a bad one costs only itself, as with the main command; what goes wrong with the only one is raised.
Goes through the inputs twice: what they are and which texts they lack is known before the first page is made.
So it holds those texts and one page at a time, and no other summary or article.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from summarise.article import Article
from summarise.batch.record import Form
from summarise.cli.again import Again
from summarise.cli.pages import name_page, place_page, place_pages, write_page
from summarise.cli.saved import STDIN
from summarise.cli.stdout import write_out
from summarise.cli.summaries import Found, Given, wanted_text
from summarise.cli.texts import Texts
from summarise.errors import DecodeError, InputError, SummariseError, UsageError, of_input
from summarise.saved import read_summary_json
from summarise.view import View, index_row, render_index, render_view

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.summary import Summary


@dataclass(frozen=True)
class Source:
    """What a command line names. load: the model, for articles; it is loaded for the first of them."""

    inputs: Sequence[str]
    articles: Sequence[str]
    form: Form
    load: Callable[[], Summariser]

    @cached_property
    def summariser(self) -> Summariser:
        """The model, once."""
        return self.load()


def write_views(source: Source, out: str | None, *, quiet: bool) -> int:
    """Writes the page or the pages, and says where; the exit code, that of the first that failed."""
    with ExitStack() as kept:
        views = _Views(source, Again(kept), quiet)
        if views.count > 1 and out == STDIN:
            raise UsageError(f"{views.count} articles can't be one page on stdout", "name a folder with -o")
        if views.count == 1:
            ((_, view),) = views
            page = render_view(view)
            if out == STDIN:
                write_out(page)
                return 0
            path = place_page(source.inputs, out, view)
            write_page(path, page, (*source.inputs, *source.articles))
        else:
            path = _write_folder(source, place_pages(source.inputs, out), views)
    if not quiet:
        _note(f"wrote {path}")
    return views.code


def _write_folder(source: Source, folder: Path, views: _Views) -> Path:
    rows = []
    read = (*source.inputs, *source.articles)
    for number, (name, view) in enumerate(views, 1):
        file = name_page(number, view)
        try:
            page = render_view(view, index="index.html")
        except InputError as error:
            views.fail(name, error)
            continue
        write_page(folder / file, page, read)
        rows.append(index_row(view, file))
    if not rows:
        raise InputError("none of the summaries can be shown", "see the lines above")
    write_page(folder / "index.html", render_index(rows), read)
    return folder / "index.html"


class _Views:
    """What the inputs hold, by its name, as views, one at a time.

    count: how many there are, those that fail too; code: that of the first failure so far.
    """

    def __init__(self, source: Source, again: Again, quiet: bool) -> None:
        self.count = self.code = 0
        self._source, self._quiet = source, quiet
        self._given = Given(source.inputs, source.form, again)
        self._wanted = set[str]()
        for _, what in self._given:
            self.count += 1
            if isinstance(what, bytes) and (sha256 := wanted_text(what)):
                self._wanted.add(sha256)

    def __iter__(self) -> Iterator[tuple[str, View]]:
        texts = Texts(self._source.articles, self._wanted, self._source.form, _note)
        for name, what in self._given:
            try:
                yield name, self._view(name, what, texts)
            except (InputError, DecodeError) as error:
                self.fail(name, error)

    def _view(self, name: str, what: Found, texts: Texts) -> View:
        if isinstance(what, InputError):
            raise what
        if not isinstance(what, bytes):
            article = what()
            return View(self._summarise(article), article.text)
        summary = read_summary_json(what, name)
        return View(summary, texts.text_of(summary))

    def fail(self, name: str, error: SummariseError) -> None:
        """Notes what went wrong with `name`, or raises it where there is nothing else."""
        if self.count == 1:
            raise error
        _note(of_input(name, error))
        self.code = self.code or error.exit_code

    def _summarise(self, article: Article) -> Summary:
        from summarise.cli.reading import show_windows

        with show_windows(not self._quiet) as progress:
            return self._source.summariser.summarise(article, progress=progress)


def _note(text: str) -> None:
    print(f"summarise: {text}", file=sys.stderr)
