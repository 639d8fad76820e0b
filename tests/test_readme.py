"""README and docs can't drift: their made parts are what `make readme` writes, and their commands run.

A block marked `sh` or `python` is run, each file's in order and in one folder like the checkout; with
`outputs` behind it, beside outputs of our own articles; with `model`, with the real model; with `install`,
never (it would change the machine).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import manual
import readme
from messages import PACKAGE
from reference import CLAIMS
from summarise.batch.columns import write_table
from summarise.output import write_json
from summarise.version import VERSION

BLOCK = re.compile(r"^```([^\n]+)\n(.*?)^```$", re.M | re.S)
KINDS = {
    "sh": {"", "outputs", "model", "install"},
    "python": {"", "outputs", "model"},
    "text": {""},
    "json": {""},
}
FREE = {"models", "schema", "check", "view", "convert", "diff", "help", "completion", "--version", "--help"}
"""What `summarise` does without a model."""
CALL = re.compile(r"(?:^|[|;(])\s*summarise ([^\s|;)]+)", re.M)


def blocks_of(path: Path) -> list[tuple[str, str, str]]:
    """Language, mark and code of each block of a file."""
    found = BLOCK.finditer(path.read_text("utf-8"))
    return [(m[1].split()[0], " ".join(m[1].split()[1:]), m[2]) for m in found]


BLOCKS = [(path, *block) for path in readme.FILES for block in blocks_of(path)]
MODELLESS = [(lang, code) for _, lang, mark, code in BLOCKS if lang in ("sh", "python") and mark == ""]
OVER_OUTPUTS = [(lang, code) for _, lang, mark, code in BLOCKS if mark == "outputs"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the checkout, where `summarise` and `python` are those of this environment."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "summarise").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m summarise "$@"\n', "utf-8")
    (programs / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    for program in programs.iterdir():
        program.chmod(0o755)
    for name in ("tests/articles", "tests/golden", "docs", "examples"):
        shutil.copytree(readme.ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(readme.ROOT))
    return tmp_path


@pytest.fixture
def outputs(place: Path) -> Path:
    """`place` with outputs of our own articles, as the real model gave them."""
    golden = [
        json.loads(path.read_text("utf-8")) for path in sorted((place / "tests" / "golden").glob("*.json"))
    ]
    for data in golden:  # kept without what changes with every release
        data["provenance"]["version"] = VERSION
    one: dict[str, Any] = next(data for data in golden if data["article"]["id"] == "short.txt")
    text = (place / "tests" / "articles" / "short.txt").read_text("utf-8")
    whole = {**one, "article": {**one["article"], "text": text}}
    lines = [write_json(data, line=True) for data in golden]
    Path("summary.json").write_text(write_json(one, line=False), "utf-8")
    Path("with-text.json").write_text(write_json(whole, line=False), "utf-8")
    Path("with-text.json.line").write_text(write_json(whole, line=True), "utf-8")
    Path("news.jsonl").write_text("".join(lines), "utf-8")
    write_table([line.encode() for line in lines], Path("news.parquet"))
    return place


def run(language: str, code: str) -> str:
    """Runs one block, which must end well and show something, or write a file."""
    if "jq " in code and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    program = ["bash", "-euo", "pipefail"] if language == "sh" else [sys.executable]
    done = subprocess.run([*program, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{code}\n{done.stderr}"
    assert done.stdout or ">" in code or " -o " in code, f"{code}\nprinted nothing"
    return done.stdout


@pytest.mark.parametrize("path", readme.FILES, ids=lambda path: path.name)
def test_the_made_parts_are_up_to_date(path: Path) -> None:
    text = path.read_text("utf-8")
    assert readme.render(text) == text, "run `make readme`"


def test_the_manual_page_is_up_to_date() -> None:
    assert manual.PAGE.read_text("utf-8") == manual.make_page(), "run `make readme`"


def test_a_made_part_that_drifted_is_seen() -> None:
    text = "a\n<!-- made: layers -->\nold\n<!-- end -->\nb\n"
    assert readme.render(text) == f"a\n<!-- made: layers -->\n{readme.make_layers()}<!-- end -->\nb\n"
    with pytest.raises(KeyError):
        readme.render("<!-- made: nonsense -->\n<!-- end -->")


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_manual_page_is_taken_without_a_word() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tascii", "-ww", manual.PAGE], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert "SUMMARISE_WINDOW" in done.stdout


def test_every_variable_of_the_package_is_in_the_docs_and_the_manual_page() -> None:
    source = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    found = set(re.findall(r"\bSUMMARISE_[A-Z_]+\b", source)) - {"SUMMARISE_"}
    assert {"SUMMARISE_MODELS", "SUMMARISE_WINDOW"} <= found == set(manual.variables())


def test_every_block_says_how_it_is_tested() -> None:
    for _, language, mark, code in BLOCKS:
        assert mark in KINDS[language], code
        if language == "sh" and mark in ("", "outputs"):
            assert set(CALL.findall(code)) <= FREE, f"this needs a model: {code}"


@pytest.mark.parametrize(("language", "code"), MODELLESS)
def test_the_commands_without_a_model_run(language: str, code: str, place: Path) -> None:
    run(language, code)


@pytest.mark.parametrize(("language", "code"), OVER_OUTPUTS)
def test_the_commands_over_outputs_run(language: str, code: str, outputs: Path) -> None:
    shown = run(language, code)
    assert "false" not in shown.lower(), "an output that breaks its own promise"


def test_what_the_guarantee_shows_is_what_the_command_says(place: Path) -> None:
    code = "summarise check docs/claims.json tests/articles/short.txt || test $? -eq 1"
    judged = json.loads(run("sh", code))
    claims = json.loads(CLAIMS.read_text("utf-8"))
    refused = [r["item"].get("name") or r["item"]["mention"] for r in judged["rejected"]]
    assert refused == ["Ravi Menon", "Magnus Berg", "40,000 Swiss francs"]
    assert {note["index"] for note in judged["notes"]} == {len(claims["stances"]) - 1}


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("path", readme.FILES, ids=lambda path: path.name)
def test_the_commands_with_the_model_run(path: Path, place: Path, model_folder: Path) -> None:
    assert model_folder.is_dir()
    for language, mark, code in blocks_of(path):
        if mark == "model":
            run(language, code)


def test_every_link_inside_the_checkout_leads_somewhere() -> None:
    for path in readme.FILES:
        for target, _, heading in re.findall(
            r"\]\((?!https?:)([^)#]*)(#([^)]+))?\)", path.read_text("utf-8")
        ):
            file = path.parent / target if target else path
            assert file.exists(), f"{path.name}: {target}"
            if heading:
                titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.M)
                assert heading in [anchor(title) for title in titles], f"{path.name}: #{heading}"


def anchor(title: str) -> str:
    """What a heading is called in links."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_page_of_docs_is_linked_from_the_readme() -> None:
    text = (readme.ROOT / "README.md").read_text("utf-8")
    for page in (readme.ROOT / "docs").glob("*.md"):
        assert f"(docs/{page.name})" in text, page.name
