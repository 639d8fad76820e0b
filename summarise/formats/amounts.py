"""How a number's value is written for people."""

from __future__ import annotations

from summarise.summary import Number

_SIGNS = {"exact": "", "about": "≈ ", "at_least": "≥ ", "at_most": "≤ ", "range": ""}


def amount(number: Number) -> str:
    """`≥ 1,200 km`, `30–40 tonne`; an empty string where no value is known."""
    if number.value is None:
        return ""
    value = _digits(number.value)
    if number.upper is not None:
        value += f"–{_digits(number.upper)}"
    return f"{_SIGNS[number.qualifier]}{value} {number.unit or ''}".rstrip()


def _digits(value: float | int) -> str:
    whole = isinstance(value, int) or value.is_integer()
    return f"{int(value):,}" if whole and abs(value) < 1e15 else f"{value!r}"
