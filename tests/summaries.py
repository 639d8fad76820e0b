"""Summaries for the tests of what reads them: some that a run once gave, and any that the schema allows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from summarise.check import check
from summarise.saved import copied_strings, read_summary
from summarise.summary import (
    Actor,
    ArticleInfo,
    Coverage,
    Disagreement,
    GistSentence,
    Issue,
    Location,
    Note,
    Number,
    Provenance,
    Rejected,
    Stance,
    Summary,
)

SAVED = Path(__file__).parent / "saved"
HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x9b2J",
    "a\x00b\x07\x08\x7f",
    "\u202eelgnam\u202c",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[here](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "[x]: https://evil.example",
    "<https://evil.example>",
    "https://evil.example www.evil.example me@evil.example @everyone @@",
    "# not a heading",
    "- not a list",
    "1. nor this",
    "12) nor that",
    "> nor a quotation",
    "```\ncode\n```",
    "~~~",
    "`code` ``more`` \\` \\",
    "| a | b |\n|---|---|",
    "a \\| b",
    "---",
    "===",
    "***bold*** __so__ ~~gone~~ $x^2$ :smile: &lt; &#60;",
    "[red]rich[/red] [link=https://evil.example]x[/link]",
    '=HYPERLINK("https://evil.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    'say "so", and\r\nthen',
    "\u200d\u00ad\u0301",
    "U.S. 1.5 3.example a--b a==b",
    "\ttab\u2028line\u2029",
)
"""Strings that would do harm in a terminal, a browser or a table, were they let."""

texts = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
_starts = st.integers(0, 9999)
_places = _starts.map(lambda start: ((start, start + 3), (start + 5, start + 8))[: start % 3])
_names = st.lists(texts, max_size=1).map(tuple)
_maybe = st.none() | texts
_chances = st.none() | st.floats(0, 1)
_amounts = st.none() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)


def saved(name: str) -> Summary:
    """The summary of one of our articles as a run once gave it; another model changes nothing in it."""
    return read_summary(json.loads((SAVED / f"{name}.json").read_text("utf-8")))


def said(text: str, **fields: Any) -> Summary:
    """The summary of an invented article; all of it holds."""
    summary = check(f"Storm over Veltmark\n\n{text}", fields)
    assert summary.rejected == ()
    return summary


def _items(model: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Tuples of items with a span for each string that is a piece of the article."""

    def build(drawn: tuple[dict[str, Any], int]) -> Any:
        values, start = drawn
        standing = [leaf for leaf in copied_strings(model) if values[leaf] is not None]
        return model(**values, spans={leaf: (start + i, start + 9) for i, leaf in enumerate(standing)})

    one = st.tuples(st.fixed_dictionaries(fields), _starts).map(build)
    return st.lists(one, max_size=2).map(tuple)


summaries = st.builds(
    Summary,
    article=st.builds(
        ArticleInfo,
        id=_maybe,
        title=_maybe,
        characters=st.integers(0, 10**6),
        sha256=_starts.map("{:064x}".format),
        text=_maybe,
    ),
    gist=_items(GistSentence, text=texts),
    actors=_items(
        Actor,
        name=texts,
        kind=st.sampled_from(["person", "organisation", "government", "group", None]),
        role=_maybe,
        aliases=_names,
        evidence=texts,
        confidence=_chances,
        mentions=_places,
    ),
    numbers=_items(
        Number,
        mention=texts,
        value=_amounts,
        upper=_amounts,
        qualifier=st.sampled_from(["exact", "about", "at_least", "at_most", "range"]),
        unit=_maybe,
        counts=_maybe,
        evidence=texts,
        confidence=_chances,
    ),
    locations=_items(
        Location,
        name=texts,
        country=st.sampled_from(["NO", None]),
        aliases=_names,
        evidence=texts,
        confidence=_chances,
        mentions=_places,
    ),
    stances=_items(
        Stance,
        holder=texts,
        target=texts,
        polarity=st.sampled_from(["for", "against", "neutral"]),
        quote=_maybe,
        evidence=texts,
        confidence=_chances,
    ),
    disagreements=st.lists(st.builds(Disagreement, counts=texts, numbers=st.just((0, 1))), max_size=1).map(
        tuple
    ),
    notes=st.lists(
        st.builds(Note, field=st.just("stances"), index=st.integers(0, 3), check=texts, message=texts),
        max_size=1,
    ).map(tuple),
    rejected=st.lists(
        st.builds(
            Rejected,
            field=st.sampled_from(["actors", "numbers.value"]),
            item=st.dictionaries(texts, texts | st.none() | st.just([1, 2]), max_size=2),
            issues=st.tuples(st.builds(Issue, check=texts, message=texts)),
        ),
        max_size=1,
    ).map(tuple),
    coverage=st.builds(
        Coverage,
        **{name: st.just(len(name)) for name in Coverage.model_fields if name != "complete"},
        complete=st.booleans(),
    ),
    provenance=st.builds(Provenance, version=texts, model=_maybe, prompt=_maybe),
)
"""Any summary that the schema allows, its strings as hostile as can be."""
