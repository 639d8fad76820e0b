"""The library's face: one loaded model, many articles.

from summarise import Summariser
summary = Summariser().summarise(text)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Generic, TypeVar, Unpack, overload

from pydantic import BaseModel
from typing_extensions import TypeVar as DefaultedTypeVar

from summarise.article import Article
from summarise.asking import Progress
from summarise.errors import ModelError, SummariseError, UsageError
from summarise.loading import Device, find_entry, load_entry, load_folder
from summarise.model import Model
from summarise.options import Options
from summarise.pipeline import Result, summarise_article, summarise_each
from summarise.prompt import DEFAULT_PROMPT, FIELDS_PROMPT, SERVER_PROMPT, read_prompt
from summarise.read import read_text
from summarise.report import REPORT_SCHEMA, Report
from summarise.schema import read_schema
from summarise.server import Constraint, Server, connect
from summarise.summary import SCHEMA, Summary
from summarise.version import VERSION

LEAST_WINDOW = 64

M = TypeVar("M", bound=BaseModel)
Output = DefaultedTypeVar("Output", bound="Summary | Report[Any]", default=Summary)
"""What comes out: a Summary, or the Report of a schema of one's own."""


@dataclass(frozen=True)
class Outcome(Generic[Output]):
    """What became of one article: its summary, or the error it ended in; always one of the two."""

    article: Article
    summary: Output | None = None
    error: SummariseError | None = None


