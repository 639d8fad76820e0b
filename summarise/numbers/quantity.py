"""What the reader hands out: one quantity and where it stands.

Knows nothing of how quantities are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Qualifier = Literal["exact", "about", "at_least", "at_most", "range"]


@dataclass(frozen=True)
class Quantity:
    """A quantity as it stands in a text.

    start, end: code points of the mention (qualifier, sign, currency and unit included), end exclusive.
    value: the number; of a range the lower end; None where there is no single value (scores, compounds).
    upper: the higher end of a range, else None.
    unit: a currency code, "%" or a unit of measure in the singular; None for a plain count.
    """

    start: int
    end: int
    value: int | float | None
    upper: int | float | None
    qualifier: Qualifier
    unit: str | None
