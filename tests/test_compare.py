"""What differs between two summaries of one story, and that nothing is lost or told twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from summaries import said, saved, summaries
from summarise import Diff, InputError, check, diff
from summarise.output import summary_data
from summarise.summary import Summary

FIELDS = ("gist", "actors", "numbers", "locations", "stances")


def mirrored(found: Diff) -> dict[str, Any]:
    """The difference seen from the other side, without what counts the items of one side."""
    data = found.model_dump(mode="json")
    data["before"], data["after"] = data["after"], data["before"]
    for field in FIELDS:
        one = data[field]
        one["new"], one["gone"] = one["gone"], one["new"]
        for change in one["changed"]:
            change["before"], change["after"] = change["after"], change["before"]
    return data


def comparable(data: dict[str, Any]) -> dict[str, Any]:
    """The same, whatever the order of changes: each side lists them in its own."""
    for field in FIELDS:
        data[field]["changed"].sort(key=lambda change: json.dumps(change, sort_keys=True))
        del data[field]["unchanged"]
    del data["notes"]
    return data


@pytest.mark.parametrize("name", ["short", "ferry", "crumbs"])
def test_a_summary_does_not_differ_from_itself(name: str) -> None:
    found = diff(saved(name), saved(name))
    assert not found.differs
    assert [getattr(found, field).unchanged for field in FIELDS] == [
        len(getattr(saved(name), field)) for field in FIELDS
    ]


def edited(text: str, edits: dict[str, str]) -> str:
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    return text


def test_an_edited_story_tells_its_edits_and_nothing_else(articles: Path) -> None:
    edits = {
        "214": "209",
        "nearly 20": "nearly 30",
        "Seventeen": "Nineteen",
        "$38 million": "$41 million",
        "between 30 and 40 tonnes": "at least 50 tonnes",
        "Denmark": "Sweden",
    }
    text = (articles / "ferry.txt").read_text("utf-8")
    keys = {"text", "name", "kind", "role", "mention", "counts", "holder", "target", "polarity", "quote"}
    keys.add("evidence")
    bare = {
        field: [
            {key: value for key, value in item.items() if key in keys and value is not None}
            for item in summary_data(saved("ferry"))[field]  # type: ignore[index]
        ]
        for field in FIELDS
    }
    after = check(edited(text, edits), json.loads(edited(json.dumps(bare), edits)))
    found = diff(check(text, bare), after)
    assert [(c.before.mention, c.after.mention) for c in found.numbers.changed] == [
        ("214", "209"),
        ("214", "209"),
        ("nearly 20", "nearly 30"),
        ("Seventeen", "Nineteen"),
        ("$38 million", "$41 million"),
        ("between 30 and 40 tonnes", "at least 50 tonnes"),
    ]
    assert (found.numbers.new, found.numbers.gone) == ((), ())
    for field in ("actors", "locations"):
        told = getattr(found, field)
        assert ([one.name for one in told.gone], [one.name for one in told.new]) == (["Denmark"], ["Sweden"])
        assert told.changed == ()
    assert [change.fields for change in found.gist.changed] == [("text",)]
    assert not found.stances.differs


@given(summaries, summaries)
@settings(max_examples=15, deadline=None)
def test_either_way_round_it_is_the_same_difference(one: Summary, other: Summary) -> None:
    assert comparable(mirrored(diff(one, other))) == comparable(diff(other, one).model_dump(mode="json"))
    assert not diff(one, one).differs


@given(summaries, summaries)
@settings(max_examples=15, deadline=None)
def test_every_item_before_is_gone_changed_or_unchanged(one: Summary, other: Summary) -> None:
    found = diff(one, other)
    for field in FIELDS:
        told = getattr(found, field)
        assert len(told.gone) + len(told.changed) + told.unchanged == len(getattr(one, field))
        changed = [change.after for change in told.changed]
        assert all(item in getattr(other, field) for item in [*told.new, *changed])


def test_two_stories_have_nothing_in_common() -> None:
    found = diff(saved("ferry"), saved("crumbs"))
    for field in ("gist", "actors", "stances"):
        assert (getattr(found, field).changed, getattr(found, field).unchanged) == ((), 0)
        assert getattr(found, field).new == getattr(saved("crumbs"), field)


def test_actors_come_go_and_change() -> None:
    before = said(
        "Ana Roe, the mayor, spoke. Bo Lind left. The Harbour Board (HB) met.",
        actors=[{"name": "Ana Roe", "role": "the mayor"}, "Bo Lind", "Harbour Board"],
    )
    after = said(
        "Roe spoke as governor. Ana Roe, the governor, met the HB. Kai Berg came.",
        actors=[{"name": "Ana Roe", "role": "the governor"}, "HB", "Kai Berg"],
    )
    found = diff(before, after).actors
    assert [actor.name for actor in found.gone] == ["Bo Lind"]
    assert [actor.name for actor in found.new] == ["Kai Berg"]
    assert [(change.fields, change.before.role, change.after.role) for change in found.changed] == [
        (("role",), "the mayor", "the governor")
    ]
    assert found.unchanged == 1  # the board, by its short form


def test_a_kind_that_changed_is_told() -> None:
    before = saved("short")
    first = before.actors[0].model_copy(update={"kind": "group"})
    after = before.model_copy(update={"actors": (first, *before.actors[1:])})
    assert [change.fields for change in diff(before, after).actors.changed] == [("kind",)]


def named(*names: str) -> Summary:
    text = " ".join(f"{name} spoke on Monday." for name in names)
    return said(text, actors=[{"name": name, "kind": "person"} for name in names])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Roe", "Ana Roe", True),
        ("Ana Roe", "Roe", True),
        ("Ana Roe", "Bo Roe", False),
        ("André Roe", "Andre Roe", True),
        ("Ana Roe", "Lind", False),
    ],
)
def test_a_person_is_known_by_the_whole_name_or_the_surname_alone(one: str, other: str, same: bool) -> None:
    assert diff(named(one), named(other)).actors.differs is not same
    assert diff(named(other), named(one)).actors.differs is not same


def test_a_country_is_one_whatever_it_is_called() -> None:
    before = said("The U.S. sent ships to Oslo.", locations=["U.S.", "Oslo"])
    after = said("The United States sent ships to Bergen.", locations=["United States", "Bergen"])
    found = diff(before, after).locations
    assert ([p.name for p in found.gone], [p.name for p in found.new]) == (["Oslo"], ["Bergen"])
    assert found.unchanged == 1


def stance(text: str, polarity: str, holder: str = "Ana Roe") -> Summary:
    return said(
        text,
        actors=["Ana Roe"],
        stances=[{"holder": holder, "target": "the dam", "polarity": polarity}],
    )


def test_a_stance_that_turned_round_is_told_as_turned() -> None:
    found = diff(stance("Ana Roe backed the dam.", "for"), stance("Ana Roe opposed the dam.", "against"))
    (change,) = found.stances.changed
    assert (change.fields, change.turned) == (("polarity",), True)
    again = diff(stance("Ana Roe backed the dam.", "for"), stance("Ana Roe supported the dam.", "for"))
    assert not again.stances.differs


def test_the_same_stance_of_another_holder_is_new() -> None:
    after = said(
        "Bo Lind backed the dam.", stances=[{"holder": "Bo Lind", "target": "the dam", "polarity": "for"}]
    )
    found = diff(stance("Ana Roe backed the dam.", "for"), after).stances
    assert (len(found.new), len(found.gone), found.changed) == (1, 1, ())


def test_a_sentence_of_the_gist_that_was_edited_changed() -> None:
    before = said("Twelve people were killed on Monday.", gist=["Twelve people were killed on Monday."])
    after = said("Fifteen people were killed on Monday.", gist=["Fifteen people were killed on Monday."])
    assert [change.fields for change in diff(before, after).gist.changed] == [("text",)]


def test_what_is_none_of_the_story_is_noted() -> None:
    before = saved("short")
    made = before.provenance.model_copy(update={"model": "other"})
    read = before.coverage.model_copy(update={"sentences_read": 3, "complete": False})
    after = before.model_copy(update={"provenance": made, "coverage": read})
    found = diff(before, after)
    assert not found.differs
    assert found.notes == (
        "made by another model: smollm2-135m before, other after",
        "after: 4 of 7 sentences were not read",
    )


def test_the_output_is_as_its_schema_says() -> None:
    data = diff(saved("ferry"), saved("short")).model_dump(mode="json")
    schema = Diff.model_json_schema(by_alias=True, mode="serialization")
    Draft202012Validator(schema).validate(data)
    assert data["schema"] == "summarise-diff/1"
    assert list(data) == ["schema", "before", "after", *FIELDS, "notes"]


def test_plain_data_is_taken_and_what_is_no_summary_is_refused() -> None:
    data = saved("short").model_dump(mode="json")
    assert not diff(data, saved("short")).differs
    with pytest.raises(InputError, match="the second summary is no summarise/1"):
        diff(data, {"actors": []})
