"""A blended adapter changes the weights by the mean of what its parts change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from training import blend

A, B = "base_model.model.layer.lora_A.weight", "base_model.model.layer.lora_B.weight"


def save_run(folder: Path, seed: int, alpha: int = 8) -> Path:
    """A run's adapter of rank 4 over one matrix of 6 x 5."""
    torch.manual_seed(seed)
    (folder / "adapter").mkdir(parents=True)
    weights = {A: torch.randn(4, 5), B: torch.randn(6, 4)}
    save_file(weights, folder / "adapter/adapter_model.safetensors")
    (folder / "adapter/adapter_config.json").write_text(json.dumps({"r": 4, "lora_alpha": alpha}), "utf-8")
    return folder


def change(run: Path) -> torch.Tensor:
    """What a run's adapter adds to the matrix."""
    weights = load_file(run / "adapter/adapter_model.safetensors")
    settings = json.loads((run / "adapter/adapter_config.json").read_text("utf-8"))
    return weights[B] @ weights[A] * settings["lora_alpha"] / settings["r"]


def test_the_blend_is_the_mean_of_the_changes(tmp_path: Path) -> None:
    runs = [save_run(tmp_path / str(seed), seed) for seed in range(3)]
    assert blend.main(["--runs", *map(str, runs), "--out", str(tmp_path / "out")]) == 0
    expected = torch.stack([change(run) for run in runs]).mean(0)
    torch.testing.assert_close(change(tmp_path / "out"), expected)


def test_runs_that_scale_differently_are_refused(tmp_path: Path) -> None:
    runs = [str(save_run(tmp_path / "a", 1)), str(save_run(tmp_path / "b", 2, alpha=16))]
    with pytest.raises(SystemExit):
        blend.main(["--runs", *runs, "--out", str(tmp_path / "out")])


def test_adapters_of_other_matrices_are_refused() -> None:
    with pytest.raises(ValueError, match="same matrices"):
        blend.blend([{A: torch.zeros(1, 1)}, {B: torch.zeros(1, 1)}])
