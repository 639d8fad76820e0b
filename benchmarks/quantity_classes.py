"""Where the public suites of number cases and this project differ in what they call a quantity.

Each class is a rule over one case (its text and what it expects), never over an id and never over what the
reader made of it; the first that holds names the case. `benchmarks/quantities.md` counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
KINDS_ONLY = {"currency", "dimension", "age", "temperature", "percent"}
"""Suites that list one kind of quantity and leave the others unmarked: recall only."""
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
_FRACTION = r"(?:half|halves|thirds?|quarters?|\w{2,}ths?|\w+-? ?firsts?)"
_ARITHMETIC = re.compile(
    rf"\b(\d+|one) over (\d+(?! \w)|one|three|twenty)|\bpoint ({_SMALL}|zero)|\bn[oa]ught\b"
    rf"|\b(thirty|hundred|fifty|twenty|thousand)[ -]+(\w+[ -]+)*{_FRACTION}\b|hundredths|trillionths"
    rf"|(million|billion|hundred) and (a|an|\w+) {_FRACTION}\b|\w+ and \w+ and \w+ {_FRACTION}\b"
    r"|twenty[ -]firsts?\b"
)


def _surfaces(case: Row) -> list[str]:
    return [row["surface"] for row in case["expected"] if row["surface"] is not None]


def _any(pattern: str, flags: int = re.IGNORECASE) -> Callable[[Row], bool]:
    """A rule: one of the expected surfaces matches."""
    rule = re.compile(pattern, flags)
    return lambda case: any(rule.search(surface) for surface in _surfaces(case))


def _text(pattern: str) -> Callable[[Row], bool]:
    """A rule: the text of the case matches."""
    rule = re.compile(pattern)
    return lambda case: rule.search(case["text"]) is not None


def _tokenized(case: Row) -> bool:
    rule = r"\d [.,] \d|\w - \w+ (dollar|million)|[a-zA-Z]{4,} \d+(\.\d+)?$"
    return case["suite"] in KINDS_ONLY and re.search(rule, case["text"]) is not None


def _named(case: Row) -> bool:
    """The number follows a name, or `version`, and nothing is counted."""
    name = re.compile(r"(?:[^.\s] |[^\w\s])(?:[A-Z][\w-]+ (?:\w\d )?|version )$|[A-Z]{2,}-$")
    rows = [row for row in case["expected"] if row["surface"] and row["unit"] is None]
    return any(name.search(case["text"][: row["start"]]) for row in rows)


CLASSES: list[tuple[str, Callable[[Row], bool]]] = [
    ("suite numberrange: joins two bounds, counts ordinals", lambda case: case["suite"] == "numberrange"),
    ("suite ordinal: joins two bounds, counts ordinals", lambda case: case["suite"] == "ordinal"),
    (
        "no place in the text given",
        lambda case: case["suite"] == "spellout" or any(row["surface"] is None for row in case["expected"]),
    ),
    (
        "ordinals as numbers",
        lambda case: any(row["kind"] and "ordinal" in str(row["kind"]) for row in case["expected"]),
    ),
    ("years as numbers", _any(r"^(1[89]|20)\d\d$")),
    (
        "`a` or `an` for one (`a gallon`, `a baker's dozen`)",
        lambda case: (
            re.fullmatch(r"\W*(an?|one)\W*", case["text"]) is not None
            or any(
                re.match(r"an?\b", row["surface"], re.IGNORECASE) and row["value"] in (None, 1)
                for row in case["expected"]
            )
        ),
    ),
    (
        "identifiers, addresses, telephones, powers of ten",
        _text(r"\d{16}|\d(\.\d+){2}|\d[eE^×][+-]?\d|\d\s*(mod|\^)|\+\d-\d|\b0{4,}\b"),
    ),
    ("fractions and decimals spelt out as arithmetic", lambda case: bool(_ARITHMETIC.search(case["text"]))),
    ("text cut into tokens (`c $ 5`, `fifty - two`)", _tokenized),
    ("signs and hyphens with blanks around them (`fifty - two`, `- 10  k`)", _any(r"(\w|^)[ ]?- +[\w]")),
    (
        "no value given",
        lambda case: any(row["value"] is None and row["upper"] is None for row in case["expected"]),
    ),
    (
        "numbers inside names, dates or times",
        _any(r"^(?![A-Z]{3}\d)[A-Za-z]+-?\d|\d(st|nd|rd|th)\b|\d/\d+/\d|\d:\d"),
    ),
    ("numbers that name (`English 101`, `version two`)", _named),
    (
        "no number expected though one stands there with its unit or beside another (`180ml`, `245 23 yen`)",
        lambda case: not case["expected"] and re.search(r"\d[a-z]|\d \d", case["text"]) is not None,
    ),
    ("a fraction alone, which may be an ordinal (`a fifth`)", _any(rf"^an? {_FRACTION}$|^an? \w+th$")),
    (
        "letters for scales that stand apart or mean other things (`10G`, `2.33 k`)",
        _any(r"\d( +[kMG]|G)$", 0),
    ),
    ("a decimal comma that nothing tells (`1,3`)", _any(r"^\d+,\d{1,2}$")),
    ("dozens in sums and abbreviated (`3 dzs`)", _any(r"\bdo?zs\b|and \w+ dozens")),
    ("hundreds added after `and` (`two thousand and two hundred`)", _any(r"thousand\s+and\s+\w+\s+hundred")),
    ("a share of a number that is not round (`two out of five hundred`)", _any(r"out of five h| in [a-z]+-")),
    (
        "measures and sums in two units: no single value (`5 ft 2 in`)",
        _any(rf"(\d|teen|{_SMALL}) (ft|feet|dollars?|kuai|USD)\b( and)? (\d|{_SMALL})"),
    ),
    ("a change taken for a range (`from 50 to 80%`)", _text(r"from -?\d+[ \w°]* to -?\d")),
    ("brackets as a minus (`($99.99)`)", _any(r"^\(\$")),
    ("two numbers joined by `or`: a range here", _text(r"\d \w+ or \d")),
    (
        "letters for units that mean other things in news (`1500 b`, `2.1 pm`, `32K`)",
        _any(r"\d ?(pm|am|Ga|cds|b|K|rad)$", 0),
    ),
]


def excluded(case: Row) -> str | None:
    """Why a case disagrees with what this project calls a quantity; None where it agrees."""
    return next((name for name, rule in CLASSES if rule(case)), None)
