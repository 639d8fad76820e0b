"""`summarise view`: what it takes, where it writes, and what it refuses to put together."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import summarise.cli.chosen
import summarise.loading
from commands import Run, runner
from fakes import ScriptedModel
from summarise.article import Article
from summarise.batch.columns import write_table
from summarise.errors import DecodeError
from summarise.output import write_summary
from summarise.summary import Summary
from summarise.view import render_view
from views import HERE, Page, golden_view

NAMES = ("ferry", "crumbs", "short")


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line in this process: exit code, stdout, stderr."""

    return runner(capfdbinary, "view")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with summaries, one of them with its text, and with articles beside them."""
    monkeypatch.chdir(tmp_path)
    lines = []
    for name in NAMES:
        summary = golden_view(name).summary
        lines.append(write_summary(summary, line=True))
        Path(f"{name}.json").write_text(write_summary(summary, line=False), "utf-8")
    Path("all.jsonl").write_text("".join(lines), "utf-8")
    view = golden_view("short")
    info = view.summary.article.model_copy(update={"text": view.text})
    whole = view.summary.model_copy(update={"article": info})
    Path("whole.json").write_text(write_summary(whole, line=False), "utf-8")
    shutil.copytree(HERE / "articles", "articles")
    return tmp_path


def pipe_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_the_page_is_written_beside_the_summary_and_it_is_said_where(here: Path, run: Run) -> None:
    code, out, err = run("ferry.json", "--article", "articles/ferry.txt")
    assert (code, out, err) == (0, "", "summarise: wrote ferry.view.html\n")
    assert Path("ferry.view.html").read_bytes().decode() == render_view(golden_view("ferry"))
    assert run("whole.json", "-q", "-o", "sub/page.html") == (0, "", "")
    assert Page(Path("sub/page.html").read_text("utf-8")).text


def test_a_summary_and_its_article_may_come_from_pipes(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe_in(monkeypatch, Path("whole.json").read_bytes())
    code, out, err = run("-", "-o", "-")
    assert (code, err) == (0, "") and out.startswith("<!doctype html>")
    pipe_in(monkeypatch, Path("articles/ferry.txt").read_bytes())
    assert run("ferry.json", "--article", "-", "-o", "-")[1] == render_view(golden_view("ferry"))
    assert run("-", "--article", "-")[0] == 2


@pytest.mark.parametrize("where", ["articles", "articles/*.txt", "texts.jsonl"])
def test_a_batch_finds_its_articles_by_their_text(where: str, here: Path, run: Run) -> None:
    texts = [golden_view(name).text for name in reversed(NAMES)]
    records = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)]
    Path("texts.jsonl").write_text("\n".join(records), "utf-8")
    code, out, err = run("all.jsonl", "--article", where)
    assert (code, out, err) == (0, "", "summarise: wrote all.view/index.html\n")
    files = sorted(path.name for path in Path("all.view").iterdir())
    assert files == ["00001-ferry.html", "00002-crumbs.html", "00003-short.html", "index.html"]
    index = Page(Path("all.view/index.html").read_text("utf-8"))
    assert index.links == files[:-1]
    for file, name in zip(files, NAMES, strict=False):
        page = Path("all.view", file).read_text("utf-8")
        assert page == render_view(golden_view(name), index="index.html")


def test_of_several_a_bad_one_costs_only_itself(here: Path, run: Run) -> None:
    code, _, err = run("all.jsonl", "gone.json", "--article", "articles/crumbs.txt", "-o", "pages")
    assert code == 3
    assert [path.name for path in sorted(Path("pages").iterdir())] == ["00001-crumbs.html", "index.html"]
    assert (
        "all.jsonl:1: " in err
        and "all.jsonl:3: " in err
        and "\nsummarise: no such file: gone.json; check the path\n" in err
    )


def test_a_cut_line_costs_only_itself_be_it_the_first(here: Path, run: Run) -> None:
    lines = Path("all.jsonl").read_bytes().splitlines(keepends=True)
    cut = lines[0][:100] + b"\n" + lines[1] + lines[0][100:] + Path("short.json").read_bytes()
    Path("cut.jsonl").write_bytes(cut)
    code, _, err = run("cut.jsonl", "--article", "articles", "-o", "pages")
    assert code == 3 and err.count("\n") == 3 and "cut.jsonl:1 is no JSON: " in err
    assert "cut.jsonl:3 begins no JSON object; " in err
    files = sorted(path.name for path in Path("pages").iterdir())
    assert files == ["00001-crumbs.html", "00002-short.html", "index.html"]


def test_packed_summaries_are_unpacked(here: Path, run: Run) -> None:
    Path("whole.jsonl.gz").write_bytes(gzip.compress(Path("whole.json").read_bytes()))
    assert run("whole.jsonl.gz", "-q", "-o", "page.html") == (0, "", "")
    assert Path("page.html").read_bytes().decode() == render_view(golden_view("short"))


def test_a_table_that_a_batch_wrote_is_shown(here: Path, run: Run) -> None:
    write_table(Path("all.jsonl").read_bytes().splitlines(), Path("all.parquet"))
    code, out, err = run("all.parquet", "--article", "articles")
    assert (code, out, err) == (0, "", "summarise: wrote all.view/index.html\n")
    for number, name in enumerate(NAMES, 1):
        page = Path("all.view", f"{number:05}-{name}.html").read_text("utf-8")
        assert page == render_view(golden_view(name), index="index.html")


def test_what_gives_its_bytes_once_is_read_like_a_file(here: Path, run: Run) -> None:
    for name, words in (("all.jsonl", ["-o", "pages"]), ("articles/gone.txt", [])):
        os.mkfifo("pipe")
        data = Path(name).read_bytes() if Path(name).exists() else b"\0"
        with ThreadPoolExecutor() as pool:
            fed = pool.submit(Path("pipe").write_bytes, data)
            code, _, err = run("pipe", "--article", "articles", *words)
            fed.result()
        Path("pipe").unlink()
        if name == "all.jsonl":
            assert (code, err) == (0, "summarise: wrote pages/index.html\n")
            assert len(list(Path("pages").iterdir())) == len(NAMES) + 1
        else:
            assert code == 3 and "the article is binary, not text" in err


def test_of_many_summaries_few_are_held(here: Path, run: Run) -> None:
    data = json.loads(Path("whole.json").read_text("utf-8"))
    size = 300_000
    data["rejected"] = [{"field": "actors", "item": {"name": "x" * size}, "issues": []}]

    def peak(count: int) -> int:
        Path("many.jsonl").write_text(f"{json.dumps(data)}\n" * count, "utf-8")
        tracemalloc.start()
        assert run("many.jsonl", "-o", "pages", "-q")[0] == 0
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2)  # imports, templates
    assert peak(8) < peak(2) + 3 * size


@pytest.mark.parametrize("name", ["odd.json", "odd"])
def test_summaries_in_utf_16_are_read(name: str, here: Path, run: Run) -> None:
    Path(name).write_text(Path("whole.json").read_text("utf-8"), "utf-16", newline="\r\n")
    assert run(name, "-q", "-o", "page.html") == (0, "", "")
    assert Path("page.html").read_bytes().decode() == render_view(golden_view("short"))


def test_without_its_text_the_article_is_asked_for(here: Path, run: Run) -> None:
    code, out, err = run("ferry.json", "-o", "-")
    assert (code, out) == (3, "")
    assert "ferry.txt does not hold its text" in err and "--article" in err and "--with-text" in err
    assert err.count("\n") == 1


def test_another_text_is_refused(here: Path, run: Run) -> None:
    code, _, err = run("ferry.json", "--article", "articles/crumbs.txt")
    assert code == 3 and "no article given is the one" in err
    with Path("articles/ferry.txt").open("a", encoding="utf-8") as file:
        file.write("One more line.\n")
    code, _, err = run("ferry.json", "--article", "articles")
    assert code == 3 and "the text of ferry.txt is not the one" in err
    assert not Path("ferry.view.html").exists()


def test_a_summary_that_points_beside_its_words_is_refused(here: Path, run: Run) -> None:
    data = json.loads(Path("whole.json").read_text("utf-8"))
    data["actors"][0]["spans"]["name"] = [97, 111]
    Path("moved.json").write_text(json.dumps(data), "utf-8")
    code, _, err = run("moved.json")
    assert code == 3 and "actors[0].name of the summary is not in the article at 97 to 111" in err
    code, _, err = run("whole.json", "moved.json", "-o", "pages")
    assert code == 3 and err.startswith("summarise: moved.json:1: actors[0].name of the summary")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.json", "[1]", "a.json:1 begins no JSON object"),
        ("a.json", '{"actors": ["Ana Roe"]}', "no summary of ours"),
        ("a.jsonl", '{"id": "1", "text": "An article."}\n{"id": "2", "text": "Two."}', "no summary of ours"),
        ("a.json", '{"schema": "summarise/1", "gist": 5}', "a.json:1 is no summarise/1: article: "),
        ("a.parquet", "PAR1....", "a.parquet is no Parquet that can be read: "),
    ],
)
def test_what_is_no_summary_of_ours_is_told(name: str, text: str, words: str, here: Path, run: Run) -> None:
    Path(name).write_text(text, "utf-8")
    code, out, err = run(name)
    assert (code, out) == (3, "") and words in err and err.count("\n") == 1


def test_nothing_that_was_read_is_written_over(here: Path, run: Run) -> None:
    before = Path("whole.json").read_bytes()
    assert run("whole.json", "-o", "./whole.json")[0] == 2
    assert run("ferry.json", "--article", "articles/ferry.txt", "-o", "articles/ferry.txt")[0] == 2
    assert Path("whole.json").read_bytes() == before


def test_several_pages_need_a_folder(here: Path, run: Run) -> None:
    assert run("all.jsonl", "--article", "articles", "-o", "-")[0] == 2
    code, _, err = run("all.jsonl", "--article", "articles", "-o", "ferry.json")
    assert code == 2 and "ferry.json is a file" in err


def test_a_folder_that_can_not_be_written_ends_with_74(here: Path, run: Run) -> None:
    code, _, err = run("whole.json", "-o", "ferry.json/page.html")
    assert code == 74 and "can't write" in err


def test_an_article_is_summarised_first(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def say(question: str, written: str) -> str:
        return "]" if written.endswith(("[", "}")) else "n"

    Path("model").mkdir()
    monkeypatch.setattr(summarise.loading, "load_model", lambda *_, **__: ScriptedModel(say))
    code, out, err = run("articles/short.txt", "--model", "model", "-q")
    assert (code, out, err) == (0, "", "")
    page = Page(Path("articles/short.view.html").read_text("utf-8"))
    assert page.text == golden_view("short").text
    assert "missed-sentence-1" in page.ids


def test_an_article_that_breaks_decoding_costs_only_itself(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Breaking:
        def __init__(self, *_: object, **__: object) -> None: ...

        def summarise(self, article: Article, **_: object) -> Summary:
            if article.id == "articles/ferry.txt":
                raise DecodeError("the grammar refused its own token")
            return golden_view(Path(str(article.id)).stem).summary

    monkeypatch.setitem(sys.modules, "summarise.api", SimpleNamespace(Summariser=Breaking))  # type: ignore[misc]
    code, _, err = run("articles/ferry.txt", "articles/short.txt", "-q", "-o", "pages")
    assert (code, err) == (5, "summarise: articles/ferry.txt: the grammar refused its own token\n")
    assert sorted(path.name for path in Path("pages").iterdir()) == ["00001-short.html", "index.html"]


def test_fields_of_ones_own_have_no_page(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summarise.cli.chosen, "find_schema", lambda _: Summary)
    code, out, err = run("articles/short.txt", "--schema", "anything:Model")
    assert (code, out) == (2, "") and "a page has no place for fields of your own" in err


def test_a_folder_among_the_inputs_costs_only_itself(here: Path, run: Run) -> None:
    code, _, err = run(".", "whole.json", "-q")
    assert code == 3 and ". is a folder" in err
    assert Path("summary.view/index.html").is_file()


def test_no_model_is_loaded_for_a_summary(here: Path) -> None:
    program = (
        "import sys; from summarise.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: print(sorted({'torch', 'transformers', 'llguidance'} & sys.modules.keys()))\n"
    )
    words: list[Any] = [sys.executable, "-c", program, "view", "-q", here / "whole.json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=HERE.parent)
    assert done.stdout == "[]\n" and done.stderr == ""


@pytest.mark.model
def test_the_real_models_summary_of_an_article_can_be_looked_at(
    here: Path, run: Run, model_folder: Path
) -> None:
    assert model_folder.is_dir()
    code, _, err = run("articles/short.txt", "--no-pull", "-o", "page.html", "-q")
    assert (code, err) == (0, "")
    page = Page(Path("page.html").read_text("utf-8"))
    assert page.text == golden_view("short").text
    assert any(items for _, _, items, _ in page.pieces)
