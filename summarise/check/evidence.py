"""Whether an item's sentence can be evidence, and where in it a required string stands.

The judge of every field starts here. Strings and spans only; what a string means is for
the field's own judge. A name that stands elsewhere in the article will do where the evidence names
its bearer by another form.
"""

from __future__ import annotations

from itertools import islice

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.check.judgement import Ledger
from summarise.check.names import is_named
from summarise.draft import ActorItem, LocationItem
from summarise.summary import Actor, Location

_CHOICES = 50
"""Occurrences of a name in one sentence that are looked at for the best one."""


def no_evidence(facts: Facts, number: int) -> str | None:
    """Why sentence `number` is no evidence, or None if it is."""
    if number in facts.asked:
        return None
    if number == 0:
        return "the sentence is not part of the story (a crumb of the page or a dateline)"
    return f"there is no sentence {number}"


def find_in(facts: Facts, string: str, within: Span) -> Span | None:
    """Where `string` stands word-bounded in `within`: the first time as a name of its own, else the first."""
    choices = list(islice(facts.text.occurrences(string, within), _CHOICES))
    whole = (span for span in choices if facts.names.is_mention(span))
    return next(whole, choices[0] if choices else None)


def absent(facts: Facts, string: str, within: Span) -> str:
    """The message for a string that `within` does not have."""
    return f"not in the evidence: {string!r}, {facts.text.why_absent(string, within)}"


def find_named(
    facts: Facts, item: ActorItem | LocationItem, ledger: Ledger[Actor] | Ledger[Location]
) -> tuple[Span, Span] | None:
    """Where the item's name stands and its evidence; what lacks either is rejected in `ledger`."""
    problem = no_evidence(facts, item.sentence)
    if problem:
        ledger.reject(item, "evidence", problem)
        return None
    evidence = facts.span_of(item.sentence)
    name = find_in(facts, item.name, evidence)
    if name is None and is_named(facts, item.name, evidence, adjectives=isinstance(item, ActorItem)):
        name = facts.text.before(item.name, evidence[0]) or facts.text.first(item.name)
    if name is None:
        ledger.reject(item, "span", absent(facts, item.name, evidence))
        return None
    return name, evidence
