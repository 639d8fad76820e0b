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
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
}
SHORT_SCALES = {"bn": 10**9, "mn": 10**6, "mln": 10**6, "bln": 10**9, "tn": 10**12, "trn": 10**12, "k": 10**3}
MONEY_SCALES = {**SHORT_SCALES, "m": 10**6, "b": 10**9, "t": 10**12, "cr": 10**7}
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
}
FRACTION_PLURALS = {("halves" if word == "half" else word + "s"): part for word, part in FRACTIONS.items()}

NUMERALS = frozenset({*SMALL, *TENS, *HUNDREDS, *SCALES, *VAGUE, *FRACTIONS, "several", "couple", "few"})
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
    "about": "or so|- odd|or thereabouts|- ish",
    "at_least": "or more|or higher|or above|or over|or older|or greater|or longer|and over|"
    "and above|and older|plus|+",
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
