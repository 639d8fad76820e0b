"""Articles a minute and memory of a batch: by articles decoded together, on a Ray cluster, over a long run.

    python -m benchmarks.scale [--rows 1,2,4,8,16] [--workers 1,2] [--articles 16] [--long 1000] [--write]

Every measurement is a whole batch in a process of its own: reading, decoding, checking, journal. The
articles are made of the paragraphs of tests/articles, drawn anew for each, the same at every run; those of
the long run are single paragraphs. The first round of articles is not timed: until it is done, the model is
being loaded; two more rounds are at least. --write puts tables and picture into benchmarks/scale.md.
Timings count within one run on one machine only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.speed_machine import describe_machine
from summarise import BatchCounts, BatchOptions, Summariser, read_file, write_batch

HERE = Path(__file__).parent
ARTICLES = HERE.parent / "tests" / "articles"
PARAGRAPHS = 8
LARGE = (1_000_000, 100_000_000)
MACHINES = 100
MARKS = "<!-- scale -->\n", "<!-- end scale -->"
Measured = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Measures, prints, and with --write keeps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=numbers, default=[1, 2, 4, 8, 16])
    parser.add_argument("--workers", type=numbers, default=[1, 2], help="of a Ray cluster on this machine")
    parser.add_argument("--articles", type=int, default=16)
    parser.add_argument(
        "--long", type=int, default=1000, help="articles of the run over which memory is watched"
    )
    parser.add_argument("--model", default="default")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--measure", help=argparse.SUPPRESS)  # one measurement: its settings as JSON
    options = parser.parse_args(argv)
    if options.measure:
        print(json.dumps(measure(**json.loads(options.measure))))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        enough = max([options.articles, *(3 * n for n in (*options.rows, *options.workers))])
        some = write_articles(folder / "some.jsonl", enough, PARAGRAPHS)
        common = {"source": str(some), "model": options.model, "articles": options.articles}
        rows = [run(rows=n, out=str(folder / f"rows-{n}.jsonl"), **common) for n in options.rows]
        far = [run(workers=n, out=str(folder / f"far-{n}.jsonl"), **common) for n in options.workers]
        many = write_articles(folder / "many.jsonl", options.long, 1)
        settings = {**common, "source": str(many), "articles": options.long}
        long = [run(out=str(folder / "long.jsonl"), **settings)] if options.long else []
    page = "\n".join(write_page(rows, far, long))
    print(page)
    if options.write:
        place = HERE / "scale.md"
        before, _, rest = place.read_text("utf-8").partition(MARKS[0])
        place.write_text(before + MARKS[0] + page + "\n" + MARKS[1] + rest.partition(MARKS[1])[2], "utf-8")
        if long:
            plot(long[0]["memory"], HERE / "scale-memory.png")
    return 0


def numbers(text: str) -> list[int]:
    """Whole numbers with commas between; none of an empty text."""
    return [int(part) for part in text.split(",") if part]


def run(**settings: Any) -> Measured:
    """`measure` in a process of its own, so that nothing is left of the one before."""
    command = [sys.executable, "-m", "benchmarks.scale", "--measure", json.dumps(settings)]
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=True)
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    print(settings, {k: v for k, v in found.items() if k != "memory"}, file=sys.stderr, flush=True)
    return found


def measure(source: str, out: str, model: str, articles: int, rows: int = 1, workers: int = 0) -> Measured:
    """One batch of so many articles, or three rounds, and how long all but the first round took.

    Seconds; resident memory of this process after each article in MiB.
    """
    together = rows * max(workers, 1)
    times: list[float] = []
    memory: list[float] = []

    def note(counts: BatchCounts, _: float | None) -> None:
        while len(times) < counts.summarised:
            times.append(time.perf_counter())
            memory.append(resident())

    options = BatchOptions(rows=rows, show=note, limit=max(articles, 3 * together))
    if workers:
        from summarise.batch.cluster import Cluster

        def load() -> Summariser:
            return Summariser(model, allow_pull=False)

        with closing(Cluster(load, "local", workers=workers)) as cluster:
            counts = write_batch(cluster, source, out, options)
    else:
        counts = write_batch(Summariser(model), source, out, options)
    if counts.failed or counts.summarised <= together:
        raise SystemExit(f"{counts.told()}: nothing to measure")
    timed = len(times) - together
    return {
        "rows": rows,
        "workers": workers,
        "articles": timed,
        "seconds": times[-1] - times[together - 1],
        "memory": memory,
    }


def resident() -> float:
    """Resident memory of this process, MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def write_articles(path: Path, count: int, paragraphs: int) -> Path:
    """`count` invented articles as JSON Lines, each of some paragraphs of our own ones."""
    texts = [read_file(place).text for place in sorted(ARTICLES.glob("*.txt"))]
    parts = [part for text in texts for part in text.split("\n\n") if len(part) > 80]
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            text = "\n\n".join(chance.sample(parts, paragraphs))
            file.write(json.dumps({"id": str(n), "text": text}) + "\n")
    return path


