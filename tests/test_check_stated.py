"""Any summary against its article: items are found, and every stated leaf is judged."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summarise
from strategies import articles, drafts_of, strings_of
from summarise.article import Article
from summarise.bare import FIELDS
from summarise.check import check
from summarise.draft import ActorItem, Draft
from summarise.errors import InputError
from summarise.output import summary_data
from summarise.sentences import split_sentences
from summarise.summary import Summary

STORY = """Veltmark shuts its harbour after storm

Ana Roe, the Harbour minister, was in Norway again.
Roe closed the port of Veltmark on Monday after about 1,200 dockers walked out of the 20 km zone.
Bo Lind, president of the Dockers' Union, condemned the closure and called it “a gift to the owners”.
Two to three ships cost $5 each; two thirds of the cargo was fruit.
Roe said that three ships were lost.
"""
CLOSED = "Roe closed the port of Veltmark on Monday after about 1,200 dockers walked out of the 20 km zone."
LIND = "Bo Lind, president of the Dockers' Union, condemned the closure and called it “a gift to the owners”."


def faults(field: str, *items: Any) -> list[tuple[str, str]]:
    """Field and check of what is rejected of these items."""
    return [(one.field, one.issues[0].check) for one in check(STORY, {field: list(items)}).rejected]


TRUE: list[tuple[str, Any]] = [
    ("gist", CLOSED),
    ("gist", {"text": CLOSED.replace(" ", "\n")}),
    ("actors", "Ana Roe"),
    ("actors", {"name": "Ana Roe", "kind": "person", "role": "the Harbour minister", "aliases": ["Roe"]}),
    ("actors", {"name": "Bo Lind", "kind": "person", "role": None, "evidence": LIND}),
    (
        "numbers",
        {"mention": "about 1,200", "value": 1200, "qualifier": "about", "unit": None, "counts": "dockers"},
    ),
    ("numbers", {"mention": "about 1,200", "value": 1200.0, "evidence": CLOSED}),
    ("numbers", {"mention": "20 km", "value": 20, "unit": "kilometres"}),
    ("numbers", {"mention": "Two to three", "value": 2, "upper": 3, "qualifier": "range", "counts": "ships"}),
    ("numbers", {"mention": "$5", "unit": "USD"}),
    ("numbers", {"mention": "$5", "unit": "CAD"}),
    ("numbers", {"mention": "two thirds", "value": 0.667}),
    ("locations", {"name": "Norway", "country": "NO"}),
    ("locations", {"name": "Norway", "country": "Norway"}),
    ("locations", {"name": "Norway", "country": None}),
    ("locations", {"name": "Veltmark", "country": "NO"}),
    (
        "stances",
        {
            "holder": "Bo Lind",
            "target": "the closure",
            "polarity": "against",
            "quote": "a gift to the owners",
        },
    ),
]


@pytest.mark.parametrize(("field", "item"), TRUE)
def test_what_the_article_says_holds(field: str, item: Any) -> None:
    assert faults(field, item) == []


@pytest.mark.parametrize(
    ("field", "item", "said", "by"),
    [
        ("gist", "Roe closed the port.", "gist", "evidence"),
        ("gist", "Roe closed the port of Veltmark on Monday", "gist", "evidence"),
        ("gist", "Veltmark shuts its harbour after storm", "gist", "gist"),
        ("actors", "Cy Moe", "actors", "span"),
        ("actors", {"name": "Bo Lind", "evidence": CLOSED}, "actors", "span"),
        ("actors", {"name": "Bo Lind", "evidence": "Bo Lind wept."}, "actors", "evidence"),
        ("actors", {"name": "Bo Lind", "evidence": LIND[:40]}, "actors", "evidence"),
        ("actors", {"name": "Bo Lind", "kind": "boss"}, "actors.kind", "label"),
        ("actors", {"name": "Bo Lind", "role": "the Harbour minister"}, "actors.role", "span"),
        ("actors", {"name": "Bo Lind", "aliases": ["Lindy"]}, "actors.aliases", "alias"),
        ("numbers", "1,200", "numbers", "number"),
        ("numbers", "about 1,300", "numbers", "span"),
        ("numbers", {"mention": "about 1,200", "value": 1300}, "numbers.value", "value"),
        ("numbers", {"mention": "about 1,200", "value": None}, "numbers.value", "value"),
        ("numbers", {"mention": "about 1,200", "qualifier": "exact"}, "numbers.qualifier", "qualifier"),
        ("numbers", {"mention": "about 1,200", "unit": "km", "counts": "dockers"}, "numbers.unit", "unit"),
        ("numbers", {"mention": "20 km", "unit": "mile"}, "numbers.unit", "unit"),
        ("numbers", {"mention": "20 km", "unit": None}, "numbers.unit", "unit"),
        ("numbers", {"mention": "$5", "unit": "EUR"}, "numbers.unit", "unit"),
        ("numbers", {"mention": "Two to three", "upper": None}, "numbers.upper", "upper"),
        ("numbers", {"mention": "Two to three", "upper": 4}, "numbers.upper", "upper"),
        ("numbers", {"mention": "two thirds", "value": 0.7}, "numbers.value", "value"),
        ("locations", {"name": "Norway", "country": "SE"}, "locations.country", "country"),
        ("locations", {"name": "Norway", "aliases": ["Sweden"]}, "locations.aliases", "alias"),
        ("stances", {"holder": "Bo Lind", "target": "the closure", "polarity": "none"}, "stances", "label"),
        ("stances", {"holder": "Cy Moe", "target": "the closure", "polarity": "for"}, "stances", "holder"),
    ],
)
def test_a_lie_is_listed_under_its_own_name(field: str, item: Any, said: str, by: str) -> None:
    assert faults(field, item) == [(said, by)]


def test_a_wrong_computed_leaf_leaves_the_item_as_the_article_has_it() -> None:
    summary = check(STORY, {"numbers": [{"mention": "about 1,200", "value": 1300, "confidence": 0.5}]})
    (number,) = summary.numbers
    assert (number.value, number.qualifier, number.confidence) == (1200, "about", 0.5)


def test_an_alias_that_another_item_bears_is_anothers() -> None:
    actors = [{"name": "Ana Roe", "aliases": ["Roe", "Bo Lind"]}, {"name": "Bo Lind"}]
    assert faults("actors", *actors) == [("actors.aliases", "alias")]


def test_without_evidence_the_first_sentence_that_holds_the_whole_item_is_taken() -> None:
    numbers = [{"mention": "three", "counts": "ships"}, {"mention": "20 km", "counts": "zone"}]
    summary = check(STORY, {"actors": [{"name": "Roe", "kind": "person"}], "numbers": numbers})
    assert summary.rejected == ()
    assert [number.evidence for number in summary.numbers] == ["Roe said that three ships were lost.", CLOSED]
    assert summary.actors[0].evidence.startswith("Ana Roe")


@pytest.mark.parametrize("shift", [(1, 1), (-1, 0), (0, 1), (10**9, 10**9)])
@pytest.mark.parametrize(("field", "leaf"), [("actors", "name"), ("actors", "role"), ("numbers", "mention")])
def test_a_span_that_does_not_give_its_string_is_listed(
    field: str, leaf: str, shift: tuple[int, int]
) -> None:
    item = (
        {"name": "Ana Roe", "role": "the Harbour minister"}
        if field == "actors"
        else {"mention": "about 1,200"}
    )
    start = STORY.index(item[leaf])
    span = [start, start + len(item[leaf])]
    assert faults(field, {**item, "spans": {leaf: span}}) == []
    wrong = [span[0] + shift[0], span[1] + shift[1]]
    assert faults(field, {**item, "spans": {leaf: wrong}}) == [(f"{field}.spans", "span")]


def test_a_mention_that_is_no_form_of_the_name_is_listed() -> None:
    at = STORY.index("Roe closed")
    assert faults("actors", {"name": "Ana Roe", "mentions": [[at, at + 3]]}) == []
    for wrong in ([at, at + 4], [at + 4, at + 10], [0, 0], [-3, 2], [9**9, 9**9 + 1]):
        assert faults("actors", {"name": "Ana Roe", "mentions": [wrong]}) == [("actors.mentions", "mention")]


def test_a_kind_that_was_not_stated_is_not_made_up() -> None:
    summary = check(STORY, {"actors": ["Ana Roe", {"name": "Bo Lind", "kind": "person"}]})
    assert [actor.kind for actor in summary.actors] == [None, "person"]


def test_evidence_of_another_splitter_is_evidence_when_its_ends_are_those_of_sentences() -> None:
    text = 'Deal falls\n\nAna Roe said: "It is bad. It is dead." Bo Lind left. He wept.'
    for evidence in ('Ana Roe said: "It is bad. It is dead."', 'Ana Roe said: "It is bad.'):
        summary = check(text, {"actors": [{"name": "Ana Roe", "evidence": evidence}]})
        assert summary.rejected == ()
        assert summary.actors[0].evidence.startswith("Ana Roe")
    assert check(text, {"actors": [{"name": "Bo Lind", "evidence": "Bo Lind left. He"}]}).rejected


def test_check_takes_drafts_summaries_and_plain_data_alike() -> None:
    draft = Draft(actors=[ActorItem(sentence=2, name="Ana Roe", kind="person")])
    summary = check(STORY, draft)
    assert summary.actors[0].name == "Ana Roe"
    assert check(STORY, summary) == summary == check(STORY, summary_data(summary))
    assert check(Article(STORY, title=(0, 38)), summary).actors == summary.actors


def test_the_function_is_public_and_called_like_its_package() -> None:
    assert summarise.check(STORY, {"actors": ["Ana Roe"]}).actors
    with pytest.raises(InputError, match="empty"):
        summarise.check(" ", {"gist": []})


def test_what_was_rejected_is_listed_in_the_order_of_the_summary() -> None:
    data = {
        "locations": [{"name": "Norway", "country": "SE"}],
        "actors": ["Cy Moe", {"name": "Ana Roe", "aliases": ["Lindy"]}, "Di Noe"],
    }
    summary = check(STORY, data)
    assert [one.field for one in summary.rejected] == [
        "actors",
        "actors.aliases",
        "actors",
        "locations.country",
    ]
    assert [one.item.get("name") for one in summary.rejected] == ["Cy Moe", "Ana Roe", "Di Noe", "Norway"]


@settings(deadline=None)
@given(st.data())
def test_our_own_output_holds_and_comes_back_the_same(data: st.DataObject) -> None:
    text = data.draw(articles())
    article = Article(text)
    draft = data.draw(drafts_of(text, len(split_sentences(article))))
    try:
        first = check(article, draft)
    except InputError:
        return  # no sentence in it
    second = check(article, first)
    assert [one.field for one in second.rejected] == []
    for name in FIELDS:
        assert getattr(second, name) == getattr(first, name)


@settings(deadline=None)
@given(st.data())
def test_any_strings_end_as_verified_or_rejected(data: st.DataObject) -> None:
    text = data.draw(articles())
    strings = strings_of(text)
    span = st.tuples(st.integers(-3, 80), st.integers(-3, 80)).map(list)
    spans = st.dictionaries(
        st.sampled_from(("name", "role", "evidence", "aliases", "x")), span | st.none(), max_size=3
    )
    leaves = {"evidence": strings, "country": strings, "kind": strings, "role": strings, "spans": spans}
    lists = {"aliases": st.lists(strings, max_size=2), "mentions": st.lists(span, max_size=2)}
    extra = st.fixed_dictionaries({}, optional={**leaves, **lists})
    actors = data.draw(
        st.lists(st.tuples(strings, extra).map(lambda one: {"name": one[0], **one[1]}), max_size=4)
    )
    try:
        summary = check(
            Article(text), {"actors": actors, "locations": actors, "gist": [one["name"] for one in actors]}
        )
    except InputError:
        return  # no sentence in it
    _spans_give_strings(text, summary)
    whole = [one for one in summary.rejected if one.field == "gist"]
    assert len(summary.gist) + len(whole) <= 3 * len(actors) and bool(summary.gist or whole) == bool(actors)


def _spans_give_strings(text: str, summary: Summary) -> None:
    for item in (*summary.actors, *summary.locations, *summary.gist):
        for leaf, (start, end) in item.spans.items():
            assert text[start:end] == getattr(item, leaf) != ""


@pytest.mark.parametrize("mark", ['"', '\u2009"', '\u00a0"'])
def test_a_closing_mark_set_apart_ends_its_sentence(mark: str) -> None:
    said = f"Bo Lind said: \"Ana Roe told us 'we go.'{mark}"
    summary = check(f"Deal falls\n\n{said}\n\nNothing else happened.", {"gist": [said]})
    assert summary.rejected == ()
    assert check("Deal falls\n\nBo Lind said no.\n\nIt rained.", {"gist": ['Bo Lind said"']}).gist == ()
