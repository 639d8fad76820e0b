"""A report as Markdown that GitHub and CommonMark read alike; text of an article can never act as markup.

Every character that could begin markup, an HTML tag, a link or an entity is escaped, so that the rendered
text is the article's, character for character (white space folded, control characters shown).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarise.formats.report import Block, Cell, Heading, Line, Piece, Quoted, Table
from summarise.formats.visible import visible

_MARKUP = re.compile(
    r"[\\`*_{}\[\]<>#~&$^]|:(?=\S)|-(?=-)|(?<=-)-|=(?==)|(?<==)=|\.(?=[^\s\d])|(?<![\d])\.(?=\d)"
)
"""What begins markup anywhere; `:` an address or a sign like `:smile:`, `.` between letters a host's name."""
_FIRST = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")
"""What begins a block at the start of a line; behind digits it is the next character."""
_MENTION = re.compile(r"@+")


def escape(text: str) -> str:
    """`text` on one line, as Markdown that renders as it and nothing else."""
    line = visible(text)
    if first := _FIRST.match(line):
        at = first.end() - (0 if first[0].isdigit() else 1)
        return _escape(line[:at]) + "\\" + line[at] + _escape(line[at + 1 :])
    return _escape(line)


def _escape(text: str) -> str:
    plain = _MARKUP.sub(lambda found: f"\\{found[0]}", text).replace("|", "&#124;")
    # an address is made a link behind all escapes by some readers, and a mention calls people; not in code
    return _MENTION.sub(lambda found: f"`{found[0]}`", plain)


def markdown(blocks: Iterable[Block]) -> str:
    """The report as Markdown, ending in a line break."""
    return "\n\n".join(map(_block, blocks)) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {escape(block.text)}"
        case Quoted():
            return f"> {escape(block.text)}"
        case Line():
            return _cell(block.pieces)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    rows = [[escape(name) for name in table.header], ["---"] * len(table.header)]
    rows += [[_cell(one) for one in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(pieces: Cell) -> str:
    return " ".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    # emphasis opens and closes at a letter or digit only, whatever stands around it
    firm = piece.sort in ("for", "against", "warning") and text[:1].isalnum()
    return f"**{text}**" if firm and text[-1:].isalnum() else text
