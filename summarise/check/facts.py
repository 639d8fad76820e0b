"""What code can see of one article, gathered once, so that judging an item is a look-up.

Reads the article and its sentences, nothing of a draft. Everything is made on first use
and in time linear in the article.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

from summarise.article import Article, Span
from summarise.check.spans import FoldedText, fold
from summarise.names import Name, find_names
from summarise.numbers import Quantity, read_quantities
from summarise.quotations import Quotation, find_quotations
from summarise.sentences import Sentence
from summarise.speakers import Mentions, Speaker, attribute, blank, is_speech


@lru_cache(maxsize=1)
def gather_facts(article: Article, sentences: tuple[Sentence, ...]) -> Facts:
    """The facts of `article`; those of the last article asked for are kept, for its coverage."""
    return Facts(article, sentences)


class Facts:
    """One article's sentences, quantities, quotations and names, with offsets into its text."""

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self.article = article
        self.sentences = tuple(sentences)
        self.asked = {sentence.number: sentence for sentence in sentences if sentence.number > 0}
        self._quantities: dict[int, tuple[Quantity, ...]] = {}
        self.kept: dict[str, dict[Any, Any]] = {}
        """Answers that are asked for again and again, by what was asked."""

    @cached_property
    def text(self) -> FoldedText:
        """The article's text, to find strings in; crumbs of the page are never found."""
        return FoldedText(self.article.text, sorted(map(self.span_of, self.asked)))

    @cached_property
    def names(self) -> NameIndex:
        """The groups of names of the article."""
        return NameIndex(find_names(self.article.text, self.sentences))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations of the article, by start."""
        return tuple(sorted(find_quotations(self.article.text), key=lambda q: (q.start, q.end)))

    @cached_property
    def speech(self) -> tuple[Quotation, ...]:
        """The quotations that may be somebody's words: no titles, names, words at arm's length."""
        return tuple(quotation for quotation in self.quotations if is_speech(self.article.text, quotation))

    @cached_property
    def mentions(self) -> Mentions:
        """Where names stand, those inside of longer ones left out."""
        return Mentions(self.names.groups)

    @cached_property
    def blanked(self) -> str:
        """The text with NULs for what is quoted."""
        return blank(self.article.text, self.quotations)

    @cached_property
    def speakers(self) -> tuple[Speaker | None, ...]:
        """The speaker of each quotation, None where the text leaves it open."""
        return attribute(self.article.text, self.sentences, self.names.groups, self.quotations)

    def speaker_of(self, span: Span) -> Speaker | None:
        """The speaker of the quotation that `span` lies in, or None."""
        k = bisect_right(self.quotations, span[0], key=lambda quotation: quotation.start) - 1
        return self.speakers[k] if k >= 0 and span[0] < self.quotations[k].end else None

    @cached_property
    def title(self) -> str | None:
        """The headline's words, or None."""
        return fold(self.article.slice(self.article.title)) if self.article.title else None

    def span_of(self, number: int) -> Span:
        """The span of asked sentence `number`."""
        sentence = self.asked[number]
        return sentence.start, sentence.end

    def sentence_at(self, span: Span) -> int | None:
        """The number of the asked sentence that `span` lies in, or None."""
        k = bisect_right(self._asked_starts, span[0]) - 1
        number = self._asked_numbers[k] if k >= 0 else None
        return number if number is not None and span[1] <= self.asked[number].end else None

    @cached_property
    def _asked_numbers(self) -> list[int]:
        return sorted(self.asked, key=lambda number: self.asked[number].start)

    @cached_property
    def _asked_starts(self) -> list[int]:
        return [self.asked[number].start for number in self._asked_numbers]

    def quantities(self, number: int) -> tuple[Quantity, ...]:
        """The quantities that code reads in asked sentence `number`, with article offsets."""
        if number not in self._quantities:
            start, end = self.span_of(number)
            self._quantities[number] = tuple(
                replace(quantity, start=quantity.start + start, end=quantity.end + start)
                for quantity in read_quantities(self.article.text[start:end])
            )
        return self._quantities[number]

    def quotations_in(self, span: Span) -> Iterator[Quotation]:
        """The quotations that overlap `span`, by start."""
        for k in range(bisect_right(self._quotation_reach, span[0]), len(self.quotations)):
            if self.quotations[k].start >= span[1]:
                return
            if self.quotations[k].end > span[0]:
                yield self.quotations[k]

    @cached_property
    def _quotation_reach(self) -> list[int]:
        """For each quotation, the furthest end up to it: quotations may be nested."""
        return list(accumulate((quotation.end for quotation in self.quotations), max))


class NameIndex:
    """Groups of names (all forms of one name): by span, by string, by place."""

    def __init__(self, groups: Sequence[Name]) -> None:
        self.groups = tuple(groups)
        self._by_span: dict[Span, int] = {}
        self._by_form: dict[str, int | None] = {}
        for index, group in enumerate(self.groups):
            for span in (group.span, *group.alias_spans, *group.mentions):
                self._by_span.setdefault(span, index)
            for form in (group.name, *group.aliases):
                known = self._by_form.setdefault(fold(form), index)
                if known != index:
                    self._by_form[fold(form)] = None  # two bearers: the string alone settles nothing
        self._mentions = sorted(self._by_span.items())
        self._starts = [span[0] for span, _ in self._mentions]

    def group_of(self, string: str, span: Span | None = None) -> int | None:
        """The group that `string` belongs to: the one with a mention at `span`, else by the string."""
        if span is not None and span in self._by_span:
            return self._by_span[span]
        return self._by_form.get(fold(string))

    def is_mention(self, span: Span) -> bool:
        """Whether a name stands at exactly `span`."""
        return span in self._by_span

    def within(self, span: Span) -> Iterator[tuple[Span, int]]:
        """The mentions inside `span` with their groups, left to right."""
        for k in range(bisect_left(self._starts, span[0]), len(self._starts)):
            mention, group = self._mentions[k]
            if mention[0] >= span[1]:
                return
            if mention[1] <= span[1]:
                yield mention, group
