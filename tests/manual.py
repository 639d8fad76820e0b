"""The manual page docs/summarise.1, and the table of variables, from the commands' own options.

`python tests/readme.py` writes them. Words that no command has (other variables) stand in OTHERS.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

from summarise.cli import articles, tools

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "summarise.1"
OTHERS = {
    "SUMMARISE_MODELS": "The folder of the models; default: `summarise/models` in the user's data.",
    "SUMMARISE_API_KEY": "The key of the server behind --endpoint; no option, as options are seen by all.",
    "SUMMARISE_DEBUG": "1: an error also prints where it was raised.",
}


def commands() -> Iterator[tuple[str, Any, Any]]:
    """Every command that does something: how it is called, itself, a context of it."""
    main = get_command(articles.app)
    yield "summarise", main, main.make_context("summarise", [], resilient_parsing=True)
    yield from _below(get_command(tools.app), "summarise", None)


def _below(group: Any, path: str, parent: Any) -> Iterator[tuple[str, Any, Any]]:
    context = group.make_context(path.rpartition(" ")[2], [], parent=parent, resilient_parsing=True)
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _below(command, f"{path} {name}", context)
        else:
            made = command.make_context(name, [], parent=context, resilient_parsing=True)
            yield f"{path} {name}", command, made


def variables() -> dict[str, str]:
    """Every variable, in order, and what it is: the options it stands for, or its own words."""
    found: dict[str, list[str]] = {}
    for path, command, _ in commands():
        for option in command.params:
            if getattr(option, "envvar", None):
                flag = max(option.opts, key=len)
                found.setdefault(option.envvar, []).append(f"`{flag}` of `{path}`")
    return {name: _joined(options) for name, options in found.items()} | OTHERS


def _joined(options: list[str]) -> str:
    """`--x` of `a`, `--x` of `b` → `--x` of `a`, `b`."""
    flag = options[0].split(" of ")[0]
    return f"{flag} of {', '.join(option.split(' of ')[1] for option in options)}"


def make_variables() -> str:
    """The variables as a table."""
    rows = [f"| `{name}` | {words} |" for name, words in variables().items()]
    return "\n".join(["| variable | what it sets |", "|---|---|", *rows]) + "\n"


def make_page() -> str:
    """The whole manual page."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    every = list(commands())
    lines = [f'.TH SUMMARISE 1 "" "summarise {version}" "User commands"', ".nh", ".ad l", ".SH NAME"]
    lines += ["summarise \\- news articles into verified, sourced JSON", ".SH SYNOPSIS"]
    for path, command, context in every:
        pieces = " ".join(command.collect_usage_pieces(context))
        lines += [".B " + _plain(path), _plain(pieces), ".br"]
    for path, command, context in every:
        lines += [".SH DESCRIPTION"] if path == "summarise" else [f'.SH "{_plain(path).upper()}"']
        lines += [*_text(command.help or ""), *_parameters(command, context)]
        if command.epilog:
            lines += [".PP", *_text(command.epilog)]
    lines += [".SH ENVIRONMENT", "An option beats its variable. An empty variable is none."]
    for name, words in variables().items():
        lines += [".TP", f".B {_plain(name)}", _plain(words.replace("`", ""))]
    lines += [".SH SEE ALSO", ".BR jq (1)"]
    return "\n".join(lines) + "\n"


def _parameters(command: Any, context: Any) -> Iterator[str]:
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record:
            yield from (".TP", f".B {_plain(record[0])}", _plain(" ".join(record[1].split())))


def _text(text: str) -> Iterator[str]:
    """Paragraphs; one behind a \\b keeps its lines."""
    for part in re.split(r"\n\s*\n", text.strip()):
        if part.lstrip().startswith("\b"):
            rows = part.split("\b", 1)[1].strip("\n").split("\n")
            yield from (".PP", ".nf", *map(_plain, rows), ".fi")
        else:
            yield from (".PP", _plain(" ".join(part.split())))


def _plain(text: str) -> str:
    """`text` so that roff takes it as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text
