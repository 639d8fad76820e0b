"""The command line: data on stdout, one line for each error, the exit codes that `--help` names.

The model is a scripted one, put where a model's folder is loaded; everything else is the real thing.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import summarise.api
import summarise.loading
from commands import Run, runner
from fakes import ScriptedModel
from summarise.cli import TOOLS
from summarise.errors import DecodeError
from summarise.output import write_schema

TEXT = "Bakers strike in Québec\n\nSome 300 bakers in Québec struck on Monday. They want 5 per cent more.\n"


def write_nothing(question: str, written: str) -> str:
    """Labels everything "none" and leaves every list empty."""
    return "]" if written.endswith(("[", "}")) else "n"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The folder of a model that is a scripted one."""
    folder = tmp_path / "model"
    folder.mkdir()
    monkeypatch.setattr(summarise.loading, "load_model", lambda *_, **__: ScriptedModel(write_nothing))
    return str(folder)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line in this process: exit code, stdout, stderr."""

    return runner(capfdbinary)


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "bakers.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def pipe_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def strings_with_spans(value: Any) -> list[tuple[str, list[int]]]:
    """Every string of an item that has a span, anywhere in a summary."""
    if isinstance(value, list):
        return [pair for v in value for pair in strings_with_spans(v)]
    if not isinstance(value, dict):
        return []
    own = [(value[name], span) for name, span in value.get("spans", {}).items()]
    return own + [pair for v in value.values() for pair in strings_with_spans(v)]


def test_one_article_gives_one_object_that_the_schema_admits(run: Run, model: str, article: str) -> None:
    code, out, err = run("--model", model, article)
    assert (code, err) == (0, "")
    summary = json.loads(out)
    Draft202012Validator(json.loads(write_schema())).validate(summary)
    assert summary["article"]["id"] == article
    assert "text" not in summary["article"]
    assert [n["value"] for n in summary["numbers"]] == [300, 5]
    assert out.count("\n") > 20  # indented for people


def test_with_text_gives_the_text_that_the_spans_point_into(run: Run, model: str, article: str) -> None:
    summary = json.loads(run("--model", model, "--with-text", article)[1])
    text = summary["article"]["text"]
    assert text == TEXT
    pairs = strings_with_spans(summary)
    assert len(pairs) > 3
    assert all(text[start:end] == string for string, (start, end) in pairs)


def test_html_is_seen_and_its_text_comes_out(run: Run, model: str, articles: Path) -> None:
    page = str(articles / "flood.html")
    text = json.loads(run("--model", model, "--with-text", page)[1])["article"]["text"]
    assert "<p" not in text
    plain = json.loads(run("--model", model, "--with-text", "--text", page)[1])["article"]["text"]
    assert "<p" in plain


@pytest.mark.parametrize("words", [[], ["-"]])
def test_without_a_name_or_with_a_dash_the_article_is_standard_input(
    run: Run, model: str, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    pipe_in(monkeypatch, TEXT.encode())
    code, out, _ = run("--model", model, *words)
    assert code == 0
    assert json.loads(out)["article"]["id"] is None


def test_several_articles_give_json_lines_in_their_order(
    run: Run, model: str, article: str, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe_in(monkeypatch, TEXT.encode())
    names = [str(articles / "short.txt"), article, "-"]
    code, out, err = run("--model", model, *names)
    assert (code, err) == (0, "")
    assert [json.loads(line)["article"]["id"] for line in out.splitlines()] == [*names[:2], None]


def test_a_bad_article_among_several_costs_only_itself(run: Run, model: str, article: str) -> None:
    code, out, err = run("--model", model, article, "no-such-file", article)
    assert code == 3
    assert [json.loads(line)["article"]["id"] for line in out.splitlines()] == [article, article]
    assert err == "summarise: no such file: no-such-file; check the path\n"


def test_a_model_that_fails_on_one_article_still_reads_the_next(
    run: Run, model: str, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = summarise.api.Summariser.summarise

    def trip(self: Any, read: Any, **options: Any) -> Any:
        if "trip" in read.id:
            raise DecodeError("the grammar refused its own token")
        return whole(self, read, **options)

    monkeypatch.setattr(summarise.api.Summariser, "summarise", trip)
    bad = Path(article).with_name("trip.txt")
    bad.write_text(TEXT, "utf-8")
    code, out, err = run("--model", model, str(bad), article)
    assert code == 5
    assert len(out.splitlines()) == 1
    assert "trip.txt: the grammar refused its own token\n" in err


def test_the_model_is_loaded_once_and_never_for_articles_that_cannot_be_used(
    run: Run, model: str, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[str] = []
    scripted = ScriptedModel(write_nothing)
    monkeypatch.setattr(summarise.loading, "load_model", lambda *_, **__: loads.append("once") or scripted)
    assert run("--model", model, "no-such-file")[0] == 3
    assert loads == []
    assert run("--model", model, article, article)[0] == 0
    assert loads == ["once"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 \xe2\xe3", "a PDF document"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b"word " * 99, "longer than 100 characters"),
    ],
)
def test_an_article_that_cannot_be_used_is_one_line_exit_3_and_no_data(
    run: Run, model: str, monkeypatch: pytest.MonkeyPatch, data: bytes, reason: str
) -> None:
    pipe_in(monkeypatch, data)
    code, out, err = run("--model", model, "--max-characters", "100")
    assert (code, out) == (3, "")
    assert err.startswith("summarise: ")
    assert err.count("\n") == 1
    assert reason in err
    assert "; " in err  # what to do


@pytest.mark.parametrize(
    "words",
    [
        ["--nope"],
        ["--window"],
        ["--window", "3", "x"],
        ["--window", "many", "x"],
        ["--device", "tpu", "x"],
        ["schema", "x"],
        ["schema", "diff", "--schema", "module:Model"],
        ["models"],
        ["models", "nope"],
        ["models", "list", "--nope"],
        ["models", "path", "nope"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.startswith("summarise: ")
    assert err.count("\n") == 1
    assert "; " in err


def test_an_unknown_model_is_wrong_usage_and_names_the_known(run: Run, article: str) -> None:
    code, out, err = run("--model", "nope", article)
    assert (code, out) == (2, "")
    assert "smollm2-135m" in err


def test_no_article_on_a_terminal_is_wrong_usage(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe_in(monkeypatch, b"")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    code, out, err = run()
    assert (code, out) == (2, "")
    assert "no article" in err


def test_a_model_that_is_not_there_is_exit_4_and_said_once(
    run: Run, article: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARISE_MODELS", str(tmp_path / "none"))
    code, out, err = run("--no-pull", article, article)
    assert (code, out) == (4, "")
    assert err == (
        "summarise: the model smollm2-135m is not here; run `summarise models pull smollm2-135m` first\n"
    )


def test_the_first_run_says_on_stderr_that_it_pulls(
    run: Run, article: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARISE_MODELS", str(tmp_path / "none"))
    monkeypatch.setattr(summarise.loading, "load_model", lambda *_, **__: ScriptedModel(write_nothing))
    monkeypatch.setattr(summarise.loading, "merge_adapter", lambda *_: None)
    monkeypatch.setattr(ScriptedModel, "network", None, raising=False)
    pulled: list[str] = []
    monkeypatch.setattr(summarise.loading, "pull", lambda entry, **_: pulled.append(entry.name) or tmp_path)
    code, out, err = run(article)
    assert code == 0
    assert pulled == ["smollm2-135m"]
    assert json.loads(out)["schema"] == "summarise/1"
    assert err == "summarise: first run: pulling the model smollm2-135m; later runs need no network\n"
    assert run("--quiet", article)[2] == ""


def test_a_bug_of_ours_is_one_line_and_exit_70_and_shows_where_on_request(
    run: Run, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(summarise.api, "Summariser", broken)
    code, out, err = run(article)
    assert (code, out) == (70, "")
    assert err == "summarise: RuntimeError: two lines; this is a bug of ours, please report it\n"
    monkeypatch.setenv("SUMMARISE_DEBUG", "1")
    assert "Traceback" in run(article)[2]


def test_a_file_named_like_a_command_is_read_by_its_path(
    run: Run, model: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in TOOLS:
        Path(name).write_text(TEXT, "utf-8")
        code, out, _ = run("--model", model, f"./{name}")
        assert (code, json.loads(out)["article"]["id"]) == (0, name)


def test_every_command_has_help_on_stdout(run: Run) -> None:
    commands = [[], *([name] for name in TOOLS), *(["models", c] for c in ("list", "pull", "verify", "path"))]
    for words in commands:
        code, out, err = run(*words, "--help")
        assert (code, err) == (0, "")
        assert out.startswith(" ".join(["Usage: summarise", *words]))


def test_progress_is_shown_on_a_terminal_only_and_never_when_quiet(
    run: Run, model: str, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--model", model, article, article)[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "2/2" in run("--model", model, article, article)[2]
    assert "1/1" in run("--model", model, article)[2]
    assert run("--model", model, "--quiet", article, article)[2] == ""
    assert run("--model", model, "--quiet", article)[2] == ""


def test_the_tools_are_the_commands_of_their_app() -> None:
    from typer.core import TyperGroup
    from typer.main import get_command

    from summarise.cli.tools import app

    command = get_command(app)
    assert isinstance(command, TyperGroup)
    assert set(command.commands) == set(TOOLS)


def test_a_cached_summary_is_printed_as_the_model_would_have(
    run: Run, model: str, article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["--model", model, "--cache", str(tmp_path / "cache.db")]
    expected = run("--model", model, article)
    assert run(*words, article) == expected
    monkeypatch.setattr(summarise.api.Summariser, "summarise", None)  # to call it would be an error
    assert run(*words, article) == expected
    assert run(*words, article, article)[1].count("\n") == 2
    code, _, err = run("--model", model, "--cache", article, article, article)
    assert (code, err.count("\n")) == (2, 1)
