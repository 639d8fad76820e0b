"""Which forms name the same body or place: acronyms, short forms, the same body of one country.

A short form joins only where one name could be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from summarise.names.forms import Form
from summarise.names.unions import Groups
from summarise.names.words import adjective, demonyms, head, ordinary, word_set
from summarise.places import country_of, is_country, is_place

_WATERS = {"sea", "ocean", "river", "strait", "channel"}
_FIRMS = {"company", "co", "inc", "corp", "corporation", "limited", "ltd", "plc", "llc", "group", "holdings"}
_ARMED = {
    (noun,)
    for noun in ("militia", "militias", "militants", "rebels", "fighters", "insurgents", "movement", "group")
}
"""Nouns behind a body's name that name the body again: `Zed militants`."""


def merge_acronyms(forms: Sequence[Form], index: dict[str, int], groups: Groups) -> None:
    """An acronym joins the one name with its initials, or the name that it stands behind in brackets."""
    initials: dict[str, set[int]] = defaultdict(set)
    ends: dict[int, int] = {}
    for number, form in enumerate(forms):
        if len(form.words) > 1 and not form.noun:
            for letters in _initials(form.words):
                initials[letters].add(number)
            for span in form.spans:
                ends[span[1]] = number
    for number, form in enumerate(forms):
        if len(form.words) > 1 or form.noun or not 1 < len(form.key) < 9 or not form.key[:2].isupper():
            continue
        letters = form.key.rstrip("s").upper()
        behind = next((ends[start - 2] for start, _ in form.spans if start - 2 in ends), None)
        if len(initials[letters]) == 1 and len(letters) > 2 and not is_country(form.key):
            groups.merge(next(iter(initials[letters])), number)
        elif behind is not None and _abbreviates(letters, forms[behind].words):
            groups.merge(behind, number)


def _initials(words: Sequence[str]) -> set[str]:
    parts = [part for word in words for part in word.split("-") if part]
    capital = "".join(part[0] for part in parts if part[0].isupper())
    every = "".join(part[0] for part in parts).upper()
    return {capital, every} - {""}


def _abbreviates(letters: str, words: Sequence[str]) -> bool:
    """True where a bracket with these letters behind the name is most likely its acronym."""
    rest = iter("".join(words).upper())
    in_order = letters[0] == words[0][0].upper() and all(letter in rest for letter in letters)
    body = head(words[-1].lower()) or any(word in ("of", "for") for word in words) or len(words) > 3
    return in_order or (body and len(letters) > 2)


def merge_short(forms: Sequence[Form], groups: Groups, people: Collection[int]) -> None:
    """`Supreme Court` joins the one `United States Supreme Court`, `Atlantic` the `Atlantic Ocean`."""
    longer: dict[str, set[int]] = defaultdict(set)
    for number, form in enumerate(forms):
        words = form.words
        if form.noun or form.royal or len(words) < 2 or number in people:
            continue
        for start in range(1, len(words)):
            low = words[start].lower()
            if head(words[-1].lower()) and low not in word_set("particles"):
                longer[" ".join(words[start:])].add(number)
            elif head(low) and words[start + 1 : start + 2] in (("of",), ("for",)):
                longer[" ".join(words[start:])].add(number)
                longer[words[start]].add(number)
        for short in {_shortened(words), " ".join(words[:-1]) if head(words[-1].lower()) else ""} - {""}:
            if words[-1].lower() in _WATERS or not _placed(short):
                longer[short].add(number)
        if words[-1].lower() == "party" and words[0].lower() not in demonyms():
            for short in (" ".join(words[:-1]), " ".join(words[:-1]) + "s"):
                longer[short].add(number)
        firm = words[-1].lower() in _FIRMS and len(words) > 2
        if firm and not ordinary(words[0].lower()) and not _placed(words[0]):
            longer[words[0]].add(number)
        if len(words) > 2 and words[1] in ("of", "for") and head(words[0].lower()):
            longer[words[0]].add(number)
            longer[" ".join(words[: _of_place(words)])].add(number)
    for number, form in enumerate(forms):
        full = {groups.root(one) for one in longer.get(form.key, ())} - {groups.root(number)}
        if not form.noun and len(full) == 1 and not is_country(form.key):
            groups.merge(full.pop(), number)


def _shortened(words: Sequence[str]) -> str:
    """Without the head nouns at the end: `Payne` for `Payne International Airport`."""
    size = len(words)
    while size and head(words[size - 1].lower()):
        size -= 1
    return " ".join(words[:size]) if size < len(words) else ""


def merge_national(forms: Sequence[Form], groups: Groups) -> None:
    """`US Navy` is `United States Navy`, `UK Supreme Court` the `Supreme Court of the United Kingdom`."""
    seen: dict[tuple[str, str], int] = {}
    chambers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, form in enumerate(forms):
        words = form.words
        for size in range(1, min(4, len(words))):
            before, after = " ".join(words[:size]), " ".join(words[-size:])
            code = country_of(before) if is_country(before) else demonyms().get(before.lower())
            rest = " ".join(words[size:])
            if code is None and is_country(after):
                code, rest = (
                    country_of(after),
                    " ".join(words[:-size]).removesuffix(" the").removesuffix(" of"),
                )
            if code and head(
                rest.split(" ")[-1].lower() if " of" not in rest else rest.split(" ")[0].lower()
            ):
                groups.merge(seen.setdefault((code, rest.lower()), number), number)
                if " of " in rest:
                    chambers[code, rest.lower().partition(" of ")[0]].add(number)
                break
    for (code, noun), numbers in chambers.items():  # `US House` is `United States House of Representatives`
        if (code, noun) in seen and len({groups.root(number) for number in numbers}) == 1:
            groups.merge(seen[code, noun], next(iter(numbers)))


def _of_place(words: Sequence[str]) -> int:
    """Where `of the United Kingdom` begins in `Supreme Court of the United Kingdom`."""
    last = max(i for i, word in enumerate(words) if word in ("of", "for"))
    return last if is_place(" ".join(words[last + 1 :]).removeprefix("the ")) else len(words)


def _placed(words: str) -> bool:
    return is_place(words) or adjective(words.lower())


def merge_fighters(
    forms: Sequence[Form], index: dict[str, int], groups: Groups, people: Collection[int]
) -> None:
    """`Zed militia` and `Zed militants` are `Zed`, `Zaidi rebels` the `Zaidis`."""
    armed = [n for n, form in enumerate(forms) if form.noun and form.words[1:] in _ARMED]
    persons = {word for n in people for word in forms[n].words} if armed else ()
    for number in armed:
        form = forms[number]
        name = form.words[0]
        if name[0].isupper() and name not in persons and not _placed(name):
            for key in (name, name + "s"):
                if key in index:
                    groups.merge(index[key], number)
