"""Asks a model about an article: windows, rows and few-shot turns; the answers joined.

The only place where prompt, skeleton and decoding meet. Judges nothing: what comes back is a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from summarise.answer import Answered
from summarise.article import Article
from summarise.decode import Ask, Counts, decode_rows
from summarise.families import Family
from summarise.gold import write_answer
from summarise.model import Message, Model
from summarise.prompt import Prompt
from summarise.proposals import find_proposals
from summarise.read import read_text
from summarise.sentences import Sentence, split_sentences
from summarise.skeleton import lay_out
from summarise.windows import plan_windows

OVERLAP = 0.15  # share of a window that repeats the end of the one before

Progress = Callable[[int, int], None]
"""Called before the first window and after each, with the number of windows read and of all."""


@dataclass(frozen=True)
class Asked:
    """What the model answered, by family.

    read: the numbers of the sentences that were put before the model and asked about.
    """

    answers: dict[str, list[Answered]]
    read: frozenset[int]
    counts: Counts


def ask_model(
    model: Model,
    prompt: Prompt,
    article: Article,
    sentences: Sequence[Sentence],
    families: Sequence[Family],
    progress: Progress | None = None,
) -> Asked:
    """Every family asked of every window of `article`, and the windows' answers joined."""
    propose = model.style == "proposals"
    asked = [s for s in sentences if s.number > 0]
    lines = [prompt.render_sentence(s.number, s.text) for s in asked]
    lengths = [len(model.tokens.encode(line)) + 1 for line in lines]
    fixed = model.tokens.encode_chat(example_turns(prompt, families, model))
    proposals = find_proposals(article, sentences)
    answers: dict[str, list[Answered]] = {family.name: [] for family in families}
    read: set[int] = set()
    counts = Counts()
    windows = plan_windows(lengths, model.window, int(model.window * OVERLAP))
    if progress:
        progress(0, len(windows))
    for done, window in enumerate(windows, 1):
        owned = {asked[i].number for i in window.owned}
        own = proposals.within(owned)
        shown = prompt.render_article([lines[i] for i in window.shown])
        shared: list[int] = []
        asks = []
        for family in families:
            shared, question = model.tokens.encode_question(shown, prompt.render_ask(family, model.style))
            asks.append(Ask(question, lay_out(family, own, propose=propose)))
        for family, row in zip(families, decode_rows(model, fixed, shared, asks, counts), strict=True):
            answers[family.name] += row.result
        read |= owned
        if progress:
            progress(done, len(windows))
    joined = {family.name: _keep_best(family, answers[family.name]) for family in families}
    return Asked(joined, frozenset(read), counts)


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
        lines = [prompt.render_sentence(s.number, s.text) for s in sentences if s.number > 0]
        shown = prompt.render_article(lines)
        for family in families:
            items: list[dict[str, Any]] = example.draft.get(family.name, [])
            answer = write_answer(family, proposals, items, propose=model.style == "proposals")
            turns.append(Message("user", shown + prompt.render_ask(family, model.style)))
            turns.append(Message("assistant", answer))
            shown = ""  # later questions are about the same article
    return turns
