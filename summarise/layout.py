"""What the lines of an article are: its title, its dateline, and crumbs of the web page around it.

Pure functions over text that return spans and change nothing. Crumbs are what comes along when
an article is copied from a page: icons, share bars, stamps, bylines, captions, adverts. A rule
only holds for a whole line of a telling form, or for a token that prose never has, because
precision comes first: a crumb that is overlooked costs little, a sentence of news that is
taken for one is lost. Nothing here knows of encodings, sentences or models. Every rule looks
at a bounded number of characters, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from summarise.article import Span

LONGEST_TITLE = 200
LONGEST_CRUMB = 300
"""Characters of a line; no longer line is taken for a title, or as a whole for a crumb."""

_TOP_LINES, _TOP_CHARACTERS = 10, 10_000
"""A dateline stands among so many first non-blank lines, a title among so many first characters."""

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DAY, _YEAR = r"\d{1,2}(?:st|nd|rd|th)?\b", r"(?:19|20)\d\d\b"
_ZONE = r"(?:\s?\(?(?-i:[A-Z]{1,5})?(?:[+-]\d{1,2}(?::?\d\d)?)?\)?)?"
_TIME = (
    r"(?:\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|\d{4}\s(?=gmt|utc))" + _ZONE
)
_DATE = (
    rf"(?:(?:{_WEEKDAY},?\s)?(?:{_MONTH}\s{_DAY}(?:,?\s{_YEAR})?|{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?)"
    rf"|{_MONTH}\s{_YEAR}|{_YEAR}-\d\d-\d\d(?:t\d\d:\d\d(?::\d\d(?:\.\d+)?)?{_ZONE})?|\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)?\d\d\b)"
)
_BETWEEN = r"(?:,|\s?[|·•—–-]|\sat\b)?\s"
_WHEN = r"(?:(?:first |last )?(?:published|updated|posted|modified)(?:\s?:|\son|\sat)?\s)"
_STAMP = rf"(?:(?:{_TIME}{_BETWEEN})?{_DATE}(?:{_BETWEEN}{_TIME})?)"
_WORD = r"(?-i:[A-Z][\w.'’-]*)"
_PLACE = rf"{_WORD}(?:,?\s(?:{_WORD}|of|de|la|el|the|and|upon)){{0,5}}"
_DATELINE = re.compile(
    rf"(?!{_WHEN})(?:{_PLACE}\s?[,:|—–-]\s|(?-i:[A-Z][A-Z .'’-]{{2,40}})\s)??{_STAMP}"
    rf"(?:\s?[,|—–-]\s?{_PLACE})?(?:\s\({_WORD}\))?\s?[—–:-]{{0,2}}",
    re.I,
)
_PLACED = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:\s\([A-Z][\w ]{1,20}\))?\s?(?:—|–|--)")

_NET = (
    r"(?:facebook|twitter|whats ?app|linkedin|instagram|telegram|reddit|pinterest|messenger|bluesky|threads"
    r"|tik ?tok|you ?tube|flipboard|x)"
)
_DO = r"(?:share|tweet|e-?mail|print|save|copy(?: link| url)?|bookmark|gift)"
_GLYPH = (
    rf"(?:{_NET}|{_DO}|mail|link|envelope|play|close|search|menu|user|clock|calendar|comments?|rss|arrow)"
)
_ICON = rf"(?:icon|ico|fa)[-_]{_GLYPH}(?:[-_][a-z]+)*"
_RUN = re.compile(
    rf"(?:(?<![\w-])(?:{_ICON}|icon-[a-z-]+(?=\s{{1,3}}icon-)))"
    rf"(?:\s{{0,3}}icon-[a-z-]+|\s{{0,3}}{_ICON})*(?:\s{{1,3}}(?i:{_STAMP})(?!\w))?"
)
_ICONS = re.compile(r"(?:icon?|fa)[-_]")
_AGENCY = r"(?:AP|AFP|EPA|PA|Reuters|Getty(?: Images)?|Shutterstock|Alamy|Bloomberg|Xinhua)"
_CREDIT = re.compile(
    rf"\((?:{_AGENCY}\s(?i:photo|image|picture)s?|{_AGENCY}\s?/|(?i:photo|image)s?\s?:)[^()]{{0,80}}\)"
)
_PICTURE = r"(?:(?:file |archive |cover )?(?:photo(?:graph)?|image|picture|pic|graphic|illustration|video))s?"

_CRUMBS = re.compile(
    "|".join(
        (
            # share bars and invitations to follow
            rf"(?:{_DO}|{_NET})(?:[\s,|/·•]+(?:{_DO}|{_NET}|more))+|{_DO}",
            rf"{_DO}\s(?:this|on|via|by|to|with)(?:\s(?:article|story|page|post))?"
            rf"(?:\s(?:on|via|by|to))?(?:\s{_NET}|\se-?mail)?",
            rf"follow\s(?:us|@\w+|[\w ]{{1,40}}\son\s{_NET}\b).{{0,80}}",
            # when it was put on the page, how long it takes to read
            rf"{_WHEN}?{_STAMP}(?:\s?[|,;·•–-]?\s?{_WHEN}{_STAMP})?",
            r"(?:(?:last )?(?:updated|published|posted)\s?:?\s)?"
            r"(?:\d+|an?)\s?(?:min(?:ute)?|hour|hr|day|week)s?\sago",
            r"listen to (?:this |the )?(?:article|story).{0,40}|read(?:ing)? time\b.{0,20}",
            r"\d+\s?min(?:ute)?s?(?:\s(?:read|listen))?",
            # other articles
            r"(?:read more|read also|also read|read next|see also)\b.*",
            r"(?:related|recommended|trending|watch|listen|more)\s?:.*|related|recommended|trending(?: now)?",
            r"(?:related|recommended)\s(?:articles?|stories|story|content|topics|reading|for you)(?:\s?:.*)?",
            r"more\s(?:on this(?: story)?|stories|from [\w ]{1,30})|most (?:read|popular)|you may also like",
            r"editors?['’]?s? picks?",
            # adverts, ways around the page, accounts, newsletters, cookies
            r"advert(?:isement)?s?\b(?:\s?[-–—].{0,40})?|sponsored(?: content)?|promoted",
            r"(?:story|article) continues (?:below|after).{0,40}",
            r"skip (?:to|past) [\w ]{1,30}|back to top|continue reading",
            r"(?:sign up|subscribe)(?=.*\b(?:newsletters?|our|inbox|alerts?|channel|podcast|updates)\b).*",
            r"subscribe(?: now| today)?|sign (?:in|up)|log ?in",
            r"(?:get|have) .{1,80}(?:to|in) your inbox.{0,20}",
            r"(?:we (?:and our partners )?use|this (?:web)?site uses) cookies\b.*",
            r"by (?:continuing|clicking|using)\b.*\bcookies\b.*|cookie (?:policy|settings|preferences)",
            r"(?:accept|reject|manage)(?: all)? cookies|(?:accept|reject) all",
            # captions and credits
            rf"{_PICTURE}(?:\s(?:credits?|by|courtesy|source))?\s?[:/|].*|(?:credits?|caption|source)\s?:.*",
            r"(?:file|archive) (?:photo|image|picture|footage)\b.*",
            r"\(?(?:additional )?reporting by\s.*(?:editing|writing|reporting) by\s.*",
            # tags, copyright, breadcrumbs, counts
            r"(?:tags?|topics?|keywords|filed under|categories|in this (?:story|article))(?:\s?:.*)?",
            r"(?:©|\(c\)\s|copyright\s?(?:©|\(c\)|\d{4}|:)).*|.*\ball rights reserved\b.{0,60}",
            r"home(?:\s?[>›»/|]\s?[^.!?>›»/|]{1,40}){1,6}",
            r"[^.!?>›»]{1,40}(?:\s?[>›»]\s?[^.!?>›»]{1,40}){2,6}",
            r"(?:(?:\d[\d,.]*|no|leave a|add a|post a|view(?: all)?|show(?: all)?|all)\s)?"
            r"comments?(?:\s?\(?\d[\d,.]*\)?)?|join the conversation",
            r"\d[\d,.]*[km]?\s(?:shares|likes|views|retweets|replies)",
        )
    ),
    re.I | re.S,
)
_NAME = r"[A-Z][\w.'’-]+(?:\s(?:[a-z]{2,3}\s)?[A-Z][\w.'’-]*){1,3}"
_BYLINE = re.compile(
    rf"(?:By|BY|(?:Written|Reported|Story|Words) by)\s(?!(?i:{_WEEKDAY}|{_MONTH})){_NAME}"
    rf"(?:(?:,\s|\sand\s|\s&\s){_NAME})*(?:(?:,\s|\s[|—–-]\s|\sin\s|\sfor\s)[^.!?]{{2,60}})?"
)
_CAPTION = re.compile(
    rf"(?:(?<![\w-])(?=[A-Z])(?i:{_PICTURE})(?:\s(?:by|credit))?\s?:\s(?![a-z]+\s)[^:]{{2,60}}|{_CREDIT.pattern}\s?\.?|©\s?[^.:]{{2,60}}"
    rf"|(?:/|\||\bvia\s)\s?{_AGENCY}(?:\s?/\s?[\w .'’-]{{2,40}})?)$"
)
_SOURCE = re.compile(
    r"(?:[\w.'’-]+[\s/|,&–—-]+){0,6}(?:Getty Images|AP Photo|AFP|Reuters|Shutterstock|Alamy)"
)
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]\.)+$|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|etc)\.$")


def find_title(text: str) -> Span | None:
    """Span of the headline: the first line that is no crumb, if it is short and doesn't read like prose."""
    text = text[:_TOP_CHARACTERS]
    dateline = find_dateline(text)
    other = sorted([*find_crumbs(text), *([dateline] if dateline else [])])
    lines = _lines(text)
    for start, end in lines:
        stretches = [*_uncovered(text, other, start, end)]
        if stretches:
            return _as_title(text, stretches[0], end, next(lines, None), other)
    return None


