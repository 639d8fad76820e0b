"""Summaries to pages. See the package for what a page promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summarise.article import Article
from summarise.errors import InputError
from summarise.summary import Summary
from summarise.view.entries import KINDS, MISSED, Entry, confirm_spans, list_entries, list_missed
from summarise.view.missed import with_missed
from summarise.view.segments import split_blocks
from summarise.view.templating import environment, head


@dataclass(frozen=True)
class View:
    """A summary, and the text it was made of."""

    summary: Summary
    text: str

    @property
    def name(self) -> str:
        """What the article is called: its title, else its id."""
        return self.summary.article.title or self.summary.article.id or "an article without a title"


@dataclass(frozen=True)
class Row:
    """What the index tells of a page. file: its name. names: of actors and locations, to search for."""

    file: str
    name: str
    id: str | None
    counts: tuple[int, ...]
    names: tuple[str, ...]
    complete: bool


COUNTED = ("actors", "numbers", "locations", "stances", "disagreements", "rejected")
"""What the index counts."""


def render_html(summary: Summary, text: str | None = None) -> str:
    """One self-contained HTML page that shows `summary` in its article.

    text: the article's, whose code points the spans count; may be left out where the summary has it
    (`with_text`). Raises InputError where there is no text, where it is another article's, or where a span of
    the summary does not hold its string. Half characters (lone surrogates) of the text are shown as U+FFFD.
    """
    given = summary.article.text if text is None else text
    if given is None:
        raise InputError("the summary does not hold its article's text", "give the text beside it")
    return render_view(View(summary, given))


def render_view(view: View, *, index: str | None = None) -> str:
    """The page of `view`; index: the address of the page that lists it, if any. Raises as `render_html`."""
    text = view.text
    if Article(text).sha256 != view.summary.article.sha256.lower():
        raise InputError(
            "the text is not the one that the summary was made of: its sha256 is another",
            "give the article as it was when it was summarised",
        )
    confirm_spans(view.summary, text)
    summary = with_missed(view.summary, text)
    families = {family: list_entries(summary, family) for family in ("gist", *KINDS)}
    missed = {family: list_missed(summary, family) for family in MISSED}
    marked = [entry for family in KINDS for entry in families[family]]
    marked += [*missed["numbers"], *missed["quotations"]]
    blocks = split_blocks(text, [mark for entry in marked for mark in entry.marks()], _lit(families, missed))
    template = environment().get_template("page.html")
    return template.render(
        view=view,
        summary=summary,
        families=families,
        missed=missed,
        blocks=blocks,
        title_block=_title_block(summary.article.title, [block.text for block in blocks]),
        index=index,
        **head("page.css", "page.js"),
    )


def index_row(view: View, file: str) -> Row:
    """What the index says of the page `file` of `view`; holds nothing of the text."""
    summary = view.summary
    counts = tuple(len(getattr(summary, name)) for name in COUNTED)
    names = dict.fromkeys([actor.name for actor in summary.actors])
    names |= dict.fromkeys([location.name for location in summary.locations])
    return Row(file, view.name, summary.article.id, counts, tuple(names), summary.coverage.complete)


def render_index(rows: Sequence[Row]) -> str:
    """The page that lists other pages: their counts, and a search among their names."""
    template = environment().get_template("index.html")
    return template.render(rows=rows, counted=COUNTED, **head("page.css", "index.css", "index.js"))


def _lit(families: dict[str, list[Entry]], missed: dict[str, list[Entry]]) -> list[Any]:
    """The spans that are lit as a whole and bear no mark: evidence, the gist, sentences left out."""
    evidence = [entry.evidence for entries in families.values() for entry in entries if entry.evidence]
    whole = [entry.main for entry in (*families["gist"], *missed["sentences"])]
    return list(dict.fromkeys((*evidence, *whole)))


def _title_block(title: str | None, texts: Sequence[str]) -> int | None:
    """Which paragraph is the headline, so that it is not said twice."""
    return next((n for n, text in enumerate(texts) if title and text.strip() == title.strip()), None)
