"""Quantities in English news text: counts, money, percentages, measures, durations, ages, scores.

`read_quantities` finds each and says what it is worth; `Quantity` is what it hands out. A tokenizer
(`tokens`) and a small grammar (`cardinals` < `amounts` < `ranges`, `bounds`) over tables (`lexicon`,
`units`), with rules for numbers that count nothing (`exclusions`); `reader` goes through the text.
It never raises on any string, takes time linear in its length, and never changes it.
"""

from summarise.numbers.quantity import Quantity
from summarise.numbers.reader import read_quantities

__all__ = ["Quantity", "read_quantities"]
