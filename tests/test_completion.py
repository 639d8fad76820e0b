"""Completion: what typer's scripts are told, and each script in its real shell, where that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from summarise.cli import COMPLETE, TOOLS, main
from summarise.cli.completion import Shell
from summarise.lock import read_lock

Told = Callable[[str], list[str]]


@pytest.fixture(params=["bash", "fish"])
def told(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Told:
    """What is offered behind a line of words, in an empty folder: the cursor stands at its end."""
    monkeypatch.chdir(tmp_path)

    def call(line: str) -> list[str]:
        words = line.split(" ")
        monkeypatch.setenv(COMPLETE, f"complete_{request.param}")
        if request.param == "bash":
            monkeypatch.setenv("COMP_WORDS", "\n".join(words))
            monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        else:
            monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
            monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        with pytest.raises(SystemExit) as end:
            main([])
        out, err = capsys.readouterr()
        assert (end.value.code, err) == (0, "")
        return [text.split("\t")[0] for text in out.split("\n") if text]

    return call


def test_the_first_word_may_be_a_command(told: Told) -> None:
    assert told("summarise ") == [*TOOLS]
    assert told("summarise b") == ["batch"]
    assert told("summarise x") == []


def test_a_file_that_begins_so_comes_before_the_commands(told: Told) -> None:
    Path("bakers [1].txt").touch()
    assert told("summarise b") == told("summarise ") == []
    assert told("summarise c") == ["check", "completion", "convert"]
    Path("[").touch()
    assert told("summarise [") == []


def test_behind_the_first_word_a_command_is_an_article_like_any_other(told: Told) -> None:
    assert told("summarise --quiet b") == told("summarise a.txt b") == []


def test_options_models_devices_and_commands_of_commands_are_offered(told: Told) -> None:
    assert "--with-text" in told("summarise --w")
    assert told("summarise batch --dry") == ["--dry-run"]
    assert told("summarise --device c") == ["cpu", "cuda"]
    names = list(read_lock().models)
    assert told("summarise --model ") == told("summarise models pull ") == names
    assert told("summarise models ") == ["list", "pull", "verify", "path"]
    assert told("summarise completion b") == ["bash"]


def test_where_a_file_is_wanted_the_shell_is_left_to_it(told: Told) -> None:
    assert told("summarise batch -o ne") == told("summarise --cache ") == told("summarise batch in") == []


@pytest.mark.parametrize("shell", Shell)
def test_there_is_a_script_for_each_shell(shell: Shell, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["completion", shell.value])
    out, err = capfd.readouterr()
    assert (end.value.code, err) == (0, "")
    assert COMPLETE in out and "summarise" in out


def programs(folder: Path) -> Path:
    """A folder with a `summarise` that is this one."""
    folder.mkdir()
    program = folder / "summarise"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m summarise "$@"\n', "utf-8")
    program.chmod(0o755)
    return folder


BASH = """
eval "$(summarise completion bash)"
COMP_WORDS=(summarise models ve); COMP_CWORD=2
_summarise_completion summarise
echo "${COMPREPLY[@]}"
complete -p summarise | grep -q _summarise_completion
"""
ZSH = """
autoload -Uz compinit; compinit -u -d ./dump
eval "$(summarise completion zsh)"
test ${_comps[summarise]} = _summarise_completion
compdef() { :; }; _arguments() { print -r -- "$@" }
words=(summarise models ve); CURRENT=3
_summarise_completion
"""
FISH = """
summarise completion fish | source
complete -C "summarise models ve"
"""


@pytest.mark.parametrize(
    ("command", "script"),
    [(["bash", "--norc"], BASH), (["zsh", "-f"], ZSH), (["fish", "--no-config"], FISH)],
    ids=["bash", "zsh", "fish"],
)
def test_a_real_shell_completes_with_its_script(command: list[str], script: str, tmp_path: Path) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    place = tmp_path / "empty"
    place.mkdir()
    path = f"{programs(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}"
    known = {**os.environ, "PATH": path, "PYTHONPATH": str(Path(__file__).parent.parent)}
    known |= {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [*command, "-c", script], capture_output=True, text=True, env=known, cwd=place, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "verify" in done.stdout
    assert "pull" not in done.stdout
