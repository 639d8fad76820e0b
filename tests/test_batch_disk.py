"""Disks that are full, broken or read-only: the run ends with a word, loses nothing, and goes on later."""

from __future__ import annotations

import errno
import os
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

from batches import QuickSummariser, ids_of, lines_of, write_jsonl
from summarise import BatchOptions, OutputError, write_batch
from summarise.batch import columns, disk, journal
from summarise.batch.place import Place

RECORDS = [{"id": str(n), "text": f"Word{n} refuse" if n % 4 == 3 else f"Word{n} went."} for n in range(12)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "in.jsonl", RECORDS)


@pytest.fixture
def whole(tmp_path: Path, source: Path) -> Place:
    """What a run that nothing disturbs writes."""
    write_batch(QuickSummariser(), [source], tmp_path / "whole.jsonl")
    return Place(tmp_path / "whole.jsonl")


def assert_goes_on(out: Path, source: Path, whole: Place) -> None:
    before = ids_of(out)  # whole lines only, or this raises
    again = QuickSummariser()
    write_batch(again, [source], out)
    assert not set(before) & set(again.asked)
    assert out.read_bytes() == whole.out.read_bytes()
    assert Place(out).failed.read_bytes() == whole.failed.read_bytes()


@pytest.mark.parametrize("tenths", range(10))
def test_a_disk_that_is_full_after_any_number_of_bytes_costs_nothing_that_was_done(
    tmp_path: Path, source: Path, whole: Place, tenths: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = (whole.out.stat().st_size + whole.failed.stat().st_size) * tenths // 10

    class Full(FileIO):
        def write(self, data: Any) -> int:
            nonlocal left
            if not left:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            count = super().write(bytes(data)[:left])
            left -= count
            return count

    out = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(journal, "FileIO", Full)
        with pytest.raises(OutputError, match="no room for") as full:
            write_batch(QuickSummariser(), [source], out)
        assert "goes on where it was" in full.value.hint
    assert_goes_on(out, source, whole)


def test_a_file_that_may_not_grow_is_an_error_and_no_bug(tmp_path: Path, source: Path, whole: Place) -> None:
    out, limits = tmp_path / "out.jsonl", resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2500, limits[1]))
    try:
        with pytest.raises(OutputError, match="no room for"):
            write_batch(QuickSummariser(), [source], out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert 0 < out.stat().st_size <= 2500
    assert_goes_on(out, source, whole)


def test_a_disk_that_cannot_keep_is_told(
    tmp_path: Path, source: Path, whole: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, kept = tmp_path / "out.jsonl", os.fsync

    def broken(file: int) -> None:
        if out.exists() and os.fstat(file).st_ino == out.stat().st_ino:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        kept(file)

    monkeypatch.setattr(journal, "SYNC_LINES", 3)
    with monkeypatch.context() as patch:
        patch.setattr(journal.os, "fsync", broken)
        with pytest.raises(OutputError, match="can't write"):
            write_batch(QuickSummariser(), [source], out)
    assert_goes_on(out, source, whole)


def test_lines_are_synced_at_intervals(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    kept = os.fsync

    def noted(file: int) -> None:
        synced.append(os.fstat(file).st_ino)
        kept(file)

    monkeypatch.setattr(journal, "SYNC_LINES", 2)
    monkeypatch.setattr(journal.os, "fsync", noted)
    out = tmp_path / "out.jsonl"
    write_batch(QuickSummariser(), [source], out)
    assert synced.count(out.stat().st_ino) == len(ids_of(out)) // 2 + len(ids_of(out)) % 2


@contextmanager
def powerless() -> Iterator[None]:
    """Whoever runs the tests is no administrator for a while: those may write everywhere."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_written_is_said_before_anything_is_asked(source: Path) -> None:
    write_batch(QuickSummariser(), [source], source.with_name("warm.jsonl"))  # what is loaded late is loaded
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        summariser = QuickSummariser()
        folder.chmod(0o555)
        try:
            with powerless(), pytest.raises(OutputError, match="can't write") as refused:
                write_batch(summariser, [source], folder / "out.jsonl")
        finally:
            folder.chmod(0o755)
        assert "permission" in str(refused.value)
        assert summariser.asked == []
        assert not list(folder.iterdir())


def test_an_output_in_no_folder_is_said(source: Path) -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        write_batch(QuickSummariser(), [source], source.parent / "none" / "out.jsonl")


@contextmanager
def no_room(path: Path) -> Iterator[Any]:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    yield


def test_without_room_for_the_new_order_nothing_is_lost(
    tmp_path: Path, source: Path, whole: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    write_batch(QuickSummariser(), [source], out)
    out.write_bytes(
        b"".join(out.read_bytes().splitlines(True)[4:])
    )  # its first are done again, and stand last
    with monkeypatch.context() as patch:
        patch.setattr(journal, "replacing", no_room)
        with pytest.raises(OutputError, match="no room"):
            write_batch(QuickSummariser(), [source], out)
    assert sorted(ids_of(out)) == sorted(ids_of(whole.out))
    assert_goes_on(out, source, whole)


def test_a_table_without_room_leaves_the_old_one_and_the_journal(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.parquet"
    write_batch(QuickSummariser(), [source], out, BatchOptions(limit=2))
    with monkeypatch.context() as patch:
        patch.setattr(columns, "replacing", no_room)
        with pytest.raises(OutputError, match="no room"):
            write_batch(QuickSummariser(), [source], out)
    assert parquet.read_table(out).num_rows == 2
    assert len(lines_of(Place(out).journal)) == 9
    again = QuickSummariser()
    write_batch(again, [source], out)
    assert again.asked == []
    assert parquet.read_table(out).num_rows == 9


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with disk.replacing(path) as file:
        file.write(b"one")
    with pytest.raises(KeyError), disk.replacing(path) as file:
        file.write(b"two")
        raise KeyError
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]
