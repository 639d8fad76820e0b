"""Laws of `summarise.places`: what a name alone settles is answered, what it does not is None."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.places import country_names, country_of, is_country, is_large, is_place


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("France", "FR"),
        ("U.S.", "US"),
        ("the Netherlands", "NL"),
        ("Britain", "GB"),
        ("South Korea", "KR"),
        ("Côte d’Ivoire", "CI"),
        ("Florida", "US"),
        ("Ontario", "CA"),
        ("Scotland", "GB"),
        ("Gdańsk", "PL"),
        ("Gdansk", "PL"),
        ("Kiev", "UA"),
        ("Paris", "FR"),
        ("Kursk Oblast", "RU"),
        ("Springfield, Illinois", "US"),
    ],
)
def test_a_name_that_one_country_has_gives_its_code(name: str, code: str) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize("name", ["Georgia", "Congo", "Victoria", "Birmingham", "Cambridge", "Valencia"])
def test_a_name_that_two_countries_have_gives_none(name: str) -> None:
    assert country_of(name) is None
    assert country_of(name, ["France"]) is None or not is_place(name)


@pytest.mark.parametrize(
    ("name", "code"), [("Lake Zurich", None), ("Mount Vernon", None), ("Cape Town", "ZA")]
)
def test_what_is_called_after_a_lake_or_a_mountain_is_no_small_town(name: str, code: str | None) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize(
    "name", ["", " ", "the", "Mars", "Asia", "White House", "Quxville", "Atlantic Ocean", "🦊"]
)
def test_what_is_no_place_of_a_country_gives_none(name: str) -> None:
    assert country_of(name) is None


def test_aliases_are_asked_only_for_unknown_names_and_must_agree() -> None:
    assert country_of("Northern Quxland", ["Poland"]) == "PL"
    assert country_of("Northern Quxland", ["Poland", "France"]) is None
    assert country_of("Quxfield Airport", ["Quxfield", "Denver"]) is None
    assert country_of("Spain", ["France"]) == "ES"


def test_countries_are_places_and_cities_are_no_countries() -> None:
    assert is_country("United States of America")
    assert is_country("UAE")
    assert not is_country("Paris")
    assert is_place("Paris")
    assert not is_large("Paris")
    assert is_large("Texas")
    assert not is_country("Texas")
    assert not is_place("Biden")


def test_all_names_of_a_country_have_its_code() -> None:
    for name in ("US", "Czechia", "Burma"):
        names = country_names(name)
        assert name.casefold() in names
        assert {country_of(other) for other in names} == {country_of(name)}
    assert country_names("Quxland") == ()


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_gives_a_code_or_none(name: str, aliases: list[str]) -> None:
    answer = country_of(name, aliases)
    assert answer is None or re.fullmatch("[A-Z]{2}", answer)
    assert is_place(name) or not is_country(name)
