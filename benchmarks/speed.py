"""Speed and memory of the whole path on this project's own articles.

    python benchmarks/speed.py [--rounds 3] [--model NAME|FOLDER] [ARTICLE ...]

Prints a Markdown table: seconds to import and load, prefill rate, forward passes per output token,
seconds per article by phase, peak memory. Medians over the rounds; timings depend on the machine
and on what else it does, so compare within one run only.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import time
from pathlib import Path

ARTICLES = Path(__file__).parent.parent / "tests" / "articles"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="default")
    parser.add_argument("articles", nargs="*", type=Path)
    options = parser.parse_args()
    began = time.perf_counter()
    import torch

    from summarise import Summariser, read_file

    imported = time.perf_counter()
    summariser = Summariser(options.model)
    loaded = time.perf_counter()
    print(
        f"{platform.machine()}, {torch.get_num_threads()} threads, torch {torch.__version__}, "
        f"{next(summariser.model.network.parameters()).dtype}, model {summariser.model.name}\n"
    )
    print(
        f"import {imported - began:.1f} s, load {loaded - imported:.1f} s, "
        f"prefill {prefill_rate(summariser):.0f} tokens/s\n"
    )
    print("| article | characters | seconds | check, first round | passes | tokens | per token | choices |")
    print("|---|---|---|---|---|---|---|---|")
    for path in options.articles or sorted(p for p in ARTICLES.iterdir() if p.suffix in (".txt", ".html")):
        article = read_file(path)
        rounds = [measure(summariser, article) for _ in range(options.rounds)]
        counts = rounds[0][2]
        print(
            f"| {path.name} | {len(article.text)} | {statistics.median(r[0] for r in rounds):.1f} "
            f"| {rounds[0][1]:.2f} | {counts.passes} | {counts.tokens} "
            f"| {counts.passes / counts.tokens:.3f} | {counts.choices} |",
            flush=True,
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {peak:.0f} MiB; {options.rounds} rounds, medians")


def prefill_rate(summariser: object) -> float:
    """Tokens a second of one prefill of 1,024 tokens, the better of three."""
    model = summariser.model  # type: ignore[attr-defined]
    ids = model.tokens.encode("The ferry left the harbour at noon with twelve people on board. " * 120)[:1024]
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        model.read([], ids)
        seconds.append(time.perf_counter() - began)
    return len(ids) / min(seconds)


def measure(summariser: object, article: object) -> tuple[float, float, object]:
    """Seconds of the whole article, of its check, and the counts of decoding."""
    from summarise import pipeline

    spent = 0.0
    plain = pipeline.check_draft

    def timed(*args: object) -> object:
        nonlocal spent
        began = time.perf_counter()
        judgement = plain(*args)  # type: ignore[arg-type]
        spent += time.perf_counter() - began
        return judgement

    pipeline.check_draft = timed  # type: ignore[assignment]
    try:
        began = time.perf_counter()
        result = summariser.measure(article)  # type: ignore[attr-defined]
        return time.perf_counter() - began, spent, result.counts
    finally:
        pipeline.check_draft = plain


if __name__ == "__main__":
    main()
