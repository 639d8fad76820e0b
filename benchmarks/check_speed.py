"""How many articles the check judges in a second on one core, where the time goes, how it grows.

    python benchmarks/check_speed.py [--data DIR] [--rounds 3]

DIR has `articles/wikinews-2019.jsonl` and `labels/wikinews-2019.jsonl` (default: $SUMMARISE_DATA);
the labelled summaries of its dev articles are judged. Growth is measured without it, on this
project's own articles strung together with other names and numbers in each copy, and a summary of
the first names, numbers and quotations of the whole. Times are processor time of one thread.
Prints Markdown tables; figures are in check_speed.md.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import os
import pstats
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from summarise.check import check
from summarise.check.facts import gather_facts
from summarise.names import find_names
from summarise.numbers import read_quantities
from summarise.read import read_text
from summarise.sentences import split_sentences

ARTICLES = Path(__file__).parent.parent / "tests" / "articles"
FIELDS = ("gist", "actors", "numbers", "locations", "stances")
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
ITEMS = 40
"""Items of a field in the summary of a text of growing length."""


def labelled(data: Path) -> list[tuple[str, dict[str, Any]]]:
    """The dev articles (number % 5 == 1) with their labelled summaries."""
    lines = (data / "articles/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    rows = map(json.loads, (data / "labels/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        (texts[row["id"]], {field: row[field] for field in FIELDS})
        for row in rows
        if int(row["id"][-3:]) % 5 == 1
    ]


def seconds(work: Callable[[], Any], rounds: int) -> float:
    """Processor seconds of `work`, the median of the rounds."""
    spent = []
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def long_text(size: int) -> str:
    """Our own articles strung together, each copy with other capitals and digits, cut at a sentence."""
    base = "\n\n".join(
        path.read_text(encoding="utf-8") for path in (ARTICLES / "ferry.txt", ARTICLES / "tariffs.txt")
    )
    pieces, length, copy = [], 0, 0
    while length < size:
        shift = copy % 23
        piece = re.sub(
            r"\b([A-Z])([a-z]{4,})", lambda m, s=shift: m[1] + m[2] + "aeiou"[s % 5] * (s % 4), base
        )
        pieces.append(piece.replace("2", str(shift % 9 + 1)))
        length += len(piece) + 2
        copy += 1
    text = "\n\n".join(pieces)[:size]
    return text[: text.rfind(". ") + 1] or text


def summary_of(text: str) -> dict[str, Any]:
    """A summary in the bare form: the first names, numbers and quotations that code sees."""
    article = read_text(text)
    head = text[: min(len(text), 20_000)]
    sentences = split_sentences(article)
    names = [name.name for name in find_names(head, split_sentences(read_text(head)))][:ITEMS]
    numbers = list(dict.fromkeys(head[q.start : q.end] for q in read_quantities(head)))[:ITEMS]
    return {
        "gist": [text[s.start : s.end] for s in sentences if s.kind == "body"][:3],
        "actors": names,
        "numbers": numbers,
        "locations": names,
        "stances": [{"holder": n, "target": n, "polarity": "for"} for n in names[:10]],
    }


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("SUMMARISE_DATA"))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.data is None:
        print("no data: growth alone is measured; give --data or set SUMMARISE_DATA", file=sys.stderr)
    else:
        _print_rate(labelled(Path(options.data)), options.rounds)
    _print_growth(options.rounds)
    return 0


def _print_rate(pairs: list[tuple[str, dict[str, Any]]], rounds: int) -> None:
    def judge() -> None:
        for text, summary in pairs:
            check(text, summary)

    judge()  # word lists and gazetteer are read once
    spent = seconds(judge, rounds)
    mean = sum(len(text) for text, _ in pairs) / len(pairs)
    rate = len(pairs) / spent
    print(f"{len(pairs)} articles of {mean:.0f} characters on average: {rate:.0f} a second,")
    print(f"{rate * mean / 2500:.0f} a second of 2,500 characters\n")
    profile = cProfile.Profile()
    profile.runcall(judge)
    own: Counter[str] = Counter()
    for (file, _, _), (_, _, alone, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        own[_part(file)] += alone
    print("| part | share of the time inside its own functions |\n|---|---|")
    for part, alone in own.most_common(14):
        print(f"| {part} | {alone / sum(own.values()):.2f} |")
    print()


def _part(file: str) -> str:
    """`names`, `check/roles`: the module of ours, or what is not ours."""
    ours = file.replace("\\", "/").partition("/summarise/")[2].removesuffix(".py")
    if not ours or "site-packages" in file:
        return "Python and libraries"
    return ours if ours.startswith("check/") else ours.split("/")[0]


def _print_growth(rounds: int) -> None:
    print("| characters | seconds | microseconds a character |\n|---|---|---|")
    for size in SIZES:
        text = long_text(size)
        summary = summary_of(text)

        def judge(text: str = text, summary: dict[str, Any] = summary) -> None:
            gather_facts.cache_clear()  # the facts of the last article are kept
            check(text, summary)

        judge()
        spent = seconds(judge, rounds if size < 300_000 else 1)
        print(f"| {len(text):,} | {spent:.3f} | {1e6 * spent / len(text):.1f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
