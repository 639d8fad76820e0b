"""Writes the made parts of README.md, CONTRIBUTING.md and docs/ anew, and the manual page.

    python tests/readme.py

A made part stands between `<!-- made: NAME -->` and `<!-- end -->`. Nothing else of the files is
touched; `test_readme` fails when a part is not what this would write.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import manual
import reference
from summarise.lock import read_lock

ROOT = Path(__file__).parent.parent
FILES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
GOLDEN = Path(__file__).parent / "golden" / "ferry.json"  # what `make demo` prints, as last reviewed
PART = re.compile(r"(<!-- made: ([\w ]+) -->\n).*?(<!-- end -->)", re.S)
WIDTH = 96  # of the demo's lines
LONGEST = 66  # characters of a string in the demo


def render(text: str) -> str:
    """`text` with every made part as it should be."""
    return PART.sub(lambda part: f"{part[1]}{make(part[2])}{part[3]}", text)


def make(name: str) -> str:
    """The lines of one made part. KeyError for a name that is none."""
    makers: dict[str, Callable[[], str]] = {
        "help": make_help,
        "batch help": lambda: make_help("batch"),
        "check help": lambda: make_help("check"),
        "view help": lambda: make_help("view"),
        "convert help": lambda: make_help("convert"),
        "diff help": lambda: make_help("diff"),
        "models": make_models,
        "demo": make_demo,
        "layers": make_layers,
        "variables": manual.make_variables,
        "reference": lambda: reference.make_reference(lay_out),
        "claims": reference.make_claims,
        "judged": reference.make_judged,
    }
    return makers[name]()


def make_help(*words: str) -> str:
    """What `summarise --help` prints on a terminal of 80 columns; words: the command whose help it is."""
    command = [sys.executable, "-c", "from summarise.cli import main; main()", *words, "--help"]
    plain = {**os.environ, "COLUMNS": "80", "LC_ALL": "C.UTF-8"}
    out = subprocess.run(command, capture_output=True, encoding="utf-8", env=plain, check=True).stdout
    return f"```text\n{out.rstrip()}\n```\n"


def make_models() -> str:
    """The models of the lock as a table."""
    lines = ["| name | download | memory | context | licence |", "|---|---|---|---|---|"]
    for entry in read_lock().models.values():
        name = f"**{entry.name}** (default)" if entry.default else entry.name
        download = f"{entry.download / 1e6:,.0f} MB" if entry.download else "unknown"
        cells = (name, download, f"{int(entry.memory) / 1e9:.1f} GB", entry.context_length, entry.licence)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def make_layers() -> str:
    """The layers of the package, top to bottom, as the contract in pyproject.toml has them."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    layers = tools["importlinter"]["contracts"][0]["layers"]
    return "```text\n" + "\n".join(layers) + "\n```\n"


def make_demo() -> str:
    """The golden output of the demo's article: of some lists the item that the model was surest of."""
    whole = json.loads(GOLDEN.read_text("utf-8"))
    data = {key: whole[key] for key in ("schema", "gist", "actors", "numbers", "stances", "coverage")}
    for items in data.values():
        if isinstance(items, list):
            items.sort(key=lambda item: -item.get("confidence", 0))
    return f"```text\n$ make demo\n{lay_out(data)}\n```\n"


def lay_out(value: Any, indent: int = 0) -> str:
    """`value` as JSON for reading: short things on one line, long strings and lists cut with `…`."""
    whole = json.dumps(shorten(value), ensure_ascii=False)
    if len(whole) + indent <= WIDTH or not isinstance(value, dict | list):
        return whole
    pad = " " * (indent + 2)
    if isinstance(value, list):
        kept = [lay_out(item, indent + 2) for item in value[:1]]
        more = [f"… {len(value) - 1} more"] if len(value) > 1 else []
        return "[\n" + ",\n".join(pad + line for line in [*kept, *more]) + f"\n{' ' * indent}]"
    rows = [f"{pad}{json.dumps(key)}: {lay_out(item, indent + 2)}" for key, item in value.items()]
    return "{\n" + ",\n".join(rows) + f"\n{' ' * indent}}}"


def shorten(value: Any) -> Any:
    """`value` with its long strings cut."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else value[: LONGEST - 1].rstrip() + "…"
    if isinstance(value, dict):
        return {key: shorten(item) for key, item in value.items()}
    return [shorten(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    for path in FILES:
        path.write_text(render(path.read_text("utf-8")), "utf-8")
    manual.PAGE.write_text(manual.make_page(), "utf-8")
