"""Cuts a text into words, numbers and signs, each with its place in the text.

Linear in the length of the text, for any string. Words are folded (case, soft hyphens), numbers are
parsed exactly; the text itself is never changed. Blank lines become tokens of their own, so that no
phrase runs from one paragraph into the next. Knows nothing of grammar.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["word", "number", "opaque", "sign", "break"]

MOST_DIGITS = 15
"""Longer runs of digits are identifiers, and a float would not tell them exactly; it also keeps arithmetic
cheap."""

HYPHENS = frozenset("-‐‑‒–—−")
_SPACES = "\u00a0\u2004\u2005\u2006\u2007\u2009\u200a\u202f"

_LETTER = r"[^\W\d_½¼¾⅐-⅞]"

# atomic groups, not possessive ones: those go wrong before Python 3.11.5 (CPython issues 100061, 106052)
_PIECE = re.compile(
    r"(?P<simple>[a-zA-Z]++(?=[ ,;\n)]))"  # most words; the lookahead keeps addresses out
    r"|(?P<word>(?!https?://\S|www\.\S)"
    rf"{_LETTER}(?>(?:[a-zA-Z]++|{_LETTER}|\xad(?={_LETTER}))*)"
    rf"(?>(?:['’](?![\d\W_])(?>(?:{_LETTER}|\xad(?={_LETTER}))+))*))"
    r"|(?P<plain>[1-9]\d{0,14}+(?=[ \n;?!\"”]))"
    r"|(?P<break>\n[^\S\n]*+\n\s*+)"
    r"|(?P<opaque>(?:https?://|www\.)\S++|[@#]\w++"
    r"|\+\d{1,3}(?>(?:[ .\xa0-]\(?\d{1,5}\)?){2,5})(?!\d)"  # telephones
    r"|(?<!\d )0\d{2,4}(?>(?:[ .\xa0-]\d{3,4}){1,2})(?!\d)"
    r"|\d{1,3}(?>(?:,\d{3}){6,})|\d{1,2}(?>(?:,\d\d(?!\d)){12,})"  # longer than MOST_DIGITS, read once
    rf"|\d{{1,3}}(?>(?:[{_SPACES}]\d{{3}}){{6,}})"
    r"|(?!\d{1,3}(?>(?:\.\d{3}){2,})(?![\d.]))\d++(?>(?:[.:/]\d++){2,})|\d{1,2}:\d\d(?!\d)|\d{4}[-/]\d\d[-/]\d\d(?!\d))"
    r"|(?P<number>"
    rf"\d{{1,3}}(?>(?:,\d{{3}})+)(?![\d])(?:\.\d++)?|\d{{1,2}}(?>(?:,\d\d(?!\d))+),\d{{3}}(?!\d)(?:\.\d++)?"
    rf"|\d{{1,3}}(?>(?:[{_SPACES}]\d{{3}})+)(?!\d)(?:\.\d++)?"
    r"|\d{1,3}(?>(?:['’]\d{3}){1,6})(?!['’]?\d)|\d{1,3}(?>(?:\.\d{3}){1,6}),\d{1,2}(?!\d|[.,]\d)"  # 1.200,50
    r"|\d{1,3},\d{1,2}(?= ?(?:%|per ?cent|[mb]illion|bn))"  # 2,5%
    r"|\d{1,3}(?>(?:\.\d{3}){2,})(?!\d)|\d++(?:\.\d++)?|(?<![\w.])\.\d++)"
    r"|(?P<sign>\x1b\[[\d;]*+[A-Za-z]|\S)"  # a terminal's colour is one sign
)
_CONTINENTAL = re.compile(r",\d{1,2}$")
_GROUPING = re.compile(f"[,'’{_SPACES}]")
_VULGAR = {
    "½": (1, 2),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅐": (1, 7),
    "⅑": (1, 9),
    "⅒": (1, 10),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
}
VULGAR = {sign: Fraction(*parts) for sign, parts in _VULGAR.items()}
"""Fractions that are one character."""


class Token(NamedTuple):
    """A piece of the text: `text` folded, `cap` true for a capital that tells something."""

    kind: Kind
    text: str
    start: int
    end: int
    cap: bool = False
    value: Fraction | None = None


_new = tuple.__new__
"""Makes a named tuple faster than its own constructor."""
EDGE = Token("break", "", -1, -1)
"""What stands before the first and after the last token."""


MARGIN = 24
"""More tokens than any rule looks ahead or back."""


class Tokens(list[Token]):
    """The tokens of one text, with MARGIN times EDGE before and after, so that rules need no bounds."""

    def __init__(self, text: str) -> None:
        edge = [EDGE] * MARGIN
        super().__init__(edge + _cut(text) + edge)
        self._text = text

    @property
    def inner(self) -> range:
        """The indexes of the text's own tokens."""
        return range(MARGIN, len(self) - MARGIN)

    def joined(self, index: int) -> bool:
        """Whether token `index` touches the one before it."""
        return self[index].start == self[index - 1].end and self[index].kind != "break"

    def words(self, start: int, count: int) -> tuple[str, ...]:
        """The folded texts of `count` tokens from `start`."""
        return tuple([token.text for token in self[start : start + count]])

    def hyphen(self, index: int) -> bool:
        """Whether token `index` is a hyphen with no space on either side."""
        return self[index].text in HYPHENS and self.joined(index) and self.joined(index + 1)

    def spaced(self, index: int) -> bool:
        """Whether one plain space parts token `index` from the one before it."""
        start, end = self[index - 1].end, self[index].start
        return end == start + 1 and self._text[start] == " "

    def starts_line(self, index: int) -> bool:
        """Whether nothing stands before token `index` on its line."""
        before = self[index - 1]
        return before.kind == "break" or "\n" in self._text[before.end : self[index].start]

    def plural(self, index: int) -> bool:
        """Whether token `index` looks like a plural noun in small letters."""
        token = self[index]
        return (
            token.kind == "word"
            and not token.cap
            and len(token.text) > 4
            and token.text[-1] == "s"
            and token.text[-2] not in "si'"
        )

    def starts_sentence(self, index: int) -> bool:
        """Whether token `index` opens a sentence, a quotation, or a line."""
        return self[index - 1].kind == "break" or self[index - 1].text in tuple(".!?:;\"“”'‘•—([")


