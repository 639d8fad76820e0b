"""The words that numbers are made of, and the phrases that qualify them. Tables, no code.

English, as in news. A phrase is a tuple of folded tokens, as `tokens` cuts them.
"""

from __future__ import annotations

from fractions import Fraction

from summarise.numbers.quantity import Qualifier
from summarise.numbers.tables import word_set

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_PARTS = "half third fourth fifth sixth seventh eighth ninth tenth"
SMALL = {word: value for value, word in enumerate(_UNITS.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
HUNDREDS = {"dozen": 12, "hundred": 100}
COUNTED_DOZENS = {**HUNDREDS, "dozens": 12}
"""After a number also in the plural."""
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
}
WRITTEN_SCALES = {
    **dict.fromkeys(("mn", "mln", "mio"), 10**6),
    **dict.fromkeys(("bn", "bln", "mrd"), 10**9),
    **dict.fromkeys(("tln", "trn"), 10**12),
}
"""Short scales that mean nothing else, and so may stand apart from their number (`5 bln`)."""
SHORT_SCALES = {**WRITTEN_SCALES, "tn": 10**12, "k": 10**3, "mil": 10**6}
MONEY_SCALES = {**SHORT_SCALES, "m": 10**6, "mm": 10**6, "b": 10**9, "t": 10**12, "cr": 10**7}
"""Short scales that mean something else without a currency (3m is three metres)."""

VAGUE = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    **{word + "s": value for word, value in {"hundred": 100, **SCALES}.items()},
}
FRACTIONS = {word: Fraction(1, value) for value, word in enumerate(_PARTS.split(), 2)} | {
    "quarter": Fraction(1, 4),
    "hundredth": Fraction(1, 100),
    "thousandth": Fraction(1, 1000),
    "millionth": Fraction(1, 10**6),
    "billionth": Fraction(1, 10**9),
    "trillionth": Fraction(1, 10**12),
}
FRACTION_PLURALS = {("halves" if word == "half" else word + "s"): part for word, part in FRACTIONS.items()}

FOLDS = {word + "fold": value for word, value in {**SMALL, **TENS, "hundred": 100, "thousand": 1000}.items()}
"""`threefold`."""
MULTIPLES = {"twice": 2, "double": 2, "triple": 3, "treble": 3, "quadruple": 4}
"""`twice the size`, `double the number`; alone they are no numbers."""

NUMERALS = frozenset(
    {*SMALL, *TENS, *HUNDREDS, *SCALES, *VAGUE, *FRACTIONS, *FOLDS, *MULTIPLES, "several", "couple", "few"}
)
"""Every quantity in words has one of these."""

ORDINALS = word_set(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth hundredth"
)

_BEFORE: dict[Qualifier, str] = {
    "about": "about|around|approximately|approx|approx .|roughly|nearly|almost|some|circa|an estimated|"
    "estimated|close to|in the region of|on the order of|in the order of|just about|somewhere around|"
    "somewhere near|~|≈|±",
    "at_least": "at least|more than|over|above|in excess of|no fewer than|no less than|not less than|"
    "not fewer than|upwards of|upward of|a minimum of|minimum of|greater than|larger than|higher than|"
    "bigger than|longer than|older than|exceeding|exceed|exceeds|exceeded|well over|well above|just over|"
    "just above|slightly over|slightly more than|little more than|a little over|a little more than|"
    "much more than|far more than|north of|as little as|as few as|>|≥|beyond|topping|surpassing|at the least",
    "at_most": "up to|under|below|less than|fewer than|at most|no more than|not more than|as many as|"
    "as much as|as high as|as long as|as large as|as far as|a maximum of|maximum of|no greater than|"
    "not exceeding|"
    "lower than|smaller than|shorter than|younger than|just under|just below|slightly less than|"
    "slightly under|well under|well below|a little less than|a little under|just short of|at the most|<|≤|"
    "within|not over|no longer than|no later than",
}
BEFORE: dict[tuple[str, ...], Qualifier] = {
    tuple(phrase.split()): qualifier
    for qualifier, phrases in _BEFORE.items()
    for phrase in phrases.split("|")
}
_AFTER: dict[Qualifier, str] = {
    "about": "or so|odd|- odd|or thereabouts|- ish",
    "at_least": "or more|or higher|or above|or over|or older|or greater|or longer|and over|"
    "and above|and older|plus|- plus|+",
    "at_most": "or less|or fewer|or under|or below|or lower|or younger|and under|and younger|at most|"
    "at the most",
}
AFTER: dict[tuple[str, ...], Qualifier] = {
    tuple(phrase.split()): qualifier for qualifier, phrases in _AFTER.items() for phrase in phrases.split("|")
}

_JOINERS = "to|-|–|—|‑|−|or|through|if not|or even|~"
JOINERS = frozenset(tuple(phrase.split()) for phrase in _JOINERS.split("|"))
"""What may stand between the ends of a range."""

CONTEST = word_set(
    "won win wins winning beat beats beating defeated defeat defeating lost lose loses losing loss drew "
    "draw draws victory score scored scores scoring scoreline lead led vote votes voted ruling ruled "
    "decision tie tied thrashed match goals final result ended scoreboard ahead leading down aggregate "
    "penalties"
)
"""Near these two numbers with a dash between them are a score or the outcome of a vote."""

MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sept sep oct nov dec"
)
PEOPLE = word_set(
    "people men women children others civilians soldiers officers students passengers victims patients "
    "protesters workers members dead injured bodies homes houses families deaths cases countries states "
    "votes seats"
)
COUNTED = PEOPLE | word_set(
    "users customers viewers listeners voters jobs households doses refugees migrants residents visitors "
    "tonnes tons barrels bushels copies subscribers pupils cars vehicles acres hectares litres gallons "
    "downloads views hits shares tickets passports animals birds cattle pigs sheep chickens babies adults "
    "americans africans europeans britons germans years"
)
"""Nouns that are counted in millions, never as long as metres."""
LABELS = word_set(
    "article chapter section page phase level type grade category stage version round step number room "
    "gate channel route platform tier class line part volume vol issue act scene verse episode season "
    "series model mark district region area zone ward flight interstate highway apartment suite box lot "
    "unit no nos figure table paragraph clause rule bill resolution proposition amendment title block "
    "building exhibit group pool match game formula layer appendix annex schedule lane exit track "
    "hole seat row terminal code psalm pier"
)
"""A number after one of these names a thing (`phase two`); where it counts, the noun comes after."""
