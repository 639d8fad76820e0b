"""Options that several commands share, and the model that they choose. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarise.api import Summariser


class Device(StrEnum):
    """Where the model runs."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


class ConstraintName(StrEnum):
    """How strongly a server is to hold answers to their form, strongest first."""

    GRAMMAR = "grammar"
    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    PLAIN = "plain"


ModelName = Annotated[
    str,
    typer.Option(
        metavar="NAME|FOLDER",
        help="A model of `summarise models list`, or a folder; with --endpoint, one of the server's.",
    ),
]
AtEndpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Ask a model behind an OpenAI-compatible server (vLLM, llama.cpp, SGLang, Ollama) instead of"
        " loading one; its key is read from SUMMARISE_API_KEY.",
    ),
]
ConstrainedBy = Annotated[
    ConstraintName | None,
    typer.Option(
        "--constraint",
        help="How the server is to hold answers to their form; default: the strongest that it keeps to.",
    ),
]
WithinSeconds = Annotated[
    float | None,
    typer.Option(
        "--timeout", metavar="SECONDS", min=1, help="How long a server's answer may take; default: 300."
    ),
]
OnDevice = Annotated[Device, typer.Option(help="Where the model runs; auto takes a GPU where there is one.")]
Window = Annotated[
    int | None,
    typer.Option(
        metavar="TOKENS",
        min=64,
        help="How much of the article is read at a time; default: the model's own.",
    ),
]
WithText = Annotated[
    bool,
    typer.Option("--with-text", help="Put the article's text, which the spans point into, in the output."),
]
MaxCharacters = Annotated[
    int | None, typer.Option(metavar="COUNT", min=1, help="Refuse a longer article; default: 2000000.")
]
CacheFile = Annotated[
    Path | None,
    typer.Option(
        "--cache", metavar="FILE", help="A SQLite file of summaries made before, which runs may share."
    ),
]
NoAdapter = Annotated[
    bool, typer.Option("--no-adapter", help="Run the model as it was, without our training.")
]
NoPull = Annotated[bool, typer.Option("--no-pull", help="Never download the model.")]


@dataclass(frozen=True)
class ModelChoice:
    """The model that a command line asks for."""

    model: str
    device: Device
    window: int | None
    adapter: bool
    pull: bool
    endpoint: str | None = None
    constraint: ConstraintName | None = None
    timeout: float | None = None
    memory: int | None = None

    def load(self, *, quiet: bool) -> Summariser:
        """Loads it, and with it torch, or turns to the server. Raises ModelError or UsageError."""
        from summarise.api import Summariser

        return Summariser(
            self.model,
            endpoint=self.endpoint,
            constraint=self.constraint.value if self.constraint else None,
            timeout=self.timeout,
            device=self.device.value,
            adapter=self.adapter,
            window=self.window,
            memory=self.memory,
            allow_pull=self.pull,
            show=(lambda text: None) if quiet else None,
        )
