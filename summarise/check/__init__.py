"""The check: judges every leaf of a draft against the article alone.

Never sees the model, its probabilities or the prompt; never mends silently. What holds
comes back as items of the Summary, each string with its exact span; what does not is listed
as rejected, as it was written, with the checks that it failed. A required leaf that fails
rejects its item; an optional one (role, counts, quote) is taken out, listed under its own
name (`actors.role`), and the item stays. Takes any draft and raises nothing.

`check` does the same for a summary that anyone wrote, in our own form or the bare one (see
`bare`): its items are placed in their sentences first, and what it states beside a draft is held
against what code computes; that too is listed under its own name (`numbers.value`).

    check      what it asks                                                    judged in
    evidence   the sentence exists and belongs to the story                    evidence
    span       the string stands in the evidence, word-bounded, not empty      spans, evidence
    gist       the sentence is not the bare title                              gist
    role       the role is said of this name, not of another                   roles, ties
    number     the mention is exactly one quantity, with all that belongs      numbers
    counts     what is counted is not the number itself                        numbers
    place      the name is no adjective of origin and not written small        locations
    holder     the evidence names the holder or has a word that can stand
               for it; the holder is not the target                            referents, stances
    target     the evidence has the target, or a pronoun shortly after it      referents
    quote      the quote stands inside quotation marks of the evidence         quotes
    duplicate  the item says what an earlier one says, otherwise               actors, stances
    value, upper, unit, qualifier, country, alias, mention, span
               what a summary states of a verified item is so                  stated
    label      a stated kind or polarity is one that there is                  placing

Duplicates that say nothing else are merged, which `Judgement.origins` shows.

`check_entries` judges the items of a schema of one's own by the checks that hold of any (see `entries`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from summarise.article import Article, Span
from summarise.bare import FIELDS, Bare, BareActor, Written, read_bare
from summarise.check import coverage
from summarise.check.actors import judge_actors
from summarise.check.disagreement import find_disagreements
from summarise.check.facts import Facts, gather_facts
from summarise.check.gist import judge_gist
from summarise.check.judgement import Judgement
from summarise.check.locations import judge_locations
from summarise.check.names import bearer_of
from summarise.check.numbers import judge_numbers
from summarise.check.placing import Listed, Placed, place_draft, place_items
from summarise.check.reports import check_entries
from summarise.check.stances import judge_stances
from summarise.check.stated import judge_stated
from summarise.draft import Draft
from summarise.errors import InputError
from summarise.read import read_text
from summarise.sentences import Sentence, split_sentences
from summarise.summary import ArticleInfo, Coverage, Provenance, Rejected, Summary
from summarise.version import VERSION

__all__ = ["Judgement", "check", "check_draft", "check_entries", "count_coverage"]


def check(
    article: str | Article,
    summary: Summary | Draft | Mapping[str, Any],
    *,
    unreported: bool = False,
    note: Callable[[str], None] | None = None,
) -> Summary:
    """What of `summary` holds against `article`, as a Summary; what does not is in its `rejected`.

    summary: our own, a draft, or the plain data of one in our form or the bare one. unreported: also
    list what code sees in the article and the summary leaves out. note: is told what does not count
    but should be known (unknown keys; a sha256 that is not the article's).

    Loads no model. Spans and all that can be computed come from the article; `confidence` is the
    input's; `rejected`, `coverage`, `disagreements` and `notes` are made anew, and `provenance` names
    no model. Raises InputError where article or summary can't be used.
    """
    read = read_text(article) if isinstance(article, str) else article
    facts = gather_facts(read, split_sentences(read))
    if not facts.asked:
        raise InputError("no sentence in the article", "give the text of an article, not only its layout")
    placed = _place(facts, summary, note)
    judgement = _judge(facts, placed.draft, placed.stated_mentions)
    judgement, listed = _with_written(facts, placed, judgement)
    return Summary(
        article=ArticleInfo.of(read),
        **{name: getattr(judgement, name) for name in (*FIELDS, "disagreements", "notes")},
        rejected=tuple(entry.rejected for entry in sorted(listed, key=lambda entry: entry.place)),
        coverage=coverage.count(facts, judgement, facts.asked),
        unreported=coverage.list_unreported(facts, judgement) if unreported else None,
        provenance=Provenance(version=VERSION),
    )


def check_draft(article: Article, sentences: Sequence[Sentence], draft: Draft) -> Judgement:
    """Judge `draft` against `article`, whose `sentences` it names by number."""
    return _judge(gather_facts(article, tuple(sentences)), draft)


def _judge(facts: Facts, draft: Draft, mentions: Sequence[Span | None] = ()) -> Judgement:
    """All verdicts; mentions: for each number of the draft, where it is said to stand, if anywhere."""
    gist = judge_gist(facts, draft.gist)
    actors = judge_actors(facts, draft.actors)
    numbers, repeated = judge_numbers(facts, draft.numbers, mentions)
    locations = judge_locations(facts, draft.locations)
    stances = judge_stances(facts, draft.stances)
    ledgers = (gist, actors, numbers, locations, stances)
    return Judgement(
        gist=gist.items,
        actors=actors.items,
        numbers=numbers.items,
        locations=locations.items,
        stances=stances.items,
        rejected=tuple(rejected for ledger in ledgers for rejected in ledger.rejected),
        origins={ledger.name: ledger.origins for ledger in ledgers},
        repeated=repeated,
        notes=tuple(note for ledger in ledgers for note in ledger.notes),
        disagreements=find_disagreements(facts, numbers.items),
        refused=tuple(item for ledger in ledgers for item in ledger.refused),
    )


def count_coverage(
    article: Article, sentences: Sequence[Sentence], judgement: Judgement, sentences_read: Collection[int]
) -> Coverage:
    """How much of what code can see in `article` the `judgement` accounts for.

    sentences_read: numbers of the sentences that were put before the model, whole.
    """
    return coverage.count(gather_facts(article, tuple(sentences)), judgement, sentences_read)


def _place(facts: Facts, summary: Summary | Draft | Mapping[str, Any], note: Any) -> Placed:
    if isinstance(summary, Draft):
        return place_draft(summary)
    data = summary.model_dump(mode="json", by_alias=True) if isinstance(summary, Summary) else summary
    bare = read_bare(data, note)
    if note and _is_anothers(facts.article, bare):
        note("the summary's sha256 is that of another article; it is judged against this one all the same")
    return place_items(facts, bare)


def _is_anothers(article: Article, bare: Bare) -> bool:
    stated = bare.article.sha256 if bare.article else None
    return stated is not None and stated.lower() != article.sha256


def _with_written(facts: Facts, placed: Placed, judgement: Judgement) -> tuple[Judgement, list[Listed]]:
    """The judgement with what was written of its items, and all that did not hold, as it was written."""
    listed = list(placed.listed)
    for rejected, refused in zip(judgement.rejected, judgement.refused, strict=True):
        place, source = placed.behind(refused)
        told = rejected if source is None else rejected.model_copy(update={"item": source.given})
        listed.append(Listed(place, told))
    changed: dict[str, Any] = {}
    for name in FIELDS:
        verified = getattr(judgement, name)
        bearers = _bearers(facts, placed, name)
        items = []
        for item, origin in zip(verified, judgement.origins[name], strict=True):
            behind = [placed.written[name][index] for index in origin]
            items.append(_as_written(name, item, [written for _, written in behind if written]))
            for place, written in behind:
                if written is None:
                    continue
                for leaf, issue in judge_stated(facts, written, item, bearers):
                    said = Rejected(field=f"{name}.{leaf}", item=written.given, issues=(issue,))
                    listed.append(Listed(place, said))
        changed[name] = tuple(items)
    return replace(judgement, **changed), listed


def _bearers(facts: Facts, placed: Placed, name: str) -> frozenset[Hashable]:
    """Who bears the names of one field's items."""
    names = (getattr(written, "name", None) for _, written in placed.written[name])
    return frozenset(bearer_of(facts, one) for one in names if isinstance(one, str))


def _as_written(name: str, item: Any, behind: Sequence[Written]) -> Any:
    """A verified item with the confidence that was written, and no kind where none was."""
    stated = [written.confidence for written in behind if written.confidence is not None]
    changed: dict[str, Any] = {"confidence": max(stated)} if stated and name != "gist" else {}
    kinds = [written.kind for written in behind if isinstance(written, BareActor)]
    if kinds and item.kind not in kinds:
        changed["kind"] = None
    return item.model_copy(update=changed) if changed else item


class _Door(ModuleType):
    """Lets `from summarise import check` be called although this package has the same name."""

    __call__ = staticmethod(check)


sys.modules[__name__].__class__ = _Door
