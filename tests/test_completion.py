"""Completion: what typer's scripts are told, and the one of bash in a real bash."""

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
    assert told("summarise c") == ["check", "completion"]
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


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_a_real_bash_completes_with_the_script(tmp_path: Path) -> None:
    place = tmp_path / "empty"
    place.mkdir()
    script = (
        'eval "$(summarise completion bash)"\n'
        'COMP_WORDS=(summarise models ve); COMP_CWORD=2; COMP_LINE="${COMP_WORDS[*]}"\n'
        "_summarise_completion summarise\n"
        'echo "${COMPREPLY[@]}"; complete -p summarise\n'
    )
    path = f"{programs(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}"
    known = {**os.environ, "PATH": path, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, env=known, cwd=place, check=True
    )
    assert done.stdout.splitlines()[0] == "verify"
    assert "-F _summarise_completion summarise" in done.stdout
    assert done.stderr == ""
