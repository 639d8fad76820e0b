"""How a number's value is written for people, wherever they read it: on a page, in a table, in a report.

In words and not in signs (`about`, not `≈`): they are those of `qualifier`, and can be read aloud.
"""

from __future__ import annotations

from summarise.summary import Number

_BOUNDS = {"about": "about ", "at_least": "at least ", "at_most": "at most "}


def amount(number: Number) -> str:
    """`at least 1,200 km`, `30 to 40 tonne`; an empty string where no value is known."""
    if number.value is None:
        return ""
    figures = [_figure(value) for value in (number.value, number.upper) if value is not None]
    return f"{_BOUNDS.get(number.qualifier, '')}{' to '.join(figures)} {number.unit or ''}".rstrip()


def _figure(value: float | int) -> str:
    return f"{int(value) if abs(value) < 1e15 and value % 1 == 0 else value:,}"
