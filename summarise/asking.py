"""Asks a model about an article: windows, rows and few-shot turns; the answers joined.

The only place where prompt, skeleton and decoding meet. Judges nothing: what comes back is a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarise.answer import Answered
from summarise.article import Article
from summarise.decode import decode_rows
from summarise.families import Family
from summarise.gold import write_answer
from summarise.model import Message, Model, Tokens
from summarise.prompt import Prompt, Style
from summarise.proposals import Proposals, find_proposals
from summarise.read import read_text
from summarise.row import Ask, Counts
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


@dataclass(frozen=True)
class Question:
    """What is put before a model for one window of an article.

    fixed: token ids that are the same for every article; shared: those of the window's sentences,
    which all families share; asked: those of each family's own question, in the families' order.
    owned: the numbers of the sentences that this window asks about; proposals: what code proposes
    for them.
    """

    fixed: Sequence[int]
    shared: Sequence[int]
    asked: tuple[Sequence[int], ...]
    owned: frozenset[int]
    proposals: Proposals


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
    questions = list(
        put_questions(model.tokens, prompt, article, sentences, families, model.window, model.style)
    )
    answers: dict[str, list[Answered]] = {family.name: [] for family in families}
    counts = Counts()
    for done, question in enumerate(questions):
        if progress:
            progress(done, len(questions))
        asks = [
            Ask(
                ids,
                lay_out(
                    family,
                    question.proposals,
                    propose=propose,
                    threshold=model.thresholds.get(family.name),
                ),
            )
            for family, ids in zip(families, question.asked, strict=True)
        ]
        rows = decode_rows(model, question.fixed, question.shared, asks, counts)
        for family, row in zip(families, rows, strict=True):
            answers[family.name] += row.result
    if progress:
        progress(len(questions), len(questions))
    joined = {family.name: _keep_best(family, answers[family.name]) for family in families}
    return Asked(joined, frozenset(n for q in questions for n in q.owned), counts)


def put_questions(
    tokens: Tokens,
    prompt: Prompt,
    article: Article,
    sentences: Sequence[Sentence],
    families: Sequence[Family],
    window: int,
    style: Style,
) -> Iterator[Question]:
    """The questions of every window of `article`, in its order; `window` in tokens of sentences."""
    asked = [s for s in sentences if s.number > 0]
    lines = [prompt.render_sentence(s.number, s.text) for s in asked]
    lengths = [len(tokens.encode(line)) + 1 for line in lines]
    fixed = tokens.encode_chat(example_turns(prompt, families, style))
    proposals = find_proposals(article, sentences)
    for part in plan_windows(lengths, window, int(window * OVERLAP)):
        shown = prompt.render_article([lines[i] for i in part.shown])
        both = [tokens.encode_question(shown, prompt.render_ask(family, style)) for family in families]
        owned = frozenset(asked[i].number for i in part.owned)
        yield Question(fixed, both[0][0], tuple(ids for _, ids in both), owned, proposals.within(owned))


def _keep_best(family: Family, items: list[Answered]) -> list[Answered]:
    """Several windows may keep more than a family holds: the surest stay, in order."""
    if family.keep is None or len(items) <= family.keep.most:
        return items
    surest = {id(a) for a in sorted(items, key=lambda a: -a.confidence)[: family.keep.most]}
    return [a for a in items if id(a) in surest]


def example_turns(prompt: Prompt, families: Sequence[Family], style: Style) -> list[Message]:
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
            answer = write_answer(family, proposals, items, propose=style == "proposals")
            turns.append(Message("user", shown + prompt.render_ask(family, style)))
            turns.append(Message("assistant", answer))
            shown = ""  # later questions are about the same article
    return turns
