"""Options that several commands share. Imports nothing heavy.

What is a habit of a user or a machine, and not of one call, can also be set by an environment variable:
SUMMARISE_ and the option's name. An option beats its variable, and an empty variable is none.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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


def model_names() -> list[str]:
    """The models that a shell may complete."""
    from summarise.lock import read_lock

    return list(read_lock().models)


ModelName = Annotated[
    str,
    typer.Option(
        envvar="SUMMARISE_MODEL",
        metavar="NAME|FOLDER",
        autocompletion=model_names,
        help="A model of `summarise models list`, or a folder; with --endpoint, one of the server's.",
    ),
]
AtEndpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        envvar="SUMMARISE_ENDPOINT",
        metavar="URL",
        help="Ask a model behind an OpenAI-compatible server (vLLM, llama.cpp, SGLang, Ollama) instead of"
        " loading one; its key is read from SUMMARISE_API_KEY.",
    ),
]
ConstrainedBy = Annotated[
    ConstraintName | None,
    typer.Option(
        "--constraint",
        envvar="SUMMARISE_CONSTRAINT",
        help="How the server is to hold answers to their form; default: the strongest that it keeps to.",
    ),
]
WithinSeconds = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        envvar="SUMMARISE_TIMEOUT",
        metavar="SECONDS",
        min=1,
        help="How long a server's answer may take; default: 300.",
    ),
]
SchemaName = Annotated[
    str | None,
    typer.Option(
        "--schema",
        metavar="MODULE:MODEL",
        help="Your own fields in place of those of news: a pydantic model written with summarise.fields; also"
        " as FILE.py:MODEL. The module or file is run.",
    ),
]
OnDevice = Annotated[
    Device,
    typer.Option(
        envvar="SUMMARISE_DEVICE", help="Where the model runs; auto takes a GPU where there is one."
    ),
]
Window = Annotated[
    int | None,
    typer.Option(
        envvar="SUMMARISE_WINDOW",
        metavar="TOKENS",
        min=64,
        help="How much of the article is read at a time; default: the model's own.",
    ),
]
WithText = Annotated[
    bool,
    typer.Option(
        "--with-text",
        envvar="SUMMARISE_WITH_TEXT",
        help="Put the article's text, which the spans point into, in the output.",
    ),
]
MaxCharacters = Annotated[
    int | None,
    typer.Option(
        envvar="SUMMARISE_MAX_CHARACTERS",
        metavar="COUNT",
        min=1,
        help="Refuse a longer article; default: 2000000.",
    ),
]
CacheFile = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        envvar="SUMMARISE_CACHE",
        metavar="FILE",
        help="A SQLite file of summaries made before, which runs may share.",
    ),
]
NoAdapter = Annotated[
    bool,
    typer.Option(
        "--no-adapter",
        envvar="SUMMARISE_NO_ADAPTER",
        help="Run the model as it was, without our training.",
    ),
]
NoPull = Annotated[
    bool, typer.Option("--no-pull", envvar="SUMMARISE_NO_PULL", help="Never download the model.")
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        envvar="SUMMARISE_QUIET",
        help="Errors only: no notes and no progress on stderr.",
    ),
]
