"""Any text as HTML that shows it and does nothing else: no markup, no script, no turned-around lines.

What HTML has no way to hold is shown by a sign of the same length, one code point for one, so that offsets
stay true: control characters by their pictures (U+2400 and on), half characters (lone surrogates) by U+FFFD.
A control character that changes the direction of the text is shut in an element of its own, where it can't
reach its neighbours, and is labelled there. Marks that belong to a right-to-left script stay as they are.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_DIRECTIONS = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
"""The short names that Unicode gives to embeddings, overrides and isolates."""

_UNSHOWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_DIRECTION = re.compile(f"([{''.join(_DIRECTIONS)}])")


def show_text(text: str) -> Markup:
    """`text` as the content of an element: the browser's `textContent` of it is `show_signs(text)`."""
    parts = _DIRECTION.split(show_signs(text))
    shown = [_isolated(part) if part in _DIRECTIONS else _escaped(part) for part in parts]
    return Markup("").join(shown)


def show_plain(text: str) -> str:
    """`text` for a place that can hold no element (a page's title): directions as U+FFFD. Not yet escaped."""
    return _DIRECTION.sub("\ufffd", show_signs(text))


def show_signs(text: str) -> str:
    """`text` with a sign for each character that HTML can't hold; as long as before, in code points."""
    return _UNSHOWN.sub(lambda found: _sign(found[0]), text)


def _sign(character: str) -> str:
    code = ord(character)
    return "\ufffd" if code >= 0xD800 else "\u2421" if code == 0x7F else chr(0x2400 + code)


def _escaped(text: str) -> Markup:
    # a parser of HTML takes a bare carriage return for a line feed, and an article's offsets count both
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def _isolated(direction: str) -> Markup:
    name = _DIRECTIONS[direction]
    return Markup(f'<span class="direction" data-name="{name}">{direction}</span>')