def pace(one: Measured) -> float:
    """Articles a minute."""
    return float(60 * one["articles"] / one["seconds"])


def write_page(rows: list[Measured], far: list[Measured], long: list[Measured]) -> Iterator[str]:
    """The lines of the page."""
    yield f"{describe_machine()}\n"
    yield from table("at a time, one process", rows, lambda one: one["rows"], rows[:1])
    yield from table("workers on Ray", far, lambda one: one["workers"], rows[:1])
    if long:
        points = long[0]["memory"]
        tenth = max(1, len(points) // 10)
        early, late = (sorted(part)[len(part) // 2] for part in (points[tenth : 2 * tenth], points[-tenth:]))
        yield (
            f"Over {len(points):,} articles of one paragraph, {pace(long[0]):.1f} a minute, the process holds"
            f" {early:.0f} MiB in the second tenth (median), {late:.0f} MiB in the last,"
            f" {max(points):.0f} MiB at most.\n"
        )
        yield "![Memory](scale-memory.png)\n"
    if rows or far:
        yield from project(max(map(pace, [*rows, *far])))


def table(
    what: str, measured: list[Measured], count: Callable[[Measured], int], base: list[Measured]
) -> Iterator[str]:
    """A line for each measurement; how many times the pace of one process and one article at a time."""
    if not measured:
        return
    yield f"| {what} | articles timed | seconds | articles/min | times one | memory, most |"
    yield "|---|---|---|---|---|---|"
    for one in measured:
        times = f"{pace(one) / pace(base[0]):.2f}" if base else ""
        memory = "" if one["workers"] else f"{max(one['memory']):.0f} MiB"
        cells = f"{one['articles']} | {one['seconds']:.1f} | {pace(one):.1f} | {times} | {memory}"
        yield f"| {count(one)} | {cells} |"
    yield ""


def project(best: float) -> Iterator[str]:
    """What a larger number of such articles would take at that pace."""
    yield f"| articles | one such machine | {MACHINES} of them |\n|---|---|---|"
    for count in LARGE:
        days = count / best / 60 / 24
        yield f"| {count:,} | {days:,.1f} days | {days / MACHINES:,.2f} days |"
    yield (
        "\nProjected from the best pace above, not measured. Assumed: articles of this length, machines"
        "\nthat share nothing and do nothing else, inputs read faster than they are summarised, no failures."
    )


def plot(memory: list[float], path: Path) -> None:
    """The memory after each article."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.5), layout="constrained")
    axes = figure.subplots()
    axes.plot(memory)
    axes.set(xlabel="articles done", ylabel="memory, MiB", ylim=(0, None))
    figure.savefig(path, dpi=120)


if __name__ == "__main__":
    raise SystemExit(main())
