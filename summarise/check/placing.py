"""From a summary as anyone wrote it to a draft: finds the sentence of each of its items.

A stated evidence is a sentence of the article, character for character but for white space, or
a passage that another splitter would call one: it begins where a sentence can and ends where
one can. Without it the sentence is found by the strings: the first in which the whole item
holds, else the first that has its key. An item with no sentence is rejected here; all else is
judged as a draft. Labels that no field knows are listed here too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, get_args

from summarise.article import Span
from summarise.bare import FIELDS, Bare, BareActor, BareGist, BareLocation, BareNumber, BareStance, Written
from summarise.check.actors import judge_actors
from summarise.check.facts import Facts
from summarise.check.gist import judge_gist
from summarise.check.locations import judge_locations
from summarise.check.numbers import judge_numbers
from summarise.check.spans import fold
from summarise.check.stances import judge_stances
from summarise.draft import ActorItem, Draft, GistItem, Item, LocationItem, NumberItem, StanceItem
from summarise.summary import Issue, Kind, Polarity, Rejected

KINDS: tuple[Kind, ...] = get_args(Kind)
_MOST = 100
"""Occurrences of an item's strings that are looked at for its sentence."""
_FEW = 8
"""Sentences that the judges are asked about for one item and string."""
_ENDS = re.compile(r"[.!?…:;\]][\"'”’»)\]]*\Z")
_BEGINS = re.compile(r"(?:[.!?…:;\]][\"'”’»)\]]*|[\n\"“‘(\[])\s*\Z")
_CLOSING = " \"'”’»)]\u00a0\u2009\u202f"
"""Marks and blanks that may stand behind the last sentence of a passage."""
_LONGEST_PASSAGE = 5
"""Sentences of ours in a passage that somebody else may call one sentence."""

Place = tuple[int, int]
"""Which field, by its number in `FIELDS`, and which item of it."""


@dataclass(frozen=True)
class Listed:
    """Something that did not hold, with its place in the summary: field, then item."""

    place: Place
    rejected: Rejected


@dataclass
class Placed:
    """A draft, and what was written for each of its items.

    written: for each draft item, by field, its place in the summary and the item written there,
    None where the draft itself was written. listed: what is no draft item, or not all of one.
    """

    items: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    written: dict[str, list[tuple[Place, Written | None]]] = field(
        default_factory=lambda: {name: [] for name in FIELDS}
    )
    listed: list[Listed] = field(default_factory=list)
    _behind: dict[int, tuple[Place, Written | None]] = field(default_factory=dict)

    @property
    def draft(self) -> Draft:
        """What was placed, as a draft; its items are the very ones of `items`."""
        return Draft(**self.items)

    @property
    def stated_mentions(self) -> list[Span | None]:
        """For each number of the draft, the span that was written for its mention, if one was."""
        spans = [written.spans.get("mention") if written else None for _, written in self.written["numbers"]]
        return [span if isinstance(span, tuple) else None for span in spans]

    def add(self, place: Place, written: Written | None, item: Item) -> None:
        """Keep draft item `item`, made from the item at `place`."""
        name = FIELDS[place[0]]
        self.items[name].append(item)
        self.written[name].append((place, written))
        self._behind[id(item)] = place, written

    def behind(self, item: Item) -> tuple[Place, Written | None]:
        """Where draft item `item` comes from; an item that a judge made of another is no one's."""
        return self._behind.get(id(item), ((len(FIELDS), 0), None))

    def reject(self, place: Place, written: Written, issue: Issue, leaf: str = "") -> None:
        """List an item as it was written, or one leaf of it."""
        name = FIELDS[place[0]] + (f".{leaf}" if leaf else "")
        self.listed.append(Listed(place, Rejected(field=name, item=written.given, issues=(issue,))))


def place_draft(draft: Draft) -> Placed:
    """A draft as it is: its items name their sentences themselves."""
    placed = Placed()
    for number, name in enumerate(FIELDS):
        for index, item in enumerate(getattr(draft, name)):
            placed.add((number, index), None, item.model_copy())  # one object may stand in a draft twice
    return placed


def place_items(facts: Facts, bare: Bare) -> Placed:
    """Every item of `bare` in its sentence, or rejected because it has none."""
    finder, placed = _Finder(facts), Placed()
    for number, name in enumerate(FIELDS):
        for index, written in enumerate(bare.items(name)):
            _place(finder, placed, (number, index), written)
    return placed


def _place(finder: _Finder, placed: Placed, place: Place, written: Written) -> None:
    wrong = _wrong_label(written)
    if wrong:
        leaf, issue = wrong
        placed.reject(place, written, issue, leaf if leaf == "kind" else "")
        if leaf != "kind":
            return
    sentences = finder.sentences(written)
    if isinstance(sentences, Issue):
        placed.reject(place, written, sentences)
        return
    if isinstance(written, BareGist):
        for number in sentences:
            placed.add(place, written, GistItem(sentence=number, label="gist"))
        return
    variants = [item for number in sentences for item in _items(written, number)]
    first = next((item for item in variants if finder.holds(item)), None) if len(variants) > 1 else None
    placed.add(place, written, first or variants[0])


def _wrong_label(written: Written) -> tuple[str, Issue] | None:
    """The label of an item that is none of its field's, with the issue."""
    if isinstance(written, BareActor):
        leaf, value, known = "kind", written.kind, KINDS
    elif isinstance(written, BareStance):
        leaf, value, known = "polarity", written.polarity, get_args(Polarity)
    else:
        return None
    if value is None or value in known:
        return None
    return leaf, Issue(check="label", message=f"{value!r} is no {leaf}; it is one of {', '.join(known)}")


