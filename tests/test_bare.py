"""Summaries that anyone may have written: what is read, and which faults of shape are named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.bare import FIELDS, read_bare, read_bare_json
from summarise.errors import InputError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
KEYS = st.sampled_from((*FIELDS, "schema", "article", "name", "spans", "evidence", "mention", "text", "x"))


def test_a_bare_string_is_an_item() -> None:
    bare = read_bare(
        {"gist": ["It rained."], "actors": ["Ana Roe"], "numbers": ["two"], "locations": ["Oslo"]}
    )
    assert bare.gist and bare.gist[0].text == "It rained."
    assert bare.actors and (bare.actors[0].name, bare.actors[0].kind) == ("Ana Roe", None)
    assert bare.numbers and bare.numbers[0].mention == "two"
    assert bare.locations and bare.locations[0].name == "Oslo"
    assert bare.items("stances") == ()


def test_what_was_written_comes_back_as_it_was_written() -> None:
    item = {"mention": "two", "value": 2, "unit": None, "odd": {"a": 1}}
    (number,) = read_bare({"numbers": [item]}).items("numbers")
    assert number.given == item
    assert number.says("unit") and not number.says("upper")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "the summary is no JSON object"),
        ("text", "the summary is no JSON object"),
        ({}, "has no field to judge"),
        ({"summary": {}}, "has no field to judge"),
        ({"schema": "other/2", "gist": []}, "'other/2'"),
        ({"actors": {"name": "Ana"}}, "actors "),
        ({"actors": [3]}, "actors[0] is no object"),
        ({"actors": ["Ana", {"kind": "person"}]}, "actors[1].name is missing"),
        ({"actors": [{"name": 4}]}, "actors[0].name "),
        ({"actors": [{"name": "Ana", "aliases": "Roe"}]}, "actors[0].aliases "),
        ({"numbers": [{"mention": "two", "value": "many"}]}, "numbers[0].value"),
        ({"numbers": [{"mention": "two", "value": True}]}, "numbers[0].value"),
        ({"stances": ["Ana is against it"]}, "stances[0] is no object"),
        ({"stances": [{"holder": "Ana", "target": "it"}]}, "stances[0].polarity is missing"),
        ({"actors": [{"name": "Ana", "confidence": 2}]}, "actors[0].confidence"),
        ({"actors": [{"name": "Ana", "spans": {"name": [1]}}]}, "actors[0].spans.name"),
        ({"article": [], "gist": []}, "article is no object"),
    ],
)
def test_a_wrong_shape_is_one_line_that_names_the_field(data: Any, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bare(data)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value) and "pydantic" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no JSON"),
        ("Ana Roe closed it.", "no JSON"),
        ('{"gist": []} {"gist": []}', "more than one"),
        ('{"gist": []}\n{"gist": []}\n', "line 2"),
        ('{"numbers": [{"value": NaN}]}', "NaN"),
        ("[" * 100_000, "nested"),
        ("1" * 10_000, "no JSON"),
    ],
)
def test_what_is_no_json_is_said_so(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_bare_json(text)


def test_bytes_that_are_no_text_are_no_json() -> None:
    with pytest.raises(InputError, match="no JSON"):
        read_bare_json(b"\xff\xfe\x00{")


def test_keys_that_no_summary_has_are_told_once_and_passed_over() -> None:
    told: list[str] = []
    data = {"gist": [], "mood": "grim", "actors": [{"name": "Ana", "age": 3}, {"name": "Bo", "age": 4}]}
    assert len(read_bare(data, told.append).items("actors")) == 2
    assert len(told) == 1 and "mood" in told[0] and told[0].count("actors[].age") == 1


def test_keys_of_our_own_output_are_known() -> None:
    told: list[str] = []
    read_bare(
        {"schema": "summarise/1", "gist": [], "rejected": [], "coverage": {}, "provenance": {}}, told.append
    )
    assert told == []


@given(
    st.dictionaries(KEYS, VALUES | st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=3)) | VALUES
)
def test_any_data_is_read_or_refused_in_words(data: Any) -> None:
    try:
        read_bare(data)
    except InputError as error:
        assert str(error)
