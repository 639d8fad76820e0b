"""The loop of the main command: read, summarise and print one article after the other.

Of several articles a bad one costs only itself; a model that is not there costs them all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from summarise.article import Article
from summarise.cli.stdout import write_out
from summarise.errors import InputError, SummariseError
from summarise.output import write_summary
from summarise.read import MOST_CHARACTERS, read_bytes, read_file

if TYPE_CHECKING:
    from summarise.api import Summariser


def print_summaries(
    names: Sequence[str],
    read: Callable[[str], Article],
    load: Callable[[], Summariser],
    *,
    with_text: bool,
    quiet: bool,
) -> int:
    """Prints the summary of every article; the exit code, that of the first article that failed.

    The model is loaded for the first article that can be read. What goes wrong with the only
    article, or with the model, is raised.
    """
    summariser: Summariser | None = None
    code = 0
    # summaries that scroll by on a terminal are progress enough, and a bar would stand among them
    bar = len(names) > 1 and not quiet and not sys.stdout.isatty()
    for name in tqdm(names, unit="article", disable=not (bar and sys.stderr.isatty())):
        try:
            article = read(name)
            summariser = summariser or load()
            with _show_windows(len(names) == 1 and not quiet) as progress:
                summary = summariser.summarise(article, with_text=with_text, progress=progress)
        except SummariseError as error:
            if len(names) == 1 or (summariser is None and not isinstance(error, InputError)):
                raise
            note(f"summarise: {name}: {error}")
            code = code or error.exit_code
        else:
            write_out(write_summary(summary, line=len(names) > 1))
    return code


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
def _show_windows(wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar of the windows of one article, on a terminal only."""
    form = "reading: {n_fmt}/{total_fmt} windows [{elapsed}]"
    with tqdm(bar_format=form, leave=False, disable=not (wanted and sys.stderr.isatty())) as bar:

        def show(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)
            bar.refresh()

        yield show
