"""What the panel beside an article lists: an entry for each thing a summary says, with the words it is about.

Every entry has an id that marks in the text point to, the spans of its words, and the sentence it rests on.
Generic in the families: `spans` and `mentions` are all it reads of an item. Knows no HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from summarise.article import Span
from summarise.errors import InputError
from summarise.saved import ITEMS, copied_strings
from summarise.summary import Note, Seen, Summary
from summarise.view.segments import Mark

KINDS = {"actors": "actor", "numbers": "number", "locations": "location", "stances": "stance"}
"""The families whose words are marked in the text, and what one of their items is called."""

MISSED = {"numbers": "missed number", "quotations": "missed quotation", "sentences": "missed sentence"}
"""What was seen and not reported; sentences are listed and not marked, or they would hide all else."""

_ANEW = "make the summary anew, or judge it with `summarise check`"
_ASIDE = ("role", "counts")
"""Strings of an item that are said of it and do not name it."""


@dataclass(frozen=True)
class Entry:
    """An item of the summary as the panel lists it.

    id: unique in the page. kind: what it is. words: the spans to light, in the text's order, each once.
    evidence: the sentence behind it, or None. main: of `words`, that where the item is named. aside: of
    `words`, those that only say more of it (a role, what a number counts).
    """

    id: str
    kind: str
    item: Any
    words: tuple[Span, ...]
    main: Span
    evidence: Span | None = None
    notes: tuple[Note, ...] = ()
    aside: frozenset[Span] = frozenset()

    def marks(self) -> Iterator[Mark]:
        """The words as marks of the text; those that say more of an item are of a kind `actor-of`."""
        for span in self.words:
            yield Mark(span, self.id, f"{self.kind}-of" if span in self.aside else self.kind)


def list_entries(summary: Summary, family: str) -> list[Entry]:
    """The entries of `family`, a list of the summary; also `gist`, whose entries are their own evidence."""
    kind = KINDS.get(family, family)
    notes: dict[int, list[Note]] = {}
    for note in summary.notes:
        if note.field.partition(".")[0] == family:
            notes.setdefault(note.index, []).append(note)
    naming = copied_strings(ITEMS[family])[0]  # by the model: `spans` itself may be in any order
    entries = []
    for index, item in enumerate(getattr(summary, family)):
        spans: dict[str, Span] = {name: span for name, span in item.spans.items() if name != "evidence"}
        words = sorted({*spans.values(), *getattr(item, "mentions", ())})
        main = spans.get(naming)
        if main is None:
            raise InputError(f"{family}[{index}] of the summary has no span", _ANEW)
        told = tuple(notes.get(index, ()))
        evidence = item.spans.get("evidence")
        aside = frozenset(span for name, span in spans.items() if name in _ASIDE) - {main}
        entries.append(Entry(f"{kind}-{index + 1}", kind, item, tuple(words), main, evidence, told, aside))
    return entries


def list_missed(summary: Summary, family: str) -> list[Entry]:
    """What code sees of `family` (sentences, numbers, quotations) and the summary does not account for."""
    seen: tuple[Seen, ...] = getattr(summary.unreported, family) if summary.unreported else ()
    name = f"missed-{family[:-1]}"
    return [Entry(f"{name}-{n}", "missed", one, (one.span,), one.span) for n, one in enumerate(seen, 1)]


def confirm_spans(summary: Summary, text: str) -> None:
    """Sees to it that every span lies in `text` and has its string there. Raises InputError."""
    for family in ("gist", *KINDS):
        for index, item in enumerate(getattr(summary, family)):
            where = f"{family}[{index}]"
            for name, span in item.spans.items():
                _confirm(f"{where}.{name}", span, text, getattr(item, name, None))
            for span in getattr(item, "mentions", ()):
                _confirm(f"{where}.mentions", span, text, None)
    for family in MISSED if summary.unreported else ():
        for seen in getattr(summary.unreported, family):
            _confirm(f"unreported.{family}", seen.span, text, seen.text)
    for told in summary.disagreements:
        if not all(0 <= index < len(summary.numbers) for index in told.numbers):
            raise InputError("a disagreement of the summary names a number that is not there", _ANEW)


def _confirm(where: str, span: Span, text: str, string: object) -> None:
    start, end = span
    if not 0 <= start < end <= len(text) or (isinstance(string, str) and text[start:end] != string):
        raise InputError(f"{where} of the summary is not in the article at {start} to {end}", _ANEW)


def describe(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields of a rejected item that say something, for people: name and value."""
    return [(name, _said(value)) for name, value in item.items() if value not in (None, "", [], {})]


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_said(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_said, value))
    return str(value)
