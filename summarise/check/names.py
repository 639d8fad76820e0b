"""Who a name of a draft is: its group, its other forms, everywhere it is mentioned.

All of it is computed from the article; a draft has no say in it. A name in no group that
code found has no aliases, and its mentions are its plain word-bounded occurrences.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.check.spans import fold


@dataclass(frozen=True)
class Bearer:
    """One bearer of a name. key: equal for two names of the same bearer."""

    key: Hashable
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]


def identify(facts: Facts, name: str, span: Span) -> Bearer:
    """The bearer of `name`, which stands at `span`."""
    key = bearer_key(facts, name, span)
    if not isinstance(key, int):
        return Bearer(key, (), tuple(facts.text.occurrences(name)))
    group = facts.names.groups[key]
    forms = dict.fromkeys((group.name, *group.aliases))
    aliases = tuple(form for form in forms if fold(form) != fold(name))
    mentions = {group.span, *group.mentions, span}
    return Bearer(key, aliases, tuple(sorted(mentions)))


def bearer_key(facts: Facts, name: str, span: Span | None = None) -> Hashable:
    """What tells the bearer of `name` from others: its group's index, or the name itself."""
    group = facts.names.group_of(name, span)
    return fold(name).casefold() if group is None else group
