"""The wheel is whole: built, installed into an empty environment and run from another folder.

The new environment sees the packages of the running one behind its own, so that only `summarise`
itself comes from the wheel and nothing is downloaded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from contract import breaches
from summarise.version import VERSION

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built as `python -m build` builds it."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the programs of an environment that has nothing but the wheel."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / Path(sys.executable).with_stem("python").name
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*command, "--no-deps", "--no-index", "--find-links", "", str(wheel)], check=True)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    # a line of a .pth is a folder behind the environment's own; the .pth files in it have no effect,
    # so an editable install of this checkout does not come with it
    Path(own.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return programs


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another folder than the checkout's, and no way back by PYTHONPATH."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return tmp_path


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_package_and_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    source = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "summarise").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"summarise/py.typed", "summarise/names/words/ordinary.txt", "summarise/cli/__init__.py"} <= source
    assert {f"summarise/view/templates/page.{kind}" for kind in ("html", "css", "js")} <= source
    prompts = {f"summarise/prompts/{path.name}" for path in (ROOT / "prompts").iterdir()}
    assert "summarise/prompts/news-1.toml" in prompts
    wanted = source | prompts | {"summarise/models.lock"}
    assert wanted <= names
    rest = names - wanted
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in rest)
    manual = {name for name in rest if name.endswith(".data/data/share/man/man1/summarise.1")}
    assert len(manual) == 1
    assert all(".dist-info/" in name for name in rest - manual), "nothing else lies in the wheel"


def test_the_data_in_the_wheel_are_those_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("summarise/models.lock") == (ROOT / "models.lock").read_bytes()
        for path in (ROOT / "prompts").iterdir():
            assert archive.read(f"summarise/prompts/{path.name}") == path.read_bytes()


def test_the_installed_package_is_the_wheels_and_no_checkout(installed: Path, elsewhere: Path) -> None:
    out = run(installed / "python", "-c", "import summarise; print(summarise.__file__)")
    assert Path(out.strip()).is_relative_to(installed.parent)


def test_the_installed_commands_run_from_another_folder(installed: Path, elsewhere: Path) -> None:
    program = installed / "summarise"
    assert run(program, "--version").startswith(f"summarise {VERSION}\nmodel ")
    assert json.loads(run(program, "schema"))["title"] == "Summary"
    rows = json.loads(run(program, "models", "list", "--json"))
    assert [row["name"] for row in rows if row["default"]] == ["smollm2-135m"]
    code = "from summarise.prompt import read_prompt; print(len(read_prompt().examples))"
    assert int(run(installed / "python", "-c", code)) >= 1


@pytest.mark.model
def test_the_installed_command_summarises_an_article(
    installed: Path, elsewhere: Path, articles: Path, model_folder: Path
) -> None:
    assert model_folder.is_dir()
    summary = json.loads(run(installed / "summarise", "--no-pull", articles / "short.txt"))
    assert list(breaches(summary, (articles / "short.txt").read_bytes().decode("utf-8"))) == []
    assert summary["gist"]
    assert summary["coverage"]["complete"]
    assert summary["provenance"]["version"] == VERSION
