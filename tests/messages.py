"""The messages of the package's errors, read from its source: what varies in one is `…`."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import summarise

PACKAGE = Path(summarise.__file__).parent
MAKERS = {
    **dict.fromkeys(("SummariseError", "InputError", "ModelError", "UsageError"), 0),
    **dict.fromkeys(("DecodeError", "GrammarError", "OutputError", "Fault"), 0),
    "fail": 1,  # of a batch: place, message, hint
}
"""What makes an error, and which of its arguments is the message."""


def messages() -> set[str]:
    """Every message that is written where its error is made, or returned for one beside its hint."""
    return {text for text, _ in _found() if text is not None}


def unwritten() -> set[str]:
    """Places that make an error of a message from elsewhere: file and words."""
    return {place for text, place in _found() if text is None}


@cache
def _found() -> tuple[tuple[str | None, str], ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            message = _message(node)
            if message is not None:
                place = f"{path.relative_to(PACKAGE).as_posix()}: {ast.unparse(message)}"
                found.append((template(message), place))
    return tuple(found)


def _message(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.FunctionDef) and node.name == "_mismatch":  # returns message and hint
        last = node.body[-1]
        return (
            last.value.elts[0] if isinstance(last, ast.Return) and isinstance(last.value, ast.Tuple) else None
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
        at = MAKERS[node.func.id]
        return node.args[at] if at < len(node.args) else None
    return None


def template(node: ast.expr) -> str | None:
    """The words of a literal; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values)
    if isinstance(node, ast.BinOp):
        left = template(node.left)
        return None if left is None else f"{left}…"
    return None
