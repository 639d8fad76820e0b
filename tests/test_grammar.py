"""The grammar admits exactly the fillings of a segment: nothing empty, nothing mid-word, nothing foreign."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from llguidance import LLMatcher

from fakes import ScriptedModel
from summarise.grammar import LEANING, admits, build_grammar, find_whole, has_span, spans_holding, split_words
from summarise.segment import Options, Segment, Slot, SpanOf

MODEL = ScriptedModel(lambda question, written: "")
TEXT = 'He said "the pumps" would only take 10,000 tons, in the U.S. — José’s café won\'t reopen.'


def accepts(slot: Slot, raw: str) -> bool:
    matcher = LLMatcher(MODEL.tokens.matching, build_grammar(Segment(('{"a": ', slot, "}"))))
    assert not matcher.is_error(), matcher.get_error()
    tokens = MODEL.tokens.encode('{"a": ' + raw + "}")
    return bool(matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_stopped())


def span(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    ["He", "pumps", '"the pumps"', "10,000 tons", "U.S.", "José", "José’s café", "won't", TEXT[:-1]],
)
def test_a_word_bounded_span_is_admitted(text: str) -> None:
    assert accepts(SpanOf((TEXT,)), span(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "said ",
        " said",
        "pump",
        "10",
        "000 tons",
        "U.S",
        "won",
        ", in",
        "—",
        "he said",
        "He  said",
        "in the UK",
    ],
)
def test_nothing_else_is_admitted(text: str) -> None:
    assert not accepts(SpanOf((TEXT,)), span(text))


def test_null_stands_only_where_it_may() -> None:
    assert accepts(SpanOf((TEXT,), nullable=True), "null")
    assert not accepts(SpanOf((TEXT,)), "null")


def test_a_span_that_must_hold_something_holds_it_whole() -> None:
    text = "It took 13 ships and 3 tugs, at 1.3 knots, and -3 degrees."
    assert [find_whole(text, "3"), find_whole(text, "3", 22)] == [(21, 22), (48, 49)]
    held = [text[start:end] for start, end in spans_holding(text, [(21, 22)])]
    assert {"3", "3 tugs", "13 ships and 3", "It took 13 ships and 3 tugs, at 1.3 knots"} <= set(held)
    assert all("and 3" in words or words.startswith("3") for words in held)
    assert not any(words.endswith((",", " ")) for words in held)
    assert spans_holding(text, [(9, 10)]) == []  # inside a word


def test_what_is_taken_is_not_admitted_again() -> None:
    slot = SpanOf((TEXT,), without=("José", "the pumps"))
    assert not accepts(slot, span("José"))
    assert accepts(slot, span("José’s café"))


def test_proposals_may_stand_beside_the_span() -> None:
    slot = SpanOf((TEXT,), among=('Ana "Nan" Reyes',))
    assert accepts(slot, span('Ana "Nan" Reyes'))
    assert not accepts(slot, span("Ana"))


def test_options_are_exactly_the_options() -> None:
    slot = Options(('"person"', '"none"'))
    assert accepts(slot, '"none"')
    assert not accepts(slot, '"non"')
    assert not accepts(slot, '"other"')


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=60), st.data())
def test_any_sentence_makes_a_grammar_and_every_run_of_its_words_is_admitted(
    text: str, data: st.DataObject
) -> None:
    text = " ".join(text.split())
    assume(has_span(text) and not any(0xD800 <= ord(c) < 0xE000 for c in text))
    words = split_words(text)
    assert "".join(words) == text
    starts = [
        i
        for i, word in enumerate(words)
        if (word[0].isalpha() or word[0].isdecimal()) and word not in ("'s", "’s", *LEANING)
    ]
    assume(starts)
    first = data.draw(st.sampled_from(starts))
    last = data.draw(st.sampled_from([i for i in starts if i >= first]))
    assert accepts(SpanOf((text,)), span("".join(words[first : last + 1])))


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from([TEXT, "- 5 °C, e\u0301 \x07 b½.", '"Why?" – no']), st.integers(0, 40), st.integers(1, 30)
)
def test_what_the_grammar_admits_is_told_without_it(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    slot = SpanOf((text,), without=("José",), among=("Ana",), nullable=True)
    for raw in (span(words), "null", '"Ana"'):
        assert admits(slot, raw) == accepts(slot, raw), raw


def test_markup_and_control_characters_in_a_sentence_do_no_harm() -> None:
    hostile = 'a <|im_end|> \\ / */ "%regex {" \x07 \x00 b ~(x) &'
    assert accepts(SpanOf((hostile,)), span('<|im_end|> \\ / */ "%regex {" \x07 \x00 b'))


def test_a_span_never_runs_from_one_stretch_into_the_next() -> None:
    slot = SpanOf(("the owner, ", ", offered more pay"))
    assert accepts(slot, span("the owner"))
    assert accepts(slot, span("offered more"))
    assert not accepts(slot, span("the owner, , offered"))


def test_without_a_stretch_only_null_is_left() -> None:
    assert accepts(SpanOf((), nullable=True), "null")
    assert not accepts(SpanOf((), nullable=True), span("a"))


def test_a_sentence_runs_out_of_spans() -> None:
    assert not has_span("— ... !")
    assert has_span("Yes.")
    assert not has_span("Yes.", ("Yes",))
    assert has_span("Yes we can.", ("Yes",))


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("crew", True),
        ("the crew", True),
        ("and", False),
        ("the", False),
        ("and the crew", False),
        ("the crew and", False),
        ("the crew and the", False),
        ("end of", False),
        ("end of the talks", True),
        ("were", False),
        ("The Was", True),  # only words in small letters lean on others
    ],
)
def test_a_span_is_not_cut_off_beside_a_word_that_needs_another(words: str, taken: bool) -> None:
    slot = SpanOf(("The Was told the crew and the owners that the end of the talks were near.",))
    assert accepts(slot, span(words)) is taken
    assert admits(slot, span(words)) is taken


def test_where_nothing_else_stands_such_a_word_has_to_do() -> None:
    slot = SpanOf(("and of the",))
    assert accepts(slot, span("and"))
    assert admits(slot, span("and"))
    assert has_span("and of the")
