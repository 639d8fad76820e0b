"""The tables that a summary is as CSV, and their columns: they follow from the models, never from the data.

Each list of a summary is a table (`actors`, `rejected`, …) with a row for each item; `articles` has a row for
each summary, with all that is no list: the article, coverage, provenance. A row of any table begins with the
article's id and sha256; an item's `place` is its index in its list. Strings stand as they are, lossless; a
span is two columns (`name_start`, `name_end`); all other values are their JSON: numbers and truths look as
anywhere, and lists (`aliases`, `mentions`, `issues`) are arrays. Null is an empty cell: no string of a
summary is empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, reduce
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from summarise.saved import copied_strings
from summarise.summary import Summary

ARTICLES = "articles"
KEY = ("article_id", "article_sha256")
Row = tuple[str, ...]


@cache
def families() -> dict[str, type[BaseModel]]:
    """The lists of a summary, each with the model of its items."""
    lists = {}
    for name, field in Summary.model_fields.items():
        if get_origin(field.annotation) is tuple:
            lists[name] = get_args(field.annotation)[0]
    return lists


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """The columns of each table, by its name."""
    tables = {ARTICLES: (*KEY, *("_".join(path) for path in _leaves()))}
    for family, item in families().items():
        tables[family] = (*KEY, "place", *_item_columns(item))
    return tables


def rows(summary: Summary) -> Iterator[tuple[str, Row]]:
    """Each row of the summary with its table's name, cells in the order of `columns`."""
    key = (summary.article.id or "", summary.article.sha256)
    yield ARTICLES, (*key, *(_cell(reduce(getattr, path, summary)) for path in _leaves()))
    for family, item in families().items():
        for index, one in enumerate(getattr(summary, family)):
            yield family, (*key, str(index), *_item_cells(one, item))


@cache
def _leaves() -> tuple[tuple[str, ...], ...]:
    """The paths to what is no list of a summary, those of the key left out."""
    paths: list[tuple[str, ...]] = []
    for part, field in Summary.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            paths += [(part, leaf) for leaf in kind.model_fields]
        elif part not in families() and field.alias != "schema":
            paths.append((part,))
    return tuple(path for path in paths if "_".join(path) not in KEY)


def _item_columns(item: type[BaseModel]) -> Iterator[str]:
    for name in item.model_fields:
        if name == "spans":
            yield from (f"{leaf}_{end}" for leaf in copied_strings(item) for end in ("start", "end"))
        else:
            yield name


def _item_cells(one: BaseModel, item: type[BaseModel]) -> Iterator[str]:
    for name in item.model_fields:
        value = getattr(one, name)
        if name == "spans":
            for leaf in copied_strings(item):
                yield from map(_cell, value.get(leaf, (None, None)))
        else:
            yield _cell(value)


def _cell(value: Any) -> str:
    """Strings as they are, null as nothing, all else as JSON."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        value = [one.model_dump(mode="json") for one in value]
    return json.dumps(value, ensure_ascii=False)
