"""A schema of one's own, read: which lists of entries it asks for, and of each entry which parts.

The door of this folder. `parts` reads a field of an entry, `entries` an entry, `reading` the schema; each
refuses what can't be asked for, naming the field and what to use instead. Loads no model, knows no news.
"""

from __future__ import annotations

from summarise.schema.entries import Entries
from summarise.schema.parts import Part
from summarise.schema.reading import Schema, read_schema

__all__ = ["Entries", "Part", "Schema", "read_schema"]
