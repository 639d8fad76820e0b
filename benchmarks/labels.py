"""The labels of the quality benchmark as bare spans: no string of an article is in this repository.

    python benchmarks/labels.py LABELS.jsonl ARTICLES.jsonl    writes benchmarks/wikinews-2019.labels.jsonl

Each line has the article's id, address and sha256 (of its text in UTF-8), and every item with the spans
of its strings; `read_labels` puts the strings back from the articles' own text.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

BARE = Path(__file__).with_name("wikinews-2019.labels.jsonl")
KEPT = ("kind", "value", "upper", "qualifier", "polarity", "spans")
FIELDS = ("gist", "actors", "numbers", "locations", "stances")
_STRINGS = ("text", "name", "role", "mention", "counts", "holder", "target", "quote", "evidence", "aliases")


class Labelled(NamedTuple):
    """An article's id and text, and its labels as items with strings and spans."""

    id: str
    text: str
    labels: dict[str, list[dict[str, Any]]]


def split_of(article_id: str) -> str:
    """test where the number is divisible by 5, dev with remainder 1, else train."""
    return {0: "test", 1: "dev"}.get(int(article_id.rsplit("-", 1)[1]) % 5, "train")


def read_labels(data: Path, split: str) -> Iterator[Labelled]:
    """The labelled articles of one split; `data` holds `articles/wikinews-2019.jsonl`.

    Raises ValueError for an article whose text is not the labelled one.
    """
    texts = {row["id"]: row["text"] for row in _rows(data / "articles/wikinews-2019.jsonl")}
    for row in _rows(BARE):
        if split_of(row["id"]) != split:
            continue
        text = texts[row["id"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise ValueError(f"{row['id']}: this is another text than the one that was labelled")
        yield Labelled(row["id"], text, {f: [_dress(item, text) for item in row[f]] for f in FIELDS})


def strip(label: dict[str, Any], url: str) -> dict[str, Any]:
    """One article's labels without its strings."""
    bare = {f: [{k: item[k] for k in KEPT if k in item} for item in label[f]] for f in FIELDS}
    return {"id": label["id"], "url": url, "sha256": label["sha256"], **bare}


def _dress(item: dict[str, Any], text: str) -> dict[str, Any]:
    """The item with the strings that its spans stand for; those without a span are None."""
    dressed = dict(item)
    for name in _STRINGS:
        span = item["spans"].get(name)
        if name == "aliases":
            dressed[name] = [text[start:end] for start, end in span or []]
        elif span is not None:
            dressed[name] = text[span[0] : span[1]]
    return dressed


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def main(labels: str, articles: str) -> int:
    """Write the bare file."""
    urls = {row["id"]: row["url"] for row in _rows(Path(articles))}
    lines = [json.dumps(strip(row, urls[row["id"]])) for row in _rows(Path(labels))]
    BARE.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
