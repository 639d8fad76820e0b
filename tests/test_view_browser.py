"""The pages of `summarise view` in a real browser: clicks, keys, a phone, paper, hostile articles, axe-core.

Needs Chromium (Debian's package will do) and is skipped, saying so, without one. Screenshots are left in
pytest's temporary folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser import PHONE, WIDE, launched, opened, violations
from summarise.view import index_row, render_index, render_view
from summarise.view.characters import show_signs
from views import hostile_view, kept_view, stormy_view

VIEWS = {"ferry": kept_view(), "hostile": hostile_view(), "storm": stormy_view()}
KINDS = {"actor": "actors", "number": "numbers", "location": "locations", "stance": "stances"}
LIT = "[...document.querySelectorAll('#text .{}')].map((piece) => [+piece.id.slice(1), +piece.dataset.end])"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests; closed before another module's, since it runs an event loop."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, and an index of them."""
    folder = tmp_path_factory.mktemp("pages")
    for name, view in VIEWS.items():
        (folder / f"{name}.html").write_bytes(render_view(view, index="index.html").encode("utf-8"))
    rows = [index_row(view, f"{name}.html") for name, view in VIEWS.items()]
    (folder / "index.html").write_bytes(render_index(rows).encode("utf-8"))
    return folder


@pytest.fixture
def ferry(browser: Any, folder: Path) -> Iterator[Any]:
    """The page of the ferry, on a wide screen."""
    with opened(browser, folder / "ferry.html") as page:
        yield page


def places(spans: Any) -> set[int]:
    """The offsets in any of the spans."""
    return {at for start, end in spans for at in range(start, end)}


def seen(page: Any, selector: str) -> bool:
    """Whether all of the first such element's height is on the screen."""
    code = "(e) => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"
    return bool(page.locator(selector).first.evaluate(code))


@pytest.mark.parametrize("name", VIEWS)
def test_a_field_lights_its_words_and_its_evidence_and_nothing_else(
    name: str, browser: Any, folder: Path
) -> None:
    view = VIEWS[name]
    with opened(browser, folder / f"{name}.html") as page:
        for kind, family in KINDS.items():
            for number, item in enumerate(getattr(view.summary, family), 1):
                page.evaluate(f"document.querySelector('#{kind}-{number} .choose').click()")
                words = [span for key, span in item.spans.items() if key != "evidence"]
                words += getattr(item, "mentions", ())
                assert places(page.evaluate(LIT.format("lit"))) == places(words)
                assert places(page.evaluate(LIT.format("evidence"))) == places([item.spans["evidence"]])
                current = page.evaluate("document.querySelector('.entry [aria-current]').closest('li').id")
                assert current == f"{kind}-{number}"


def test_the_words_of_a_field_scroll_into_view(ferry: Any) -> None:
    assert not seen(ferry, "#c2163")
    ferry.click("#actor-14 .choose")
    assert seen(ferry, "#c2163")
    assert ferry.inner_text("#c2163") == "Kari Lund"


def test_words_light_their_field_and_scroll_it_into_view(ferry: Any) -> None:
    assert not seen(ferry, "#location-3")
    ferry.click("#c455")
    assert "lit" in ferry.get_attribute("#location-3", "class")
    assert seen(ferry, "#location-3") and seen(ferry, "#c455")
    assert ferry.inner_text("#said").startswith("Stavanger")
    assert ferry.url.endswith("#location-3")


def test_words_of_two_fields_give_one_after_the_other(ferry: Any) -> None:
    chosen = []
    for _ in range(3):
        ferry.click("#c1932")  # Denmark acts, and is a place
        chosen.append(ferry.evaluate("document.querySelector('.entry.lit').id"))
    assert chosen == ["actor-12", "location-7", "actor-12"]


def test_marks_that_overlap_are_lit_whole(ferry: Any) -> None:
    ferry.click("#actor-14 .choose")  # the role "Orla's mayor" has the place "Orla" in it
    role = ferry.evaluate("[...document.querySelectorAll('#text .lit')].map((piece) => piece.textContent)")
    assert role == ["Orla", "'s mayor", "Kari Lund"]


def test_the_keyboard_does_all_that_the_mouse_does(ferry: Any) -> None:
    where = "document.activeElement.id"
    ferry.focus("#show-missed")
    ferry.keyboard.press("Tab")
    assert ferry.evaluate(where) == "c11", "the first mark"
    ferry.keyboard.press("ArrowRight")
    ferry.keyboard.press("ArrowRight")
    assert ferry.evaluate("document.activeElement.textContent") == "Orla Island"
    ferry.keyboard.press("Enter")
    assert "lit" in ferry.get_attribute("#location-1", "class")
    ferry.keyboard.press("Tab")
    assert ferry.evaluate("document.activeElement.closest('#text')") is None, "the article is one stop"
    ferry.focus("#actor-1 .choose")
    ferry.keyboard.press("ArrowDown")
    ferry.keyboard.press("Enter")
    assert "lit" in ferry.get_attribute("#actor-2", "class")
    ferry.keyboard.press("Escape")
    assert ferry.locator(".lit, [aria-current]").count() == 0
    ferry.focus("#c11")
    ferry.keyboard.press("End")
    assert ferry.evaluate(where) == ferry.evaluate("[...document.querySelectorAll('a.mark')].at(-1).id")


