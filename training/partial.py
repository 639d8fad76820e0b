"""Articles that others have marked in part: which names are persons, bodies and places.

GUM (news) marks every mention, MEANTIME those of the title and the first sentences. Neither says who
is an actor in our sense, so most labels are sets: a person is "person" or "none". Only what a source
marks exhaustively is asked for, and of what it leaves open nothing is learned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarise.article import Article
from summarise.names import Name, find_names
from summarise.places import is_country
from summarise.proposals import find_proposals
from summarise.read import read_text
from summarise.sentences import split_sentences
from training.labels import ALSO, UNKNOWN, Item, Labelled

_KINDS = {
    "person": "person",
    "PERSON": "person",
    "organization": "organisation",
    "ORGANIZATION": "organisation",
    "place": "place",
    "LOCATION": "place",
}


_PARTED = re.compile(r"[,;:(]|\b(?:of|in|at|for|from|by|and|on|to|with|under)\b|['’]s\b", re.IGNORECASE)
"""In the words before a name: the mark is of something else, to which the name belongs."""
_ENDED = re.compile(r"(?:['’]s?)?\Z|,\s")


@dataclass(frozen=True)
class Marked:
    """What a source says of one name. kind: person, organisation, place, or other."""

    kind: str
    salient: bool = False


def read_partial(data: Path) -> Iterator[Labelled]:
    """The articles of both sources that are marked; `data` as in README.md."""
    for row in _rows(data / "articles/gum-news.jsonl"):
        if row["split"] == "train":
            yield _align(row, row["text"], _gum_marks(row))
    for row in _rows(data / "articles/meantime.jsonl"):
        if row["exhaustive"]:
            yield _align(row, row["text"][: row["exhaustive_until"]].rstrip(), _meantime_marks(row))


def _gum_marks(row: dict[str, Any]) -> dict[tuple[int, int], Marked]:
    salient = {chain for chain, told in row["salience"].items() if told["score"] > 0}
    return {
        (s["start"], s["end"]): Marked(_KINDS.get(s["label"], "other"), str(s["coref"]) in salient)
        for s in row["spans"]
        if s["named"]
    }


def _meantime_marks(row: dict[str, Any]) -> dict[tuple[int, int], Marked]:
    return {(s["start"], s["end"]): Marked(_KINDS.get(s["label"], "other")) for s in row["spans"]}


def _align(row: dict[str, Any], text: str, marks: dict[tuple[int, int], Marked]) -> Labelled:
    article = read_text(text, id=row["id"])
    sentences = split_sentences(article)
    items: dict[str, list[Item]] = {"actors": [], "locations": []}
    groups = {name.name: name for name in find_names(article.text, sentences)}
    for proposal in find_proposals(article, sentences).of("names"):
        name = str(proposal.value)
        found = _marks_of(article, groups[name], marks) if name in groups else []
        base = {"sentence": proposal.sentence, "name": name}
        items["actors"].append({**base, "role": None, **_actor(name, found)})
        items["locations"].append({**base, **_place(name, found)})
    return Labelled(row["id"], article, sentences, items, {})


def _marks_of(article: Article, name: Name, marks: dict[tuple[int, int], Marked]) -> list[Marked]:
    """What is said of the name's mentions: marks that end with it, its title and article included."""
    found = []
    for start, end in {name.span, *name.alias_spans, *name.mentions}:
        for (first, last), mark in marks.items():
            before, after = article.text[first:start], article.text[end:last]
            if first <= start and end <= last and not _PARTED.search(before) and _ENDED.match(after):
                found.append(mark)
    return found


def _actor(name: str, found: Sequence[Marked]) -> Item:
    """The kind as a set of labels; unknown where the source has not marked the name."""
    kinds = {mark.kind for mark in found}
    if not found or len(kinds - {"place"}) > 1 or kinds == {"place", "other"}:
        return {"kind": "none", UNKNOWN: ("kind", "role")}
    if kinds == {"other"}:
        return {"kind": "none", UNKNOWN: ("role",)}
    if kinds <= {"place"} or is_country(name):
        return {"kind": "none", ALSO: {"kind": ("government",)}, UNKNOWN: ("role",)}
    (kind,) = kinds - {"place"}
    if any(mark.salient for mark in found):
        return {"kind": kind, UNKNOWN: ("role",)}
    return {"kind": "none", ALSO: {"kind": (kind,)}, UNKNOWN: ("role",)}


def _place(name: str, found: Sequence[Marked]) -> Item:
    """Whether it is a place; unknown for what is not marked and for a body called after a place."""
    kinds = {mark.kind for mark in found}
    if "place" in kinds:
        return {"label": "place"}
    if not found or is_country(name):
        return {"label": "none", UNKNOWN: ("label",)}
    return {"label": "none"}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())
