"""Formats on the command line: JSON for programs, a table for people, files for tables; convert and diff."""

from __future__ import annotations

import io
import json
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import summarise.cli.chosen
import summarise.cli.formats
from commands import Run, runner
from summaries import saved
from summarise.article import Article
from summarise.batch.columns import write_table
from summarise.errors import UsageError
from summarise.output import write_summary
from summarise.summary import Summary


class Saved:
    """In place of a model: gives the saved summary of the article's file name, and loads no torch."""

    loaded = 0

    def __init__(self, *_: object, **__: object) -> None:
        Saved.loaded += 1

    def summarise(self, article: Article, **_: object) -> Summary:
        return saved(Path(article.id or "").stem)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs the command line in this process: exit code, stdout, stderr."""
    monkeypatch.setitem(sys.modules, "summarise.api", SimpleNamespace(Summariser=Saved))  # type: ignore[misc]
    monkeypatch.setattr(Saved, "loaded", 0)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    yield runner(capfdbinary)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes stdout pass for a terminal."""
    monkeypatch.setattr(summarise.cli.formats, "on_terminal", lambda: True)


@pytest.fixture
def ferry(articles: Path) -> str:
    return str(articles / "ferry.txt")


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., str]:
    """Writes the saved summaries of these names, one a line, and gives the file's path."""

    def save(*names: str, line: bool = True) -> str:
        path = tmp_path / f"{'-'.join(names)}.jsonl"
        path.write_text("".join(write_summary(saved(name), line=line) for name in names), "utf-8")
        return str(path)

    return save


def test_a_pipe_gets_json(run: Run, ferry: str) -> None:
    code, out, _ = run(ferry)
    assert (code, json.loads(out)) == (0, json.loads(write_summary(saved("ferry"), line=True)))


@pytest.mark.usefixtures("terminal")
def test_a_terminal_gets_a_table_in_colours(run: Run, ferry: str) -> None:
    code, out, _ = run(ferry)
    assert code == 0
    assert "Ferry with 214 aboard runs aground off Orla Island" in out
    assert "\x1b[" in out
    assert not out.startswith("{")


@pytest.mark.usefixtures("terminal")
def test_no_color_means_no_escape_sequence(run: Run, ferry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = run(ferry)[1]
    assert "\nActors\n" in out
    assert "\x1b" not in out


def test_a_table_in_a_pipe_has_no_colour_even_where_they_are_forced(
    run: Run, ferry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    code, out, _ = run("--format", "table", ferry)
    assert code == 0
    assert "\x1b" not in out
    assert "Ingrid Solheim" in out


def test_a_table_is_as_wide_as_the_terminal(run: Run, ferry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    widths = []
    for columns in ("60", "100", "140"):
        monkeypatch.setenv("COLUMNS", columns)
        lines = run("--format", "table", ferry)[1].splitlines()
        widths.append(max(map(len, lines)))
        assert widths[-1] <= int(columns)
    assert widths == sorted(set(widths))


@pytest.mark.usefixtures("terminal")
def test_json_is_there_on_a_terminal_for_the_asking(run: Run, ferry: str) -> None:
    assert json.loads(run("--format", "json", ferry)[1])["schema"] == "summarise/1"


@pytest.mark.usefixtures("terminal")
def test_json_on_a_terminal_sends_it_no_control_character(run: Run, tmp_path: Path) -> None:
    data = saved("short").model_dump(mode="json")
    data["actors"][0]["name"] = "\x1b[2J\x9b2J\x7f\u202e"
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(data), "utf-8")
    out = run("convert", "--format", "json", str(path))[1]
    assert json.loads(out) == data
    assert all(c.isprintable() or c == "\n" for c in out)


def test_several_articles_come_one_after_the_other(run: Run, ferry: str, articles: Path) -> None:
    out = run("--format", "markdown", ferry, str(articles / "short.txt"))[1]
    titles = [line for line in out.splitlines() if line.startswith("# ")]
    assert [title[:7] for title in titles] == ["# Ferry", "# Chess"]
    assert "\n\n# Chess" in out


def test_a_real_terminal_gets_a_table_of_its_width(save: Callable[..., str]) -> None:
    fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 57, 0, 0))
    plain = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    command = [sys.executable, "-c", "from summarise.cli import main; main()", "convert", save("short")]
    with subprocess.Popen(command, stdout=theirs, env={**plain, "TERM": "xterm"}) as program:
        os.close(theirs)
        out = b""
        while piece := _read(ours):
            out += piece
    os.close(ours)
    assert program.returncode == 0
    lines = re.sub(r"\x1b\[[\d;]*m", "", out.decode()).splitlines()
    assert 50 < max(map(len, lines)) <= 57
    assert b"\x1b[1;36mActors" in out


