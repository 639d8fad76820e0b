"""Units of measure, and how they are read off the tokens.

A unit is named in the singular, in the form of `fields.md`: metric units by their sign, others by
their name. What is no unit of measure (people, seats) is not known here.
"""

from __future__ import annotations

from summarise.numbers.currencies import Unit
from summarise.numbers.lexicon import LABELS
from summarise.numbers.tables import word_map, word_set
from summarise.numbers.tokens import Token, Tokens

_UNITS = """
year:years yr yrs; month:months; week:weeks wk wks; day:days; hour:hours hr hrs; minute:minutes min
mins; second:seconds sec secs; millisecond:milliseconds; decade:decades; century:centuries;
fortnight:fortnights; m:metre metres meter meters; km:kilometre kilometres kilometer kilometers kms;
cm:centimetre centimetres centimeter centimeters; mm:millimetre millimetres millimeter millimeters;
nm:nanometre nanometres nanometer nanometers; mile:miles mi; foot:feet ft; inch:inches; yard:yards
yd yds; acre:acres; hectare:hectares ha; fathom:fathoms; parsec:parsecs; storey:storeys storied;
kg:kilogram kilograms kilogramme kilogrammes kilo kilos kgs; g:gram grams gramme grammes;
mg:milligram milligrams; ton:tons; tonne:tonnes; pound:pounds lb lbs; ounce:ounces oz; carat:carats;
karat:karats; liter:liters; litre:litres; ml:millilitre millilitres milliliter milliliters;
gallon:gallons; pint:pints; barrel:barrels bbl; bushel:bushels; mole:moles; mph:; kph:kmh;
knot:knots; watt:watts; kW:kilowatt kilowatts; MW:megawatt megawatts; GW:gigawatt gigawatts; kWh:;
MWh:; GWh:; volt:volts; amp:amps; joule:joules; calorie:calories; hertz:; MHz:megahertz;
GHz:gigahertz; byte:bytes; kB:kilobyte kilobytes; MB:megabyte megabytes; GB:gigabyte gigabytes;
TB:terabyte terabytes; pixel:pixels; decibel:decibels dB; degree:degrees; °:; pascal:pascals;
millibar:millibars mbar;
"""
UNITS: dict[str, str] = {}
for _entry in _UNITS.split(";"):
    if _entry.strip():
        _name, _forms = _entry.strip().split(":")
        for _form in (_name, *_forms.split()):
            UNITS[_form.lower()] = "km/h" if _name == "kph" else _name
_GLUED = word_map(
    "pc:% bps:basis_point bp:basis_point in:inch ins:inch h:hour kmph:km/h kph:km/h p:penny t:tonne "
)
"""Units in small letters that are something else unless they touch their number (`5pc`, `12in`, `24h`)."""
_APART = word_map("bps:basis_point pc:% kmph:km/h")
_HEAT = word_set(
    "temperature temperatures heat cold degrees high highs low lows thermometer celsius fahrenheit warm hot "
    "minus freezing heatwave warming mercury"
)
_PIXELS = frozenset({360, 480, 720, 1080, 1440, 2160, 4320})
_AFTER_STONE = word_set(". , ) ; and in or to after when overweight lighter heavier")
TIME = word_set("year month week day hour minute second millisecond decade century fortnight")
MODIFIERS = word_set("square sq cubic metric nautical light imperial short long troy fluid us u.s.")


def read_unit(tokens: Tokens, index: int) -> Unit | None:
    """The unit of measure at `index`, rates included (`mg per liter`, `miles per hour`)."""
    base = _percent(tokens, index) or _measure(tokens, index)
    if base is None:
        return None
    rate = _rate(tokens, base.end)
    if rate is None and base.name in TIME and tokens[base.end].text in ("a", "an"):
        often = _plain(tokens, base.end + 1)
        rate = often if often is not None and often.name in TIME and tokens[often.end].text != "and" else None
    if rate is None:
        return base
    both = f"{base.name} per {rate.name}"
    known = {"mile per hour": "mph", "km per hour": "km/h", "m per second": "m/s"}
    if base.name in TIME:
        return Unit(base.name, rate.end)
    if base.name == "%":
        return base
    return Unit(known.get(both, both), rate.end)


def _percent(tokens: Tokens, index: int) -> Unit | None:
    first, second = tokens[index].text, tokens[index + 1].text
    if first == "%":
        return Unit("%", index + 1)
    if first in ("percent", "pct"):
        return Unit("%", index + 1)
    if first == "per" and second == "cent":
        return Unit("%", index + 2)
    if first in ("percentage", "basis"):
        after = index + 2 if tokens.hyphen(index + 1) else index + 1
        if tokens[after].text in ("point", "points"):
            return Unit(f"{first} point", after + 1)
    return None


