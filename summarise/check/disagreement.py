"""Lists the numbers of one article that count the same thing and differ.

Two numbers of different sentences count the same thing when the words counted have the same
head, unit and describing words (`North Korean troops`; a word that one of them lacks must stand
in its sentence), and nothing in either clause tells the sets apart: a word for a part or another
lot (`of them`, `another`), other years, months or weekdays, a time before. Where nothing describes
the head (`people`), the clauses must also share what happened to them (`killed`) and not name
different names. Values that a bound or rounding reconciles (`about 40` and 39) do not differ.
In doubt nothing is listed: precision comes first. Which number is right is not judged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.names.words import word_set
from summarise.summary import Disagreement, Number

_MOST = 40
"""Numbers of one head that are compared with each other."""
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
class _Counted:
    """What one number counts and what its clause says; all words by their first letters, in lower case."""

    head: str
    described: frozenset[str]
    beside: frozenset[str]
    clause: Span
    years: frozenset[str]
    days: frozenset[str]
    sentence: frozenset[str]


def find_disagreements(facts: Facts, numbers: Sequence[Number]) -> tuple[Disagreement, ...]:
    """The disagreements among verified `numbers`, in the order of the first number of each."""
    groups: dict[tuple[str, str | None], list[tuple[int, _Counted]]] = defaultdict(list)
    for index, number in enumerate(numbers):
        if _is_count(number) and (counted := _read_counted(facts, number)) is not None:
            groups[counted.head, number.unit].append((index, counted))
    found = []
    for group in groups.values():
        odd: set[int] = set()
        for (one, ours), (other, theirs) in combinations(group[:_MOST], 2):
            if _differ(numbers[one], numbers[other]) and _is_same(facts, ours, theirs):
                apart = numbers[one].spans["evidence"] != numbers[other].spans["evidence"]
                odd |= {one, other} if apart else set()
        if odd:
            counts = " ".join(str(numbers[min(odd)].counts).split())
            found.append(Disagreement(counts=counts, numbers=tuple(sorted(odd))))
    return tuple(sorted(found, key=lambda one: one.numbers))


def _is_count(number: Number) -> bool:
    """Whether it is a count or a sum: measures, ages and shares have too many senses, `one` picks one out."""
    money = number.unit is not None and len(number.unit) == 3 and number.unit.isupper()
    return (number.unit is None or money) and number.value is not None and number.value > 1


def _read_counted(facts: Facts, number: Number) -> _Counted | None:
    """The words by which a number's set is told; None where it is told apart from any other."""
    if number.counts is None:
        return None
    start, end = _clause(facts, number)
    text = facts.article.text
    head, described = _head(number.counts)
    if head is None or _APART.search(text, start, end):
        return None
    low, high = number.spans["evidence"]
    own = (number.spans["mention"], number.spans["counts"])
    left, right = min(span[0] for span in own), max(span[1] for span in own)
    before = _telling(text[start:left])[-1:]
    after = _telling(text[right:end])[:1]
    return _Counted(
        head=head,
        described=described,
        beside=frozenset(before + after),
        clause=(start, end),
        years=frozenset(_YEARS.findall(text[low:high])),
        days=frozenset(_DAYS.findall(text[low:high])),
        sentence=frozenset(word[:_STEM].lower() for word in _WORD.findall(text[low:high])),
    )


def _clause(facts: Facts, number: Number) -> tuple[int, int]:
    """The span of the clause around mention and counted words, no more than so far off."""
    text, (low, high) = facts.article.text, number.spans["evidence"]
    spans = number.spans["mention"], number.spans["counts"]
    left, right = min(span[0] for span in spans), max(span[1] for span in spans)
    start, end = max(low, left - _REACH), min(high, right + _REACH)
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


def _is_same(facts: Facts, one: _Counted, other: _Counted) -> bool:
    """Whether two numbers of one head are of one set, as far as their clauses tell."""
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
    ours, theirs = _named(facts, one.clause), _named(facts, other.clause)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _named(facts: Facts, clause: Span) -> set[int]:
    """The names with a capital in a clause, each by its group."""
    groups = facts.names.groups
    return {group for _, group in facts.names.within(clause) if groups[group].name[:1].isupper()}


def _differ(one: Number, other: Number) -> bool:
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
