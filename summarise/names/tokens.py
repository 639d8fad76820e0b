"""Words of a sentence as the name finder sees them: bounds, possessives, hyphens, capitals.

A token's span never holds a possessive `'s`, and never more than the part of a hyphenated word
that may be a name (`Brussels` of `Brussels-based`, `Brexit` of `anti-Brexit`). Nothing here
decides what is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarise.names.words import adjective, ordinary, title, word_set

_LETTER = r"[^\W_\u0300-\u036f]"
_WORD = re.compile(
    rf"""{_LETTER}\.(?:-?{_LETTER}\.)+                                  # U.S.
    | {_LETTER}[\u0300-\u036f\u02bb\u02bc]*                             # a letter or digit, and more of them
      (?: (?:['’`‑\-&.](?={_LETTER}))? {_LETTER}[\u0300-\u036f\u02bb\u02bc]* )*
      (?: \.-{_LETTER}+ )?""",
    re.VERBOSE,
)
_LONGEST = 60
"""Characters of the longest word that may be a name; longer ones are no words."""

_ARABIC = {"al", "el", "ul", "ad", "as", "an", "ar", "ash", "at", "az", "bin", "ibn", "o", "d", "l", "de"}
_TAIL = re.compile(
    r"[a-z]+(?:ed|wide|led|born|ing|style|bound|owned|run|era|like|long|area|area|made)|based|only"
)
_OPENERS = "\"“„«‘'([:—–•*"


@dataclass(frozen=True)
class Token:
    """One word.

    text: the characters of [start, end), without possessive or hyphen tail.
    gap: what stands between the word before and this one, in the sentence.
    owner: a possessive follows. first: the word opens a sentence, a quotation or a bracket.
    cut: something of the word was left off after `end`, so that no name goes on behind it.
    """

    text: str
    start: int
    end: int
    gap: str
    owner: bool
    first: bool
    cut: bool = False

    @cached_property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.casefold()

    @cached_property
    def capital(self) -> bool:
        """True where the word is written as names are: a capital first, or second as in `iPhone`."""
        text = self.text
        if text[0].isupper() or text[0].istitle():
            return True
        if text[0].isdigit():
            return any(c.isupper() for c in text) and any(c.isdigit() for c in text) and len(text) > 2
        if not text[0].isascii() and text[0].isalpha() and not text[0].islower():
            return True  # a script without capitals
        return (text[1:2].isupper() and text[0].islower()) or _arabic(text)

    @cached_property
    def shouted(self) -> bool:
        """True for `NATO` and `U.S.`: two letters or more, all capitals."""
        return self.text.isupper() and sum(c.isalpha() for c in self.text) > 1

    @cached_property
    def plain(self) -> bool:
        """True where the capital may be due to the sentence alone."""
        return (
            self.first and not self.shouted and (ordinary(self.low) or ("-" in self.text and self._compound))
        )

    @property
    def _compound(self) -> bool:
        return all((part.islower() and ordinary(part)) or (part.istitle() and ordinary(part.casefold()))
                   for part in self.text.split("-"))  # fmt: skip

    @cached_property
    def function(self) -> bool:
        """True for articles, pronouns, weekdays, months and their like."""
        return not self.shouted and self.low.split("'")[0].split("’")[0] in word_set("function")

    @cached_property
    def adjective(self) -> bool:
        """True for `Russian`, `Catholic`."""
        return adjective(self.low)


def read_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The words of text[start:end], in order."""
    before = start
    for match in _WORD.finditer(text, start, end):
        gap = text[before : match.start()]
        first = before == start or any(c in _OPENERS for c in gap) or "\n" in gap or _stopped(gap)
        before = match.end()
        if match.end() - match.start() <= _LONGEST:
            yield _token(match, gap, first, text[match.end() : match.end() + 2])


def joined(token: Token, before: Token) -> bool:
    """True where `token` may go on the name that `before` is part of: only blanks between."""
    if before.owner or before.cut or len(token.gap) > 8 or "\n\n" in token.gap:
        return False
    gap = token.gap.strip()
    if gap == "":
        return token.gap != ""
    initial = len(before.text) == 1 and before.text.isupper()
    return gap == "." and (initial or before.low in word_set("abbreviations"))


def _stopped(gap: str) -> bool:
    return any(c in gap for c in "!?…") or "..." in gap


def _arabic(text: str) -> bool:
    head, _, tail = text.partition("-")
    return head in _ARABIC and tail[:1].isupper()


def _token(match: re.Match[str], gap: str, first: bool, after: str) -> Token:
    word, start = match.group(), match.start()
    owner = cut = False
    if word[-2:] in ("'s", "’s", "'S", "’S") and len(word) > 2:
        word, owner = word[:-2], True
    elif word[-1] in "sSxz" and after[:1] in ("'", "’") and after[1:2] in (" ", "\n", ""):
        owner = True
    head, dash, tail = word.partition("-")
    if dash and head[:1].islower() and tail[:1].isupper() and head not in _ARABIC:
        word, start = tail, start + len(head) + 1
    head, dash, tail = word.rpartition("-")
    if dash and head[:1].isupper() and (_TAIL.fullmatch(tail) or (tail.islower() and title(tail))):
        word, cut = head, True
    return Token(word, start, start + len(word), gap, owner, first and start == match.start(), cut)
