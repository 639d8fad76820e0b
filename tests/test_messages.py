"""docs/troubleshooting.md and the errors of the package agree: no message is missing, none is made up."""

from __future__ import annotations

import ast
import re

import messages
from reference import ROOT

PAGE = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")
QUOTED = re.findall(r"\*\*`([^`]+)`\*\*", PAGE)
OF_CODE = {
    # of Python callers alone: options of the command line can't have these values
    "a window of … tokens holds no sentence",
    "an article is a str or an Article, not …",
    "no constraint is called …",
    "no device is called …",
    "no prompt named …",
    "the summary does not hold its article's text",
    "the prompt … is not for servers",
    "the prompt … is for …",
    # of schemas, which are our own so far
    "field … is not a list of items",
    "… asks nothing of what is proposed",
    "… can't be asked for",
    "… has no fields",
    "… has no key",
    "… has no sentence number",
    "….… has no label …",
    # of training data
    "no place in … for …",
    "… has no place for the … … of …",
    "… has no sentence … left",
    # put around, or in the place of, another message
    "no summary",
    "…: …",
    "on …: …",
}
"""Messages that nobody meets at the command line."""
FROM_ELSEWHERE = {
    "api.py: said",
    "bare.py: _place(first['loc']) + ' ' + _fault(first)",
    "batch/record.py: message",
    "batch/record.py: said",
    "cli/__init__.py: said[:1].lower() + said[1:]",
    "cli/texts.py: of_input(record.input, record.error)",
    "server/probe.py: fault.message",
    "store/fetch.py: *_mismatch(file.path, name, fault)",
    "store/fetch.py: *_mismatch(member.path, entry.name, 'its size is wrong')",
    "store/fetch.py: *_mismatch(member.path, entry.name, str(error).strip('\\'\"'))",
}
"""Errors whose words are not written where they are made; the page tells of those that are seen."""


def test_every_error_that_can_be_met_is_on_the_page() -> None:
    written = messages.messages()
    assert written - set(QUOTED) - OF_CODE == set()
    assert written > OF_CODE, "an exception that is none any more"


def test_no_error_hides_its_words_but_those_that_are_known() -> None:
    assert messages.unwritten() == FROM_ELSEWHERE


def test_every_message_on_the_page_is_in_the_code() -> None:
    errors, notes = PAGE.split("## Notes that are no errors")
    found = set(re.findall(r"\*\*`([^`]+)`\*\*", errors))
    assert len(found) > 80
    assert found - messages.messages() == set()
    source = "".join(path.read_text("utf-8") for path in messages.PACKAGE.rglob("*.py"))
    told = re.findall(r"\*\*`([^`]+)`\*\*", notes)
    assert told
    for note in told:
        assert all(piece in source for piece in note.split("…")), note


def test_no_message_is_explained_twice() -> None:
    assert len(QUOTED) == len(set(QUOTED))


def test_a_message_is_read_as_it_is_written() -> None:
    assert "no such file: …" in messages.messages()
    assert messages.template(ast.parse("f'{a} is {b!r}' + c", mode="eval").body) == "… is ……"
    assert messages.template(ast.parse("said", mode="eval").body) is None
