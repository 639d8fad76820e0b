"""What of a capitalised run is proposed: the name without titles, and the names inside it.

A piece that is `weak` (a sentence's first word, an ordinary one) counts only where the same
form is found elsewhere in the article; the caller sees to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from summarise.names.nicknames import nickname_in
from summarise.names.tokens import Token, token_of
from summarise.names.words import adjective, head, ordinary, title, word_set
from summarise.places import is_country, is_large, is_place

_SUFFIX = {"jr", "sr", "ii", "iii", "iv"}
_FAMILY = {"king", "mayor", "bishop", "judge", "major", "prince", "duke", "pope", "baron", "lord", "page"}
"""Titles that are family names too."""


@dataclass(frozen=True)
class Piece:
    """Tokens of one proposal; `weak` ones need support, `part` ones lie inside another name."""

    tokens: tuple[Token, ...]
    weak: bool = False
    part: bool = False
    royal: bool = False


def cut_run(run: Sequence[Token]) -> Iterator[Piece]:
    """The pieces of one run that are proposed."""
    body = _trim(run)
    if not body:
        return
    if body[0].plain:
        yield from _opening(body)
        return
    yield from _untitled(body)


def _opening(body: Sequence[Token]) -> Iterator[Piece]:
    """A run that opens with an ordinary word at a sentence's start (`Emergency Minister Ann Lee`)."""
    rest = _trim(body[1:])
    if not rest:
        yield Piece(tuple(body), weak=True)
        return
    if title(body[0].low):
        yield from _untitled(body)
        return
    whole = head(body[-1].low)
    if not whole:
        yield from _untitled(rest)
    words = sum(token.low not in word_set("particles") for token in body)
    yield Piece(tuple(body), weak=not whole and (words > 2 or title(body[-1].low)))
    if whole:
        yield from _places(body)


def _untitled(body: Sequence[Token]) -> Iterator[Piece]:
    """The run without the titles in it; what stands before them, when it is a name."""
    nickname = nickname_in(body)
    titles = [
        i
        for i, token in enumerate(body)
        if title(token.low)
        and i not in nickname
        and not _office(body, i)
        and not _family_name(body, i)
        and not _owning_body(body, i)
        and not (i + 1 < len(body) and body[i + 1].function and body[i + 1].capital)
    ]
    last = titles[-1] if titles else -1
    if last < 0 or _stays(body, last):
        yield from _named(body)
        return
    first, rest = titles[0], _trim(body[_portfolio(body, last) :])
    if rest and all(head(token.low) or token.low in word_set("particles") for token in rest):
        yield Piece(tuple(body))  # `General Motors`, `Prime Minister's Office`
        return
    if rest:
        of = body[last + 1].low in ("of", "for", "to")
        yield from _named(rest, is_place if of else is_large)
        if of and len(rest) > 2 and not head(rest[-1].low):
            yield Piece(tuple(rest[-2:]), part=True)  # `Speaker of the House Ann Lee`
        if body[last].low in {"king", "queen", "prince", "princess", "pope", "saint", "lord", "lady"}:
            yield Piece(tuple(body[last:]), royal=True)
    elif first == last == 1 and not ordinary(body[0].low) and not is_place(body[0].text):
        yield Piece(tuple(body))  # `Michel Mayor`, or a role after a name
    before = body[:first]
    while (
        before
        and not before[-1].shouted
        and (ordinary(before[-1].low) or before[-1].adjective)
        and not head(before[-1].low)
    ):
        before = before[:-1]
    if before and not before[0].plain:
        yield from _named(before)


def _owning_body(body: Sequence[Token], index: int) -> bool:
    """True for `Bishops'` in `Catholic Bishops' Conference`: part of a body's name, with no title before."""
    if not body[index].owner or index + 1 == len(body) or not head(body[index + 1].low):
        return False
    return not any(title(token.low) for token in body[:index])


def _family_name(body: Sequence[Token], index: int) -> bool:
    """True for `King` in `Martin Luther King`: a family name behind other names, none of them ordinary."""
    if body[index].low not in _FAMILY or index < 2 or body[index - 1].owner:
        return False
    if any(not token.capital or ordinary(token.low) or token.adjective for token in body[:index]):
        return False
    rest = {token.low for token in body[index + 1 :]}
    return rest <= _SUFFIX and not any(head(token.low) or title(token.low) for token in body[:index])


def _office(body: Sequence[Token], index: int) -> bool:
    """True for `Justice` in `Department of Justice`: part of a body's name, no title."""
    before = index - 1
    if 1 < index == len(body) - 1 and head(body[0].low) and body[1].low in ("to", "of", "for", "against"):
        return True  # `Committee to Protect Reporters`
    while before > 0 and body[before].low in ("the", "and", "of", "for"):
        before -= 1
    return 0 <= before < index - 1 and head(body[before].low)


