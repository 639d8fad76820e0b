"""Every error this tool raises on purpose, as one tree.

Each carries a message (lower case, no full stop: what happened), a hint (what to do)
and the exit code the command line ends with. Anything else that escapes is a bug of ours.
"""

from __future__ import annotations

from pathlib import PurePath


class SummariseError(Exception):
    """Base of all errors; `exit_code` is what the shell sees."""

    exit_code = 70  # EX_SOFTWARE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class InputError(SummariseError):
    """The article can't be used: missing, empty, binary, undecodable, oversized."""

    exit_code = 3


class ModelError(SummariseError):
    """The model is not there or not sound: not pulled, download broken, hash wrong, unknown name."""

    exit_code = 4


class UsageError(SummariseError):
    """The call itself is off: an unknown option value, a schema that can't be asked for."""

    exit_code = 2


class DecodeError(SummariseError):
    """The constrained decoding broke: the grammar refused its own token, or a bound was met."""

    exit_code = 5


class GrammarError(DecodeError):
    """The grammar could not be built from the schema and the article."""


class OutputError(SummariseError):
    """The output could not be written."""

    exit_code = 74  # EX_IOERR


def system_reason(error: OSError) -> str:
    """What the system said, for a message of ours, which calls a directory a folder."""
    return (error.strerror or str(error)).lower().replace("directory", "folder")


def of_input(name: str, error: SummariseError) -> str:
    """What went wrong with `name`, which is named once: what could not even be opened is named already."""
    said = error.message
    for known in (name, PurePath(name).as_posix()):
        if (
            said.startswith((f"{known} ", f"{known}:"))
            or said.endswith(f": {known}")
            or f" {known}: " in said
        ):
            return str(error)
    return f"{name}: {error}"
