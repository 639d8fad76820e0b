"""What a number counts, read from its own sentence, and whether two numbers are of one set.

Two numbers count the same thing when the words counted have the same head, unit and describing words
(`North Korean troops`; a word that one of them lacks must stand in its sentence), and nothing in either
clause tells the sets apart: a word for a part or another lot (`of them`, `another`), other years, months or
weekdays, a time before. Where nothing describes the head (`people`), the clauses must also share what
happened to them (`killed`) and not name different names. Values that a bound or rounding reconciles
(`about 40` and 39) do not differ. In doubt two numbers are of two sets: precision comes first.

Asks nothing but the number and its evidence, so that numbers of two articles can be held together too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Set
from dataclasses import dataclass

from summarise.article import Span
from summarise.names.words import word_set
from summarise.summary import Number

_REACH = 160
"""Characters on either side of a number in which its clause is read."""
_ROUNDING = 0.1
"""Share by which a value said to be `about` may differ from another and still agree with it."""
_STEM = 4
"""Letters by which two words are taken for forms of one (`killed`, `killing`; `Korea`, `Korean`)."""

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_AFTER_HEAD = re.compile(
    r"[,;(]|\b(?:of|in|from|at|for|with|on|by|to|under|over|between|during|who|which|that|whose|without|across|near)\b"
)
_CLAUSE = re.compile(r"[;:.!?(),]\s|[()]|\s(?:but|while|whereas|although|when|since|because)\s")
_APART = re.compile(
    r"\b(?:an?other|others?|additional|further|extra|remaining|rest|more(?!\s+than)|them|these|those|whom|each|every|"
    r"per|respectively|first|next|previous(?:ly)?|prior|earlier|former(?:ly)?|initial(?:ly)?|up\s+(?:from|to)|down\s+"
    r"from|compared|increased?|decreased?|r[io]se|rising|f[ae]ll|gr[eo]w|needs?|needed|requires?|required|would|could|"
    r"should|will|may|might|if|goal|target|limit|capacity|usual(?:ly)?|normal(?:ly)?|average|half|out\s+of|among|"
    r"annual(?:ly)?|yearly|daily|weekly|monthly|last\s+(?:year|season|time|election)|ago|including|includes?)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DAYS = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


@dataclass(frozen=True)
class Counted:
    """What one number counts and what its clause says; all words by their first letters, in lower case.

    clause: a span of the article.
    """

    head: str
    described: frozenset[str]
    beside: frozenset[str]
    clause: Span
    years: frozenset[str]
    days: frozenset[str]
    sentence: frozenset[str]


def read_counted(number: Number) -> Counted | None:
    """The words by which a number's set is told; None where it is told apart from any other."""
    if number.counts is None:
        return None
    text, own = number.evidence, _own_spans(number)
    start, end = _clause(text, own)
    head, described = _head(number.counts)
    if head is None or _APART.search(text, start, end):
        return None
    left, right = min(span[0] for span in own), max(span[1] for span in own)
    before = _telling(text[start:left])[-1:]
    after = _telling(text[right:end])[:1]
    return Counted(
        head=head,
        described=described,
        beside=frozenset(before + after),
        clause=(start + number.spans["evidence"][0], end + number.spans["evidence"][0]),
        years=frozenset(_YEARS.findall(text)),
        days=frozenset(_DAYS.findall(text)),
        sentence=frozenset(word[:_STEM].lower() for word in _WORD.findall(text)),
    )


def _own_spans(number: Number) -> tuple[Span, Span]:
    """Where mention and counted words stand in the evidence."""
    low = number.spans["evidence"][0]
    (start, end), (first, last) = number.spans["mention"], number.spans["counts"]
    return (start - low, end - low), (first - low, last - low)


def _clause(text: str, own: tuple[Span, Span]) -> Span:
    """The span of the clause around mention and counted words, no more than so far off."""
    left, right = min(span[0] for span in own), max(span[1] for span in own)
    start, end = max(0, left - _REACH), min(len(text), right + _REACH)
    for cut in _CLAUSE.finditer(text, start, left):
        start = cut.end()
    following = _CLAUSE.search(text, right, end)
    return start, following.start() if following else end


def _head(counts: str) -> tuple[str | None, frozenset[str]]:
    """The head noun of a noun phrase without its plural ending, and the telling words around it."""
    cut = _AFTER_HEAD.search(counts)
    front = _WORD.findall(counts[: cut.start()] if cut else counts)
    if not front:
        return None, frozenset()
    rest = _telling(" ".join(front[:-1])) + (_telling(counts[cut.start() :]) if cut else [])
    return front[-1].lower().removesuffix("s"), frozenset(rest)


def _telling(text: str) -> list[str]:
    """The first letters of the words that are no function words, in order."""
    words = (word.lower() for word in _WORD.findall(text))
    return [word[:_STEM] for word in words if word not in word_set("function") and len(word) > 2]


def tells_apart(words: str) -> bool:
    """Whether these words, where one of two sentences has them, may make its figures those of another set."""
    return bool(_APART.search(words) or _YEARS.search(words))


def is_one_set(
    one: Counted, other: Counted, named: Callable[[], tuple[Set[Hashable], Set[Hashable]]]
) -> bool:
    """Whether two numbers of one head and unit are of one set, as far as their clauses tell.

    named: who is named in the clause of each, asked only where that settles it.
    """
    if one.years != other.years or (one.days and other.days and one.days.isdisjoint(other.days)):
        return False
    if not (one.described - other.described <= other.sentence) or not (
        other.described - one.described <= one.sentence
    ):
        return False
    if one.described or other.described:
        return True
    if one.beside.isdisjoint(other.beside):
        return False
    ours, theirs = named()
    return not ours or not theirs or not ours.isdisjoint(theirs)


def is_count(number: Number) -> bool:
    """Whether it is a count or a sum: measures, ages and shares have too many senses, `one` picks one out."""
    money = number.unit is not None and len(number.unit) == 3 and number.unit.isupper()
    return (number.unit is None or money) and number.value is not None and number.value > 1


def differ(one: Number, other: Number) -> bool:
    """Whether the values can't both be what was counted, but for one as a bound far from the other."""
    low, high = sorted((one, other), key=lambda number: float(number.value or 0))
    least, most = float(low.value or 0), float(high.value or 0)
    if least == most or (low.upper is not None and low.upper >= most):
        return False
    if "about" in (one.qualifier, other.qualifier) and most - least <= _ROUNDING * most:
        return False
    if high.qualifier == "at_most":
        return False
    return low.qualifier != "at_least" or _leading(most) != _leading(least)


def _leading(value: float) -> float:
    """The value with its first digit alone: 1,200 is more than 1,000, and the same."""
    size = 10.0 ** (len(str(int(value))) - 1)
    return value // size * size
