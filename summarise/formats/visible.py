"""Article text made harmless for a terminal: what would control it is shown instead of sent.

White space becomes single blanks. Control characters are shown by their pictures (`␛` for escape) or their
code (`\\u202e`), and so are the invisible characters that reorder, hide or tag text. Joiners and direction
marks, which scripts need, stay; so does every visible character.
"""

from __future__ import annotations

import unicodedata

_NEEDED = "\u00ad\u200c\u200d\u200e\u200f\u061c\u2060"
"""Format characters that words are written with: soft hyphen, joiners, marks of direction."""
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def visible(text: str) -> str:
    """`text` on one line, in characters that a terminal only prints."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    return "".join(map(_shown, line))


def _shown(character: str) -> str:
    if character in _NEEDED or unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
