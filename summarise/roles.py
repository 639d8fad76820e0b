"""Phrases that stand beside a name and may say who it is: the role that a model can choose from.

Its title, as far back as it goes, with and without its article; a phrase set off by a comma before
or behind it; `is the …` and `of …` behind it. In the order of the article, each tied to the name by
what stands between (`ties`).
Patterns only: whether it is the name's role is the model's to say, and the check's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from summarise.article import Span
from summarise.names import Name
from summarise.names.words import head, title, word_set
from summarise.sentences import Sentence
from summarise.ties import tie_between

_MOST = 4
"""Phrases that are offered for one name."""
_REACH = 120
_WORDS_BEFORE = re.compile(r"(?:[^\W_][\w.'’/&-]*[ \n]+){1,12}\Z")
"""The words that run up to a name with nothing but blanks between."""
_FRONT = re.compile(
    r"(?P<phrase>[^,;:.!?\"“”()\n—–]{3,100}),\s+(?:the\s+)?(?:(?:Dr|Mr|Mrs|Ms|Sir|Prof|Rev)\.?\s+)?\Z"
)
_WORD = re.compile(r"[^\W_][\w.'’/&-]*")
_BEHIND = re.compile(
    r"(?:[\"'”’)]{0,2}\s*[,(—–]\s*(?:(?:aged\s+)?\d{1,3},\s*)?(?:(?:also|now|then|formerly|once)\s+)?"
    r"(?:(?:who|which)\s+(?:is|was)\s+)?|\s+(?:is|was|as|became|remains)\s+)(?=\S)"
)
_BELONGS = re.compile(r"\s+(?=(?:of|from)\s+(?:the\s+)?[A-Z])")
_PHRASE_BEHIND = re.compile(r"[^,;:.!?\"“”()\n—–]+(?:\.(?=\w)[^,;:.!?\"“”()\n—–]*)*")
_PLACE_BEHIND = re.compile(
    r"(?:of|from)\s+(?:the\s+)?[A-Z][\w.'’&-]*(?:\s+(?:of\s+|for\s+|and\s+)?(?:the\s+)?[A-Z][\w.'’&-]*)*(?:'s|’s)?(?:\s+[A-Z][\w.'’&-]*)*"
)
_CUT = re.compile(
    r"\s+(?:who|which|that|whom|whose|said|says|told|tells|wrote|added|stated|has|have|had|was|were|is|are|will|would|"
    r"could|can|may|might|did|does|after|before|when|while|on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_SMALL = frozenset({"the", "a", "an", "his", "her", "its", "their", "another", "one"})
_TYING = frozenset({"of", "for", "and", "the", "&"})
_FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame"})
_MODIFYING = frozenset({"former", "then", "first", "second", "late"})
_SOMEONE = re.compile(
    r"(?:\w[^e]er|\wor|ist|ian|ant|man|men|women|woman|person|ess|eer|ary|mate|father|mother|brother|sister|son|daughter|"
    r"parent|wife|husband|widow|aunt|uncle|cousin|aide|head|hero|victim|mp|mep|mps|student|resident|scholar|judge|boss)\Z"
)
"""The endings of most nouns for one who does something, and nouns for kin."""
_VERBAL = re.compile(r"(?:ed|ing|ly)\Z")
_PARTING = frozenset({"of", "for", "at", "in", "from", "with", "on", "to", "by", "and", "who", "that"})
_SAYING = frozenset({
    "said", "says", "told", "tells", "wrote", "added", "stated", "met", "saw", "made", "left", "took", "gave",
    "called", "asked", "is", "was", "are", "were", "be", "been", "has", "have", "had", "named", "dubbed",
    "including", "according", "struck", "written", "seen", "known", "held", "led", "run", "born", "built",
    "sent", "hit", "went", "came", "found", "kept", "lost", "won", "cut", "put", "set", "shut", "let", "beat",
    "rose", "fell", "flew", "drove", "rode", "wore", "spoke", "stood", "sat", "paid", "brought", "bought",
    "fought", "sought", "thought", "taught", "caught", "sold", "felt", "dealt", "sang", "began", "became",
    "broke", "chose", "drew", "grew", "knew", "threw", "shook", "swore", "shot",
})  # fmt: skip
"""Verbs without a telling ending: no noun phrase begins behind or with one."""


def find_roles(text: str, sentences: Sequence[Sentence], names: Sequence[Name]) -> Iterator[tuple[Span, ...]]:
    """For each of `names`, where phrases stand that may be its role, in order, at most four of different
    wording.

    Of the title of an article only where nothing stands in its body."""
    asked = sorted((s for s in sentences if s.number > 0), key=lambda s: s.start)
    starts = [s.start for s in asked]
    for name in names:
        placed = [(asked[bisect_right(starts, mention[0]) - 1], mention) for mention in name.mentions]
        yield _roles_of(text, placed)


def _roles_of(text: str, placed: Sequence[tuple[Sentence, Span]]) -> tuple[Span, ...]:
    """The roles beside the mentions of one name, each given with its sentence."""
    found: dict[str, Span] = {}
    placed = sorted(placed, key=lambda pair: pair[0].kind == "title")
    for sentence, mention in placed:
        if found and sentence.kind == "title":
            break
        for start, end in _around(text, sentence, mention):
            words = " ".join(text[start:end].split())
            if tie_between(text, (start, end), mention) is not None:
                found.setdefault(words, (start, end))
    return tuple(islice(found.values(), _MOST))


def _around(text: str, sentence: Sentence, mention: Span) -> Iterator[Span]:
    low, high = max(sentence.start, mention[0] - _REACH), min(sentence.end, mention[1] + _REACH)
    yield from _titles(text, low, mention[0])
    yield from _set_off_before(text, low, mention[0])
    yield from _set_off_behind(text, mention[1], high)
    belongs = _BELONGS.match(text, mention[1], high)
    if belongs and (place := _PLACE_BEHIND.match(text, belongs.end(), high)):
        yield place.span()


def _titles(text: str, low: int, end: int) -> Iterator[Span]:
    """The phrase that runs up to `end`, and shorter ones with the same last word."""
    run = _WORDS_BEFORE.search(text, low, end)
    words = list(_WORD.finditer(text, run.start(), end)) if run else []
    if words and words[-1].group().lower() == "the":
        words.pop()  # `rebel group the Lima Front`
    words = list(_noun_phrase(words))
    if not words or words[-1].group().lower() in _TYING or not _is_noun(_head(words)):
        return
    if len(words) == 1 and words[0].group().strip(".").lower() in _FORMS_OF_ADDRESS:
        return
    starts = [0, 1] if words[0].group().lower() in _SMALL else [0]
    if _is_noun(words[-1].group()):
        starts += [i for i in range(2, len(words)) if words[i - 1].group().lower() in _TYING]
    for i in dict.fromkeys(starts):
        if i < len(words):
            yield words[i].start(), words[-1].end()


def _noun_phrase(words: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """The last of `words`, as far back as they may be one phrase."""
    first = len(words)
    for i in reversed(range(len(words))):
        word = words[i].group()
        small = word.lower()
        if small in _SMALL:
            return words[i:] if first == i + 1 else words[first:]
        if small in _TYING:
            continue  # only with a word of the phrase before it
        ends = small in _SAYING or small in word_set("function") or (word.islower() and _VERBAL.search(small))
        if ends and small not in _MODIFYING:
            break
        if i + 1 < first < len(words) and not _is_noun(word):
            break  # nothing belongs by `of` but to the noun of a role
        first = i
    return words[first:]


def _head(words: Sequence[re.Match[str]]) -> str:
    """The head of a noun phrase: the word before what belongs to it."""
    before = words[0].group()
    for word in words:
        if word.group().lower() in _PARTING:
            break
        before = word.group()
    return before


def _is_noun(word: str) -> bool:
    """Whether `word` is for people or a body."""
    small, people = word.strip(".").lower(), word_set("people")
    listed = title(small) or head(small) or small in people or f"{small}s" in people
    return listed or _SOMEONE.search(small) is not None


def _set_off_before(text: str, low: int, end: int) -> Iterator[Span]:
    """`the harbour's master, ` up to `end`."""
    front = _FRONT.search(text, low, end)
    words = _noun_phrase(list(_WORD.finditer(text, *front.span("phrase")))) if front else []
    if words and _is_noun(_head(words)):
        yield words[0].start(), words[-1].end()
        if words[0].group().lower() in _SMALL and len(words) > 1:
            yield words[1].start(), words[-1].end()


def _set_off_behind(text: str, start: int, end: int) -> Iterator[Span]:
    """`, a harbour master` from `start`, cut where a clause begins."""
    behind = _BEHIND.match(text, start, end)
    phrase = _PHRASE_BEHIND.match(text, behind.end(), end) if behind else None
    if not phrase:
        return
    cut = _CUT.search(text, phrase.start(), phrase.end())
    words = list(_WORD.finditer(text, phrase.start(), cut.start() if cut else phrase.end()))
    if not words:
        return
    first = words[0].group().lower()
    unfit = first in (word_set("function") | _SAYING) - _SMALL - _MODIFYING or _VERBAL.search(first)
    if (first in ("a", "an") and len(words) > 1) or (_is_noun(_head(words)) and not unfit):
        yield words[0].start(), words[-1].end()
