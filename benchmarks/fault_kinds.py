"""The faults that `faults.py` plants: each takes true items of a labelled summary and spoils one leaf.

A kind yields the field, the true item and the spoilt one. `settled` says in which form of a summary
the text itself shows the fault: "both", "evidence" (only where the evidence is stated; without it the
check looks for a sentence that fits, and a true item of something else has one), or "no" (words and
grammar alone can't tell; what is caught is reported all the same). Nothing here knows the check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from summarise.read import read_text
from summarise.sentences import split_sentences

Item = dict[str, Any]
Fault = tuple[str, Item, Item]
Settled = Literal["both", "evidence", "no"]

FOR = (
    "praise welcome support endorse applaud back congratulate thank laud hail commend defend approve embrace "
    "honour honor celebrate favour favor"
)
AGAINST = (
    "condemn criticise criticize denounce reject oppose deny sue accuse veto blame slam blast decry dismiss "
    "attack sentence impeach ban block sanction fine convict"
)
MORE = {
    "voted for": "for", "voted in favour of": "for", "voted in favor of": "for", "called for": "for",
    "spoke in favour of": "for", "expressed support for": "for", "paid tribute to": "for",
    "voted against": "against", "protested against": "against", "objected to": "against",
    "disagreed with": "against", "warned against": "against", "spoke against": "against",
    "filed a lawsuit against": "against", "protested": "against", "demanded": "for", "demands": "for",
    "calls for": "for", "warned of": "against", "fought": "against", "backs": "for",
}  # fmt: skip


def forms_of(verb: str) -> tuple[str, ...]:
    """Present and past of a regular verb."""
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb in ("slam", "ban"):
        stem = verb + verb[-1]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied"
    return verb + ("es" if verb.endswith(("ss", "ch", "o")) else "s"), stem + "ed"


CLEAR = {
    **{form: "for" for verb in FOR.split() for form in forms_of(verb)},
    **{form: "against" for verb in AGAINST.split() for form in forms_of(verb)},
    **MORE,
}
"""Verbs that say a position of their subject on their object, by what they say."""
DEMONYMS = {
    "American", "British", "Russian", "Chinese", "French", "German", "Israeli", "Iranian", "Turkish",
    "Mexican", "Canadian", "Australian", "Indian", "Japanese", "Ukrainian", "Spanish", "Italian", "Irish",
    "Scottish", "Brazilian", "Egyptian", "Syrian", "Iraqi", "Saudi", "Polish", "Swedish",
}  # fmt: skip
UNITS = {
    "%": "km",
    "km": "mile",
    "mile": "km",
    "USD": "EUR",
    "EUR": "GBP",
    "GBP": "USD",
    "year": "month",
    "day": "week",
}
SCALES = {"million": "billion", "billion": "million", "thousand": "million", "hundred": "thousand"}
QUALIFIERS = {
    "exact": "about",
    "about": "exact",
    "at_least": "at_most",
    "at_most": "at_least",
    "range": "exact",
}
CODES = {"US": "CA", "GB": "IE", "RU": "UA", "CN": "TW"}
LEADING = re.compile(
    r"(?:about|around|some|nearly|roughly|almost|approximately|more than|over|at least|up to|fewer than|"
    r"less than|under|an estimated)\s+",
    re.I,
)


@dataclass(frozen=True)
class Place:
    """One article with its labels, and another one for strings that this one does not have."""

    text: str
    label: dict[str, list[Item]]
    other: dict[str, list[Item]]
    other_text: str
    title: str
    random: Random

    def foreign(self, field: str, leaf: str) -> list[str]:
        """Strings of the other article that this one has not."""
        return [i[leaf] for i in self.other[field] if i[leaf] and i[leaf] not in self.text]

    def pick(self, strings: list[str]) -> str | None:
        """One of `strings`, or None."""
        return self.random.choice(strings) if strings else None


Maker = Callable[[Place], Iterator[Fault]]
KINDS: dict[str, tuple[Settled, Maker]] = {}


def kind(name: str, settled: Settled) -> Callable[[Maker], Maker]:
    """Registers a kind of fault."""

    def register(maker: Maker) -> Maker:
        KINDS[name] = settled, maker
        return maker

    return register


def spoilt(field: str, item: Item, **leaves: Any) -> Fault:
    """The fault of changing some leaves."""
    return field, item, {**item, **leaves}


def words_of(item: Item) -> list[str]:
    """All forms of an item's name."""
    return [item["name"], *item["aliases"]]


def has(text: str, words: str) -> bool:
    """Whether `text` has `words`, whole ones."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def strangers(place: Place, evidence: str, own: Item | None) -> list[str]:
    """Names of actors that the evidence does not have in any form, nor any word of them."""
    named = []
    for actor in place.label["actors"]:
        words = [w for form in words_of(actor) for w in form.split() if len(w) > 2]
        there = any(w.lower() in evidence.lower() for w in words) or names_it(evidence, words_of(actor))
        if actor is not own and not there:
            named.append(actor["name"])
    return named


def initials(words: str) -> str:
    """The letters of a name of several words (`UN`), else the name: no text has the letters by chance."""
    letters = "".join(word[0] for word in words.split() if word[0].isupper())
    return letters if len(letters) > 1 else words


def names_it(text: str, forms: list[str]) -> bool:
    """Whether `text` has a form of a name or its initials, stops left out."""
    plain = text.replace(".", "")
    return any(has(text, form) or has(plain, initials(form)) for form in forms)


def shuffled(place: Place, field: str) -> list[Item]:
    """The items of a field in a chance order that is always the same."""
    return place.random.sample(place.label[field], len(place.label[field]))


def change_word(text: str, random: Random) -> str:
    """`text` with the letters of one long word turned round."""
    words = [m for m in re.finditer(r"[^\W\d_]{5,}", text) if m.group()[::-1] != m.group()]
    if not words:
        return ""
    m = random.choice(words)
    return text[: m.start()] + m.group()[::-1] + text[m.end() :]


def drop_word(text: str, random: Random) -> str:
    """`text` without one of its inner words."""
    words = text.split()
    if len(words) < 4:
        return ""
    at = random.randrange(1, len(words) - 1)
    return " ".join(words[:at] + words[at + 1 :])


def add_word(text: str, random: Random) -> str:
    """`text` with a word more inside."""
    words = text.split()
    if len(words) < 2:
        return ""
    return " ".join([*words[: len(words) // 2], "truly", *words[len(words) // 2 :]])


def change_digit(text: str) -> str:
    """`text` with its last digit, or a number word, made another."""
    digits = list(re.finditer(r"\d", text))
    if digits:
        m = digits[-1]
        return text[: m.start()] + str((int(m.group()) + 3) % 10) + text[m.end() :]
    swaps = {
        "two": "seven",
        "three": "nine",
        "four": "eleven",
        "five": "eight",
        "six": "twelve",
        "ten": "thirteen",
    }
    for word, swap in swaps.items():
        if has(text, word):
            return re.sub(rf"\b{word}\b", swap, text)
    return ""


def moved(p: Place, forms: list[str]) -> str | None:
    """A sentence of the article without any word of `forms`."""
    words = {w.lower() for form in forms for w in re.findall(r"\w{3,}", form)} or {
        form.lower() for form in forms
    }
    texts = [s.text for s in split_sentences(read_text(p.text)) if s.number]
    return p.pick([t for t in texts if not any(w in t.lower() for w in words) and not names_it(t, forms)])
