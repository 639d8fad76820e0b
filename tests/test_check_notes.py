"""Laws of notes: what the check leaves open is told, by the place of the item that it is about."""

from __future__ import annotations

from typing import Any

from summarise import check
from summarise.summary import Note, Summary

TEXT = (
    "Ana Roe met Bo Lind on Monday to speak of the closure. "
    "Ana Roe and Bo Lind said of the closure that it was “a gift to the owners”. "
    "Ana Roe condemned the closure.\n"
)
CLEAR = {"holder": "Ana Roe", "target": "the closure", "polarity": "against", "sentence": 3}
OPEN = {
    "holder": "Bo Lind",
    "target": "the closure",
    "polarity": "against",
    "quote": "a gift to the owners",
    "evidence": "Ana Roe and Bo Lind said of the closure that it was “a gift to the owners”.",
}


def judged(*stances: dict[str, Any]) -> Summary:
    return check(TEXT, {"stances": [{k: v for k, v in s.items() if k != "sentence"} for s in stances]})


def told(summary: Summary) -> list[tuple[str, int, str]]:
    return [(note.field, note.index, note.check) for note in summary.notes]


def test_a_stance_that_clear_words_settle_has_no_note() -> None:
    summary = judged({**CLEAR, "evidence": "Ana Roe condemned the closure."})
    assert len(summary.stances) == 1 and summary.notes == ()


def test_what_is_not_judged_is_said_of_the_item_it_is_about() -> None:
    summary = judged({**CLEAR, "evidence": "Ana Roe condemned the closure."}, OPEN)
    assert told(summary) == [("stances", 1, "polarity"), ("stances", 1, "speaker")]
    assert summary.notes[1].message == "the text does not settle who is quoted"


def test_places_count_the_items_that_hold() -> None:
    untrue = {**OPEN, "holder": "Cy Moe"}
    summary = judged(untrue, OPEN)
    assert len(summary.stances) == 1 and [rejected.field for rejected in summary.rejected] == ["stances"]
    assert told(summary) == [("stances", 0, "polarity"), ("stances", 0, "speaker")]


def test_items_that_were_merged_are_noted_once() -> None:
    assert told(judged(OPEN, OPEN)) == told(judged(OPEN))


def test_a_summary_that_is_checked_again_has_the_same_notes() -> None:
    summary = judged({**CLEAR, "evidence": "Ana Roe condemned the closure."}, OPEN)
    assert check(TEXT, summary).notes == summary.notes
    data = summary.model_dump(mode="json")
    data["notes"] = [Note(field="stances", index=7, check="polarity", message="mine").model_dump()]
    assert check(TEXT, data).notes == summary.notes
