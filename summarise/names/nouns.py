"""Bodies and people without a capital: `police`, `local officials`, `South Korean troops`.

The nouns and the words that may stand before them come from word lists; capitalised words
right before a noun belong to it. `X government` is told apart, since it may name a country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarise.names.tokens import Token, joined
from summarise.names.words import demonyms, title, word_set
from summarise.places import country_of, is_country

MOST_BEFORE = 4
"""Words that may stand before the noun."""

_GOVERNING = {"government", "authorities"}


@dataclass(frozen=True)
class Phrase:
    """One such phrase; `country` is set where it is that country's government."""

    tokens: tuple[Token, ...]
    country: str | None = None


def read_phrases(tokens: Sequence[Token]) -> Iterator[Phrase]:
    """The phrases of one sentence, in order."""
    for index, token in enumerate(tokens):
        if not token.noun or (token.capital and not token.plain):
            continue
        first = _reach(tokens, index)
        phrase = tuple(tokens[first : index + 1])
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and joined(after, token) and after.noun:
            continue  # the noun stands before another: `police officers`
        if len(phrase) == 1 and (token.low in word_set("not_alone") or token.cut):
            continue
        yield Phrase(phrase, _country(phrase) if token.low in _GOVERNING else None)


def _reach(tokens: Sequence[Token], index: int) -> int:
    """The index of the first word that belongs to the noun at `index`."""
    first = index
    while first and index - first < MOST_BEFORE:
        before = tokens[first - 1]
        owner = before.owner and tokens[index].low in _GOVERNING and is_country(before.text)
        if not (joined(tokens[first], before) or owner) or not _belongs(before):
            break
        first -= 1
    return first


def _belongs(token: Token) -> bool:
    if token.capital and not token.plain:
        return not token.function and not title(token.low)
    return token.low in word_set("modifiers") or (token.noun and not token.owner)


def _country(phrase: Sequence[Token]) -> str | None:
    words = " ".join(token.text for token in phrase[:-1])
    return demonyms().get(words.casefold()) or (country_of(words) if is_country(words) else None)
