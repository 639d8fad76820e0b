"""Batches on a Ray cluster: real ones on this machine, whose workers and nodes are killed.

What summarises is quick and scripted, but for one test with the real model.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from batches import ids_of, lines_of, write_jsonl
from cluster_fakes import Loads
from summarise import BatchOptions, ModelError, UsageError, write_batch
from summarise.article import Article
from summarise.cli import main

pytest.importorskip("ray", reason="Ray is not installed: pip install 'summarise[ray]'")

from ray.cluster_utils import Cluster as LocalNodes

from summarise.batch.cluster import Cluster
from summarise.batch.worker import MOST_DEATHS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Ray's own sockets and logs
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:ray"),
    pytest.mark.filterwarnings("ignore:.*:FutureWarning:ray"),
]

TESTS = Path(__file__).parent
ARTICLES = 24
PATIENCE = 120.0  # seconds


@pytest.fixture(scope="module")
def nodes() -> Iterator[LocalNodes]:
    """A head that has no CPU to give and two nodes of one each, as processes of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("PYTHONPATH", os.pathsep.join(map(str, (TESTS, TESTS.parent))))
        nodes = LocalNodes(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
        for _ in range(2):
            nodes.add_node(num_cpus=1)
        yield nodes
        nodes.shutdown()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    records = [{"id": f"n{n}", "text": f"Mayor {n} went to Lima."} for n in range(ARTICLES)]
    records[3]["text"] = ""
    records[9]["id"] = "n2"
    records[12]["text"] = "They refuse."
    return write_jsonl(tmp_path / "in.jsonl", records)


GOOD = [f"n{n}" for n in range(ARTICLES) if n not in (3, 9, 12)]


def traces(folder: Path) -> dict[str, set[int]]:
    """The processes that began each article."""
    found: dict[str, set[int]] = {}
    for path in folder.iterdir():
        found.setdefault(path.stem, set()).add(int(path.suffix[1:]))
    return found


def once(true: Callable[[], bool], then: Callable[[], object]) -> threading.Thread:
    """Does `then` as soon as `true` says so."""

    def wait() -> None:
        end = time.monotonic() + PATIENCE
        while not true() and time.monotonic() < end:
            time.sleep(0.02)
        then()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def run(nodes: LocalNodes, load: Loads, source: Path, out: Path, **options: Any) -> Any:
    load.folder.mkdir(exist_ok=True)
    with closing(Cluster(load, nodes.address, workers=2)) as cluster:
        return write_batch(cluster, source, out, BatchOptions(**options))


def test_a_cluster_writes_what_one_process_writes(nodes: LocalNodes, source: Path, tmp_path: Path) -> None:
    load = Loads(tmp_path / "traces", seconds=0.1)
    shown: list[tuple[float, float]] = []
    counts = run(
        nodes,
        load,
        source,
        tmp_path / "far.jsonl",
        rows=2,
        show=lambda counts, share: shown.append((share, counts.ended / ARTICLES)),
    )
    assert all(share == pytest.approx(ended, abs=0.1) for share, ended in shown), "all are read at once"
    assert len({share for share, _ in shown}) > len(GOOD) / 2
    assert (counts.summarised, counts.failed, counts.inputs) == (len(GOOD), 3, ARTICLES)
    near = write_batch(Loads(tmp_path / "traces")(), source, tmp_path / "near.jsonl")
    assert near.summarised == counts.summarised
    for suffix in ("", ".failed.jsonl"):
        paths = [tmp_path / f"{name}.jsonl{suffix}" for name in ("far", "near")]
        assert paths[0].read_bytes() == paths[1].read_bytes() != b""
    workers = set.union(*traces(load.folder).values()) - {os.getpid()}
    assert len(workers) == 2


def test_a_worker_that_is_killed_loses_nothing(nodes: LocalNodes, source: Path, tmp_path: Path) -> None:
    load = Loads(tmp_path / "traces", seconds=0.3)
    load.folder.mkdir()
    killed: list[int] = []

    def kill() -> None:
        killed.extend(sorted(set.union(*traces(load.folder).values()))[:1])
        os.kill(killed[0], signal.SIGKILL)

    thread = once(lambda: len(traces(load.folder)) >= 6, kill)
    counts = run(nodes, load, source, tmp_path / "out.jsonl", rows=2)
    thread.join()
    assert ids_of(tmp_path / "out.jsonl") == GOOD
    assert (counts.summarised, counts.failed, counts.inputs) == (len(GOOD), 3, ARTICLES)
    workers = set.union(*traces(load.folder).values())
    assert killed[0] in workers
    assert len(workers) == 3, "another worker has to take the place of the killed one"


def test_an_article_that_kills_its_workers_fails_alone(nodes: LocalNodes, tmp_path: Path) -> None:
    records = [{"id": f"n{n}", "text": f"Mayor {n} went to Lima."} for n in range(6)]
    records[2]["text"] = "This is poison."
    load = Loads(tmp_path / "traces")
    source = write_jsonl(tmp_path / "in.jsonl", records)
    counts = run(nodes, load, source, tmp_path / "out.jsonl", rows=3)
    assert (counts.summarised, counts.failed) == (5, 1)
    assert ids_of(tmp_path / "out.jsonl") == ["n0", "n1", "n3", "n4", "n5"]
    (failure,) = lines_of(tmp_path / "out.jsonl.failed.jsonl")
    assert failure["id"] == "n2"
    assert failure["error"] == f"{MOST_DEATHS} workers died over it"
    assert len(traces(load.folder)["n2"]) == MOST_DEATHS


def test_a_batch_goes_on_where_another_left_it(nodes: LocalNodes, source: Path, tmp_path: Path) -> None:
    load = Loads(tmp_path / "traces")
    assert run(nodes, load, source, tmp_path / "out.jsonl", limit=5).summarised == 5
    counts = run(nodes, load, source, tmp_path / "out.jsonl")
    assert (counts.summarised, counts.earlier) == (len(GOOD) - 5, 5)
    assert ids_of(tmp_path / "out.jsonl") == GOOD


@pytest.mark.parametrize(
    ("load", "text", "told"),
    [
        ({"lacks": True}, "Ana went.", "the model is not here"),
        ({"breaks": True}, "Ana went.", "the cluster fails: ImportError: no module of that name; look"),
        ({"alike": False}, "Ana went.", "would write other summaries"),
        ({}, "The model is gone.", "the server is gone"),
    ],
)
def test_what_concerns_all_articles_ends_the_run(
    nodes: LocalNodes, tmp_path: Path, load: dict[str, Any], text: str, told: str
) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": text}] * 2)
    with pytest.raises(ModelError, match=told):
        run(nodes, Loads(tmp_path / "traces", **load), source, tmp_path / "out.jsonl")


def test_what_breaks_the_inputs_is_raised_when_those_before_have_ended(
    nodes: LocalNodes, tmp_path: Path
) -> None:
    def articles() -> Iterator[Article]:
        yield Article("Ana went.", id="n0")
        raise OSError("the disk is gone")

    told = []
    with closing(Cluster(Loads(tmp_path), nodes.address)) as cluster:
        with pytest.raises(OSError, match="the disk is gone"):
            told.extend(cluster.stream(articles()))
        assert cluster.workers == 2, "one on each node of one CPU"
    assert [outcome.article.id for outcome in told] == ["n0"]


def test_one_cluster_summarises_with_and_without_the_text(nodes: LocalNodes, tmp_path: Path) -> None:
    with closing(Cluster(Loads(tmp_path), nodes.address)) as cluster:
        for told, asked in ((True, False), (False, True)):
            assert cluster.fingerprint(with_text=told)["with_text"] is told
            (outcome,) = cluster.stream([Article("Ana went.", id="n0")], with_text=asked)
            assert (outcome.summary.article.text is not None) is asked


def test_a_cluster_that_is_too_small_is_refused(nodes: LocalNodes, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has 2 CPUs, too few for 3 workers"):
        Cluster(Loads(tmp_path), nodes.address, workers=3)


def test_a_cluster_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no Ray cluster at"):
        Cluster(Loads(tmp_path), "127.0.0.1:1")


def test_a_node_that_is_lost_loses_nothing(nodes: LocalNodes, source: Path, tmp_path: Path) -> None:
    """The last with these nodes: one of them is gone after it, in the middle of the run."""
    load = Loads(tmp_path / "traces", seconds=0.3)
    load.folder.mkdir()
    lost = nodes.add_node(num_cpus=1)

    def lose() -> None:
        nodes.remove_node(lost, allow_graceful=False)

    thread = once(lambda: len(traces(load.folder)) >= 8, lose)
    with closing(Cluster(load, nodes.address, workers=3)) as cluster:
        counts = write_batch(cluster, source, tmp_path / "out.jsonl")
    thread.join()
    assert ids_of(tmp_path / "out.jsonl") == GOOD
    assert (counts.summarised, counts.failed, counts.inputs) == (len(GOOD), 3, ARTICLES)


def test_without_ray_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "summarise.batch.cluster")
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": "Ana went."}])
    with pytest.raises(SystemExit) as end:
        main(["batch", str(source), "-o", str(tmp_path / "out.jsonl"), "--ray", "local"])
    assert end.value.code == 2
    assert "pip install 'summarise[ray]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--workers", "2"], "--ray"), (["--ray", "local", "--dry-run"], "--dry-run measures this machine")],
)
def test_options_that_say_nothing_together_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [{"text": "Ana went."}])
    with pytest.raises(SystemExit) as end:
        main(["batch", str(source), "-o", str(tmp_path / "out.jsonl"), *words])
    assert end.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.model
def test_the_real_model_says_the_same_on_a_cluster(
    model_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert model_folder.is_dir()
    texts = ["Mayor Ana Roca went to Lima on Friday with 14 aides.", "Storms killed 3 people in Norway."]
    source = write_jsonl(tmp_path / "in.jsonl", [{"id": str(n), "text": t} for n, t in enumerate(texts)])
    outs = [tmp_path / f"{name}.jsonl" for name in ("near", "far")]
    words = ["batch", str(source), "--rows", "1", "--no-pull", "-o"]
    for out, where in zip(outs, ([], ["--ray", "local", "--workers", "1"]), strict=True):
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            main([*words, str(out), *where])
        assert end.value.code == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    told, notes = capfd.readouterr()
    assert told == ""
    ours = [line for line in notes.splitlines() if "core_worker" not in line]  # Ray of its own store
    assert ours == ["summarise: 2 inputs: 2 summarised, 0 failed"]