def _items(written: Written, sentence: int) -> Iterator[Item]:
    """The draft items that may be meant: one, or one for each kind where none is stated."""
    if isinstance(written, BareActor):
        kinds = [kind for kind in KINDS if kind == written.kind] or KINDS
        for kind in kinds:
            yield ActorItem(sentence=sentence, name=written.name, kind=kind, role=written.role)
    elif isinstance(written, BareNumber):
        yield NumberItem(sentence=sentence, mention=written.mention, counts=written.counts)
    elif isinstance(written, BareLocation):
        yield LocationItem(sentence=sentence, name=written.name, label="place")
    elif isinstance(written, BareStance):
        yield StanceItem.model_validate({"sentence": sentence, **_leaves(written)})


def _leaves(stance: BareStance) -> dict[str, Any]:
    return {leaf: getattr(stance, leaf) for leaf in ("holder", "target", "polarity", "quote")}


class _Finder:
    """Finds sentences by what is written of them, and asks the judges whether an item holds."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._by_text: dict[str, list[int]] = {}
        for sentence in facts.sentences:
            self._by_text.setdefault(sentence.text, []).append(sentence.number)
        self._held: dict[Item, bool] = {}
        self._numbers = list(facts.asked)
        self._starts = [facts.asked[number].start for number in self._numbers]
        self._begun = set(self._starts)
        self._ends = {facts.asked[number].end for number in self._numbers}

    def sentences(self, written: Written) -> list[int] | Issue:
        """The numbers of the sentences that may be meant, the likelier first; never none."""
        stated = written.text if isinstance(written, BareGist) else written.evidence
        return self._by_keys(written) if stated is None else self._by_evidence(written, stated)

    def holds(self, item: Item) -> bool:
        """Whether the item alone would pass whole; the same item is judged once."""
        if item not in self._held:
            self._held[item] = self._holds(item)
        return self._held[item]

    def _holds(self, item: Item) -> bool:
        if isinstance(item, ActorItem):
            return not judge_actors(self.facts, [item]).rejected
        if isinstance(item, NumberItem):
            return not judge_numbers(self.facts, [item])[0].rejected
        if isinstance(item, LocationItem):
            return not judge_locations(self.facts, [item]).rejected
        if isinstance(item, StanceItem):
            return not judge_stances(self.facts, [item]).rejected
        assert isinstance(item, GistItem)
        return not judge_gist(self.facts, [item]).rejected

    def _by_evidence(self, written: Written, stated: str) -> list[int] | Issue:
        known = self._by_text.get(fold(stated))
        if known:
            span = written.spans.get("text" if isinstance(written, BareGist) else "evidence")
            there = self._number_at(span) if isinstance(span, tuple) else None
            if there in known:
                return [there]
            return known[:1] if isinstance(written, BareGist) else known[:_FEW]
        words = stated.rstrip(_CLOSING)
        passage = self.facts.text.first(stated) or self.facts.text.first(words)
        if passage is None:
            return Issue(check="evidence", message=f"no sentence of the article reads {stated!r}")
        numbers = self._overlapped(passage)
        behind = len(stated) - len(words)  # a closing mark may stand apart, or be no part of the story
        closed = any(at in self._ends for at in range(passage[1] - behind, passage[1] + behind + 1))
        whole = passage[0] in self._begun and closed
        alike = self._begins(passage[0]) and self._closes(passage[1]) and not isinstance(written, BareGist)
        if not (whole or alike) or not 0 < len(numbers) <= _LONGEST_PASSAGE:
            return Issue(check="evidence", message=f"it is no whole sentence of the article: {stated!r}")
        return numbers

    def _begins(self, at: int) -> bool:
        before = self.facts.article.text[max(0, at - 8) : at]
        return at in self._begun or _BEGINS.search(before) is not None

    def _closes(self, at: int) -> bool:
        return at in self._ends or _ENDS.search(self.facts.article.text[max(0, at - 4) : at]) is not None

    def _by_keys(self, written: Written) -> list[int] | Issue:
        """The sentences with the key and the other string of the item, else the first with its key."""
        key, more = _keys(written)
        having = self._having(key)
        if isinstance(written, BareStance):
            numbers = [*having[:_FEW], *(self._having(more)[:_FEW] if more else ())]
        elif more:
            also = set(self._having(more))
            numbers = [*[number for number in having if number in also][:_FEW], *having[:1]]
        else:
            numbers = having[: 1 if not isinstance(written, BareNumber) else _FEW]
        if numbers:
            return list(dict.fromkeys(numbers))
        why = self.facts.text.why_absent(key, (0, len(self.facts.article.text)))
        return Issue(check="span", message=f"not in the article: {key!r}, {why}")

    def _having(self, string: str) -> list[int]:
        """The first sentences with a string, each once."""
        spans = islice(self.facts.text.occurrences(string), _MOST)
        return list(dict.fromkeys(n for span in spans if (n := self._number_at(span)) is not None))

    def _number_at(self, span: Span) -> int | None:
        """The asked sentence in which `span` begins."""
        at = bisect_right(self._starts, span[0]) - 1
        return self._numbers[at] if at >= 0 else None

    def _overlapped(self, span: Span) -> list[int]:
        first = max(bisect_right(self._starts, span[0]) - 1, 0)
        last = bisect_right(self._starts, span[1] - 1)
        return self._numbers[first:last]


def _keys(written: Written) -> tuple[str, str | None]:
    """The string by which an item is found, and one that the same sentence should have."""
    if isinstance(written, BareStance):
        return (written.quote or written.target), written.holder
    if isinstance(written, BareNumber):
        return written.mention, written.counts
    assert isinstance(written, BareActor | BareLocation)
    return written.name, written.role if isinstance(written, BareActor) else None
