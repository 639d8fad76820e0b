"""Whom `he` and `she` mean: the one person that the sentences before leave.

Looked at are the frames back from the pronoun, a few of them, as long as they go on about one person:
whoever was heard last, or the only person named. `it` and `they` are never settled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.article import Span
from summarise.speakers.subjects import Mentions, Pronoun

_BACK = 4
"""Frames before the pronoun's that are looked at."""
_GOES_ON = re.compile(r"[\s\"'“”‘’«»]*(?:\x00|(?:He|She|His|Her)\b)")
"""A sentence that is quoted, or is about the same person as the one before."""


class Antecedents:
    """The people of one text, by frame."""

    def __init__(self, text: str, mentions: Mentions, frames: Sequence[Span]) -> None:
        self._text = text
        self._mentions = mentions
        self._frames = frames
        self.heard: dict[int, int] = {}
        """Frame number -> the name of the last who was found speaking in it."""

    def meant_by(self, pronoun: Pronoun, frame: int) -> int | None:
        """The index of the name that `pronoun`, in frame number `frame`, stands for, or None."""
        if pronoun.word not in ("he", "she") or frame < 0:
            return None
        start = self._frames[frame][0]
        own = self._people(start, pronoun.span[0])
        if own:
            return self._only(own)
        for back in range(frame - 1, max(-1, frame - 1 - _BACK), -1):
            heard = self.heard.get(back)
            if heard is not None and self._mentions.is_person(heard):
                return heard
            people = self._people(*self._frames[back])
            if people or not _GOES_ON.match(self._text, *self._frames[back]):
                return self._only(people)
        return None

    def _people(self, start: int, end: int) -> list[int]:
        """The names that people may have, in order."""
        here = (name for _, name in self._mentions.inside(start, end))
        return [name for name in here if self._mentions.is_person(name) or self._mentions.is_surname(name)]

    def _only(self, people: list[int]) -> int | None:
        return people[0] if len(set(people)) == 1 and self._mentions.is_person(people[0]) else None
