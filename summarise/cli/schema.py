"""`--schema module:Model` or `--schema file.py:Model`: the pydantic model that a command line names."""

from __future__ import annotations

import importlib
import sys
from contextlib import redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from summarise.errors import UsageError

if TYPE_CHECKING:
    from pydantic import BaseModel

_FORM = "name it as module:Model or path/to/file.py:Model"


def find_schema(named: str) -> type[BaseModel]:
    """The model, which can be asked for. Runs the module or file that has it.

    Raises UsageError where there is none, or it can't be asked for: before any model is loaded.
    """
    place, colon, name = named.rpartition(":")
    if not (place and colon and name.isidentifier()):
        raise UsageError(f"{named!r} names no schema", _FORM)
    parts = place.split(".")
    if not place.endswith(".py") and any(not part or "/" in part or "\\" in part for part in parts):
        path = "/" in place or "\\" in place
        hint = f"a file is named with its suffix: {place}.py:{name}" if path else _FORM
        raise UsageError(f"{named!r} names no schema", hint)
    with redirect_stdout(sys.stderr):  # what a module prints is no data of ours
        module = _read_file(Path(place)) if place.endswith(".py") else _import(place)
    model: Any = getattr(module, name, None)
    if model is None:
        raise UsageError(f"{place} has no {name}", _FORM)
    from summarise.schema import read_schema

    return read_schema(model).model


def found_anywhere(named: str) -> str:
    """The name of a schema as a process in any folder may be given it: a file with its whole path."""
    place, _, name = named.rpartition(":")
    return f"{Path(place).absolute()}:{name}" if place.endswith(".py") else named


def _import(name: str) -> ModuleType:
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)  # as `python -m` does: a module beside the articles is found
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:  # the module is not ours: whatever it raises is told as its own
        raise _broken(name, error) from error


def _read_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise UsageError(f"there is no file {path}", _FORM)
    folder = str(path.resolve().parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)  # as `python file.py` does
    spec = spec_from_file_location(f"summarise_schema_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # where pydantic looks for the names in its annotations
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise _broken(str(path), error) from error
    return module


def _broken(name: str, error: Exception | SystemExit) -> UsageError:
    if isinstance(error, UsageError):
        return error
    said = " ".join(str(error).split())
    return UsageError(f"can't read {name}: {type(error).__name__}: {said}", _FORM)
