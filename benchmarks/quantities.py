"""How well `summarise.numbers` reads quantities: precision, recall and F1 against labelled text.

    python benchmarks/quantities.py [--data DIR] [--test] [--misses]

DIR (default: $SUMMARISE_DATA) holds `labels/`, `articles/` and `numbers/`. A label is found where a
quantity overlaps its mention with the same value and upper end (to 0.1 %). A second mention of the same
words is labelled once per article, so a quantity whose words are labelled elsewhere in the article and that
overlaps no label counts neither way. Qualifier, unit and span are judged among what was found.

Not named `numbers.py`: a script's folder comes first on the path, where that would shadow the standard
library's `numbers` for every benchmark beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from quantity_classes import CLASSES, KINDS_ONLY, Row, excluded

from summarise.numbers import Quantity, read_quantities

TOLERANCE = 1e-3


def read_rows(path: Path) -> list[Row]:
    """The JSON objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def part(article_id: str) -> str:
    """Which part of the labels an article belongs to."""
    number = int(re.findall(r"\d+", article_id)[-1])
    return {0: "test", 1: "dev"}.get(number % 5, "train")


def same(left: float | None, right: float | None) -> bool:
    """Whether two values agree; None agrees with None alone."""
    if left is None or right is None:
        return left is right
    return abs(left - right) <= TOLERANCE * max(abs(left), abs(right), 1e-9)


def judge(text: str, expected: list[Row], label: str, score: Counter[str]) -> Iterator[str]:
    """Adds one text's counts to `score`; yields what went wrong, in words."""
    found, used = read_quantities(text), set[Quantity]()
    words = {text[row["start"] : row["end"]].lower() for row in expected} if label == "labels" else set()
    for row in expected:
        near = [q for q in found if q.start < row["end"] and row["start"] < q.end and q not in used]
        hit = next((q for q in near if same(q.value, row["value"]) and same(q.upper, row["upper"])), None)
        used |= set(near) if hit is None else {hit}
        score["false"] += len(near) if hit is None else 0
        if hit is None:
            score["missed"] += 1
            got = [(text[q.start : q.end], q.value) for q in near]
            yield f"missed {row['surface']!r} {row['value']}: {got}"
            continue
        score["found"] += 1
        score["span"] += (hit.start, hit.end) == (row["start"], row["end"])
        score["qualifier"] += hit.qualifier == row.get("qualifier")
        score["unit"] += hit.unit == row["unit"]
    for q in set(found) - used:
        overlaps = any(q.start < row["end"] and row["start"] < q.end for row in expected)
        if not overlaps and text[q.start : q.end].lower() not in words:
            score["false"] += 1
            yield f"false {text[max(0, q.start - 20) : q.end + 20]!r} {q.value}"


def label_cases(data: Path, which: str) -> Iterator[tuple[str, list[Row]]]:
    """Text and expected numbers of each labelled article of one part."""
    texts = {row["id"]: row["text"] for row in read_rows(data / "articles" / "wikinews-2019.jsonl")}
    for row in read_rows(data / "labels" / "wikinews-2019.jsonl"):
        if part(row["id"]) == which:
            spans = {tuple(n["spans"]["mention"]): n for n in row["numbers"]}
            yield (
                texts[row["id"]],
                [n | {"start": s, "end": e, "surface": n["mention"]} for (s, e), n in spans.items()],
            )


def line(name: str, score: Counter[str], kinds: bool, recall_only: bool = False) -> str:
    """One row of the table."""
    found = score["found"]
    precision = found / max(1, found + score["false"])
    recall = found / max(1, found + score["missed"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    more = [score[key] / max(1, found) for key in ("qualifier", "unit", "span")] if kinds else []
    cells = [f"{value:.3f}" for value in (precision, recall, f1, *more)] + ["–"] * (0 if kinds else 3)
    if recall_only:
        cells = ["–", f"{recall:.3f}", *["–"] * 4]
    return f"| {name} | {found + score['missed']} | " + " | ".join(cells) + " |"


def main() -> int:
    """Prints the table; exit status 2 without data."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("SUMMARISE_DATA"))
    parser.add_argument("--test", action="store_true", help="also the test part of the labels")
    parser.add_argument("--misses", action="store_true", help="list what went wrong (never of the test part)")
    options = parser.parse_args()
    if not options.data:
        print("no data; name its folder with --data or SUMMARISE_DATA", file=sys.stderr)
        return 2
    data = Path(options.data)
    print("| text | numbers | P | R | F1 | qualifier | unit | span |\n|---|---|---|---|---|---|---|---|")
    faults: list[str] = []
    for which in ("train", "dev", *(["test"] if options.test else [])):
        score = Counter[str]()
        for text, rows in label_cases(data, which):
            wrong = list(judge(text, rows, "labels", score))
            faults += wrong if which != "test" else []
        print(line(f"labels, {which}", score, kinds=True))
    reasons = Counter[str]()
    for name in ("recognizers", "quantulum3"):
        scores: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for case in read_rows(data / "numbers" / f"{name}.jsonl"):
            reason = excluded(case)
            if reason is not None:
                reasons[reason] += 1
                continue
            faults += [
                f"{case['id']} {w}"
                for w in judge(case["text"], case["expected"], name, scores[case["suite"]])
            ]
        for suite, score in scores.items():
            print(line(f"{name}, {suite}", score, kinds=False, recall_only=suite in KINDS_ONLY))
    print("\nCases left out of the suites:\n")
    print("\n".join(f"- {reason}: {reasons[reason]}" for reason, _ in CLASSES if reasons[reason]))
    if options.misses:
        print("\n" + "\n".join(faults))
    return 0


if __name__ == "__main__":
    sys.exit(main())
