"""The page of a summary: every span is marked exactly where it stands, and no text is ever markup."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import articles, hostile
from summarise import InputError, read_text, render_html
from summarise.article import Article
from summarise.check import check
from summarise.view import index_row, render_index, render_view
from summarise.view.characters import show_plain, show_signs, show_text
from views import HERE, Page, golden_view, hostile_view, kept_view, stormy_view

VIEWS = {
    "ferry": kept_view,
    "crumbs": lambda: golden_view("crumbs"),
    "hostile": hostile_view,
}
FAMILIES = {"actors": "actor", "numbers": "number", "locations": "location", "stances": "stance"}


@pytest.mark.parametrize("name", VIEWS)
def test_every_span_is_marked_exactly(name: str) -> None:
    view = VIEWS[name]()
    page = Page(render_view(view))
    for family, kind in FAMILIES.items():
        for number, item in enumerate(getattr(view.summary, family), 1):
            spans = {span for key, span in item.spans.items() if key != "evidence"}
            words = {at for s, e in (*spans, *getattr(item, "mentions", ())) for at in range(s, e)}
            own = [(s, e) for s, e, items, _ in page.pieces if f"{kind}-{number}" in items]
            assert {at for s, e in own for at in range(s, e)} == words


@pytest.mark.parametrize("name", VIEWS)
def test_the_article_stands_in_the_page_whole(name: str) -> None:
    view = VIEWS[name]()
    source = render_view(view)
    page = Page(source)
    assert "\r" not in source, "a parser of HTML would make it a line feed"
    assert page.text == show_signs(view.text)
    for start, end, _, _ in page.pieces:
        told = "".join(data for s, e, _, data in page.pieces if (s, e) == (start, end))
        assert told == show_signs(view.text[start:end])


@given(articles() | hostile.filter(bool), st.data())
@settings(max_examples=40, deadline=None)
def test_any_text_is_shown_and_does_nothing(text: str, data: st.DataObject) -> None:
    parser = Page(f'<article id="text">{show_text(text)}</article>')
    assert parser.text == show_signs(text)
    assert set(parser.tags) <= {"article", "span"} and not parser.links
    assert len(show_signs(text)) == len(show_plain(text)) == len(text)


def test_hostile_text_is_no_markup_anywhere() -> None:
    page = Page(render_view(hostile_view()))
    assert (page.tags["script"], page.tags["style"], page.tags["title"]) == (1, 1, 1)
    assert not {"img", "b", "iframe", "object"} & set(page.tags)
    rows = [index_row(hostile_view(), "1.html")]
    index = Page(render_index(rows))
    assert (index.tags["script"], index.tags["img"]) == (1, 0)


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_refers_to_nothing_but_itself(name: str) -> None:
    source = render_view(VIEWS[name]())
    page = Page(source)
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    # an address in style or script, whatever an article may say
    for part in re.findall(r"<(?:style|script)>.*?</(?:style|script)>", source, re.DOTALL):
        assert not re.search(r"https?:|url\(|@import|fetch|XMLHttp|eval\(|innerHTML", part)


def test_the_policy_names_the_style_and_the_script_and_forbids_all_else() -> None:
    for source in (render_view(hostile_view()), render_index([])):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', source)
        assert policy and policy[1].replace("&#39;", "'").startswith("default-src 'none'; ")
        for kind in ("style", "script"):
            (body,) = re.findall(rf"<{kind}>(.*?)</{kind}>", source, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}';" in policy[1].replace("&#39;", "'")
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=", source), "the policy would not let it act"


def test_a_summary_of_another_text_is_refused() -> None:
    view = kept_view()
    with pytest.raises(InputError, match="sha256"):
        render_html(view.summary, view.text + " ")
    with pytest.raises(InputError, match="does not hold its article's text"):
        render_html(view.summary)


def test_a_summary_that_holds_its_text_needs_no_other() -> None:
    view = golden_view("short")
    info = view.summary.article.model_copy(update={"text": view.text})
    assert render_html(view.summary.model_copy(update={"article": info})) == render_html(
        view.summary, view.text
    )


@pytest.mark.parametrize("span", [(0, 3), (-3, 2), (2400, 2600), (5, 5)])
def test_a_span_that_does_not_hold_its_string_is_refused(span: tuple[int, int]) -> None:
    view = kept_view()
    actor = view.summary.actors[0]
    moved = actor.model_copy(update={"spans": {**actor.spans, "name": span}})
    summary = view.summary.model_copy(update={"actors": (moved, *view.summary.actors[1:])})
    with pytest.raises(InputError, match=r"actors\[0\]\.name"):
        render_html(summary, view.text)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_order_of_spans_in_a_summary_changes_nothing(family: str) -> None:
    view = kept_view()
    items = [
        item.model_copy(update={"spans": dict(sorted(item.spans.items()))})
        for item in getattr(view.summary, family)
    ]
    assert render_html(view.summary.model_copy(update={family: tuple(items)}), view.text) == render_view(view)


def test_what_was_left_out_is_listed_as_check_lists_it() -> None:
    view = kept_view()
    assert view.summary.unreported is None
    seen = check(read_text(view.text), view.summary, unreported=True)
    assert seen.unreported is not None
    page = Page(render_view(view))
    for family in ("numbers", "quotations", "sentences"):
        own = [name for name in page.ids if name.startswith(f"missed-{family[:-1]}-")]
        assert len(own) == len(getattr(seen.unreported, family))


def test_rejected_items_and_disagreements_are_told() -> None:
    view = stormy_view()
    source = render_view(view)
    assert [told.numbers for told in view.summary.disagreements] == [(0, 1)]
    assert "Numbers that disagree" in source and 'data-of="number-2"' in source
    (rejected,) = view.summary.rejected
    assert show_text(rejected.issues[0].message) in source


def test_the_same_summary_gives_the_same_bytes_and_they_are_the_reviewed_ones(
    request: pytest.FixtureRequest,
) -> None:
    page = render_view(golden_view("ferry"))
    assert page == render_view(golden_view("ferry"))
    golden = HERE / "golden" / "ferry.html"
    if request.config.getoption("--update-golden"):
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_bytes().decode("utf-8")


def test_a_text_without_a_sentence_has_a_page_too() -> None:
    summary = check("Ana Roe left.", {"gist": []})
    info = summary.article.model_copy(update={"sha256": Article("---").sha256, "characters": 3})
    assert Page(render_html(summary.model_copy(update={"article": info}), "---")).text == "---"
