"""The words that take a position: verbs, nouns and adjectives of being for or against something.

General English, chosen for being hard to misread with the thing itself as their object. `find_predicates`
finds them. Patterns only: nothing here knows who is for or against what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_AGAINST = """
abhor abolish accuse admonish assail attack ban bemoan berate blame blast block boycott castigate censure
challenge chide condemn convict criminalise criminalize criticise criticize decry defy denigrate denounce
deny deplore deride despise detest disavow dislike dismiss disparage dispute forbid hate impeach indict
lambast lambaste loathe mock oppose outlaw overturn prohibit protest quash rebuff rebuke rebut refuse
refute reject repeal reprimand repudiate resent resist ridicule sentence slam sue veto vilify
appeal_against argue_against call_for_an_end_to call_for_the_removal_of call_for_the_resignation_of
campaign_against caution_against come_out_against complain_about crack_down_on decide_against
demonstrate_against disagree_with disapprove_of fight_against hit_out_at lash_out_at lobby_against
march_against object_to protest_against push_back_against rail_against rally_against rule_against
speak_against speak_out_against stand_against strike_down take_issue_with turn_down vote_against
vote_down warn_about warn_against warn_of
"""
_FOR = """
admire advocate applaud appoint appreciate approve authorise authorize back champion cheer co-sponsor
commend congratulate cosponsor decriminalise decriminalize defend demand embrace endorse espouse
exonerate favor favour forgive hail honor honour laud legalise legalize love mourn nominate pardon praise
prefer propose ratify recommend salute sponsor support thank uphold welcome agree_to agree_with
approve_of argue_for argue_in_favor_of argue_in_favour_of ask_for beg_for call_for
call_for_the_release_of campaign_for come_out_in_favor_of come_out_in_favour_of come_out_in_support_of
comply_with consent_to fight_for lobby_for pay_tribute_to plead_for press_for push_for rally_behind
side_with speak_in_favor_of speak_in_favour_of speak_in_support_of stand_by stand_with vote_for
vote_in_favor_of vote_in_favour_of
"""
_DOUBLED = {"slam", "ban", "rebut", "forbid", "beg", "prefer"}
_NOUNS = {"march", "rally", "campaign", "protest", "appeal", "vote", "strike"}
"""Verbs whose form in -s, with a preposition, is mostly a plural noun: `the Lima protests against`."""
_IRREGULAR = {
    "speak": ("spoke", "spoken"),
    "come": ("came", "come"),
    "take": ("took", "taken"),
    "strike": ("struck", "struck"),
    "uphold": ("upheld", "upheld"),
    "stand": ("stood", "stood"),
    "pay": ("paid", "paid"),
    "forgive": ("forgave", "forgiven"),
    "forbid": ("forbade", "forbidden"),
    "hit": ("hit", "hit"),
    "fight": ("fought", "fought"),
}
_ASKED = (
    *(
        "call for",
        "demand",
        "propose",
        "agree to",
        "press for",
        "push for",
        "plead for",
        "warn",
        "challenge",
        "blame",
    ),
    *("ask for", "beg for", "prefer", "appoint", "authori"),
)
"""Verbs whose object may be turned by what follows: `called for the law to be dropped`."""


def _forms(verb: str) -> Iterator[str]:
    """Base, present, past and participles of a verb; the words after it stay."""
    word, *rest = verb.split("_")
    stem = word + word[-1] if word in _DOUBLED else word
    silent = word[:-1] if word.endswith("e") else stem
    falls = word.endswith("y") and word[-2] not in "aeou"
    present = word[:-1] + "ies" if falls else word + ("es" if re.search(r"(?:s|sh|ch|x|o)$", word) else "s")
    past = word[:-1] + "ied" if falls else silent + "ed"
    shown = () if rest and word in _NOUNS else (present,)
    for form in (word, *shown, silent + "ing", *_IRREGULAR.get(word, (past,))):
        yield " ".join([form, *rest])


_VERBS = {
    form: (sense, number == 0, verb.replace("_", " ").startswith(_ASKED))
    for sense, verbs in (("against", _AGAINST), ("for", _FOR))
    for verb in verbs.split()
    for number, form in enumerate(_forms(verb))
}
"""Form -> what it says; whether it is the base form; whether a clause may follow."""
_BY_FIRST: dict[str, list[str]] = {}
"""First word -> the forms that begin with it, longest first."""
for _form in sorted(_VERBS, key=len, reverse=True):
    _BY_FIRST.setdefault(_form.split()[0], []).append(_form)

_WORDS = r"(?:(?!(?:by|in|of|to|for|with|from|about|that|who|which|and|or|but)\b)[\w’'-]+\s+)"
_LIGHT = (
    r"(?:express|voic|declar|announc|reiterat|reaffirm|affirm|repeat|pledg|offer|show|signall?|stat|confirm|renew|"
    r"receiv|withdr[ae]w|dropp?|end)(?:e[ds]|s|n|ing)?|ends|lent|lends|gave|gives?|giving|has|have|had|withdrawn"
)
_ACT = (
    r"(?:fil|launch|stag|organi[sz]|mount|impos|issu|announc|call|sign)(?:ed|es|ing)|calls|signs|files|"
    r"brought|brings|led|leads|held|holds|joined|joins"
)
_BE = r"(?:is|are|was|were|remains?|remained|became|becomes?|(?:has|have|had)\s+been)"
_NOUNS_AGAINST = (
    r"(?:opposition|objections?|hostility)\s+to|(?:criticism|condemnation|disapproval|denunciation)\s+of|"
    r"disagreement\s+with|(?:outrage|anger)\s+(?:at|over)"
)
_NOUNS_FOR = (
    r"(?:support|backing|praise|admiration|appreciation)\s+for|(?:approval|endorsement|appreciation)\s+of|"
    r"solidarity\s+with|gratitude\s+to|confidence\s+in"
)
_ACTS_AGAINST = (
    r"(?:law)?suits?\s+against|(?:complaints?|protests?|campaigns?|appeals?|challenges?|charges|petitions?|"
    r"demonstrations?|rall(?:y|ies)|march(?:es)?|sanctions|strikes?)\s+against|(?:bans?|sanctions)\s+on"
)
_AGENTS_AGAINST = r"(?:opponent|critic)s?\s+of"
_AGENTS_FOR = r"(?:supporter|advocate|proponent|champion|backer|defender|admirer)s?\s+of"
_STATES_AGAINST = r"(?:opposed|hostile)\s+to|critical\s+of|against"
_STATES_FOR = r"in\s+favou?r\s+of|in\s+support\s+of|supportive\s+of"
_ADVERBS = r"(?:(?:not|never|also|still|always|very|[a-z]+ly)\s+)"
_A = r"(?:an?|one\s+of\s+the|among\s+the|the|no|not\s+an?|(?:much\s+)?more\s+of\s+an?)\s+"

_PHRASE = re.compile(
    rf"(?:(?P<light>(?:{_LIGHT})\s+{_WORDS}{{0,4}}(?:(?P<n_for>{_NOUNS_FOR})|{_NOUNS_AGAINST}))"
    rf"|(?P<act>(?:{_ACT})\s+{_WORDS}{{0,4}}(?:{_ACTS_AGAINST}))"
    rf"|(?P<state>{_BE}\s+{_ADVERBS}{{0,2}}(?:(?P<s_for>{_STATES_FOR})|{_STATES_AGAINST}))"
    rf"|(?P<agent>{_BE}\s+{_ADVERBS}{{0,2}}{_A}{_WORDS}{{0,4}}(?:(?P<g_for>{_AGENTS_FOR})|{_AGENTS_AGAINST}))"
    rf"|(?P<owned>(?P<o_for>{_NOUNS_FOR})|{_NOUNS_AGAINST})"
    rf"|(?P<apposed>(?P<p_for>{_AGENTS_FOR})|{_AGENTS_AGAINST}))\b",
    re.IGNORECASE,
)
_PHRASE_FIRST = re.compile(
    rf"{_LIGHT}|{_ACT}|is|are|was|were|remain(?:s|ed)?|bec[ao]mes?|opposition|objections?|hostility|criticism|"
    r"condemnation|disapproval|denunciation|disagreement|outrage|anger|support|backing|praise|admiration|approval|"
    r"appreciation|endorsement|solidarity|gratitude|confidence|(?:opponent|critic|supporter|advocate|proponent|"
    r"champion|backer|defender|admirer)s?"
)
"""The first word of a phrase."""
_UNDOES = re.compile(r"(?:withdr|dropp?|end)", re.IGNORECASE)
"""A light verb that takes a position back."""
_NO = re.compile(r"\b(?:no|not|never|little|former)\b")
_WORD = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True, slots=True)
class Predicate:
    """Words that take a position, at [start, end) of their text.

    kind: `verb`; `light` (`voiced support for`); `act` (`filed a suit against`); `state` (`is opposed
    to`); `agent` (`is a critic of`); `owned` (`her support for`); `apposed` (`Roe, a critic of`).
    sense: `for` or `against`. denied: they say so of themselves (`is no critic of`, `withdrew support
    for`). base: a verb without ending. clausal: what follows its object may turn it round.
    """

    start: int
    end: int
    kind: str
    sense: str
    denied: bool = False
    base: bool = False
    participle: bool = False
    clausal: bool = False


def find_predicates(text: str, start: int, end: int) -> Iterator[Predicate]:
    """The predicates of a stretch of `text`, left to right, disjoint."""
    passed = start
    for token in _WORD.finditer(text, start, end):
        if token.start() < passed:
            continue
        word = token.group().lower()
        found = None
        if _begins_phrase(word):
            found = _read_phrase(text, token.start(), end)
        if found is None and word in _BY_FIRST:
            found = _read_verb(text, token.start(), end, word)
        if found is not None:
            passed = found.end
            yield found


@lru_cache(maxsize=16384)
def _begins_phrase(word: str) -> bool:
    return _PHRASE_FIRST.fullmatch(word) is not None


def _read_phrase(text: str, start: int, end: int) -> Predicate | None:
    found = _PHRASE.match(text, start, end)
    if found is None:
        return None
    kind = next(name for name in ("light", "act", "state", "agent", "owned", "apposed") if found[name])
    sense = "for" if any(found[f"{letter}_for"] for letter in "nsgop") else "against"
    denied = _NO.search(found.group()) is not None
    denied = denied or (kind == "light" and _UNDOES.match(found.group()) is not None)
    return Predicate(start, found.end(), kind, sense, denied)


def _read_verb(text: str, start: int, end: int, first: str) -> Predicate | None:
    for form in _BY_FIRST[first]:
        stop = start + len(form)
        if text[start:stop].lower() == form and stop <= end and not text[stop : stop + 1].isalnum():
            sense, base, clausal = _VERBS[form]
            return Predicate(start, stop, "verb", sense, False, base, first.endswith("ing"), clausal)
    return None
