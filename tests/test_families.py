"""A schema is read by its marks alone, and what can't be asked for is refused with a reason."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel

from summarise.draft import Draft, Gate, Item, Proposed, SentenceNumber, Verbatim
from summarise.errors import UsageError
from summarise.families import read_families


def test_our_own_schema_reads() -> None:
    families = {f.name: f for f in read_families(Draft)}
    assert list(families) == ["gist", "actors", "numbers", "locations", "stances"]
    assert families["actors"].key.name == "name"
    assert [f.name for f in families["stances"].details] == ["holder", "target", "quote"]
    assert families["stances"].by_sentence
    assert families["numbers"].gate is None
    assert families["gist"].keep is not None


class NoSentence(Item):
    name: Annotated[str, Verbatim()]


class NoKey(Item):
    sentence: Annotated[int, SentenceNumber()]
    kind: Literal["a", "b"]


class FreeText(Item):
    sentence: Annotated[int, SentenceNumber()]
    name: Annotated[str, Verbatim()]
    comment: str


class Amount(Item):
    sentence: Annotated[int, SentenceNumber()]
    name: Annotated[str, Proposed("names")]
    amount: float


class NoDrop(Item):
    sentence: Annotated[int, SentenceNumber()]
    name: Annotated[str, Proposed("names")]
    kind: Annotated[Literal["a", "b"], Gate()]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (NoSentence, "no sentence number"),
        (NoKey, "no key"),
        (FreeText, "FreeText.comment can't be asked for"),
        (Amount, "Amount.amount can't be asked for"),
        (NoDrop, "no label 'none'"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(item: type[Item], reason: str) -> None:
    schema = type("Schema", (BaseModel,), {"__annotations__": {"things": list[item]}})
    with pytest.raises(UsageError, match=reason):
        read_families(schema)


def test_a_field_that_is_no_list_is_refused() -> None:
    class Schema(BaseModel):
        title: str

    with pytest.raises(UsageError, match="not a list of items"):
        read_families(Schema)


def test_an_empty_schema_is_refused() -> None:
    with pytest.raises(UsageError, match="no fields"):
        read_families(type("Empty", (BaseModel,), {}))


def test_a_proposal_of_which_nothing_is_asked_is_refused() -> None:
    class Passage(Item):
        line: Annotated[int, SentenceNumber(), Proposed("body")]

    class Schema(BaseModel):
        passages: list[Passage] = []

    with pytest.raises(UsageError, match="asks nothing"):
        read_families(Schema)
