"""Inputs of a batch: every kind is read, in order, and whatever is broken costs no more than itself."""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from batches import QuickSummariser, write_jsonl
from summarise import BatchOptions, InputError, write_batch
from summarise.batch.inputs import Inputs
from summarise.batch.record import Form, Record
from summarise.batch.streams import read_lines

TEXT = "Bakers in Lima struck on Monday."
PAGE = (
    "<!doctype html><html><head><title>Strike</title></head><body><article><p>{}</p></article></body></html>"
)


def read(*names: str | Path, form: Form | None = None) -> list[Record]:
    return list(Inputs([str(name) for name in names], form or Form()))


def good(records: list[Record]) -> list[str | None]:
    return [record.id for record in records if record.article]


def reasons(records: list[Record]) -> list[str]:
    return [record.error.message for record in records if record.error]


def some(count: int) -> list[dict[str, Any]]:
    return [{"id": f"n{n}", "text": f"{TEXT} It was day {n}."} for n in range(count)]


def packed(path: Path, data: bytes) -> Path:
    """`data` in a file that is compressed as its name says."""
    how = {".gz": gzip.compress, ".zst": lambda d: pa.compress(d, codec="zstd", asbytes=True)}
    path.write_bytes(how.get(path.suffix, bytes)(data))
    return path


def jsonl(records: list[Any]) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def test_a_folder_gives_its_articles_sorted_and_says_what_it_passed_over(tmp_path: Path) -> None:
    for name in ("b/two.txt", "b/one.md", "a.html", "c.htm", "b.txt.gz", "d.txt.zst", "x.pdf", "y.jsonl"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = PAGE.format(f"{TEXT} They want more, and they want it now.") if "htm" in name else TEXT
        packed(path, text.encode())
    inputs = Inputs([str(tmp_path / "news")], Form())
    records = list(inputs)
    names = ["a.html", "b/one.md", "b/two.txt", "b.txt.gz", "c.htm", "d.txt.zst"]
    assert good(records) == [str(tmp_path / "news" / name) for name in names]
    assert all("<p>" not in record.article.text for record in records if record.article)
    assert inputs.sources.passed_over == {".pdf": 1, ".jsonl": 1}
    assert inputs.read == inputs.size()


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(TEXT)
    (tmp_path / "news" / "again").symlink_to(tmp_path / "news")
    assert len(read(tmp_path / "news")) == 1


def test_globs_are_expanded_sorted_and_a_file_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "[odd].txt"):
        Path(name).write_text(TEXT)
    assert good(read("*.txt")) == ["[odd].txt", "a.txt", "b.txt"]
    assert good(read("b.txt", "./b.txt", ".", "*.txt", str(tmp_path / "a.txt"))) == [
        "b.txt",
        "[odd].txt",
        "a.txt",
    ]
    assert good(read("[odd].txt")) == ["[odd].txt"]
    assert good(read("**/*.txt")) == ["[odd].txt", "a.txt", "b.txt"]


@pytest.mark.parametrize("name", ["in.jsonl", "in.ndjson", "in.jsonl.gz", "in.jsonl.zst", "IN.JSONL.GZ"])
def test_json_lines_are_read_plain_and_compressed(tmp_path: Path, name: str) -> None:
    records = [
        {"key": 7, "body": TEXT},
        {"body": TEXT},
        {"key": "", "body": TEXT},
        {"key": "ü", "body": TEXT},
    ]
    data = b"\xef\xbb\xbf" + jsonl(records).replace(b"\n", b"\r\n\n \n", 1)
    path = packed(tmp_path / name.lower(), data).rename(tmp_path / name)
    found = read(path, form=Form(text="body", id="key"))
    assert good(found) == ["7", f"{path}:4", f"{path}:5", "ü"]
    assert not reasons(found)


def test_two_compressed_pieces_behind_one_another_are_one_file(tmp_path: Path) -> None:
    for name in ("in.jsonl.gz", "in.jsonl.zst"):
        path = packed(tmp_path / name, jsonl(some(2)))
        more = packed(tmp_path / f"more-{name}", jsonl(some(4)[2:]))
        path.write_bytes(path.read_bytes() + more.read_bytes())
        assert len(good(read(path))) == 4


def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(jsonl([{"text": TEXT}, *some(1)]))))
    assert good(read("-")) == ["-:1", "n0"]


BAD_LINES = {
    b'{"text": "cut': "not JSON",
    b"[1, 2]": "no JSON object",
    b'{"id": "x"}': "no field 'text'",
    b'{"text": null}': "no field 'text'",
    b'{"text": 5}': "no text in the field 'text'",
    b'{"text": ["a"]}': "a list and no text",
    b'{"text": ""}': "empty",
    b'{"text": "   "}': "empty",
    b'{"text": "caf\xe9"}': "not UTF-8 at byte 13",
    b'{"text": "a \\ud800 b"}': "lone surrogate",
    b'{"id": "\\ud800", "text": "a"}': "the id has half a character",
    b'{"id": [1], "text": "a"}': "the id is",
    b'{"id": true, "text": "a"}': "the id is",
    b'{"text": ' + b"[" * 100_000: "not JSON",
    b'{"n": ' + b"1" * 5000 + b', "text": "a"}': "not JSON",
    b'{"text": "\\u0000\\u0001"}': "binary",
    b'{"text": "' + b"a" * 3000 + b'"}': "longer than 2,000 characters",
    b'{"text": "' + b"a" * 2_000_000 + b'"}': "more than 1,024,000 bytes",
}


