"""The README can't drift: its made parts are what `make readme` writes, and its commands run.

A block marked `sh` or `python` is run; with `model` behind it, once, in order and in one folder, with
the real model; with `install` behind it, never (it would change the machine).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import readme

BLOCK = re.compile(r"^```([^\n]+)\n(.*?)^```$", re.M | re.S)
BLOCKS = [(m[1].split(), m[2]) for m in BLOCK.finditer((readme.ROOT / "README.md").read_text("utf-8"))]
KINDS = {"sh": {"", "model", "install"}, "python": {"", "model"}, "text": {""}, "json": {""}}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the checkout, where `summarise` and `python` are those of this environment."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "summarise").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from summarise.cli import main; main()" "$@"\n', "utf-8"
    )
    (programs / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    for program in programs.iterdir():
        program.chmod(0o755)
    for name in ("articles", "golden"):
        shutil.copytree(readme.ROOT / "tests" / name, tmp_path / "tests" / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(readme.ROOT))
    return tmp_path


def run(language: str, code: str) -> None:
    program = ["bash", "-euo", "pipefail"] if language == "sh" else [sys.executable]
    done = subprocess.run([*program, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{code}\n{done.stderr}"
    assert done.stdout or ">" in code, f"{code}\nprinted nothing"


def blocks(mark: str) -> list[tuple[str, str]]:
    """The blocks of a language that can be run, and `mark` behind its name."""
    return [(w[0], code) for w, code in BLOCKS if w[0] in ("sh", "python") and "".join(w[1:]) == mark]


@pytest.mark.parametrize("path", readme.FILES, ids=lambda path: path.name)
def test_the_made_parts_are_up_to_date(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "<!-- made:" in text
    assert readme.render(text) == text, "run `make readme`"


def test_a_made_part_that_drifted_is_seen() -> None:
    text = "a\n<!-- made: layers -->\nold\n<!-- end -->\nb\n"
    assert readme.render(text) == f"a\n<!-- made: layers -->\n{readme.make_layers()}<!-- end -->\nb\n"
    with pytest.raises(KeyError):
        readme.render("<!-- made: nonsense -->\n<!-- end -->")


def test_every_block_says_how_it_is_tested() -> None:
    for words, code in BLOCKS:
        assert "".join(words[1:]) in KINDS[words[0]], code
        if "model" not in words and "install" not in words and words[0] == "sh":
            assert re.fullmatch(r"(summarise (models list|schema|check|--version|--help).*\n)+", code), code


@pytest.mark.parametrize(("language", "code"), blocks(""))
def test_the_commands_without_a_model_run(language: str, code: str, place: Path) -> None:
    run(language, code)


@pytest.mark.model
@pytest.mark.slow
def test_the_commands_with_the_model_run(place: Path, model_folder: Path) -> None:
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    assert model_folder.is_dir()
    assert blocks("model")
    for language, code in blocks("model"):
        run(language, code)


def test_every_link_inside_the_checkout_leads_somewhere() -> None:
    for path in readme.FILES:
        targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8"))
        assert all((readme.ROOT / target).exists() for target in targets), targets