def find_dateline(text: str) -> Span | None:
    """Span of the line near the top that does nothing but date (and place) the article."""
    long_lines = 0
    for start, end in islice(_lines(text), _TOP_LINES):
        if long_lines > 1:
            break
        line = _squeezed(text[start : min(end, start + LONGEST_CRUMB)])
        long_lines += len(line) > LONGEST_TITLE
        if len(line) <= 100 and (_DATELINE.fullmatch(line) or _PLACED.fullmatch(line)):
            return start, end
    return None


@lru_cache(maxsize=1)
def find_crumbs(text: str) -> tuple[Span, ...]:
    """Spans of the web page's leftovers: sorted, disjoint, without white space at either end."""
    dateline = find_dateline(text)
    found: list[Span] = []
    above = 0  # where the line above ends
    apart = True  # no prose runs into this line: it is the first, or below a crumb, a title or a blank line
    for number, (start, end) in enumerate(_lines(text)):
        apart = apart or number == 1 or _breaks(text, above, start) > 1
        here = [] if (start, end) == dateline else _crumbs_of(text, start, end, apart)
        found += here
        apart = (start, end) == dateline or (bool(here) and here[-1][1] == end)
        above = end
    return tuple(found)


def _lines(text: str) -> Iterator[Span]:
    """Spans of the non-blank lines, without white space at either end."""
    for match in _LINE.finditer(text):
        if not match[0].isspace():
            yield _stripped(text, *match.span())


