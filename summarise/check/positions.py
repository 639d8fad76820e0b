"""The words that take a position: verbs, nouns and adjectives of being for or against something.

General English, chosen for being hard to misread with the thing itself as their object. `PREDICATE`
finds them; `sense_of` says what one found says. Patterns only: nothing here knows who or about what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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

PREDICATE = re.compile(
    rf"\b(?:(?P<light>(?:{_LIGHT})\s+{_WORDS}{{0,4}}(?:(?P<n_for>{_NOUNS_FOR})|(?P<n_against>{_NOUNS_AGAINST})))"
    rf"|(?P<act>(?:{_ACT})\s+{_WORDS}{{0,4}}(?P<a_against>{_ACTS_AGAINST}))"
    rf"|(?P<state>{_BE}\s+{_ADVERBS}{{0,2}}(?:(?P<s_for>{_STATES_FOR})|(?P<s_against>{_STATES_AGAINST})))"
    rf"|(?P<agent>{_BE}\s+{_ADVERBS}{{0,2}}{_A}{_WORDS}{{0,4}}"
    rf"(?:(?P<g_for>{_AGENTS_FOR})|(?P<g_against>{_AGENTS_AGAINST})))"
    rf"|(?P<owned>(?:(?P<o_for>{_NOUNS_FOR})|(?P<o_against>{_NOUNS_AGAINST})))"
    rf"|(?P<apposed>(?:(?P<p_for>{_AGENTS_FOR})|(?P<p_against>{_AGENTS_AGAINST})))"
    rf"|(?P<verb>{'|'.join(sorted(_VERBS, key=len, reverse=True))}))\b",
    re.IGNORECASE,
)
"""A predicate. By group: a verb; `voiced support for`; `filed a suit against`; `is opposed to`;
`is a critic of`; `(her) support for`; `(Roe, a) critic of`."""
UNDOES = re.compile(r"(?:withdr|dropp?|end)", re.IGNORECASE)
"""A light verb that takes a position back."""


def sense_of(found: re.Match[str]) -> str:
    """`for` or `against`."""
    if found["verb"]:
        return _VERBS[found["verb"].lower()][0]
    return "for" if any(found[f"{kind}_for"] for kind in "nsgop") else "against"


def is_base(found: re.Match[str]) -> bool:
    """Whether it is a verb without ending, finite only after a plural or an auxiliary."""
    return bool(found["verb"]) and _VERBS[found["verb"].lower()][1]


def is_participle(found: re.Match[str]) -> bool:
    """Whether it is a verb in -ing."""
    return bool(found["verb"]) and found["verb"].split()[0].lower().endswith("ing")


def may_lead_a_clause(found: re.Match[str]) -> bool:
    """Whether what follows the object may turn it round: `demanded the law be dropped`."""
    return bool(found["verb"]) and _VERBS[found["verb"].lower()][2]