def _read(descriptor: int) -> bytes:
    """What a terminal has been sent; nothing when all have let go of it."""
    try:
        return os.read(descriptor, 4096)
    except OSError:
        return b""


def test_fields_of_ones_own_come_as_json_and_other_formats_are_refused() -> None:
    formats = summarise.cli.formats
    assert formats.form_of_own(None) == formats.form_of_own(formats.Format.JSON) == formats.Format.JSON
    for form in (formats.Format.TABLE, formats.Format.MARKDOWN, formats.Format.CSV):
        with pytest.raises(UsageError, match=f"--format {form} has no place for fields of your own"):
            formats.form_of_own(form)


@pytest.mark.usefixtures("terminal")
def test_fields_of_ones_own_are_json_on_a_terminal_too(
    run: Run, ferry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summarise.cli.chosen, "find_schema", lambda _: Summary)
    assert json.loads(run("--schema", "anything:Model", ferry)[1])["schema"] == "summarise/1"
    code, out, err = run("--schema", "anything:Model", "--format", "table", ferry)
    assert (code, out) == (2, "")
    assert "--format table has no place for fields of your own" in err
    assert Saved.loaded == 1


def test_csv_needs_a_folder_and_says_so_before_a_model_is_loaded(run: Run, ferry: str) -> None:
    code, out, err = run("--format", "csv", ferry)
    assert (code, out) == (2, "")
    assert err == "summarise: csv is several files; name a folder for them with --output\n"
    assert Saved.loaded == 0


def test_csv_of_articles_and_of_their_saved_summaries_is_the_same(
    run: Run, ferry: str, articles: Path, save: Callable[..., str], tmp_path: Path
) -> None:
    made, converted = tmp_path / "made", tmp_path / "converted"
    short = str(articles / "short.txt")
    assert run("--format", "csv", "-o", str(made), ferry, short) == (0, "", "")
    both = save("ferry", "short")
    assert run("convert", both, "--format", "csv", "-o", str(converted)) == (0, "", "")
    files = {path.name: path.read_bytes() for path in made.iterdir()}
    assert files == {path.name: path.read_bytes() for path in converted.iterdir()}
    assert {"gist.csv", "actors.csv", "numbers.csv", "locations.csv", "stances.csv", "rejected.csv"} <= set(
        files
    )


