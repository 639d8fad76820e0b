"""The command line: a thin face over the library. stdout carries data only, notes go to stderr.

Nothing heavy is imported before it is needed: `--help` loads no torch. Every deliberate error
is one line with its exit code; anything else is a bug of ours and says so.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from summarise.errors import SummariseError

INTERRUPTED = 130
BUG = 70


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(words)
        sys.stdout.flush()
    except SummariseError as error:
        code = _complain(f"{error}", error.exit_code)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has seen enough (`| head`); the interpreter must not flush again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        code = _complain(f"{type(error).__name__}: {error}; this is a bug of ours, please report it", BUG)
    sys.exit(code)


def _run(words: list[str]) -> int:
    if words and words[0] in ("models", "schema"):
        from summarise.cli.tools import app
    else:
        from summarise.cli.articles import app
    result = app(words, prog_name="summarise", standalone_mode=False)
    return result if isinstance(result, int) else 0


def _complain(line: str, code: int) -> int:
    if os.environ.get("SUMMARISE_DEBUG") == "1":
        traceback.print_exc()
    print(f"summarise: {line}", file=sys.stderr)
    return code
