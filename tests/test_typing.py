"""The library as its user's type checker sees it: every name is typed, and mistakes are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api

import summarise

ROOT = Path(__file__).parent.parent
USE = """
from collections.abc import Iterator
from pathlib import Path
from typing import assert_type

from pydantic import BaseModel

from summarise import Article, InputError, ModelError, Summariser, SummariseError, Summary, UsageError
from summarise import BatchCounts, BatchOptions, Outcome, OutputError, write_batch
from summarise import Diff, Report, check, diff, read_bytes, read_file, read_text, render_html
from summarise.fields import Entry, Quantity, Words


class Figure(Entry):
    of: Words
    amount: Quantity
    before: Quantity | None = None


class Figures(BaseModel):
    figures: list[Figure]
    main: Figure | None = None


def use(path: Path) -> list[str]:
    try:
        summariser = Summariser("default", device="cpu", window=1024, allow_pull=False, show=print)
    except (ModelError, UsageError) as error:
        assert_type(error.exit_code, int)
        assert_type(error.hint, str)
        raise
    summary = summariser.summarise("Some text.", with_text=True)
    assert_type(summary, Summary)
    for article in (read_file(path), read_text("Some text."), read_bytes(b"<p>", html=True)):
        assert_type(article, Article)
        assert_type(summariser.summarise(article), Summary)
    assert_type(summariser.stream([read_text("Some text.")], rows=2), Iterator[Outcome])
    assert_type(Summariser("m", endpoint="http://localhost", constraint="plain", timeout=9), Summariser)
    for outcome in summariser.stream([read_text("Some text.")]):
        assert_type(outcome.error, SummariseError | None)
    try:
        counts = write_batch(summariser, [path, "*.jsonl"], "out.parquet", BatchOptions(limit=3, note=print))
        assert_type(counts, BatchCounts)
    except OutputError:
        raise
    assert_type(check("Some text.", {"actors": ["Ana Roe"]}, unreported=True, note=print), Summary)
    assert_type(render_html(summary, "Some text."), str)
    changes = diff(summary, {"schema": "summarise/1"})
    assert_type(changes, Diff)
    assert_type(changes.numbers.changed[0].after.value, float | int | None)
    assert_type(changes.actors.changed[0].before.role, str | None)
    actor = summary.actors[0]
    assert_type(actor.name, str)
    assert_type(actor.role, str | None)
    assert_type(actor.spans["name"], tuple[int, int])
    assert_type(summary.numbers[0].value, float | int | None)
    assert_type(summary.coverage.complete, bool)
    assert_type(summary.article.text, str | None)
    assert issubclass(InputError, SummariseError)
    own = Summariser(schema=Figures, device="cpu", adapter=True)
    report = own.summarise("Some text.")
    assert_type(report, Report[Figures])
    assert_type(report.found.figures[0].of, str)
    assert_type(report.found.figures[0].amount.value, float | int | None)
    assert_type(report.found.figures[0].spans["of"], tuple[int, int])
    assert_type(report.found.main, Figure | None)
    assert_type(own.stream([]), Iterator[Outcome[Report[Figures]]])
    assert_type(report.provenance.fields.sha256, str)
    return [stance.polarity for stance in summary.stances]
"""
MISTAKES = {
    "summary.actors[0].nmae": "attr-defined",
    "summary.actors.append(summary.actors[0])": "attr-defined",
    "Summariser(device='tpu')": "call-overload",
    "Summariser(endpoint='http://localhost', constraint='yaml')": "call-overload",
    "Summariser().summarise(b'bytes')": "arg-type",
    "Summariser().summarise('text', True)": "call-arg|misc",
    "len(summary.article.text)": "arg-type",
    "Summariser(schema='module:Model')": "type-var|call-overload",
    "Summariser(schema=dict[str, str])": "type-var|call-overload",
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, str]]:
    """mypy's complaints, strict, by file and line; one run, on the cache that `make lint` has warmed."""
    folder = tmp_path_factory.mktemp("user")
    lines = ["from summarise import Summariser, Summary", "def use(summary: Summary) -> None:"]
    lines += [f"    {mistake}" for mistake in MISTAKES]
    files = {"right": folder / "right.py", "wrong": folder / "wrong.py"}
    files["right"].write_text(USE, "utf-8")
    files["wrong"].write_text("\n".join(lines), "utf-8")
    options = ["--strict", "--no-error-summary", "--config-file", str(ROOT / "pyproject.toml")]
    out, err, _ = api.run([*options, "--cache-dir", str(ROOT / ".mypy_cache"), *map(str, files.values())])
    assert not err, err
    found: dict[str, dict[int, str]] = {name: {} for name in files}
    for line in (line for line in out.splitlines() if ": error:" in line):
        file, number, text = line.split(":", 2)
        found[Path(file).stem][int(number)] = text
    return found


def test_a_users_code_is_typed_through_and_through(complaints: dict[str, dict[int, str]]) -> None:
    assert complaints["right"] == {}


def test_a_users_mistakes_are_found(complaints: dict[str, dict[int, str]]) -> None:
    for number, (mistake, code) in enumerate(MISTAKES.items(), 3):
        assert number in complaints["wrong"], f"{mistake} went unseen"
        assert any(f"[{one}]" in complaints["wrong"][number] for one in code.split("|"))


def test_every_public_name_is_there_and_nothing_else_is_shown() -> None:
    assert dir(summarise) == sorted(summarise.__all__)
    for name in summarise.__all__:
        assert getattr(summarise, name).__name__.removeprefix("summarise.") == name
        assert getattr(summarise, name).__doc__
        assert name in USE
    with pytest.raises(AttributeError, match="nope"):
        summarise.nope  # noqa: B018
