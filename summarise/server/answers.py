"""Reads what a model behind a server wrote, whatever the server promised: strictly, item by item.

An answer that can't be read whole is an error of its article. An item in it that is none of a draft is not
passed over: it is listed as rejected, as it was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from summarise.errors import DecodeError
from summarise.families import Family
from summarise.server.constraint import Constraint
from summarise.server.schema import labels_of
from summarise.summary import Issue, Rejected

CHECK = "schema"
"""The name under which an item that is none of a draft is rejected."""
_TRIES = 8  # places of a plain answer that may begin the object: more would take a hostile one's time
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


def read_answer(
    text: str, family: Family, constraint: Constraint
) -> tuple[list[dict[str, Any]], list[Rejected]]:
    """The draft items in an answer, and what was written in their place and is none.

    Raises DecodeError where the answer is not `{"<family>": […]}`; only a plain one may have words around it.
    """
    data = _read_json(text, family.name) if constraint == "plain" else _parse(text)
    if not isinstance(data, dict) or list(data) != [family.name] or not isinstance(data[family.name], list):
        wanted = f'{{"{family.name}": […]}}'
        raise DecodeError(f"the model's answer is not {wanted}", _HINT)
    items, unfit = [], []
    for value in data[family.name]:
        item = _completed(family, value)
        fault = _fault(family, item)
        if fault is None:
            items.append(item)
        else:
            shown = value if isinstance(value, dict) else {"value": value}
            unfit.append(Rejected(field=family.name, item=shown, issues=(Issue(check=CHECK, message=fault),)))
    return items, unfit


_HINT = "try a larger model, or a server that takes a stronger constraint"


def _read_json(text: str, name: str) -> Any:
    """The first object with the family's name as its first key, bare or among other words."""
    text = _THOUGHT.sub("", text)
    for start in _starts(text, name):
        try:
            _, end = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        return _parse(text[start:end])
    return _parse(text)


def _starts(text: str, name: str) -> Iterator[int]:
    found = re.finditer(rf'\{{\s*"{re.escape(name)}"\s*:', text)
    yield from (match.start() for match, _ in zip(found, range(_TRIES), strict=False))


def _parse(text: str) -> Any:
    """JSON to the letter: no NaN, no lone surrogate, no number that can't be written again."""
    try:
        data = from_json(text, allow_inf_nan=False)
        json.dumps(data, allow_nan=False)  # 1e999 was read as infinity
        return data
    except ValueError as error:
        reason = str(error).strip()
        raise DecodeError(f"the model's answer is no JSON: {reason[:1].lower()}{reason[1:]}", _HINT) from None


def _completed(family: Family, value: Any) -> Any:
    """The item with the label that it can only have, where that was left out: a `gist` of the gist."""
    gate = family.gate
    if gate and isinstance(value, dict) and gate.name not in value:
        labels = labels_of(family, gate)
        if len(labels) == 1:
            return {**value, gate.name: labels[0]}
    return value


def _fault(family: Family, item: Any) -> str | None:
    """Why `item` is none of the draft; None where it is one."""
    try:
        family.item.model_validate(item, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        said = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
        return f"{where}: {said}" if where else said
    gate = family.gate
    if gate and item[gate.name] == family.drop:
        return f"{gate.name}: {family.drop} is for what is not to be listed"
    return None
