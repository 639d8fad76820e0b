"""Forms: the distinct ways in which names are written in one article, before they are grouped.

Two occurrences have the same form when they differ in accents, kinds of apostrophe and blanks
only; a noun phrase at a sentence's start (`Local officials`) has the form of the one inside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from summarise.article import Span
from summarise.names.nicknames import nickname_in
from summarise.names.tokens import Token

_SAME = str.maketrans({"’": "'", "`": "'", "‑": "-", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d"})


@dataclass(slots=True)
class Form:
    """One form: its words (folded), where it stands, and what kind it is.

    noun: it came from a noun without capital. country: the code of the country whose government
    it names. size: how many of a noun phrase's words stand before
    its `of`. royal: it begins with a title that stays (`Queen`).
    """

    words: tuple[str, ...]
    spans: list[Span] = field(default_factory=list)
    noun: bool = False
    country: str | None = None
    royal: bool = False
    size: int = 0
    key: str = field(init=False)
    """The words with one blank between them."""

    def __post_init__(self) -> None:
        self.key = " ".join(self.words)


def words_of(tokens: Sequence[Token], noun: bool = False) -> tuple[str, ...]:
    """The folded words of a name; possessives inside it stay (`People's`)."""
    nickname = nickname_in(tokens)
    if nickname:
        tokens = [token for i, token in enumerate(tokens) if i not in nickname]
    words = [fold(token.text) + ("'s" if token.owner and token is not tokens[-1] else "") for token in tokens]
    if noun and tokens[0].first and not tokens[0].shouted and tokens[0].plain:
        words[0] = words[0].lower()
    return tuple(words)


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """The word without accents and kinds of apostrophe; its case stays, dots of `U.S.` go."""
    plain = unicodedata.normalize("NFKD", word.translate(_SAME))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return (kept.replace(".", "") if "." in kept and kept.isupper() else kept) or word