def _stays(body: Sequence[Token], last: int) -> bool:
    """True where the title belongs to the name: `Attorney General Office`, `General Santos City`."""
    whole = " ".join(token.text for token in body)
    if is_place(whole) or (head(body[-1].low) and is_place(whole.rpartition(" ")[0])):
        return True
    return 0 < last < len(body) - 1 and head(body[-1].low) and _portfolio(body, last) == last + 1


def _portfolio(body: Sequence[Token], last: int) -> int:
    """Where the name starts after the title at `last`, over `of State` and `for Foreign Affairs`."""
    index = last + 1
    if index < len(body) and body[index].low in ("of", "for", "to"):
        index += 1
        while index < len(body) and (
            body[index].low in word_set("portfolios") or body[index].low in ("the", "and")
        ):
            index += 1
    return index


def _named(body: Sequence[Token], placed: Callable[[str], bool] = is_large) -> Iterator[Piece]:
    """A run without titles: itself, and the places and other names in it."""
    body = _trim(body)
    while len(body) > 2 and body[-1].text in word_set("letters_after"):
        body = body[:-1]
    if not body:
        return
    words = " ".join(token.low for token in body)
    if adjective(words) or (all(token.adjective for token in body) and not is_place(words)):
        return
    if len(body) == 1 and (title(body[0].low) or body[0].function):
        return
    if nickname_in(body):
        yield Piece(tuple(body))
        return
    if body[0].text.isdigit() or (body[0].text[0].isdigit() and not body[0].capital):
        yield from _named(body[1:], placed)  # `10 Downing Street`, `42nd Parliament`
    size = _place_before_person(body, placed)
    if size:
        yield Piece(tuple(body[:size]))
        yield Piece(tuple(body[size:]))
        if not body[0].shouted:
            return
    yield Piece(tuple(body))
    yield from _places(body)
    rest = _trim(body[1:])
    if body[0].adjective and len(rest) == 2 and not head(rest[-1].low) and not ordinary(rest[-1].low):
        yield Piece(tuple(rest), part=True)  # `American Bob Smith`
    owner = next((i for i, token in enumerate(body[:-1]) if token.owner), None)
    if owner is not None and not ordinary(body[owner].low):
        yield Piece(tuple(body[: owner + 1]), part=True)


def _place_before_person(body: Sequence[Token], placed: Callable[[str], bool]) -> int:
    """How many words are a place in `London Ann Lee` (behind `mayor of`), or 0."""
    if any(not t.capital or head(t.low) or ordinary(t.low) or t.owner for t in body[-2:]):
        return 0
    for size in (len(body) - 2, len(body) - 3):
        words = " ".join(token.text for token in body[:size])
        if 1 <= size <= 3 and placed(words) and not is_place(words + " " + body[size].text):
            return size
    return 0


def _places(body: Sequence[Token]) -> Iterator[Piece]:
    """Places that open a longer name (`Florida` in `Florida Highway Patrol`) or follow its `of`."""
    if is_place(" ".join(token.text for token in body)) and "-" not in body[0].text:
        return
    for token in body:
        yield from _hyphened(token)
    for size in range(min(4, len(body) - 1), 0, -1):
        words = " ".join(token.text for token in body[:size])
        large = is_country(words) or body[0].shouted
        if is_place(words) and not ordinary(words.casefold()) and (large or head(body[-1].low)):
            yield Piece(tuple(body[:size]), part=True)
            break
    for index, token in enumerate(body[:-1]):
        if token.low == "of" and index:
            rest = _trim(body[index + 1 :])
            if rest and is_place(" ".join(t.text for t in rest)):
                yield Piece(tuple(rest), part=True)


def _hyphened(token: Token) -> Iterator[Piece]:
    """Both sides of `US-Mexico`; the place of `U.S.-Mexican`."""
    at = 0
    sides = token.text.split("-")
    if len(sides) != 2 or not all(side[:1].isupper() for side in sides) or is_place(token.text):
        return
    for side in sides:
        if is_place(side) or (side.isupper() and len(side) > 1):
            start = token.start + at
            yield Piece((token_of(side, start),), part=True)
        at += len(side) + 1


@cache
def _small() -> frozenset[str]:
    return word_set("particles") | {"of", "for", "and", "on", "in", "at", "the", "against", "to", "upon"}


def _trim(body: Sequence[Token]) -> Sequence[Token]:
    """Without small words at either end, and without articles before the name."""
    small = _small()
    first, last = 0, len(body)
    while (
        first < last
        and (not body[first].capital or body[first].function)
        and not body[first].text[0].isdigit()
    ):
        first += 1
    while last > first and body[last - 1].low in small and not body[last - 1].capital:
        last -= 1
    return body[first:last]