class Summariser(Generic[Output]):
    """A model and a prompt, ready to read articles one after the other.

    Not safe for use by several threads at once: make one for each.
    """

    @overload
    def __init__(
        self: Summariser[Summary],
        model: str | Path | Model = ...,
        *,
        schema: None = ...,
        **options: Unpack[Options],
    ) -> None: ...

    @overload
    def __init__(
        self: Summariser[Report[M]],
        model: str | Path | Model = ...,
        *,
        schema: type[M],
        **options: Unpack[Options],
    ) -> None: ...

    def __init__(
        self,
        model: str | Path | Model = "default",
        *,
        schema: type[BaseModel] | None = None,
        endpoint: str | None = None,
        constraint: Constraint | None = None,
        timeout: float | None = None,
        device: Device = "auto",
        adapter: bool | None = None,
        prompt: str | None = None,
        window: int | None = None,
        memory: int | None = None,
        allow_pull: bool = True,
        show: Callable[[str], None] | None = None,
    ) -> None:
        """model: a name of models.lock, "default", a folder with a model, or a loaded one; with an endpoint,
        what the server calls it, "default" for its only one.

        schema: a pydantic model of your own fields (see `summarise.fields`), None for news. endpoint: the
        address of an OpenAI-compatible server that runs the model, None to run it here. Its key
        is read from the environment (SUMMARISE_API_KEY). constraint: how strongly it is to hold answers to
        their form, None for the strongest that it keeps to. timeout: seconds for one whole answer of it.
        adapter: whether the model's trained adapter is used, where it has one; None: for news alone, which
        it was trained for. prompt: a file of prompts/, None for the adapter's own or the default. window:
        tokens of sentences read at a time, None for the model's own. memory: bytes that the keys and values
        of articles decoded together may take (one alone takes what it needs), None: as many as there are.
        allow_pull: whether a model of the lock that is not there yet may be downloaded. show: takes notes
        for people (default: standard error, with a progress bar on a terminal).

        Raises ModelError when the model is not to be had, UsageError for an unknown name and, before
        anything is loaded, for a schema that can't be asked for.
        """
        self._schema = read_schema(schema) if schema is not None else None
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
            if not isinstance(model, str) or device != "auto" or adapter is False or memory is not None:
                raise UsageError(
                    "a server has its own model, device, adapter and memory",
                    "with an endpoint, give the name of a model and leave out the rest",
                )
            self._read_prompt(prompt, SERVER_PROMPT)
            name = None if model == "default" else model
            self.model = connect(
                endpoint, self.prompt, model=name, constraint=constraint, timeout=timeout, window=window
            )
            return
        if constraint is not None or timeout is not None:
            raise UsageError("a constraint and a timeout are for a server", "give its endpoint")
        own_prompt = DEFAULT_PROMPT
        entry = find_entry(model)
        if entry is not None and not (self._schema is None if adapter is None else adapter):
            entry = entry.model_copy(update={"adapter": None})
        if entry is not None and entry.adapter is not None:
            own_prompt = entry.adapter.prompt
        self._read_prompt(prompt, own_prompt)
        if entry is not None:
            self.model = load_entry(entry, device, allow_pull, show)
        elif isinstance(model, str | Path):
            folder = Path(model).expanduser()
            self.model = load_folder(folder, device)
            self._folder = str(folder.resolve())
        else:
            self.model = model
        if window is not None:
            self.model.window = window

    def _read_prompt(self, name: str | None, default: str) -> None:
        self.prompt = read_prompt(name or (default if self._schema is None else FIELDS_PROMPT))
        if self.prompt.of_any_schema != (self._schema is not None):
            meant = "a schema of your own" if self.prompt.of_any_schema else "news"
            raise UsageError(
                f"the prompt {self.prompt.name} is for {meant}", "leave it out, or choose another"
            )

    @property
    def output(self) -> type[Output]:
        """The model of what comes out: Summary, or the Report of the schema."""
        made: Any = Summary if self._schema is None else self._schema.report
        return made  # type: ignore[no-any-return]

    def summarise(
        self, article: str | Article, *, with_text: bool = False, progress: Progress | None = None
    ) -> Output:
        """The verified summary of one article, given as text or read with `read_file`; with a schema of
        your own, the report.

        with_text: whether the article's text is put into the summary. progress: called before
        the first window and after each, with the number of windows read and of all.

        Raises InputError when the text can't be used.
        """
        return self.measure(article, with_text=with_text, progress=progress).summary

    def measure(
        self, article: str | Article, *, with_text: bool = False, progress: Progress | None = None
    ) -> Result[Output]:
        """As `summarise`, with the counts of what decoding cost."""
        read = read_text(article) if isinstance(article, str) else article
        if not isinstance(read, Article):
            raise UsageError(
                f"an article is a str or an Article, not {type(article).__name__}",
                "read bytes with read_bytes and a file with read_file",
            )
        return summarise_article(
            self.model, self.prompt, read, schema=self._schema, with_text=with_text, progress=progress
        )

    def stream(
        self, articles: Iterable[Article], *, rows: int = 1, with_text: bool = False
    ) -> Iterator[Outcome[Output]]:
        """The outcome of every article, in their order; reads `articles` as it needs them.

        rows: how many articles may be decoded, and held, at a time. What goes wrong with an article is its
        outcome and concerns no other; a ModelError concerns all, and is raised.
        """
        source, broken = iter(articles), list[Exception]()
        held: dict[int, Article] = {}  # taken and not given back yet
        failed = True
        while failed:
            failed, ready = False, dict[int, Outcome[Output]]()
            taken = _take(source, held, broken)
            try:
                for number, result in summarise_each(
                    self.model,
                    self.prompt,
                    taken,
                    schema=self._schema,
                    most=rows,
                    memory=self._memory,
                    with_text=with_text,
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

    def _alone(self, article: Article, with_text: bool) -> Outcome[Output]:
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
        common: dict[str, str | int | bool | None] = {
            "schema": SCHEMA,
            "version": VERSION,
            "model": model.name,
            "revision": model.revision,
            "folder": self._folder,
            "adapter": model.adapter,
            "prompt": self.prompt.id,
        }
        if self._schema is not None:
            common["schema"] = REPORT_SCHEMA
            common["fields"] = self._schema.id
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


def _outcome(article: Article, result: Result[Output] | SummariseError) -> Outcome[Output]:
    if isinstance(result, ModelError):
        raise result
    if isinstance(result, SummariseError):
        return Outcome(article, error=result)
    return Outcome(article, result.summary)
