"""A batch: every input ends in the output or among the failed, once and in order, however often it is run."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batches import QuickSummariser, ids_of, lines_of, write_jsonl
from summarise import BatchOptions, ModelError, UsageError, write_batch
from summarise.article import Article
from summarise.batch import sort
from summarise.batch.place import Place, hold

RECORDS: list[Any] = [
    {"id": "a", "text": "Alpha went home."},
    {"id": "b", "text": ""},
    {"id": "c", "text": "Gamma wants to refuse."},
    {"id": "d", "text": "Delta went home."},
    {"id": "a", "text": "Alpha came back."},
    {"id": "e", "text": "Epsilon went home."},
    ["no record"],
    {"id": "f", "text": "Phi went home."},
]
GOOD, BAD = ["a", "d", "e", "f"], [2, 3, 5, 7]  # ids; lines


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "in.jsonl", RECORDS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def failed_lines(out: Path) -> list[int]:
    """The lines of the one input that failed, in the order of the failed list."""
    return [int(entry["input"].rpartition(":")[2]) for entry in lines_of(Place(out).failed)]


@pytest.mark.parametrize("ahead", [0, 1, 5, 100])
def test_every_input_ends_in_one_of_the_two_files_in_the_order_of_the_input(
    source: Path, out: Path, ahead: int
) -> None:
    counts = write_batch(QuickSummariser(ahead=ahead), [source], out)
    assert (counts.inputs, counts.summarised, counts.failed) == (8, 4, 4)
    assert ids_of(out) == GOOD
    assert failed_lines(out) == BAD
    for entry in lines_of(Place(out).failed):
        assert list(entry) == ["input", "id", "error", "hint", "sha256"]
        assert entry["error"]


def test_a_second_run_asks_nothing_and_changes_no_byte(source: Path, out: Path) -> None:
    write_batch(QuickSummariser(), [source], out)
    before = {path: path.read_bytes() for path in out.parent.iterdir()}
    again = QuickSummariser()
    counts = write_batch(again, [source], out)
    assert again.asked == []
    assert (counts.earlier, counts.summarised, counts.failed, counts.failed_earlier) == (4, 0, 4, 1)
    assert {path: path.read_bytes() for path in out.parent.iterdir()} == before


def test_only_retry_failed_tries_again_and_what_succeeds_takes_its_place_in_the_order(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_batch(QuickSummariser(), [source], out)
    whole = QuickSummariser._outcome

    def mended(self: QuickSummariser, article: Article, with_text: bool) -> Any:
        told = whole(self, Article(article.text.replace("refuse", "refute"), article.id), with_text)
        return type(told)(article, told.summary.model_copy(update={"article": _info(article)}))

    monkeypatch.setattr(QuickSummariser, "_outcome", mended)
    assert write_batch(QuickSummariser(), [source], out).summarised == 0
    again = QuickSummariser()
    counts = write_batch(again, [source], out, BatchOptions(retry_failed=True))
    assert again.asked == ["c"]
    assert (counts.summarised, counts.earlier, counts.failed) == (1, 4, 3)
    assert ids_of(out) == ["a", "c", "d", "e", "f"]
    assert failed_lines(out) == [2, 5, 7]


def _info(article: Article) -> Any:
    from summarise.summary import ArticleInfo

    return ArticleInfo.of(article)


def test_an_input_that_was_mended_leaves_the_failed(source: Path, out: Path) -> None:
    write_batch(QuickSummariser(), [source], out)
    mended = [*RECORDS]
    mended[1] = {"id": "b", "text": "Beta went home."}
    mended[2] = {"id": "c", "text": "Gamma agrees."}
    write_jsonl(source, mended)
    write_batch(QuickSummariser(), [source], out)
    assert ids_of(out) == ["a", "b", "c", "d", "e", "f"]
    assert failed_lines(out) == [5, 7]


def test_a_text_that_changed_takes_the_place_of_its_old_summary(source: Path, out: Path) -> None:
    write_batch(QuickSummariser(), [source], out)
    write_jsonl(source, [*RECORDS[:3], {"id": "d", "text": "Dora went home."}, *RECORDS[4:]])
    again = QuickSummariser()
    write_batch(again, [source], out)
    assert again.asked == ["d"]
    assert ids_of(out) == GOOD
    assert [line["actors"][0]["name"] for line in lines_of(out)] == ["Alpha", "Dora", "Epsilon", "Phi"]


def test_summaries_of_inputs_that_are_not_given_again_stay(source: Path, out: Path) -> None:
    write_batch(QuickSummariser(), [source], out)
    more = write_jsonl(source.with_name("more.jsonl"), [{"id": "z", "text": "Zeta went home."}])
    counts = write_batch(QuickSummariser(), [more], out)
    assert (counts.inputs, counts.summarised, counts.others) == (1, 1, 4)
    assert ids_of(out) == [*GOOD, "z"]
    assert lines_of(Place(out).failed) == []


def test_limit_bounds_what_is_asked_and_the_next_run_goes_on(source: Path, out: Path) -> None:
    whole = out.with_name("whole.jsonl")
    write_batch(QuickSummariser(), [source], whole)
    for expected in (["a", "c"], ["d", "e"], ["f"], []):
        summariser = QuickSummariser()
        counts = write_batch(summariser, [source], out, BatchOptions(limit=2))
        assert summariser.asked == expected
        assert counts.stopped == (len(expected) == 2)
        assert counts.inputs == counts.ended == len(lines_of(out)) + len(lines_of(Place(out).failed))
    assert out.read_bytes() == whole.read_bytes()
    assert Place(out).failed.read_bytes() == Place(whole).failed.read_bytes()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_batch_torn_at_any_byte_of_its_files_resumes_to_the_same_bytes(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out = write_jsonl(folder / "in.jsonl", RECORDS), folder / "out.jsonl"
        write_batch(QuickSummariser(), [source], out)
        files = (out, Place(out).failed)
        before = [path.read_bytes() for path in files]
        for path, whole in zip(files, before, strict=True):
            kept = data.draw(st.integers(0, len(whole)), label=path.name)
            torn = data.draw(
                st.sampled_from([b"", b"\0" * 40, b'{"article": {"id"', b"null\n", b"[1]\n{}\n"])
            )
            path.write_bytes(whole[:kept] + torn)
        again = QuickSummariser()
        write_batch(again, [source], out)
        assert [path.read_bytes() for path in files] == before
        assert len(again.asked) <= len(GOOD) + 1


class Killed(BaseException):
    """Ends a run where a test wants it to end."""


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.sampled_from(["One", "Two", "Three refuse", "", "Four"]), max_size=12),
    ids=st.lists(st.sampled_from("abcdefghij"), min_size=12, max_size=12),
    ends=st.lists(st.integers(0, 8), max_size=4),
    ahead=st.integers(0, 4),
)
def test_runs_that_end_anywhere_give_what_one_run_gives(
    texts: list[str], ids: list[str], ends: list[int], ahead: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = [{"id": id, "text": text} for id, text in zip(ids, texts, strict=False)]
        source = write_jsonl(folder / "in.jsonl", records)
        whole, out = folder / "whole.jsonl", folder / "out.jsonl"
        counts = write_batch(QuickSummariser(), [source], whole)
        assert counts.inputs == len(records) == len(lines_of(whole)) + len(lines_of(Place(whole).failed))
        for end in ends:
            with pytest.raises(Killed) if end < counts.inputs else _nothing():
                write_batch(QuickSummariser(ahead=ahead), [source], out, BatchOptions(show=_stop_after(end)))
            assert len(set(ids_of(out))) == len(ids_of(out))
        write_batch(QuickSummariser(ahead=ahead), [source], out)
        assert out.read_bytes() == whole.read_bytes()
        assert Place(out).failed.read_bytes() == Place(whole).failed.read_bytes()


def _stop_after(end: int) -> Any:
    shown = iter(range(end))

    def show(*_: object) -> None:
        if next(shown, None) is None:
            raise Killed

    return show


def _nothing() -> Any:
    from contextlib import nullcontext

    return nullcontext()


def test_another_kind_of_run_into_the_same_output_is_refused_and_changes_nothing(
    source: Path, out: Path
) -> None:
    write_batch(QuickSummariser(), [source], out)
    before = {path: path.read_bytes() for path in out.parent.iterdir()}
    with pytest.raises(UsageError, match="model: quick, now other") as refused:
        write_batch(QuickSummariser("other"), [source], out)
    assert f"rm {out}" in refused.value.hint
    with pytest.raises(UsageError, match="with_text: False, now True"):
        write_batch(QuickSummariser(), [source], out, BatchOptions(with_text=True))
    assert {path: path.read_bytes() for path in out.parent.iterdir()} == before
    for path in (out, Place(out).failed):  # the way out that the hint names
        path.unlink()
    assert write_batch(QuickSummariser("other"), [source], out).summarised == 4


def test_a_file_that_no_batch_wrote_is_left_alone(source: Path, out: Path) -> None:
    out.write_text("mine\n")
    with pytest.raises(UsageError, match="no batch wrote it"):
        write_batch(QuickSummariser(), [source], out)
    assert out.read_text() == "mine\n"


def test_of_two_runs_on_one_output_the_second_is_refused(source: Path, out: Path) -> None:
    with hold(Place(out)), pytest.raises(UsageError, match="another run is writing"):
        write_batch(QuickSummariser(), [source], out)
    assert write_batch(QuickSummariser(), [source], out).summarised == 4


@pytest.mark.parametrize("name", ["-", "out.jsonl.gz", "out.zst"])
def test_an_output_that_no_run_could_go_on_in_is_refused(source: Path, name: str) -> None:
    with pytest.raises(UsageError):
        write_batch(QuickSummariser(), [source], name)


def test_the_output_is_never_its_own_input(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "z.jsonl"
    for _ in range(2):
        counts = write_batch(QuickSummariser(), [str(tmp_path / "*.jsonl")], out)
        assert counts.inputs == len(RECORDS)


def test_an_error_that_concerns_all_articles_ends_the_run_and_loses_nothing(source: Path, out: Path) -> None:
    class Broken(QuickSummariser):
        def _outcome(self, article: Article, with_text: bool) -> Any:
            if article.id == "e":
                raise ModelError("the model is gone", "pull it")
            return super()._outcome(article, with_text)

    with pytest.raises(ModelError):
        write_batch(Broken(), [source], out)
    assert ids_of(out) == ["a", "d"]
    write_batch(QuickSummariser(), [source], out)
    assert ids_of(out) == GOOD


def test_a_model_is_loaded_for_nothing_only_once_the_output_is_ours(source: Path, out: Path) -> None:
    def load() -> Any:
        raise AssertionError("loaded")

    with hold(Place(out)), pytest.raises(UsageError):
        write_batch(load, [source], out)


def test_what_waits_for_one_article_is_bounded_and_ends_in_order(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sort, "MOST_WAITING", 3)
    records = [{"id": str(n), "text": f"Word{n} went home."} for n in range(40)]
    source = write_jsonl(tmp_path / "in.jsonl", records)
    options = BatchOptions(cache=tmp_path / "cache.db")
    write_batch(QuickSummariser(), [source], tmp_path / "first.jsonl", options)
    write_jsonl(source, [{"id": "new", "text": "New it is."}, *records])
    written: list[int] = []

    def show(counts: Any, _: object) -> None:
        assert counts.cached + counts.summarised == len(ids_of(out))
        if not counts.summarised:
            written.append(counts.cached)

    counts = write_batch(QuickSummariser(ahead=5), [source], out, replace(options, show=show))
    assert written[-1] == 40 - 2  # the new one and two behind it wait
    assert (counts.cached, counts.summarised) == (40, 1)
    assert ids_of(out) == ["new", *map(str, range(40))]


@pytest.mark.parametrize("ahead", [0, 3, 100])
def test_progress_counts_what_is_written_down_however_far_the_inputs_are_read(
    tmp_path: Path, out: Path, ahead: int
) -> None:
    texts = [f"Word{n} went home{' to refuse' if n % 4 == 0 else ' and slept'}." for n in range(10, 30)]
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": text} for text in texts])  # lines of one length
    shown: list[tuple[float, float | None]] = []

    def show(counts: Any, share: float | None) -> None:
        ended = len(lines_of(out)) + len(lines_of(Place(out).failed))
        assert counts.ended == ended
        shown.append((ended / 20, share))

    write_batch(QuickSummariser(ahead=ahead), [source], out, BatchOptions(show=show))
    assert shown[-1] == (1.0, 1.0)
    assert [share for _, share in shown] == pytest.approx([ended for ended, _ in shown])


def test_a_stream_that_loses_or_invents_an_article_is_found_out(source: Path, out: Path) -> None:
    class Short(QuickSummariser):
        def stream(self, articles: Any, **options: Any) -> Iterator[Any]:
            yield from list(super().stream(articles, **options))[:-1]

    class Twice(QuickSummariser):
        def stream(self, articles: Any, **options: Any) -> Iterator[Any]:
            yield from list(super().stream(articles, **options)) * 2

    for broken in (Short, Twice):
        with pytest.raises(RuntimeError):
            write_batch(broken(), [source], out.with_name(f"{broken.__name__}.jsonl"))


def test_outcomes_may_come_in_any_order_and_end_in_that_of_the_input(source: Path, out: Path) -> None:
    class Turned(QuickSummariser):
        def stream(self, articles: Any, **options: Any) -> Iterator[Any]:
            yield from list(super().stream(articles, **options))[::-1]

    write_batch(QuickSummariser(), [source], out)
    turned = out.with_name("turned.jsonl")
    write_batch(Turned(), [source], turned)
    assert turned.read_bytes() == out.read_bytes() != b""


def test_the_run_file_says_what_made_the_output(source: Path, out: Path) -> None:
    write_batch(QuickSummariser(), [source], out)
    told = json.loads(Place(out).run.read_text())
    assert told["fingerprint"] == {"model": "quick", "with_text": False}
