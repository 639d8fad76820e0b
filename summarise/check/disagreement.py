"""Lists the numbers of one article that count the same thing and differ.

Compared are numbers of different sentences; when they count the same thing and when their values differ
is told in `counting`. In doubt nothing is listed. Which number is right is not judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from summarise.article import Span
from summarise.check.counting import Counted, differ, is_count, is_one_set, read_counted
from summarise.check.facts import Facts
from summarise.summary import Disagreement, Number

_MOST = 40
"""Numbers of one head that are compared with each other."""


def find_disagreements(facts: Facts, numbers: Sequence[Number]) -> tuple[Disagreement, ...]:
    """The disagreements among verified `numbers`, in the order of the first number of each."""
    groups: dict[tuple[str, str | None], list[tuple[int, Counted]]] = defaultdict(list)
    for index, number in enumerate(numbers):
        if is_count(number) and (counted := read_counted(number)) is not None:
            groups[counted.head, number.unit].append((index, counted))
    found = []
    for group in groups.values():
        odd: set[int] = set()
        for (one, ours), (other, theirs) in combinations(group[:_MOST], 2):
            if differ(numbers[one], numbers[other]) and _is_same(facts, ours, theirs):
                apart = numbers[one].spans["evidence"] != numbers[other].spans["evidence"]
                odd |= {one, other} if apart else set()
        if odd:
            counts = " ".join(str(numbers[min(odd)].counts).split())
            found.append(Disagreement(counts=counts, numbers=tuple(sorted(odd))))
    return tuple(sorted(found, key=lambda one: one.numbers))


def _is_same(facts: Facts, one: Counted, other: Counted) -> bool:
    return is_one_set(one, other, lambda: (_named(facts, one.clause), _named(facts, other.clause)))


def _named(facts: Facts, clause: Span) -> set[int]:
    """The names with a capital in a clause, each by its group."""
    groups = facts.names.groups
    return {group for _, group in facts.names.within(clause) if groups[group].name[:1].isupper()}
