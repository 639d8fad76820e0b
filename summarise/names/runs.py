"""Runs of capitalised words, joined over `of` and its like where the words say that it is one name.

`read_runs` gives the runs of a sentence, as lists of tokens; what of a run is proposed is
decided in `cut`. A run never reaches over a comma, a bracket or a line end, and never holds
more than 12 words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from summarise.names.nicknames import after_nickname
from summarise.names.tokens import Token, joined
from summarise.names.words import head, ordinary, same_names, title, word_set
from summarise.places import is_place

MOST_WORDS = 12
MOST_CHARACTERS = 100
MOST_SHOUTED = 6
"""A run of so many words in capitals is no name."""
MOST_CASELESS, MOST_CASELESS_CHARACTERS = 4, 20
"""Words and characters of the longest name in a script without capitals."""
_STREETS = {"street", "avenue", "road", "drive", "square", "lane", "boulevard"}
Run = list[Token]

_SMALL = {"to", "of", "and", "the", "for", "in", "on", "at", "with", "without", "under", "against", "from"}
_SUFFIX = {"jr", "sr", "ii", "iii", "iv"}
_ON = {"on", "against", "to", "in", "upon"}


def read_runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """The capitalised runs of one sentence, in order, disjoint."""
    atoms = list(_atoms(tokens))
    position = 0
    while position < len(atoms):
        first, last = atoms[position]
        position += 1
        while position < len(atoms):
            following, stop = atoms[position]
            link = tokens[last + 1 : following]
            small = stop - first < MOST_WORDS
            if not small or not _linked(tokens[first : last + 1], link, tokens[following : stop + 1]):
                break
            last, position = stop, position + 1
        first -= _numbered(tokens, first, last)
        run = list(tokens[first : last + 1])
        if _sensible(run):
            yield run


def _numbered(tokens: Sequence[Token], first: int, last: int) -> bool:
    """True where a number before the run is part of the name: `42nd Parliament`, `10 Downing Street`."""
    number = tokens[first - 1].text if first else ""
    if not number[:1].isdigit() or not joined(tokens[first], tokens[first - 1]) or tokens[first].owner:
        return False
    ordinal = number[:-2].isdigit() and number[-2:] in ("st", "nd", "rd", "th")
    street = tokens[last].low in _STREETS
    return (ordinal and (street or head(tokens[last].low))) or (
        number.isdigit() and street and len(number) < 5
    )


def _sensible(run: Sequence[Token]) -> bool:
    """False for what no name looks like: a sentence in a script without capitals, a shout of many words."""
    if len(run) == 1 and run[0].text.isascii():
        return True
    text = sum(token.end - token.start for token in run)
    if text > MOST_CHARACTERS:
        return False
    if any(not token.text.isascii() and token.low == token.text.upper() for token in run):
        return len(run) <= MOST_CASELESS and text <= MOST_CASELESS_CHARACTERS
    return len(run) < MOST_SHOUTED or not all(token.shouted for token in run)


def _atoms(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First and last index of each run without weak links (`Joe Biden`, `Ludwig van Beethoven`)."""
    last = -1
    for first, token in enumerate(tokens):
        if first <= last or not token.opens:
            continue
        last = first
        while (following := _onward(tokens, first, last)) and following - first < MOST_WORDS:
            last = following
        yield first, last


