"""Plants faults in labelled summaries, one leaf at a time, and counts which ones the check finds.

    python benchmarks/faults.py [--data DIR] [--split dev|train|test] [--most 2] [--missed] [--alarms]

DIR has `articles/wikinews-2019.jsonl` and `labels/wikinews-2019.jsonl` (default: $SUMMARISE_DATA).
Prints two Markdown tables: detection per kind of fault, in the form with evidence and in the one
without, and the false alarms on the summaries as they were labelled. A fault counts where the
true item holds and the spoilt one does not. Figures and what they mean are in faults.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import fault_makers  # noqa: F401  (registers kinds)
import fault_numbers  # noqa: F401
import fault_stances  # noqa: F401
from fault_kinds import KINDS, Place

from summarise.article import Article
from summarise.check import check
from summarise.read import read_text

FIELDS = ("gist", "actors", "numbers", "locations", "stances")
FORMS = ("evidence", "bare")
SAID = ("value", "upper", "unit")  # null says something here: that there is none
Item = dict[str, Any]


def read_split(data: Path, split: str) -> list[tuple[Item, Item]]:
    """Articles with their labels, of `dev` (number % 5 == 1), `train` (2, 3, 4) or `test` (0)."""
    lines = (data / "articles/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {row["id"]: row for row in map(json.loads, lines)}
    rows = map(json.loads, (data / "labels/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines())
    names = {0: "test", 1: "dev"}
    return [(articles[r["id"]], r) for r in rows if names.get(int(r["id"][-3:]) % 5, "train") == split]


def in_form(item: Item, form: str) -> Item:
    """An item as the form has it: labelled spans are left out, planted ones (without evidence's) stay."""
    kept = {k: v for k, v in item.items() if k != "spans" or not {"evidence", "text"} & v.keys()}
    if form == "bare":
        kept.pop("evidence", None)
    return kept


def places(rows: list[tuple[Item, Item]]) -> Iterator[tuple[str, Article, Place]]:
    """Each article with its labels and, for foreign strings, those of the next one."""
    for index, (row, label) in enumerate(rows):
        other_row, other = rows[(index + 1) % len(rows)]
        random = Random(row["id"])
        article = read_text(row["text"])
        yield row["id"], article, Place(row["text"], label, other, other_row["text"], row["title"], random)


def holds(article: Article, field: str, item: Item, context: list[Item], form: str) -> bool:
    """Whether nothing of the one item is rejected."""
    items = [in_form(one, form) for one in (item, *context)]
    given = items[0] if isinstance(items[0], dict) else {}
    judged = check(article, {field: items})
    return not any({**r.item} == _plain(given) for r in judged.rejected)


def _plain(item: Item) -> Item:
    """As the check hands an item back: lists as tuples."""
    return {key: _tuples(value) for key, value in item.items()}


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(one) for one in value)
    return {key: _tuples(one) for key, one in value.items()} if isinstance(value, dict) else value


