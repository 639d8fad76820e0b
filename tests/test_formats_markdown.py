"""Text of an article never acts as Markdown: rendered, it is the article's text and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from summaries import HOSTILE, saved, summaries, texts
from summarise.compare import diff
from summarise.formats.diff_report import report_diff
from summarise.formats.markdown import escape, markdown
from summarise.formats.report import Heading, Quoted, Table, cell, line, warning, words
from summarise.formats.summary_report import report_summary
from summarise.formats.visible import visible
from summarise.summary import Summary

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"heading", "paragraph", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "strong"}
"""What our reports are made of; text of an article adds nothing but words."""


def leaves(tokens: Iterable[Token]) -> list[Token]:
    """All tokens, those inside of others too."""
    return [leaf for token in tokens for leaf in ([token] if not token.children else leaves(token.children))]


def text_of(source: str) -> str:
    """What a reader sees of Markdown; it is nothing but words in our own blocks."""
    found = leaves(READER.parse(source))
    for token in found:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        assert kind in OURS | {"text", "text_special", "code_inline", "inline"}, (token.type, source)
    return "".join(token.content for token in found if token.type != "inline")


def each_hostile(law: object) -> object:
    """The law, tried with every hostile string whatever else is drawn."""
    for text in HOSTILE:
        law = example(text)(law)  # type: ignore[type-var]
    return law


@each_hostile
@given(texts)
@settings(max_examples=100, deadline=None)
def test_a_sentence_renders_as_itself_wherever_it_stands(text: str) -> None:
    shown = visible(text)
    assert text_of(escape(text)) == shown
    assert text_of(markdown([Quoted(text)])) == shown
    assert text_of(markdown([Heading(text, 2)])) == shown
    assert text_of(markdown([line(warning(text), words(text))])) == " ".join(filter(None, [shown, shown]))


@each_hostile
@given(texts)
@settings(max_examples=50, deadline=None)
def test_a_cell_never_becomes_two_nor_ends_its_table(text: str) -> None:
    table = Table(("a", "b"), ((cell(words(text)), cell("x")), (cell(warning(text)), cell(words(text)))))
    tokens = READER.parse(markdown([table]))
    cells = [token.content for token in tokens if token.type == "inline"]
    assert len(cells) == 6
    assert [text_of(one) for one in cells] == ["a", "b", visible(text), "x", visible(text), visible(text)]


@given(summaries)
@settings(max_examples=15, deadline=None)
def test_a_report_of_any_summary_is_made_of_our_own_blocks(summary: Summary) -> None:
    assert text_of(markdown(report_summary(summary)))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_link_no_image_no_tag_comes_out_of_a_browser(text: str) -> None:
    data = saved("short").model_copy(
        update={"gist": (saved("short").gist[0].model_copy(update={"text": text}),)}
    )
    page = READER.render(markdown(report_summary(data)))
    assert not any(
        tag in page for tag in ("<a", "<img", "<script", "<del", "<h3", "<hr", "<ul", "<ol", "<pre")
    )


def test_plain_words_are_not_touched() -> None:
    plain = "Two-week closure: 1,200 people (600 lorries) lost $2.5 million, “she” said; it's 7.5 % of all."
    assert escape(plain) == plain.replace("$", "\\$")


def test_an_address_is_no_link_where_readers_make_links_of_plain_text() -> None:
    shown = escape("see https://a.example or www.a.example, write to me@a.example, ask @all")
    assert shown == "see https\\://a\\.example or www\\.a\\.example, write to me`@`a\\.example, ask `@`all"


def test_every_column_of_a_table_has_a_name() -> None:
    reports = [*map(report_summary, (saved("crumbs"), saved("ferry")))]
    reports += [report_diff(diff(saved("short"), saved("ferry")))]
    tables = [block for report in reports for block in report if isinstance(block, Table)]
    assert {"note", "change"} <= {name for table in tables for name in table.header}
    assert all(name for table in tables for name in table.header)


def test_headings_quotations_and_tables_are_there() -> None:
    source = markdown(report_summary(saved("crumbs")))
    assert source.startswith("# Kenya and Uganda reopen border bridge after two-week closure\n\n")
    assert "\n> Kenya and Uganda reopened a bridge" in source
    assert "\n| Daniel Kiprono (Kiprono) | person | Kenya's roads minister |\n" in source
    for heading in ("Gist", "Actors", "Numbers", "Locations", "Stances", "Rejected", "Coverage"):
        assert f"\n## {heading}\n" in source
