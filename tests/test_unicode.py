"""Offsets stay exact, whatever characters a text is written in: names, quantities, quotations, speakers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.article import Article
from summarise.check import check_draft
from summarise.draft import ActorItem, Draft, NumberItem, StanceItem
from summarise.names import find_names
from summarise.numbers import read_quantities
from summarise.quotations import find_quotations
from summarise.sentences import split_sentences
from summarise.speakers import attribute

ODD = [
    "\u00a0", "\u202f", "\u2009", "\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u0301", "\u0308",
    "ﬁ", "ﬀ", "é", "e\u0301", "ß", "İ", "ŉ", "😀", "👩\u200d🚒", "שלום", "\u200f", "\u202e", "السلام", "中文",
    "¼", "²", "٣", "\r\n", "\n", "\u2028", "\t", "“", "”", "‘", "’", '"', "'", "«", "»", "K", "Å", "\x00",
    "\ud800",
]  # fmt: skip
PLAIN = [
    "Ana Roe",
    "said",
    "about 1,200",
    "dockers",
    "three",
    "Veltmark",
    "of",
    "the",
    " ",
    " ",
    ".",
    ",",
    "£5m",
]
TEXTS = st.lists(st.sampled_from(ODD + PLAIN + PLAIN), max_size=40).map("".join)


@settings(deadline=None)  # the first answer reads the gazetteer
@given(TEXTS)
def test_every_span_lies_in_the_text_and_holds_what_it_says(text: str) -> None:
    sentences = split_sentences(Article(text))
    names, quotations = find_names(text, sentences), find_quotations(text)
    for name in names:
        for start, end in (name.span, *name.mentions, *name.alias_spans):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip() != ""
        assert " ".join(text[slice(*name.span)].split()) == name.name
    for quantity in read_quantities(text):
        assert text[quantity.start : quantity.end] == text[quantity.start : quantity.end].strip() != ""
    for before, after in pairwise(quotations):
        assert before.end <= after.start
    for speaker in attribute(text, sentences, names, quotations):
        assert speaker is None or 0 <= speaker.span[0] < speaker.span[1] <= len(text)


STORY = (
    "Port shut\n\nHarbour minister Ana Roe met about 1,200 dockers. "
    "“The closure is a gift to the owners,” Ana Roe said of the closure."
)


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\n", "\r\n", " \n ", "\u202f", "\t", "\u2009"])
def test_any_blank_between_words_leaves_the_judgement_and_its_offsets(blank: str) -> None:
    inside = " " if "\n" in blank else blank  # lines are wrapped at their ends
    text = STORY.replace("Ana Roe", f"Ana{inside}Roe").replace("gift to", f"gift{blank}to")
    assert judged(text) == {
        "name": f"Ana{inside}Roe",
        "mention": "about 1,200",
        "counts": "dockers",
        "quote": f"a gift{blank}to the owners",
    }


@pytest.mark.parametrize(
    "before", ["😀 ", "e\u0301te\u0301 ", "ﬁn ", "שלום \u200f", "\u202eabc\u202c ", "中文。\n", "\ufeff"]
)
def test_odd_characters_before_shift_the_offsets_and_nothing_else(before: str) -> None:
    plain, moved = judged(STORY), judged("Ports. " + before + "\n\n" + STORY)
    assert plain == moved


def judged(text: str) -> dict[str, str | None]:
    """The strings at the spans of the items that hold, of a draft that is true of `STORY`."""
    article = Article(text)
    sentences = split_sentences(article)
    meeting = next(s.number for s in sentences if "dockers" in s.text)
    saying = next(s.number for s in sentences if "closure" in s.text)
    judgement = check_draft(
        article,
        sentences,
        Draft(
            actors=[ActorItem(sentence=meeting, name="Ana Roe", kind="person")],
            numbers=[NumberItem(sentence=meeting, mention="about 1,200", counts="dockers")],
            stances=[
                StanceItem(
                    sentence=saying,
                    polarity="against",
                    holder="Ana Roe",
                    target="the closure",
                    quote="a gift to the owners",
                )
            ],
        ),
    )
    assert judgement.rejected == ()
    (actor,), (number,), (stance,) = judgement.actors, judgement.numbers, judgement.stances
    return {
        "name": article.slice(actor.spans["name"]),
        "mention": article.slice(number.spans["mention"]),
        "counts": article.slice(number.spans["counts"]),
        "quote": article.slice(stance.spans["quote"]),
    }
