"""Lines that say nothing with their capitals: headlines in Title Case, lines in ALL CAPITALS.

There only forms that the rest of the article has are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from summarise.names.tokens import Token
from summarise.names.words import word_set

MOST_WORDS = 8


def capitals_say_nothing(tokens: Sequence[Token], title: bool) -> bool:
    """True for a title line in Title Case and for any line of four words or more in capitals."""
    words = [t for t in tokens[1:] if (len(t.text) > 3 or t.shouted) and t.text.isalpha()]
    if len(words) < 3:
        return False
    if all(token.text.isupper() for token in words):
        return True
    words = [token for token in words if title and token.low not in word_set("function")]
    return title and sum(token.capital for token in words) > 0.8 * len(words)


def known_forms(tokens: Sequence[Token], known: Set[str]) -> Iterator[tuple[Token, ...]]:
    """The longest stretches of words, from left to right, whose form is in `known` (see `form_of`)."""
    index = 0
    while index < len(tokens):
        for size in range(min(MOST_WORDS, len(tokens) - index), 0, -1):
            stretch = tuple(tokens[index : index + size])
            if stretch[0].capital and form_of(stretch).casefold() in known:
                yield stretch
                index += size
                break
        else:
            index += 1


def form_of(tokens: Sequence[Token]) -> str:
    """The words with one blank between them."""
    return " ".join(token.text for token in tokens)
