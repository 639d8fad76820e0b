"""Whether the letter after a number is a scale: `1m people` are a million, `a 2m wall` is two metres high.

Of a glued `m` or `b` nothing but the words around it tells. It is a scale where something is counted:
a currency, people, a plural noun that is no thing with a length, a population. Otherwise `m` stays
metres and `b` nothing. Looks at a bounded number of tokens; a capital M is always a million.
"""

from __future__ import annotations

from summarise.numbers.currencies import read_suffix
from summarise.numbers.lexicon import COUNTED
from summarise.numbers.tables import word_set
from summarise.numbers.tokens import HYPHENS, Tokens

LOOK_AHEAD = 3
"""Words in which the noun that is counted must come (`1m new Syrian refugees`)."""
LETTERS = frozenset({"m", "b"})
DISTANCES = frozenset({50, 60, 80, 100, 110, 200, 400, 800, 1500, 3000, 5000})
"""Of races; before a noun they stay metres (`the 400m hurdlers`)."""
ONE_LONG = word_set("a an men's women's boys' girls' s single each every")
"""Before a length: what follows is one thing, or a race."""
CROWDS = word_set("population audience country nation membership electorate readership viewership")
LONG = word_set(
    "waves walls hurdles heats races relays sprints finals trees cliffs fences boats ships yachts masts "
    "towers pools statues poles tunnels surges swells dunes banners columns tanks holes pits strips "
    "sections gaps lengths intervals steps stretches distances drifts craters slabs blocks spans blades "
    "whales sharks snakes crocodiles events runs leads starts ends hits falls rises stands drops ropes "
    "cables pipes pipelines beams corridors zones radius inches metres meters seconds minutes"
)
"""Plurals of things that have a length, and verbs that look like plurals."""
NO_NOUNS = word_set(
    "was has is does its his this as less plus across towards afterwards upwards downwards always perhaps "
    "besides sometimes yes thus versus minus"
)
STOPS = word_set(
    "tall high deep long wide away apart below above from to in on at by for with the a an and or but that "
    "which who off up down into out over under before after since until it he she they when while further "
    "closer behind ahead north south east west of than"
)
BEFORE_PLACE = word_set("within to from at last next final first")
PRONOUNS = word_set("them us these those whom")
_PERSON_ENDS = ("ers", "ors", "ees", "ants", "ents", "ians", "ists", "ives")


def is_scale(tokens: Tokens, start: int, at: int) -> bool:
    """Whether the letter at token `at` multiplies the number at token `start`."""
    if tokens[at].text not in LETTERS or not tokens.joined(at):
        return False
    if tokens[at].text == "m" and tokens[at].cap:
        return True
    if tokens[at].text == "b" and not tokens[at].cap and tokens[start].text.count(".") == 1:
        return True  # 1.2b
    before, index = tokens[start - 1].text, _over_range(tokens, at + 1)
    if read_suffix(tokens, at + 1, scaled=True) is not None:
        return True
    if tokens.hyphen(index) and tokens[index + 1].text in ("strong", "member"):
        return True
    if before in ONE_LONG:
        return False
    if before == "of" and tokens[start - 2].text in CROWDS:
        return True
    index += 2 if tokens.hyphen(index) and tokens[index + 1].text in ("plus", "odd") else 0
    index += tokens[index].text == "+"
    following = tokens[index].text
    if following == "of":
        return tokens[index + 1].text in PRONOUNS and before not in BEFORE_PLACE
    if following in ("were", "are", "have", "had") and before not in BEFORE_PLACE:
        return True
    race = before in ("the", "in", "his", "her") and tokens[start].value in DISTANCES
    return _is_counted(tokens, index, race)


def _over_range(tokens: Tokens, index: int) -> int:
    """Over the other end of a range: what it counts, both count (`1m to 2m refugees`)."""
    if (tokens[index].text in HYPHENS or tokens[index].text in ("to", "and", "or")) and tokens[
        index + 1
    ].kind == "number":
        return index + 3 if tokens[index + 2].text in LETTERS else index
    return index


def _is_counted(tokens: Tokens, index: int, race: bool) -> bool:
    """Whether a counted noun comes soon; `race`: only one that is surely counted."""
    for at in range(index, index + LOOK_AHEAD):
        token = tokens[at]
        if token.kind != "word" or token.text in STOPS:
            return False
        if token.text in COUNTED:
            return True
        if race or token.cap or len(token.text) < 4 or token.text[-1] != "s" or token.text[-2] in "si'":
            continue
        if at == index and token.text not in LONG and token.text not in NO_NOUNS:
            return True
        if at > index and token.text.endswith(_PERSON_ENDS):
            return True
    return False
