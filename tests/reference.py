"""The made parts of docs/: every field of the output, and what a check finds in docs/claims.json.

Fields, types and words come from the models of `summarise.summary`; examples from tests/golden.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarise.article import Span
from summarise.check import check
from summarise.output import summary_data
from summarise.read import read_file
from summarise.summary import Summary

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
CLAIMS = ROOT / "docs" / "claims.json"
JUDGED = ROOT / "tests" / "articles" / "short.txt"
PLAIN = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "true or false",
    type(None): "null",
    Any: "any",
}
LayOut = Callable[[Any], str]


def make_reference(lay_out: LayOut) -> str:
    """A section for each model, in the order in which a summary holds them."""
    data = [json.loads((GOLDEN / f"{name}.json").read_text("utf-8")) for name in ("short", "crumbs")]
    return "\n".join(_section(model, path, data, lay_out) for model, path in _models().items())


def _models() -> dict[type[BaseModel], str]:
    """Every model and its path in a summary."""
    found: dict[type[BaseModel], str] = {Summary: ""}
    for model, path in _below(Summary, ""):
        found.setdefault(model, path)
    return found


def _below(model: type[BaseModel], path: str) -> list[tuple[type[BaseModel], str]]:
    found = []
    for name, field in model.model_fields.items():
        inner, many = _inner(field.annotation)
        if inner is not None:
            where = f"{path}.{field.alias or name}{'[]' if many else ''}".lstrip(".")
            found += [(inner, where), *_below(inner, where)]
    return found


def _inner(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model in an annotation, and whether there are many of it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    many = get_origin(annotation) is tuple
    for part in get_args(annotation):
        inner, more = _inner(part)
        if inner is not None:
            return inner, many or more
    return None, False


def _section(model: type[BaseModel], path: str, data: list[Any], lay_out: LayOut) -> str:
    words = " ".join((model.__doc__ or "").split())
    title = f"`{path}`" if path else "A summary"
    rows = [
        f"| `{field.alias or name}` | {_type(field)} | {field.description or ''} |"
        for name, field in model.model_fields.items()
    ]
    table = "\n".join(["| field | type | what it is |", "|---|---|---|", *rows])
    return f"### {title}\n\n{words}\n\n{table}\n{_example(path, data, lay_out)}"


def _type(field: FieldInfo) -> str:
    words = _words(field.annotation)
    return f"{words.removesuffix(' or null')}, or absent" if field.exclude_if else words


def _words(annotation: Any) -> str:
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation == Span:
        return "[start, end]"
    if annotation in PLAIN:
        return PLAIN[annotation]
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in parts)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(map(_words, parts))).replace("number or integer", "number")
    if origin is tuple:
        return f"list of {'objects' if _inner(parts[0])[0] else _words(parts[0])}"
    if origin is dict:
        return f"map: field → {_words(parts[1])}"
    return "object"


def _example(path: str, data: list[Any], lay_out: LayOut) -> str:
    """The first value at `path` in the golden summaries; nothing where there is none, or it is within one."""
    name = path.removesuffix("[]")
    for summary_ in data:
        value = summary_.get(name) if name else None
        if value and "." not in path:
            return f"\n```json\n{lay_out(value[0] if path.endswith('[]') else value)}\n```\n"
    return ""


def judged_claims() -> dict[str, Any]:
    """What `summarise check docs/claims.json tests/articles/short.txt` prints."""
    claims = json.loads(CLAIMS.read_text("utf-8"))
    return summary_data(check(read_file(JUDGED), claims))


def make_claims() -> str:
    """The claims as they are given."""
    return f"```json\n{CLAIMS.read_text('utf-8').rstrip()}\n```\n"


def make_judged() -> str:
    """What was rejected of them, and what was noted."""
    data = judged_claims()
    found = {"notes": data["notes"], "rejected": data["rejected"]}
    return f"```json\n{json.dumps(found, ensure_ascii=False, indent=2)}\n```\n"
