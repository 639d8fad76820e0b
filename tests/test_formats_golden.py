"""One article's summary as Markdown, as a table and as CSV, as they were last reviewed.

`make golden` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from summaries import saved
from summarise.formats.columns import columns
from summarise.formats.csv_folder import write_csv
from summarise.formats.markdown import markdown
from summarise.formats.summary_report import report_summary
from summarise.formats.terminal import terminal

GOLDEN = Path(__file__).parent / "golden"


def hold(path: Path, data: bytes, request: pytest.FixtureRequest) -> None:
    """Compares `data` with the golden file, or writes it."""
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert data.decode("utf-8") == path.read_bytes().decode("utf-8")


def test_markdown_is_the_reviewed_one(request: pytest.FixtureRequest) -> None:
    hold(GOLDEN / "crumbs.md", markdown(report_summary(saved("crumbs"))).encode(), request)


def test_the_table_is_the_reviewed_one(request: pytest.FixtureRequest) -> None:
    shown = terminal(report_summary(saved("crumbs")), width=100, colour=False)
    hold(GOLDEN / "crumbs.table", shown.encode(), request)


def test_the_csv_files_are_the_reviewed_ones(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with write_csv(tmp_path) as out:
        out.put(saved("crumbs"))
    assert {path.stem for path in tmp_path.iterdir()} == set(columns())
    for path in sorted(tmp_path.iterdir()):
        hold(GOLDEN / "crumbs" / path.name, path.read_bytes(), request)
