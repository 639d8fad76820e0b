"""A prefix that was kept on disk is to the bit the one that was read, and anything else is read anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fakes import first_scores, save_tiny
from summarise.model import LocalModel, load_model

FIXED, ROWS = [i * 7 % 256 for i in range(100)], [[8], [8, 9]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("tiny"), "llama")


def load(folder: Path, kept: Path, adapter: str | None = None) -> LocalModel:
    model = load_model(folder, "tiny", device="cpu")
    model.revision, model.adapter, model.kept = "1", adapter, kept
    return model


def test_a_kept_prefix_is_the_one_that_was_read(folder: Path, tmp_path: Path) -> None:
    first = first_scores(load(folder, tmp_path / "kept"), FIXED, [5, 6], ROWS)
    (file,) = (tmp_path / "kept").iterdir()
    model = load(folder, tmp_path / "kept")
    model._prefill = lambda prefix, ids: LocalModel._prefill(model, prefix, ids) if ids != FIXED else 1 / 0  # type: ignore[method-assign]
    np.testing.assert_array_equal(first_scores(model, FIXED, [5, 6], ROWS), first)
    assert list((tmp_path / "kept").iterdir()) == [file]


def test_each_adapter_and_prompt_has_its_own(folder: Path, tmp_path: Path) -> None:
    first_scores(load(folder, tmp_path), FIXED, [5], ROWS)
    first_scores(load(folder, tmp_path, "other"), FIXED, [5], ROWS)
    first_scores(load(folder, tmp_path), FIXED[1:], [5], ROWS)
    assert len(list(tmp_path.iterdir())) == 3


def test_what_is_damaged_is_read_anew(folder: Path, tmp_path: Path) -> None:
    first = first_scores(load(folder, tmp_path), FIXED, [5], ROWS)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    np.testing.assert_array_equal(first_scores(load(folder, tmp_path), FIXED, [5], ROWS), first)
    assert file.read_bytes() == whole


def test_a_short_prefix_and_a_model_without_revision_are_not_kept(folder: Path, tmp_path: Path) -> None:
    first_scores(load(folder, tmp_path), FIXED[:20], [5], ROWS)
    model = load(folder, tmp_path)
    model.revision = None
    first_scores(model, FIXED, [5], ROWS)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_costs_nothing_else(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    got = first_scores(load(folder, blocked), FIXED, [5], ROWS)
    assert got.shape[0] == len(ROWS)
