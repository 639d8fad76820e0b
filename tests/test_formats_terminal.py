"""A table on a terminal: all of it is there at any width, and nothing of an article controls the terminal."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from summaries import HOSTILE, saved, summaries
from summarise.formats.report import Block, Heading, Line, Quoted, Table
from summarise.formats.summary_report import report_summary
from summarise.formats.terminal import NARROWEST, terminal
from summarise.formats.visible import visible
from summarise.summary import Coverage, Disagreement, Summary

STYLE = re.compile(r"\x1b\[[\d;]*m")
"""The only sequence that may be sent: a colour or weight."""
LINES = "─"
"""What a table is drawn with."""


def strings(blocks: Sequence[Block]) -> list[str]:
    """Every string of a report, once."""
    found = []
    for block in blocks:
        match block:
            case Heading() | Quoted():
                found.append(block.text)
            case Line():
                found += [piece.text for piece in block.pieces]
            case Table():
                found += [piece.text for row in block.rows for one in row for piece in one]
    return found


def letters(text: str) -> Counter[str]:
    """How often each character that is no blank stands in `text`."""
    return Counter(text) - Counter({" ": len(text), "\n": len(text)})


@pytest.mark.parametrize("width", [10, 20, 33, 40, 57, 80, 120, 300])
def test_no_character_is_lost_at_any_width(width: int) -> None:
    for name in ("ferry", "crumbs"):
        blocks = list(report_summary(saved(name)))
        shown = terminal(blocks, width=width, colour=False)
        missing = letters("".join(map(visible, strings(blocks)))) - letters(shown)
        assert not missing
        assert max(map(cell_len, shown.splitlines())) <= max(width, NARROWEST)


@given(summaries, st.integers(1, 150))
@settings(max_examples=25, deadline=None)
def test_no_summary_sends_anything_but_words_and_colours(summary: Summary, width: int) -> None:
    blocks = list(report_summary(summary))
    for colour in (False, True):
        shown = terminal(blocks, width=width, colour=colour)
        plain = STYLE.sub("", shown) if colour else shown
        controls = {c for c in plain if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs")}
        assert controls <= {"\n"}
        assert not set(plain) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        assert not letters("".join(map(visible, strings(blocks)))) - letters(plain)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_visible_is_one_line_that_a_terminal_only_prints(text: str) -> None:
    shown = visible(text)
    assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs")}
    assert visible(shown) == shown
    kept = [c for c in text if c.isprintable() and c != " "]
    assert letters("".join(kept)) <= letters(shown)


def test_an_escape_is_shown_instead_of_sent() -> None:
    assert visible("\x1b[31mred\x1b[0m") == "␛[31mred␛[0m"
    assert visible("a\x9b2J\x7f\u202eb") == "a\\u009b2J␡\\u202eb"
    assert visible(" a\n\tb ") == "a b"


def test_letters_that_scripts_need_stay() -> None:
    for text in ("co\u00adast", "می\u200cخواهم", "\U0001f3f3\ufe0f\u200d\U0001f308", "e\u0301"):
        assert visible(text) == text


def test_words_of_an_article_are_no_markup_of_ours() -> None:
    data = saved("short")
    gist = data.gist[0].model_copy(update={"text": "[red]x[/red] :smile: [link=https://a.example]y[/link]"})
    shown = terminal(report_summary(data.model_copy(update={"gist": (gist,)})), width=100, colour=True)
    assert "[red]x[/red] :smile: [link=https://a.example]y[/link]" in STYLE.sub("", shown)


def test_colours_change_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    blocks = list(report_summary(saved("ferry")))
    plain, coloured = (terminal(blocks, width=90, colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[32mfor\x1b[0m" in coloured
    assert [line.rstrip() for line in STYLE.sub("", coloured).splitlines()] == plain.splitlines()


def test_what_is_open_is_said_where_it_stands() -> None:
    base = saved("short")
    coverage = Coverage(**{**base.coverage.model_dump(), "sentences_read": 3, "complete": False})
    told = base.model_copy(
        update={"disagreements": (Disagreement(counts="people", numbers=(0, 7)),), "coverage": coverage}
    )
    shown = terminal(report_summary(told), width=120, colour=False)
    lines = shown.splitlines()
    assert any(line.startswith("17 ") and line.endswith("disagrees with about 1,100") for line in lines)
    assert any(line.startswith("about 1,100") and line.endswith("disagrees with 17 year") for line in lines)
    assert "4 of 7 sentences were not read." in lines
    refused = terminal(report_summary(saved("crumbs")), width=200, colour=False)
    assert "numbers.counts" in refused
    assert "what 'more than 600' counts is 'lorries'" in refused
