"""Gives each quotation its speaker, frame by frame (see the package's docstring)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from summarise.article import Span
from summarise.names import Name
from summarise.quotations import Quotation
from summarise.speakers.antecedents import Antecedents
from summarise.speakers.cues import AGAIN, AGENT, BY, CUE, NAMING, PASSIVE, SPOKEN, WHICH
from summarise.speakers.subjects import (
    Mentions,
    Pronoun,
    Speaker,
    opening_subject,
    subject_after,
    subject_before,
)

if TYPE_CHECKING:
    from summarise.sentences import Sentence

_MARKS = "\"'“”‘’„«»‹›"
_AFTER_QUOTE = re.compile(rf"[{_MARKS}]*\s*[,—–-]?\s*")
_OWN_TAIL = re.compile(rf"[{_MARKS}\s,]*[^\W\d_]+[^\S\n]+[^\W\d_]")
"""Words behind a quotation that may say who speaks, with a verb that is not known."""
_TELLS = re.compile(rf"(?:[A-Z][\w.’'-]*\s+){{1,4}}(?:told|{SPOKEN.pattern})\b")
_SIGNED = re.compile(rf"[{_MARKS}]*\s*[—–-]+\s*")
_AND_SAID = re.compile(rf"[{_MARKS}\s,]*(?:and|but|then|also|later|\s)+")
_NEAR = 200
"""Characters after a quotation in which its verb of saying is looked for."""
_JOINT = re.compile(rf"[{_MARKS}\s,]*(?:(?:and|or|but)\s)?[{_MARKS}\s,]*")


def attribute(
    text: str, sentences: Sequence[Sentence], names: Sequence[Name], quotations: Sequence[Quotation]
) -> tuple[Speaker | None, ...]:
    """The speaker of each of the `quotations` (in order, disjoint), or None where the text leaves it open."""
    if not quotations:
        return ()
    return tuple(_Reader(text, sentences, names, quotations).read())


class _Reader:
    """One pass over the frames of one text."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], names: Sequence[Name], quotations: Sequence[Quotation]
    ) -> None:
        self.quotations = quotations
        self.mentions = Mentions(names)
        self.text = blank(text, quotations)
        self.raw = text
        self.frames = _frames(text, sentences, quotations)
        self.people = Antecedents(self.text, self.mentions, self.frames)
        self.found: list[Speaker | None] = [None] * len(quotations)

    def read(self) -> list[Speaker | None]:
        starts = [frame[0] for frame in self.frames]
        by_frame: dict[int, list[int]] = {}
        for number, quotation in enumerate(self.quotations):
            by_frame.setdefault(bisect_right(starts, quotation.start) - 1, []).append(number)
        for frame, numbers in by_frame.items():
            self._read_frame(frame, numbers)
        return self.found

    def _read_frame(self, frame: int, numbers: list[int]) -> None:
        start, end = (
            self.frames[frame] if frame >= 0 else (0, self.frames[0][0] if self.frames else len(self.text))
        )
        for place, number in enumerate(numbers):
            quotation = self.quotations[number]
            before = self.quotations[numbers[place - 1]].end if place else start
            after = self.quotations[numbers[place + 1]].start if place + 1 < len(numbers) else end
            speaker = self._behind(quotation, max(after, quotation.end), sources=False)
            speaker = speaker or self._ahead(before, quotation.start, place > 0)
            speaker = speaker or self._behind(quotation, max(after, quotation.end), sources=True)
            self.found[number] = self._who(speaker, frame)
        self._share(numbers)
        if self.found[numbers[0]] is None:
            self.found[numbers[0]] = self._going_on(frame, numbers[0], start)
            self._share(numbers)
        self.people.heard.update(
            (frame, speaker.name) for speaker in (self.found[number] for number in numbers)
            if speaker is not None and speaker.name is not None
        )  # fmt: skip

    def _share(self, numbers: list[int]) -> None:
        """Quotations of one frame have one speaker where nobody else begins to speak between them."""
        pairs = list(pairwise(numbers))
        for one, other in [*pairs, *((other, one) for one, other in reversed(pairs))]:
            left, right = sorted((one, other))
            between = self.quotations[left].end, self.quotations[right].start
            if self.found[other] is not None or self.found[one] is None:
                continue
            if self._goes_on(between) if one < other else _JOINT.fullmatch(self.text, *between):
                self.found[other] = self.found[one]

    def _goes_on(self, between: Span) -> bool:
        cue = CUE.search(self.text, *between)
        return cue is None or bool(cue["said"] and _AND_SAID.fullmatch(self.text, between[0], cue.start()))

    def _behind(self, quotation: Quotation, end: int, sources: bool) -> Speaker | Pronoun | None:
        """What attributes a quotation after it: `… ," said Roe`, `… ," Roe said`, `… ," according to Roe`."""
        match = _AFTER_QUOTE.match(self.text, quotation.end, end)
        at = match.end() if match else quotation.end
        cue = CUE.search(self.text, at, min(end, at + _NEAR))
        if cue is None:
            return None
        if cue.start() == at:
            if sources if cue["source"] else SPOKEN.match(self.text, at):
                return subject_after(self.text, cue.end(), end, self.mentions)
            return None
        last = self.raw[quotation.end - 1]
        open_end = last in ",!?…—-" or "," in self.raw[quotation.end : at]
        if cue["said"] and open_end and not PASSIVE.search(self.text, at, cue.start()):
            return subject_before(self.text, at, cue.start(), self.mentions)
        return None

    def _ahead(self, start: int, end: int, behind_quote: bool) -> Speaker | Pronoun | None:
        """What attributes a quotation before it: the last verb of saying and its subject."""
        for cue in reversed(list(CUE.finditer(self.text, start, end))):
            if PASSIVE.search(self.text, start, cue.start()):
                by = BY.match(self.text, cue.end(), end)
                if by is None:
                    continue
                return subject_after(self.text, by.end(), end, self.mentions)
            if cue["source"]:
                return subject_after(self.text, cue.end(), end, self.mentions)
            if NAMING.search(cue.group()) and not self.text[cue.end() : end].strip(_MARKS + " \n"):
                which = WHICH.search(self.text, start, cue.start())
                return subject_before(self.text, which.end(), cue.start(), self.mentions) if which else None
            if AGENT.search(self.text, cue.end(), end):
                return None
            before = self.text[start : cue.start()]
            if not before.strip(_MARKS + ", \n"):
                return subject_after(self.text, cue.end(), end, self.mentions) if cue["said"] else None
            if AGAIN.search(before) or (cue["saying"] and before.rstrip().endswith(",")):
                return None if behind_quote else opening_subject(self.text, start, end, self.mentions)
            found = subject_before(self.text, start, cue.start(), self.mentions, bool(cue["saying"]))
            if found is not None or cue["said"]:
                return found
        if not behind_quote and self.text[start:end].rstrip(_MARKS + " \n").endswith(":"):
            return opening_subject(self.text, start, end, self.mentions)
        return None

    def _who(self, subject: Speaker | Pronoun | None, frame: int) -> Speaker | None:
        """The speaker that a subject means; a pronoun means the one person that is left."""
        if not isinstance(subject, Pronoun):
            return subject
        name = self.people.meant_by(subject, frame)
        return None if name is None else Speaker(subject.span, name)

    def _going_on(self, frame: int, number: int, start: int) -> Speaker | None:
        """The speaker of a quotation that opens its frame without a verb of its own."""
        quotation = self.quotations[number]
        signed = _SIGNED.match(self.raw, quotation.end)
        if signed and "\n" in signed.group():
            found = [
                pair
                for pair in self.mentions.inside(signed.end(), signed.end() + 80)
                if pair[0][0] == signed.end()
            ]
            return Speaker(*found[0]) if found else None
        if self.raw[start : quotation.start].strip(_MARKS + " \n") or not number:
            return None
        if _OWN_TAIL.match(self.text, quotation.end, self.frames[frame][1] if frame >= 0 else len(self.text)):
            return None
        last = self.quotations[number - 1]
        between = self.raw[last.end : quotation.start]
        if not between.strip(_MARKS + " \n,"):
            closed = between.partition("\n")[0].strip()
            return self.found[number - 1] if not closed or "\n\n" not in between else None
        if "\n\n" in between or frame == 0 or last.start < self.frames[frame - 1][0]:
            return self._introduced(frame, start)
        return self.found[number - 1]

    def _introduced(self, frame: int, start: int) -> Speaker | None:
        """The speaker that the frame before names and leaves with a colon."""
        if frame < 1:
            return None
        low, high = self.frames[frame - 1]
        if not self.text[low:high].rstrip().endswith(":"):
            return None
        return self._who(self._ahead(low, high, False), frame - 1)


