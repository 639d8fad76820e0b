"""The one way out for data: UTF-8 on stdout whatever the locale, flushed after every piece.

A reader that has seen enough is a BrokenPipeError, which `main` takes for the end; a disk that is
full or a stdout that is closed is an error of its own and no bug of ours.
"""

from __future__ import annotations

import sys

from summarise.errors import OutputError, system_reason


def write_out(text: str) -> None:
    """Writes `text` to stdout. Raises BrokenPipeError or OutputError."""
    from summarise.output import put

    if sys.stdout is None:
        raise OutputError("standard output is closed", "send it to a file or a pipe")
    try:
        put(text, sys.stdout.buffer)
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = system_reason(error)
        raise OutputError(f"can't write the output: {reason}", "free some space or write elsewhere") from None
