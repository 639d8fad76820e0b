"""The check of a whole answer in a schema of one's own: every field's items, and what they account for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from summarise.article import Article, Span
from summarise.check.coverage import count_spans
from summarise.check.entries import Verdicts, judge_entries
from summarise.check.facts import gather_facts
from summarise.schema import Schema
from summarise.sentences import Sentence
from summarise.summary import Coverage


def check_entries(
    article: Article,
    sentences: Sequence[Sentence],
    schema: Schema[Any],
    items: Mapping[str, Sequence[Mapping[str, Any]]],
    sentences_read: Collection[int],
) -> tuple[dict[str, Verdicts], Coverage]:
    """The verdicts on draft items, by field of the schema, and how much of the article they account for.

    A number is reported where a quantity is it, a quotation where words of an item stand in it.
    """
    facts = gather_facts(article, tuple(sentences))
    verdicts = {one.name: judge_entries(facts, one, items[one.name]) for one in schema.entries}
    spans: dict[str, list[Span]] = {"sentences": [], "numbers": [], "quotations": []}
    reports = {"quantity": "numbers", "words": "quotations"}
    for one in schema.entries:
        for item in verdicts[one.name].items:
            spans["sentences"].append(item.spans["evidence"])
            for part in one.parts:
                if part.form in reports and part.name in item.spans:
                    spans[reports[part.form]].append(item.spans[part.name])
    return verdicts, count_spans(facts, spans, sentences_read)