def test_the_focus_is_seen(ferry: Any) -> None:
    ferry.focus("#show-missed")
    ferry.keyboard.press("Tab")
    assert ferry.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_bar_steps_through_the_words_and_leads_to_the_field(ferry: Any) -> None:
    ferry.click("#actor-3 .choose")
    assert ferry.inner_text("#place") == "1 of 3"
    ferry.click("#after")
    ferry.click("#after")
    assert ferry.get_attribute("#c1686", "class").split()[-1] == "here"
    ferry.click("#after")
    assert ferry.inner_text("#place") == "1 of 3"
    ferry.click("#home")
    assert ferry.evaluate("document.activeElement.closest('li').id") == "actor-3"
    ferry.click("#close")
    assert not ferry.is_visible("#bar")


def test_a_kind_can_be_hidden(ferry: Any) -> None:
    colour = "getComputedStyle(document.getElementById('c11')).backgroundColor"
    shown = ferry.evaluate(colour)
    ferry.uncheck("#show-number")
    assert ferry.evaluate(colour) == "rgba(0, 0, 0, 0)" != shown


def test_an_address_opens_at_its_field(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "ferry.html", "#stance-6") as page:
        assert "lit" in page.get_attribute("#stance-6", "class")
        assert seen(page, "#c1920") and seen(page, "#stance-6")


def test_disagreeing_numbers_stand_side_by_side_and_lead_to_their_words(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "storm.html") as page:
        first, second = (page.locator(".beside li").nth(n).bounding_box() for n in (0, 1))
        assert first["y"] == second["y"] and first["x"] + first["width"] <= second["x"]
        page.click("[data-of=number-2]")
        assert page.evaluate("document.querySelector('.entry.lit').id") == "number-2"


@pytest.mark.parametrize("name", VIEWS)
def test_the_article_is_there_to_the_last_character(name: str, browser: Any, folder: Path) -> None:
    with opened(browser, folder / f"{name}.html") as page:
        assert page.evaluate("document.getElementById('text').textContent") == show_signs(VIEWS[name].text)
        assert page.locator("img, iframe, #text script, #text style, #fields script").count() == 0


def test_turned_directions_do_not_reach_their_neighbours(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "hostile.html") as page:
        at = """(sign, n) => { const range = document.createRange(), text = sign.nextSibling;
            range.setStart(text, n); range.setEnd(text, n + 1);
            return range.toString() + range.getBoundingClientRect().left; }"""
        override = page.locator("#text .direction").first
        first, last = (override.evaluate(at, n) for n in (0, 3))
        assert (first[0], last[0]) == ("b", "k")
        assert float(first[1:]) < float(last[1:]), "the word behind the override is not turned round"


def test_no_script_but_our_own_runs(browser: Any, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((folder / "ferry.html").as_uri())
    script = "Object.assign(document.createElement('script'), {text: 'evil = 1'})"
    page.evaluate(f"document.body.append({script})")
    assert page.evaluate("typeof evil") == "undefined"
    context.close()


def test_without_scripts_words_and_fields_are_links_to_each_other(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "ferry.html", java_script_enabled=False) as page:
        page.click("#c455")
        assert page.url.endswith("#location-3")
        page.click("#actor-14 .choose")
        assert page.url.endswith("#c2163")
        assert not page.is_visible("#bar")


@pytest.mark.parametrize("name", [*VIEWS, "index"])
def test_a_phone_shows_all_without_scrolling_sideways(name: str, browser: Any, folder: Path) -> None:
    with opened(browser, folder / f"{name}.html", viewport=PHONE, has_touch=True) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.screenshot(path=folder / f"{name}-phone.png", full_page=True)


def test_on_a_phone_picked_words_stay_and_the_bar_tells_their_field(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "ferry.html", viewport=PHONE, has_touch=True) as page:
        page.tap("#c675")
        assert seen(page, "#c675") and seen(page, "#bar")
        assert page.inner_text("#chosen").startswith("Ingrid Solheim")


def test_paper_has_the_article_and_the_fields_and_no_controls(ferry: Any, folder: Path) -> None:
    ferry.click("#c675")
    ferry.emulate_media(media="print")
    assert not ferry.is_visible("#bar") and not ferry.is_visible("#hint")
    style = "(e) => [getComputedStyle(e).position, getComputedStyle(e).overflowY]"
    assert ferry.locator("#fields").evaluate(style) == ["static", "visible"]
    ferry.set_viewport_size({"width": 690, "height": 1000})  # A4, less its margins
    assert ferry.evaluate("document.documentElement.scrollWidth") == 690
    ferry.pdf(path=folder / "ferry.pdf")
    assert (folder / "ferry.pdf").read_bytes().count(b"/Type /Page\n") >= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*VIEWS, "index"])
def test_axe_finds_nothing_wrong(name: str, scheme: str, browser: Any, folder: Path) -> None:
    with opened(browser, folder / f"{name}.html", color_scheme=scheme) as page:
        assert violations(page) == []
        if name != "index":
            page.click("#text a.mark >> nth=4")
            assert violations(page) == []
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (int(paper.split("(")[1].split(",")[0]) > 128) == (scheme == "light")
        page.screenshot(path=folder / f"{name}-{scheme}.png")
        assert page.viewport_size == WIDE


def test_the_index_counts_searches_and_leads_to_the_pages(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "index.html") as page:
        links = "[...document.querySelectorAll('tbody tr:not([hidden]) a')]"
        shown = f"{links}.map((link) => link.getAttribute('href'))"
        assert page.evaluate(shown) == [f"{name}.html" for name in VIEWS]
        page.fill("#search", "STAVÁNGER solheim")
        assert page.evaluate(shown) == ["ferry.html"]
        assert page.inner_text("#found") == "1 of 3"
        counts = page.locator("tbody tr").first.locator("td").all_inner_texts()
        assert counts == ["14", "25", "8", "7", "0", "0"]
        assert page.get_attribute("tbody a", "href") == "ferry.html"
