"""The numbers of two summaries: which say the same, which are of one thing and changed.

Told the same are numbers of equal value and unit that count the same thing, or stand in sentences that are
much alike. Changed are numbers of one thing by what they count (see `check.counting`), and numbers whose
sentence is the same but for its figures. In doubt a number is new and another gone. Time is quadratic in what
is not told the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from summarise.article import Span
from summarise.check.counting import Counted, differ, is_count, is_one_set, read_counted, tells_apart
from summarise.check.sameness import head
from summarise.compare.model import FieldDiff, NumberChange
from summarise.compare.pairing import Candidate, pair
from summarise.compare.wording import alike, counted_words, words_of
from summarise.summary import Actor, Location, Number, Summary

_ALIKE = 0.5
"""From here on two sentences tell of one thing, where their figures are equal."""
_NEARLY_SAME = 0.8
"""From here on two sentences are one but for their figures."""
_LEAVES = ("value", "upper", "qualifier", "unit")


@dataclass(frozen=True)
class _Figure:
    """One number and what it is told by."""

    number: Number
    place: int
    """Which of its sentence's figures it is."""
    frame: Counter[str]
    """The words of its sentence without those of figures."""
    names: tuple[tuple[Span, Hashable], ...]
    """Where the summary's names with a capital stand in the article, and whose they are."""

    @cached_property
    def thing(self) -> str | None:
        return head(self.number.counts) if self.number.counts else None

    @cached_property
    def counted(self) -> Counted | None:
        return read_counted(self.number) if is_count(self.number) else None

    @property
    def says(self) -> Hashable:
        """Value and unit; the words where no value is known."""
        number = self.number
        known = number.value if number.value is not None else words_of(number.mention)
        return known, number.upper, number.unit

    def named(self) -> Set[Hashable]:
        """Who is named in its clause."""
        low, high = self.counted.clause if self.counted else (0, 0)
        return {who for (start, end), who in self.names if low <= start and end <= high}


def diff_numbers(before: Summary, after: Summary) -> FieldDiff[Number, NumberChange]:
    """What became of the numbers."""
    ours, theirs = _figures(before), _figures(after)
    classes, others = _classes(ours), _classes(theirs)
    changed = [
        (classes[key][0], others[key][0])
        for key in classes.keys() & others.keys()
        if _qualifiers(ours, classes[key]).isdisjoint(_qualifiers(theirs, others[key]))
    ]
    left = [i for i in _rest(classes, others) if not _is_told(ours[i], theirs)]
    right = [j for j in _rest(others, classes) if not _is_told(theirs[j], ours)]
    pairs = pair(_changes(ours, theirs, left, right))
    changed += pairs.items()
    gone = [i for i in left if i not in pairs]
    return FieldDiff(
        new=tuple(theirs[j].number for j in right if j not in pairs.values()),
        gone=tuple(ours[i].number for i in gone),
        changed=tuple(_change(ours[i].number, theirs[j].number) for i, j in sorted(changed)),
        unchanged=len(ours) - len(gone) - len(changed),
    )


def _figures(summary: Summary) -> list[_Figure]:
    sentences: dict[Span, list[Number]] = defaultdict(list)
    for number in summary.numbers:
        sentences[number.spans["evidence"]].append(number)
    items: tuple[Actor | Location, ...] = (*summary.actors, *summary.locations)
    named = [item for item in items if item.name[:1].isupper()]
    names = tuple((span, words_of(item.name)) for item in named for span in item.mentions)
    figures = []
    for number in summary.numbers:
        low, _ = number.spans["evidence"]
        beside = sorted(sentences[number.spans["evidence"]], key=lambda one: one.spans["mention"])
        frame, at = "", 0
        for start, end in (one.spans["mention"] for one in beside):
            frame += f"{number.evidence[at : start - low]} "
            at = end - low
        words = Counter(words_of(frame + number.evidence[at:]))
        figures.append(_Figure(number, beside.index(number), words, names))
    return figures


def _classes(figures: Sequence[_Figure]) -> dict[Hashable, list[int]]:
    """The figures by what they say and of what."""
    classes: dict[Hashable, list[int]] = defaultdict(list)
    for place, figure in enumerate(figures):
        classes[figure.says, figure.thing].append(place)
    return classes


def _qualifiers(figures: Sequence[_Figure], places: Sequence[int]) -> set[str]:
    return {figures[place].number.qualifier for place in places}


def _rest(classes: dict[Hashable, list[int]], others: dict[Hashable, list[int]]) -> list[int]:
    """The places of those whose class the others do not have."""
    return sorted(place for key, places in classes.items() if key not in others for place in places)


def _is_told(figure: _Figure, others: Sequence[_Figure]) -> bool:
    """Whether any of the others says the same in a sentence that is much alike."""
    own = counted_words(figure.number.evidence)
    return any(
        other.says == figure.says and alike(own, counted_words(other.number.evidence)) >= _ALIKE
        for other in others
    )


def _changes(
    ours: Sequence[_Figure], theirs: Sequence[_Figure], left: Sequence[int], right: Sequence[int]
) -> Iterator[Candidate]:
    for i in left:
        for j in right:
            if score := _is_changed(ours[i], theirs[j]):
                yield score, i, j


def _is_changed(one: _Figure, other: _Figure) -> float:
    """How likely both are figures of one thing; 0: not."""
    same_unit = one.number.unit == other.number.unit
    known = one.thing is not None and one.thing == other.thing
    frame = alike(one.frame, other.frame) if one.frame else 0
    odd = (one.frame - other.frame) + (other.frame - one.frame)
    if (
        frame >= _NEARLY_SAME
        and (known or None in (one.thing, other.thing))
        and not tells_apart(" ".join(odd))
    ):
        beside = one.place == other.place
        if (same_unit and (known or beside)) or (frame == 1 and beside):
            return 1 + frame + known + beside
    ours, theirs = one.counted, other.counted
    if not (same_unit and ours and theirs and ours.head == theirs.head):
        return 0
    return 1 if is_one_set(ours, theirs, lambda: (one.named(), other.named())) else 0


def _change(before: Number, after: Number) -> NumberChange:
    fields = tuple(leaf for leaf in _LEAVES if getattr(before, leaf) != getattr(after, leaf))
    known = before.value is not None and after.value is not None
    return NumberChange(
        fields=fields,
        before=before,
        after=after,
        disagree=before.unit != after.unit or (known and differ(before, after)),
    )
