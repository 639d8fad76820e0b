"""The words that attribute: verbs of saying, and what may stand between them and their subject.

Patterns only. They are searched in text whose quoted words are blanked, so that nothing which is
quoted can attribute anything.
"""

from __future__ import annotations

import re

_SAY = (
    "said|says|say|added|adds|wrote|writes|tweeted|tweets|stated|remarked|commented|"
    "noted|explained|explains|argued|argues|claimed|declared|declares|insisted|insists|"
    "warned|warns|asked|asks|replied|responded|responds|continued|continues|concluded|concludes|"
    "acknowledged|admitted|confirmed|complained|testified|observed|recalled|exclaimed|quipped|joked|opined|"
    "reiterated|emphasised|emphasized|stressed|affirmed|asserted|alleged|maintained|cautioned|contended|"
    "countered|elaborated|predicted|pledged|vowed|promised|posted|blogged|cried|shouted|thundered|suggested"
)
_TAKES_OBJECT = (
    "told|tells|called|described|describes|labelled|labeled|branded|termed|dubbed|accused|praised|"
    "criticised|criticized|condemned|denounced|dismissed|hailed|lamented|announced|announces|urged|"
    "urges|denied|denies|expressed|deemed|characterised|characterized|blamed|slammed|blasted|decried|"
    "welcomed|mocked|referred|refers|thanked|reported|ruled|found|informed|reassured|apologised|apologized"
)
_PARTICIPLE = (
    "saying|adding|writing|stating|remarking|commenting|noting|explaining|arguing|claiming|declaring|"
    "insisting|warning|asking|replying|concluding|calling|describing|labelling|labeling|branding|"
    "telling|accusing|praising|criticising|criticizing|condemning|denouncing|hailing|citing|urging|tweeting"
)
SPOKEN = re.compile(rf"(?P<verb>\b(?:{_SAY})\b)", re.IGNORECASE)
"""A verb that may stand before its subject: `said Ana Roe`."""
CUE = re.compile(
    rf"\b(?:(?P<said>{_SAY}|{_TAKES_OBJECT})|(?P<saying>{_PARTICIPLE})|(?P<source>according to))\b",
    re.IGNORECASE,
)
CUE_WORDS = frozenset(f"{_SAY}|{_TAKES_OBJECT}|{_PARTICIPLE}|according".split("|"))
"""The words of `CUE`, for a quick look."""
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|got|gets)\s+(?:\w+ly\s+|also\s+)?\Z", re.IGNORECASE
)
BY = re.compile(r"\s+(?:\w+\s+){0,2}by\b")
BESIDE = re.compile(
    r"(?:[\s,]+(?:has|have|had|also|then|later|further|again|repeatedly|reportedly|previously|once|"
    r"himself|herself|itself|themselves|who|simply|even|since|now|meanwhile|however|"
    r"(?!(?:family|assembly|ally|bully|monopoly|supply|reply)\b)[a-z]+ly|"
    r"(?:went|goes) on to|"
    r"today|yesterday|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|last (?:week|month|year)))*[\s,]*\Z"
)
"""Words between a subject and its verb, up to the end."""
PRONOUN = re.compile(r"(?<![\w'’-])(?P<pronoun>he|she|it|they|we|I)\Z", re.IGNORECASE)
GOVERNED = re.compile(
    r"\b(?:[Oo]f|[Ff]or|[Ff]rom|[Aa]t|[Ii]n|[Ww]ith|[Tt]o|[Bb]y|[Oo]n|[Nn]ear|[Aa]bout|[Aa]gainst|[Aa]fter|[Bb]efore|"
    r"[Uu]nder|into|than|[Oo]ver|via|[Ll]ike|including|and|or)\s+(?:the\s+|its\s+|his\s+|her\s+|their\s+)?(?:[a-z]+\s+)?\Z"
)
"""What makes a name part of a longer phrase instead of its head, up to the name."""
OWNED = re.compile(r"[\w’'.-]+['’]s?\s+(?:[a-z]+\s+)?\Z")
"""An owner, up to what it owns: `Lima’s (own) …`."""
SIDE = re.compile(
    r"(?:(?:In|On|At|By|During|After|Before|Since|Until|Despite|Earlier|Later|Last|Yesterday|Today|Meanwhile|However|"
    r"Also|Then|Still|An?\s+(?:hour|day|week|month|year))\b[^,;:\x00]{0,60},\s+){1,2}"
)
"""What may stand before the subject of a sentence, with a comma."""
AGENT = re.compile(
    r"\b(?:order|statement|report|letter|remarks?|tweet|post|speech|comments?|ruling|decision|warning|claims?|calls?|"
    r"appeal|interview|words)\s+(?:by|from)\s+"
)
"""Somebody else's words, told of by a speaker."""
OWNS = re.compile(r"['’]s?\b")
TAIL = re.compile(
    r"(?:\s+[A-Z]{2,4}\b)?\s*(?:\([^()]*\)|(?:of|for|from|at|in|with)\b[^,;:.—\x00]{1,80})?\s*\Z"
)
"""What may follow a subject's name without a comma: `of the Harbour Board`, `(Labour)`."""
APPOSED = re.compile(
    r"(?:\s+[A-Z]{2,4}\b)?\s*(?:\([^()]*\)\s*|(?:of|for|from|at|in)\s[^,;:.—\x00]{1,60})?(?:,[^;:\x00]{1,200}|\([^()]*\)|[—–][^;:\x00]{1,120}[—–])\s*\Z"
)
"""A phrase set off by commas, brackets or dashes between a subject and its verb."""
PHRASE = re.compile(
    r"(?:\b(?:the|a|an|one|another|his|her|its|their|some|several|many|most|both|other|two|three)\s+"
    r"(?:[\w'’.-]+\s+){0,8}[\w'’-]+|\b[a-z][a-z-]+s)\Z",
    re.IGNORECASE,
)
"""A speaker without a name, up to the end: `a spokesman for the board`, `prosecutors`."""
AGAIN = re.compile(r"(?:\band|\bbut|\bthen)\s*\Z")
"""A verb that shares its subject with the one before: `and said`, up to the verb."""
WITH = re.compile(r"\bwith\s+(?:the\s+)?(?:[a-z]+\s+)?\Z")
NAMING = re.compile(
    r"(?:called|dubbed|termed|labell?ed|branded|deemed|described|characteri[sz]ed)\Z", re.IGNORECASE
)
"""With a quotation right behind it, such a verb tells a name, nobody's words: `commonly called “apps”`."""
RELATIVE = re.compile(r"\b(?:which|whom|what)\s+(?:the\s+)?\Z")
WHICH = re.compile(r"\b(?:which|whom)\s+(?=(?:the\s+)?[A-Z][^,;:\x00]*\Z)")
"""What makes `which the Lima Times called “a gift”` the words of the Lima Times, up to the verb."""
CLAUSE = re.compile(r"[;:]|\b(?:but|while|whereas|though|although)\b|\band\b(?=\s+(?:the\s+)?[A-Z])")
"""Where a new clause, with a subject of its own, may begin."""
