"""How many labelled actors and locations `summarise.names` proposes, and how well it groups forms.

Usage: python benchmarks/names.py [--data DIR] [--split dev|train|test] [--missing]; DIR has
`articles/wikinews-2019.jsonl` and `labels/wikinews-2019.jsonl` (default: $SUMMARISE_DATA).
The test split is for a last figure, never to tune on. Figures are in names.md.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from summarise.names import Name, find_names

Record = dict[str, Any]


class Line(NamedTuple):
    """Stands for a Sentence where `summarise.sentences` is not used."""

    number: int
    start: int
    end: int
    kind: str


def read_split(data: Path, split: str) -> Iterator[tuple[Record, Record]]:
    """Articles with their labels, of `test` (number % 5 == 0), `dev` (1) or `train` (2, 3, 4)."""
    lines = (data / "articles/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {row["id"]: row for row in map(json.loads, lines)}
    for line in (data / "labels/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if ("test", "dev", "train")[min(2, int(label["id"][-3:]) % 5)] == split:
            yield articles[label["id"]], label


def split_text(text: str) -> list[Any]:
    """The article's sentences, by the project's splitter where it is there."""
    try:
        from summarise.article import Article
        from summarise.sentences import split_sentences
    except ImportError:
        return list(_lines(text))
    end = text.find("\n")
    return list(split_sentences(Article(text, title=(0, end) if end > 0 else None)))


def _lines(text: str) -> Iterator[Line]:
    pattern = r"\S(?:[^\n]*?[a-z)\"”0-9][.!?][\"”']?(?=\s+[\"“A-Z]|\s*\n|\s*$)|[^\n]*)"
    for number, match in enumerate(re.finditer(pattern, text), 1):
        yield Line(number, match.start(), match.end(), "title" if number == 1 else "body")


def fold(text: str) -> str:
    """Case, accents, `the`, punctuation and white space do not count."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s]", "", plain.casefold()).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def forms(name: Name) -> set[str]:
    """All folded forms of a proposal."""
    return {fold(form) for form in (name.name, *name.aliases)}


def judge(names: tuple[Name, ...], label: Record, counts: Counter[str], missing: list[str]) -> None:
    """Count what of one article's labels is proposed, grouped and wrongly merged."""
    groups = [forms(name) for name in names]
    known = set().union(*groups) if groups else set()
    owners: dict[int, set[str]] = {}
    for field in ("actors", "locations"):
        for item in label[field]:
            kind = item["kind"] if field == "actors" else "location"
            wanted = {fold(form) for form in (item["name"], *item["aliases"])}
            counts[f"{kind} all"] += 1
            counts[f"{kind} found"] += bool(wanted & known)
            counts[f"{kind} exact"] += fold(item["name"]) in known
            if not wanted & known:
                missing.append(f"{label['id']} {kind}: {item['name']}")
            homes = {i for i, group in enumerate(groups) if wanted & group}
            counts["split"] += len(homes) > 1
            counts["spare"] += max(0, len(homes) - 1)
            home = next((i for i, group in enumerate(groups) if fold(item["name"]) in group), None)
            for alias in map(fold, item["aliases"]):
                counts["alias all"] += alias in known and home is not None
                grouped = home is not None and alias in groups[home]
                counts["alias grouped"] += grouped
                if home is not None and alias in known and not grouped:
                    missing.append(f"{label['id']} apart: {item['name']} / {alias}")
            if home is not None and field == "actors":
                owners.setdefault(home, set()).add(item["name"])
    for items in owners.values():
        counts["merged"] += len(items) - 1
        if len(items) > 1:
            missing.append(f"{label['id']} merged: {sorted(items)}")


def main() -> int:
    """Print the figures of one split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("SUMMARISE_DATA"))
    parser.add_argument("--split", choices=("dev", "train", "test"), default="dev")
    parser.add_argument("--missing", action="store_true", help="list what was missed")
    options = parser.parse_args()
    if options.data is None:
        print("no data: give --data or set SUMMARISE_DATA", file=sys.stderr)
        return 2
    counts: Counter[str] = Counter()
    missing: list[str] = []
    proposals, seconds = [], 0.0
    for article, label in read_split(Path(options.data), options.split):
        sentences = split_text(article["text"])
        start = time.perf_counter()
        names = find_names(article["text"], sentences)
        seconds += time.perf_counter() - start
        proposals.append(len(names))
        judge(names, label, counts, missing)
    print(f"{options.split}: {len(proposals)} articles, {1000 * seconds / len(proposals):.1f} ms each")
    for kind in ("person", "government", "organisation", "group", "location"):
        every = counts[f"{kind} all"]
        found, exact = counts[f"{kind} found"] / every, counts[f"{kind} exact"] / every
        print(f"{kind:13}{found:6.3f} found, {exact:6.3f} by name, of {every}")
    aliases = counts["alias all"]
    print(f"aliases in the name's group {counts['alias grouped'] / aliases:.3f} of {aliases}")
    print(f"labelled items over several proposals: {counts['split']}, proposals too many: {counts['spare']}")
    print(f"actors merged that are two: {counts['merged']}")
    print(f"proposals: median {statistics.median(proposals):g}, most {max(proposals)}")
    if options.missing:
        print("\n".join(missing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
