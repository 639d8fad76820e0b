"""`summarise models`: data on stdout, notes on stderr, exit codes as promised."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fake_models import HUB_FILES, hub_entry, serve_hub
from summarise import store
from summarise.cli import models
from summarise.errors import ModelError, UsageError
from summarise.lock import Lock, read_lock

NAME = "tiny-hub"


@pytest.fixture(autouse=True)
def tiny_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = hub_entry().model_copy(update={"default": True})
    monkeypatch.setattr(models, "read_lock", lambda: Lock(models={NAME: entry}))
    monkeypatch.setenv("SUMMARISE_MODELS", str(tmp_path / "models"))


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(models.app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def pulled(monkeypatch: pytest.MonkeyPatch) -> Path:
    with serve_hub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        code, out, err = run("pull")
    assert code == 0
    assert "pulling tiny-hub" in err
    return Path(out.removesuffix("\n"))


def test_pull_without_a_name_takes_the_default_and_prints_its_folder(pulled: Path) -> None:
    assert pulled == store.model_path(hub_entry())


def test_pull_can_be_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_hub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        code, out, err = run("pull", "--quiet")
    assert (code, err) == (0, "")
    assert Path(out.removesuffix("\n")) == store.model_path(hub_entry())


def test_path_prints_the_folder_or_says_how_to_get_it(pulled: Path) -> None:
    assert run("path", NAME) == (0, f"{pulled}\n", "")
    (pulled / "manifest.json").unlink()
    with pytest.raises(ModelError, match="is not pulled; run `summarise models pull tiny-hub`"):
        run("path", NAME)


def test_verify_is_silent_about_sound_models_but_for_one_word(pulled: Path) -> None:
    assert run("verify") == (0, "tiny-hub: sound\n", "")


def test_verify_prints_a_line_for_each_fault_and_exits_with_4(pulled: Path) -> None:
    (pulled / "config.json").write_text("{}", "utf-8")
    (pulled / "tokenizer.json").unlink()
    code, out, _ = run("verify", NAME)
    assert code == 4
    assert out.splitlines() == ["tiny-hub: config.json: 2 bytes, not 23", "tiny-hub: tokenizer.json: missing"]


def test_verify_without_names_also_reads_a_folder_that_lost_its_manifest(pulled: Path) -> None:
    (pulled / "manifest.json").unlink()
    assert run("verify")[:2] == (4, "tiny-hub: manifest missing or foreign\n")


def test_verify_with_nothing_pulled_has_verified_nothing_and_says_so() -> None:
    with pytest.raises(ModelError, match="no model is pulled; run `summarise models pull`"):
        run("verify")
    assert run("verify", NAME)[:2] == (4, "tiny-hub: not pulled\n")


def test_list_says_what_is_pulled(pulled: Path) -> None:
    code, out, err = run("list")
    assert (code, err) == (0, "")
    header, line = out.splitlines()
    assert header.split() == ["NAME", "PULLED", "DOWNLOAD", "MEMORY", "CONTEXT", "LICENCE"]
    assert line.split() == ["*", "tiny-hub", "yes", "0", "MB", "1", "MB", "512", "Apache-2.0"]
    assert header.index("PULLED") == line.index("yes")


def test_list_as_json_has_every_model_and_the_folder_of_the_pulled(pulled: Path) -> None:
    (row,) = json.loads(run("list", "--json")[1])
    assert (row["name"], row["default"], row["path"]) == (NAME, True, str(pulled))
    assert row["download"] == sum(map(len, HUB_FILES.values()))


def test_the_real_list_names_every_model_of_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "read_lock", read_lock)
    out = run("list")[1]
    assert [line.split()[0] for line in out.replace("*", " ").splitlines()[1:]] == list(read_lock().models)
    assert "unknown" in out


def test_an_unknown_name_is_a_usage_error() -> None:
    for command in ("pull", "verify", "path"):
        with pytest.raises(UsageError, match="use one of: tiny-hub"):
            run(command, "nope")


def test_the_commands_load_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from summarise.cli import models; from summarise import store; "
        "print(sorted({'torch', 'transformers', 'huggingface_hub', 'gguf'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
