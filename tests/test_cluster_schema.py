"""Fields of one's own on a Ray cluster: the schema goes to the workers by its name, the reports come back.

The cluster is a real one on this machine; the model is a server's that knows what to say.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import BaseModel

from batches import lines_of, write_jsonl
from cluster_fakes import Loads
from commands import Run, runner
from model_server import ModelServer, serve
from reports import report_breaches
from summarise import ModelError, UsageError
from summarise.cli.chosen import ModelChoice
from summarise.cli.schema import find_schema
from summarise.fields import Entry, Words

pytest.importorskip("ray", reason="Ray is not installed: pip install 'summarise[ray]'")

from ray.cluster_utils import Cluster as LocalNodes

from summarise.batch.cluster import Cluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Ray's own sockets and logs
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:ray"),
    pytest.mark.filterwarnings("ignore:.*:FutureWarning:ray"),
]

SCHEMA = '''
from enum import Enum
from pydantic import BaseModel
from summarise.fields import Entry, Quantity, Words

class Way(Enum):
    UP = "up"
    DOWN = "down"

class Change(Entry):
    """What changed."""
    what: Words
    amount: Quantity
    way: Way

class Changes(BaseModel):
    changes: list[Change]
'''
TEXTS = [f"Sales rose {n} per cent in May. Nobody knows why." for n in range(2, 8)]


def tell(family: str, question: str) -> str:
    """What there is to say of one of TEXTS."""
    found = re.search(r"\[(\d+)\] Sales rose (\d+ per cent)", question)
    assert found
    item = {"sentence": int(found[1]), "what": "Sales", "amount": found[2], "way": "up"}
    return json.dumps({family: [item]})


@pytest.fixture(scope="module")
def nodes() -> Iterator[LocalNodes]:
    """A cluster of one node, whose processes find this package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        folder = Path(__file__).parent
        patch.setenv("PYTHONPATH", os.pathsep.join(map(str, (folder, folder.parent))))
        nodes = LocalNodes(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
        yield nodes
        nodes.shutdown()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serve() as running:
        running.tells = tell
        yield running


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line in this process: exit code, stdout, stderr."""
    return runner(capfdbinary)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder with a schema, which no node was started in; its module is not left behind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "travels.py").write_text(SCHEMA, "utf-8")
    yield
    for name in ("travels", "summarise_schema_travels"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("named", ["travels:Changes", "travels.py:Changes"])
def test_a_cluster_writes_the_reports_that_one_process_writes(
    named: str, nodes: LocalNodes, server: ModelServer, run: Run, tmp_path: Path
) -> None:
    records = [{"id": str(n), "text": text} for n, text in enumerate(TEXTS)]
    source = write_jsonl(tmp_path / "in.jsonl", records)
    words = ["batch", source, "--endpoint", server.url, "--model", "tiny", "--schema", named, "--with-text"]
    for out, where in (("near", ()), ("far", ("--ray", nodes.address, "--workers", "2"))):
        code, told, notes = run(*words, "-o", f"{out}.jsonl", *where)
        assert (code, told) == (0, ""), notes
        assert "summarise: 6 inputs: 6 summarised, 0 failed\n" in notes
    assert (tmp_path / "far.jsonl").read_bytes() == (tmp_path / "near.jsonl").read_bytes()
    for report, text in zip(lines_of(tmp_path / "far.jsonl"), TEXTS, strict=True):
        assert list(report_breaches(report, text, {"way": ["up", "down"]})) == []
        assert len(report["found"]["changes"]) == 1


def test_a_worker_that_reads_another_schema_under_the_name_is_refused(
    nodes: LocalNodes, server: ModelServer, tmp_path: Path
) -> None:
    path = tmp_path / "travels.py"
    schema = find_schema(f"{path}:Changes")
    path.write_text(SCHEMA.replace("What changed.", "What did not change."), "utf-8")
    load = ModelChoice(endpoint=server.url, schema_name=f"{path}:Changes").for_others()
    for own in (schema, None):
        with (
            closing(Cluster(load, nodes.address, schema=own)) as cluster,
            pytest.raises(ModelError, match="a worker has another schema"),
        ):
            cluster.fingerprint()


def test_a_node_without_the_file_is_told_by_name(
    nodes: LocalNodes, server: ModelServer, tmp_path: Path
) -> None:
    path = tmp_path / "travels.py"
    schema = find_schema(f"{path}:Changes")
    path.unlink()
    load = ModelChoice(endpoint=server.url, schema_name=f"{path}:Changes").for_others()
    with (
        closing(Cluster(load, nodes.address, schema=schema)) as cluster,
        pytest.raises(UsageError, match=f"on {os.uname().nodename}: there is no file {path}"),
    ):
        cluster.fingerprint()


def test_a_schema_that_stands_in_no_module_is_refused_before_a_cluster_is_asked(tmp_path: Path) -> None:
    class Change(Entry):
        what: Words

    class Changes(BaseModel):
        changes: list[Change]

    with pytest.raises(UsageError, match="no worker of a cluster could find Changes"):
        Cluster(Loads(tmp_path), "127.0.0.1:1", schema=Changes)
