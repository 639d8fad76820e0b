"""Judges who holds a stance, and on what: named in the evidence, or meant by a word there.

The holder stands in the evidence; or another form of its name does; or the evidence has a
pronoun that agrees with it, or a description that fits, and the holder was named
before; or the evidence is the inside of a quotation that is the holder's or nobody's for sure. The target
stands in the evidence, or the evidence has a pronoun that agrees with it or its head noun, and the target
stands shortly before. The span is then the nearest mention before. Which of several people or things
that agree a pronoun means is not settled here.
"""

from __future__ import annotations

import re

from summarise.article import Span
from summarise.check.agreement import head_noun, sort_of, stand_ins
from summarise.check.evidence import absent, find_in
from summarise.check.facts import Facts
from summarise.check.voices import Voice, judge_voice
from summarise.names.words import adjective, head, ordinary, title, word_set

_DESCRIPTION = re.compile(
    r"\b(?:the|this|that|these|those|his|her|its|their|both)\s+([\w'’-]+(?:\s+[\w'’-]+)?)", re.IGNORECASE
)
_LED = re.compile(r"(?:[\w'’-]+[^\S\n]+){1,4}\Z")
_SET_AFTER = re.compile(r"(?:,|[^\S\n]+(?:is|was)\b)(?:[^\S\n]+[\w'’-]+){1,6}")
_WORD = re.compile(r"[\w-]{3,}")
_SUFFIXES = {"jr", "sr", "iii"}
_SHORTLY = 4
"""Sentences before the evidence in which what a pronoun points to is looked for."""
_BESIDE = 40
"""Characters beside a name in which the words that describe its bearer are looked for."""
_MENTIONS = 20
"""Mentions of a bearer whose descriptions are read."""


def find_holder(facts: Facts, holder: str, sentence: int, quote: Span | None = None) -> Span | str:
    """The span of `holder`, or why it can't be the holder of a stance in asked `sentence`.

    quote: where the words stand that the holder is said to say there, if any.
    """
    evidence = facts.span_of(sentence)
    span = find_in(facts, holder, evidence)
    if span is not None:
        return span
    earlier = facts.text.before(holder, evidence[0])
    anywhere = earlier or facts.text.first(holder)
    if anywhere is None:
        return absent(facts, holder, evidence)
    forms = _forms(facts, holder, anywhere)
    if _stands(facts, forms, evidence):
        return anywhere
    if earlier is not None and _may_mean(facts, forms, earlier, sentence):
        return earlier
    if quote is not None and _may_say(facts, forms, anywhere, sentence, quote):
        return anywhere
    return f"nothing in the evidence names {holder!r} or can stand for it"


def find_target(facts: Facts, target: str, sentence: int) -> Span | str:
    """The span of `target`, or why a stance in asked `sentence` can't be about it."""
    evidence = facts.span_of(sentence)
    span = facts.text.first(target, evidence)
    if span is not None:
        return span
    earlier = facts.text.before(target, evidence[0])
    since = _shortly_before(facts, sentence)
    if earlier is not None and earlier[0] >= since:
        sort = sort_of(facts, target, earlier)
        pointed = next(stand_ins(facts, evidence, sort, acting=False), None) is not None
        if pointed or _is_described(facts, target, evidence):
            return earlier
    return absent(facts, target, evidence)


def _is_described(facts: Facts, target: str, evidence: Span) -> bool:
    """Whether the evidence has the target's head noun as something known: `the bill`."""
    noun = head_noun(target)
    words = facts.article.slice(evidence)
    return any(noun in found.lower().split() for found in _DESCRIPTION.findall(words))


def _forms(facts: Facts, holder: str, span: Span) -> list[str]:
    """The names that `holder` may go by: those of its group, its telling words, its initials."""
    group = facts.names.group_of(holder, span)
    known = [facts.names.groups[group].name, *facts.names.groups[group].aliases] if group is not None else []
    capitals = [word for word in _WORD.findall(holder) if word[0].isupper() and word.lower() not in _SUFFIXES]
    telling = [word for word in capitals[:-1] if not _is_plain(word.lower())]
    if " " not in holder and holder[:1].isalpha():  # `Republicans` and `Republican voters`
        telling += [holder[0].swapcase() + holder[1:], *([holder[:-1]] if holder.endswith("s") else [])]
    initials = "".join(word[0] for word in capitals)
    return [holder, *known, *capitals[-1:], *telling, *([initials] if len(initials) > 2 else [])]


