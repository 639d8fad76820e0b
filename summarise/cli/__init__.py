"""The command line: a thin face over the library. stdout carries data only, notes go to stderr.

Nothing heavy is imported before it is needed: `--help` loads no torch. Every deliberate error
is one line with its exit code; anything else is a bug of ours and says so.

There are two typer apps, because an article stands where a command's name would: `articles` is what
`summarise` does, and `tools` holds the commands beside it. One app with a default command would hide
the options of the main command from `summarise --help`.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarise.errors import SummariseError, UsageError

if TYPE_CHECKING:
    from typer import Context, TyperException
    from typer._click import Command  # typer names the class of its commands nowhere else

INTERRUPTED = 130  # as shells say it: 128 + SIGINT
BUG = 70
TOOLS = (
    "batch",
    "check",
    "completion",
    "convert",
    "diff",
    "help",
    "models",
    "schema",
    "view",
)
"""First words that are a command and no article; a file of such a name is read as `./models`."""
COMPLETE = "_SUMMARISE_COMPLETE"
"""The variable in which a shell says that it wants completions and no run."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code."""
    try:
        code = run(list(sys.argv[1:] if arguments is None else arguments))
    except SummariseError as error:
        code = _complain(str(error), error.exit_code)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        code = 0  # whoever read our output has seen enough (`| head`)
    except Exception as error:
        code = _complain(f"{type(error).__name__}: {error}; this is a bug of ours, please report it", BUG)
    _let_go_of_stdout()
    sys.exit(code)


def run(words: list[str]) -> int:
    """Parses and runs `words`; the exit code. Ours instead of typer's own `app()`, which ends the
    process with 1 when a pipe closes and prints a page for a usage error."""
    from typer import Exit, TyperException

    if COMPLETE in os.environ:
        from summarise.cli.completion import complete

        return complete()
    _refuse_empty(words)
    if words and (meant := _command_meant(words[0])):
        raise UsageError(
            f"no file and no command is called {words[0]!r}", f"did you mean `summarise {meant}`?"
        )
    command = command_for(words)
    try:
        with command.make_context("summarise", words) as context:
            result = command.invoke(context)
    except Exit as end:  # `--help` and `typer.Exit(code)`
        return end.exit_code
    except TyperException as error:
        raise _usage_error(error) from None
    return result if isinstance(result, int) else 0


def command_for(words: list[str]) -> Command:
    """The command line that `words` are for: that of articles, or that of the tools."""
    from typer.main import get_command

    if words and words[0] in TOOLS:
        from summarise.cli.tools import app
    else:
        from summarise.cli.articles import app
    return get_command(app)


def _refuse_empty(words: list[str]) -> None:
    """An empty word would be taken for the folder that one is in: it is a variable of a shell, not set."""
    for before, word in zip(["summarise", *words], words, strict=False):
        option, equals, value = word.partition("=")
        if not word or (option.startswith("--") and equals and not value):
            behind = option or before
            raise UsageError(f"what stands behind {behind} is empty", "is a variable of your shell not set?")


def _command_meant(word: str) -> str | None:
    """The command that `word` is likely to be a slip for; None for what may be a file."""
    from difflib import get_close_matches
    from pathlib import Path

    if word in TOOLS or not word.isalpha():
        return None
    (meant, *_) = [*get_close_matches(word, TOOLS, 1, 0.7), None]
    return None if meant is None or Path(word).exists() else meant


def _usage_error(error: TyperException) -> UsageError:
    """typer's complaint in our words: one line, lower case, and where to read more."""
    said = error.format_message().removesuffix(".")
    said = said.replace(": Value error, ", ": ").replace(": Input should be", ": it should be")
    context = getattr(error, "ctx", None)
    option = getattr(error, "param", None)
    variable = getattr(option, "envvar", None)
    if option and context and variable and not from_environment(context, option.name):
        said = said.replace(f" (env var: '{variable}')", "")
    path = context.command_path if context else "summarise"
    return UsageError(said[:1].lower() + said[1:], f"see `{path} --help`")


def from_environment(context: Context, name: str) -> bool:
    """Whether an environment variable gave the parameter `name` its value."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "ENVIRONMENT"


def _complain(text: str, code: int) -> int:
    if os.environ.get("SUMMARISE_DEBUG") == "1":
        traceback.print_exc()
    print(f"summarise: {' '.join(text.split())}", file=sys.stderr)
    return code


def _let_go_of_stdout() -> None:
    """What could not be written must not be tried again, with a traceback, when the interpreter ends."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
