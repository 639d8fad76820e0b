"""A number's value is written in one way, in words, wherever people read it."""

from __future__ import annotations

import re

import pytest

from summaries import saved
from summarise.amounts import amount
from summarise.formats.report import Heading
from summarise.formats.summary_report import report_summary
from summarise.summary import Number
from summarise.view import index_row, render_index, render_view
from views import golden_view


@pytest.mark.parametrize(
    ("value", "upper", "qualifier", "unit", "written"),
    [
        (None, None, "exact", None, ""),
        (1200, None, "at_least", "km", "at least 1,200 km"),
        (30, 40, "range", "tonne", "30 to 40 tonne"),
        (2.5e6, None, "about", "USD", "about 2,500,000 USD"),
        (10**15, None, "at_most", None, "at most 1,000,000,000,000,000"),
        (-1234.5, None, "exact", "percent", "-1,234.5 percent"),
        (0.1, None, "exact", None, "0.1"),
        (1e22, None, "exact", None, "1e+22"),
        (float("inf"), None, "exact", None, "inf"),
    ],
)
def test_a_value_is_written_with_its_bound_and_its_unit(
    value: float | None, upper: float | None, qualifier: str, unit: str | None, written: str
) -> None:
    number = Number.model_construct(value=value, upper=upper, qualifier=qualifier, unit=unit)
    assert amount(number) == written


def test_a_page_and_a_report_write_it_alike() -> None:
    page = render_view(golden_view("crumbs"))
    told = re.findall(r"read as ([^<]+)<", page)
    assert told and set(told) <= {amount(number) for number in golden_view("crumbs").summary.numbers}


def test_a_page_and_a_report_call_the_fields_alike() -> None:
    headings = {block.text for block in report_summary(saved("crumbs")) if isinstance(block, Heading)}
    view = golden_view("crumbs")
    page, index = render_view(view), render_index([index_row(view, "crumbs.html")])
    for family in ("gist", "actors", "numbers", "locations", "stances", "rejected"):
        title = family.capitalize()
        assert title in headings and f'<h2 id="of-{family}">{title} ' in page
        assert family in ("gist", *re.findall(r'<th scope="col" class="number">([^<]+)<', index))
