"""Pulls from a hub: a stub on 127.0.0.1 serves a tiny repository, rightly, wrongly or cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_models import HUB_FILES, Hub, hub_entry, serve_hub
from summarise import store
from summarise.errors import ModelError
from summarise.lock import ModelEntry


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMARISE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub's client waits longer after each failure; here it needn't."""
    monkeypatch.setattr("time.sleep", lambda _: None)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serve_hub() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


def refused(entry: ModelEntry, said: str, own_store: Path) -> ModelError:
    with pytest.raises(ModelError, match=said) as caught:
        store.pull(entry, show=lambda _: None, progress=False)
    assert caught.value.hint
    assert store.model_path(entry) is None
    assert not list((own_store / ".staging").iterdir())
    return caught.value


def test_a_pull_brings_the_listed_files_and_nothing_else(hub: Hub) -> None:
    hub.files["README.md"] = b"never asked for"
    notes: list[str] = []
    folder = store.pull(hub_entry(), show=notes.append, progress=False)
    assert {path.name for path in folder.rglob("*")} == {*HUB_FILES, "manifest.json"}
    assert all((folder / name).read_bytes() == data for name, data in HUB_FILES.items())
    assert store.verify(hub_entry()) == []
    assert not any("README" in request for request in hub.requests)
    assert not any("no sha256" in note for note in notes)


def test_the_progress_bar_is_ours_alone(hub: Hub, capfd: pytest.CaptureFixture[str]) -> None:
    store.pull(hub_entry(), progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "%|" in err
    assert "model.safetensors" not in err


def test_files_without_a_known_hash_are_named_to_the_user_and_in_the_manifest(hub: Hub) -> None:
    notes: list[str] = []
    folder = store.pull(hub_entry(hashes=False), show=notes.append, progress=False)
    told = next(note for note in notes if "no sha256 is known" in note)
    assert all(name in told for name in HUB_FILES)
    unverified = json.loads((folder / "manifest.json").read_text("utf-8"))["unverified"]
    assert unverified == sorted(HUB_FILES)
    assert store.verify(hub_entry(hashes=False)) == []


def test_a_hash_that_the_lock_learns_later_is_held_against_the_pulled_files(hub: Hub) -> None:
    hub.files["config.json"] = b'{"model_type": "evil!"}'
    store.pull(hub_entry(hashes=False), show=lambda _: None, progress=False)
    assert store.verify(hub_entry()) == ["config.json: sha256 is wrong"]


@pytest.mark.parametrize("name", sorted(HUB_FILES))
def test_a_file_of_another_content_is_refused(name: str, hub: Hub, own_store: Path) -> None:
    hub.files[name] = hub.files[name][::-1]
    refused(hub_entry(), f"{name} is not the file .*sha256 is wrong", own_store)


def test_a_file_of_another_size_is_refused(hub: Hub, own_store: Path) -> None:
    hub.files["config.json"] += b" "
    refused(hub_entry(), "has 24 bytes, not 23", own_store)


@pytest.mark.usefixtures("patience")
def test_a_cut_body_is_refused_and_a_later_pull_succeeds(hub: Hub, own_store: Path) -> None:
    hub.cut.add("model.safetensors")
    error = refused(hub_entry(), "could not fetch model.safetensors", own_store)
    assert "HF_ENDPOINT" in error.hint
    hub.cut.clear()
    store.pull(hub_entry(), show=lambda _: None, progress=False)
    assert store.verify(hub_entry()) == []


def test_a_missing_file_is_refused(hub: Hub, own_store: Path) -> None:
    del hub.files["tokenizer.json"]
    refused(hub_entry(), "could not fetch tokenizer.json", own_store)


@pytest.mark.usefixtures("patience")
def test_no_network_is_a_model_error(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_hub() as gone:
        monkeypatch.setenv("HF_ENDPOINT", gone.url)
    error = refused(hub_entry(), "could not fetch config.json of tests/tiny", own_store)
    assert "check the network" in error.hint


def test_once_pulled_a_model_needs_no_hub(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_hub() as gone:
        monkeypatch.setenv("HF_ENDPOINT", gone.url)
        folder = store.pull(hub_entry(), show=lambda _: None, progress=False)
    assert store.pull(hub_entry(), show=lambda _: None, progress=False) == folder
    assert store.verify(hub_entry()) == []
