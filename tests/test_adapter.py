"""An adapter merged at load is the adapter beside the weights, and a wrong one is told in a line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

from fakes import first_scores, save_tiny
from summarise.errors import ModelError
from summarise.lock import read_lock
from summarise.model import load_model, merge_adapter

IDS = [5, 6, 7, 8, 9]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("base"), "llama")


@pytest.fixture(scope="module")
def trained(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, np.ndarray]:
    """An adapter's file, and the logits of the model with the adapter beside its weights, by peft."""
    torch.manual_seed(3)
    network = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    settings = LoraConfig(r=4, lora_alpha=12, target_modules=["q_proj", "down_proj"], init_lora_weights=False)
    model = get_peft_model(network, settings).eval()
    out = tmp_path_factory.mktemp("adapter")
    model.save_pretrained(out)
    with torch.inference_mode():
        logits = model(torch.tensor([IDS])).logits[0, -1].numpy()
    file = out / "packed.safetensors"
    save_file(load_file(out / "adapter_model.safetensors"), file, metadata={"alpha": "12"})
    return file, logits


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_merged_adapter_is_the_adapter_beside_the_weights(
    folder: Path, trained: tuple[Path, np.ndarray]
) -> None:
    file, expected = trained
    model = load_model(folder, "base", device="cpu")
    plain = first_scores(model, IDS[:-1], [], [IDS[-1:]])[0]
    model = load_model(folder, "base", device="cpu")
    merge_adapter(model.network, file, digest(file))
    merged = first_scores(model, IDS[:-1], [], [IDS[-1:]])[0]
    np.testing.assert_allclose(merged, expected, atol=1e-4)
    assert np.abs(merged - plain).max() > 1e-2


def test_an_adapter_that_is_not_ours_is_told_in_a_line(
    folder: Path, trained: tuple[Path, np.ndarray], tmp_path: Path
) -> None:
    file, _ = trained
    network = load_model(folder, "base", device="cpu").network
    with pytest.raises(ModelError, match="other bytes"):
        merge_adapter(network, file, "0" * 64)
    with pytest.raises(ModelError, match="can't be read"):
        merge_adapter(network, tmp_path / "none.safetensors", "0" * 64)
    weights = load_file(file)
    for name, harmed in {
        "shape": {k: v[:, :-1] if "lora_A" in k else v for k, v in weights.items()},
        "module": {k.replace("layers.1", "layers.7"): v for k, v in weights.items()},
        "half": {k: v for k, v in weights.items() if "lora_A" in k},
    }.items():
        other = tmp_path / f"{name}.safetensors"
        save_file({k: v.contiguous() for k, v in harmed.items()}, other, metadata={"alpha": "12"})
        with pytest.raises(ModelError, match="does not fit"):
            merge_adapter(network, other, digest(other))
    save_file(weights, tmp_path / "bare.safetensors")
    with pytest.raises(ModelError, match="does not fit"):
        merge_adapter(network, tmp_path / "bare.safetensors", digest(tmp_path / "bare.safetensors"))
    (tmp_path / "text.safetensors").write_text("no tensors")
    with pytest.raises(ModelError, match="does not fit"):
        merge_adapter(network, tmp_path / "text.safetensors", digest(tmp_path / "text.safetensors"))


def test_the_lock_names_the_adapter_that_is_in_the_package() -> None:
    for entry in read_lock().models.values():
        if entry.adapter is None:
            continue
        assert digest(entry.adapter.file) == entry.adapter.sha256
        assert entry.adapter.file.stat().st_size == entry.adapter.size <= 25_000_000
        assert entry.adapter.id.endswith(entry.adapter.sha256[:12])
    assert read_lock().default.adapter is not None


@pytest.mark.model
def test_the_shipped_adapter_loads_and_changes_what_the_model_says(model_folder: Path) -> None:
    from summarise import Summariser

    text = "Ana Reyes met Jo Lund in Oslo.\n\nReyes, the mayor of Bergen, praised the plan on Monday."
    trained, plain = Summariser(allow_pull=False), Summariser(allow_pull=False, adapter=False)
    adapter = read_lock().default.adapter
    assert adapter is not None
    assert trained.summarise(text).provenance.adapter == adapter.id
    assert trained.prompt.name == adapter.prompt
    assert plain.summarise(text).provenance.adapter is None
    assert trained.model.thresholds
    assert not plain.model.thresholds
