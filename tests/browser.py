"""A headless Chromium for the tests: pages that may ask for nothing and complain of nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parent / "axe" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 780}


@contextmanager
def launched() -> Iterator[Any]:
    """A browser; the test is skipped, saying so, where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium to look at pages with: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -e '.[dev]'")
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium has no sandbox for root
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, path: Path, fragment: str = "", **options: Any) -> Iterator[Any]:
    """The page in `path`, which must ask for nothing else, open no dialog and log nothing."""
    given = {"viewport": WIDE, "reduced_motion": "reduce", "color_scheme": "light", **options}
    context = browser.new_context(**given)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: faults.append(f"request: {request.url}"))
    page.goto(path.as_uri() + fragment)
    assert faults.pop(0) == f"request: {path.as_uri()}"
    yield page
    context.close()
    assert faults == []


def violations(page: Any) -> list[str]:
    """What axe-core finds wrong with the page as it is, and where."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run()")
    assert len(found["passes"]) > 10, "axe has not run"
    return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]