def _is_plain(word: str) -> bool:
    """Whether many names have this word: it tells no bearer from another."""
    return ordinary(word) or adjective(word) or head(word) or title(word)


def _stands(facts: Facts, forms: list[str], within: Span) -> bool:
    return any(facts.text.first(form, within) is not None for form in forms)


def _may_mean(facts: Facts, forms: list[str], earlier: Span, sentence: int) -> bool:
    """Whether the evidence has a word that can stand for the holder called `forms`, named `earlier`."""
    evidence = facts.span_of(sentence)
    group = facts.names.group_of(forms[0], earlier)
    words = _unquoted(facts, evidence)
    described = {word.lower() for found in _DESCRIPTION.findall(words) for word in _WORD.findall(found)}
    if described & _descriptions(facts, forms, group):
        return True
    voice = _voice_of(facts, evidence, forms[0], earlier)
    if voice == Voice.OWN:
        return True
    if not _stands(facts, forms, (_shortly_before(facts, sentence), evidence[0])):
        return False
    sort = sort_of(facts, forms[0])
    return voice == Voice.OPEN or next(stand_ins(facts, evidence, sort, acting=True), None) is not None


def _may_say(facts: Facts, forms: list[str], at: Span, sentence: int, quote: Span) -> bool:
    """Whether the text gives the quote to the holder, or to nobody and the holder is named just before."""
    voice = judge_voice(facts, forms[0], at, quote)[0]
    shortly = _shortly_before(facts, sentence), facts.span_of(sentence)[0]
    return voice == Voice.OWN or (voice == Voice.OPEN and _stands(facts, forms, shortly))


def _voice_of(facts: Facts, evidence: Span, holder: str, at: Span) -> Voice | None:
    """Whose words the evidence is, as the inside of a quotation; None where it is none."""
    if not _is_inside_quotation(facts, evidence):
        return None
    voices = {judge_voice(facts, holder, at, (q.start, q.end))[0] for q in facts.quotations_in(evidence)}
    return next((voice for voice in (Voice.OWN, Voice.OPEN) if voice in voices), Voice.OTHER)


def _shortly_before(facts: Facts, sentence: int) -> int:
    """Where the few sentences before asked `sentence` begin."""
    first = facts.asked.get(sentence - _SHORTLY)
    return first.start if first else 0


def _unquoted(facts: Facts, evidence: Span) -> str:
    """The evidence without what stands in its quotation marks."""
    pieces, at = [], evidence[0]
    for quotation in facts.quotations_in(evidence):
        pieces.append(facts.article.text[at : max(at, quotation.start)])
        at = max(at, quotation.end)
    return " ".join([*pieces, facts.article.text[at : evidence[1]]]).strip()


def _is_inside_quotation(facts: Facts, evidence: Span) -> bool:
    """Whether the evidence, but for marks at its ends, is quoted, or goes on with an open quotation."""
    marks = 3
    return any(
        quotation.start < evidence[0] - marks
        or (quotation.start - marks <= evidence[0] and evidence[1] <= quotation.end + marks)
        for quotation in facts.quotations_in(evidence)
    )


def _descriptions(facts: Facts, forms: list[str], group: int | None) -> set[str]:
    """The words of the holder's names, and those set before or after its mentions, in lower case."""
    text = facts.article.text
    words = {word for form in forms for word in _WORD.findall(form.lower())}
    for start, end in facts.names.groups[group].mentions[:_MENTIONS] if group is not None else ():
        for beside in (_LED.search(text, max(0, start - _BESIDE), start), _SET_AFTER.match(text, end)):
            words.update(_WORD.findall(beside.group().lower()) if beside else ())
    return words - word_set("function")
