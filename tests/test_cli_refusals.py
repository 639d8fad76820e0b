"""What commands say when they refuse: which file, which option, in whose words; none of it loads a model."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import summarise.cli.formats
from commands import Run, runner
from summaries import saved
from summarise.output import write_summary

STORY = "Some 300 bakers in Oslo struck on Monday.\n"


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line here, in a folder with a story and a summary: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    Path("story.txt").write_text(STORY, "utf-8")
    Path("short.json").write_text(write_summary(saved("short"), line=False), "utf-8")

    return runner(capfdbinary)


@pytest.mark.parametrize(
    "words",
    [
        ["check", "-", "story.txt"],
        ["check", "short.json", "-"],
        ["convert"],
        ["diff", "short.json", "-"],
        ["view", "-"],
        ["view", "short.json", "--article", "-"],
        ["-"],
    ],
)
def test_a_closed_standard_input_is_exit_3_in_every_command(
    run: Run, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    code, out, err = run(*words)
    assert (code, out) == (3, "")
    assert err.startswith("summarise: standard input is closed; ")


def test_several_articles_and_no_standard_output_are_no_bug(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert run("missing.txt", "gone.txt")[0] == 3


def test_a_variable_is_named_only_where_the_value_came_from_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = ("batch", "story.txt", "-o", "out.jsonl")
    assert "SUMMARISE_ROWS" not in run(*batch, "--rows", "0")[2]
    monkeypatch.setenv("SUMMARISE_ROWS", "0")
    assert "SUMMARISE_ROWS" in run(*batch)[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["story.txt", "--format", "xml"], "'--format': 'xml' is not one of 'json', "),
        (["story.txt", "--window", "3"], "'--window': it should be greater than or equal to 64; "),
    ],
)
def test_a_bad_value_is_told_without_the_librarys_own_words(run: Run, words: list[str], said: str) -> None:
    assert said in run(*words)[2]


def test_the_article_that_can_not_be_read_is_named(run: Run) -> None:
    Path("list.json").write_text("[]", "utf-8")
    for name in ("missing.txt", "list.json"):
        code, _, err = run("view", "short.json", "--article", name)
        assert code == 3 and err.startswith(f"summarise: {name}: ")


def test_a_bad_line_among_summaries_is_named_once(run: Run) -> None:
    line = write_summary(saved("short"), line=True)
    Path("many.jsonl").write_text(f'{line}{{"schema": broken\n{line}', "utf-8")
    err = run("view", "many.jsonl", "--article", "story.txt")[2]
    assert err.count("many.jsonl:2") == 1


@pytest.mark.parametrize(
    ("word", "meant"),
    [("chekc", "check"), ("veiw", "view"), ("convrt", "convert"), ("model", "models"), ("Batch", "batch")],
)
def test_a_slip_in_a_commands_name_is_told(run: Run, word: str, meant: str) -> None:
    for more in ([], ["short.json", "story.txt"], ["--coverage", "-"]):
        code, out, err = run(word, *more)
        assert (code, out) == (2, "")
        told = f"summarise: no file and no command is called '{word}'; did you mean `summarise {meant}`?\n"
        assert err == told


@pytest.mark.parametrize("name", ["story", "check.txt", "./chekc", "news/view"])
def test_what_may_be_a_file_is_no_slip(run: Run, name: str) -> None:
    assert run(name)[::2] == (3, f"summarise: no such file: {Path(name).as_posix()}; check the path\n")


def test_a_file_that_is_called_almost_like_a_command_is_a_file(run: Run) -> None:
    Path("views").write_bytes(b"")
    assert run("views")[::2] == (3, "summarise: the article is empty; give it some text\n")


@pytest.mark.parametrize(
    ("words", "behind"),
    [
        (["convert", ""], "convert"),
        (["", "story.txt"], "summarise"),
        (["convert", "short.json", "-o", ""], "-o"),
        (["convert", "short.json", "--output="], "--output"),
        (["batch", "story.txt", "", "-o", "out.jsonl"], "story.txt"),
        (["view", "short.json", "--article", ""], "--article"),
    ],
)
def test_an_empty_word_is_no_name(run: Run, words: list[str], behind: str) -> None:
    told = f"summarise: what stands behind {behind} is empty; is a variable of your shell not set?\n"
    assert run(*words) == (2, "", told)


def test_an_output_that_is_a_folder_is_called_one(run: Run) -> None:
    Path("pages").mkdir()
    for words in (["convert", "short.json"], ["story.txt"]):
        code, out, err = run(*words, "-o", "pages")
        assert (code, out, err) == (2, "", "summarise: pages is a folder; name a file in it with -o\n")
    assert "directory" not in run("story.txt", "-o", "story.txt/out.json")[2]


def test_an_input_is_named_once(run: Run) -> None:
    Path("empty").write_bytes(b"")
    err = run("gone", "empty", ".")[2]
    assert err.splitlines() == [
        "summarise: no such file: gone; check the path",
        "summarise: empty: the article is empty; give it some text",
        "summarise: . is a folder; name the files in it",
    ]


def test_a_module_that_ends_the_program_is_told_of(run: Run) -> None:
    Path("ends.py").write_text("raise SystemExit(3)", "utf-8")
    code, _, err = run("schema", "--schema", "ends.py:Model")
    assert code == 2 and "can't read ends.py: SystemExit: 3; " in err


def test_what_a_module_prints_is_no_data(run: Run) -> None:
    Path("loud.py").write_text("print('hello')\ndef Model(): pass", "utf-8")
    code, out, err = run("schema", "--schema", "loud.py:Model")
    assert (code, out) == (2, "")
    assert err.startswith("hello\n") and "summarise: Model is no schema; " in err


def test_a_name_that_is_missing_is_told_without_an_address(run: Run) -> None:
    source = "from pydantic import BaseModel\nclass Model(BaseModel):\n    found: 'list[Missing]'\n"
    Path("partial.py").write_text(source, "utf-8")
    err = run("schema", "--schema", "partial.py:Model")[2]
    assert "Model is not complete: " in err and "Missing" in err and "http" not in err


def test_a_difference_has_no_fields_of_ones_own(run: Run) -> None:
    code, out, err = run("schema", "diff", "--schema", "any.py:Model")
    assert (code, out) == (2, "") and "a difference has no fields of your own; " in err


def test_a_broken_archive_is_told_in_the_librarys_letters(run: Run) -> None:
    Path("broken.jsonl.zst").write_bytes(b"no frame")
    assert "broken.jsonl.zst: ZSTD decompress failed" in run("convert", "broken.jsonl.zst")[2]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"actors": "Ana Roe"}', "actors is no list; "),
        ('{"numbers": [{"mention": "300", "value": 1e999}]}', "numbers[0].value is not a finite number; "),
    ],
)
def test_a_summary_of_the_wrong_form_is_told_in_words_of_json(run: Run, data: str, said: str) -> None:
    Path("bare.json").write_text(data, "utf-8")
    assert run("check", "bare.json", "story.txt")[2] == f"summarise: {said}mend the summary\n"


def test_what_was_checked_sends_no_control_character_to_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summarise.cli.formats, "on_terminal", lambda: True)
    Path("bare.json").write_text(json.dumps({"actors": ["Ana\x9b2J\u202eRoe"]}), "utf-8")
    code, out, _ = run("check", "bare.json", "story.txt")
    assert code == 1 and json.loads(out)["rejected"][0]["item"]["name"] == "Ana\x9b2J\u202eRoe"
    assert all(c.isprintable() or c == "\n" for c in out)
