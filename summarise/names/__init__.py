"""Names: every span of an article that may name someone or something, and which belong together.

`find_names` proposes; what a name stands for, and whether it matters, is the model's to say.
Found are capitalised runs without titles (`cut`), the places in them, and nouns for bodies and
people without a capital (`nouns`); then the forms of one name are grouped (`groups`). General rules
and word lists only; nothing is looked up, changed or raised. Time is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.article import Span
from summarise.names.collect import collect_forms
from summarise.names.forms import Form
from summarise.names.groups import group_forms
from summarise.names.kinds import body_word, may_be_person, why_a_person, why_no_person

if TYPE_CHECKING:
    from summarise.sentences import Sentence

__all__ = ["Name", "body_word", "find_names", "may_be_person", "why_a_person", "why_no_person"]


@dataclass(frozen=True)
class Name:
    """One name with all its forms.

    name: the fullest form as it stands, white space folded to one blank.
    span: its first occurrence in the article's text (the first that is not in capitals, where there is
    one); sentence: the number of the sentence there.
    aliases: the other forms in order of first appearance; alias_spans: where each appears first.
    mentions: all occurrences of all forms, sorted, disjoint.
    """

    name: str
    span: Span
    sentence: int
    aliases: tuple[str, ...]
    alias_spans: tuple[Span, ...]
    mentions: tuple[Span, ...]


def find_names(text: str, sentences: Sequence[Sentence]) -> tuple[Name, ...]:
    """The names in the sentences with a number above 0, in order of first mention."""
    asked = sorted((s for s in sentences if s.number > 0), key=lambda s: s.start)
    starts = [sentence.start for sentence in asked]
    names = []
    for full, others in group_forms(collect_forms(text, asked)):
        span = next((s for s in full.spans if not text[s[0] : s[1]].isupper()), full.spans[0])
        number = asked[bisect_right(starts, span[0]) - 1].number
        names.append(_name(text, span, (full, *others), number))
    return tuple(sorted(names, key=lambda name: (name.mentions[0], name.span)))


def _name(text: str, span: Span, forms: Sequence[Form], number: int) -> Name:
    name = _slice(text, span)
    spans = sorted(span for form in forms for span in form.spans)
    aliases: dict[str, Span] = {}
    for other in spans:
        if (alias := _slice(text, other)) != name:
            aliases.setdefault(alias, other)
    mentions = _disjoint(spans)
    return Name(name, span, number, tuple(aliases), tuple(aliases.values()), mentions)


def _slice(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _disjoint(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, the longer ones first where they overlap from the same place."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)
