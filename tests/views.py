"""Summaries with their texts for the tests of `summarise view`, and a reader of pages without a browser."""

from __future__ import annotations

import json
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

from summarise import check
from summarise.article import Article
from summarise.summary import Summary
from summarise.view import View

HERE = Path(__file__).parent

HOSTILE = (
    "Ana Roe </script><script>alert(1)</script> closes & reopens the port\r\n\r\n"
    "Minister Ana Roe said <img src=x onerror=alert(2)> that 12 dockers &amp; &#60;b&#62; were"
    " \u202eback\u202c.\r\n\U0001f3f3\ufe0f\u200d\U0001f308\U0001d4b3 Bo Lind counted 300 boats in Veltmark"
    " on Monday, and \x00\x1b\x7f 40 more.\r\n\r\n"
    "\u0642\u0627\u0644\u062a \u0627\u0644\u0634\u0631\u0637\u0629 300.\u2028\u2067 Ana Roe praised Bo Lind"
    " --> <style>*{display:none}</style> ]]> {{ 7*7 }} {% raw %} 'onload=alert(3)' \"x\" for 25 boats.\r\n"
)
"""Markup, entities, control characters, turned directions, Arabic, and characters of two UTF-16 units."""

STORMY = (
    "Storm closes the harbour of Veltmark\n\n"
    "Police said on Monday that 12 people had died in the storm. The harbour board said that 15 people had"
    " died in the storm. “We stay,” said Ana Roe, the mayor, and walked 40 miles.\n"
)


def golden_view(name: str) -> View:
    """The reviewed summary of one of our articles, as if version 0 had made it, and its text."""
    data = json.loads((HERE / "golden" / f"{name}.json").read_text("utf-8"))
    data["provenance"] = {"version": "0", **data["provenance"]}
    return View(
        Summary.model_validate(data), (HERE / "articles" / f"{name}.txt").read_bytes().decode("utf-8")
    )


def kept_view() -> View:
    """A summary of the ferry that was kept: tests may count on its items, whatever later models say."""
    text = (HERE / "articles" / "ferry.txt").read_bytes().decode("utf-8")
    summary = (HERE / "summaries" / "ferry.json").read_bytes()
    return View(Summary.model_validate_json(summary), text)


def hostile_view() -> View:
    """A summary of the hostile article, with rejected items that are no less hostile."""
    summary = {
        "actors": ["Ana Roe", "Bo Lind", {"name": "<img src=x onerror=alert(4)>", "kind": "group"}],
        "numbers": ["12", "300", "40", "</script><script>alert(5)</script>"],
        "locations": ["Veltmark"],
    }
    return View(check(Article(HOSTILE, id="</title><script>alert(6)</script>\u202e"), summary), HOSTILE)


def stormy_view() -> View:
    """A summary with numbers that disagree, a rejected item and things left out."""
    summary = {
        "gist": ["Police said on Monday that 12 people had died in the storm."],
        "actors": [{"name": "Police", "kind": "organisation"}, "Nobody Known"],
        "numbers": [{"mention": "12", "counts": "people"}, {"mention": "15", "counts": "people"}],
    }
    return View(check(Article(STORMY, id="storm.txt", title=(0, 36)), summary), STORMY)


class Page(HTMLParser):
    """What stands in a page: the text in #text and by item, the tags, the ids, the addresses."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.links = "", defaultdict[str, int](int), list[str]()
        self.ids = list[str]()
        self.pieces: list[tuple[int, int, tuple[str, ...], str]] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        if tag not in ("meta", "input", "br"):
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, f"</{tag}> closes what it did not open"

    def handle_data(self, data: str) -> None:
        if not any(given.get("id") == "text" for _, given in self._open):
            return
        piece = next((given for _, given in reversed(self._open) if "data-end" in given), None)
        if piece:
            start, items = int(piece["id"][1:]), tuple(piece.get("data-items", "").split())
            self.pieces.append((start, int(piece["data-end"]), items, data))
        self.text += data
