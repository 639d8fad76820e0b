"""Bodies and people without a capital: `police`, `South Korean troops`, `crew of the Ann Roe`.

The nouns and the words that may stand before them come from word lists; capitalised words
right before a noun belong to it. `X government` is told apart, since it may name a country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarise.names.tokens import Token, joined
from summarise.names.words import demonyms, head, title, word_set
from summarise.places import country_of, is_country

MOST_BEFORE = 4
"""Words that may stand before the noun."""

MOST_BEHIND = 6
"""Words of a name behind the noun's `of`."""
_GOVERNING = {"government", "authorities"}


@dataclass(frozen=True)
class Phrase:
    """One such phrase; its first `size` words stand before an `of`.

    `country` is set where it is that country's government.
    """

    tokens: tuple[Token, ...]
    size: int
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
        if token.low == "press" and after is not None and after.low in word_set("after_press"):
            continue
        stop = index + 1 if token.cut else _over_of(tokens, index)
        if stop > index + 1:
            yield Phrase(tuple(tokens[first:stop]), len(phrase))
        if len(phrase) == 1 and (token.low in word_set("not_alone") or token.cut):
            continue
        yield Phrase(phrase, len(phrase), _country(phrase) if token.low in _GOVERNING else None)


def _over_of(tokens: Sequence[Token], index: int) -> int:
    """Where the phrase ends that goes on over `of` behind the noun (`team of doctors`)."""
    at = index + 1
    if at + 1 >= len(tokens) or tokens[at].low != "of" or not joined(tokens[at], tokens[index]):
        return index + 1
    at += 1
    if tokens[at].low in ("the", "a", "an") and at + 1 < len(tokens) and joined(tokens[at], tokens[at - 1]):
        at += 1
    if not joined(tokens[at], tokens[at - 1]):
        return index + 1
    if tokens[at].capital:
        if tokens[index].capital and head(tokens[index].low):
            return index + 1  # a name that opens the sentence: `House of Lords`
        return _over_name(tokens, at) or index + 1
    return _over_noun(tokens, at) or index + 1


def _over_name(tokens: Sequence[Token], start: int) -> int:
    """The end of the name at `start`, with a noun behind it (`of the Roe family`); 0 for none."""
    at = start
    while (
        at < len(tokens) and at - start < MOST_BEHIND and (at == start or joined(tokens[at], tokens[at - 1]))
    ):
        if not tokens[at].capital or tokens[at].function:
            break
        at += 1
    if at == start or tokens[at - 1].owner or tokens[at - 1].cut:
        return 0
    if at < len(tokens) and tokens[at].noun and joined(tokens[at], tokens[at - 1]):
        return at + 1
    return 0 if tokens[at - 1].adjective else at


def _over_noun(tokens: Sequence[Token], start: int) -> int:
    """The end of the noun phrase at `start` (`local officials`); 0 for none."""
    for at in range(start, min(start + MOST_BEFORE, len(tokens))):
        if at > start and not joined(tokens[at], tokens[at - 1]):
            return 0
        if tokens[at].noun or tokens[at].low in word_set("complements"):
            return 0 if tokens[at].owner else at + 1
        if tokens[at].low not in word_set("modifiers"):
            return 0
    return 0


def _reach(tokens: Sequence[Token], index: int) -> int:
    """The index of the first word that belongs to the noun at `index`."""
    first = index
    while first and index - first < MOST_BEFORE:
        before = tokens[first - 1]
        owner = before.owner and tokens[index].low in _GOVERNING and is_country(before.text)
        owner = owner or (before.owner and before.opens and tokens[index].low == "office")
        owner = owner or (before.owner and before.low + "'s" in word_set("modifiers"))
        beside = not tokens[first].gap.strip("'’sS \n")
        if not (joined(tokens[first], before) or (owner and beside)):
            break
        if not _belongs(before) and not owner:
            return first - _coordinated(tokens, first)
        first -= 1
    return first


def _coordinated(tokens: Sequence[Token], first: int) -> int:
    """How many words `legal and` are, where two such words are joined before the noun, or 0."""
    if first < 2 or tokens[first - 1].low not in ("and", "or") or not _modifies(tokens[first]):
        return 0
    before = tokens[first - 2]
    together = joined(tokens[first - 1], before) and not before.noun
    return 2 if together and _modifies(before) else 0


def _modifies(token: Token) -> bool:
    return token.low in word_set("modifiers") and (token.plain or not token.capital)


def _belongs(token: Token) -> bool:
    if token.capital and not token.plain:
        return not token.function and not title(token.low)
    return token.low in word_set("modifiers") or (token.noun and not token.owner)


def _country(phrase: Sequence[Token]) -> str | None:
    first = next((i for i, token in enumerate(phrase) if token.capital), 0)
    words = " ".join(token.text for token in phrase[first:-1])
    return demonyms().get(words.casefold()) or (country_of(words) if is_country(words) else None)
