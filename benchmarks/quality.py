"""How good the summaries are: precision, recall and F1 of every field against the labels.

    python -m benchmarks.quality --data DIR [--split dev|test] [--systems adapter,untrained,simple,proposed]
                                 [--out FOLDER] [--write]

Summaries are kept in FOLDER, one JSON Lines file a system and split, and articles that stand there are not
read again. --write puts the table into benchmarks/quality.md and the pictures beside it. The rules of
matching are in matching.py, the labels in labels.py; intervals are 95 % bootstraps over articles.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import baselines, quality_report
from benchmarks.labels import Labelled, read_labels
from benchmarks.matching import FIELDS, match, token_f1
from summarise.article import Article
from summarise.read import read_text

SYSTEMS = ("adapter", "untrained", "simple", "proposed")
Record = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is missing, then print (and write) the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("SUMMARISE_DATA"))
    parser.add_argument("--split", choices=("dev", "test", "train"), default="dev")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--out", type=Path, default=Path("build/quality"))
    parser.add_argument("--most", type=int, help="only the first so many articles")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(argv)
    if options.data is None:
        print("no data: give --data or set SUMMARISE_DATA", file=sys.stderr)
        return 2
    articles = list(read_labels(options.data, options.split))[: options.most]
    results = {}
    for system in options.systems.split(","):
        records = read_records(system, articles, options.out / f"{options.split}-{system}.jsonl")
        results[system] = [judge(record, article) for record, article in zip(records, articles, strict=True)]
    print(quality_report.write_table(results))
    if options.write:
        quality_report.write_files(results, options.split, Path(__file__).parent)
    return 0


def read_records(system: str, articles: Sequence[Labelled], file: Path) -> list[Record]:
    """The system's summary of every article, made now where the file lacks it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    known = {record["id"]: record for record in map(json.loads, lines)}
    run: Callable[[Article], Record] | None = None
    with file.open("a", encoding="utf-8") as out:
        for done, article in enumerate(articles):
            if article.id in known:
                continue
            run = run or make_system(system)
            begun = time.perf_counter()
            summary = run(read_text(article.text, id=article.id))
            seconds = time.perf_counter() - begun
            known[article.id] = {"id": article.id, "seconds": seconds, "summary": summary}
            print(json.dumps(known[article.id]), file=out, flush=True)
            print(f"{system} {done + 1}/{len(articles)} {seconds:.1f} s", file=sys.stderr)
    return [known[article.id] for article in articles]


def make_system(system: str) -> Callable[[Article], Record]:
    """What turns an article into a summary (a dict as in the output contract)."""
    if system in ("simple", "proposed"):
        return baselines.simple if system == "simple" else baselines.proposed
    from summarise.api import Summariser

    summariser = Summariser(adapter=system == "adapter", allow_pull=False)
    return lambda article: summariser.summarise(article).model_dump(mode="json", by_alias=True)


def judge(record: Record, article: Labelled) -> Record:
    """What of one summary is right, field by field; shares and confidences beside it."""
    summary = record["summary"]
    actors = [*summary["actors"], *article.labels["actors"]]
    counts: dict[str, tuple[int, int, int]] = {}
    sure: list[tuple[str, float, bool]] = []
    targets = []
    for field in FIELDS:
        found, true = summary[field], article.labels[field]
        pairs = match(field, found, true, actors)
        counts[field] = len(pairs), len(found), len(true)
        sure += [
            (field, item["confidence"], i in pairs)
            for i, item in enumerate(found)
            if item.get("confidence") is not None
        ]
        if field == "stances":
            targets = [token_f1(found[i]["target"], true[j]["target"]) >= 0.5 for i, j in pairs.items()]
        if field == "actors":
            kinds = [found[i].get("kind") == true[j]["kind"] for i, j in pairs.items()]
    return {
        "id": article.id,
        "counts": counts,
        "confidence": sure,
        "targets": targets,
        "kinds": kinds,
        "seconds": record["seconds"],
        "rejected": len(summary.get("rejected", ())),
        "items": sum(len(summary[field]) for field in FIELDS),
    }


if __name__ == "__main__":
    sys.exit(main())
