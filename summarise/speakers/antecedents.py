"""Whom `he` and `she` mean: the one person that the sentences before leave.

Looked at are the frames back from the pronoun, a few of them: the first that names a person
decides. Where it names several, the one that it begins with; else nobody. `it` and `they` are
never settled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.article import Span
from summarise.names import Name, may_be_person
from summarise.speakers.cues import GOVERNED, OWNS
from summarise.speakers.subjects import Mentions, Pronoun

_BACK = 4
"""Frames before the pronoun's that are looked at."""
_OPENING = re.compile(r"[^,;:.!?\x00]{0,60}\Z")


class Antecedents:
    """The people of one text, by frame."""

    def __init__(self, text: str, names: Sequence[Name], mentions: Mentions, frames: Sequence[Span]) -> None:
        self._text = text
        self._mentions = mentions
        self._frames = frames
        self.heard: dict[int, int] = {}
        """Frame number -> the name of the last who was found speaking in it."""
        self._person = [may_be_person(name) for name in names]

    def meant_by(self, pronoun: Pronoun, frame: int) -> int | None:
        """The index of the name that `pronoun`, in frame number `frame`, stands for, or None."""
        if pronoun.word not in ("he", "she") or frame < 0:
            return None
        start = self._frames[frame][0]
        own = self._people(start, pronoun.span[0])
        if own:
            return self._one(own, start)
        for back in range(frame - 1, max(-1, frame - 1 - _BACK), -1):
            if back in self.heard and self._person[self.heard[back]]:
                return self.heard[back]
            people = self._people(*self._frames[back])
            if people:
                return self._one(people, self._frames[back][0])
        return None

    def _people(self, start: int, end: int) -> list[tuple[Span, int]]:
        return [
            (span, name)
            for span, name in self._mentions.inside(start, end)
            if self._person[name] and self._text[span[0]] != "\x00"
        ]

    def _one(self, people: list[tuple[Span, int]], start: int) -> int | None:
        """The only person of a frame, or the one that it begins with."""
        if len({name for _, name in people}) == 1:
            return people[0][1]
        span, name = people[0]
        opens = _OPENING.fullmatch(self._text, start, span[0]) and not GOVERNED.search(
            self._text, start, span[0]
        )
        return name if opens and not OWNS.match(self._text, span[1]) else None