def _measure(tokens: Tokens, index: int) -> Unit | None:
    token = tokens[index]
    if token.text in ("°", "º"):
        scale = tokens[index + 1].text
        if scale in ("c", "f") and tokens[index + 1].cap:
            return Unit("°" + scale.upper(), index + 2)
        return Unit("°", index + 1)
    if token.text == "earth" and tokens[index + 1].text in UNITS:
        index += 1
    if (
        token.text == "u"
        and tokens.words(index, 4) == ("u", ".", "s", ".")
        and tokens[index + 4].text in UNITS
    ):
        return Unit("U.S. " + UNITS[tokens[index + 4].text], index + 5)
    if token.text in MODIFIERS:
        after = index + 2 if tokens.hyphen(index + 1) else index + 1
        name = UNITS.get(tokens[after].text)
        if name is None:
            return None
        joint = "-" if after > index + 1 else " "
        first = "square" if token.text == "sq" else token.text
        long = {"m": "meter"}.get(name, name) if first == "cubic" else name
        return Unit(f"{first}{joint}{long}", after + 1)
    return _plain(tokens, index)


def _plain(tokens: Tokens, index: int) -> Unit | None:
    token, after = tokens[index], tokens[index + 1]
    if token.text[-1:] in ("²", "³") and UNITS.get(token.text[:-1]) in ("m", "km", "cm"):
        return Unit(UNITS[token.text[:-1]] + ("2" if token.text[-1] == "²" else "3"), index + 1)
    if token.kind != "word" or token.text not in UNITS or _is_proper(token):
        return None
    name = UNITS[token.text]
    if name in ("degree", "°") and after.text in ("celsius", "c", "fahrenheit", "f", "centigrade"):
        return Unit("°F" if after.text.startswith("f") else "°C", index + 2)
    if name in ("m", "km") and tokens.joined(index + 1) and after.text in ("2", "3", "²", "³"):
        return Unit(name + {"²": "2", "³": "3"}.get(after.text, after.text), index + 2)
    if after.text == "/" and tokens.joined(index + 1) and tokens[index + 2].text in ("h", "s", "hr", "l"):
        return Unit(f"{name}/{tokens[index + 2].text[0]}", index + 3)
    return Unit(name, index + 1)


def _is_proper(token: Token) -> bool:
    """Whether a capital makes a unit word something else (`Three Mile Island`, `3G`)."""
    return token.cap and (len(token.text) > 3 or len(token.text) == 1)


def _rate(tokens: Tokens, index: int) -> Unit | None:
    """`per hour`, `/ h`, `per cubic meter`; not `per astronaut`, which is no unit."""
    if tokens[index].text != "per":
        return None
    return _measure(tokens, index + 1)


def read_per_people(tokens: Tokens, index: int) -> Unit | None:
    """`per 100,000 people`: a rate that counts against a round number of something."""
    number, noun = tokens[index + 1], tokens[index + 2]
    if tokens[index].text == "per" and number.value and number.value >= 100 and noun.kind == "word":
        return Unit(f"per {number.text} {noun.text}", index + 3)
    return None


def read_glued(tokens: Tokens, index: int) -> Unit | None:
    """A unit that is told by touching its number: `40C`, `5pc`, `25bps`, `12in`, `13st`, `9.58s`."""
    token, number = tokens[index], tokens[index - 1]
    value = number.value
    if token.kind != "word" or number.kind != "number" or value is None:
        return None
    if not tokens.joined(index):
        if token.text == "stone" and tokens[index + 1].kind != "word":
            return Unit("stone", index + 1)
        if token.text == "stone" and tokens[index + 1].text in _AFTER_STONE:
            return Unit("stone", index + 1)
        if token.cap and number.end - number.start > 1 and _tells_heat(tokens, index):
            return _temperature(tokens, index)
        return Unit(_APART[token.text].replace("_", " "), index + 1) if token.text in _APART else None
    if tokens[index + 1].kind == "number" and tokens.joined(index + 1) and token.text != "h":
        return None
    if token.cap:
        return _temperature(tokens, index)
    if token.text == "st":
        ordinal = value % 10 == 1 and value % 100 != 11
        weight = tokens[index + 2].text in ("lb", "lbs", "pounds")
        return Unit("stone", index + 1) if value < 100 and (weight or not ordinal) else None
    if token.text == "s":
        return Unit("second", index + 1) if value.denominator > 1 else None
    name = _GLUED.get(token.text)
    if name is None or (name == "penny" and value in _PIXELS):
        return None
    return Unit(name.replace("_", " "), index + 1)


def _temperature(tokens: Tokens, index: int) -> Unit | None:
    """`40C`, `104F`, unless a name or a label stands before the number (`Seat 12C`)."""
    token, before = tokens[index], tokens[index - 2]
    if token.text not in ("c", "f") or token.end - token.start > 1 or tokens[index + 1].cap:
        return None
    if before.kind == "word" and (
        before.text in LABELS or (before.cap and not tokens.starts_sentence(index - 2))
    ):
        return None
    return Unit("°" + token.text.upper(), index + 1)


def _tells_heat(tokens: Tokens, index: int) -> bool:
    """Whether `40 C` is said beside heat or cold, or before the same in another scale."""
    if tokens[index + 1].text == "(" and tokens[index + 2].kind == "number":
        return True
    return not _HEAT.isdisjoint(tokens.words(index - 10, 9))
