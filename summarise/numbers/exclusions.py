"""Numbers that are no quantities: dates, years, clock times, names, labels, `one` as a pronoun.

Each rule looks at a bounded number of tokens around the number. What a number is worth, and where its
mention ends, is decided elsewhere.
"""

from __future__ import annotations

import re

from summarise.numbers.amounts import Amount
from summarise.numbers.lexicon import BEFORE, LABELS, MONTHS, PEOPLE, SMALL, TENS
from summarise.numbers.ranges import near_contest
from summarise.numbers.tables import word_set
from summarise.numbers.tokens import HYPHENS, Tokens
from summarise.numbers.units import TIME

ZONES = word_set("utc gmt bst cest cet est edt pst pdt ist jst ast aest eest eet msk z hours local")
STREETS = word_set("street avenue road lane drive boulevard square place way court terrace st ave rd blvd dr")
OPENERS = word_set(
    "then now today yesterday meanwhile however there here he she it they we you i if so yet not nor "
    "only once later earlier again besides although though because unlike despite "
    "the a an this that these those all both another some any each every about around nearly almost over "
    "under only at in on of for from with by to and or but as than up after before between within since "
    "until during when while where its his her their our my police officials killing killed more fewer "
    "less least most including just even still also roughly approximately exactly total age aged"
)
NOT_COUNTED_BY_ONE = word_set(
    "of another who which that another's day more is has had may might can could would should must will "
    "does the a an or to and thing time reason way morning evening night with from for as"
)
BEFORE_PRONOUN = word_set(
    "no this that which any every each another the some an such last next first second third new previous "
    "everyone my your his her its their our good bad big old other"
)
BEFORE_ONE_DAY = word_set("in within only just of last for after than by every per")
SAYING = word_set("said says told tells asked wrote added argued claimed described called")
BEFORE_YEAR = word_set("by in since until till during before after from")
PARTS = word_set("first second latter top bottom northern southern eastern western other better lower upper")
_ID = re.compile(r"0\d+")


def is_excluded(tokens: Tokens, amount: Amount) -> bool:
    """Whether the number of `amount` is part of something else."""
    at = amount.start
    if amount.prefixed:
        return False
    if tokens[at - 1].text == "per":
        return True
    if tokens[at].kind == "number" or tokens[at].text in HYPHENS:
        return _digits_excluded(tokens, amount)
    if tokens[at].text == "half":
        return tokens[at - 1].text in PARTS
    if tokens[at].text == "one" and (amount.end == at + 1 or amount.value == 1):
        return _is_pronoun(tokens, amount)
    return _is_named(tokens, amount)


def is_excluded_end(tokens: Tokens, amount: Amount) -> bool:
    """Whether the second number of a range is something else: a year, a day of a month."""
    return _is_year(tokens, amount.start, amount) or _is_date(tokens, amount.start, amount)


def _digits_excluded(tokens: Tokens, amount: Amount) -> bool:
    at, last = amount.start, amount.end - 1
    if amount.unit is None and (_is_id(tokens, at, last) or _is_time(tokens, at, last)):
        return True
    return (
        _is_glued(tokens, at, amount)
        or _is_date(tokens, at, amount)
        or _is_year(tokens, at, amount)
        or (
            amount.unit is None and amount.scale == 1 and (_is_label(tokens, at) or _is_named(tokens, amount))
        )
    )


def _is_glued(tokens: Tokens, at: int, amount: Amount) -> bool:
    """Touches letters or a sign that makes it something else: `G20`, `K2-18b`, `18th`, `1980s`, `'70s`."""
    before, after = tokens[at - 1], tokens[amount.end]
    if tokens.joined(at):
        if before.kind in ("word", "opaque") or before.text in ("/", "_", "#", "\\", "=", "."):
            return True
        if before.text in ("'", "’", "‘"):  # '70s; but '5 killed'
            following = tokens[amount.end].text
            return len(tokens[at].text) == 2 and following not in PEOPLE and not tokens.plural(amount.end)
        if (
            before.text in HYPHENS
            and tokens.joined(at - 1)
            and tokens[at - 2].kind in ("word", "opaque", "number")
        ):
            return tokens[at - 2].text not in ("to", "or", "and")
    if not tokens.joined(amount.end):
        return False
    if after.kind in ("word", "opaque") and tokens[amount.end - 1].kind == "number":
        return True
    return after.text in ("/", "_", "=", "\\") and amount.unit is None


