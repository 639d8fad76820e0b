"""Where the pages of `summarise view` go: names from what was read, and never over anything that was read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

from summarise.cli.formats import cant_write, open_text, spare_inputs
from summarise.cli.saved import STDIN
from summarise.errors import UsageError
from summarise.view import View

_LONGEST = 60


def place_page(inputs: Sequence[str], out: str | None, view: View) -> Path:
    """The file of the only page."""
    if out is None:
        return _beside(inputs).with_name(f"{_beside(inputs).name}.view.html")
    if is_folder(out):
        return Path(out) / f"{_plain(view)}.html"
    return Path(out)


def place_pages(inputs: Sequence[str], out: str | None) -> Path:
    """The folder of several pages. Raises UsageError where it can't be one."""
    folder = Path(out) if out is not None else _beside(inputs).with_name(f"{_beside(inputs).name}.view")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, and there are several pages", "name a folder with -o")
    return folder


def name_page(number: int, view: View) -> str:
    """The file of a page among others: its number, so that it is the only one, and the article's name."""
    return f"{number:05}-{_plain(view)}.html"


def is_folder(out: str) -> bool:
    """Whether `out` says that it is a folder."""
    return out.endswith("/") or Path(out).is_dir()


def write_page(path: Path, page: str, read: Collection[str]) -> None:
    """Writes `page`, whole or not at all. read: names of what was read.

    Raises UsageError and OutputError.
    """
    spare_inputs(path, read)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cant_write(path, error) from None
    with open_text(path) as write:
        write(page)


def _beside(inputs: Sequence[str]) -> Path:
    """The first input without its suffix; `summary`, here, for one without a name (standard input, `.`)."""
    first = Path(inputs[0])
    return first.with_suffix("") if first.name and inputs[0] != STDIN else Path("summary")


def _plain(view: View) -> str:
    """The article's name in letters, digits and hyphens that any system takes."""
    info = view.summary.article
    name = Path(info.id).stem if info.id else info.title or ""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST].rstrip("-") or "article"
