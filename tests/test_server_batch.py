"""A batch over a server: the counts add up whatever it does, and one article's failure costs only itself."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from batches import ids_of, lines_of, write_jsonl
from commands import Run, runner
from contract import breaches
from model_server import TEXT, ModelServer, completion, failure, serve, tell
from summarise.server import client as http


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serve() as running:
        yield running


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSE", 0.01)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line in this process: exit code, stdout, stderr."""

    return runner(capfdbinary)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    records = [{"id": f"a{n}", "text": TEXT.replace("Lima", f"Lima {n}")} for n in range(12)]
    return write_jsonl(tmp_path / "in.jsonl", records)


def stumble(words: str) -> Callable[[str, str], str]:
    """Tells the truth, but of articles with `words` in them something that can't be read."""
    return lambda family, question: "I'd rather not." if words in question else tell(family, question)


@pytest.mark.parametrize("rows", [1, 3, 12])
def test_every_article_ends_in_the_output_or_among_the_failures(
    rows: int, run: Run, server: ModelServer, source: Path, tmp_path: Path
) -> None:
    server.tells = stumble("Lima 7 ")
    out = tmp_path / "out.jsonl"
    code, _, err = run("batch", source, "-o", out, "--endpoint", server.url, "--rows", rows)
    assert code == 3, err
    assert ids_of(out) == [f"a{n}" for n in range(12) if n != 7]
    (failed,) = lines_of(tmp_path / "out.jsonl.failed.jsonl")
    assert "a7" in json.dumps(failed) and "is no JSON" in json.dumps(failed)
    for line in lines_of(out):
        text = TEXT.replace("Lima", f"Lima {line['article']['id'][1:]}")
        assert list(breaches(line, text)) == []
        assert len(line["actors"]) == 1
    assert server.most_at_once <= rows


def test_rows_change_no_byte_of_the_output(
    run: Run, server: ModelServer, source: Path, tmp_path: Path
) -> None:
    written = []
    for rows in (1, 5):
        out = tmp_path / f"{rows}.jsonl"
        assert run("batch", source, "-o", out, "--endpoint", server.url, "--rows", rows)[0] == 0
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_a_server_that_goes_away_ends_the_run_which_goes_on_when_it_is_back_elsewhere(
    run: Run, server: ModelServer, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    told = 0

    def give_up(family: str, question: str) -> str:
        nonlocal told
        told += 1
        if told == 23:
            server.next = [failure(503, "shutting down")] * 50
        return tell(family, question)

    server.tells = give_up
    code, _, err = run("batch", source, "-o", out, "--endpoint", server.url, "--rows", 1)
    assert (code, "status 503: shutting down" in err) == (4, True)
    done = len(lines_of(out))
    assert 0 < done < 12
    with serve() as back:
        assert run("batch", source, "-o", out, "--endpoint", back.url, "--rows", 2)[0] == 0
        assert len(back.asked) == (12 - done) * 5
    assert ids_of(out) == [f"a{n}" for n in range(12)]


def test_another_constraint_into_the_same_output_is_refused(
    run: Run, server: ModelServer, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert run("batch", source, "-o", out, "--endpoint", server.url, "--limit", 2)[0] == 0
    asked = len(server.asked)
    code, _, err = run("batch", source, "-o", out, "--endpoint", server.url, "--constraint", "plain")
    assert (code, "constraint" in err) == (2, True)
    assert len(server.asked) == asked


def test_memory_is_for_a_model_that_runs_here(
    run: Run, server: ModelServer, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("batch", source, "-o", tmp_path / "out.jsonl", "--endpoint", server.url, "--limit", 1)
    code, _, err = run(*words, "--memory", "2GB")
    assert code == 2 and "a server has its own model, device, adapter and memory; " in err
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    monkeypatch.setenv("SUMMARISE_MEMORY", "2GB")
    assert run(*words)[0] == 0


def test_a_dry_run_times_two_articles(run: Run, server: ModelServer, source: Path, tmp_path: Path) -> None:
    code, out, _ = run("batch", source, "-o", tmp_path / "out.jsonl", "--endpoint", server.url, "--dry-run")
    assert (code, json.loads(out)["calibration"]["articles"]) == (0, 2)
    assert not (tmp_path / "out.jsonl").exists()


def test_the_main_command_asks_a_server_too(run: Run, server: ModelServer, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(TEXT, "utf-8")
    words = ("--endpoint", server.url, "--model", "tiny", "--constraint", "json_schema", "--timeout", "9")
    code, out, err = run(article, *words)
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert list(breaches(data, TEXT)) == []
    assert data["provenance"]["constraint"] == "json_schema"
    code, out, err = run(article, article, *words, "-q")
    assert (code, len(out.splitlines()), err) == (0, 2, "")


def test_what_goes_wrong_with_a_server_is_one_line_and_an_exit_code(
    run: Run, server: ModelServer, tmp_path: Path
) -> None:
    article = tmp_path / "article.txt"
    article.write_text(TEXT, "utf-8")
    server.next = [completion("no")]
    cases = [
        (("--endpoint", server.url), 5, "is no JSON"),
        (("--endpoint", server.url, "--model", "huge"), 4, "does not exist"),
        (("--endpoint", server.url, "--device", "cpu"), 2, "a server has its own"),
        (("--endpoint", "localhost"), 2, "no http address"),
        (("--constraint", "plain"), 2, "are for a server"),
        (("--endpoint", server.url, "--constraint", "yaml"), 2, "yaml"),
        (("--endpoint", server.url, "--timeout", "0"), 2, "timeout"),
    ]
    for words, code, said in cases:
        ended, out, err = run(article, *words)
        assert (ended, out, len(err.splitlines())) == (code, "", 1), err
        assert said in err and "hush" not in err


def test_an_interrupted_run_ends_at_once(server: ModelServer, source: Path, tmp_path: Path) -> None:
    waiting = Event()

    def keep_waiting(family: str, question: str) -> str:
        waiting.set()
        server.closing.wait(60)
        return tell(family, question)

    server.tells = keep_waiting
    # where the tests run in the background, SIGINT is ignored, and a child would inherit that
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heed}; from summarise.cli import main; main()"
    words = ["batch", str(source), "-o", str(tmp_path / "out.jsonl"), "--endpoint", server.url]
    with subprocess.Popen([sys.executable, "-c", code, *words], stderr=subprocess.PIPE) as run:
        try:
            assert waiting.wait(60)
            run.send_signal(signal.SIGINT)
            _, err = run.communicate(timeout=30)
        finally:
            run.kill()
    assert (run.returncode, err) == (130, b"")


def test_a_cache_spares_the_server(run: Run, server: ModelServer, source: Path, tmp_path: Path) -> None:
    words = ("--endpoint", server.url, "--cache", tmp_path / "cache.sqlite")
    assert run("batch", source, "-o", tmp_path / "a.jsonl", *words)[0] == 0
    asked = len(server.asked)
    assert run("batch", source, "-o", tmp_path / "b.jsonl", *words)[0] == 0
    assert len(server.asked) == asked
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
