"""Speakers: whom each quotation is attributed to, where the text settles it.

`attribute` goes through the text frame by frame: a frame is a sentence as its author built it, with
the quotations in it blanked. In a frame a verb of saying (`cues`) has a subject (`subjects`): a name, a
phrase without a name, or a pronoun, which means the one person that the sentences before leave. A
quotation without such a verb goes on with the speaker of the one before it where nothing stands
between them but that one's attribution, or where its paragraph was left open. Everything else is
left open: None. Reads text and names only; never guesses, never raises; linear in the text.
"""

from summarise.speakers.attribution import attribute, blank
from summarise.speakers.spoken import is_speech
from summarise.speakers.subjects import (
    Mentions,
    Pronoun,
    Speaker,
    heads_phrase,
    opening_subject,
    subject_after,
    subject_before,
)

__all__ = [
    "Mentions", "Pronoun", "Speaker", "attribute", "blank",
    "heads_phrase", "is_speech", "opening_subject", "subject_after", "subject_before",
]  # fmt: skip
