"""What a name by its own words can't be: a person, or a body.

A judge of last resort, made for precision: it answers only where the words themselves settle it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.names.words import adjective, head, ordinary
from summarise.places import is_country, is_large, is_place

if TYPE_CHECKING:
    from summarise.names import Name


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
    return not (ordinary(words[0]) and ordinary(words[-1]))