def plant(rows: list[tuple[Item, Item]], most: int, missed: bool) -> Counter[tuple[str, str, str]]:
    """How many faults of each kind and form there were and were found; at most so many an article."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for name, article, place in places(rows):
        sound: dict[tuple[str, str, int], bool] = {}
        for kind, (_, make) in KINDS.items():
            done = 0
            for field, true, spoilt in make(place):
                changed = [key for key in spoilt if spoilt[key] != true.get(key)]
                made = all(spoilt[key] or key in ("unit", "upper", "aliases") for key in changed)
                if not changed or not made or done == most or spoilt.get("aliases", ()) is None:
                    continue
                context = [one for one in place.label[field] if one["spans"] != true["spans"]][:40]
                done += 1
                for form in FORMS if changed != ["evidence"] else FORMS[:1]:
                    key = field, form, id(true)
                    if key not in sound:
                        sound[key] = holds(article, field, true, [], form)
                    if sound[key]:
                        others = context if "aliases" in changed else []
                        found = not holds(article, field, spoilt, others, form)
                        counts[kind, form, "planted"] += 1
                        counts[kind, form, "found"] += found
                        if missed and not found:
                            what = {key: spoilt[key] for key in changed}
                            print(f"missed {name} {kind} ({form}): {what} in {true}", file=sys.stderr)
    return counts


def alarms(rows: list[tuple[Item, Item]], form: str, show: bool) -> tuple[Counter[str], Counter[str]]:
    """Leaves judged and leaves rejected of the summaries as labelled, by `field.leaf`."""
    judged: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    for name, article, place in places(rows):
        summary = {field: [in_form(item, form) for item in place.label[field]] for field in FIELDS}
        for field, items in summary.items():
            for item in items:
                leaves = [leaf for leaf, value in item.items() if leaf in SAID or value not in (None, [])]
                judged.update(f"{field}.{leaf}" for leaf in leaves)
                judged[field] += 1
        for one in check(article, summary).rejected:
            field, _, leaf = one.field.partition(".")
            check_name = one.issues[0].check
            leaf = leaf or _leaf(field, check_name)
            rejected[f"{field}.{leaf}"] += 1
            rejected[field] += "." not in one.field
            if show:
                print(f"alarm {name} ({form}) {one.field}: {one.issues[0].message}", file=sys.stderr)
    return judged, rejected


def _leaf(field: str, check_name: str) -> str:
    """The leaf that a rejected item failed by."""
    if check_name in ("evidence", "holder", "target", "quote"):
        return check_name if field != "gist" else "text"
    key = {"gist": "text", "numbers": "mention", "stances": "target"}
    return (
        "kind" if check_name == "kind" else "polarity" if check_name == "polarity" else key.get(field, "name")
    )


def main() -> int:
    """Prints the tables of one split."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("SUMMARISE_DATA"))
    parser.add_argument("--split", choices=("dev", "train", "test"), default="dev")
    parser.add_argument("--most", type=int, default=2, help="faults of a kind in an article")
    parser.add_argument("--missed", action="store_true", help="list the faults that were not found")
    parser.add_argument("--alarms", action="store_true", help="list the false alarms")
    options = parser.parse_args()
    if options.data is None:
        print("no data: give --data or set SUMMARISE_DATA", file=sys.stderr)
        return 2
    rows = read_split(Path(options.data), options.split)
    print(f"{options.split}: {len(rows)} articles\n")
    _print_detection(plant(rows, options.most, options.missed))
    _print_alarms({form: alarms(rows, form, options.alarms) for form in FORMS})
    return 0


def _print_detection(counts: Counter[tuple[str, str, str]]) -> None:
    print("| fault | the text settles it | found, evidence given | found, bare |\n|---|---|---|---|")
    total: Counter[tuple[str, str]] = Counter()
    for kind, (settled, _) in KINDS.items():
        cells = []
        for form in FORMS:
            found, planted = counts[kind, form, "found"], counts[kind, form, "planted"]
            cells.append(f"{found / planted:.3f} of {planted}" if planted else "none planted")
            if settled == "both" or settled == form:
                total[form, "found"] += found
                total[form, "planted"] += planted
        print(f"| {kind} | {settled} | {' | '.join(cells)} |")
    sums = [f"{total[f, 'found'] / total[f, 'planted']:.4f} of {total[f, 'planted']}" for f in FORMS]
    print(f"| **all that the text settles** | | {' | '.join(sums)} |\n")


def _print_alarms(results: dict[str, tuple[Counter[str], Counter[str]]]) -> None:
    print("| leaf | judged | false alarms, evidence given | false alarms, bare |\n|---|---|---|---|")
    leaves = sorted(leaf for leaf in results["evidence"][0] if "." in leaf)
    for leaf in leaves:
        cells = [f"{r[leaf]} ({r[leaf] / j[leaf]:.4f})" if j[leaf] else "-" for j, r in results.values()]
        print(f"| {leaf} | {results['evidence'][0][leaf]} | {' | '.join(cells)} |")
    for title, chosen in (("all leaves", "."), ("items rejected whole", "")):
        cells = []
        for judged, rejected in results.values():
            names = [n for n in judged if ("." in n) == bool(chosen)]
            bad, every = sum(rejected[n] for n in names), sum(judged[n] for n in names)
            cells.append(f"{bad} of {every} ({bad / every:.4f})")
        print(f"| **{title}** | | {' | '.join(cells)} |")


if __name__ == "__main__":
    sys.exit(main())
