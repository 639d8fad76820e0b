"""A report for a terminal, by rich: widths follow the terminal, and every character is shown.

Nothing is cut: what does not fit is wrapped, and where the terminal is too narrow for a table each entry
stands on a line of its own. Text of an article is made harmless (`visible`) and never read as rich's markup.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from summarise.formats.report import Block, Cell, Heading, Line, Quoted, Table
from summarise.formats.visible import visible

NARROWEST = 20
"""Columns that a terminal is taken to have at least."""
_EACH = 14
"""Columns that a column of a table needs."""
_STYLES = {
    "plain": "",
    "words": "",
    "for": "green",
    "against": "red",
    "faint": "dim",
    "warning": "yellow",
}
_HEADINGS = {1: "bold underline", 2: "bold cyan", 3: "bold"}


def terminal(blocks: Iterable[Block], *, width: int, colour: bool) -> str:
    """The report for a terminal of `width` columns; without `colour` there is no escape sequence in it."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=colour,
        color_system="auto" if colour else None,
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    before: Block | None = None
    for block in blocks:
        if isinstance(before, Table) and isinstance(block, Line):
            console.print()
        for part in _render(block, console.width):
            console.print(part)
        before = block
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _render(block: Block, width: int) -> Iterator[RenderableType]:
    match block:
        case Heading():
            yield Text(("\n" if block.level > 1 else "") + visible(block.text), style=_HEADINGS[block.level])
        case Quoted():
            sentence = Grid.grid(padding=(0, 1, 0, 0))
            sentence.add_row("•", Text(visible(block.text), overflow="fold"))
            yield sentence
        case Line():
            yield _text(block.pieces)
        case Table():
            yield from [_grid(block)] if width >= _EACH * len(block.header) else _list(block)


def _grid(table: Table) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim")
    for name in table.header:
        grid.add_column(name, overflow="fold", min_width=8)
    for row in table.rows:
        grid.add_row(*map(_text, row))
    return grid


def _list(table: Table) -> Iterator[RenderableType]:
    for row in table.rows:
        for place, (name, one) in enumerate(zip(table.header, row, strict=True)):
            if one:
                label = Text(f"{name}: ", style="dim") if place else Text()
                yield Padding(label + _text(one), (0, 0, 0, 2 if place else 0))


def _text(pieces: Cell) -> Text:
    """A cell as rich's text, which is printed as it is: never as markup."""
    parts = [Text(visible(piece.text), style=_STYLES[piece.sort], overflow="fold") for piece in pieces]
    return Text(" ").join(parts)
