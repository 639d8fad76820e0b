"""`summarise batch` on the command line: exit codes, what stands on stderr, and what it would cost.

The model is a scripted one, put where a model's folder is loaded.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tqdm import tqdm

import summarise.api
import summarise.loading
from batches import ids_of, lines_of, write_jsonl
from commands import Run, runner
from fakes import ScriptedModel
from summarise.cli import main

RECORDS = [{"id": str(n), "text": f"Some {n} bakers struck in Lima on Monday."} for n in range(2, 6)]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `summarise batch` in this process: exit code, stdout, stderr."""
    model = ScriptedModel(lambda _, written: "]" if written.endswith(("[", "}")) else "n")
    monkeypatch.setattr(summarise.loading, "load_model", lambda *_, **__: model)
    folder = tmp_path / "model"
    folder.mkdir()

    return runner(capfdbinary, "batch", "--model", folder)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "in.jsonl", RECORDS)


def test_one_line_tells_how_it_ended_and_the_code_whether_all_did(
    run: Run, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert run(source, "-o", out) == (0, "", "summarise: 4 inputs: 4 summarised, 0 failed\n")
    assert ids_of(out) == ["2", "3", "4", "5"]
    write_jsonl(source, [*RECORDS, {"id": "bad"}])
    code, data, notes = run(source, "-o", out)
    assert (code, data) == (3, "")
    assert notes == f"summarise: 5 inputs: 4 summarised (4 earlier), 1 failed; see {out}.failed.jsonl\n"


@pytest.mark.parametrize(("size", "together"), [("1B", 1), ("2GB", 4), ("64 MiB", 4)])
def test_memory_says_how_many_are_decoded_together(
    run: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: str, together: int
) -> None:
    seen = set[int]()
    step = ScriptedModel.step

    def watched(self: ScriptedModel, rows: Any, *rest: Any) -> Any:
        seen.add(len({row.room for row in rows}))
        return step(self, rows, *rest)

    monkeypatch.setattr(ScriptedModel, "step", watched)
    records = [{**record, "text": record["text"] + "!" * n} for n, record in enumerate(RECORDS)]
    write_jsonl(source, records)  # of several lengths, so that each has another room left
    assert run(source, "-o", tmp_path / "out.jsonl", "--memory", size)[0] == 0
    assert max(seen) == together


@pytest.mark.parametrize("size", ["much", "-1GB", "2 parsecs", " "])
def test_what_is_no_size_is_refused(run: Run, source: Path, tmp_path: Path, size: str) -> None:
    code, _, notes = run(source, "-o", tmp_path / "out.jsonl", "--memory", size)
    assert code == 2
    assert "is no size such as 2GB" in notes
    assert not (tmp_path / "out.jsonl").exists()


def test_the_summaries_are_those_of_the_main_command(
    run: Run, source: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for record in RECORDS:
        (tmp_path / f"{record['id']}.txt").write_text(record["text"])
    run(tmp_path / "?.txt", "-o", tmp_path / "out.jsonl", "--with-text")
    with pytest.raises(SystemExit):
        words = ["--with-text", "--model", str(tmp_path / "model")]
        main([*words, *(str(tmp_path / f"{record['id']}.txt") for record in RECORDS)])
    assert (tmp_path / "out.jsonl").read_bytes() == capfdbinary.readouterr().out
    assert lines_of(tmp_path / "out.jsonl")[0]["article"]["text"] == RECORDS[0]["text"]


def test_a_run_that_was_refused_leaves_nothing_behind(run: Run, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    before = {path.name for path in tmp_path.iterdir()}
    assert run("no-such", "-o", out)[0] == 3
    assert run(source, "-o", out, "--model", "no-such-model")[0] == 2
    assert {path.name for path in tmp_path.iterdir()} == before
    out.write_text("not ours\n")
    assert run(source, "-o", out)[0] == 2
    assert {path.name for path in tmp_path.iterdir()} == {*before, "out.jsonl"}


def test_quiet_says_only_what_failed(run: Run, source: Path, tmp_path: Path) -> None:
    assert run(source, "-o", tmp_path / "out.jsonl", "-q") == (0, "", "")
    code, _, notes = run(source, "no-such", "-o", tmp_path / "out.jsonl", "-q")
    assert code == 3
    assert notes.count("\n") == 1


def test_what_a_folder_has_beside_articles_is_said(run: Run, source: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RECORDS[0]["text"])
    code, _, notes = run(tmp_path, "-o", tmp_path / "out.jsonl")
    assert code == 0
    assert "were passed over" in notes
    assert ".jsonl" in notes.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["{in}"], 2, "--output"),
        (["{in}", "-o", "-"], 2, "a batch needs a file"),
        (["{in}", "-o", "{in}.gz"], 2, "would be compressed"),
        (["{in}", "-o", "{tmp}/none/out.jsonl"], 74, "there is no folder"),
        (["no-such", "-o", "{tmp}/out.jsonl"], 3, "no-such: no such file"),
        (["{in}", "-o", "{tmp}/out.jsonl", "--limit", "-1"], 2, "limit"),
        (["{in}", "-o", "{in}"], 2, "nothing to read but the output itself"),
        (["{in}", "-o", "{tmp}/out.jsonl", "--cache", "{in}"], 2, "can't serve as a cache"),
    ],
)
def test_what_is_wrong_with_the_call_is_one_line(
    run: Run, source: Path, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    got, out, err = run(
        *(word.replace("{in}", str(source)).replace("{tmp}", str(tmp_path)) for word in words)
    )
    assert (got, out, err.count("\n")) == (code, "", 1)
    assert said in err
    assert len(source.read_text().splitlines()) == 4


def test_another_model_option_or_prompt_is_refused_with_a_way_out(
    run: Run, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run(source, "-o", out)
    code, _, err = run(source, "-o", out, "--window", "80")
    assert code == 2
    assert "window: 100000, now 80" in err
    assert f"rm {out}" in err


def test_standard_input_is_read_and_can_be_sent_again(
    run: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for told in ("4 summarised", "4 summarised (4 earlier)"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source.read_bytes())))
        assert told in run("-", "-o", tmp_path / "out.jsonl")[2]


def test_a_dry_run_counts_and_times_two_articles_and_writes_nothing(
    run: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jsonl(source, [*RECORDS, {"id": "bad"}, {"id": "2", "text": "Again."}])
    out = tmp_path / "out.jsonl"
    run(source, "-o", out, "--limit", "1")
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    asked: list[str | None] = []
    take = summarise.api._take

    def noted(*given: Any) -> Any:
        for article in take(*given):
            asked.append(article.id)
            yield article

    monkeypatch.setattr(summarise.api, "_take", noted)
    code, data, notes = run(source, "-o", out, "--dry-run")
    assert (code, notes) == (0, "")
    told = json.loads(data)
    assert (told["inputs"], told["failures"], told["earlier"]) == (6, 2, 1)
    assert told["to_do"]["articles"] == 3
    assert told["to_do"]["characters"] == sum(len(record["text"]) for record in RECORDS[1:])
    assert told["to_do"]["tokens"] == told["to_do"]["characters"]  # a token of this model is a byte
    assert told["calibration"]["articles"] == len(asked) == 2
    assert told["estimated_seconds"] >= 0
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_an_interrupt_is_quiet_and_the_next_run_goes_on(
    run: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = summarise.api._take

    def interrupted(*given: Any) -> Any:
        for article in take(*given):
            if article.id == "4":
                raise KeyboardInterrupt
            yield article

    out = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(summarise.api, "_take", interrupted)
        assert run(source, "-o", out, "--rows", "1") == (130, "", "")
    assert ids_of(out) == ["2", "3"]
    assert "4 summarised (2 earlier)" in run(source, "-o", out)[2]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Eager(tqdm):
    """A bar that shows every change."""

    def __init__(self, **options: Any) -> None:
        super().__init__(mininterval=0, **options)


def test_on_a_terminal_a_bar_tells_pace_time_left_and_failures(
    run: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_jsonl(source, [*RECORDS, {"id": "bad"}, *({**r, "id": f"x{r['id']}"} for r in RECORDS)])
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("summarise.cli.batch.tqdm", Eager)
    run(source, "-o", tmp_path / "out.jsonl")
    shown = terminal.getvalue()
    assert "articles/min" in shown
    assert "1 failed" in shown
    assert " left]" in shown
    assert shown.endswith(f"9 inputs: 8 summarised, 1 failed; see {tmp_path}/out.jsonl.failed.jsonl\n")


def test_help_loads_neither_torch_nor_pyarrow() -> None:
    code = (
        "import sys\n"
        "from summarise.cli import main\n"
        "try: main(['batch', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'torch', 'transformers', 'pyarrow', 'numpy'} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: summarise batch")
    assert done.stderr == "[]\n"