def _onward(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """The index of the word that goes on the name after `last`, over particles where there are some."""
    index = last + 1
    if index < len(tokens) and len(tokens[index].gap) == 2 and (on := after_nickname(tokens, last)):
        return on
    while index < len(tokens) and index - last <= 3:
        token, before = tokens[index], tokens[index - 1]
        if not joined(token, before) and not (index == last + 1 and _bound(tokens, index, first)):
            return None
        if token.opens or (token.function and token.capital and _surname(tokens, index, last)):
            return index
        if token.capital and token.low in _SMALL and (not tokens[last].plain or token.low == "without"):
            index += 1  # `Welcome To Video`, `Doctors Without Borders`
            continue
        if index == last + 1 and token.text.isdigit() and len(token.text) <= 3 and not tokens[last].first:
            return index
        if token.low not in word_set("particles") or token.capital:
            return None
        index += 1
    return None


def _surname(tokens: Sequence[Token], index: int, last: int) -> bool:
    """`May` in `Theresa May`, `Today` in `USA Today`: after a name, and no day or year behind it."""
    months = {
        "may",
        "march",
        "april",
        "june",
        "august",
        "summer",
        "winter",
        "friday",
        "monday",
        "sunday",
        "west",
        "today",
    }
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    before = tokens[last]
    return index == last + 1 and tokens[index].low in months and not after.isdigit() and not before.plain


def _bound(tokens: Sequence[Token], index: int, first: int) -> bool:
    """A possessive or a comma inside a name: `Workers' Party`, `St Margaret's`, `Washington, D.C.`."""
    before, token = tokens[index - 1], tokens[index]
    if token.gap == ", " and before.text == "Washington":
        return token.text in {"D.C.", "DC", "D.C"}
    if token.gap == ", " and token.low in _SUFFIX and token.capital:
        return not before.plain and (index - first > 1 or not title(before.low))  # `Jones, Jr.`
    if token.gap.strip() == "&":
        return not _two_cities(tokens, first, index)
    if not before.owner or token.gap.strip("'’ \n") or not token.capital or title(token.low):
        return False
    owner = " ".join(one.text for one in tokens[first:index])
    if owner.casefold().startswith(("st ", "saint ")) and index - first < 4 and head(token.low):
        return True  # `St. Mary's Hospital`
    if before.adjective or ((is_place(before.text) or is_place(owner)) and not before.plain):
        return False
    known = (
        before.low in word_set("owning")
        or before.low.rstrip("s") in word_set("owning")
        or ordinary(before.low)
    )
    return known or head(token.low) or (token.low.endswith("s") and ordinary(token.low))


def _two_cities(tokens: Sequence[Token], first: int, index: int) -> bool:
    """True for `Leeds & York`, where nothing behind makes a body's name of the two."""
    stop = index + 1
    while stop < len(tokens) and tokens[stop].capital and joined(tokens[stop], tokens[stop - 1]):
        stop += 1
    sides = (tokens[first:index], tokens[index:stop])
    return all(is_place(" ".join(one.text for one in side)) for side in sides)


def _linked(left: Sequence[Token], link: Sequence[Token], right: Sequence[Token]) -> bool:
    """True where `left link right` is one name."""
    words = [token.low for token in link]
    if not 1 <= len(link) <= 2 or not all(joined(*pair) for pair in _pairs([left[-1], *link, right[0]])):
        return False
    whole = " ".join(token.text for token in (*left, *link, *right))
    if left[-1].owner:
        return False
    if title(left[-1].low) and not head(left[-1].low):
        return words[0] in ("of", "to", "for") and words[1:] in ([], ["the"])
    last = left[-1].low
    if words[0] in ("of", "for") and words[1:] in ([], ["the"]):
        if head(last) or (words[0] == "of" and len(left) == 1 and _title_like(left[0])):
            return True
        # `Great Orchestra of Winter Charity`: an ordinary noun behind another word of the name
        return words == ["of"] and len(left) > 1 and ordinary(last) and not left[0].plain
    if words[0] in _ON and words[1:] in ([], ["the"]):
        return last in word_set("deliberating")
    if words[0] == "and" and words[1:] in ([], ["the"]):
        return _coordinated(left, right) or is_place(whole) or whole in _listed() or _two_places(left, right)
    return False


def _title_like(token: Token) -> bool:
    """A word that may open a name with `of` (`Isle of Man`), being no place and no sentence's first word."""
    return not token.plain and not token.adjective and not is_place(token.text) and not title(token.low)


@cache
def _listed() -> frozenset[str]:
    return frozenset(name for names in same_names() for name in names)


def _two_places(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """`High Court of England and Wales`: a body of two places."""
    at = next((i for i, token in enumerate(left) if token.low == "of" and i), None)
    if at is None or not head(left[at - 1].low):
        return False
    places = (" ".join(t.text for t in side if t.low != "the") for side in (left[at + 1 :], right))
    return all(is_place(place) for place in places)


def _coordinated(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """`National Search and Rescue Agency`, `Department of Corrections and Rehabilitation`."""
    last = left[-1].low
    if (head(last) and not left[0].plain) or left[-1].adjective or left[-1].plain or is_place(left[-1].text):
        return False
    within = any(token.low in ("of", "for") for token in left) and len(right) == 1 and head(left[0].low)
    if within:
        return not title(right[0].low) and not is_place(right[0].text)
    return ordinary(last) and (head(right[-1].low) and all(ordinary(t.low) or head(t.low) for t in right))


def _pairs(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for before, token in pairwise(tokens):
        yield token, before