def _is_id(tokens: Tokens, at: int, last: int) -> bool:
    """Footnotes, list marks, phone numbers, leading zeros, `No. 5`, street numbers, `dial 911`."""
    before, after = tokens[at - 1], tokens[last + 1]
    if before.text == "(" and after.text == ")" and len(tokens[at].text) <= 2 and not tokens[at - 2].cap:
        return True
    if _is_code(tokens, at) or (after.text == ")" and tokens[last + 2].kind == "number"):
        return True
    if before.text in ("[", "#", "№", "§", "+") or _ID.fullmatch(tokens[at].text):
        return True
    if (
        tokens.starts_line(at)
        and after.text in (".", ")")
        and tokens.joined(last + 1)
        and not tokens.joined(last + 2)
    ):
        return tokens[last + 2].kind != "break"
    if before.text in ("call", "called", "calling", "dial", "dialled", "dialed", "phoned", "phone", "tel"):
        return len(tokens[at].text) == 3 and tokens[last + 1].kind != "word"
    if tokens.hyphen(last + 1) and tokens[last + 2].kind == "number" and len(tokens[last + 2].text) == 4:
        return len(tokens[at].text) == 3
    return tokens[last + 1].cap and any(
        tokens[last + 1 + n].cap and tokens[last + 1 + n].text in STREETS for n in (1, 2, 3)
    )


def _is_code(tokens: Tokens, at: int) -> bool:
    """`910-432-3383`, `777-200`: numbers with hyphens that are neither a range nor a score."""
    if not tokens.hyphen(at + 1) or tokens[at + 2].kind != "number":
        return False
    if tokens.hyphen(at + 3) and tokens[at + 4].kind == "number":
        return True
    first, second = tokens[at].value or 0, tokens[at + 2].value or 0
    return first >= 100 and first > second and not near_contest(tokens, at)


def _is_time(tokens: Tokens, at: int, last: int) -> bool:
    word, following = tokens[last + 1].text, tokens[last + 2].text
    if word in ("am", "pm", "noon", "midnight", "o'clock", "bce", "ce", "bc", "ad"):
        return True
    if word in ("a", "p", "b", "c") and following == "." and tokens[last + 3].text in ("m", "c", "e"):
        return True
    if len(tokens[at].text) == 4 and (word in ZONES or tokens[at - 1].text in ("ad", "bc")):
        return True
    return tokens[at - 1].text == "ad"


def _is_date(tokens: Tokens, at: int, amount: Amount) -> bool:
    """A day beside a month, or one more day after it (`May 3 and 4`, `July 27–28`)."""
    value = amount.value
    if value is None or amount.unit or amount.scale > 1:
        return False
    if value.denominator != 1 or not 1 <= value.numerator <= 31:
        return False
    if _is_month(tokens, at - 1) or (tokens[at - 1].text == "." and _is_month(tokens, at - 2)):
        return True
    after = amount.end
    if _is_month(tokens, after) or (tokens[after].text == "of" and _is_month(tokens, after + 1)):
        return True
    joins = (*HYPHENS, "and", "to", "or", ",")
    if tokens[at - 1].text in joins and tokens[at - 2].kind == "number":
        return _is_month(tokens, at - 3) and tokens[at].end - tokens[at].start <= 2
    if tokens[after].text in joins and tokens[after + 1].kind == "number":
        return _is_month(tokens, after + 2)
    return False


def _is_month(tokens: Tokens, index: int) -> bool:
    return tokens[index].text in MONTHS and (tokens[index].cap or tokens[index].text not in ("may", "march"))


