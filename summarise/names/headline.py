"""Lines that say nothing with their capitals: headlines in Title Case, lines in ALL CAPITALS.

There only forms that the rest of the article has are found, and places. An article that is all in
capitals has no rest: `recased` gives its words the capitals of other articles, as far as the list of
ordinary words knows: a word that is not in it, nor an inflected form of one that is, is taken for a name's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache

from summarise.names.tokens import Token, token_of
from summarise.names.words import ordinary, same_names, title, word_set
from summarise.places import is_country, is_large, is_place

MOST_WORDS = 8
_MOST_PLACE = 4
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers", "'s", "n't")


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
    """The longest stretches of words, from left to right, that are in `known` or a place (see `form_of`)."""
    shouted = all(token.shouted for token in tokens if len(token.text) > 1)
    index = 0
    while index < len(tokens):
        for size in range(min(MOST_WORDS, len(tokens) - index), 0, -1):
            stretch = tuple(tokens[index : index + size])
            if stretch[0].capital and (form_of(stretch).casefold() in known or _place(stretch, shouted)):
                yield stretch
                index += size
                break
        else:
            index += 1


def _place(stretch: Sequence[Token], shouted: bool) -> bool:
    """A country or region; in a line of capitals any place that is no ordinary word."""
    if len(stretch) > _MOST_PLACE or any(token.function for token in stretch) or not stretch[-1].capital:
        return False
    words = form_of(stretch)
    if not shouted:
        return is_country(words) and not ordinary(words.casefold())
    plain = all(ordinary(token.low) or token.low in word_set("function") for token in stretch)
    return (
        words.casefold() in _listed()
        or (is_place(words) and not plain)
        or (is_large(words) and len(stretch) > 1)
    )


@cache
def _listed() -> frozenset[str]:
    """Names of bodies that are known anywhere, of several words."""
    return frozenset(name.casefold() for names in same_names() for name in names if " " in name)


def form_of(tokens: Sequence[Token]) -> str:
    """The words with one blank between them."""
    return " ".join(token.text for token in tokens)


def recased(tokens: Iterable[Token]) -> list[Token]:
    """The tokens of a line in capitals, with the capitals that they would have in another line."""
    return [_recased(token) for token in tokens]


def _recased(token: Token) -> Token:
    if not token.text.isupper() or "." in token.text:
        return token
    usual = token.low in word_set("function") or (_usual(token.low) and not title(token.low))
    text = token.low if usual else token.text.title() if token.low != "us" else token.text
    if len(text) != len(token.text) or text == token.text:
        return token
    new = token_of(text, token.start)
    return new._replace(gap=token.gap, owner=token.owner, cut=token.cut, first=token.first)


def _usual(low: str) -> bool:
    if ordinary(low):
        return True
    stems = (low.removesuffix(ending) for ending in _ENDINGS if low.endswith(ending))
    return any(
        ordinary(stem) or ordinary(stem + "e") or ordinary(stem[:-1]) for stem in stems if len(stem) > 2
    )
