"""`summarise models`: which models there are, pulling them, checking them, where they lie.

Data goes to stdout, notes to stderr. It imports neither torch nor transformers.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from summarise import store
from summarise.cli.options import Quiet, model_names
from summarise.cli.stdout import write_out
from summarise.errors import ModelError
from summarise.lock import HubSource, Lock, ModelEntry, read_lock

app = typer.Typer(no_args_is_help=True, help="List, pull and check the language models.")

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, autocompletion=model_names)]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", show_default=False, autocompletion=model_names),
]


def _note(message: str) -> None:
    typer.echo(message, err=True)


def _silent(message: str) -> None:
    pass


@app.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array instead of a table.")] = False,
) -> None:
    """Show every model of models.lock; * marks the default."""
    rows = [_row(entry) for entry in read_lock().models.values()]
    if as_json:
        write_out(f"{json.dumps(rows, ensure_ascii=False, indent=1)}\n")
        return
    table = [("", "NAME", "PULLED", "DOWNLOAD", "MEMORY", "CONTEXT", "LICENCE"), *map(_cells, rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        write_out("  ".join(cells).rstrip() + "\n")


@app.command("pull")
def pull_models(names: Names = None, quiet: Quiet = False) -> None:
    """Fetch models and print their folders; the default when none is named."""
    lock = read_lock()
    for entry in [lock.get(name) for name in names or ["default"]]:
        folder = store.pull(entry, show=_silent if quiet else _note, progress=False if quiet else None)
        write_out(f"{folder}\n")


@app.command("verify")
def verify_models(names: Names = None) -> None:
    """Hold models against their hashes; all that are there when none is named.

    Exit code 4 where one is not sound, and where there is none: nothing was verified.
    """
    lock = read_lock()
    entries = [lock.get(name) for name in names] if names else _present(lock)
    if not entries:
        raise ModelError("no model is pulled", "run `summarise models pull`")
    broken = False
    for entry in entries:
        faults = store.verify(entry)
        broken = broken or bool(faults)
        for line in faults or ["sound"]:
            write_out(f"{entry.name}: {line}\n")
    if broken:
        raise typer.Exit(ModelError.exit_code)


@app.command("path")
def path_of_model(name: Name = "default") -> None:
    """Print the folder of a pulled model."""
    entry = read_lock().get(name)
    folder = store.model_path(entry)
    if folder is None:
        raise ModelError(f"{entry.name} is not pulled", f"run `summarise models pull {entry.name}`")
    write_out(f"{folder}\n")


def _present(lock: Lock) -> list[ModelEntry]:
    return [entry for entry in lock.models.values() if store.place_of(entry).exists()]


def _row(entry: ModelEntry) -> dict[str, Any]:
    source = entry.source
    folder = store.model_path(entry)
    return {
        "name": entry.name,
        "default": entry.default,
        "path": str(folder) if folder else None,
        "source": source.repository if isinstance(source, HubSource) else source.package,
        "revision": entry.revision,
        "family": entry.family,
        "licence": entry.licence,
        "context_length": entry.context_length,
        "window": entry.window,
        "download": entry.download,
        "memory": int(entry.memory),
    }


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        "*" if row["default"] else "",
        row["name"],
        "yes" if row["path"] else "no",
        _size(row["download"]),
        _size(row["memory"]),
        str(row["context_length"]),
        row["licence"],
    )


def _size(count: int | None) -> str:
    if count is None:
        return "unknown"
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
