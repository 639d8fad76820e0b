"""Fixtures shared by all tests: the real model, scripted ones, the articles of this folder, shared data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew, to be reviewed")


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The folder of the real embedded model, pulled if it is not there yet."""
    from summarise.lock import read_lock
    from summarise.store import pull

    return pull(read_lock().default)


@pytest.fixture(scope="session")
def summariser(model_folder: Path) -> object:
    """The real embedded model, loaded once."""
    from summarise import Summariser

    assert model_folder.is_dir()
    return Summariser(allow_pull=False)


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of our own invented articles."""
    return HERE / "articles"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The labelled articles of SUMMARISE_DATA; the test is skipped, saying so, without it."""
    place = os.environ.get("SUMMARISE_DATA")
    if not place or not Path(place).is_dir():
        pytest.skip("SUMMARISE_DATA names no folder of labelled articles")
    return Path(place)
