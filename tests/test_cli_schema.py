"""`--schema`: fields of one's own on the command line, in a batch, in Parquet and in a cache."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import summarise.loading
from batches import lines_of, write_jsonl
from commands import Run, runner
from fakes import ScriptedModel
from reports import report_breaches
from summarise.cli.chosen import ModelChoice
from summarise.cli.schema import find_schema, found_anywhere
from summarise.schema import read_schema

TEXT = "Sales rose 4 per cent in May. Costs fell to $3 million.\n"
SCHEMA = '''
from __future__ import annotations
from typing import Literal
from pydantic import BaseModel, Field
from summarise.fields import Entry, Quantity, Words

class Change(Entry):
    """What changed."""
    what: Words
    amount: Quantity
    way: Literal["up", "down"]
    who: Words | None = None

class Changes(BaseModel):
    changes: list[Change]
    main: Change | None = None

class Wrong(BaseModel):
    title: str
'''
LABELS = {"way": ["up", "down"]}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a schema, as `mine.py`, and a model that lists something; no module is left behind."""
    before = dict(sys.modules)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "mine.py").write_text(SCHEMA, "utf-8")
    (tmp_path / "model").mkdir()
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    model = ScriptedModel(lambda _, written: "{" if written.endswith("[") else "S")
    monkeypatch.setattr(summarise.loading, "load_model", lambda *_, **__: model)
    yield tmp_path
    for name in set(sys.modules) - set(before):
        if name == "mine" or name.startswith("summarise_schema_"):
            del sys.modules[name]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line in this process: exit code, stdout, stderr."""

    return runner(capfdbinary)


def rows(*command: Any) -> list[Any]:
    return duckdb.execute(*command).fetchall()


@pytest.mark.parametrize("named", ["mine:Changes", "mine.py:Changes", "./mine.py:Changes"])
def test_a_module_and_a_file_are_the_same_schema(run: Run, named: str) -> None:
    code, out, err = run("--model", "model", "--schema", named, "text.txt")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert list(report_breaches(data, TEXT, LABELS)) == []
    assert data["found"]["changes"]
    assert data["provenance"]["fields"]["name"] == "Changes"
    assert data["provenance"]["fields"]["sha256"] == read_schema(find_schema("mine:Changes")).info.sha256


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("mine", "names no schema"),
        ("mine:", "names no schema"),
        (":Changes", "names no schema"),
        ("mine:Change s", "names no schema"),
        ("../x:Changes", "'../x:Changes' names no schema; a file is named with its suffix: ../x.py:Changes"),
        ("sub/x:Changes", "names no schema; a file is named with its suffix: sub/x.py:Changes"),
        (".x:Changes", "names no schema"),
        ("x..y:Changes", "names no schema"),
        ("nowhere:Changes", "can't read nowhere: ModuleNotFoundError"),
        ("nowhere.py:Changes", "there is no file nowhere.py"),
        ("mine.py:Nothing", "mine.py has no Nothing"),
        ("mine.py:Wrong", "Wrong.title is no list of entries"),
        ("mine.py:Change", "is an entry and no schema"),
        ("mine.py:Literal", "is no schema"),
        ("broken.py:Changes", "can't read broken.py: SyntaxError"),
        ("ends:Changes", "can't read ends: SystemExit: 0"),
        ("ends.py:Changes", "can't read ends.py: SystemExit: 0"),
        ("empty.py:Changes", "can't read empty.py: AssertionError"),
    ],
)
def test_what_is_no_schema_is_said_before_anything_is_loaded(
    run: Run, named: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.py").write_text("class", "utf-8")
    (tmp_path / "ends.py").write_text("raise SystemExit(0)", "utf-8")
    (tmp_path / "empty.py").write_text(SCHEMA.replace('Literal["up", "down"]', "Literal[()]"), "utf-8")
    monkeypatch.setattr(summarise.loading, "load_model", None)  # to call it would be an error
    for words in (["text.txt"], ["missing.txt"]):
        code, out, err = run("--model", "model", "--schema", named, *words)
        assert (code, out) == (2, "")
        assert err.startswith("summarise: ") and said in err and err.count("\n") == 1 and "; " in err
    assert run("batch", "--model", "model", "--schema", named, "text.txt", "-o", "out.jsonl")[0] == 2
    assert not (tmp_path / "out.jsonl").exists()


def test_the_json_schema_of_a_report_admits_it(run: Run) -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    code, out, _ = run("schema", "--schema", "mine:Changes")
    assert code == 0
    report = json.loads(run("--model", "model", "--schema", "mine:Changes", "text.txt")[1])
    validator(json.loads(out)).validate(report)
    assert "Guidance" not in out and "Change" in out


def test_a_batch_has_a_report_a_line_and_its_columns_follow_from_the_schema(run: Run, tmp_path: Path) -> None:
    texts = {str(n): f"Sales rose {n} per cent in May. Costs fell to ${n} million." for n in range(2, 5)}
    write_jsonl(tmp_path / "in.jsonl", [{"id": id, "text": text} for id, text in texts.items()])
    for out in ("out.jsonl", "out.parquet"):
        words = ["batch", "--model", "model", "--schema", "mine:Changes", "in.jsonl", "-o", out]
        assert run(*words)[0] == 0
    reports = lines_of(tmp_path / "out.jsonl")
    assert [report["article"]["id"] for report in reports] == list(texts)
    for report in reports:
        assert list(report_breaches(report, texts[report["article"]["id"]], LABELS)) == []
        assert report["found"]["main"]
    told = rows(
        "SELECT article.id, change.what, change.amount.value, change.spans['what'] FROM"
        " (SELECT article, unnest(found.changes) AS change FROM 'out.parquet')"
    )
    assert told == [
        (report["article"]["id"], one["what"], float(one["amount"]["value"]), one["spans"]["what"])
        for report in reports
        for one in report["found"]["changes"]
    ]
    assert told


def test_another_schema_goes_on_in_no_batch_and_takes_nothing_from_a_cache(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text(SCHEMA.replace("What changed.", "What did not."), "utf-8")
    first = ["--model", "model", "--schema", "mine.py:Changes", "--cache", "cache.sqlite"]
    other = ["--model", "model", "--schema", "other.py:Changes", "--cache", "cache.sqlite"]
    plain = ["--model", "model", "--cache", "cache.sqlite"]
    hashes = [
        json.loads(run(*words, "text.txt")[1])["provenance"].get("fields", {}).get("sha256")
        for words in (first, other, plain, first)
    ]
    assert len(set(hashes)) == 3 and hashes[2] is None and hashes[0] == hashes[3]
    assert run("batch", *first, "text.txt", "-o", "out.jsonl")[0] == 0
    code, _, err = run("batch", *other, "text.txt", "-o", "out.jsonl")
    assert code == 2 and "fields: Changes:" in err
    assert run("batch", *plain, "text.txt", "-o", "out.jsonl")[0] == 2


@pytest.mark.parametrize("named", ["mine.py:Changes", "mine:Changes"])
def test_another_process_is_sent_the_name_of_a_schema_and_finds_the_same(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "model")
    choice = ModelChoice(model=folder, schema=find_schema(named), schema_name=found_anywhere(named))
    sent = pickle.dumps(choice.for_others())
    here = choice.load(quiet=True).fingerprint()
    for name in ("mine", "summarise_schema_mine"):
        sys.modules.pop(name, None)
    monkeypatch.chdir(tmp_path.parent)
    there = pickle.loads(sent)()
    assert there.fingerprint() == here
    assert there.output.__name__ == "Report[Changes]"