def blank(text: str, quotations: Sequence[Quotation]) -> str:
    """The text with its quoted words as NULs, so that all offsets stay."""
    pieces, at = [], 0
    for quotation in quotations:
        pieces += [text[at : quotation.start], "\x00" * (quotation.end - quotation.start)]
        at = quotation.end
    return "".join([*pieces, text[at:]])


def _is_cried(text: str, frame: Span, at: int, quotation: Quotation) -> bool:
    """Whether a sentence at `at` says who cried the quotation that is the frame before: `“Go!” Roe said.`"""
    alone = not text[frame[0] : quotation.start].strip(_MARKS + " \n")
    return (
        alone
        and text[quotation.end - 1] in "!?"
        and not text[quotation.end : at].strip(_MARKS + " ")
        and _TELLS.match(text, at) is not None
    )


def _frames(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> list[Span]:
    """The sentences, those that begin inside a quotation joined to the one before."""
    starts = [quotation.start for quotation in quotations]
    frames: list[Span] = []
    for sentence in sorted(sentences, key=lambda sentence: sentence.start):
        k = bisect_left(starts, sentence.start) - 1
        inside = k >= 0 and sentence.start < quotations[k].end
        cried = k >= 0 and frames and _is_cried(text, frames[-1], sentence.start, quotations[k])
        if frames and (inside or cried):
            frames[-1] = frames[-1][0], sentence.end
        else:
            frames.append((sentence.start, sentence.end))
    return frames