def _is_year(tokens: Tokens, at: int, amount: Amount) -> bool:
    """Four digits from 1000 to 2100, unless something says that they count (`2300 miles`, `over 1800`)."""
    text, value = tokens[at].text, amount.value
    if amount.unit in TIME and amount.end == at + 2 and tokens[at + 1].text == amount.unit:
        return len(text) == 4 and value is not None and 1900 <= value <= 2050  # `2018 day five`
    if value is None or len(text) != 4 or not 1000 <= value <= 2100 or amount.unit or amount.scale > 1:
        return _is_short_year(tokens, at)
    if _is_month(tokens, at - 1):
        return True
    before = tokens[at - 1].text
    if tokens[amount.end].text in PEOPLE and 1900 < value < 2100 and value % 500 and before in BEFORE_YEAR:
        return True  # by 2030 people will …
    if before == ",":
        dated = tokens[at - 2].kind == "number" or _is_month(tokens, at - 2)
        return (dated and len(tokens[at - 2].text) < 4) or tokens[amount.end].text not in PEOPLE
    bound = any(tokens.words(at - n, n) in BEFORE for n in (1, 2, 3))
    vague = tokens[at - 1].text in ("around", "about", "circa", "within", "under", "below", "beyond", "to")
    if tokens[amount.end].text in PEOPLE or (bound and (not vague or tokens.plural(amount.end))):
        return False
    return not (tokens.plural(amount.end) and not 1700 <= value <= 2050)


def _is_short_year(tokens: Tokens, at: int) -> bool:
    """The second half of `2018–19`."""
    year = tokens[at - 2]
    return (
        tokens.hyphen(at - 1) and year.kind == "number" and len(year.text) == 4 and len(tokens[at].text) == 2
    )


def _is_label(tokens: Tokens, at: int) -> bool:
    """`phase two`, `No. 11`, `category 5`: the word before makes it a name."""
    before = at - 2 if tokens[at - 1].text == "." and tokens[at - 2].text in ("no", "nos", "vol") else at - 1
    if tokens[before].text in ("no", "nos") and not (tokens[before].cap or before < at - 1):
        return False
    return tokens[before].text in LABELS and tokens[before].kind == "word"


def _is_named(tokens: Tokens, amount: Amount) -> bool:
    """`Boeing 737`, `Area 51`, `World War Two`, `the Big Ten`: a capitalised word stands before."""
    at, before = amount.start, tokens[amount.start - 1]
    if amount.unit is not None or tokens.hyphen(amount.end):
        return False
    worded = tokens[at].kind == "word"
    if worded and (tokens[at].text not in SMALL and tokens[at].text not in TENS):
        return False
    if worded and _is_label(tokens, at) and not tokens.plural(amount.end):
        return True
    if worded and not tokens[at].cap:
        return False
    if worded and tokens.starts_sentence(at):
        return False
    if worded and tokens[amount.end].cap and before.text in ("the", "a"):
        return True
    if before.kind != "word" or not before.cap or tokens[amount.end].text in PEOPLE:
        return before.text == "of" and worded and tokens[at - 2].cap
    return not (before.text.endswith("'s") or (tokens.starts_sentence(at - 1) and _opens(tokens, amount)))


def _opens(tokens: Tokens, amount: Amount) -> bool:
    """Whether the capital before the number is only that of a sentence (`Then 20 …`, `Gunmen killed …`)."""
    before = tokens[amount.start - 1].text
    return before in OPENERS or (before not in LABELS and tokens.plural(amount.end))


def _is_pronoun(tokens: Tokens, amount: Amount) -> bool:
    """`one of them`, `no one`, `one could argue`: here `one` counts nothing."""
    at, after = amount.start, tokens[amount.end]
    if amount.unit == "day" and tokens[amount.end - 1].text == "day" and amount.end == at + 2:
        return tokens[at - 1].text not in BEFORE_ONE_DAY and not any(
            tokens.words(at - n, n) in BEFORE for n in (1, 2)
        )
    if amount.unit is not None or amount.scale > 1 or tokens.hyphen(amount.end):
        return False
    if _is_named(tokens, amount) or tokens.hyphen(at - 1) or _is_label(tokens, at):
        return True
    bounded = any(tokens.words(at - n, n) in BEFORE for n in (1, 2, 3))
    if after.kind != "word":
        return not (bounded or tokens[at - 1].text in ("was", "is", "aged", "age", "killed", "by"))
    if after.text in NOT_COUNTED_BY_ONE:
        return not (bounded and after.text != "of")
    return tokens[at - 1].text in BEFORE_PRONOUN or _is_introduction(tokens, at)


def _is_introduction(tokens: Tokens, at: int) -> bool:
    """`One senator, Ann Lee, said`, `One resident told`: someone is introduced, nobody counted."""
    if not tokens.starts_sentence(at):
        return False
    return any(
        tokens[at + n].text in SAYING or (tokens[at + n].text == "," and tokens[at + n + 1].cap)
        for n in (2, 3)
    )
