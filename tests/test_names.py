"""Laws of `summarise.names`: spans are exact, titles and ordinary words go, forms are grouped warily."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.names import Name, find_names
from summarise.sentences import Sentence


@dataclass(frozen=True)
class Text:
    """Lines as sentences: the first may be a title; a line that begins with # is not asked about."""

    text: str
    sentences: tuple[Sentence, ...]


def lines(*parts: str, title: bool = False) -> Text:
    text, sentences, position = "\n\n".join(parts), [], 0
    for number, part in enumerate(parts, 1):
        kind = "title" if title and number == 1 else "body"
        asked = 0 if part.startswith("#") else number
        sentences.append(
            Sentence(number=asked, start=position, end=position + len(part), kind=kind, text=part)
        )
        position += len(part) + 2
    return Text(text, tuple(sentences))


def find(*parts: str, title: bool = False) -> dict[str, Name]:
    article = lines(*parts, title=title)
    return {name.name: name for name in find_names(article.text, article.sentences)}


def surfaces(*parts: str, title: bool = False) -> set[str]:
    return {form for name in find(*parts, title=title).values() for form in (name.name, *name.aliases)}


def test_titles_are_cut_off_and_what_stands_before_them_is_proposed() -> None:
    found = find("On Monday US President Joan Quill met Senator Amir van Dorn and Tesla CEO Bo Lind in Oslo.")
    assert set(found) == {"US", "Joan Quill", "Amir van Dorn", "Tesla", "Bo Lind", "Oslo"}


def test_offices_of_places_and_bodies_are_cut_off() -> None:
    found = find("It was Mayor of London Ada Quill who spoke.", "Then Secretary of State Bo Lind left.")
    assert {"London", "Ada Quill", "Bo Lind"} <= set(found)


@pytest.mark.parametrize(
    "name",
    [
        "Department of Justice",
        "National Search and Rescue Agency",
        "Department of Corrections and Rehabilitation",
        "Movement for Democratic Change",
        "Catholic Bishops' Conference of Norway",
        "Great Festival of Music Charity",
        "USA Today",
        "Yau Wai-ching",
        "Frank d'Orsay",
        "House of Lords",
        "Workers' Party",
        "Medical University of Gdańsk",
        "Interstate 75",
        "Łukasz Żak",
        "Jean-Luc O'Dowd",
        "al-Qaeda",
        "iPhone",
        "Boeing 737",
        "Trinidad and Tobago",
        "Ludwig van Aken",
        "Robert F. Quill",
        "Washington, D.C.",
        'Adam "The Rock" Quill',
        "Joan (Jo) Quill",
        "St. Mary's Hospital",
        "Adam Quill, Jr.",
        "Standard & Poor's",
        "Quill & Lind",
        "McDonald's",
        "Committee to Protect Reporters",
        "Doctors Without Borders",
        "Martin Luther King",
        "10 Downing Street",
        "42nd Canadian Parliament",
    ],
)
def test_a_name_is_proposed_whole(name: str) -> None:
    assert name in surfaces(f"It was said yesterday that {name} had been mentioned there.")


@pytest.mark.parametrize(
    ("full", "short"),
    [("Bill de Quux", "De Quux"), ("Ada Quill", "Mme Quill"), ("Ludwig van Aken", "Van Aken")],
)
def test_a_surname_where_a_sentence_begins_or_behind_a_title_is_the_person_s(full: str, short: str) -> None:
    found = find(f"It was said by {full} in Lima.", f"{short} left.")
    assert set(found) == {full, "Lima"}


@pytest.mark.parametrize(
    "phrase", ["roommates", "counter-protesters", "diocese of Lima", "Lima diocese", "coworkers"]
)
def test_bodies_and_people_without_a_capital_are_proposed(phrase: str) -> None:
    assert phrase in surfaces(f"They heard that the {phrase} had left by then.")


@pytest.mark.parametrize(
    "word", ["Monday", "January", "Russian", "However", "I", "They", "Republican", "President"]
)
def test_words_that_are_no_names_are_not_proposed(word: str) -> None:
    assert surfaces(f"It was {word} that they had in mind.") == set()


def test_a_sentence_does_not_make_its_first_word_a_name() -> None:
    assert surfaces("Emergency work went on.", "Reports said so.", "Quill agreed.") == {"Quill"}


def test_two_states_joined_by_and_stay_two() -> None:
    assert set(find("Talks between France and Germany failed.")) == {"France", "Germany"}


def test_two_places_joined_by_an_ampersand_are_two() -> None:
    assert set(find("All trains between Leeds & York stopped.")) == {"Leeds", "York"}


