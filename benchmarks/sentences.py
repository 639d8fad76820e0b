"""How well and how fast sentence splitters split news: the measurement behind `summarise.sentences`.

Reads `articles/gum-news.jsonl` below SUMMARISE_DATA, gives every library the same paragraphs, and
counts how many of the corpus's own sentences come out exactly, and how many of the boundaries
*inside* paragraphs are right (the rest is given away by the line ends). Libraries that are not
installed are left out and named. Nothing of the articles is written anywhere.

    SUMMARISE_DATA=... python benchmarks/sentences.py [--split train,dev,test]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from summarise.article import Article
from summarise.layout import find_crumbs

Spans = list[tuple[int, int]]
Splitter = Callable[[str], Iterable[str]]
"""One paragraph to its sentences as strings, whose non-blank characters are the paragraph's."""


def use_blingfire() -> Splitter:
    from blingfire import text_to_sentences

    return lambda text: text_to_sentences(text).split("\n")


def use_punkt() -> Splitter:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    return PunktSentenceTokenizer().tokenize  # untrained: its English model is a download


def use_pysbd() -> Splitter:
    from pysbd import Segmenter

    return Segmenter(language="en", clean=False).segment


def use_segtok() -> Splitter:
    from segtok.segmenter import split_single

    return split_single


def use_sentencex() -> Splitter:
    from sentencex import segment

    return lambda text: segment("en", text)


def use_spacy() -> Splitter:
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in pipeline(text).sents]


def use_syntok() -> Splitter:
    from syntok import segmenter

    def split(text: str) -> list[str]:
        paragraphs = segmenter.analyze(text)
        return ["".join(map(str, sentence)) for paragraph in paragraphs for sentence in paragraph]

    return split


def use_summarise() -> Splitter:
    from summarise.sentences import split_sentences

    return lambda text: [text[one.start : one.end] for one in split_sentences(Article(text))]


LIBRARIES: dict[str, tuple[str, Callable[[], Splitter]]] = {
    "blingfire": ("blingfire", use_blingfire),
    "nltk punkt, untrained": ("nltk.tokenize.punkt", use_punkt),
    "pysbd": ("pysbd", use_pysbd),
    "segtok": ("segtok.segmenter", use_segtok),
    "sentencex": ("sentencex", use_sentencex),
    "spacy sentencizer": ("spacy", use_spacy),
    "syntok": ("syntok.segmenter", use_syntok),
    "summarise.sentences": ("summarise.sentences", use_summarise),
}


def ends_of(sentences: Iterable[str]) -> set[int]:
    """Where sentences end, counted in non-blank characters: the measure no white space can disturb."""
    ends, seen = set(), 0
    for sentence in sentences:
        seen += sum(not character.isspace() for character in sentence)
        ends.add(seen)
    return ends - {0}


def read_paragraphs(path: Path, splits: set[str]) -> list[tuple[str, list[str]]]:
    """Each paragraph of prose with the corpus's sentences in it; paragraphs with captions are left out."""
    paragraphs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] not in splits:
            continue
        text, start = row["text"], 0
        for paragraph in text.split("\n\n"):
            end = start + len(paragraph)
            gold = [text[s:e] for s, e in row["sentences"] if start <= s and e <= end]
            if not find_crumbs(paragraph):
                paragraphs.append((paragraph, gold))
            start = end + 2
    return paragraphs


def ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def score(split: Splitter, paragraphs: list[tuple[str, list[str]]]) -> dict[str, float]:
    """F1 of exact sentences; precision, recall and F1 of the boundaries inside paragraphs."""
    exact = found = wanted = inner = inner_found = inner_wanted = 0
    for paragraph, gold in paragraphs:
        theirs, ours = ends_of(gold), ends_of(split(paragraph))
        last = max(theirs, default=0)
        theirs_spans, ours_spans = set(pairwise([0, *sorted(theirs)])), set(pairwise([0, *sorted(ours)]))
        exact += len(theirs_spans & ours_spans)
        found, wanted = found + len(ours_spans), wanted + len(theirs_spans)
        theirs, ours = theirs - {last}, ours - {last}
        inner += len(theirs & ours)
        inner_found, inner_wanted = inner_found + len(ours), inner_wanted + len(theirs)
    precision, recall = ratio(inner, inner_found), ratio(inner, inner_wanted)
    return {
        "exact": ratio(2 * exact, found + wanted),
        "precision": precision,
        "recall": recall,
        "inner": ratio(2 * inner, inner_found + inner_wanted),
    }


def characters_per_second(split: Splitter, texts: list[str]) -> float:
    """The best of three passes, after one to warm up."""
    best = float("inf")
    for _ in range(4):
        began = time.perf_counter()
        for text in texts:
            list(split(text))
        best = min(best, time.perf_counter() - began)
    return sum(map(len, texts)) / best


def import_seconds(module: str) -> float:
    """What importing the library adds to a fresh interpreter: the best of three."""
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(3))
    return min(float(run.stdout) for run in runs)


def main() -> None:
    parser = argparse.ArgumentParser(description="compare sentence splitters on news")
    parser.add_argument("--split", default="train,dev", help="the corpus's own splits to read")
    splits = set(parser.parse_args().split.split(","))
    data = os.environ.get("SUMMARISE_DATA")
    if not data:
        sys.exit("SUMMARISE_DATA is not set; point it at the folder with articles/gum-news.jsonl")
    paragraphs = read_paragraphs(Path(data) / "articles" / "gum-news.jsonl", splits)
    texts = [paragraph for paragraph, _ in paragraphs]
    sentences = sum(len(gold) for _, gold in paragraphs)
    print(f"{len(paragraphs)} paragraphs, {sentences} sentences, {sum(map(len, texts)):,} characters\n")
    print("| splitter | exact F1 | inner P | inner R | inner F1 | million characters/s | import s |")
    print("|---|---|---|---|---|---|---|")
    for name, (module, use) in LIBRARIES.items():
        if importlib.util.find_spec(module.split(".")[0]) is None:
            print(f"| {name} | not installed | | | | | |")
            continue
        split = use()
        got = score(split, paragraphs)
        speed = characters_per_second(split, texts) / 1e6
        figures = f"{got['exact']:.3f} | {got['precision']:.3f} | {got['recall']:.3f} | {got['inner']:.3f}"
        print(f"| {name} | {figures} | {speed:.2f} | {import_seconds(module):.2f} |", flush=True)


if __name__ == "__main__":
    main()
