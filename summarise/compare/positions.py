"""The stances of two summaries: one holder's on one target, or in one sentence, is one stance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarise.compare.model import FieldDiff, StanceChange
from summarise.compare.named import Bearers
from summarise.compare.pairing import Candidate, pair
from summarise.compare.wording import alike, counted_words, words_of
from summarise.summary import Stance

_ONE_TARGET = 0.5
_ONE_SENTENCE = 0.8


def diff_stances(
    before: Sequence[Stance], after: Sequence[Stance], bearers: Bearers
) -> FieldDiff[Stance, StanceChange]:
    """What became of the stances."""
    pairs = pair(_same(before, after, bearers))
    changes = [change for i, j in pairs.items() if (change := _change(before[i], after[j]))]
    return FieldDiff(
        new=tuple(stance for j, stance in enumerate(after) if j not in pairs.values()),
        gone=tuple(stance for i, stance in enumerate(before) if i not in pairs),
        changed=tuple(changes),
        unchanged=len(pairs) - len(changes),
    )


def _same(before: Sequence[Stance], after: Sequence[Stance], bearers: Bearers) -> Iterator[Candidate]:
    holders = [bearers.after(stance.holder) for stance in after]
    for i, one in enumerate(before):
        holder = bearers.before(one.holder)
        for j, other in enumerate(after):
            if holders[j] != holder:
                continue
            target = alike(counted_words(one.target), counted_words(other.target))
            sentence = alike(counted_words(one.evidence), counted_words(other.evidence))
            if target >= _ONE_TARGET or sentence >= _ONE_SENTENCE:
                yield target + sentence + (one.polarity == other.polarity), i, j


def _change(before: Stance, after: Stance) -> StanceChange | None:
    """How the stance changed, or None; words that only look otherwise are no change."""
    fields = [leaf for leaf in ("target", "quote") if _words(before, leaf) != _words(after, leaf)]
    if before.polarity != after.polarity:
        fields.insert(0, "polarity")
    turned = {before.polarity, after.polarity} == {"for", "against"}
    return StanceChange(fields=tuple(fields), before=before, after=after, turned=turned) if fields else None


def _words(stance: Stance, leaf: str) -> tuple[str, ...]:
    return words_of(getattr(stance, leaf) or "")
