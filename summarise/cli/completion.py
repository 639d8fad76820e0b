"""Completion in shells: typer's scripts and answers, and what comes first on a line of ours.

A shell asks by running `summarise` with a variable that says so; what was typed stands in other variables.
Nothing is answered where the shell's own completion of files is the better answer.
"""

from __future__ import annotations

import os
from enum import StrEnum
from glob import escape
from pathlib import Path

from summarise.cli import COMPLETE, TOOLS, command_for

PROGRAM = "summarise"


class Shell(StrEnum):
    """Shells that typer has a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def write_script(shell: Shell) -> int:
    """Prints what `shell` is to read at its start; the exit code."""
    return _instruct(f"source_{shell.value}", [])


def complete() -> int:
    """Prints what may stand where the cursor is; the exit code."""
    finished, _ = _typed()
    return _instruct(os.environ[COMPLETE], finished)


def _instruct(instruction: str, finished: list[str]) -> int:
    from typer.completion import completion_init, shell_complete  # type: ignore[attr-defined]

    completion_init()  # tells typer of its shells
    return shell_complete(command_for(finished), {}, PROGRAM, COMPLETE, instruction)


def first_words(incomplete: str) -> list[str]:
    """The commands that begin as the first word does, unless a file here does: articles come first."""
    finished, _ = _typed()
    if finished or any(Path().glob(f"{escape(incomplete)}*")):
        return []
    return [tool for tool in TOOLS if tool.startswith(incomplete)]


def _typed() -> tuple[list[str], str]:
    """The finished words behind the program's name, and the one at the cursor."""
    if "COMP_CWORD" in os.environ:  # bash, its words on a line each
        words = os.environ.get("COMP_WORDS", "").split("\n")
        at = int(os.environ["COMP_CWORD"])
        return words[1:at], (words[at] if at < len(words) else "")
    line = os.environ.get("_TYPER_COMPLETE_ARGS", "")
    words = line.split()
    if not words or line[-1].isspace():
        return words[1:], ""
    return words[1:-1], words[-1]
