"""Once the model is pulled, no run touches the network: not one connection or look-up is tried.

The run's process has an audit hook, which sees every attempt that goes through Python, forbids it
and writes it down; starting a program (pip, say) counts as one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contract import breaches

WATCHED = """
import os, sys
EVENTS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby", "socket.sendto",
          "socket.sendmsg", "subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "urllib.Request")
record = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def watch(event, arguments):
    if event.startswith(EVENTS):
        os.write(record, f"{event} {arguments!r}\\n".encode("utf-8", "replace"))
        raise OSError(f"forbidden in this test: {event}")
sys.addaudithook(watch)
"""
SUMMARISE = WATCHED + "from summarise.cli import main; main()"
PROXY = "http://127.0.0.1:9"  # nobody listens there: for whatever does not go through Python


def attempts(record: Path) -> list[str]:
    return record.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_the_watch_sees_and_forbids_an_attempt(deed: str, tmp_path: Path) -> None:
    record = tmp_path / "record"
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + deed, str(record)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "forbidden in this test" in done.stderr
    assert attempts(record)


@pytest.mark.model
def test_a_run_with_the_model_there_tries_no_connection(
    model_folder: Path, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert model_folder.is_dir()
    for variable in ("HF_ENDPOINT", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, PROXY)
    record, article = tmp_path / "record", articles / "short.txt"
    done = subprocess.run(
        [sys.executable, "-c", SUMMARISE, str(record), str(article)], capture_output=True, check=False
    )
    assert attempts(record) == []
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(breaches(json.loads(done.stdout), article.read_bytes().decode("utf-8"))) == []
