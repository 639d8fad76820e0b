"""The cache: the same bytes as the model gives, shared by processes, and never a reason to end."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import summarise
from batches import QuickSummariser, write_jsonl
from summarise import BatchOptions, UsageError, write_batch
from summarise.batch.cache import Cache

RECORDS = [{"id": str(n), "text": f"Word{n} went home."} for n in range(5)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "in.jsonl", RECORDS)


@pytest.fixture
def cached(tmp_path: Path) -> BatchOptions:
    return BatchOptions(cache=tmp_path / "cache.db")


def test_what_is_cached_is_not_asked_and_gives_the_same_bytes(
    tmp_path: Path, source: Path, cached: BatchOptions
) -> None:
    write_batch(QuickSummariser(), [source], tmp_path / "first.jsonl", cached)
    again = QuickSummariser()
    counts = write_batch(again, [source], tmp_path / "second.jsonl", cached)
    assert (again.asked, counts.cached, counts.summarised) == ([], 5, 0)
    assert (tmp_path / "first.jsonl").read_bytes() == (tmp_path / "second.jsonl").read_bytes()


def test_the_same_text_under_another_id_is_the_same_summary(
    tmp_path: Path, source: Path, cached: BatchOptions
) -> None:
    write_batch(QuickSummariser(), [source], tmp_path / "first.jsonl", cached)
    write_jsonl(source, [{**record, "id": f"new-{record['id']}"} for record in RECORDS])
    write_batch(QuickSummariser(), [source], tmp_path / "cached.jsonl", cached)
    write_batch(QuickSummariser(), [source], tmp_path / "asked.jsonl")
    assert (tmp_path / "cached.jsonl").read_bytes() == (tmp_path / "asked.jsonl").read_bytes()


def test_another_fingerprint_finds_nothing(tmp_path: Path, source: Path, cached: BatchOptions) -> None:
    write_batch(QuickSummariser(), [source], tmp_path / "first.jsonl", cached)
    other = QuickSummariser("other")
    write_batch(other, [source], tmp_path / "second.jsonl", cached)
    assert len(other.asked) == 5


def test_a_file_that_is_no_cache_is_refused_and_kept(tmp_path: Path, source: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("my own words, more than a header of a hundred bytes would hold " * 10)
    before = mine.read_bytes()
    for path in (mine, tmp_path / "none" / "cache.db"):
        with pytest.raises(UsageError, match="can't serve as a cache"):
            write_batch(QuickSummariser(), [source], tmp_path / "out.jsonl", BatchOptions(cache=path))
    assert mine.read_bytes() == before


def test_a_cache_that_breaks_is_given_up_and_the_run_goes_on(tmp_path: Path, source: Path) -> None:
    notes: list[str] = []
    path = tmp_path / "cache.db"
    options = BatchOptions(cache=path, note=notes.append, show=lambda counts, share: _drop(path))
    counts = write_batch(QuickSummariser(), [source], tmp_path / "out.jsonl", options)
    assert counts.summarised == 5
    assert len(notes) == 1
    assert "going on without it" in notes[0]


def _drop(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("DROP TABLE IF EXISTS summary")
    base.close()


WRITER = """
import sys
from pathlib import Path
from summarise.batch.cache import Cache
cache = Cache(Path(sys.argv[1]), {"model": "quick"}, lambda text: sys.exit(text))
for n in range(300):
    article = f"{n % 100}-{sys.argv[2] if n >= 200 else ''}"
    cache.keep(article, '{"article": {"id": null}, "n": %d}' % n)
    assert cache.find(article, "me"), article
cache.close()
"""


def test_several_processes_share_one_cache(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    root = Path(summarise.__file__).parent.parent
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [
        subprocess.Popen([*command, str(n)], cwd=root, stderr=subprocess.PIPE, text=True) for n in range(4)
    ]
    ended = [(writer.communicate()[1], writer.returncode) for writer in writers]
    assert ended == [("", 0)] * 4
    cache = Cache(path, {"model": "quick"}, print)
    assert all(cache.find(f"{n}-{who}", None) for n in range(100) for who in ("", *"0123"))
    cache.close()
