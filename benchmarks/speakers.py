"""Who is quoted, and what a clear verb says, held against the labelled stances.

    python benchmarks/speakers.py [--data DIR] [--test]

DIR (default: $SUMMARISE_DATA) holds `labels/` and `articles/`. For each stance with a quote: is the
speaker of its quotation the holder (agrees), nobody certain (open), another (contradicts)? For each
stance: is its polarity judged, does it pass, and is the opposite one caught? Of quotes, also how many stand
in marks that are taken for no speech.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarise.article import Article
from summarise.check.facts import Facts
from summarise.check.polarity import Verdict, judge_polarity
from summarise.check.voices import Voice, judge_voice
from summarise.sentences import split_sentences

PARTS = {0: "test", 1: "dev"}


def read_labels(data: Path, part: str) -> Iterator[tuple[Article, dict[str, Any]]]:
    """The articles of a part with their labels: `dev` (number % 5 == 1), `test` (0) or `train`."""
    lines = (data / "articles/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {row["id"]: row for row in map(json.loads, lines)}
    for line in (data / "labels/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if PARTS.get(int(row["id"].rsplit("-", 1)[1]) % 5, "train") == part:
            text, title = articles[row["id"]]["text"], articles[row["id"]]["title"]
            span = (0, len(title)) if text.startswith(title) else None
            yield Article(text, id=row["id"], title=span), row


def measure(data: Path, part: str) -> Counter[str]:
    """Counts of voices and verdicts over the stances of a part."""
    counts: Counter[str] = Counter()
    for article, row in read_labels(data, part):
        facts = Facts(article, split_sentences(article))
        for stance in row["stances"]:
            holder, at = stance["holder"], tuple(stance["spans"]["holder"])
            if stance["quote"] is not None:
                quote = tuple(stance["spans"]["quote"])
                voice, _ = judge_voice(facts, holder, at, quote)
                counts["quotes"] += 1
                counts["no speech"] += not any(q.start <= quote[0] < q.end for q in facts.speech)
                counts[voice.value] += 1
            counts["stances"] += 1
            evidence = tuple(stance["spans"]["evidence"])
            other = {"for": "against", "against": "for"}.get(stance["polarity"])
            for polarity, name in ((stance["polarity"], "false alarms"), (other, "caught")):
                if polarity:
                    verdict = judge_polarity(facts, polarity, (holder, at), stance["target"], evidence)
                    counts[name] += verdict == Verdict.CONTRADICTED
                    counts["judged"] += name == "false alarms" and verdict != Verdict.OPEN
    return counts


def main() -> None:
    """Measures and prints a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("SUMMARISE_DATA"))
    parser.add_argument("--test", action="store_true", help="also the test part of the labels")
    options = parser.parse_args()
    if not options.data:
        parser.error("no data: give --data or set SUMMARISE_DATA")
    print(
        "| part | quotes | agrees | open | contradicts | no speech | "
        "stances | judged | false alarms | caught |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for part in ("train", "dev", *(("test",) if options.test else ())):
        found = measure(Path(options.data), part)
        voices = (voice.value for voice in Voice)
        columns = ("quotes", *voices, "no speech", "stances", "judged", "false alarms", "caught")
        print(f"| {part} | {' | '.join(str(found[column]) for column in columns)} |")


if __name__ == "__main__":
    main()
