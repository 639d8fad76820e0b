"""Batches without a model: a summariser that invents nothing and takes no time, inputs, and what must hold.

As a program it waits for command lines (JSON, one a line), and runs each in a child of its own, so that a
test can kill one without paying for its imports: it prints the child's process id, then how it ended.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summarise.api import Outcome
from summarise.article import Article
from summarise.errors import DecodeError
from summarise.summary import Actor, ArticleInfo, Coverage, Provenance, Summary

COVERAGE = Coverage(
    **{name: 0 for name in Coverage.model_fields if name != "complete"},
    complete=True,
)


class QuickSummariser:
    """In the place of a Summariser: an article's first word is its only actor; `refuse` in it is an error."""

    def __init__(self, model: str = "quick", ahead: int = 0) -> None:
        self.model, self.ahead = model, ahead
        self.asked: list[str | None] = []

    output = Summary

    def fingerprint(self, *, with_text: bool = False) -> dict[str, Any]:
        return {"model": self.model, "with_text": with_text}

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(
        self, articles: Iterable[Article], *, rows: int = 1, with_text: bool = False
    ) -> Iterator[Outcome]:
        """Reads `ahead` articles further than it has told, as one that decodes several at a time does."""
        held: list[Article] = []
        for article in articles:
            held.append(article)
            if len(held) > self.ahead:
                yield self._outcome(held.pop(0), with_text)
        yield from (self._outcome(article, with_text) for article in held)

    def _outcome(self, article: Article, with_text: bool) -> Outcome:
        self.asked.append(article.id)
        if "refuse" in article.text:
            return Outcome(article, error=DecodeError("the grammar refused", "nothing helps"))
        word = article.text.split()[0]
        actor = Actor(name=word, kind="person", evidence=word, confidence=0.5, spans={"name": (0, len(word))})
        return Outcome(
            article,
            Summary(
                article=ArticleInfo.of(article, with_text=with_text),
                actors=(actor,),
                coverage=COVERAGE,
                provenance=Provenance(version="0", model=self.model),
            ),
        )


def lines_of(path: Path) -> list[Any]:
    """The data of each line."""
    return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []


def ids_of(path: Path) -> list[str]:
    """The ids of the articles in an output, in its order."""
    return [line["article"]["id"] for line in lines_of(path)]


def write_jsonl(path: Path, records: Iterable[Any]) -> Path:
    """Records as JSON Lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def serve(asked: str) -> None:
    """Runs command lines in children of this process; the ids asked about go to `asked`."""
    import pandas  # noqa: F401  (now, or every child would; pyarrow looks for it)
    import pyarrow.parquet  # noqa: F401

    import summarise.api
    import summarise.batch.columns
    import summarise.cli.tools
    import summarise.loading
    from fakes import ScriptedModel
    from summarise.cli import main

    log = os.open(asked, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    take = summarise.api._take

    def noted(*given: Any) -> Iterator[Article]:
        for article in take(*given):
            os.write(log, f"{article.id}\n".encode())
            yield article

    model = ScriptedModel(lambda _, written: "]" if written.endswith(("[", "}")) else "n")
    summarise.api._take = noted
    summarise.loading.load_model = lambda *_, **__: model  # type: ignore[assignment]
    summarise.api.Summariser(model).summarise("Ana went to Lima.")  # what is loaded late is loaded now
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 70
            try:
                main(json.loads(line))
            except SystemExit as end:
                code = int(end.code or 0)
            finally:
                os._exit(code)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
