"""Articles per minute and memory of a batch in one process, by how many articles are decoded at a time.

    python -m benchmarks.scale [--rows 1 2 4 8 16] [--articles 16] [--model NAME|FOLDER] [--plot memory.png]

Prints Markdown: a table of the rows, and what the best of them would take for a million and for a hundred
million articles. The articles are made of the paragraphs of tests/articles, drawn anew for each, the
same at every run. Each number of rows goes through the whole batch: reading, decoding, checking, journal.
Timings count within one run on one machine only.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from summarise import BatchCounts, BatchOptions, Summariser, read_file, write_batch

ARTICLES = Path(__file__).parent.parent / "tests" / "articles"
PARAGRAPHS = 8
LARGE = (1_000_000, 100_000_000)


@dataclass
class Memory:
    """Resident memory of this process in MiB, after each article."""

    points: list[float] = field(default_factory=list)

    def note(self, counts: BatchCounts, share: float | None) -> None:
        """Takes a point."""
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.points.append(pages * 4096 / 2**20)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1, 2, 4, 8, 16])
    parser.add_argument("--articles", type=int, default=16)
    parser.add_argument("--model", default="default")
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    summariser = Summariser(options.model)
    summariser.summarise("Ana Roe went to Lima on Monday.")  # what is loaded late is loaded now
    print(f"{platform.machine()}, model {summariser.model.name}, {options.articles} articles each\n")
    print("| rows | seconds | articles/min | memory, first article | memory, most |\n|---|---|---|---|---|")
    best, lines = 0.0, {}
    with tempfile.TemporaryDirectory() as name:
        source = write_articles(Path(name) / "in.jsonl", options.articles)
        for rows in options.rows:
            memory = lines[rows] = Memory()
            began = time.perf_counter()
            out = Path(name) / f"{rows}.jsonl"
            counts = write_batch(summariser, source, out, BatchOptions(rows=rows, show=memory.note))
            seconds = time.perf_counter() - began
            assert counts.summarised == options.articles
            pace = 60 * counts.summarised / seconds
            best = max(best, pace)
            print(
                f"| {rows} | {seconds:.1f} | {pace:.1f} | {memory.points[0]:.0f} MiB "
                f"| {max(memory.points):.0f} MiB |",
                flush=True,
            )
    project(best)
    if options.plot:
        plot(lines, options.plot)


def write_articles(path: Path, count: int) -> Path:
    """`count` invented articles as JSON Lines, each of paragraphs of our own ones."""
    texts = [read_file(place).text for place in sorted(ARTICLES.glob("*.txt"))]
    paragraphs = [part for text in texts for part in text.split("\n\n") if len(part) > 80]
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            text = "\n\n".join(chance.sample(paragraphs, PARAGRAPHS))
            file.write(json.dumps({"id": str(n), "text": text}) + "\n")
    return path


def project(pace: float) -> None:
    """What a larger number of such articles would take at that pace, one process and a hundred."""
    print("\n| articles | one process | 100 such machines |\n|---|---|---|")
    for count in LARGE:
        days = count / pace / 60 / 24
        print(f"| {count:,} | {days:,.1f} days | {days / 100:,.2f} days |")
    print(
        "\nAssumed: articles of this length, this machine with nothing else to do, inputs that are read"
        "\nfaster than they are summarised, and machines that share nothing."
    )


def plot(lines: dict[int, Memory], path: Path) -> None:
    """The memory after each article, a line for each number of rows."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4))
    axes = figure.subplots()
    for rows, memory in lines.items():
        axes.plot(memory.points, label=f"{rows} at a time")
    axes.set(xlabel="articles", ylabel="memory, MiB", ylim=(0, None))
    axes.legend()
    figure.savefig(path, dpi=120)


if __name__ == "__main__":
    main()
