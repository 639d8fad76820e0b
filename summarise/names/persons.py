"""Which forms name the same person: full names, surnames, first names, numbered kings and queens.

Two people who share a surname are never merged through it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from summarise.names.forms import Form
from summarise.names.unions import Groups
from summarise.names.words import adjective, head, ordinary, word_set
from summarise.places import is_large, is_place

_SUFFIX = {"jr", "sr", "ii", "iii", "iv"}
_NUMERALS = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIV", "XVI", "XXIII"}
_CHAMBERS = {"house", "senate", "congress", "parliament", "court", "ministry"}
"""First words that no person has."""
_MOST_ALIKE = 40
"""Names with one first name, or of one length and first letter, among which misspelt ones are looked for."""
_LONG_ENOUGH = 5
"""Letters of the shortest family name that is taken for a misspelt one."""


def personal(form: Form) -> bool:
    """True for what may be a person's full name: two to five words, no head noun, no place."""
    words = [word.lower() for word in form.words]
    if (
        form.noun
        or form.royal
        or not 2 <= len(words) <= 5
        or any(word in ("of", "for", "and", "the") for word in words)
    ):
        return False
    if (
        head(words[-1])
        or words[0] in _CHAMBERS
        or adjective(words[0])
        or any(word[0].isdigit() for word in words)
    ):
        return False
    return (
        not is_place(form.key)
        and not (is_large(words[0]) and len(words) > 2)
        and not (ordinary(words[0]) and ordinary(words[-1]))
    )


def merge_people(
    forms: Sequence[Form], index: dict[str, int], groups: Groups, people: Collection[int]
) -> None:
    """A surname or a first name joins the one full name that has it; `people` are the numbers of these."""
    exact: dict[tuple[str, str], int] = {}
    for number in people:
        words = forms[number].words
        groups.merge(exact.setdefault((words[0], _surname(words)), number), number)
    _merge_misspelt(exact, groups)
    _merge_numbered(forms, index, groups)
    surnames: dict[str, set[int]] = defaultdict(set)
    firsts: dict[str, set[int]] = defaultdict(set)
    middles: dict[str, set[int]] = defaultdict(set)  # `Roe` of `Ann Roe Silva`
    for number in people:
        parts = _bare(forms[number].words)
        for start in range(1, len(parts)):
            surnames[" ".join(parts[start:])].add(groups.root(number))
            if len(parts) < len(forms[number].words):
                surnames[" ".join(forms[number].words[start:])].add(groups.root(number))
        firsts[parts[0]].add(groups.root(number))
        for middle in parts[1:-1]:
            if len(middle) > 3 and not is_place(middle) and not ordinary(middle.lower()):
                middles[middle].add(groups.root(number))
    spelt = _by_look(surnames)
    for number, form in enumerate(forms):
        key = " ".join(form.words[1:]) if form.royal else form.key
        if form.words[0].lower() in word_set("particles"):
            key = key[0].lower() + key[1:]  # `De Blasio` where a sentence begins
        if form.noun or (number in people and key not in surnames):
            continue
        full = surnames.get(key) or (set() if is_place(key) or form.royal else firsts.get(key))
        full = full or middles.get(key) or _misspelt(form, surnames, spelt)
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


def _merge_misspelt(exact: dict[tuple[str, str], int], groups: Groups) -> None:
    """`Ann Wasef` is `Ann Wasif`: one first name, and family names that are nearly the same."""
    same_first: dict[str, list[str]] = defaultdict(list)
    for first, last in exact:
        same_first[first].append(last)
    for first, names in same_first.items():
        for last in names if 1 < len(names) <= _MOST_ALIKE else ():
            for other in names:
                if last < other and _nearly(last, other):
                    groups.merge(exact[first, last], exact[first, other])


def _nearly(one: str, other: str) -> bool:
    """Whether two names differ in one letter, not the first, or in the order of two neighbours."""
    if len(one) != len(other) or len(one) < _LONG_ENOUGH or one[0] != other[0]:
        return False
    wrong = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) == 2:
        i, k = wrong
        return k == i + 1 and one[i] == other[k] and one[k] == other[i]
    return len(wrong) == 1


def _by_look(surnames: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    """Family names by first letter and length."""
    look: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in surnames:
        if len(name) >= _LONG_ENOUGH and name.isalpha():
            look[name[0], len(name)].append(name)
    return look


def _misspelt(form: Form, surnames: dict[str, set[int]], look: dict[tuple[str, int], list[str]]) -> set[int]:
    """The people whose family name this form misspells; nobody where it is a word or place of its own."""
    key = form.key
    alike = look.get((key[0], len(key)), ())
    if not alike or len(alike) > _MOST_ALIKE or len(form.words) > 1 or not key.istitle():
        return set()
    found = [name for name in alike if _nearly(name, key)]
    low = key.lower()
    if not found or ordinary(low) or head(low) or adjective(low) or is_place(key):
        return set()
    return set().union(*(surnames[name] for name in found))


def _merge_numbered(forms: Sequence[Form], index: dict[str, int], groups: Groups) -> None:
    """`Queen Ann` is `Queen Ann II` where there is one such queen."""
    numbered: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        if form.words[-1] in _NUMERALS:
            numbered[" ".join(form.words[:-1])].append(number)
    for key, numbers in numbered.items():
        if len(numbers) == 1 and key in index:
            bare = forms[index[key]]
            if bare.royal or len(bare.words) == 1:
                groups.merge(numbers[0], index[key])
