"""What a sceptic would try first: summaries without any model.

`simple` takes every run of capitalised words as an actor, every number that code reads, every name of
the gazetteer as a place, the first two sentences as gist and no stance. `proposed` keeps every name
that our own code proposes, so that it is seen what the model's choice adds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from summarise.article import Article
from summarise.check import check_draft
from summarise.draft import Draft
from summarise.places import is_place
from summarise.proposals import Proposals, find_proposals
from summarise.sentences import Sentence, split_sentences

_RUN = re.compile(r"\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*")
Items = dict[str, list[dict[str, Any]]]


def simple(article: Article) -> Items:
    """Capitalised runs, recognised numbers, the gazetteer, the lead, no stances."""
    sentences = split_sentences(article)
    names = list(dict.fromkeys(match.group() for match in _RUN.finditer(article.text)))
    return {
        **_lead_and_numbers(article, sentences, find_proposals(article, sentences)),
        "actors": [{"name": name, "aliases": []} for name in names],
        "locations": [{"name": name, "aliases": []} for name in names if is_place(name)],
        "stances": [],
    }


def proposed(article: Article) -> Items:
    """Every proposed name as an actor, those that the gazetteer knows as places, no stances."""
    sentences = split_sentences(article)
    proposals = find_proposals(article, sentences)
    names = proposals.of("names")
    draft = Draft.model_validate(
        {
            "actors": [{"sentence": n.sentence, "name": n.value, "kind": "organisation"} for n in names],
            "locations": [
                {"sentence": n.sentence, "name": n.value, "label": "place"}
                for n in names
                if is_place(str(n.value))
            ],
        }
    )
    judgement = check_draft(article, sentences, draft)
    actors: list[dict[str, Any]] = [{"name": n.value, "aliases": []} for n in names]
    locations = [item.model_dump(mode="json") for item in judgement.locations]
    return {
        **_lead_and_numbers(article, sentences, proposals),
        "actors": actors,
        "locations": locations,
        "stances": [],
    }


def _lead_and_numbers(article: Article, sentences: Sequence[Sentence], proposals: Proposals) -> Items:
    draft = Draft.model_validate(
        {
            "gist": [{"sentence": p.sentence, "label": "gist"} for p in proposals.of("body")[:2]],
            "numbers": [{"sentence": p.sentence, "mention": p.value} for p in proposals.of("numbers")],
        }
    )
    judgement = check_draft(article, sentences, draft)
    return {
        "gist": [item.model_dump(mode="json") for item in judgement.gist],
        "numbers": [item.model_dump(mode="json") for item in judgement.numbers],
    }
