"""Currencies: their signs, codes and names, and how they are read off the tokens.

A currency is named by its ISO 4217 code; by its plain name where the name alone leaves it open (`peso`).
"""

from __future__ import annotations

from typing import NamedTuple

from summarise.numbers.tables import word_map, word_set
from summarise.numbers.tokens import Tokens

CODES = word_set(
    "aed ars aud bdt bgn brl btc cad chf clp cny cop czk dkk egp eth eur gbp ghs hkd huf idr ils inr jpy "
    "kes krw kwd lkr mxn myr ngn nok npr nzd pen php pkr pln qar rmb ron rub sar sek sgd thb try twd uah "
    "usd vnd xof zar"
)
SIGNS = word_map(
    "$:USD £:GBP €:EUR ¥:JPY ₹:INR ₽:RUB ₩:KRW ₺:TRY ₿:BTC ₪:ILS ₱:PHP ₦:NGN ₫:VND ฿:THB ₴:UAH ₡:CRC "
    "₲:PYG ₵:GHS ¢:USD "
)
DOLLARS = word_map(
    "us:USD u.s.:USD a:AUD au:AUD c:CAD ca:CAD cdn:CAD can:CAD nz:NZD hk:HKD s:SGD sg:SGD r:BRL nt:TWD "
    "mx:MXN t:TTD j:JMD z:ZWD "
)
PREFIX_WORDS = word_map("rs:INR rp:IDR rm:MYR tk:BDT ksh:KES ")
NATIONS = word_map(
    "us:USD u.s.:USD american:USD canadian:CAD australian:AUD hong_kong:HKD singapore:SGD taiwan:TWD "
    "british:GBP egyptian:EGP lebanese:LBP indian:INR pakistani:PKR pakistan:PKR mexican:MXN "
    "argentine:ARS philippine:PHP swiss:CHF chilean:CLP colombian:COP swedish:SEK norwegian:NOK "
    "danish:DKK chinese:CNY japanese:JPY russian:RUB iranian:IRR saudi:SAR turkish:TRY kenyan:KES "
    "ugandan:UGX iraqi:IQD kuwaiti:KWD sri_lankan:LKR new_zealand:NZD "
)
MONEY = word_map(
    "dollar:USD euro:EUR yen:JPY yuan:CNY renminbi:CNY rupee:INR rouble:RUB ruble:RUB won:KRW lira:TRY "
    "rand:ZAR naira:NGN shekel:ILS zloty:PLN hryvnia:UAH baht:THB ringgit:MYR rupiah:IDR dong:VND "
    "taka:BDT peso:peso franc:franc krona:SEK kronor:SEK krone:krone kroner:krone dirham:AED riyal:SAR "
    "rial:rial dinar:dinar shilling:shilling forint:HUF bitcoin:BTC cent:cent pence:penny sterling:GBP "
    "元:CNY 円:JPY real:BRL reais:BRL buck:USD cedi:GHS "
)
NEEDS_S = word_set("dong sterling won buck real rand")
"""Currency names that are ordinary words: read only in the plural, or after a scale (`won`)."""


_NATION_OPENS = frozenset(name.split()[0] for name in NATIONS)
PREFIXES = frozenset({*CODES, *DOLLARS, *PREFIX_WORDS, "u"})
"""Every word that a currency before a number can begin with."""


class Unit(NamedTuple):
    """A unit read from the tokens: its name and the index after it."""

    name: str
    end: int


def read_prefix(tokens: Tokens, index: int) -> Unit | None:
    """The currency that starts at `index` and stands before a number: `$`, `US$`, `USD`, `Rs.`."""
    token = tokens[index]
    if token.text in SIGNS:
        return Unit(SIGNS[token.text], index + 1)
    if token.kind != "word" or not token.cap:
        return None
    if token.text in DOLLARS and tokens[index + 1].text == "$":
        return Unit(DOLLARS[token.text], index + 2)
    if token.text == "u" and tokens.words(index, 5) == ("u", ".", "s", ".", "$"):
        return Unit("USD", index + 5)
    if token.text in CODES and len(token.text) == token.end - token.start:
        code = "CNY" if token.text == "rmb" else token.text.upper()
        return Unit(code, index + 2 if tokens[index + 1].text in SIGNS else index + 1)
    if token.text in PREFIX_WORDS:
        return Unit(PREFIX_WORDS[token.text], index + 2 if tokens[index + 1].text == "." else index + 1)
    return None


def read_suffix(tokens: Tokens, index: int, scaled: bool) -> Unit | None:
    """The currency after a number: `dollars`, `US dollars`, `EUR`, `€`; `scaled`: after a million or so."""
    token, nation = tokens[index], None
    if token.text in SIGNS and tokens.joined(index) and tokens[index + 1].kind != "number":
        return Unit(SIGNS[token.text], index + 1)
    if token.text in CODES and token.cap and tokens[index + 1].kind not in ("number",):
        return Unit("CNY" if token.text == "rmb" else token.text.upper(), index + 1)
    for count in (2, 1) if token.text in _NATION_OPENS else ():
        name = " ".join(tokens.words(index, count))
        if name in NATIONS:
            nation, index = NATIONS[name], index + count
            break
    if nation is None and token.text == "u" and tokens.words(index, 4) == ("u", ".", "s", "."):
        nation, index = "USD", index + 4
    word = tokens[index].text
    base = word[:-1] if word.endswith("s") and word[:-1] in MONEY else word
    if base == word and word in NEEDS_S and not scaled and nation is None:
        return None
    if word in ("pound", "pounds") and (nation or scaled):
        ends = index + 2 if tokens[index + 1].text == "sterling" else index + 1
        return Unit(nation or "GBP", ends)
    if base in MONEY:
        return Unit(nation or MONEY[base], index + 1)
    return None
