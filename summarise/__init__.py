"""News articles into verified, sourced, structured summaries with a local language model.

    from summarise import Summariser
    summary = Summariser().summarise(text)

`summarise.fields` has the words for a schema of your own.

Only the names in `__all__`, there and here, are public; everything else is free to move.
"""

TYPE_CHECKING = (
    False  # as type checkers know it: this must load at once, and so imports nothing, not even `typing`
)
if TYPE_CHECKING:
    from typing import Any

    from summarise.api import Outcome, Summariser
    from summarise.article import Article
    from summarise.batch import BatchCounts, BatchOptions, write_batch
    from summarise.check import check
    from summarise.compare import Diff, diff
    from summarise.errors import InputError, ModelError, OutputError, SummariseError, UsageError
    from summarise.read import read_bytes, read_file, read_text
    from summarise.report import Report
    from summarise.summary import Summary
    from summarise.view import render_html

__all__ = [
    "Article",
    "BatchCounts",
    "BatchOptions",
    "Diff",
    "InputError",
    "ModelError",
    "Outcome",
    "OutputError",
    "Report",
    "SummariseError",
    "Summariser",
    "Summary",
    "UsageError",
    "check",
    "diff",
    "read_bytes",
    "read_file",
    "read_text",
    "render_html",
    "write_batch",
]

_HOME = {
    "Summariser": "api",
    "Outcome": "api",
    "BatchOptions": "batch",
    "BatchCounts": "batch",
    "write_batch": "batch",
    "Article": "article",
    "Summary": "summary",
    "Report": "report",
    "check": "check",
    "Diff": "compare",
    "diff": "compare",
    "read_bytes": "read",
    "read_file": "read",
    "read_text": "read",
    "render_html": "view",
}


def __getattr__(name: str) -> "Any":
    """Loads a public name when it is first used, so that `import summarise` costs no torch."""
    if name not in __all__:
        raise AttributeError(f"module 'summarise' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"summarise.{_HOME.get(name, 'errors')}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
