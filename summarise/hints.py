"""What code sees of a name or a sentence that a small model does not: said to it before it judges.

Of a name: how often it stands, whether it speaks (a quotation or a verb of saying is its own), acts (is
the subject of a verb), has a role beside it, stands after `in` or `by`, and whether a gazetteer knows it
as a country or another place. Of a sentence: whether its words take a position for or against something,
and whether somebody is quoted. Hints only, wrong at times: nothing is decided by them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from summarise.article import Span
from summarise.names import Name
from summarise.places import is_country, is_place
from summarise.positions import find_predicates
from summarise.sentences import Sentence
from summarise.speakers import Mentions, Speaker, opening_subject

_SAYS = re.compile(
    r"\s*(?:,[^,\n]{1,60},\s*)?(?:\s(?:has|have|had|also|then|later)\s+)?"
    r"(?:said|says|told|tells|stated|announced|reported|added|wrote|tweeted|claimed|asked|warned|denied)\b"
)
_ADVERBS = (
    r"(?:also|then|has|have|had|is|are|was|were|be|been|will|would|could|can|may|did|not|never|later|now|"
    r"\w+ly)"
)
_VERB = re.compile(
    rf"\s+(?:{_ADVERBS}\s+)*(?:[a-z]+(?:ed|[^s\W]s)|is|are|was|were|has|had|have|will|would|won|took|held|made|"
    r"gave|went|came|left|began|became|led|met|put|set|got|lost|beat|hit|cut|sent|saw|found|spoke|ran|rose|"
    r"fell|shot|kept|brought|bought|built|fought|sought|struck|paid)\b"
)
_BEFORE = re.compile(r"\b(in|by)\s+(?:the\s+)?\Z", re.IGNORECASE)
_NEAR = 16
_NOT = re.compile(r"(?:\b(?:not|never|no|nor|without|neither|cannot)|n['’]t)\s+(?:\w+\s+){0,2}\Z")


def describe_names(
    text: str,
    sentences: Sequence[Sentence],
    names: Sequence[Name],
    speaking: Collection[int],
    roles: Collection[int],
) -> list[str]:
    """The hints of each name, divided by commas.

    text: with its quotations blanked. speaking: indexes of names that a quotation is attributed to;
    roles: of those with a phrase beside them that may be a role.
    """
    mentions = Mentions(names)
    subjects = set()
    for sentence in sentences:
        if sentence.number > 0:
            subject = opening_subject(text, sentence.start, sentence.end, mentions)
            if isinstance(subject, Speaker) and subject.name is not None:
                subjects.add(subject.name)
    return [
        ", ".join(_of_name(text, name, index in speaking, index in subjects, index in roles))
        for index, name in enumerate(names)
    ]


def _of_name(text: str, name: Name, speaks: bool, subject: bool, role: bool) -> list[str]:
    said = speaks or any(_SAYS.match(text, end) for _, end in name.mentions)
    acts = subject or any(_VERB.match(text, end) for _, end in name.mentions)
    after = {
        found[1].lower()
        for start, _ in name.mentions
        if (found := _BEFORE.search(text, max(0, start - _NEAR), start))
    }
    hints = [str(len(name.mentions))]
    hints += ["speaks"] if said else []
    hints += ["acts"] if acts else []
    hints += ["role"] if role else []
    hints += sorted(after, reverse=True)
    hints += ["country"] if is_country(name.name) else ["place"] if is_place(name.name) else []
    return hints


def describe_sentence(text: str, span: Span, *, quoted: bool) -> str:
    """The hints of the sentence at `span`, "" for none; quoted: whether a quotation reaches into it."""
    senses = []
    for found in find_predicates(text, *span):
        if _NOT.search(text, span[0], found.start):
            continue  # `never opposed` takes no position that words alone would tell
        other = "against" if found.sense == "for" else "for"
        senses.append(other if found.denied else found.sense)
    return ", ".join([*dict.fromkeys(senses), *(["quote"] if quoted else [])])