@pytest.mark.parametrize("form", ["json", "table", "markdown"])
def test_output_names_a_file_with_what_a_pipe_would_get(
    run: Run, ferry: str, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "out"
    assert run("--format", form, "-o", str(path), ferry)[:2] == (0, "")
    assert path.read_text("utf-8") == run("--format", form, ferry)[1]


@pytest.mark.parametrize("name", ["report.md", "REPORT.MD", "report.markdown"])
def test_a_file_of_markdown_gets_markdown_unless_told_otherwise(
    run: Run, ferry: str, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    assert run("-o", str(path), ferry)[0] == 0
    assert path.read_text("utf-8") == run("--format", "markdown", ferry)[1]
    assert run("-o", str(path), "--format", "json", ferry)[0] == 0
    assert json.loads(path.read_text("utf-8"))["schema"] == "summarise/1"


def test_one_csv_file_is_refused_before_a_model_is_loaded(run: Run, ferry: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    code, _, err = run("-o", str(path), ferry)
    assert (code, err) == (
        2,
        f"summarise: {path} can't hold a summary; give --format csv and name a folder\n",
    )
    assert Saved.loaded == 0


@pytest.mark.usefixtures("terminal")
def test_a_file_gets_json_also_from_a_terminal(run: Run, ferry: str, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    run("-o", str(path), ferry)
    assert json.loads(path.read_text("utf-8"))["schema"] == "summarise/1"


def test_a_file_that_cannot_be_written_is_exit_74(run: Run, ferry: str, tmp_path: Path) -> None:
    for place in (tmp_path / "no" / "out.json", Path(ferry) / "out.json"):
        code, _, err = run("-o", str(place), ferry)
        assert (code, err.count("\n")) == (74, 1)
        assert f"can't write {place}: " in err


def test_what_was_at_output_stays_where_nothing_came(run: Run, ferry: str, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_text("before")
    assert run("-o", str(place), "no-such-file", "nor-this")[0] == 3
    assert run("convert", "-o", str(place), "no-such-file", ferry)[0] == 3
    assert run("convert", "--format", "csv", "-o", str(tmp_path / "tables"), ferry)[0] == 3
    assert place.read_text() == "before"
    assert not list((tmp_path / "tables").iterdir())


def test_no_input_is_written_over(run: Run, save: Callable[..., str], articles: Path, tmp_path: Path) -> None:
    article = tmp_path / "short.txt"
    article.write_bytes((articles / "short.txt").read_bytes())
    for words in ([str(article)], ["convert", save("short")]):
        before = Path(words[-1]).read_bytes()
        code, out, err = run(*words, "-o", words[-1])
        assert (code, out) == (2, "") and "is one of the inputs; name another" in err
        assert Path(words[-1]).read_bytes() == before
    assert Saved.loaded == 0


def test_a_pipe_with_a_name_is_written_and_stays_a_pipe(run: Run, ferry: str, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with a name")
    place = tmp_path / "pipe"
    os.mkfifo(place)
    ours = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
    assert run("-o", str(place), "--format", "markdown", ferry)[0] == 0
    assert os.read(ours, 1 << 16).startswith(b"# Ferry with 214 aboard")
    os.close(ours)
    assert place.is_fifo()


def test_converting_to_json_changes_nothing(run: Run, save: Callable[..., str]) -> None:
    path = save("ferry", "short", "crumbs")
    assert run("convert", path) == (0, Path(path).read_text("utf-8"), "")
    laid_out = save("crumbs", "ferry", line=False)
    lines = "".join(write_summary(saved(name), line=True) for name in ("crumbs", "ferry"))
    assert run("convert", laid_out)[1] == lines


def test_a_table_that_a_batch_wrote_is_converted_and_compared(
    run: Run, save: Callable[..., str], tmp_path: Path
) -> None:
    path = save("ferry", "short")
    write_table(Path(path).read_bytes().splitlines(), tmp_path / "two.parquet")
    assert run("convert", tmp_path / "two.parquet") == (0, Path(path).read_text("utf-8"), "")
    write_table(Path(save("short")).read_bytes().splitlines(), tmp_path / "one.parquet")
    assert run("diff", tmp_path / "one.parquet", save("short"))[::2] == (0, "")
    assert "has more than one summary" in run("diff", tmp_path / "two.parquet", path)[2]


def test_convert_reads_standard_input_and_packed_files(
    run: Run, save: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import gzip

    data = Path(save("short")).read_bytes()
    packed = tmp_path / "short.jsonl.gz"
    packed.write_bytes(gzip.compress(data))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run("convert", str(packed), "-")[1].encode() == data * 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_what_powershell_wrote_is_read(run: Run, save: Callable[..., str], encoding: str) -> None:
    path = save("ferry", "short")
    odd = Path(path).with_name("odd.jsonl")
    odd.write_text(Path(path).read_text("utf-8"), encoding, newline="\r\n")
    assert run("convert", odd) == (0, Path(path).read_text("utf-8"), "")
    one = save("crumbs", line=False)
    odd.write_text(Path(one).read_text("utf-8"), encoding, newline="\r\n")
    assert run("diff", one, odd, "--format", "table")[::2] == (0, "")


def test_a_damaged_line_is_named_and_costs_no_other(run: Run, save: Callable[..., str]) -> None:
    line = Path(save("short")).read_text("utf-8")
    damaged = Path(save("ferry"))
    damaged.write_text(f"{line[9:]}{line}{line[:99]}\n{line[9:]}{line}", "utf-8")
    code, out, err = run("convert", damaged)
    assert (code, out) == (3, line * 2)
    assert [told.partition(damaged.name)[2][:2] for told in err.splitlines()] == [":1", ":3", ":4"]


def test_what_is_no_summary_costs_itself_and_exit_3(run: Run, save: Callable[..., str], ferry: str) -> None:
    path = save("short")
    code, out, err = run("convert", path, ferry, "no-such-file", path)
    assert (code, out) == (3, Path(path).read_text("utf-8") * 2)
    assert f"{ferry}:1 to 23 begin no JSON object" in err
    assert err.count("\n") == 2
    assert "summarise: no such file: no-such-file; check the path\n" in err


def test_two_summaries_that_do_not_differ_are_exit_0_and_others_exit_1(
    run: Run, save: Callable[..., str]
) -> None:
    short, ferry = save("short"), save("ferry", line=False)
    code, out, err = run("diff", short, short)
    assert (code, err) == (0, "")
    assert json.loads(out)["actors"] == {"new": [], "gone": [], "changed": [], "unchanged": 3}
    code, out, err = run("diff", short, ferry)
    assert (code, err) == (1, "")
    schema: dict[str, Any] = json.loads(run("schema", "diff")[1])
    Draft202012Validator(schema).validate(json.loads(out))


@pytest.mark.usefixtures("terminal")
def test_a_difference_on_a_terminal_is_a_table(run: Run, save: Callable[..., str]) -> None:
    code, out, _ = run("diff", save("short"), save("ferry"))
    assert code == 1
    assert "\x1b[32mnew" in out
    assert "No difference." in run("diff", save("short"), save("short"))[1]


def test_a_difference_as_markdown_has_a_table_for_each_field(run: Run, save: Callable[..., str]) -> None:
    out = run("diff", "--format", "markdown", save("short"), save("ferry"))[1]
    for heading in ("Numbers", "Actors", "Locations", "Stances", "Gist"):
        assert f"\n## {heading}\n\n| change | " in out
    assert "| **gone** | Elsa Lindqvist | person a 17-year-old from Sweden |  |" in out


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (["-", "-"], 2, "both are standard input"),
        (["SHORT"], 2, "missing argument"),
        (["SHORT", "SHORT", "--format", "csv"], 2, "invalid value"),
        (["SHORT", "no-such-file"], 3, "no such file"),
        (["SHORT", "TWO"], 3, "has more than one summary"),
        (["SHORT", "TEXT"], 3, ":1 to 23 begin no JSON object"),
        (["SHORT", "ASTRAY"], 3, ":2 begins no JSON object"),
    ],
)
def test_trouble_with_a_difference_is_2_or_more(
    run: Run, save: Callable[..., str], ferry: str, words: list[str], exit_code: int, said: str
) -> None:
    names = {"SHORT": save("short"), "TWO": save("short", "ferry"), "TEXT": ferry, "ASTRAY": save("crumbs")}
    with Path(names["ASTRAY"]).open("a", encoding="utf-8") as file:
        file.write("total: 1\n")
    code, out, err = run("diff", *(names.get(word, word) for word in words))
    assert (code, out, err.count("\n")) == (exit_code, "", 1)
    assert said in err
