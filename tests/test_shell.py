"""Shell habits: variables for options, versions, help, completion, what is drawn on which terminal."""

from __future__ import annotations

import importlib.util
import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from typer.core import TyperGroup, TyperOption
from typer.main import get_command

from summarise.cli import TOOLS, articles, chosen, main, tools
from summarise.cli.chosen import ModelChoice
from summarise.lock import read_lock
from summarise.terminal import draws
from summarise.version import VERSION

Run = Callable[..., tuple[int, str, str]]
OF_ONE_CALL = {"html", "version", "output", "retry_failed", "limit", "dry_run", "coverage", "as_json"} | {
    "ray",
    "workers",
    "article",
    "schema",  # it runs code: only where it is written
    "own",
    "form",
}
"""Options that mean one call and no habit: they have no variable. A form that were a habit would change what
programs read from a pipe."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process: exit code, stdout, stderr."""

    def call(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(words)
        assert isinstance(end.value.code, int)
        return end.value.code, *capsys.readouterr()

    return call


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., ModelChoice]:
    """The model that a command line asks for."""
    article = tmp_path / "article.txt"
    article.write_text("Bakers struck in Lima.", "utf-8")

    def call(*words: str) -> ModelChoice:
        seen: list[ModelChoice] = []

        def load(choice: ModelChoice, **_: object) -> None:
            seen.append(choice)
            raise KeyboardInterrupt

        monkeypatch.setattr(chosen.ModelChoice, "load", load)
        with pytest.raises(SystemExit):
            main([*words, str(article)])
        return seen[0]

    return call


def options() -> list[TyperOption]:
    """Every option of every command, but --help."""
    commands, found = [get_command(articles.app), get_command(tools.app)], []
    for command in commands:
        commands += command.commands.values() if isinstance(command, TyperGroup) else []
        found += [option for option in command.params if isinstance(option, TyperOption)]
    return [option for option in found if option.name != "help"]


def test_every_option_that_can_be_a_habit_has_its_variable_and_help_names_it() -> None:
    found = options()
    assert {option.name for option in found} > OF_ONE_CALL
    for option in found:
        wanted = None if option.name in OF_ONE_CALL else f"SUMMARISE_{(option.name or '').upper()}"
        assert option.envvar == wanted, option.name
        assert option.show_envvar


