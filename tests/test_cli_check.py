"""`summarise check`: what it prints, its exit codes, and that it loads no model."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summarise.cli import main
from summarise.errors import InputError
from summarise.read import read_text

STORY = """Veltmark shuts its harbour after storm

Harbour minister Ana Roe closed the port of Veltmark on Monday after about 1,200 dockers walked out.
Bo Lind, president of the Dockers' Union, condemned the closure and called it “a gift to the owners”.
"""
GOOD = {
    "gist": [
        "Harbour minister Ana Roe closed the port of Veltmark on Monday after about 1,200 dockers walked out."
    ],
    "actors": [{"name": "Ana Roe", "kind": "person", "role": "Harbour minister"}],
    "numbers": [{"mention": "about 1,200", "value": 1200, "qualifier": "about", "counts": "dockers"}],
}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """The story as a file."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def run(*words: str) -> int:
    """The exit code of the command line."""
    with pytest.raises(SystemExit) as end:
        main(["check", *words])
    assert isinstance(end.value.code, int)
    return end.value.code


def write(folder: Path, data: Any) -> str:
    """`data` as a JSON file in `folder`."""
    path = folder / "summary.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def test_a_true_summary_ends_with_0_and_is_printed_whole(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(write(tmp_path, GOOD), str(story)) == 0
    out, err = capsys.readouterr()
    summary = json.loads(out)
    assert err == ""
    assert summary["rejected"] == []
    start, end = summary["actors"][0]["spans"]["role"]
    assert STORY[start:end] == "Harbour minister"
    assert summary["provenance"]["model"] is None
    assert summary["article"]["sha256"] == read_text(STORY).sha256


def test_a_lie_ends_with_1_and_is_listed(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lie = {**GOOD, "numbers": [{"mention": "about 1,200", "value": 1300}]}
    assert run(write(tmp_path, lie), str(story)) == 1
    out, err = capsys.readouterr()
    (rejected,) = json.loads(out)["rejected"]
    assert (rejected["field"], rejected["item"]) == ("numbers.value", lie["numbers"][0])
    assert "1 rejected" in err


def test_its_own_output_holds_and_comes_back_the_same(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(write(tmp_path, GOOD), str(story))
    first = capsys.readouterr().out
    assert run(write(tmp_path, json.loads(first)), str(story)) == 0
    assert capsys.readouterr() == (first, "")


def test_another_articles_summary_is_noted_and_judged_all_the_same(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(write(tmp_path, {**GOOD, "article": {"sha256": "0" * 64}}), str(story)) == 0
    assert "another article" in capsys.readouterr().err


def test_quiet_says_nothing(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = {"gist": ["No."], "mood": 1, "article": {"sha256": "0"}}
    assert run("--quiet", write(tmp_path, odd), str(story)) == 1
    assert capsys.readouterr().err == ""


def test_coverage_lists_what_was_left_out(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--coverage", write(tmp_path, {"gist": []}), str(story)) == 0
    missing = json.loads(capsys.readouterr().out)["unreported"]
    assert [seen["text"] for seen in missing["numbers"]] == ["about 1,200"]
    assert [STORY[slice(*seen["span"])] for seen in missing["quotations"]] == ["a gift to the owners"]


@pytest.mark.parametrize("which", ["summary", "article"])
def test_either_may_come_from_standard_input(
    which: str,
    story: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    summary = write(tmp_path, GOOD)
    fed = Path(summary if which == "summary" else story).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(fed)))
    words = ["-", str(story)] if which == "summary" else [summary, "-"]
    assert run(*words) == 0
    assert json.loads(capsys.readouterr().out)["actors"][0]["name"] == "Ana Roe"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no json", "no JSON"),
        ("[]", "no JSON object"),
        ('{"actors": [{}]}', "actors[0].name is missing"),
        ('{"headline": "x"}', "no field to judge"),
    ],
)
def test_an_unusable_summary_ends_with_3_and_one_line(
    text: str, words: str, story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "summary.json"
    path.write_text(text)
    assert run(str(path), str(story)) == InputError.exit_code == 3
    out, err = capsys.readouterr()
    assert out == "" and words in err and err.count("\n") == 1


def test_an_article_longer_than_is_meant_is_refused(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = tmp_path / "claims.json"
    claims.write_text('{"actors": []}')
    assert run(str(claims), str(story), "--max-characters", "20") == 3
    assert "longer than 20 characters" in capsys.readouterr().err
    assert run(str(claims), str(story), "--max-characters", "100000") == 0


def test_missing_files_end_with_3(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "none.json"), str(story)) == 3
    assert run(str(tmp_path), str(story)) == 3
    assert "is a folder" in capsys.readouterr().err
    assert run(write(tmp_path, GOOD), str(tmp_path / "none.txt")) == 3
    assert run("-", "-") == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("which", ["summary", "article"])
def test_a_closed_standard_input_is_said_to_be_closed(
    which: str,
    story: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    words = ["-", str(story)] if which == "summary" else [write(tmp_path, GOOD), "-"]
    assert run(*words) == 3
    assert "standard input is closed" in capsys.readouterr().err


def test_no_model_is_loaded(story: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from summarise.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: print(sorted({'torch', 'transformers', 'llguidance'} & sys.modules.keys()))\n"
    )
    words = [sys.executable, "-c", program, "check", "--coverage", write(tmp_path, GOOD), str(story)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n") and done.stderr == ""
