"""Asks a model about an article: windows, rows and few-shot turns; the answers joined.

The only place where prompt, skeleton and decoding meet. Judges nothing: what comes back is a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from summarise.answer import Answered
from summarise.article import Article
from summarise.decode import Job, decode_jobs
from summarise.errors import InputError, SummariseError
from summarise.families import Family
from summarise.gold import write_answer
from summarise.model import Message, Model, Tokens
from summarise.prompt import Prompt, Style
from summarise.proposals import Proposals, find_proposals
from summarise.read import read_text
from summarise.row import Ask, Counts, Decoded
from summarise.sentences import Sentence, split_sentences
from summarise.skeleton import lay_out
from summarise.summary import Rejected
from summarise.windows import plan_windows

OVERLAP = 0.15  # share of a window that repeats the end of the one before

Progress = Callable[[int, int], None]
"""Called before the first window and after each, with the number of windows read and of all."""


@dataclass(frozen=True)
class Asked:
    """What the model answered, by family.

    read: the numbers of the sentences that were put before the model and asked about. unfit: what was
    answered and is no item of a draft; there is none where a grammar saw to it.
    """

    answers: dict[str, list[Answered]]
    read: frozenset[int]
    counts: Counts
    unfit: tuple[Rejected, ...] = ()


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


def ask_each(
    model: Model,
    prompt: Prompt,
    articles: Iterable[tuple[Article, Sequence[Sentence]]],
    families: Sequence[Family],
    *,
    most: int = 1,
    memory: int | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[int, Asked | SummariseError]]:
    """Every family asked of every window of each article, up to `most` windows together, also of several
    articles; an article's windows joined.

    memory: as in `decode_jobs`. progress: called before the first window of each and after each.
    Yields each article's number and what was answered, or the error that ended it alone, as they end.
    """
    readings: dict[int, _Reading] = {}  # by job
    jobs = count()

    def put() -> Iterator[Job[tuple[Answered, ...]] | SummariseError]:
        for number, (article, sentences) in enumerate(articles):
            try:
                questions = list(
                    put_questions(
                        model.tokens, prompt, article, sentences, families, model.window, model.style
                    )
                )
            except SummariseError as error:
                readings[next(jobs)] = _Reading(number, (), [None])
                yield error
                continue
            if progress:
                progress(0, len(questions))
            reading = _Reading(number, questions, [None] * len(questions))
            for window, question in enumerate(questions):
                readings[next(jobs)] = replace(reading, window=window)
                yield _job(model, families, question, reading.counts)

    for job, done in decode_jobs(model, put(), most=most, memory=memory):
        reading = readings.pop(job)
        reading.answers[reading.window] = done
        left = sum(answer is None for answer in reading.answers)
        if progress and reading.questions:
            progress(len(reading.answers) - left, len(reading.answers))
        if left == 0:
            yield reading.number, _join(families, reading)


@dataclass(frozen=True)
class _Reading:
    """One article being read, as one of its windows sees it.

    answers: by window, what its rows came to, None while they run.
    """

    number: int
    questions: Sequence[Question]
    answers: list[list[Decoded[tuple[Answered, ...]]] | SummariseError | None]
    counts: Counts = field(default_factory=Counts)
    window: int = 0


def _job(
    model: Model, families: Sequence[Family], question: Question, counts: Counts
) -> Job[tuple[Answered, ...]]:
    asks = [
        Ask(
            ids,
            lay_out(
                family,
                question.proposals,
                propose=model.style == "proposals",
                threshold=model.thresholds.get(family.name),
            ),
        )
        for family, ids in zip(families, question.asked, strict=True)
    ]
    return Job(question.fixed, question.shared, asks, counts)


def _join(families: Sequence[Family], reading: _Reading) -> Asked | SummariseError:
    """The windows' answers, or the first error."""
    answers: dict[str, list[Answered]] = {family.name: [] for family in families}
    for rows in reading.answers:
        if isinstance(rows, SummariseError):
            return rows
        for family, row in zip(families, rows or (), strict=True):
            answers[family.name] += row.result
    joined = {family.name: keep_best(family, answers[family.name]) for family in families}
    return Asked(joined, frozenset(n for q in reading.questions for n in q.owned), reading.counts)


def put_questions(
    tokens: Tokens,
    prompt: Prompt,
    article: Article,
    sentences: Sequence[Sentence],
    families: Sequence[Family],
    window: int,
    style: Style,
) -> Iterator[Question]:
    """The questions of every window of `article`, in its order; `window` in tokens of sentences.

    Raises InputError where there is nothing to ask about.
    """
    asked, lines = render_lines(prompt, sentences)
    lengths = [len(tokens.encode(line)) + 1 for line in lines]
    fixed = tokens.encode_chat(example_turns(prompt, families, style))
    proposals = find_proposals(article, sentences)
    for part in plan_windows(lengths, window, int(window * OVERLAP)):
        shown = prompt.render_article([lines[i] for i in part.shown])
        both = [tokens.encode_question(shown, prompt.render_ask(family, style)) for family in families]
        owned = frozenset(asked[i].number for i in part.owned)
        yield Question(fixed, both[0][0], tuple(ids for _, ids in both), owned, proposals.within(owned))


def render_lines(prompt: Prompt, sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[str]]:
    """The sentences that are asked about, and each as a numbered line.

    Raises InputError where there is none.
    """
    asked = [s for s in sentences if s.number > 0]
    if not asked:
        raise InputError("no sentence in the article", "give the text of an article, not only its layout")
    return asked, [prompt.render_sentence(s.number, s.text) for s in asked]


def keep_best(family: Family, items: list[Answered]) -> list[Answered]:
    """Several windows may keep more than a family holds: the surest stay, in order; the first where nobody
    said how sure they are."""
    if family.keep is None or len(items) <= family.keep.most:
        return items
    surest = {id(a) for a in sorted(items, key=lambda a: -(a.confidence or 0.0))[: family.keep.most]}
    return [a for a in items if id(a) in surest]


def example_turns(prompt: Prompt, families: Sequence[Family], style: Style) -> list[Message]:
    """The turns before the article: the system's, and the examples as if they had been answered."""
    turns = [Message("system", prompt.system)]
    for example in prompt.examples:
        article = read_text(example.text)
        sentences = split_sentences(article)
        proposals = find_proposals(article, sentences)
        _, lines = render_lines(prompt, sentences)
        shown = prompt.render_article(lines)
        for family in families:
            items: list[dict[str, Any]] = example.draft.get(family.name, [])
            answer = write_answer(family, proposals, items, propose=style == "proposals")
            turns.append(Message("user", shown + prompt.render_ask(family, style)))
            turns.append(Message("assistant", answer))
            shown = ""  # later questions are about the same article
    return turns
