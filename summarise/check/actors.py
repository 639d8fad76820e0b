"""Judges actors: the name stands in the evidence, the role is said of that name, one item each.

A kind that the name's own words, or a title before it, rule out rejects its actor. Aliases and mentions
are computed, never taken from a draft. A role that does not hold is
taken out of its actor and listed; the actor stays.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from summarise.article import Span
from summarise.check.evidence import find_named
from summarise.check.facts import Facts
from summarise.check.judgement import Ledger
from summarise.check.names import all_mentions, bearer_of, other_forms, why_person
from summarise.check.roles import RoleFault, find_role
from summarise.check.spans import fold
from summarise.draft import ActorItem
from summarise.names import may_be_person, why_no_person
from summarise.summary import Actor


def judge_actors(facts: Facts, items: Sequence[ActorItem]) -> Ledger[Actor]:
    """Accept the actors that the article names, merging those who are the same."""
    ledger: Ledger[Actor] = Ledger("actors")
    for index, item in enumerate(items):
        if item.kind == "none":
            continue
        found = find_named(facts, item, ledger)
        if found is None:
            continue
        name, evidence = found
        bearer = bearer_of(facts, item.name, name)
        kept = ledger.find(bearer)
        problem = _wrong_kind(facts, item, bearer) if kept is None else None
        if problem:
            ledger.reject(item, "kind", problem)
            continue
        role = _judge_role(facts, item, evidence, bearer, ledger)
        if kept is None:
            actor = _actor(facts, item, (name, role, evidence), bearer)
        else:
            actor = _merge(facts, ledger, kept, item, role)
        ledger.accept(bearer, actor, index)
    return ledger


def _wrong_kind(facts: Facts, item: ActorItem, bearer: Hashable) -> str | None:
    """Why the actor can't be of the drafted kind, where its name or a title before it settles that."""
    if item.kind == "person":
        group = facts.names.groups[bearer] if isinstance(bearer, int) else None
        return None if group and may_be_person(group) else why_no_person(item.name)
    reason = why_person(facts, bearer)
    return f"{item.name!r} is a person: {reason}" if reason else None


def _judge_role(
    facts: Facts, item: ActorItem, evidence: Span, bearer: Hashable, ledger: Ledger[Actor]
) -> Span | None:
    if item.role is None:
        return None
    found = find_role(facts, item.role, evidence, (bearer, item.name))
    if isinstance(found, RoleFault):
        ledger.reject(item, found.check, found.message, "role")
        return None
    return found


def _actor(facts: Facts, item: ActorItem, spans: tuple[Span, Span | None, Span], bearer: Hashable) -> Actor:
    name, role, evidence = spans
    assert item.kind != "none"
    return Actor(
        name=facts.article.slice(name),
        kind=item.kind,
        role=facts.article.slice(role) if role else None,
        aliases=other_forms(facts, bearer, item.name),
        evidence=facts.article.slice(evidence),
        spans={"name": name, **({"role": role} if role else {}), "evidence": evidence},
        mentions=all_mentions(facts, bearer, item.name, name),
    )


def _merge(facts: Facts, ledger: Ledger[Actor], kept: Actor, item: ActorItem, role: Span | None) -> Actor:
    """`kept`, with the role of a later item where it had none; what gets lost of that item is listed."""
    if kept.kind != item.kind:
        ledger.reject(item, "duplicate", f"{kept.name!r} is there already, as {kept.kind}", "kind")
    if role is None:
        return kept
    words = facts.article.slice(role)
    if kept.role is None:
        return kept.model_copy(update={"role": words, "spans": {**kept.spans, "role": role}})
    if fold(words) != fold(kept.role):
        ledger.reject(item, "duplicate", f"{kept.name!r} has the role {kept.role!r} already", "role")
    return kept
