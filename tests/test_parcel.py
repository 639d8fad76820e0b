"""What travels between the processes of a batch comes out as it went in, with classes of one's own too."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from batches import COVERAGE, QuickSummariser
from summarise.article import Article
from summarise.batch.parcel import pack, unpack
from summarise.cli.schema import find_schema
from summarise.output import write_summary
from summarise.report import Report, ReportProvenance
from summarise.schema import read_schema
from summarise.summary import ArticleInfo, Summary

SCHEMA = """
from enum import Enum
from pydantic import BaseModel
from summarise.fields import Entry, Quantity, Words

class Way(Enum):
    UP = "up"
    DOWN = "down"

class Change(Entry):
    what: Words
    amount: Quantity
    way: Way

class Changes(BaseModel):
    changes: list[Change]
    main: Change | None = None
"""
OTHER = """
import sys
from test_parcel import made_report
from summarise.batch.parcel import pack
from summarise.output import write_summary

report = made_report(sys.argv[1])
print(pack(report).hex())
print(write_summary(report, line=True), end="")
"""


def made_report(named: str) -> Report:
    """A report in the schema of that name, with a figure that is whole and one that is not."""
    schema = read_schema(find_schema(named))
    spans = dict.fromkeys(("what", "amount", "evidence"), (0, 5))
    amounts = [
        {"mention": "4", "value": 4, "qualifier": "exact", "unit": "percent"},
        {"mention": "4.0 to 1e3", "value": 4.0, "upper": 1000.0, "qualifier": "range"},
        {"mention": "a googol", "value": 10**100, "qualifier": "exact"},
    ]
    changes = [
        {"what": "Sales", "amount": amount, "way": "up", "evidence": "Sales rose.", "spans": spans}
        for amount in amounts
    ]
    return schema.report(
        article=ArticleInfo.of(Article("Sales rose.", id="n1"), with_text=True),
        found=schema.model.model_validate({"changes": changes, "main": changes[0]}),
        coverage=COVERAGE,
        provenance=ReportProvenance(version="0", model="quick", fields=schema.info),
    )


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a schema in a file; its module is not left behind."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    path = tmp_path / "parcelled.py"
    path.write_text(SCHEMA, "utf-8")
    yield f"{path}:Changes"
    sys.modules.pop("summarise_schema_parcelled", None)


def test_a_summary_comes_out_as_it_went_in() -> None:
    (outcome,) = QuickSummariser().stream([Article("Ana went to Lima.", id="n1")], with_text=True)
    assert unpack(pack(outcome.summary), Summary) == outcome.summary


def test_a_report_of_another_process_comes_out_here_with_the_same_bytes(named: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OTHER, named],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])},
    )
    parcel, line = done.stdout.splitlines()
    output = read_schema(find_schema(named)).report
    report = unpack(bytes.fromhex(parcel), output)
    assert isinstance(report, output)
    assert write_summary(report, line=True) == f"{line}\n"
    assert json.loads(line)["found"]["changes"][2]["amount"]["value"] == 10**100
