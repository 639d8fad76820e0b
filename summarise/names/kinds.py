"""What a name can't be, by its own words or by a title before it: a person, or anything but a person.

Made for precision: it answers only where the words settle it, and says nothing of most names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarise.names.words import adjective, head, ordinary, title
from summarise.places import is_country, is_large, is_place

if TYPE_CHECKING:
    from summarise.names import Name

_BODIES = {
    "agency", "airlines", "alliance", "army", "association", "authority", "bureau", "campaign", "coalition",
    "commission", "committee", "company", "corporation", "council", "department", "federation", "foundation",
    "government", "inc", "institute", "league", "llc", "ltd", "ministry", "movement", "museum", "navy",
    "network", "newspaper", "organisation", "organization", "parliament", "party", "plc", "police",
    "services", "society", "technologies", "university",
}  # fmt: skip
"""Last words, or first ones before `of`, that no person's name has."""
_LOOSE_TITLES = {
    "acting", "agent", "assistant", "associate", "chief", "count", "crown", "deputy", "executive", "first",
    "general", "host", "interim", "king", "laureate", "major", "nominee", "presidential", "private", "queen",
    "saint", "star", "vice",
}  # fmt: skip
"""Titles that also stand before other things, or belong to names of them."""
_FORMAL = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame"}
"""Titles that make a person of the shortest name."""
_AGE = re.compile(r",\s(?:aged\s)?[1-9]\d?,\s|\s\([1-9]\d\)")
_BEFORE = re.compile(r"(?P<word>[A-Za-z][A-Za-z-]*)\.?[^\S\n]+\Z")
_REACH = 40


def may_be_person(name: Name) -> bool:
    """Whether a group of names may be a person's: its fullest form has two to five words, none of a body."""
    words = [word.casefold() for word in name.name.split()]
    if not 2 <= len(words) <= 5 or name.name.islower() or name.name.split()[-1].islower():
        return False
    if any(word in ("of", "for", "and", "the") or word[0].isdigit() for word in words):
        return False
    if head(words[-1]) or adjective(words[0]) or is_place(name.name) or is_country(name.name):
        return False
    if is_large(words[0]) and len(words) > 2:
        return False
    if not name.name.isupper() and any(
        word.isupper() and word.isalpha() and len(word) > 1 for word in name.name.split()
    ):
        return False  # `GM Europe`, `New GM`
    return not (ordinary(words[0]) and ordinary(words[-1]))


def why_no_person(name: str) -> str | None:
    """Why `name` can't be a person's, or None."""
    words = [word.strip(".,").casefold() for word in name.split()]
    if name == name.lower() != name.upper():
        return f"{name!r} is written small, so it names no person"
    body = body_word(name)
    if body:
        return f"{name!r} is a body: {body!r}"
    before = words[-2] if len(words) > 1 else ""
    if head(words[-1]) and (ordinary(before) or adjective(before)):
        return f"{name!r} is a body or a place: {words[-1]!r}"
    return f"{name!r} is a country" if is_country(name) else None


def body_word(name: str) -> str | None:
    """The word that makes `name` a body's (`Ministry of Ports`, `Roe Ltd.`), small, or None."""
    words = [word.strip(".,").casefold() for word in name.split()]
    for at, word in enumerate(words):
        if word in _BODIES and len(words) > 1 and (at == len(words) - 1 or words[at + 1] in ("of", "for")):
            return word
    return None


def why_a_person(text: str, name: Name) -> str | None:
    """Why `name` is certainly a person's, or None: a title before it or an age after it in `text`."""
    if not may_be_person(name):
        return None
    for start, end in name.mentions:
        whole = " ".join(text[start:end].split()) == name.name
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        word = before["word"].casefold() if before else ""
        if before and (word in _FORMAL or (whole and title(word) and word not in _LOOSE_TITLES)):
            return f"{before['word']!r} stands before {name.name!r}"
        if whole and _AGE.match(text, end):
            return f"an age stands after {name.name!r}"
    return None
