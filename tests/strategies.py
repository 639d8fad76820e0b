"""Hypothesis strategies shared by the tests: invented news, hostile text, any draft of it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from summarise.draft import ActorItem, Draft, GistItem, LocationItem, NumberItem, StanceItem

PIECES = (
    "Ana Roe",
    "Roe",
    "minister",
    "President Bo Lind",
    "the Harbour Board",
    "Harbour Board (HB)",
    "Norway",
    "Norwegian",
    "in Veltmark",
    "protesters",
    "he",
    "the president",
    "said",
    "condemned",
    "about 1,200",
    "three",
    "$3 million",
    "19 per cent",
    "two to three",
    "ten-year",
    "troops",
    "votes",
    "“we stay”",
    '"never again"',
    "\u201copen",
    "the deal",
    ",",
    ".",
    "\n",
    "\n\n",
    "\u00a0",
    "e\u0301",
    "co\u00adast",
    "\U0001f3f3\ufe0f\u200d\U0001f308",
    "\u0634\u0631\u0637\u0629",
)
"""What an invented article is put together from: ordinary pieces, and marks that break offsets."""

hostile = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def articles(pieces: tuple[str, ...] = PIECES) -> st.SearchStrategy[str]:
    """Article texts: mostly the pieces with blanks between, now and then any characters."""
    words = st.lists(st.sampled_from(pieces) | hostile, min_size=1, max_size=40)
    return words.map(" ".join)


def strings_of(text: str) -> st.SearchStrategy[str]:
    """Strings a draft may hold: any slice of `text`, a piece, or anything at all."""
    at = st.integers(0, len(text))
    slices = st.tuples(at, at).map(lambda ends: text[min(ends) : min(max(ends), min(ends) + 60)])
    return slices | st.sampled_from(PIECES) | hostile


def drafts_of(text: str, sentences: int) -> st.SearchStrategy[Draft]:
    """Any draft that the schema allows, with strings from `text` and sentence numbers about its own."""
    number, string = st.integers(-1, sentences + 1), strings_of(text)
    maybe = st.none() | string
    gate = st.sampled_from(["none", "gist"])
    kinds = st.sampled_from(["person", "organisation", "government", "group", "none"])
    poles = st.sampled_from(["for", "against", "neutral", "none"])
    return st.builds(
        Draft,
        gist=_list(st.builds(GistItem, sentence=number, label=gate)),
        actors=_list(st.builds(ActorItem, sentence=number, name=string, kind=kinds, role=maybe)),
        numbers=_list(st.builds(NumberItem, sentence=number, mention=string, counts=maybe)),
        locations=_list(
            st.builds(LocationItem, sentence=number, name=string, label=st.sampled_from(["none", "place"]))
        ),
        stances=_list(
            st.builds(StanceItem, sentence=number, polarity=poles, holder=string, target=string, quote=maybe)
        ),
    )


def _list(items: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, max_size=5)
