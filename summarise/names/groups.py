"""Which forms name the same: surnames, acronyms, short forms, other names of countries.

A form that could belong to two names stays a name of its own: two people who share a surname are
never merged through it. Every rule looks forms up by their words, so the work is linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from summarise.names.forms import Form, fold
from summarise.names.words import adjective, demonyms, head, ordinary, same_names, word_set
from summarise.places import country_names, country_of, is_country, is_large, is_place

Index = dict[str, int]

_WATERS = {"sea", "ocean", "river", "strait", "channel"}
_SUFFIX = {"jr", "sr", "ii", "iii", "iv"}


class Groups:
    """A union-find over form numbers."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def root(self, item: int) -> int:
        """The number that stands for the group of `item`."""
        while self.parent[item] != item:
            self.parent[item] = item = self.parent[self.parent[item]]
        return item

    def merge(self, one: int, other: int) -> None:
        """Put two groups together."""
        one, other = self.root(one), self.root(other)
        self.parent[max(one, other)] = min(one, other)


def group_forms(forms: Sequence[Form]) -> Iterator[tuple[Form, list[Form]]]:
    """Each group as its fullest form and the others, in order of first appearance."""
    groups = Groups(len(forms))
    index = {form.key: number for number, form in enumerate(forms)}
    _merge_same(forms, index, groups)
    _merge_shouted(forms, index, groups)
    _merge_acronyms(forms, index, groups)
    _merge_people(forms, index, groups)
    _merge_national(forms, groups)
    _merge_short(forms, index, groups)
    _merge_nouns(forms, groups)
    members = defaultdict(list)
    for number, form in enumerate(forms):
        members[groups.root(number)].append(form)
    for group in members.values():
        full = max(group, key=_fullness)
        yield full, [form for form in group if form is not full]


def _fullness(form: Form) -> tuple[bool, bool, int, int, int]:
    shouted = form.key.isupper() and len(form.words) == 1
    return not form.country, not form.royal and not shouted, len(form.words), len(form.key), -form.spans[0][0]


def _merge_same(forms: Sequence[Form], index: Index, groups: Groups) -> None:
    """Other names of a country, its government, and the listed equivalents."""
    by_code: dict[str, int] = {}
    for number, form in enumerate(forms):
        if not form.noun and is_country(form.key):
            code = str(country_names(form.key)[0])
            groups.merge(by_code.setdefault(code, number), number)
    for number, form in enumerate(forms):
        if form.country and (country := _country_form(by_code, form.country)) is not None:
            groups.merge(country, number)
    for names in same_names():
        found = [index[key] for key in (" ".join(map(fold, name.split())) for name in names) if key in index]
        for number in found[1:]:
            groups.merge(found[0], number)


def _country_form(by_code: dict[str, int], code: str) -> int | None:
    return next((number for key, number in by_code.items() if country_of(key) == code), None)


def _merge_shouted(forms: Sequence[Form], index: Index, groups: Groups) -> None:
    """`KYIV` is `Kyiv`, where both are found."""
    shouted = {form.key: n for n, form in enumerate(forms) if form.key.isupper() and len(form.key) > 3}
    for number, form in enumerate(forms):
        upper = form.key.upper()
        if upper != form.key and upper in shouted and not form.noun:
            groups.merge(number, shouted[upper])


def _merge_acronyms(forms: Sequence[Form], index: Index, groups: Groups) -> None:
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


def _personal(form: Form) -> bool:
    """True for what may be a person's full name: two to five words, no head noun, no place."""
    words = [word.lower() for word in form.words]
    if (
        form.noun
        or form.royal
        or not 2 <= len(words) <= 5
        or any(word in ("of", "for", "and", "the") for word in words)
    ):
        return False
    if head(words[-1]) or adjective(words[0]) or any(word[0].isdigit() for word in words):
        return False
    return (
        not is_place(form.key)
        and not (is_large(words[0]) and len(words) > 2)
        and not (ordinary(words[0]) and ordinary(words[-1]))
    )


def _merge_people(forms: Sequence[Form], index: Index, groups: Groups) -> None:
    """A surname or a first name joins the one full name that has it."""
    people = [number for number, form in enumerate(forms) if _personal(form)]
    exact: dict[tuple[str, str], int] = {}
    for number in people:
        words = forms[number].words
        groups.merge(exact.setdefault((words[0], _surname(words)), number), number)
    surnames: dict[str, set[int]] = defaultdict(set)
    firsts: dict[str, set[int]] = defaultdict(set)
    for number in people:
        parts = _bare(forms[number].words)
        for start in range(1, len(parts)):
            surnames[" ".join(parts[start:])].add(groups.root(number))
        firsts[parts[0]].add(groups.root(number))
    for number, form in enumerate(forms):
        if form.noun or (number in people and form.key not in surnames):
            continue
        key = " ".join(form.words[1:]) if form.royal else form.key
        full = surnames.get(key) or (set() if is_place(key) or form.royal else firsts.get(key)) or set()
        full = {groups.root(one) for one in full}
        if len(full) == 1 and not adjective(key.lower()):
            groups.merge(full.pop(), number)
        elif form.royal and key in index:
            groups.merge(index[key], number)
        elif form.royal and len(firsts.get(key, ())) == 1:
            groups.merge(next(iter(firsts[key])), number)


def _bare(words: Sequence[str]) -> Sequence[str]:
    return words[:-1] if words[-1].lower() in _SUFFIX and len(words) > 2 else words


def _surname(words: Sequence[str]) -> str:
    return _bare(words)[-1]


def _merge_short(forms: Sequence[Form], index: Index, groups: Groups) -> None:
    """`Supreme Court` joins the one `United States Supreme Court`, `Atlantic` the `Atlantic Ocean`."""
    longer: dict[str, set[int]] = defaultdict(set)
    for number, form in enumerate(forms):
        words = form.words
        if form.noun or form.royal or len(words) < 2 or _personal(form):
            continue
        for start in range(1, len(words)):
            if head(words[-1].lower()) and words[start].lower() not in word_set("particles"):
                longer[" ".join(words[start:])].add(number)
        for short in {_shortened(words), " ".join(words[:-1]) if head(words[-1].lower()) else ""} - {""}:
            if words[-1].lower() in _WATERS or not _placed(short):
                longer[short].add(number)
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


def _merge_national(forms: Sequence[Form], groups: Groups) -> None:
    """`US Navy` is `United States Navy`, `UK Supreme Court` the `Supreme Court of the United Kingdom`."""
    seen: dict[tuple[str, str], int] = {}
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
                break


def _of_place(words: Sequence[str]) -> int:
    """Where `of the United Kingdom` begins in `Supreme Court of the United Kingdom`."""
    last = max(i for i, word in enumerate(words) if word in ("of", "for"))
    return last if is_place(" ".join(words[last + 1 :]).removeprefix("the ")) else len(words)


def _placed(words: str) -> bool:
    return is_place(words) or adjective(words.lower())


def _merge_nouns(forms: Sequence[Form], groups: Groups) -> None:
    """`authorities` joins `local authorities` where that is the only kind of authorities."""
    kinds: dict[str, set[int]] = defaultdict(set)
    bare: dict[str, int] = {}
    for number, form in enumerate(forms):
        if form.noun and len(form.words) == 1:
            bare[form.key] = number
        elif form.noun:
            kinds[form.words[-1]].add(number)
    for key, number in bare.items():
        if len(kinds[key]) == 1:
            groups.merge(next(iter(kinds[key])), number)
