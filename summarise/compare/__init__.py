"""What differs between two summaries of one story: figures, actors, places, stances, gist.

Knows the two summaries and nothing else: no article, no model. Compared is what a summary says of the story;
spans, evidence, confidence and mentions belong to one article's text and are no difference. Raises InputError
where plain data is no summary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from summarise.compare.figures import diff_numbers
from summarise.compare.model import SCHEMA, Change, Diff, FieldDiff
from summarise.compare.named import Bearers, same_named
from summarise.compare.pairing import pair
from summarise.compare.positions import diff_stances
from summarise.compare.wording import alike, counted_words, words_of
from summarise.saved import read_summary
from summarise.summary import Actor, GistSentence, Location, Summary

__all__ = ["SCHEMA", "Diff", "diff"]

_ONE_SENTENCE = 0.5
"""From here on two sentences of the gist are one in other words."""
Item = TypeVar("Item", Actor, Location, GistSentence)


def diff(before: Summary | Mapping[str, Any], after: Summary | Mapping[str, Any]) -> Diff:
    """What differs between two summaries of one story, ours or their plain data (what JSON gives).

    `diff(b, a)` is `diff(a, b)` with new and gone, before and after exchanged. Loads no model. Raises
    InputError where one is no summary.
    """
    one = before if isinstance(before, Summary) else read_summary(before, "the first summary")
    other = after if isinstance(after, Summary) else read_summary(after, "the second summary")
    actors = pair(same_named(one.actors, other.actors))
    places = pair(same_named(one.locations, other.locations))
    return Diff(
        before=one.article.model_copy(update={"text": None}),
        after=other.article.model_copy(update={"text": None}),
        gist=_diff(one.gist, other.gist, _sentences(one, other), _changed_words("text")),
        actors=_diff(one.actors, other.actors, actors, _changed_actor),
        numbers=diff_numbers(one, other),
        locations=_diff(one.locations, other.locations, places, _changed_country),
        stances=diff_stances(one.stances, other.stances, Bearers(one.actors, other.actors, actors)),
        notes=tuple(_notes(one, other)),
    )


def _diff(
    before: Sequence[Item],
    after: Sequence[Item],
    pairs: Mapping[int, int],
    fields: Callable[[Item, Item], tuple[str, ...]],
) -> FieldDiff[Item, Change[Item]]:
    """The difference of one field; pairs: what is the same; fields: how two that are the same differ."""
    changes = [
        Change(fields=odd, before=before[i], after=after[j])
        for i, j in pairs.items()
        if (odd := fields(before[i], after[j]))
    ]
    matched = set(pairs.values())
    return FieldDiff(
        new=tuple(item for j, item in enumerate(after) if j not in matched),
        gone=tuple(item for i, item in enumerate(before) if i not in pairs),
        changed=tuple(changes),
        unchanged=len(pairs) - len(changes),
    )


def _sentences(before: Summary, after: Summary) -> dict[int, int]:
    """Which sentence of one gist is which of the other."""
    scores = (
        (alike(counted_words(one.text), counted_words(other.text)), i, j)
        for i, one in enumerate(before.gist)
        for j, other in enumerate(after.gist)
    )
    return pair(score for score in scores if score[0] >= _ONE_SENTENCE)


def _changed_words(leaf: str) -> Callable[[Any, Any], tuple[str, ...]]:
    def changed(one: Any, other: Any) -> tuple[str, ...]:
        same = words_of(getattr(one, leaf) or "") == words_of(getattr(other, leaf) or "")
        return () if same else (leaf,)

    return changed


def _changed_actor(one: Actor, other: Actor) -> tuple[str, ...]:
    return (("kind",) if one.kind != other.kind else ()) + _changed_words("role")(one, other)


def _changed_country(one: Location, other: Location) -> tuple[str, ...]:
    return ("country",) if one.country != other.country else ()


def _notes(before: Summary, after: Summary) -> Iterator[str]:
    """What may make a difference that is none of the story."""
    for leaf in ("model", "revision", "adapter", "prompt", "constraint", "version"):
        one, other = getattr(before.provenance, leaf), getattr(after.provenance, leaf)
        if one != other:
            yield f"made by another {leaf}: {one or 'none'} before, {other or 'none'} after"
    for name, summary in (("before", before), ("after", after)):
        told = summary.coverage
        if not told.complete:
            unread = told.sentences - told.sentences_read
            yield f"{name}: {unread} of {told.sentences} sentences were not read"
