"""Articles that the project wrote itself for training, with their labels: one TOML file each.

The body stands a sentence a line, each with its number in brackets (the title is 1), a blank line
between paragraphs; labels name a sentence by its number (`at`). So a person can write and read them,
and every string is looked up in the text rather than counted out. See written/README.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarise.read import read_text
from summarise.sentences import split_sentences
from training.labels import Labelled, align

FOLDER = Path(__file__).with_name("written")
Span = list[int]
_LINE = re.compile(r"\[(\d+)\] +(\S.*\S)\s*\Z")
_KINDS = ("person", "organisation", "government", "group")
_POLARITIES = ("for", "against", "neutral")
_KEYS = {
    "gist": (set(), set()),
    "actors": ({"name", "kind", "at"}, {"aliases", "role"}),
    "numbers": ({"mention", "at"}, {"counts"}),
    "locations": ({"name", "at"}, {"aliases"}),
    "stances": ({"holder", "target", "polarity", "at"}, {"quote"}),
}
"""Of each field, the keys an item must and may have."""


def read_written(folder: Path = FOLDER) -> Iterator[Labelled]:
    """The articles of `folder` with their labels, by file name.

    Raises ValueError, with every fault of a file, where a label does not fit its text.
    """
    for path in sorted(folder.glob("*.toml")):
        text, labels = read_file(path)
        yield align(path.stem, text, labels)


def read_file(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of one article and its labels, in the form of the output contract with spans."""
    try:
        row = tomllib.loads(path.read_text("utf-8"))
        written = _Written(row)
        labels = written.labels(row)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    faults = [*written.faults, *_misread(written.text, written.lines)]
    if faults:
        raise ValueError("\n".join(f"{path.name}: {fault}" for fault in faults))
    return written.text, labels


def _misread(text: str, lines: dict[int, Span]) -> Iterator[str]:
    """Sentences that our code splits otherwise: labels by sentence would mean other words."""
    found = {(s.start, s.end) for s in split_sentences(read_text(text))}
    for number, (start, end) in lines.items():
        if (start, end) not in found:
            yield f"[{number}] is not one sentence to the splitter; write it otherwise"


class _Written:
    """The text put together from its lines, and where each of them stands."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.faults: list[str] = []
        self.text = row["title"]
        self.lines: dict[int, Span] = {1: [0, len(self.text)]}
        gap = "\n\n"
        for line in row["text"].strip().splitlines():
            if not line.strip():
                gap = "\n\n"
                continue
            match = _LINE.match(line)
            if match is None or int(match[1]) != len(self.lines) + 1:
                raise ValueError(f"the line after [{len(self.lines)}] has not the next number: {line[:60]!r}")
            self.text += gap
            self.lines[int(match[1])] = [len(self.text), len(self.text) + len(match[2])]
            self.text += match[2]
            gap = " "

    def labels(self, row: dict[str, Any]) -> dict[str, Any]:
        """Every field with strings and spans; what does not stand in the text goes to `faults`."""
        for name, (must, may) in _KEYS.items():
            for item in row[name] if name != "gist" else ():
                if not must <= item.keys() <= must | may:
                    self.faults.append(f"{name} {item}: has to have {sorted(must)}, may have {sorted(may)}")
        if self.faults:
            raise ValueError("\n".join(self.faults))
        return {
            "gist": [self._sentence("gist", n, "text") for n in row["gist"]],
            "actors": [self._actor(item) for item in row["actors"]],
            "numbers": [self._number(item) for item in row["numbers"]],
            "locations": [self._named(item, "location") for item in row["locations"]],
            "stances": [self._stance(item) for item in row["stances"]],
        }

    def _actor(self, item: dict[str, Any]) -> dict[str, Any]:
        self._one_of(item["kind"], _KINDS, f"actor {item['name']!r}")
        role = item.get("role")
        made = {**self._named(item, "actor"), "kind": item["kind"], "role": role}
        if role is not None:
            made["spans"]["role"] = self._find(role, item["at"], f"role of {item['name']!r}", anywhere=True)
        return made

    def _named(self, item: dict[str, Any], what: str) -> dict[str, Any]:
        """An actor or a place: the name anywhere, the evidence with one of its forms."""
        what = f"{what} {item['name']!r}"
        aliases = item.get("aliases", [])
        told = self._sentence(what, item["at"], "evidence")
        if not any(form in told["evidence"] for form in [item["name"], *aliases]):
            self.faults.append(f"{what}: [{item['at']}] has none of its names")
        spans = {
            "name": self._find(item["name"], item["at"], what, anywhere=True),
            "aliases": [self._find(a, item["at"], f"alias {a!r} of {what}", anywhere=True) for a in aliases],
            **told["spans"],
        }
        return {"name": item["name"], "aliases": aliases, "evidence": told["evidence"], "spans": spans}

    def _number(self, item: dict[str, Any]) -> dict[str, Any]:
        what = f"number {item['mention']!r}"
        told = self._sentence(what, item["at"], "evidence")
        spans = {"mention": self._find(item["mention"], item["at"], what), **told["spans"]}
        counts = item.get("counts")
        if counts is not None:
            spans["counts"] = self._find(counts, item["at"], f"counts {counts!r} of {what}", anywhere=True)
        return {
            "mention": item["mention"],
            "counts": counts,
            "evidence": told["evidence"],
            "spans": spans,
        }

    def _stance(self, item: dict[str, Any]) -> dict[str, Any]:
        what = f"stance of {item['holder']!r}"
        self._one_of(item["polarity"], _POLARITIES, what)
        told = self._sentence(what, item["at"], "evidence")
        spans = dict(told["spans"])
        for key in ("holder", "target", "quote"):
            if item.get(key) is not None:
                near = key == "quote"
                spans[key] = self._find(item[key], item["at"], f"{key} of {what}", anywhere=not near)
        return {
            "holder": item["holder"],
            "target": item["target"],
            "polarity": item["polarity"],
            "quote": item.get("quote"),
            "evidence": told["evidence"],
            "spans": spans,
        }

    def _sentence(self, what: str, number: int, key: str) -> dict[str, Any]:
        if number not in self.lines:
            self.faults.append(f"{what}: there is no sentence [{number}]")
            number = 1
        start, end = self.lines[number]
        return {key: self.text[start:end], "spans": {key: [start, end]}}

    def _find(self, words: str, number: int, what: str, anywhere: bool = False) -> Span:
        """Where `words` stand as whole words: in the sentence, else (if allowed) in the text."""
        start, end = self.lines.get(number, (0, 0))
        whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        match = whole.search(self.text, start, end) or (whole.search(self.text) if anywhere else None)
        if match is None or not words:
            where = "the article" if anywhere else f"[{number}]"
            self.faults.append(f"{what}: {words!r} does not stand in {where}")
            return [0, 0]
        return [match.start(), match.end()]

    def _one_of(self, value: str, known: tuple[str, ...], what: str) -> None:
        if value not in known:
            self.faults.append(f"{what}: {value!r} is none of {', '.join(known)}")


def main() -> int:
    """Reads every written article; prints each fault, and what the skeleton has no place for."""
    bad = 0
    lost: dict[str, int] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        try:
            labelled = align(path.stem, *read_file(path))
        except ValueError as error:
            print(error)
            bad += 1
            continue
        for reason, count in labelled.lost.items():
            if count:
                print(f"{path.name}: not learnable: {count} {reason}")
                lost[reason] = lost.get(reason, 0) + count
    print(f"{len(list(FOLDER.glob('*.toml')))} articles, {bad} with faults; not learnable: {lost}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
