"""The schemas of examples/ are asked for and filled: by a script, and by the real model as well as it can."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from fakes import ScriptedModel
from reports import report_breaches
from scripts import answer_from
from summarise import Summariser, read_file
from summarise.output import summary_data

EXAMPLES = Path(__file__).parent.parent / "examples"
LABELS = {
    "direction": ["raised", "cut", "kept", "new"],
    "tone": ["confident", "cautious", "neutral"],
    "outcome": ["upheld", "overturned", "sent back"],
}
EARNINGS: dict[str, list[dict[str, Any]]] = {
    "figures": [
        {"sentence": 2, "metric": "revenue", "amount": "$412 million", "before": "$388 million"},
        {"sentence": 3, "metric": "Net profit", "amount": "$31.5 million", "before": None},
    ],
    "guidance": [
        {
            "sentence": 4,
            "metric": "output",
            "amount": "about 96,000 tonnes",
            "direction": "raised",
            "period": "2031",
        },
        {
            "sentence": 5,
            "metric": "capital spending",
            "amount": "between $55 million and $60 million",
            "direction": "kept",
            "period": None,
        },
    ],
    "remarks": [
        {"sentence": 6, "speaker": "Ana Reyes", "tone": "confident"},
        {"sentence": 7, "speaker": "Tom Hale", "tone": "cautious"},
    ],
}
RULING: dict[str, list[dict[str, Any]]] = {
    "decision": [{"sentence": 2, "court": "The Court of Appeal in Tarvos", "outcome": "overturned"}],
    "arguments": [
        {
            "sentence": 3,
            "party": "The tenants",
            "argument": "the firm had known of the broken drain",
        },
        {"sentence": 4, "party": "Halden Homes", "argument": "the storm could not have been foreseen"},
    ],
    "orders": [
        {"sentence": 5, "amount": "310,000 euros", "whom": "Halden Homes"},
        {"sentence": 6, "amount": "within six months", "whom": None},
    ],
}


def schema_of(example: str, name: str) -> Any:
    return runpy.run_path(str(EXAMPLES / example))[name]


@pytest.fixture
def earnings() -> Any:
    return schema_of("earnings.py", "Earnings")


def test_a_report_on_a_quarter_is_told_in_its_own_fields(earnings: Any) -> None:
    article = read_file(EXAMPLES / "earnings.txt")
    model = ScriptedModel(answer_from(article, EARNINGS, schema=earnings))
    report = Summariser(model, schema=earnings).summarise(article)
    data = summary_data(report)
    assert list(report_breaches(data, article.text, LABELS)) == []
    assert data["rejected"] == []
    revenue, profit = data["found"]["figures"]
    assert (revenue["metric"], revenue["amount"]["value"], revenue["amount"]["unit"]) == (
        "revenue",
        412_000_000,
        "USD",
    )
    assert revenue["before"]["value"] == 388_000_000
    assert (profit["metric"], profit["amount"]["value"], profit["before"]) == ("Net profit", 31_500_000, None)
    output, spending = data["found"]["guidance"]
    assert (output["amount"]["qualifier"], output["amount"]["unit"], output["period"]) == (
        "about",
        "tonne",
        "2031",
    )
    assert (spending["amount"]["value"], spending["amount"]["upper"]) == (55_000_000, 60_000_000)
    assert spending["direction"] == "kept"
    assert [remark["tone"] for remark in data["found"]["remarks"]] == ["confident", "cautious"]
    assert data["found"]["remarks"][1]["text"].startswith("Finance director Tom Hale warned")
    assert data["coverage"]["quotations_reported"] == 0  # whoever speaks was asked for, not what they said
    assert data["provenance"]["fields"]["name"] == "Earnings"


def test_a_ruling_is_told_from_python(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = EXAMPLES / "ruling.txt"
    article = read_file(path)
    model = ScriptedModel(answer_from(article, RULING, schema=schema_of("ruling.py", "Ruling")))
    monkeypatch.setattr("summarise.api.find_entry", lambda _: None)
    monkeypatch.setattr("summarise.api.load_folder", lambda *_: model)
    monkeypatch.setattr(sys, "argv", ["ruling.py", str(path)])
    runpy.run_path(str(EXAMPLES / "ruling.py"), run_name="__main__")
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == ["overturned", "The tenants", "Halden Homes", "310000", "6"]
    for *_, words, start, end in rows[:3]:
        assert article.text[int(start) : int(end)] == words
    assert [row[1] for row in rows[3:]] == ["EUR", "month"]


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(("example", "name"), [("earnings", "Earnings"), ("ruling", "Ruling")])
def test_whatever_the_real_model_says_holds(example: str, name: str, model_folder: Path) -> None:
    assert model_folder.is_dir()
    article = read_file(EXAMPLES / f"{example}.txt")
    summariser: Summariser[Any] = Summariser(schema=schema_of(f"{example}.py", name), allow_pull=False)
    assert summariser.model.adapter is None, "it was trained for other fields"
    data = summary_data(summariser.summarise(article))
    assert list(report_breaches(data, article.text, LABELS)) == []
    assert data["provenance"]["prompt"].startswith("fields-1:")