def _cut(text: str) -> list[Token]:
    """The tokens of `text`; one loop, since most of the time goes here."""
    tokens: list[Token] = []
    first = long = capitals = 0
    for match in _PIECE.finditer(text):
        kind, (start, end) = match.lastgroup, match.span()
        raw = text[start:end]
        if kind == "simple" or kind == "word":
            folded, cap = _word(raw)
            if end - start > 3:
                long, capitals = long + 1, capitals + cap
            tokens.append(_new(Token, ("word", folded, start, end, cap, None)))
        elif kind == "plain":
            tokens.append(_new(Token, ("number", raw, start, end, False, _whole(raw))))
        elif kind == "number":
            value = _value(raw)
            tokens.append(_new(Token, ("opaque" if value is None else kind, raw, start, end, False, value)))
        elif kind == "break":
            _flatten_headline(tokens, first, long, capitals)
            tokens.append(_new(Token, ("break", "", start, end, False, None)))
            first, long, capitals = len(tokens), 0, 0
        else:
            tokens.append(_new(Token, (kind, raw, start, end, False, VULGAR.get(raw))))
    _flatten_headline(tokens, first, long, capitals)
    return tokens


def _flatten_headline(tokens: list[Token], first: int, long: int, capitals: int) -> None:
    """In a headline Set Like This a capital tells nothing: `cap` becomes false there.

    The paragraph from `first` on has so many `long` words, of which so many have `capitals`.
    """
    if 3 <= long <= 30 and capitals >= 0.8 * long and tokens[-1].text != ".":
        tokens[first:] = [token._replace(cap=False) for token in tokens[first:]]


@lru_cache(maxsize=4096)
def _whole(raw: str) -> Fraction:
    """The value of a short run of digits."""
    return Fraction(int(raw))


@lru_cache(maxsize=16384)
def _word(raw: str) -> tuple[str, bool]:
    """A word folded, and whether it has a capital."""
    return raw.replace("\xad", "").replace("’", "'").lower(), raw != raw.lower()


@lru_cache(maxsize=4096)
def _value(raw: str) -> Fraction | None:
    if _CONTINENTAL.search(raw):
        raw = raw.replace(".", "").replace(",", ".")  # 1.234,5
    raw = raw.replace(".", "") if raw.count(".") > 1 else raw  # 1.234.567
    whole, _, decimals = _GROUPING.sub("", raw).partition(".")
    if len(whole.lstrip("0") + decimals.rstrip("0")) > MOST_DIGITS or len(raw) > 4 * MOST_DIGITS:
        return None
    return Fraction(int((whole or "0") + decimals), 10 ** len(decimals))
