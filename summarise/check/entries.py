"""Judges the entries of a schema of one's own: what can be asked of any string and any number.

As everywhere in the check: against the article alone, nothing mended. A required part that fails rejects its
item; one that may be null is taken out, listed under its own name, and the item stays.

    check      what it asks
    evidence   the sentence exists and belongs to the story
    span       the words stand in the evidence, word-bounded, not empty
    number     the mention is exactly one quantity of the evidence
    empty      some part is not null
    duplicate  no earlier item of the list says the same
    schema     the schema's own validation takes the item, and changes nothing of it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pydantic import ValidationError

from summarise.article import Span
from summarise.check.evidence import absent, find_in, no_evidence
from summarise.check.facts import Facts
from summarise.check.numbers import NumberFault, find_quantity
from summarise.check.occurrences import choose_occurrences
from summarise.check.spans import fold
from summarise.draft import NumberItem
from summarise.fields import Entry, Quantity
from summarise.numbers import Quantity as Found
from summarise.schema import Entries, Part
from summarise.summary import Issue, Rejected

_CHOICES = 50
"""Occurrences of words in one sentence that are looked at for the one nearest to a number."""


@dataclass
class Verdicts:
    """What became of the items of one field of a schema.

    items: those that hold, and origins: which of the items given each was.
    """

    items: list[Entry] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


@dataclass
class _Item:
    """One item being judged: its parts' values and spans, and what is wrong with them."""

    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    faults: list[tuple[Part, Issue]] = field(default_factory=list)


def judge_entries(facts: Facts, entries: Entries, items: Sequence[Mapping[str, Any]]) -> Verdicts:
    """The verdicts on `items`, each a draft item of the entries' family. Raises nothing."""
    verdicts = Verdicts()
    numbers = _read_numbers(facts, entries, items)
    known: dict[tuple[Any, ...], int] = {}
    for index, item in enumerate(items):
        problem = no_evidence(facts, item["sentence"])
        if problem:
            _reject(verdicts, entries.name, item, Issue(check="evidence", message=problem))
            continue
        read = _read_item(facts, entries, item, numbers[index])
        issues = [issue for part, issue in read.faults if not part.nullable]
        if not issues and all(read.values[part.name] is None for part in entries.parts):
            issues = [Issue(check="empty", message="every part of it is null")]
        key = tuple(_same(read.values.get(part.name)) for part in entries.parts)
        if not issues and key in known:
            issues = [
                Issue(check="duplicate", message=f"item {known[key] + 1} of {entries.name} says the same")
            ]
        built = None if issues else _build(entries.entry, read)
        if isinstance(built, Issue):
            issues = [built]
        if issues or not isinstance(built, Entry):
            _reject(verdicts, entries.name, item, *issues)
            continue
        for part, issue in read.faults:
            _reject(verdicts, f"{entries.name}.{part.name}", item, issue)
        known[key] = len(verdicts.items)
        verdicts.items.append(built)
        verdicts.origins.append(index)
    return verdicts


def _reject(verdicts: Verdicts, name: str, item: Mapping[str, Any], *issues: Issue) -> None:
    verdicts.rejected.append(Rejected(field=name, item=dict(item), issues=issues))


def _read_numbers(
    facts: Facts, entries: Entries, items: Sequence[Mapping[str, Any]]
) -> list[dict[str, Found | NumberFault]]:
    """The quantities of each item, by part: of several that read alike, each means its own."""
    asked = [
        (index, part.name, NumberItem(sentence=item["sentence"], mention=item[part.name]))
        for index, item in enumerate(items)
        for part in entries.parts
        if part.form == "quantity" and item[part.name] is not None and item["sentence"] in facts.asked
    ]
    chosen = choose_occurrences(facts, [number for *_, number in asked])
    read: list[dict[str, Found | NumberFault]] = [{} for _ in items]
    for i, (index, name, number) in enumerate(asked):
        read[index][name] = chosen.get(i) or find_quantity(facts, number)
    return read


def _read_item(
    facts: Facts, entries: Entries, item: Mapping[str, Any], numbers: Mapping[str, Found | NumberFault]
) -> _Item:
    """The values and spans of one item's parts: its numbers first, for words are those nearest to one."""
    read, evidence = _Item(), facts.span_of(item["sentence"])
    for part in entries.parts:
        found = numbers.get(part.name)
        if isinstance(found, NumberFault):
            read.faults.append((part, Issue(check=found.check, message=found.message)))
        elif found is not None:
            read.spans[part.name] = found.start, found.end
            read.values[part.name] = _quantity(facts, found)
    near = next(iter(read.spans.values()), None)
    for part in entries.parts:
        told = item.get(part.name)
        if part.form == "label":
            read.values[part.name] = told
        elif part.form == "sentence":
            read.spans[part.name] = evidence
        elif part.form == "words" and told is not None:
            span = _find_words(facts, told, evidence, near)
            if span is None:
                issue = Issue(check="span", message=absent(facts, told, evidence))
                read.faults.append((part, issue))
            else:
                read.spans[part.name] = span
        if part.form in ("words", "sentence") and part.name in read.spans:
            read.values[part.name] = facts.article.slice(read.spans[part.name])
        read.values.setdefault(part.name, None)
    read.spans = {part.name: read.spans[part.name] for part in entries.parts if part.name in read.spans}
    read.spans["evidence"] = evidence
    read.values["evidence"] = facts.article.slice(evidence)
    return read


def _find_words(facts: Facts, words: str, evidence: Span, near: Span | None) -> Span | None:
    """Where `words` stand in the evidence: nearest to `near`, the item's number, where it has one."""
    if near is None:
        return find_in(facts, words, evidence)
    choices = islice(facts.text.occurrences(words, evidence), _CHOICES)
    return min(choices, key=lambda span: max(span[0] - near[1], near[0] - span[1]), default=None)


def _quantity(facts: Facts, found: Found) -> Quantity:
    return Quantity(
        mention=facts.article.slice((found.start, found.end)),
        value=found.value,
        upper=found.upper,
        qualifier=found.qualifier,
        unit=found.unit,
    )


def _same(value: Any) -> Any:
    """What two values that say the same have in common."""
    if isinstance(value, Quantity):
        return (
            value.value,
            value.upper,
            value.qualifier,
            value.unit,
            value.value is None and fold(value.mention),
        )
    return fold(value) if isinstance(value, str) else value


def _build(entry: type[Entry], read: _Item) -> Entry | Issue:
    """The entry, if the schema takes it as it is: were words changed, their span would be a lie."""
    written = {name: _plain(value) for name, value in read.values.items()}
    written["spans"] = {name: list(span) for name, span in read.spans.items()}
    try:
        built = entry.model_validate({**read.values, "spans": read.spans})
        kept = built.model_dump(mode="json")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        said = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
        return Issue(check="schema", message=f"{where}: {said}" if where else said)
    except Exception as error:  # the schema's code is not ours: whatever it raises costs the item alone
        return Issue(check="schema", message=f"the schema's own code failed: {type(error).__name__}: {error}")
    if kept != written:
        return Issue(check="schema", message="the schema's own validation or serialisation changes the item")
    return built


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, Quantity) else value
