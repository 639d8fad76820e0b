"""Who a name of a draft is: its group, its other forms, everywhere it is mentioned.

All of it is computed from the article; a draft has no say in it. A name in no group that
code found has no aliases, and its mentions are its plain word-bounded occurrences.
"""

from __future__ import annotations

from collections.abc import Hashable

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.check.spans import fold


def bearer_of(facts: Facts, name: str, span: Span | None = None) -> Hashable:
    """Who bears `name`, equal for all names of one bearer: its group's index, or the name itself."""
    group = facts.names.group_of(name, span)
    return fold(name).casefold() if group is None else group


def other_forms(facts: Facts, bearer: Hashable, name: str) -> tuple[str, ...]:
    """The forms of the bearer's name besides `name`."""
    if not isinstance(bearer, int):
        return ()
    group = facts.names.groups[bearer]
    forms = dict.fromkeys((group.name, *group.aliases))
    return tuple(form for form in forms if fold(form) != fold(name))


def all_mentions(facts: Facts, bearer: Hashable, name: str, span: Span) -> tuple[Span, ...]:
    """Where the bearer is mentioned by any form, sorted; `span`, where `name` stands, is among them."""
    if not isinstance(bearer, int):
        return tuple(facts.text.occurrences(name))
    group = facts.names.groups[bearer]
    return tuple(sorted({group.span, *group.mentions, span}))
