"""Judges a role: it stands beside its actor's name, and no nearer to another's.

A role holds when it is tied (see `ties`) to a mention of its actor in one sentence, the evidence or
any other (an actor may be called what it is once and act elsewhere), and no
other name has a better tie to the same words, or a tie by a verb while it stands between. A
name that belongs to a phrase (`mayor of Paris`, `Roe's lawyer`) is no rival. Two names tied
equally well both pass: text alone does not settle it here.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import islice

from summarise.article import Span
from summarise.check.evidence import absent
from summarise.check.facts import Facts
from summarise.check.names import short_names
from summarise.check.spans import overlap
from summarise.ties import Tie, tie_between

_OCCURRENCES = 50
"""Occurrences of the same words in one sentence that are looked at."""
_REACH = 200
"""Characters on each side of a role in which names are looked for."""
_GOVERNED = re.compile(r"\b(?:of|from|in|at|for|with|by|to|on|under)(?:\s+(?:the|its|his|her|their))?\s+$")
_POSSESSIVE = re.compile(r"['’](?:s\b|\s)")


@dataclass(frozen=True)
class RoleFault:
    """Why a role does not hold: which check, and what it found."""

    check: str
    message: str


def find_role(facts: Facts, role: str, evidence: Span, whose: tuple[Hashable, str]) -> Span | RoleFault:
    """Where `role` is said of the actor `whose` (bearer, name as drafted) in `evidence`."""
    rivals: list[str] = []
    here = list(islice(facts.text.occurrences(role, evidence), _OCCURRENCES))
    best = _best_place(facts, [(place, evidence) for place in here], whose, rivals)
    if best is None:
        best = _best_place(facts, _elsewhere(facts, role, evidence), whose, rivals)
    if best:
        return best
    if rivals:
        return RoleFault("role", f"{role!r} is said of {rivals[0]!r}, not of {whose[1]!r}")
    if not here:
        return RoleFault("span", absent(facts, role, evidence))
    return RoleFault("role", f"{role!r} does not stand beside {whose[1]!r}")


def _elsewhere(facts: Facts, role: str, evidence: Span) -> list[tuple[Span, Span]]:
    """The other sentences with the words of `role`: where those stand, and the sentence."""
    found = []
    for place in islice(facts.text.occurrences(role), _OCCURRENCES):
        number = facts.sentence_at(place)
        if number is not None and facts.span_of(number) != evidence:
            found.append((place, facts.span_of(number)))
    return found


def _best_place(
    facts: Facts, places: list[tuple[Span, Span]], whose: tuple[Hashable, str], rivals: list[str]
) -> Span | None:
    """The place with the best tie to the actor; names that have a better one are added to `rivals`."""
    best: tuple[Tie, Span] | None = None
    for place, sentence in places:
        tie, rival = _judge_place(facts, place, sentence, whose)
        if rival:
            rivals.append(rival)
        elif tie is not None and (best is None or tie < best[0]):
            best = tie, place
    return best[1] if best else None


def _judge_place(
    facts: Facts, role: Span, evidence: Span, whose: tuple[Hashable, str]
) -> tuple[Tie | None, str | None]:
    """The best tie of the words at `role` to the actor, and the name that has a better one."""
    text = facts.article.text
    window = max(evidence[0], role[0] - _REACH), min(evidence[1], role[1] + _REACH)
    own, others = _names_near(facts, window, whose)
    ties = [
        (tie, _gap(role, name), name) for name in own if (tie := tie_between(text, role, name)) is not None
    ]
    if not ties:
        return None, None
    best, _, name = min(ties)
    if best == Tie.SHARED:
        return best, None
    between = min(role[1], name[1]), max(role[0], name[0])
    for other in others:
        if any(overlap(other, mention) for mention in own) or _is_part_of_phrase(text, other):
            continue
        if _is_bracketed(text, other, role):
            continue
        tie = tie_between(text, role, other)
        nearer = tie == best == Tie.JOINED and between[0] <= other[0] and other[1] <= between[1]
        if tie is not None and (tie < best or nearer):
            return best, text[slice(*other)]
    return best, None


def _names_near(facts: Facts, window: Span, whose: tuple[Hashable, str]) -> tuple[list[Span], list[Span]]:
    """The mentions inside `window` of the actor, and those of everybody else."""
    bearer, name = whose
    near = list(facts.names.within(window))
    own = {span for span, group in near if group == bearer}
    for form in (name, *short_names(facts, name)):
        own.update(islice(facts.text.occurrences(form, window), _OCCURRENCES))
    return sorted(own), [span for span, group in near if span not in own and group != bearer]


def _is_part_of_phrase(text: str, name: Span) -> bool:
    """Whether a name hangs on a preposition before it or owns what follows."""
    return bool(_GOVERNED.search(text[max(0, name[0] - 20) : name[0]]) or _POSSESSIVE.match(text, name[1]))


def _is_bracketed(text: str, name: Span, role: Span) -> bool:
    """Whether a name stands in brackets (`(2100 UTC)`) that the role is outside of."""
    opened = text.rfind("(", max(0, name[0] - _REACH), name[0])
    closed = text.find(")", name[1], name[1] + _REACH)
    if opened < 0 or closed < 0 or text.find(")", opened, name[0]) >= 0:
        return False
    return role[1] <= opened or closed < role[0]


def _gap(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
