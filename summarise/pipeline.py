"""The whole flow, on one page: article -> sentences -> prompt and skeleton -> decode -> check -> summary.

Each step hands a finished value to the next. Nothing here judges, words or computes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from summarise.answer import Answered
from summarise.article import Article
from summarise.check import Judgement, check_draft, count_coverage
from summarise.decode import Ask, Counts, decode_rows
from summarise.draft import Draft
from summarise.errors import InputError
from summarise.families import Family, read_families
from summarise.gold import write_answer
from summarise.model import Message, Model
from summarise.prompt import Prompt
from summarise.proposals import find_proposals
from summarise.read import read_text
from summarise.sentences import Sentence, split_sentences
from summarise.skeleton import lay_out
from summarise.summary import ArticleInfo, Provenance, Summary
from summarise.version import VERSION
from summarise.windows import plan_windows

OVERLAP = 0.15  # share of a window that repeats the end of the one before


@dataclass(frozen=True)
class Result:
    """A summary and what it cost."""

    summary: Summary
    counts: Counts


def summarise_article(model: Model, prompt: Prompt, article: Article, *, with_text: bool = False) -> Result:
    """The verified summary of `article`. Raises InputError where there is nothing to ask about."""
    sentences = split_sentences(article)
    asked = [s for s in sentences if s.number > 0]
    if not asked:
        raise InputError("no sentence in the article", "give the text of an article, not only its layout")
    counts = Counts()
    families = read_families(Draft)
    answered = _ask_model(model, prompt, article, sentences, families, counts)
    draft = Draft.model_validate({name: [a.item for a in items] for name, items in answered.items()})
    judgement = check_draft(article, sentences, draft)
    judgement = _with_confidence(judgement, answered)
    coverage = count_coverage(article, sentences, judgement, {s.number for s in asked})
    summary = Summary(
        article=ArticleInfo(
            id=article.id,
            title=article.slice(article.title) if article.title else None,
            characters=len(article.text),
            sha256=article.sha256,
            text=article.text if with_text else None,
        ),
        gist=judgement.gist,
        actors=judgement.actors,
        numbers=judgement.numbers,
        locations=judgement.locations,
        stances=judgement.stances,
        rejected=judgement.rejected,
        coverage=coverage,
        provenance=Provenance(
            version=VERSION,
            model=model.name,
            revision=model.revision,
            adapter=model.adapter,
            prompt=prompt.id,
        ),
    )
    return Result(summary, counts)


def _ask_model(
    model: Model,
    prompt: Prompt,
    article: Article,
    sentences: Sequence[Sentence],
    families: Sequence[Family],
    counts: Counts,
) -> dict[str, list[Answered]]:
    """Every family asked of every window, and the windows' answers joined."""
    propose = model.style == "proposals"
    asked = [s for s in sentences if s.number > 0]
    lines = [prompt.render_sentence(s.number, s.text) for s in asked]
    lengths = [len(model.tokens.encode(line)) + 1 for line in lines]
    fixed = model.tokens.encode_chat(example_turns(prompt, families, model))
    proposals = find_proposals(article, sentences)
    answered: dict[str, list[Answered]] = {family.name: [] for family in families}
    for window in plan_windows(lengths, model.window, int(model.window * OVERLAP)):
        shown = prompt.render_article([lines[i] for i in window.shown])
        own = proposals.within({asked[i].number for i in window.owned})
        asks = []
        for family in families:
            shared, question = model.tokens.encode_question(shown, prompt.render_ask(family, model.style))
            asks.append(Ask(question, lay_out(family, own, propose=propose)))
        for family, row in zip(families, decode_rows(model, fixed, shared, asks, counts), strict=True):
            answered[family.name] += row.result
    return {family.name: _keep_best(family, answered[family.name]) for family in families}


def _keep_best(family: Family, items: list[Answered]) -> list[Answered]:
    """Several windows may keep more than a family holds: the surest stay, in order."""
    if family.keep is None or len(items) <= family.keep.most:
        return items
    surest = {id(a) for a in sorted(items, key=lambda a: -a.confidence)[: family.keep.most]}
    return [a for a in items if id(a) in surest]


def example_turns(prompt: Prompt, families: Sequence[Family], model: Model) -> list[Message]:
    """The turns before the article: the system's, and the examples as if they had been answered."""
    turns = [Message("system", prompt.system)]
    for example in prompt.examples:
        article = read_text(example.text)
        sentences = split_sentences(article)
        proposals = find_proposals(article, sentences)
        shown = prompt.render_article(
            [prompt.render_sentence(s.number, s.text) for s in sentences if s.number]
        )
        for family in families:
            items: list[dict[str, Any]] = example.draft.get(family.name, [])
            answer = write_answer(family, proposals, items, propose=model.style == "proposals")
            turns += [
                Message("user", shown + prompt.render_ask(family, model.style)),
                Message("assistant", answer),
            ]
            shown = ""
    return turns


def _with_confidence(judgement: Judgement, answered: dict[str, list[Answered]]) -> Judgement:
    """Sets each verified item's confidence: that of the surest draft item it was made from."""
    changed: dict[str, Any] = {}
    for name in ("actors", "numbers", "locations", "stances"):
        changed[name] = tuple(
            item.model_copy(
                update={"confidence": round(max(answered[name][i].confidence for i in origin), 4)}
            )
            for item, origin in zip(getattr(judgement, name), judgement.origins[name], strict=True)
        )
    return replace(judgement, **changed)
