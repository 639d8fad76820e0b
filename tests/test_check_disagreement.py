"""Numbers of one article that count the same thing and differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarise.check import check

TITLE = "Storm over Veltmark\n\n"


def listed(text: str, *numbers: tuple[str, str]) -> list[list[str]]:
    """The mentions of each disagreement among these numbers."""
    summary = check(TITLE + text, {"numbers": [{"mention": m, "counts": c} for m, c in numbers]})
    assert summary.rejected == ()
    return [[summary.numbers[index].mention for index in one.numbers] for one in summary.disagreements]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "Norway has sent 10,000 Norwegian troops to the coast.\n"
            "The ministry spoke of more than 3,000 Norwegian troops on the coast.",
            [("10,000", "Norwegian troops"), ("more than 3,000", "Norwegian troops")],
        ),
        (
            "Norway has sent 10,000 troops.\nMore than 3,000 Norwegian troops are on the coast.",
            [("10,000", "troops"), ("More than 3,000", "Norwegian troops")],
        ),
        (
            "Twelve people were killed, police said.\nThe mayor said 15 people were killed.",
            [("Twelve", "people"), ("15", "people")],
        ),
        (
            "There were 40 cases of measles.\nThe clinic counted 55 measles cases.",
            [("40", "cases of measles"), ("55", "measles cases")],
        ),
        (
            "The storm cost $3 million worth of fishing boats.\nIt cost $7 million worth of fishing boats.",
            [("$3 million", "worth of fishing boats"), ("$7 million", "worth of fishing boats")],
        ),
    ],
)
def test_different_values_of_one_thing_are_listed(text: str, numbers: list[tuple[str, str]]) -> None:
    assert listed(text, *numbers) == [[mention for mention, _ in numbers]]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Two suspects fled.\nThree officers were hurt.", [("Two", "suspects"), ("Three", "officers")]),
        (
            "Two people were killed.\nEight people were hurt.",
            [("Two", "people"), ("Eight", "people")],
        ),
        (
            "Police met 40 angry protesters.\nAnother 12 angry protesters came by bus.",
            [("40", "angry protesters"), ("12", "angry protesters")],
        ),
        (
            "About 40 fishing boats sank.\nThe harbour lost 39 fishing boats.",
            [("About 40", "fishing boats"), ("39", "fishing boats")],
        ),
        (
            "More than 1,000 fishing boats sank.\nThe harbour lost 1,200 fishing boats.",
            [("More than 1,000", "fishing boats"), ("1,200", "fishing boats")],
        ),
        (
            "Up to 90 fishing boats sank.\nThe harbour lost 39 fishing boats.",
            [("Up to 90", "fishing boats"), ("39", "fishing boats")],
        ),
        (
            "The harbour lost 40 fishing boats.\nIn 2011 it lost 12 fishing boats.",
            [("40", "fishing boats"), ("12", "fishing boats")],
        ),
        (
            "Some 40 fishing boats sank on Monday.\nThen 12 fishing boats sank on Friday.",
            [("Some 40", "fishing boats"), ("12", "fishing boats")],
        ),
        (
            "Veltmark had 40 fishing boats and Oslo had 12 fishing boats.",
            [("40", "fishing boats"), ("12", "fishing boats")],
        ),
        (
            "Ana Roe is 40 years old.\nThe old harbour master is 39 years old.",
            [("40 years old", "Ana Roe"), ("39 years old", "old harbour master")],
        ),
        ("Four fishing boats sank.\nThe harbour lost four fishing boats.", [("Four", "fishing boats")]),
    ],
)
def test_what_grammar_or_rounding_settles_is_no_disagreement(
    text: str, numbers: list[tuple[str, str]]
) -> None:
    assert listed(text, *numbers) == []


def test_indexes_point_into_the_numbers_that_hold() -> None:
    text = TITLE + "Twelve people were killed.\nTwo dogs barked.\nThe mayor said 15 people were killed."
    numbers = [
        {"mention": "ninety", "counts": "people"},
        {"mention": "Twelve", "counts": "people"},
        {"mention": "Two", "counts": "dogs"},
        {"mention": "15", "counts": "people"},
    ]
    summary = check(text, {"numbers": numbers})
    (disagreement,) = summary.disagreements
    assert disagreement.numbers == (0, 2)
    assert disagreement.counts == "people"


def test_many_numbers_of_one_thing_take_bounded_time() -> None:
    text = TITLE + "\n".join(f"The mayor said {n} people were killed." for n in range(10, 400))
    summary = check(text, {"numbers": [{"mention": str(n), "counts": "people"} for n in range(10, 400)]})
    assert len(summary.disagreements) == 1


def test_few_disagreements_among_labelled_numbers(shared_data: Path) -> None:
    """Labelled articles rarely contradict themselves: one true case in 136 was read by hand."""
    texts = {}
    for line in (shared_data / "articles/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["id"]] = row["text"]
    found = 0
    for line in (shared_data / "labels/wikinews-2019.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if int(label["id"][-3:]) % 5:
            numbers = [{k: n[k] for k in ("mention", "counts", "evidence")} for n in label["numbers"]]
            found += len(check(texts[label["id"]], {"numbers": numbers}).disagreements)
    assert found <= 2
