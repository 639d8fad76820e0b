"""The check as a whole: laws of any draft over any article, and planted lies, one leaf at a time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import articles, drafts_of
from summarise.article import Article
from summarise.check import Judgement, check_draft, count_coverage
from summarise.draft import ActorItem, Draft, GistItem, Item, LocationItem, NumberItem, StanceItem
from summarise.sentences import Sentence, split_sentences

STRINGS = {
    "gist": ("text",),
    "actors": ("name", "role", "evidence"),
    "numbers": ("mention", "counts", "evidence"),
    "locations": ("name", "evidence"),
    "stances": ("holder", "target", "quote", "evidence"),
}

STORY = """Veltmark shuts its harbour after storm

Harbour minister Ana Roe closed the port of Veltmark on Monday after about 1,200 dockers walked out.
Bo Lind, president of the Dockers' Union, condemned the closure and called it “a gift to the owners”.
Three ships and two ferries waited outside; 40 per cent of the cargo was fruit.
He said the strike would go on."""

GOOD: dict[str, Item] = {
    "gist": GistItem(sentence=2, label="gist"),
    "actors": ActorItem(sentence=2, name="Ana Roe", kind="person", role="Harbour minister"),
    "numbers": NumberItem(sentence=2, mention="about 1,200", counts="dockers"),
    "locations": LocationItem(sentence=2, name="Veltmark", label="place"),
    "stances": StanceItem(
        sentence=3,
        polarity="against",
        holder="Bo Lind",
        target="the closure",
        quote="a gift to the owners",
    ),
}


def read(text: str) -> tuple[Article, tuple[Sentence, ...]]:
    """An article whose first line is its title, with one sentence a line."""
    article = Article(text, title=(0, text.index("\n")))
    starts, sentences = 0, []
    for line in text.split("\n"):
        if line:
            sentences.append(Sentence(len(sentences) + 1, starts, starts + len(line), "body", line))
        starts += len(line) + 1
    return article, tuple(sentences)


def judge(text: str = STORY, **items: Any) -> Judgement:
    """The judgement of a draft with these lists of items."""
    article, sentences = read(text)
    return check_draft(article, sentences, Draft(**items))


def changed(field: str, **leaves: Any) -> Judgement:
    """The judgement of the good item of `field` with some leaves changed."""
    return judge(**{field: [GOOD[field].model_copy(update=leaves)]})


@pytest.mark.parametrize("field", GOOD)
def test_a_true_item_holds(field: str) -> None:
    judgement = changed(field)
    assert judgement.rejected == ()
    (item,) = getattr(judgement, field)
    for leaf, value in GOOD[field].model_dump().items():
        if leaf not in ("sentence", "label"):
            assert getattr(item, leaf) == value
    assert judgement.origins[field] == ((0,),)


@pytest.mark.parametrize(
    ("field", "leaves", "check"),
    [
        ("gist", {"sentence": 0}, "evidence"),
        ("gist", {"sentence": 99}, "evidence"),
        ("gist", {"sentence": 1}, "gist"),
        ("actors", {"sentence": 3}, "span"),
        ("actors", {"name": "na Roe"}, "span"),
        ("actors", {"name": ""}, "span"),
        ("actors", {"name": " "}, "span"),
        ("actors", {"name": ","}, "span"),
        ("actors", {"name": "ana roe"}, "span"),
        ("actors", {"name": "Ana Row"}, "span"),
        ("numbers", {"mention": "about 1,300"}, "span"),
        ("numbers", {"mention": "1,200"}, "number"),
        ("numbers", {"mention": "about 1"}, "span"),
        ("numbers", {"mention": "200"}, "span"),
        ("numbers", {"mention": "about 1,200 dockers"}, "number"),
        ("numbers", {"mention": "Monday"}, "number"),
        ("numbers", {"mention": "Three ships and two", "sentence": 4}, "number"),
        ("numbers", {"sentence": 3}, "span"),
        ("locations", {"name": "port"}, "place"),
        ("locations", {"name": "Velt"}, "span"),
        ("locations", {"name": "Oslo"}, "span"),
        ("stances", {"holder": "Cy Moe"}, "holder"),
        ("stances", {"holder": ""}, "holder"),
        ("stances", {"holder": "Ana Roe"}, "holder"),
        ("stances", {"holder": "the closure"}, "holder"),
        ("stances", {"target": "the opening"}, "target"),
        ("stances", {"target": ""}, "target"),
        ("stances", {"sentence": 4}, "holder"),
    ],
)
def test_a_lie_in_a_required_leaf_rejects_the_item(field: str, leaves: dict[str, Any], check: str) -> None:
    judgement = changed(field, **leaves)
    assert getattr(judgement, field) == ()
    assert judgement.origins[field] == ()
    (rejected,) = judgement.rejected
    assert rejected.field == field
    assert rejected.item == GOOD[field].model_copy(update=leaves).model_dump()
    assert [issue.check for issue in rejected.issues] == [check]


@pytest.mark.parametrize(
    ("field", "leaf", "lie", "check"),
    [
        ("actors", "role", "president", "span"),
        ("actors", "role", "", "span"),
        ("actors", "role", "arbour minister", "span"),
        ("actors", "role", "Monday", "role"),
        ("actors", "role", "Ana", "role"),
        ("numbers", "counts", "owners", "span"),
        ("numbers", "counts", "docker", "span"),
        ("numbers", "counts", "about", "counts"),
        ("stances", "quote", "", "quote"),
        ("stances", "quote", "the closure", "quote"),
        ("stances", "quote", "a gift to owners", "quote"),
        ("stances", "quote", "gift to the own", "quote"),
    ],
)
def test_a_lie_in_an_optional_leaf_is_taken_out_and_listed(
    field: str, leaf: str, lie: str, check: str
) -> None:
    judgement = changed(field, **{leaf: lie})
    (item,) = getattr(judgement, field)
    assert getattr(item, leaf) is None
    assert leaf not in item.spans
    (rejected,) = judgement.rejected
    assert rejected.field == f"{field}.{leaf}"
    assert rejected.item[leaf] == lie
    assert [issue.check for issue in rejected.issues] == [check]


@pytest.mark.parametrize("adjective", ["Norwegian", "Norwegians", "South Korean", "Iraqis", "European"])
def test_an_adjective_is_no_place(adjective: str) -> None:
    text = f"Talks fail\n\nThe {adjective} delegation left."
    judgement = judge(text, locations=[LocationItem(sentence=2, name=adjective, label="place")])
    assert [issue.check for rejected in judgement.rejected for issue in rejected.issues] == ["place"]


@pytest.mark.parametrize(
    "place", ["Norway", "Philippines", "Middle East", "Reading", "Oman", "Paris", "Mali"]
)
def test_a_place_is_no_adjective(place: str) -> None:
    text = f"Talks fail\n\nThey met in {place} again."
    judgement = judge(text, locations=[LocationItem(sentence=2, name=place, label="place")])
    assert judgement.rejected == ()


def test_what_the_model_said_no_to_is_no_item() -> None:
    judgement = judge(
        gist=[GistItem(sentence=0, label="none")],
        actors=[ActorItem(sentence=77, name="", kind="none")],
        locations=[LocationItem(sentence=77, name="", label="none")],
        stances=[StanceItem(sentence=77, polarity="none", holder="", target="")],
    )
    assert judgement.rejected == ()
    assert set(judgement.origins.values()) == {()}


def test_strings_are_found_across_line_breaks_and_come_back_raw() -> None:
    text = "Title here\n\nThe Harbour\u00a0 Board\tdismissed Ana Roe."
    judgement = judge(text, actors=[ActorItem(sentence=2, name="Harbour Board", kind="organisation")])
    assert judgement.actors[0].name == "Harbour\u00a0 Board"


@settings(deadline=None)
@given(st.data())
def test_any_draft_of_any_article_keeps_the_span_law(data: st.DataObject) -> None:
    text = data.draw(articles())
    article = Article(text)
    sentences = split_sentences(article)
    draft = data.draw(drafts_of(text, len(sentences)))
    judgement = check_draft(article, sentences, draft)
    asked = {(sentence.start, sentence.end) for sentence in sentences if sentence.number > 0}
    for field, strings in STRINGS.items():
        items = getattr(judgement, field)
        assert len(judgement.origins[field]) == len(items)
        for item in items:
            assert item.spans.keys() == {leaf for leaf in strings if getattr(item, leaf) is not None}
            for leaf, span in item.spans.items():
                assert article.slice(span) == getattr(item, leaf) != ""
            assert item.spans["text" if field == "gist" else "evidence"] in asked
            for start, end in getattr(item, "mentions", ()):
                assert 0 <= start < end <= len(text)


@settings(deadline=None)
@given(st.data())
def test_every_draft_item_ends_as_verified_or_rejected_or_was_none(data: st.DataObject) -> None:
    text = data.draw(articles())
    article = Article(text)
    sentences = split_sentences(article)
    draft = data.draw(drafts_of(text, len(sentences)))
    judgement = check_draft(article, sentences, draft)
    for field in STRINGS:
        kept = [index for indexes in judgement.origins[field] for index in indexes]
        assert len(set(kept)) == len(kept)
        lost = [rejected.item for rejected in judgement.rejected if rejected.field == field]
        said = [item for item in getattr(draft, field) if not _is_none(item)]
        assert len(kept) + len(lost) == len(said)


def _is_none(item: Item) -> bool:
    return any(getattr(item, gate, "") == "none" for gate in ("label", "kind", "polarity"))


@settings(deadline=None)
@given(st.data())
def test_coverage_never_reports_more_than_there_is(data: st.DataObject) -> None:
    text = data.draw(articles())
    article = Article(text)
    sentences = split_sentences(article)
    draft = data.draw(drafts_of(text, len(sentences)))
    read_numbers = data.draw(st.sets(st.integers(-1, len(sentences) + 1)))
    coverage = count_coverage(article, sentences, check_draft(article, sentences, draft), read_numbers)
    assert coverage.sentences == sum(sentence.number > 0 for sentence in sentences)
    assert 0 <= coverage.sentences_read <= coverage.sentences
    assert 0 <= coverage.numbers_reported <= coverage.numbers
    assert 0 <= coverage.quotations_reported <= coverage.quotations
    assert coverage.complete == (coverage.sentences_read == coverage.sentences)


def test_coverage_counts_what_the_summary_accounts_for() -> None:
    article, sentences = read(STORY)
    judgement = check_draft(article, sentences, Draft(**{field: [item] for field, item in GOOD.items()}))
    coverage = count_coverage(article, sentences, judgement, {1, 2, 3, 4})
    assert (coverage.sentences, coverage.sentences_read, coverage.complete) == (5, 4, False)
    assert (coverage.numbers, coverage.numbers_reported) == (4, 1)
    assert (coverage.quotations, coverage.quotations_reported) == (1, 1)
    assert count_coverage(article, sentences, judgement, range(99)).complete


def test_a_repeated_number_counts_as_reported() -> None:
    text = "Rain\n\nTen ships sank.\nThe ten ships were old.\nSo ten ships sank."
    items = [NumberItem(sentence=number, mention="ten", counts="ships") for number in (3, 4)]
    article, sentences = read(text)
    judgement = check_draft(article, sentences, Draft(numbers=items))
    assert len(judgement.numbers) == 1
    assert count_coverage(article, sentences, judgement, ()).numbers_reported == 2
