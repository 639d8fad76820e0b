"""The check: judges every leaf of a draft against the article alone.

Never sees the model, its probabilities or the prompt; never mends silently. What holds
comes back as items of the Summary, each string with its exact span; what does not is listed
as rejected, as it was written, with the checks that it failed. A required leaf that fails
rejects its item; an optional one (role, counts, quote) is taken out, listed under its own
name (`actors.role`), and the item stays. Takes any draft and raises nothing.

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

Duplicates that say nothing else are merged, which `Judgement.origins` shows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summarise.article import Article
from summarise.check import coverage
from summarise.check.actors import judge_actors
from summarise.check.facts import gather_facts
from summarise.check.gist import judge_gist
from summarise.check.judgement import Judgement
from summarise.check.locations import judge_locations
from summarise.check.numbers import judge_numbers
from summarise.check.stances import judge_stances
from summarise.draft import Draft
from summarise.sentences import Sentence
from summarise.summary import Coverage

__all__ = ["Judgement", "check_draft", "count_coverage"]


def check_draft(article: Article, sentences: Sequence[Sentence], draft: Draft) -> Judgement:
    """Judge `draft` against `article`, whose `sentences` it names by number."""
    facts = gather_facts(article, tuple(sentences))
    gist = judge_gist(facts, draft.gist)
    actors = judge_actors(facts, draft.actors)
    numbers, repeated = judge_numbers(facts, draft.numbers)
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
    )


def count_coverage(
    article: Article, sentences: Sequence[Sentence], judgement: Judgement, sentences_read: Collection[int]
) -> Coverage:
    """How much of what code can see in `article` the `judgement` accounts for.

    sentences_read: numbers of the sentences that were put before the model, whole.
    """
    return coverage.count(gather_facts(article, tuple(sentences)), judgement, sentences_read)
