"""Judges whose words a quote is: the holder's, somebody else's, or left open by the text.

The speaker of a quotation comes from `speakers`. Only a named speaker who is certainly not the holder
contradicts; a phrase without a name, a holder without one, and a quotation that nobody is given
leave it open.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import Enum

from summarise.article import Span
from summarise.check.facts import Facts
from summarise.check.spans import fold, overlap
from summarise.names import may_be_person
from summarise.names.words import demonyms
from summarise.places import country_of
from summarise.speakers import Speaker

_SHORTLY = 600
"""Characters before a pronoun in which whoever is named may be meant."""
_BESIDE = 250
"""Characters beside a speaker's name in which the body that they speak for is looked for."""
_CAPITALS = re.compile(r"[A-Z]\w+(?:\s[A-Z]\w+)?")
_CLOSE = 0.8
"""How alike two surnames are, at least, that may be one: `Wasef`, `Wasif`."""
_MENTIONS = 20
"""Mentions of a speaker beside which it is looked for."""


class Voice(Enum):
    """Whether a quotation is the holder's."""

    OWN = "own"
    OPEN = "open"
    OTHER = "other"


def judge_voice(facts: Facts, holder: str, at: Span, quote: Span) -> tuple[Voice, str]:
    """Whether the quotation that `quote` lies in is that of `holder`, who stands at `at`; and in words."""
    speaker = facts.speaker_of(quote)
    if speaker is None:
        return Voice.OPEN, "the text does not settle who is quoted"
    words = fold(facts.article.slice(speaker.span))
    if _is_same(facts, holder, at, speaker):
        return Voice.OWN, f"said by {words!r}"
    if speaker.name is None:
        return Voice.OPEN, f"the quotation is given to {words!r}"
    if (
        _is_unnamed(facts, holder, at)
        or _may_be_misspelt(holder, facts.names.groups[speaker.name].name)
        or _speaks_for(facts, holder, at, speaker)
        or _may_be_meant(facts, holder, speaker)
    ):
        return Voice.OPEN, f"the quotation is given to {words!r}"
    return (
        Voice.OTHER,
        f"the quotation is that of {facts.names.groups[speaker.name].name!r}, not of {holder!r}",
    )


def _is_same(facts: Facts, holder: str, at: Span, speaker: Speaker) -> bool:
    """Whether the holder is the speaker, or named in the phrase that says who speaks."""
    group = facts.names.group_of(holder, at)
    if overlap(at, speaker.span) or facts.text.first(holder, speaker.span) is not None:
        return True
    if speaker.name is not None:
        name = facts.names.groups[speaker.name]
        whole, own = f" {fold(name.name)} ", f" {fold(holder)} "
        if speaker.name == group or own in whole or whole in own:
            return True
    return group is not None and any(other == group for _, other in facts.names.within(speaker.span))


def _is_unnamed(facts: Facts, holder: str, at: Span) -> bool:
    """Whether the holder's words are no name: `the minister`, `One of the victims`, `Protesters`."""
    group = facts.names.group_of(holder, at)
    return holder == holder.lower() or group is None or facts.names.groups[group].name.islower()


def _may_be_misspelt(holder: str, speaker: str) -> bool:
    """Whether two names may be one with another spelling: close surnames, first names that do not differ."""
    ours, theirs = _plain(holder), _plain(speaker)
    if not ours or not theirs or (len(ours) > 1 and len(theirs) > 1 and ours[0] != theirs[0]):
        return False
    return SequenceMatcher(None, ours[-1], theirs[-1]).ratio() >= _CLOSE


def _plain(name: str) -> list[str]:
    """The words of a name in small letters without accents."""
    return (
        "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).lower().split()
    )


def _speaks_for(facts: Facts, holder: str, at: Span, speaker: Speaker) -> bool:
    """Whether a body that holds the stance stands beside the speaker's name (`Roe, of the Board`)."""
    group = facts.names.group_of(holder, at)
    if group is not None and may_be_person(facts.names.groups[group]):
        return False
    names = facts.names.groups[speaker.name].mentions[:_MENTIONS] if speaker.name is not None else ()
    aliases = facts.names.groups[group].aliases if group is not None else ()
    for start, end in (speaker.span, *names):
        beside = max(0, start - _BESIDE), min(len(facts.article.text), end + _BESIDE)
        if any(facts.text.first(form, beside) for form in (holder, *aliases)):
            return True
        if _nations(facts.article.slice(beside)) & _nations(holder):
            return True
    return False


def _nations(words: str) -> set[str]:
    """The countries that adjectives and names in `words` stand for."""
    found = _CAPITALS.findall(words)
    adjectives = {demonyms().get(word.casefold()) for word in found}
    return {code for code in (*adjectives, country_of(words)) if code}


def _may_be_meant(facts: Facts, holder: str, speaker: Speaker) -> bool:
    """Whether the speaker is a pronoun, and the holder was named shortly before it too."""
    if facts.article.slice(speaker.span).lower() not in ("he", "she"):
        return False
    group = facts.names.group_of(holder)
    window = max(0, speaker.span[0] - _SHORTLY), speaker.span[0]
    named = any(other == group for _, other in facts.names.within(window)) if group is not None else False
    return named or facts.text.first(holder, window) is not None
