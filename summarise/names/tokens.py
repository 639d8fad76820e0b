"""Words of a sentence as the name finder sees them: bounds, possessives, hyphens, capitals.

A token's span never holds a possessive `'s`, and never more than the part of a hyphenated word
that may be a name (`Brussels` of `Brussels-based`, `Brexit` of `anti-Brexit`). Nothing here
decides what is a name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from summarise.names.words import adjective, ordinary, title, word_set

_LETTER = r"[^\W_]"
_REST = r"[^\W_]*+(?>(?:[\u0300-\u036f]++[^\W_]*+)*)"
_WORD = re.compile(
    rf"""{_LETTER}\.(?:-?{_LETTER}\.)+                     # U.S.
    | {_LETTER}{_REST} (?>(?: ['’`‑\-&.]{_LETTER}{_REST} )*)   # letters or digits, joined inside the word
      (?: \.-{_LETTER}+ )?""",
    re.VERBOSE,
)
_LONGEST = 60
"""Characters of the longest word that may be a name; longer ones are no words."""

_ARABIC = {"al", "el", "ul", "ad", "as", "an", "ar", "ash", "at", "az", "bin", "ibn", "o", "d", "l", "de"}
_TAIL = re.compile(
    r"[a-z]{2,}ed|[a-z]{3,}ing|[a-z]*(?:wide|led|born|style|bound|owned|run|era|like|long|area|made)|based|only"
)
_PEOPLE = re.compile(
    r"\w{4,}(?:makers|holders|owners|goers|keepers|workers|fighters|seekers|women|ologists|ographers)"
    r"|(?!\w*(?:black|check|play|short|wait|white|hit|set)lists)\w{4,}[^s]ists|\w+-(?:goers|owners|workers)"
)
"""Nouns for people by their endings, besides the listed ones."""
_LINKS = {"a", "an", "the", "of", "for", "to", "on", "in", "at", "with", "upon", "against", "and", "or"}
"""Small words that may stand inside a name or a noun phrase."""
_new = tuple.__new__
"""Makes a named tuple a third faster than its own constructor."""
_OPENING = re.compile(r"[\"“„«‘'(\[:—–•*\n!?…]|\.\.\.")


class Token(NamedTuple):
    """One word, and what it says by itself.

    text: the characters of [start, end), without possessive or hyphen tail.
    gap: what stands between the word before and this one, in the sentence.
    owner: a possessive follows. first: the word opens a sentence, a quotation or a bracket.
    cut: something of the word was left off after `end`, so that no name goes on behind it.
    plain: the capital may be due to the sentence alone.
    low: in lower case. capital: it is written as names are, a capital first, or second as in `iPhone`.
    shouted: `NATO` and `U.S.`: two letters or more, all capitals.
    function: an article, a pronoun, a weekday, a month and their like.
    adjective: `Russian`, `Catholic`. opens: a name may begin with it. noun: it may be a body without a
    capital (`police`).
    """

    text: str
    start: int
    end: int
    gap: str
    owner: bool
    first: bool
    cut: bool
    plain: bool
    low: str
    capital: bool
    shouted: bool
    function: bool
    adjective: bool
    opens: bool
    noun: bool


_Look = tuple[str, bool, bool, bool, bool, bool, bool]
"""The last seven of a token's fields."""
_Part = tuple[str, int, bool, bool, bool, _Look]
"""text, characters skipped before it, owner, cut, whether it is plain where it opens a sentence, look."""


def token_of(text: str, start: int) -> Token:
    """The token of a word in the middle of a sentence."""
    return Token(text, start, start + len(text), "", False, False, False, False, *_look(text))


def _look(text: str) -> _Look:
    low = text.casefold()
    shouted = text.isupper() and sum(c.isalpha() for c in text) > 1
    function = not shouted and low.split("'")[0].split("’")[0] in word_set("function")
    capital = _capital(text)
    opens = capital and not function and len(text) < _LONGEST
    return (
        low,
        capital,
        shouted,
        function,
        adjective(low),
        opens,
        low in word_set("people") or _PEOPLE.fullmatch(low) is not None,
    )


def _is_usual(text: str) -> bool:
    """Whether a word's capital says nothing where it opens a sentence."""
    return ordinary(text.casefold()) or ("-" in text and _compound(text))


def _capital(text: str) -> bool:
    if text[0].isupper() or text[0].istitle():
        return True
    if text[0].isdigit():
        return any(c.isupper() for c in text) and any(c.isdigit() for c in text) and len(text) > 2
    if not text[0].isascii() and text[0].isalpha() and not text[0].islower():
        return True  # a script without capitals
    if text[:2] in ("d'", "d’") and text[2:3].isupper():
        return True  # `d'Orsay`
    return (text[1:2].isupper() and text[0].islower()) or _arabic(text)


def _compound(text: str) -> bool:
    return all((part.islower() and ordinary(part)) or (part.istitle() and ordinary(part.casefold()))
               for part in text.split("-"))  # fmt: skip


def read_tokens(text: str, start: int, end: int, sparse: bool = False) -> list[Token]:
    """The words of text[start:end], in order.

    sparse: without the small words that no name and no noun phrase has; they are then part of the
    gap before the next word, which therefore goes on no name (see `joined`).
    """
    tokens = []
    before = behind = start
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if sparse and _dull(word):
            behind = match.end()
            continue
        at, after = match.span()
        gap = text[behind:at]
        first = behind == start or (gap != " " and _OPENING.search(gap) is not None)
        if before != behind:
            gap = text[before:at]
        before = behind = after
        if after - at > _LONGEST:
            continue
        word, skipped, owner, cut, usual, look = _part(word)
        if not owner and text[after : after + 1] in ("'", "’") and text[after - 1] in "sSxz":
            owner = text[after + 1 : after + 2] in (" ", "\n", "")
        if skipped:
            at, first = at + skipped, False
        fields = (word, at, at + len(word), gap, owner, first, cut, first and usual, *look)
        tokens.append(_new(Token, fields))
    return tokens


@lru_cache(maxsize=32768)
def _dull(word: str) -> bool:
    """True for a small word that is in no list of words which names or noun phrases may have."""
    return (
        word.isascii() and word.isalpha() and word.islower() and word not in _kept() and not _look(word)[-1]
    )


@cache
def _kept() -> frozenset[str]:
    lists = ("particles", "modifiers", "portfolios", "abbreviations", "complements", "after_press")
    return frozenset(_LINKS.union(*map(word_set, lists)))


def joined(token: Token, before: Token) -> bool:
    """True where `token` may go on the name that `before` is part of: only blanks between."""
    if before.owner or before.cut or len(token.gap) > 8 or "\n\n" in token.gap:
        return False
    gap = token.gap.strip()
    if gap == "":
        return token.gap != ""
    initial = len(before.text) == 1 and before.text.isupper()
    return gap == "." and (initial or before.low in word_set("abbreviations"))


def _arabic(text: str) -> bool:
    head, _, tail = text.partition("-")
    return head in _ARABIC and tail[:1].isupper()


def _possessed(word: str) -> bool:
    """True for `McDonald's`, whose possessive belongs to the name."""
    return word[0].isupper() and word.casefold().replace("’", "'") in word_set("possessed")


@lru_cache(maxsize=32768)
def _part(word: str) -> _Part:
    """The part of a word that may be a name, and all that the word alone says of it."""
    skipped, owner, cut = 0, False, False
    if word[-2:] in ("'s", "’s", "'S", "’S") and len(word) > 2 and not _possessed(word):
        word, owner = word[:-2], True
    head, dash, tail = word.partition("-")
    if dash and head[:1].islower() and tail[:1].isupper() and head not in _ARABIC:
        word, skipped = tail, len(head) + 1
    head, dash, tail = word.rpartition("-")
    if dash and head[:1].isupper() and (_TAIL.fullmatch(tail) or (tail.islower() and title(tail))):
        word, cut = head, True
    look = _look(word)
    return word, skipped, owner, cut, not look[2] and _is_usual(word), look
