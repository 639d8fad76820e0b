"""A schema of one's own is read whole or refused, with the field's name and what to use instead."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Annotated, Any, Literal, Union

import pytest
from annotated_types import Len
from pydantic import BaseModel, Field, RootModel, computed_field, create_model

from summarise import UsageError
from summarise.draft import Verbatim
from summarise.fields import Entry, Keep, Quantity, Sentence, Words
from summarise.prompt import FIELDS_PROMPT, read_prompt
from summarise.schema import read_schema


class Mood(StrEnum):
    CALM = "calm"
    CROSS = "cross"


class Everything(Entry):
    """What there is
    to ask for."""

    words: Words = Field(description="some words")
    maybe: Words | None = None
    older: Union[Words, None] = None  # noqa: UP007
    amount: Quantity
    perhaps: Quantity | None = None
    label: Literal["a", "b"]
    unsure: Literal["a", "b"] | None = None
    mood: Mood
    sentence: Sentence


class Whole(BaseModel):
    """All of it."""

    many: list[Everything]
    some: Annotated[list[Everything], Keep(least=0, most=2)] = []
    one: Everything | None = Field(default=None, description="the one that matters")


def test_every_form_there_is_is_read() -> None:
    many, some, one = read_schema(Whole).entries
    assert [(p.name, p.form, p.labels, p.nullable) for p in many.parts] == [
        ("words", "words", (), False),
        ("maybe", "words", (), True),
        ("older", "words", (), True),
        ("amount", "quantity", (), False),
        ("perhaps", "quantity", (), True),
        ("label", "label", ("a", "b"), False),
        ("unsure", "label", ("a", "b"), True),
        ("mood", "label", ("calm", "cross"), False),
        ("sentence", "sentence", (), False),
    ]
    assert [(e.single, e.most) for e in (many, some, one)] == [(False, None), (False, 2), (True, 1)]
    assert (many.description, one.description) == ("What there is to ask for.", "the one that matters")
    assert many.about == "All of it."


def test_the_model_is_told_what_the_schema_says_of_itself() -> None:
    prompt, (many, _, one) = read_prompt(FIELDS_PROMPT), read_schema(Whole).families
    asked = prompt.render_ask(many, "proposals")
    for said in (
        "All of it.",
        "many",
        "What there is to ask for.",
        "some words",
        '"calm", "cross"',
        "perhaps",
    ):
        assert said in asked
    assert "sentence:" not in asked and "{" not in asked
    assert "or null" in asked and asked == asked.strip()
    assert "the one that matters" in prompt.render_ask(one, "items")
    assert prompt.render_ask(many, "items") == asked


def test_a_brace_in_a_description_is_only_text() -> None:
    class Odd(Entry):
        """{number} of {"""

        words: Words = Field(description="{family} }")

    odd = create_model("Odds", odds=(list[Odd], ...))
    asked = read_prompt(FIELDS_PROMPT).render_ask(read_schema(odd).families[0], "items")
    assert "{number} of {" in asked and "{family} }" in asked


def entry(kind: Any) -> type[BaseModel]:
    """A schema whose field `things` has entries with one field, `thing`."""
    one = create_model("One", __base__=Entry, thing=(kind, ...))
    return create_model("Things", things=(list[one], ...))  # type: ignore[valid-type]


class Plain(BaseModel):
    words: Words


class Number(IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    ("kind", "instead"),
    [
        (str, "use Words"),
        (float, "use Quantity"),
        (int, "use Quantity"),
        (Decimal, "use Quantity"),
        (bool, "use a Literal"),
        (datetime.date, "use Words: the date"),
        (dict[str, str], "a field of its own"),
        (dict, "a field of its own"),
        (list[str], "a list of entries"),
        (list[Words], "a list of entries"),
        (set[str], "a list of entries"),
        (tuple[str, ...], "a list of entries"),
        (Plain, "a list of these entries"),
        (list[Everything], "a list of entries"),
        (Everything | None, "a list of these entries"),
        (Any, "use Words, Sentence"),
        (object, "use Words, Sentence"),
        (Words | Quantity, "choose one"),
        (int | str | None, "choose one"),
        (Literal["a", 1], "use strings"),
        (Literal["a", ""], "use strings"),
        (Literal["a", None], r"write \| None"),
        (Number, "use strings"),
        (Enum("Empty", {}), "name the labels"),
        (Annotated[str, Verbatim(holding="numbers")], "use Words"),
        (Annotated[str, "a note"], "use Words"),
    ],
)
def test_a_field_that_cannot_be_asked_for_is_refused_by_name(kind: Any, instead: str) -> None:
    with pytest.raises(UsageError, match=rf"Things\.things\.thing\b.*{instead}"):
        read_schema(entry(kind))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"things": (str, ...)}, r"Odd\.things is no list of entries"),
        ({"things": (Words, ...)}, r"Odd\.things is no list of entries"),
        ({"things": (list[str], ...)}, r"Odd\.things is no list of entries"),
        ({"things": (dict[str, Everything], ...)}, r"Odd\.things is no list of entries"),
        ({"things": (list[Entry], ...)}, r"Odd\.things: Entry is no entry|Odd\.things: Entry"),
        ({"things": (list[Plain], ...)}, r"Odd\.things: Plain is no entry.*derive it"),
        ({"things": (list[Everything] | None, ...)}, r"Odd\.things is no list of entries"),
        ({"things": (Everything, ...)}, r"Odd\.things must be found.*Everything \| None"),
        ({"things": (Annotated[list[Everything], Keep(least=1, most=2)], ...)}, "must be found"),
        ({"things": (list[Everything], Field(min_length=1))}, r"Odd\.things must be found.*least=0"),
        ({"things": (Annotated[list[Everything], Len(1, 3)], ...)}, r"Odd\.things must be found"),
        ({"things": (list[Everything], Field(max_length=0))}, r"Odd\.things keeps nothing"),
        ({"things": (list[Everything], Field(alias="other"))}, r"Odd\.things has an alias"),
        ({}, "Odd has no fields"),
    ],
)
def test_a_schema_that_cannot_be_asked_for_is_refused(fields: Any, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_schema(create_model("Odd", **fields))


@pytest.mark.parametrize(
    "kind",
    [
        Annotated[list[Everything], Keep(least=0, most=2)],
        Annotated[list[Everything], Field(max_length=2)],
        Annotated[list[Everything], Len(0, 2)],
        Annotated[list[Everything], Keep(least=0, most=5), Field(max_length=2)],
    ],
)
def test_a_longest_length_is_how_many_are_kept(kind: Any) -> None:
    (things,) = read_schema(create_model("Some", things=(kind, ...))).entries
    assert things.most == 2


def test_what_is_no_model_of_lists_is_refused() -> None:
    for odd, reason in (
        ("Whole", "is no schema"),
        (dict, "is no schema"),
        (Whole.model_construct(), "is no schema"),
        (Everything, r"is an entry.*list\[Everything\]"),
        (RootModel[list[Everything]], "no fields of its own"),
    ):
        with pytest.raises(UsageError, match=reason):
            read_schema(odd)  # type: ignore[arg-type]


def test_a_schema_that_names_itself_is_refused() -> None:
    class Tree(Entry):
        words: Words
        below: list[Tree]

    class Forest(BaseModel):
        trees: list[Tree]

    class Endless(BaseModel):
        more: list[Endless]

    with pytest.raises(UsageError, match=r"Forest\.trees\.below"):
        read_schema(Forest)
    with pytest.raises(UsageError, match=r"Endless\.more: Endless is no entry"):
        read_schema(Endless)


def test_a_schema_that_is_not_complete_is_refused() -> None:
    odd = type("Odd", (BaseModel,), {"__annotations__": {"things": "list[Nowhere]"}, "__module__": __name__})
    with pytest.raises(UsageError, match="Odd is not complete"):
        read_schema(odd)


def test_an_entry_of_ours_cannot_be_redefined() -> None:
    for name, kind in (("evidence", int), ("evidence", Words), ("spans", Words), ("confidence", str)):
        odd = create_model("Odd", __base__=Entry, **{name: (kind, ...)})  # type: ignore[call-overload]
        with pytest.raises(UsageError, match=rf"things\.{name} is what every entry has"):
            read_schema(create_model("Things", things=(list[odd], ...)))


def test_other_odd_entries_are_refused() -> None:
    class Bare(Entry):
        pass

    class Counted(Entry):
        words: Words

        @computed_field  # type: ignore[prop-decorator]
        @property
        def length(self) -> int:
            return len(self.words)

    class Renamed(Entry):
        words: Words = Field(serialization_alias="w")

    class Numbered(Entry):
        sentence: Words

    for odd, reason in (
        (Bare, "has no fields"),
        (Counted, "computed"),
        (Renamed, "things.words has an alias"),
        (Numbered, "the name is taken"),
    ):
        with pytest.raises(UsageError, match=reason):
            read_schema(create_model("Things", things=(list[odd], ...)))  # type: ignore[valid-type]


def described(doc: str, **said: Any) -> Callable[[], str]:
    """Gives the hash of a schema that says so of itself."""

    def digest() -> str:
        one = create_model("One", __base__=Entry, __doc__=doc, **said)
        return read_schema(create_model("Ones", ones=(list[one], ...))).info.sha256  # type: ignore[valid-type]

    return digest


WORDS = {"words": (Words, Field(description="some"))}


def test_the_same_schema_has_the_same_hash() -> None:
    assert described("What.", **WORDS)() == described("What.", **WORDS)()


@pytest.mark.parametrize(
    "other",
    [
        described("What!", **WORDS),
        described("What.", words=(Words, Field(description="more"))),
        described("What.", words=(Words | None, Field(description="some"))),
        described("What.", words=(Sentence, Field(description="some"))),
        described("What.", word=(Words, Field(description="some"))),
        described("What.", words=(Literal["some"], Field(description="some"))),
        described("What.", **WORDS, more=(Words, ...)),
    ],
)
def test_a_changed_word_is_another_schema(other: Callable[[], str]) -> None:
    assert other() != described("What.", **WORDS)()
