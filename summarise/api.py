"""The library's face: one loaded model, many articles.

from summarise import Summariser
summary = Summariser().summarise(text)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from summarise.article import Article
from summarise.asking import Progress
from summarise.errors import ModelError, SummariseError, UsageError
from summarise.lock import ModelEntry, read_lock
from summarise.model import Model, load_model, merge_adapter
from summarise.pipeline import Result, summarise_article, summarise_each
from summarise.prompt import DEFAULT_PROMPT, SERVER_PROMPT, read_prompt
from summarise.read import read_text
from summarise.server import Constraint, Server, connect
from summarise.store import model_path, prefixes_folder, pull
from summarise.summary import SCHEMA, Summary
from summarise.version import VERSION

LEAST_WINDOW = 64


@dataclass(frozen=True)
class Outcome:
    """What became of one article: its summary, or the error it ended in; always one of the two."""

    article: Article
    summary: Summary | None = None
    error: SummariseError | None = None


class Summariser:
    """A model and a prompt, ready to read articles one after the other.

    Not safe for use by several threads at once: make one for each.
    """

    def __init__(
        self,
        model: str | Path | Model = "default",
        *,
        endpoint: str | None = None,
        constraint: Constraint | None = None,
        timeout: float | None = None,
        device: Literal["auto", "cpu", "cuda"] = "auto",
        adapter: bool = True,
        prompt: str | None = None,
        window: int | None = None,
        memory: int | None = None,
        allow_pull: bool = True,
        show: Callable[[str], None] | None = None,
    ) -> None:
        """model: a name of models.lock, "default", a folder with a model, or a loaded one; with an endpoint,
        what the server calls it, "default" for its only one.

        endpoint: the address of an OpenAI-compatible server that runs the model, None to run it here. Its key
        is read from the environment (SUMMARISE_API_KEY). constraint: how strongly it is to hold answers to
        their form, None for the strongest that it keeps to. timeout: seconds for one whole answer of it.
        adapter: whether the model's trained adapter is used, where it has one. prompt: a file of
        prompts/, None for the adapter's own or the default. window: tokens of sentences read at a
        time, None for the model's own. memory: bytes that the keys and values of articles decoded
        together may take (one alone takes what it needs), None: as many as there are. allow_pull: whether
        a model of the lock that is not there yet may be downloaded. show: takes notes for people
        (default: standard error, with a progress bar on a terminal).

        Raises ModelError when the model is not to be had, UsageError for an unknown name.
        """
        if window is not None and window < LEAST_WINDOW:
            raise UsageError(
                f"a window of {window} tokens holds no sentence", f"give at least {LEAST_WINDOW}"
            )
        if device not in ("auto", "cpu", "cuda"):
            raise UsageError(f"no device is called {device!r}", "choose auto, cpu or cuda")
        self._folder: str | None = None
        self._memory = memory
        self.model: Model | Server
        if endpoint is not None:
            if not isinstance(model, str) or device != "auto" or not adapter:
                raise UsageError(
                    "a server has its own model, device and adapter",
                    "with an endpoint, give the name of a model and leave out the rest",
                )
            self.prompt = read_prompt(prompt or SERVER_PROMPT)
            name = None if model == "default" else model
            self.model = connect(
                endpoint, self.prompt, model=name, constraint=constraint, timeout=timeout, window=window
            )
            return
        if constraint is not None or timeout is not None:
            raise UsageError("a constraint and a timeout are for a server", "give its endpoint")
        own_prompt = DEFAULT_PROMPT
        entry = _find_entry(model)
        if entry is not None and not adapter:
            entry = entry.model_copy(update={"adapter": None})
        if entry is not None and entry.adapter is not None:
            own_prompt = entry.adapter.prompt
        self.prompt = read_prompt(prompt or own_prompt)
        if entry is not None:
            self.model = _load_entry(entry, device, allow_pull, show)
        elif isinstance(model, str | Path):
            folder = Path(model).expanduser()
            self.model = load_model(folder, folder.resolve().name, device=device)
            self._folder = str(folder.resolve())
        else:
            self.model = model
        if window is not None:
            self.model.window = window

    def summarise(
        self, article: str | Article, *, with_text: bool = False, progress: Progress | None = None
    ) -> Summary:
        """The verified summary of one article, given as text or read with `read_file`.

        with_text: whether the article's text is put into the summary. progress: called before
        the first window and after each, with the number of windows read and of all.

        Raises InputError when the text can't be used.
        """
        return self.measure(article, with_text=with_text, progress=progress).summary

    def measure(
        self, article: str | Article, *, with_text: bool = False, progress: Progress | None = None
    ) -> Result:
        """As `summarise`, with the counts of what decoding cost."""
        read = read_text(article) if isinstance(article, str) else article
        if not isinstance(read, Article):
            raise UsageError(
                f"an article is a str or an Article, not {type(article).__name__}",
                "read bytes with read_bytes and a file with read_file",
            )
        return summarise_article(self.model, self.prompt, read, with_text=with_text, progress=progress)

    def stream(
        self, articles: Iterable[Article], *, rows: int = 1, with_text: bool = False
    ) -> Iterator[Outcome]:
        """The outcome of every article, in their order; reads `articles` as it needs them.

        rows: how many articles may be decoded, and held, at a time. What goes wrong with an article is its
        outcome and concerns no other; a ModelError concerns all, and is raised.
        """
        source, broken = iter(articles), list[Exception]()
        held: dict[int, Article] = {}  # taken and not given back yet
        failed = True
        while failed:
            failed, ready = False, dict[int, Outcome]()
            taken = _take(source, held, broken)
            try:
                for number, result in summarise_each(
                    self.model, self.prompt, taken, most=rows, memory=self._memory, with_text=with_text
                ):
                    ready[number] = _outcome(held[number], result)
                    while held and (first := next(iter(held))) in ready:
                        del held[first]
                        yield ready.pop(first)
            except ModelError:
                raise
            except Exception:  # one of them is to blame: each is tried alone, and the rest goes on
                failed = True
                for number, article in list(held.items()):
                    del held[number]
                    yield ready.get(number) or self._alone(article, with_text)
        if broken:
            raise broken[0]

    def _alone(self, article: Article, with_text: bool) -> Outcome:
        try:
            return Outcome(article, self.summarise(article, with_text=with_text))
        except ModelError:
            raise
        except SummariseError as error:
            return Outcome(article, error=error)
        except Exception as error:  # a bug, or memory that ran out, must cost one article and not a night
            said = f"{type(error).__name__}: {error}"
            return Outcome(article, error=SummariseError(said, "this is a bug of ours, please report it"))

    def fingerprint(self, *, with_text: bool = False) -> dict[str, str | int | bool | None]:
        """All that a summary's bytes depend on beside its article, by name.

        What it does not see: that the files of a model's folder were changed in place.
        """
        model = self.model
        common = {
            "schema": SCHEMA,
            "version": VERSION,
            "model": model.name,
            "revision": model.revision,
            "folder": self._folder,
            "adapter": model.adapter,
            "prompt": self.prompt.id,
        }
        if isinstance(model, Server):  # wherever it stands: the same model may move to another address
            return {**common, "constraint": model.constraint, "window": model.window, "with_text": with_text}
        return {
            **common,
            "style": model.style,
            "window": model.window,
            "thresholds": json.dumps(dict(model.thresholds), sort_keys=True),
            "with_text": with_text,
        }

    def count_tokens(self, text: str) -> int:
        """How many tokens of the model `text` has; of a model behind a server, about how many."""
        if isinstance(self.model, Server):
            return self.model.count_tokens(text)
        return len(self.model.tokens.encode(text))


def _take(source: Iterator[Article], held: dict[int, Article], broken: list[Exception]) -> Iterator[Article]:
    """The articles of `source`, each entered in `held`; what breaks the source is kept for later."""
    for number in count():
        try:
            held[number] = next(source)
        except StopIteration:
            return
        except Exception as error:
            broken.append(error)
            return
        yield held[number]


def _outcome(article: Article, result: Result | SummariseError) -> Outcome:
    if isinstance(result, ModelError):
        raise result
    if isinstance(result, SummariseError):
        return Outcome(article, error=result)
    return Outcome(article, result.summary)


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _find_entry(model: str | Path | Model) -> ModelEntry | None:
    """The lock's entry that `model` names; None for a folder or a loaded model."""
    if not isinstance(model, str | Path):
        return None
    lock = read_lock()
    if isinstance(model, str) and (model == "default" or model in lock.models):
        return lock.get(model)
    if not Path(model).expanduser().is_dir():
        lock.get(str(model))  # says which names there are
    return None


def _load_entry(
    entry: ModelEntry, device: str, allow_pull: bool, show: Callable[[str], None] | None
) -> Model:
    folder = model_path(entry)
    if folder is None:
        if not allow_pull:
            raise ModelError(
                f"the model {entry.name} is not here", f"run `summarise models pull {entry.name}` first"
            )
        tell = show or _note
        tell(f"summarise: first run: pulling the model {entry.name}; later runs need no network")
        folder = pull(entry, show=tell, progress=False if show else None)
    loaded = load_model(folder, entry.name, device=device, template=entry.template)
    loaded.revision = entry.revision
    loaded.window = entry.window
    loaded.context = min(entry.context_length, loaded.context)
    loaded.style = entry.style
    loaded.kept = prefixes_folder() / (entry.adapter.sha256[:16] if entry.adapter else "plain")
    if entry.adapter is not None:
        merge_adapter(loaded.network, entry.adapter.file, entry.adapter.sha256)
        loaded.adapter, loaded.thresholds = entry.adapter.id, entry.adapter.thresholds
    return loaded
