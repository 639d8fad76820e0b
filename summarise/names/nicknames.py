"""Nicknames inside names: `Ann "Red" Roe`, `Ann (Red) Roe`.

They belong to the name as it stands, and are left out where its words are compared with others.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarise.names.tokens import Token
from summarise.names.words import head, ordinary, title
from summarise.places import is_large, is_place

MOST_WORDS = 4
_FEWEST = 3
_NONE = range(0)
_CLOSING = {'"': '"', "“": "”", "„": "“", "'": "'", "‘": "’", "«": "»", "(": ")"}


def after_nickname(tokens: Sequence[Token], last: int) -> int | None:
    """The index at which a name goes on behind a nickname that opens after `last`, or None."""
    gap = tokens[last + 1].gap if last + 2 < len(tokens) else ""
    if len(gap) != 2 or gap[0] != " " or gap[1] not in _CLOSING or tokens[last].owner or tokens[last].cut:
        return None
    for index in range(last + 1, min(last + 2 + MOST_WORDS, len(tokens))):
        token = tokens[index]
        if index > last + 1 and token.gap != " ":
            closed = token.gap == _CLOSING[gap[1]] + " "
            return index if closed and _goes_on(tokens, last, index, gap[1]) else None
        if not token.capital:
            return None
    return None


def _goes_on(tokens: Sequence[Token], last: int, index: int, mark: str) -> bool:
    """True where the words on both sides may be a person's, and a bracket holds no place or body."""
    before, after = tokens[last], tokens[index]
    if not after.opens or after.shouted or before.shouted or title(after.low) or title(before.low):
        return False
    if head(after.low) or ordinary(after.low) or before.adjective or is_large(before.text):
        return False
    if mark != "(":
        return True
    return index == last + 2 and not tokens[last + 1].shouted and not is_place(tokens[last + 1].text)


def nickname_in(tokens: Sequence[Token]) -> range:
    """The indexes of the nickname's words in the tokens of a name; empty where it has none."""
    if len(tokens) < _FEWEST or all(token.gap == " " for token in tokens[1:]):
        return _NONE
    marked = [i for i, token in enumerate(tokens) if i and len(token.gap) == 2 and token.gap.strip() != "&"]
    if len(tokens) < _FEWEST or all(token.gap == " " for token in tokens[1:]):
        return _NONE
    marked = [i for i in marked if tokens[i].gap[0] in _CLOSING.values() or tokens[i].gap[1] in _CLOSING]
    return range(marked[0], marked[1]) if len(marked) == 2 else _NONE