def test_nicknames_and_suffixes_do_not_part_a_person() -> None:
    found = find('They saw Adam "Red" Quill, Jr., there.', "Then Adam Quill left.", "Quill, Jr. wept.")
    assert set(found) == {'Adam "Red" Quill, Jr.'}
    assert "Adam Quill" in found['Adam "Red" Quill, Jr.'].aliases


def test_an_article_in_capitals_gives_places_titled_people_and_known_bodies() -> None:
    found = surfaces(
        "POLICE SAID ON MONDAY THAT JOAN QUILLER HAD BEEN SEEN IN NEW YORK.",
        "SHE HAD SPOKEN TO THE UNITED NATIONS, AND THEN QUILLER WENT TO FRANCE.",
    )
    assert found == {"POLICE", "JOAN QUILLER", "QUILLER", "NEW YORK", "UNITED NATIONS", "FRANCE"}


def test_a_headline_gives_countries_that_the_text_lacks() -> None:
    assert set(find("Storm Hits Coast Of Norway As Ministers Meet", "It was bad.", title=True)) == {"Norway"}
    assert set(find("BIG STORM HITS OSLO", "It was bad.", title=True)) == {"Oslo".upper()}


@pytest.mark.parametrize(
    "text", ["我们今天在北京举行了会议，外交部发言人表示", "وقالت وزارة الخارجية في بيان إن الرئيس التقى"]
)
def test_a_text_without_capitals_gives_no_names(text: str) -> None:
    assert find(text) == {}


def test_no_name_is_a_sentence() -> None:
    assert find("They wrote WE WILL NEVER EVER STOP SHOUTING there.") == {}


def test_people_are_named_with_what_stands_behind_their_of() -> None:
    found = find("Some relatives of the boy wept.", "Then residents of Oslo and the residents left.")
    assert {"relatives of the boy", "residents of Oslo", "Oslo"} == set(found)
    assert found["residents of Oslo"].aliases == ("residents",)


def test_other_forms_of_one_body_join_it() -> None:
    assert find("The Ford Motor Company paid.", "So Ford left.")["Ford Motor Company"].aliases == ("Ford",)
    house = find("It was the United States House of Representatives.", "The US House met.", "The House left.")
    assert set(house) == {"United States House of Representatives", "United States"}
    assert set(find("They tracked it on Marine Traffic.", "Then MarineTraffic said so.")) == {
        "Marine Traffic"
    }
    assert set(find("It was the ZED militia.", "They met ZED there.")) == {"ZED militia"}


def test_a_misspelt_surname_joins_its_one_bearer() -> None:
    assert set(find("They met Joan Quillard.", "Then Quilalrd left.")) == {"Joan Quillard"}
    two = find("They met Joan Quillard and Adam Quillerd.", "Then Quillord left.")
    assert {"Joan Quillard", "Adam Quillerd", "Quillord"} <= set(two)


def test_a_possessive_is_no_part_of_the_span() -> None:
    found = find("They read Quill's letter and the Smiths’ reply, then France's President Ada Bosk spoke.")
    assert set(found) == {"Quill", "Smiths", "France", "Ada Bosk"}


def test_hyphens_give_the_names_in_them() -> None:
    found = surfaces("The Brussels-based group held an anti-Quill rally at the US-Mexico border.")
    assert {"Brussels", "Quill", "US", "Mexico"} <= found


def test_places_that_open_a_longer_name_are_proposed_too() -> None:
    assert {"Florida Highway Patrol", "Florida"} <= set(find("It was the Florida Highway Patrol that came."))


def test_nouns_without_capital_are_proposed_once_a_form() -> None:
    found = find(
        "The protesters left.", "Protesters and South Korean troops met; local officials and police watched."
    )
    assert {"protesters", "South Korean troops", "local officials", "police"} <= set(found)
    assert len(found["protesters"].mentions) == 2


def test_a_headline_in_title_case_proposes_only_what_the_body_has() -> None:
    found = find("Angry Voters Shout At Quill During Long Debate", "They shouted at Ada Quill.", title=True)
    assert set(found) == {"Ada Quill"}
    assert len(found["Ada Quill"].mentions) == 2


def test_a_headline_in_sentence_case_is_read_as_any_sentence() -> None:
    assert "Quill" in surfaces("Angry voters shouted at Quill during long debate", "It was long.", title=True)


def test_a_line_in_capitals_folds_case() -> None:
    found = find("KYIV ATTACKED AGAIN BEFORE DAWN", "They left Kyiv.", title=True)
    assert set(found) == {"Kyiv"}


def test_a_surname_joins_its_one_full_name() -> None:
    found = find("It was Joan Quill.", "They saw Quill's car.", "Then Joan went.")
    assert found["Joan Quill"].aliases == ("Quill", "Joan")