@pytest.mark.parametrize(("line", "said"), BAD_LINES.items(), ids=BAD_LINES.values())
def test_a_bad_line_costs_itself_alone(tmp_path: Path, line: bytes, said: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(jsonl(some(1)) + line + b"\n" + jsonl(some(2)[1:]))
    records = read(path, form=Form(most=2000))
    assert good(records) == ["n0", "n1"]
    assert [(r.input, said in r.error.message) for r in records if r.error] == [(f"{path}:2", True)]


def test_a_line_of_200_mb_is_passed_over_without_being_held() -> None:
    class Long(io.RawIOBase):
        left = 200_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            count = min(len(buffer), self.left)
            buffer[:count] = b"x" * count
            self.left -= count
            return count

    class Then(Long):
        tail = b"\nnext\n"

        def readinto(self, buffer: Any) -> int:
            if self.left:
                return super().readinto(buffer)
            piece, self.tail = self.tail[: len(buffer)], self.tail[len(buffer) :]
            buffer[: len(piece)] = piece
            return len(piece)

    tracemalloc.start()
    try:
        lines = list(read_lines(io.BufferedReader(Then()), 1_000_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert lines == [None, b"next\n"]
    assert peak < 10_000_000


@pytest.mark.parametrize("kind", [".gz", ".zst"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_compressed_file_that_was_cut_costs_what_is_behind_the_cut(
    tmp_path: Path, kind: str, share: float
) -> None:
    chance = random.Random(5)
    noise = [{"id": f"n{n}", "text": f"{TEXT} {chance.random()}" * 20} for n in range(2000)]
    path = packed(tmp_path / f"in.jsonl{kind}", jsonl(noise))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share) + 4])
    records = read(path, write_jsonl(tmp_path / "next.jsonl", [{"id": "next", "text": TEXT}]))
    *before, last = good(records)
    assert last == "next"
    assert before == [f"n{n}" for n in range(len(before))]
    assert (0 if share < 0.9 else 1000) <= len(before) < 2000
    assert [r.input for r in records if r.error] == [str(path)]
    assert "broken after line" in reasons(records)[0]


def test_what_is_no_gzip_no_zstd_and_no_parquet_is_one_failure_each(tmp_path: Path) -> None:
    names = [
        "a.jsonl.gz",
        "b.jsonl.zst",
        "c.txt.gz",
        "d.parquet",
        "e.txt.zst",
        "f.json",
        "g.parquet.gz",
        "h.parquet",
    ]
    for name in names:
        (tmp_path / name).write_bytes(b"neither" * 10)
    (tmp_path / "h.parquet").write_bytes(b"")
    records = read(*(tmp_path / name for name in names))
    assert [r.input for r in records if r.error] == [str(tmp_path / name) for name in names]
    assert not good(records)


def test_names_that_stand_for_nothing_are_failures_beside_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "empty").mkdir()
    names = ["no-such", "no-*.txt", tmp_path / "empty", tmp_path / "a.txt", "nul\0name"]
    records = read(*names)
    assert good(records) == [str(tmp_path / "a.txt")]
    assert [r.error is not None for r in records] == [True, True, True, False, True]
    with pytest.raises(InputError, match="no such file"):
        write_batch(QuickSummariser(), ["no-such", "no-*.txt"], tmp_path / "out.jsonl")


def test_files_that_are_no_articles_cost_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text("a" * 3000)
    packed(tmp_path / "d.txt.gz", b"a" * 100_000)
    packed(tmp_path / "e.txt.gz", TEXT.encode())
    records = read(tmp_path, form=Form(most=2000))
    assert good(records) == [str(tmp_path / "e.txt.gz")]
    assert len(reasons(records)) == 4


def test_a_name_that_is_not_utf8_can_be_told(tmp_path: Path) -> None:
    try:
        Path(f"{tmp_path}/caf\udce9.txt").write_text(TEXT)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    out = tmp_path / "out.jsonl"
    assert write_batch(QuickSummariser(), [tmp_path], out).summarised == 1
    assert json.loads(out.read_text("utf-8"))["article"]["id"].endswith("caf\\xe9.txt")


def test_records_can_hold_pages(tmp_path: Path) -> None:
    page = PAGE.format(f"{TEXT} Café owners agree with them, and with each other.")
    page = page.replace("<title>", '<meta charset="latin-1"><title>')
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": page}, {"text": "<p>" + "\ud800"}, {"text": ""}])
    records = read(source, form=Form(html=True))
    assert records[0].article
    assert "Café owners" in records[0].article.text
    assert "<p>" not in records[0].article.text
    assert len(reasons(records)) == 2


def test_an_article_that_a_library_stumbles_over_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(text: str, **_: Any) -> Any:
        raise AssertionError("never seen such a thing")

    monkeypatch.setattr("summarise.batch.record.read_text", stumble)
    source = write_jsonl(tmp_path / "in.jsonl", some(2))
    counts = write_batch(QuickSummariser(), [source], tmp_path / "out.jsonl")
    assert (counts.inputs, counts.failed) == (2, 2)
    assert "bug of ours" in (tmp_path / "out.jsonl.failed.jsonl").read_text()


def test_what_is_held_does_not_grow_with_what_is_read(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        source = write_jsonl(tmp_path / f"{count}.jsonl", some(count))
        summariser = QuickSummariser()
        summariser.asked = _Forgetful()
        tracemalloc.start()
        try:
            write_batch(summariser, [source], tmp_path / f"out-{count}.jsonl", BatchOptions())
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is loaded once
    small = peak(100)
    assert peak(2000) < 1.5 * small + 200_000


class _Forgetful(list[Any]):
    def append(self, _: Any) -> None:
        pass


def test_reading_is_lazy(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", some(3))
    records: Iterator[Record] = iter(Inputs([str(source), "no-such"], Form()))
    assert next(records).id == "n0"
    assert next(records).id == "n1"
