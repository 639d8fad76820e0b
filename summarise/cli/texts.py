"""The texts that summaries were made of, found by their sha256, whatever their files are called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from summarise.article import Article
from summarise.batch.inputs import Inputs
from summarise.batch.record import Form
from summarise.cli.reading import read_one
from summarise.errors import InputError, of_input
from summarise.read import MOST_CHARACTERS
from summarise.summary import ArticleInfo, Summary

_KNOWN = "name the article with --article: its file, or a folder or JSON Lines that has it"


class Texts:
    """The texts of the articles under `names` whose sha256 is `wanted`; others are only remembered by name.

    note: is told of what can't be read, unless it is the only thing there is; that is raised.
    """

    def __init__(
        self, names: Sequence[str], wanted: Collection[str], form: Form, note: Callable[[str], None]
    ) -> None:
        self._texts: dict[str, str] = {}
        self._files: set[str] = set()
        self._given = bool(names)
        for article in _read(names, form, note):
            if article.sha256 in wanted:
                self._texts[article.sha256] = article.text
            elif article.id is not None:
                self._files.add(_file(article.id))

    def text_of(self, summary: Summary) -> str:
        """The text that `summary` was made of. Raises InputError, which says what is missing."""
        info = summary.article
        if info.text is not None:
            return info.text
        found = self._texts.get(info.sha256)
        if found is not None:
            return found
        name = _call(info)
        if not self._given:
            raise InputError(
                f"the summary of {name} does not hold its text", f"{_KNOWN}; or summarise it --with-text"
            )
        if info.id is not None and _file(info.id) in self._files:
            raise InputError(
                f"the text of {name} is not the one that its summary was made of: its sha256 is another",
                "give the article as it was, or summarise it anew",
            )
        raise InputError(
            f"no article given is the one that the summary of {name} was made of ({info.sha256[:12]}…)",
            _KNOWN,
        )


def _read(names: Sequence[str], form: Form, note: Callable[[str], None]) -> Iterator[Article]:
    for record in Inputs([name for name in names if name != "-"], form):
        if record.article is not None:
            yield record.article
        elif record.error is not None and len(names) == 1 and record.input == names[0]:
            raise InputError(of_input(record.input, record.error))
        elif record.error is not None:
            note(of_input(record.input, record.error))
    if "-" in names:
        yield read_one("-", html=form.html, most=form.most)


def _call(info: ArticleInfo) -> str:
    return info.id or info.title or "an article"


def _file(id: str) -> str:
    """An id without the folders that a file was in; it may have been called by another path."""
    return id.rpartition("/")[2]


def form_of(html: bool | None, most: int | None) -> Form:
    """How articles are read."""
    return Form(html=html, most=MOST_CHARACTERS if most is None else most)