def test_an_option_beats_its_variable_and_an_empty_variable_is_none(
    asked: Callable[..., ModelChoice], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked() == ModelChoice()
    monkeypatch.setenv("SUMMARISE_WINDOW", "100")
    monkeypatch.setenv("SUMMARISE_NO_PULL", "1")
    monkeypatch.setenv("SUMMARISE_MODEL", "")
    assert asked() == ModelChoice(window=100, pull=False)
    assert asked("--window", "200").window == 200


def test_one_variable_serves_all_commands(
    asked: Callable[..., ModelChoice], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARISE_DEVICE", "cpu")
    assert (
        asked("batch", "-o", str(tmp_path / "out.jsonl")) == asked() == ModelChoice(device=chosen.Device.CPU)
    )


def test_a_variable_that_does_not_fit_the_call_is_left_out_and_an_option_is_not(
    asked: Callable[..., ModelChoice], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"TIMEOUT": "9", "CONSTRAINT": "plain", "DEVICE": "cpu", "NO_ADAPTER": "1"}.items():
        monkeypatch.setenv(f"SUMMARISE_{name}", value)
    here, there = asked(), asked("--endpoint", "http://localhost")
    assert (here.timeout, here.constraint, here.device, here.adapter) == (None, None, "cpu", False)
    assert (there.timeout, there.constraint, there.device, there.adapter) == (9, "plain", "auto", True)
    assert asked("--timeout", "5").timeout == 5
    assert asked("--endpoint", "http://localhost", "--device", "cuda").device == "cuda"


def test_a_bad_value_names_its_variable(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARISE_WINDOW", "many")
    code, out, err = run("article.txt")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "SUMMARISE_WINDOW" in err


def test_version_tells_program_model_and_device(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARISE_MODELS", str(tmp_path))
    entry = read_lock().default
    code, out, err = run("--version")
    first, model, torch = out.splitlines()
    assert (code, err, first) == (0, "", f"summarise {VERSION}")
    assert entry.adapter is not None
    assert model == f"model {entry.name}, revision {entry.revision}, adapter {entry.adapter.id}, not pulled"
    assert torch.startswith("torch ") and ", device c" in torch
    assert "adapter none" in run("--version", "--no-adapter")[1]
    assert f"model in {tmp_path}\n" in run("--version", "--model", str(tmp_path))[1]
    assert run("--version", "--model", "nope")[0] == 2


def test_version_asks_no_server_and_never_repeats_its_address(run: Run) -> None:
    out = run("--version", "--endpoint", "http://u:secret@localhost:1", "--model", "big")[1]
    assert out == f"summarise {VERSION}\nmodel big of a server, which was not asked\n"


@pytest.mark.parametrize(
    ("constants", "words", "told"),
    [
        ("cuda = None", [], "device cpu"),
        ("cuda = '12.6'", [], "device cuda where torch finds a GPU, else cpu"),
        ("cuda = None; hip = '6.2'", [], "device cuda where torch finds a GPU, else cpu"),
        ("cuda = '12.6'", ["--device", "cpu"], "device cpu"),
        ("cuda = None", ["--device", "cuda"], "device cuda, which this build can't use"),
    ],
)
def test_the_device_is_read_beside_torch(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, constants: str, words: list[str], told: str
) -> None:
    (tmp_path / "version.py").write_text(f"__version__ = '9.9'\n{constants}\n", "utf-8")
    spec = importlib.util.spec_from_file_location("torch", tmp_path / "__init__.py")
    monkeypatch.setattr("summarise.cli.versions.find_spec", lambda _: spec)
    assert run("--version", *words)[1].splitlines()[-1] == f"torch 9.9, {told}"
    monkeypatch.setattr("summarise.cli.versions.find_spec", lambda _: None)
    assert run("--version", *words)[1].splitlines()[-1] == "torch is not installed"


def test_version_loads_no_torch() -> None:
    code = (
        "import sys\n"
        "from summarise.cli import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: print(sorted({'torch', 'transformers', 'numpy', 'httpx2'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


@pytest.mark.parametrize("words", [[], ["batch"], ["models", "pull"]])
def test_help_is_a_command_too(run: Run, words: list[str]) -> None:
    assert run("help", *words) == run(*words, "--help")
    assert run("help", *words)[0] == 0


def test_help_for_no_command_is_wrong_usage(run: Run) -> None:
    code, out, err = run("help", "nope")
    assert (code, out) == (2, "")
    assert all(tool in err for tool in TOOLS)


class Stream(io.StringIO):
    """A stream that may be a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.isatty = lambda: terminal  # type: ignore[method-assign]


def test_bars_are_drawn_on_a_terminal_that_can_draw_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert draws(Stream(True))
    assert not draws(Stream(False))
    assert not draws(None)
    monkeypatch.setenv("TERM", "dumb")
    assert not draws(Stream(True))
    monkeypatch.delenv("TERM")  # Windows
    assert draws(Stream(True))


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize("words", [["--help"], ["models", "list"], ["no-such-file"]])
def test_nothing_is_coloured_even_on_a_terminal_that_is_told_to_be(words: list[str]) -> None:
    import pty

    ours, theirs = pty.openpty()
    told = {**os.environ, "TERM": "xterm-256color", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}
    command = [sys.executable, "-m", "summarise", *words]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=told):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # how a terminal of Linux ends
            while piece := os.read(ours, 1 << 16):
                shown += piece
    os.close(ours)
    assert len(shown) > 20
    assert b"\x1b" not in shown


INTERRUPTED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background have it ignored
class Interrupting:
    def find_spec(self, name, *_):
        if name == "summarise.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from summarise.__main__ import start
start()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_before_anything_has_begun_leaves_no_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED, "--help"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-2, b"", b"")  # -SIGINT: the shell says 130


def test_an_interrupt_that_is_ignored_stays_so() -> None:
    code = (
        "import signal, summarise.cli\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "summarise.cli.main = lambda: print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)\n"
        "from summarise.__main__ import start; start()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
