"""Summarisers for the workers of a cluster: sent to other processes, so in a module that those can import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from batches import QuickSummariser
from summarise.api import Outcome
from summarise.article import Article
from summarise.errors import ModelError


@dataclass(frozen=True)
class Loads:
    """Loads a quick summariser that leaves its traces in `folder`.

    seconds: for each article. lacks: there is no model; breaks: what loads it fails as no code of ours
    does. alike: whether all workers have the same version.
    """

    folder: Path
    seconds: float = 0.0
    lacks: bool = False
    breaks: bool = False
    alike: bool = True

    def __call__(self) -> Worker:
        if self.lacks:
            raise ModelError("the model is not here", "pull it")
        if self.breaks:
            raise ImportError("no module of that name")
        return Worker(self)


class Worker(QuickSummariser):
    """Dies, as from lack of memory, over an article with `poison` in it."""

    def __init__(self, settings: Loads) -> None:
        super().__init__("quick" if settings.alike else f"quick of {os.getpid()}")
        self.settings = settings

    def stream(
        self, articles: Iterable[Article], *, rows: int = 1, with_text: bool = False
    ) -> Iterator[Outcome]:
        for article in articles:
            (self.settings.folder / f"{article.id}.{os.getpid()}").touch()
            time.sleep(self.settings.seconds)
            if "poison" in article.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "model" in article.text:
                raise ModelError("the server is gone", "start it")
            yield self._outcome(article, with_text)
