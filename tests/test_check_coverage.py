"""What code sees in an article, and what of it a summary leaves out."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import articles
from summarise.article import Article
from summarise.check import check
from summarise.errors import InputError
from summarise.summary import Summary

STORY = """Veltmark shuts its harbour after storm

Harbour minister Ana Roe closed the port of Veltmark on Monday after about 1,200 dockers walked out.
Bo Lind, president of the Dockers' Union, condemned the closure and called it “a gift to the owners”.
Three ships and two ferries waited outside; 40 per cent of the cargo was fruit.
“We stay,” said a docker.
"""


def judged(**fields: Any) -> Summary:
    """The story's summary with these fields, with what it leaves out."""
    return check(STORY, fields, unreported=True)


def test_an_empty_summary_reports_nothing() -> None:
    summary = judged(gist=[])
    assert summary.unreported is not None
    coverage = summary.coverage
    assert (coverage.sentences, coverage.sentences_reported) == (5, 0)
    assert [seen.text for seen in summary.unreported.numbers] == [
        "about 1,200",
        "Three",
        "two",
        "40 per cent",
    ]
    assert [seen.text for seen in summary.unreported.quotations] == ["a gift to the owners", "We stay,"]
    assert len(summary.unreported.sentences) == 5


def test_what_an_item_reports_is_no_longer_listed() -> None:
    summary = judged(
        gist=["“We stay,” said a docker."],
        numbers=[{"mention": "Three", "counts": "ships"}],
        stances=[
            {
                "holder": "Bo Lind",
                "target": "the closure",
                "polarity": "against",
                "quote": "a gift to the owners",
            }
        ],
    )
    assert summary.rejected == ()
    assert summary.unreported is not None
    assert [seen.text for seen in summary.unreported.numbers] == ["about 1,200", "two", "40 per cent"]
    assert [seen.text for seen in summary.unreported.quotations] == ["We stay,"]
    assert [seen.text.split()[0] for seen in summary.unreported.sentences] == ["Veltmark", "Harbour"]


def test_what_was_rejected_is_not_reported() -> None:
    summary = judged(numbers=["1,200"])
    assert summary.coverage.numbers_reported == 0


def test_nothing_is_listed_unless_it_was_asked_for() -> None:
    assert check(STORY, {"gist": []}).unreported is None
    assert "unreported" not in check(STORY, {"gist": []}).model_dump()


@settings(deadline=None)
@given(articles(), st.lists(st.sampled_from(("three", "about 1,200", "$3 million", "19 per cent"))))
def test_reported_and_unreported_are_all_there_is(text: str, numbers: list[str]) -> None:
    try:
        summary = check(Article(text), {"numbers": numbers}, unreported=True)
    except InputError:
        return  # no sentence in it
    coverage, missing = summary.coverage, summary.unreported
    assert missing is not None
    assert coverage.numbers == coverage.numbers_reported + len(missing.numbers)
    assert coverage.quotations == coverage.quotations_reported + len(missing.quotations)
    assert coverage.sentences == coverage.sentences_reported + len(missing.sentences)
    for seen in (*missing.sentences, *missing.numbers, *missing.quotations):
        assert text[slice(*seen.span)] == seen.text
