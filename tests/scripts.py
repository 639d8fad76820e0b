"""Scripts for the scripted model that answer an article's questions from known draft items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fakes import follow
from summarise.article import Article
from summarise.draft import Draft
from summarise.families import read_families
from summarise.gold import write_answer
from summarise.prompt import DEFAULT_PROMPT, FIELDS_PROMPT, read_prompt
from summarise.proposals import find_proposals
from summarise.read import read_text
from summarise.schema import read_schema
from summarise.sentences import split_sentences


def answer_from(
    text: str | Article, draft: dict[str, Any], style: Any = "proposals", schema: Any = None
) -> Callable[[str, str], str]:
    """The script that writes `draft` (items by family) of an article that fits one window."""
    article = read_text(text) if isinstance(text, str) else text
    proposals = find_proposals(article, split_sentences(article))
    prompt = read_prompt(FIELDS_PROMPT if schema else DEFAULT_PROMPT)
    answers = {
        prompt.render_ask(family, style): write_answer(
            family, proposals, draft.get(family.name, []), propose=style == "proposals"
        )
        for family in (read_schema(schema).families if schema else read_families(Draft))
    }
    return follow(lambda question: next(a for ask, a in answers.items() if ask in question))
