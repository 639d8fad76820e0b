"""What a server is asked to hold an answer to, and how strictly it is read whatever it was held to."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from llguidance import LLMatcher, LLTokenizer

from model_server import ITEMS, TEXT
from strategies import articles as any_article
from summarise.article import Article
from summarise.check import check_draft
from summarise.draft import Draft
from summarise.errors import DecodeError
from summarise.families import Family, read_families
from summarise.grammar import build_list_grammar
from summarise.proposals import find_proposals
from summarise.read import read_file, read_text
from summarise.segment import Options, Segment
from summarise.sentences import split_sentences
from summarise.server.answers import read_answer
from summarise.server.question import Question

FAMILIES = {family.name: family for family in read_families(Draft)}
BYTES = LLTokenizer("byte")


def question(family: str, article: Article) -> Question:
    return Question(FAMILIES[family], find_proposals(article, split_sentences(article)), "")


def admits(grammar: str, text: str) -> bool:
    """Whether the grammar admits `text` from its first byte to its last."""
    matcher = LLMatcher(BYTES, grammar)
    assert not matcher.is_error(), matcher.get_error()
    ids = BYTES.tokenize_str(text)
    return bool(
        matcher.validate_tokens(ids) == len(ids) and matcher.consume_tokens(ids) and matcher.is_accepting()
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_the_truth_fits_the_grammar_and_the_schema_and_is_read_as_it_is(family: str) -> None:
    asked = question(family, read_text(TEXT))
    text = json.dumps({family: ITEMS[family]})
    assert admits(asked.grammar, text)
    assert admits("%llguidance {}\n" + asked.grammar, text)
    assert admits(asked.grammar, f'{{"{family}": []}}')
    assert Draft202012Validator(asked.schema).is_valid(json.loads(text))
    assert read_answer(text, FAMILIES[family], "grammar") == (ITEMS[family], [])


@pytest.mark.parametrize(
    ("family", "change"),
    [
        ("actors", {"name": "Bo Lind"}),
        ("actors", {"name": "na Roe"}),
        ("actors", {"name": ""}),
        ("actors", {"sentence": 2}),  # the name stands in another
        ("actors", {"sentence": 9}),
        ("actors", {"kind": "none"}),
        ("actors", {"role": "the king"}),
        ("numbers", {"mention": None}),
        ("stances", {"quote": "not said"}),
        ("gist", {"label": "none"}),
    ],
)
def test_a_lie_does_not_fit_the_grammar(family: str, change: dict[str, Any]) -> None:
    lie = {**ITEMS[family][0], **change}
    assert not admits(question(family, read_text(TEXT)).grammar, json.dumps({family: [lie]}))


@pytest.mark.parametrize(
    ("family", "change"),
    [
        ("actors", {"sentence": 9}),
        ("actors", {"sentence": "3"}),
        ("actors", {"kind": "none"}),
        ("actors", {"name": None}),
        ("actors", {"age": 44}),
        ("gist", {"label": "none"}),
        ("stances", {"polarity": "both"}),
    ],
)
def test_a_wrong_form_does_not_fit_the_schema(family: str, change: dict[str, Any]) -> None:
    schema = Draft202012Validator(question(family, read_text(TEXT)).schema)
    assert not schema.is_valid({family: [{**ITEMS[family][0], **change}]})
    for missing in ITEMS[family][0]:
        assert not schema.is_valid({family: [{k: v for k, v in ITEMS[family][0].items() if k != missing}]})


def test_the_grammar_of_a_gist_holds_no_more_than_a_gist_does() -> None:
    article = read_text(" ".join(f"Baker {n} struck in Lima on Monday." for n in range(1, 9)))
    grammar = question("gist", article).grammar

    def gist(count: int) -> str:
        return json.dumps({"gist": [{"sentence": n, "label": "gist"} for n in range(1, count + 1)]})

    assert [admits(grammar, gist(count)) for count in range(6)] == [True, True, True, True, False, False]


@pytest.mark.parametrize("most", [0, 1, 2, 5])
def test_a_list_grammar_admits_up_to_so_many_items_of_any_kind(most: int) -> None:
    items = [Segment(("<", Options(("a", "b")), ">")), Segment(("c",))]
    grammar = build_list_grammar("[", items, "]", most)
    for count in range(7):
        assert admits(grammar, "[" + ", ".join(["<a>", "c", "<b>", "c", "c", "<a>", "c"][:count]) + "]") == (
            count <= most
        )


@settings(deadline=None)
@given(any_article())
def test_a_grammar_can_be_built_of_any_article(text: str) -> None:
    article = Article(text)
    for family in FAMILIES:
        asked = question(family, article)
        if asked.places:
            matcher = LLMatcher(BYTES, asked.grammar)
            assert not matcher.is_error(), matcher.get_error()
            Draft202012Validator.check_schema(asked.schema)


def wander(grammar: str, draw: Random) -> str:
    """An answer that the grammar admits, chosen byte by byte."""
    matcher, written = LLMatcher(BYTES, grammar), list[int]()
    while not matcher.is_stopped():
        bits = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
        allowed = [i for i in np.flatnonzero(np.unpackbits(bits, bitorder="little")).tolist() if i < 256]
        if not allowed:
            break  # nothing but the end
        written.append(draw.choice(allowed))
        assert matcher.consume_tokens(written[-1:]), matcher.get_error()
    return bytes(written).decode("utf-8")


@pytest.mark.parametrize("name", ["short.txt", "ferry.txt"])
@pytest.mark.parametrize("family", FAMILIES)
def test_whatever_the_grammar_admits_stands_in_the_sentence_it_names(
    family: str, name: str, articles: Path
) -> None:
    article = read_file(articles / name)
    asked, draw = question(family, article), Random(f"{family} {name}")
    grammar, written = asked.grammar, 0
    for _ in range(12):
        items, unfit = read_answer(wander(grammar, draw), FAMILIES[family], "grammar")
        assert unfit == []
        written += len(items)
        judged = check_draft(article, split_sentences(article), Draft.model_validate({family: items}))
        failed = {issue.check for rejected in judged.rejected for issue in rejected.issues}
        assert not failed & {"span", "evidence"}, judged.rejected
    assert written > 2


WHOLE = json.dumps({"actors": ITEMS["actors"]})


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{WHOLE}\n```",
        f"Here is the list you asked for:\n\n{WHOLE}\n\nLet me know {{if}} you need more!",
        f"<think>They want {{JSON}} such as {WHOLE[:-5]}</think>\n{WHOLE}",
        f"  {WHOLE}\n",
        WHOLE,
    ],
)
def test_words_around_a_plain_answer_are_passed_over_and_nowhere_else(text: str) -> None:
    assert read_answer(text, FAMILIES["actors"], "plain") == (ITEMS["actors"], [])
    if text.strip() != WHOLE:
        for constraint in ("grammar", "json_schema", "json_object"):
            with pytest.raises(DecodeError, match="is no JSON"):
                read_answer(text, FAMILIES["actors"], constraint)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "null", '{"actors": [}', WHOLE[:-2], '{"gist": []}', "\x00", '{"actors": ["\\ud800"]}'),
        *('{"actors": [1e999]}', '{"actors": [' + "9" * 9999 + "]}", '{"actors": ' * 50_000, "{" * 200_000),
    ],
    ids=range(12),
)
def test_what_can_not_be_read_whole_is_an_error_with_a_hint(text: str) -> None:
    with pytest.raises(DecodeError) as caught:
        read_answer(text, FAMILIES["actors"], "plain")
    assert caught.value.hint and len(caught.value.message) < 300


def test_a_label_that_can_only_be_one_may_be_left_out() -> None:
    assert read_answer('{"gist": [{"sentence": 2}]}', FAMILIES["gist"], "plain") == (ITEMS["gist"], [])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(list(FAMILIES.values())), st.lists(json_values, max_size=5))
def test_every_item_of_an_answer_is_read_or_told_as_it_was_written(family: Family, values: list[Any]) -> None:
    try:
        items, unfit = read_answer(json.dumps({family.name: values}), family, "json_object")
    except DecodeError:  # a lone surrogate, a number too large to be written: not read at all
        return
    assert len(items) + len(unfit) == len(values)
    for item in items:
        family.item.model_validate(item)


@given(st.text(), st.sampled_from(["grammar", "json_schema", "json_object", "plain"]))
def test_any_answer_is_read_or_refused(text: str, constraint: Any) -> None:
    try:
        read_answer(text, FAMILIES["actors"], constraint)
    except DecodeError as error:
        assert error.hint