def test_two_people_with_one_surname_are_never_merged() -> None:
    found = find("They saw Joan Quill and Adam Quill.", "Later Quill spoke.", "So did Joan.")
    assert found["Joan Quill"].aliases == ("Joan",)
    assert found["Adam Quill"].aliases == ()
    assert "Quill" in found


def test_middle_names_do_not_part_a_person() -> None:
    found = find("They met John R. Quill.", "Then John Quill left.", "And Quill wrote.")
    assert set(found) == {"John R. Quill"}


def test_an_acronym_joins_the_name_with_its_initials() -> None:
    found = find("The North Atlantic Treaty Organisation (NATO) met.", "They asked NATO.")
    name = found["North Atlantic Treaty Organisation"]
    assert name.aliases == ("NATO",)
    assert len(name.mentions) == 3


def test_an_acronym_in_brackets_behind_a_person_is_not_the_person() -> None:
    assert find("They met Joan Quill (BBC) there.")["Joan Quill"].aliases == ()


def test_names_and_governments_of_one_country_are_one() -> None:
    found = find(
        "The United States agreed.", "In the U.S. and the US many knew.", "The American government paid."
    )
    assert found["United States"].aliases == ("U.S.", "US", "American government")
    assert "Syrian government" in find("The Syrian government agreed.")


def test_short_forms_of_bodies_join_the_one_long_form() -> None:
    found = find("They asked the United States Supreme Court.", "Then the Supreme Court answered.")
    assert found["United States Supreme Court"].aliases == ("Supreme Court",)
    firm = find("It was sold by Sidmore Austen.", "They paid Sidmore.")
    assert firm["Sidmore Austen"].aliases == ("Sidmore",)
    assert "Florida" in find("He flew to Florida with the Florida Board.")


def test_a_bare_noun_joins_only_when_there_is_one_kind() -> None:
    assert find("It was local officials.", "Then officials left.")["local officials"].aliases == (
        "officials",
    )
    two = find("It was local officials and health officials.", "Then officials left.")
    assert {"local officials", "health officials", "officials"} <= set(two)


def test_sentences_that_are_not_asked_about_are_not_read() -> None:
    assert set(find("#It was Ada Bosk.", "It was Joan Quill.")) == {"Joan Quill"}


def test_the_name_is_the_fullest_form_and_its_sentence_holds_it() -> None:
    name = find("They saw Quill.", "It was Joan\nQuill who came.")["Joan Quill"]
    assert name.sentence == 2
    assert name.aliases == ("Quill",)
    assert name.mentions[0] < name.span


WORDS = """
the The of and Joan Quill Joan's U.S. US President Russia Russian government Department Justice police
NATO (NATO) said, May 5
42nd "The Rock" & Jr. , St. Guard Leader King Committee House members crew
iPhone al-Qaeda D'Arcy O' Łódź 中国 U.S.-led "We St. -- ’s É. A. ÉCOLE İstanbul ǅ in
"""
PROSE = st.lists(st.one_of(st.sampled_from([*WORDS.split(), "\n"]), st.text(max_size=6)), max_size=30).map(
    " ".join
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PROSE, min_size=1, max_size=4), st.booleans())
def test_every_span_is_exact_sorted_and_inside_an_asked_sentence(parts: list[str], title: bool) -> None:
    article = lines(*parts, title=title)
    asked = {s.number: (s.start, s.end) for s in article.sentences if s.number}
    names = find_names(article.text, article.sentences)
    assert [n.mentions[0] for n in names] == sorted(n.mentions[0] for n in names)
    for name in names:
        start, end = asked[name.sentence]
        assert start <= name.span[0] < name.span[1] <= end
        assert name.name == " ".join(article.text[slice(*name.span)].split()) != ""
        assert len(set(name.aliases)) == len(name.aliases) == len(name.alias_spans)
        assert name.name not in name.aliases
        for alias, span in zip(name.aliases, name.alias_spans, strict=True):
            assert alias == " ".join(article.text[slice(*span)].split()) != ""
        assert all(a[1] <= b[0] for a, b in zip(name.mentions, name.mentions[1:], strict=False))
        assert all(any(s <= a < b <= e for s, e in asked.values()) for a, b in name.mentions)


@pytest.mark.parametrize(
    "unit", ["Aaa Bbb of Ccc ", "A.", "Joan's ", "and Quill and ", "A-", "x" * 9, "US government "]
)
def test_a_long_text_is_read_to_its_end(unit: str) -> None:
    article = lines(unit * (60_000 // len(unit)), "Then Zelda Quux left.")
    names = find_names(article.text, article.sentences)
    assert any(name.name == "Zelda Quux" for name in names)
