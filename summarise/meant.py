"""Whom each sentence may be about: the names that stand in it or that a pronoun there may mean, likeliest
first.

Ahead of all is who speaks there (`speakers`), then the subject that the sentence opens with, whoever a
pronoun before the first name may mean, the names that head their phrase, and the rest. An order only,
right at its head for two of three positions taken in news text; it settles nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from summarise.names import Name
from summarise.places import is_place
from summarise.quotations import Quotation
from summarise.sentences import Sentence
from summarise.speakers import Mentions, Speaker, blank, heads_phrase, opening_subject

_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|we|I|him|her|them|his|its|their|who|our|us|my|me)\b|[\"“”]", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?<![\w'’-])(?:(?P<one>he|she|his|her)|(?P<it>it)|they|their)\b", re.IGNORECASE)
_SHORTLY = 4
"""Sentences before one in which whoever a pronoun means is looked for."""
_WORD = re.compile(r"\w")


def find_meant(
    text: str,
    sentences: Sequence[Sentence],
    names: Sequence[Name],
    quotations: Sequence[Quotation],
    voices: Sequence[Speaker | None],
) -> Mapping[int, tuple[int, ...]]:
    """For each numbered sentence, indexes of `names`: those of which a form stands there, others of
    the few sentences before where a pronoun or a quotation does, or no name at all.

    voices: whose each of `quotations` is."""
    return dict(_Reader(text, sentences, names, quotations, voices).read())


class _Reader:
    """One pass over the sentences of one text."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        names: Sequence[Name],
        quotations: Sequence[Quotation],
        voices: Sequence[Speaker | None],
    ) -> None:
        self.raw, self.text = text, blank(text, quotations)
        self.asked = [s for s in sentences if s.number > 0]
        self.mentions = Mentions(names)
        self.names = names
        self.quotations = quotations
        self.voices = voices

    def read(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Sentence by sentence, from the first."""
        before: list[list[int]] = []
        everyone = _within(self.asked, self.names)
        for sentence, standing in zip(self.asked, everyone, strict=True):
            recent = [name for likely in reversed(before[-_SHORTLY:]) for name in likely]
            here = self._order(sentence, recent)
            here += [name for name in standing if name not in here]
            known = set(standing)
            if not standing or _PRONOUN.search(self.raw, sentence.start, sentence.end):
                known.update(recent)
                here += [name for name in recent if name not in here]
            order = tuple(name for name in dict.fromkeys(here) if name in known)
            yield sentence.number, order
            # a sentence that names nobody goes on about whoever the one before was about
            before.append([name for name in order if name in standing] or list(order[:1]))

    def _order(self, sentence: Sentence, recent: Sequence[int]) -> list[int]:
        start, end = sentence.start, sentence.end
        order = [
            voice.name
            for quotation, voice in zip(self.quotations, self.voices, strict=True)
            if voice and voice.name is not None and quotation.start < end and start < quotation.end
        ]
        if not order and not _WORD.search(self.text, start, end):
            order += recent[:1]
        subject = opening_subject(self.text, start, end, self.mentions)
        if isinstance(subject, Speaker) and subject.name is not None:
            order.append(subject.name)
        standing = self.mentions.inside(start, end)
        heads = [
            (span, name)
            for span, name in standing
            if self.text[span[0]] != "\x00" and heads_phrase(self.text, start, span)
        ]
        pronoun = _SUBJECT.search(self.text, start, heads[0][0][0] if heads else end)
        if pronoun:
            order += self._carried(pronoun, recent)
        order += [name for _, name in heads if name not in self._places]
        order += [name for _, name in heads]
        order += [name for _, name in standing if self._is_person(name)]
        return order

    def _carried(self, pronoun: re.Match[str], recent: Sequence[int]) -> list[int]:
        """The first of `recent` that a pronoun can mean."""
        if pronoun["one"] or pronoun["it"]:
            recent = [name for name in recent if self._is_person(name) == bool(pronoun["one"])]
        return list(recent[:1])

    def _is_person(self, name: int) -> bool:
        return self.mentions.is_person(name) or self.mentions.is_surname(name)

    @cached_property
    def _places(self) -> set[int]:
        return {index for index, name in enumerate(self.names) if is_place(name.name)}


def _within(sentences: Sequence[Sentence], names: Sequence[Name]) -> list[list[int]]:
    """For each sentence the names of which a form begins there, in the order of `names`."""
    starts = sorted(
        {
            (span[0], index)
            for index, name in enumerate(names)
            for span in (name.span, *name.alias_spans, *name.mentions)
        }
    )
    found: list[list[int]] = []
    at = 0
    for sentence in sentences:
        while at < len(starts) and starts[at][0] < sentence.start:
            at += 1
        here = []
        while at < len(starts) and starts[at][0] < sentence.end:
            here.append(starts[at][1])
            at += 1
        found.append(sorted(set(here)))
    return found