def _stripped(text: str, start: int, end: int) -> Span:
    """The span, not all white space, without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _breaks(text: str, start: int, end: int) -> int:
    """How many line breaks are in text[start:end]."""
    return len(_BREAK.findall(text, start, end))


def _crumbs_of(text: str, start: int, end: int, apart: bool) -> list[Span]:
    """The crumbs of one line: the whole of it, or the tokens inside and what they leave between them."""
    if _is_crumb(text[start:end], apart):
        return [(start, end)]
    tokens: list[Span] = []
    for found in sorted(
        match.span() for rule in (_RUN, _CREDIT) for match in rule.finditer(text, start, end)
    ):
        if not tokens or found[0] >= tokens[-1][1]:
            tokens.append(found)
    between = _uncovered(text, tokens, start, end) if tokens else ()
    return sorted([*tokens, *((s, e) for s, e in between if _is_crumb(text[s:e], True))])


def _is_crumb(line: str, apart: bool) -> bool:
    """Whether a whole line is a crumb; `apart`: no prose runs into it from the line above."""
    if len(line) > LONGEST_CRUMB:
        return False
    line = _squeezed(line)
    if _CRUMBS.fullmatch(line.rstrip(" .:…!")) or _CAPTION.search(line):
        return True
    return apart and bool(_BYLINE.fullmatch(line) or _SOURCE.fullmatch(line))


def _uncovered(text: str, spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """The non-blank stretches of text[start:end] that none of the sorted `spans` covers."""
    for covered, until in (*spans, (end, end)):
        if until < start:
            continue
        if text[start : min(covered, end)].strip():
            yield _stripped(text, start, min(covered, end))
        start = max(start, until)
        if covered >= end:
            return


def _as_title(text: str, span: Span, line_end: int, below: Span | None, other: Sequence[Span]) -> Span | None:
    """`span`, the first stretch that is no crumb, if it is a title; `below`: the line after it."""
    start, end = span
    title = text[start:end]
    if len(title) > LONGEST_TITLE or not any(map(str.isalpha, title)):
        return None
    if title.endswith((".", ":", ",", ";", "…")) and not _ABBREVIATED.search(title):
        return None
    if end < line_end:  # a crumb follows on the same line
        return span
    if below is None:
        return None
    if _breaks(text, end, below[0]) > 1 or any(one[0] == below[0] for one in other):
        return span
    starts_low = text[below[0]].islower()
    return span if not starts_low and below[1] - below[0] > 1.3 * len(title) else None
