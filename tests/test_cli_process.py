"""The command line as a process of its own: what it imports, locales, pipes, full disks, interrupts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from summarise.cli import main; main()"]
TEXT = "Bakers strike in Québec\n\nSome 300 bakers in Québec struck on Monday. They want 5 per cent more.\n"
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


@pytest.fixture
def article(tmp_path: Path) -> str:
    """The path of an article in UTF-8."""
    path = tmp_path / "bakers.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_help_loads_nothing_heavy_and_no_pydantic_model() -> None:
    code = (
        "import sys\n"
        "from summarise.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'transformers', 'numpy', 'llguidance', 'trafilatura', 'rich', 'summarise.api'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: summarise")
    assert done.stderr == "[]\n"


def test_an_article_that_cannot_be_used_is_said_before_torch_is_loaded() -> None:
    code = (
        "import sys\n"
        "from summarise.cli import main\n"
        "try: main(['no-such-file'])\n"
        "except SystemExit as end: print(end.code, sorted({'torch', 'summarise.api'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "3 []\n"


STUB = """
import sys, types
from summarise.summary import ArticleInfo, Coverage, Provenance, Summary
class Summariser:  # in place of the one that would load torch
    def __init__(self, *_, **__): pass
    def summarise(self, article, **_):
        none = dict.fromkeys(Coverage.model_fields, 0)
        return Summary(
            article=ArticleInfo(characters=len(article.text), sha256=article.sha256, text=article.text),
            coverage=Coverage(**none), provenance=Provenance(version="", model="", prompt=""))
sys.modules["summarise.api"] = types.SimpleNamespace(Summariser=Summariser)
from summarise.cli import main; main()
"""


def test_output_is_utf8_in_a_locale_that_is_not(article: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STUB, article], capture_output=True, env={**os.environ, **ASCII}, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["article"]["text"] == TEXT
    assert "Québec".encode() in done.stdout


def test_an_error_can_be_said_in_a_locale_that_lacks_its_letters() -> None:
    done = subprocess.run(
        [*COMMAND, "Québec.txt"], capture_output=True, env={**os.environ, **ASCII}, check=False
    )
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.startswith(b"summarise: no such file: Qu")


def test_a_closed_pipe_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run([*COMMAND, "schema"], stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_an_error_and_no_bug() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 74
    assert done.stderr.startswith("summarise: can't write the output: ")
    assert done.stderr.count("\n") == 1


def test_an_interrupt_is_quiet_and_exit_130() -> None:
    code = (
        "import os, signal, time, summarise.read\n"
        # whoever starts the tests in the background has it ignored
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def read_file(*_, **__):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "summarise.read.read_file = read_file\n"
        "from summarise.cli import main; main(['article'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
