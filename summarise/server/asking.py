"""Asks a server about articles: a question for every window and family, several articles at a time.

Judges nothing: what comes back is a draft, and what could not be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

from anyio.from_thread import start_blocking_portal

from summarise.answer import Answered
from summarise.article import Article
from summarise.asking import OVERLAP, Asked, Progress, keep_best, render_lines
from summarise.errors import DecodeError, SummariseError
from summarise.families import Family
from summarise.prompt import Prompt
from summarise.proposals import find_proposals
from summarise.row import Counts
from summarise.sentences import Sentence
from summarise.server.answers import read_answer
from summarise.server.client import Client
from summarise.server.faults import Fault
from summarise.server.question import Question
from summarise.server.served import Server
from summarise.summary import Rejected
from summarise.windows import plan_windows

LIMITS = (1536, 8192)
"""Tokens that an answer may have: at first, and when that cut it off."""


@dataclass
class _Window:
    """What one window of an article came to."""

    answers: dict[str, list[Answered]] = field(default_factory=dict)
    unfit: list[Rejected] = field(default_factory=list)
    requests: int = 0


@dataclass
class _Reading:
    """An article being read: the windows that are still to be asked about, and what the others came to."""

    number: int
    left: list[list[Question]]
    read: frozenset[int]
    done: list[_Window] = field(default_factory=list)


def ask_each(
    server: Server,
    prompt: Prompt,
    articles: Iterable[tuple[Article, Sequence[Sentence]]],
    families: Sequence[Family],
    *,
    most: int = 1,
    progress: Progress | None = None,
) -> Iterator[tuple[int, Asked | SummariseError]]:
    """As `summarise.asking.ask_each`, of a server: up to `most` articles, and so many requests, at a time.

    Nothing is yielded of an article but its answers in full or the error that ended it.
    """
    source = enumerate(articles)
    running: dict[Future[_Window], _Reading] = {}
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server.endpoint)) as client,
    ):

        def ask_next(reading: _Reading) -> None:
            if progress:
                progress(len(reading.done), len(reading.done) + len(reading.left))
            if reading.left:
                window = reading.left.pop(0)
                running[portal.start_task_soon(_ask_window, client, server, prompt, window)] = reading

        while True:
            while len(running) < most and (taken := next(source, None)):
                number, (article, sentences) = taken
                try:
                    windows = put_questions(server, prompt, article, sentences, families)
                except SummariseError as error:
                    yield number, error
                    continue
                ask_next(_Reading(number, windows, frozenset(s.number for s in sentences if s.number > 0)))
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                reading = running.pop(future)
                try:
                    reading.done.append(future.result())
                except Fault as fault:
                    yield reading.number, fault.as_error()
                    continue
                except SummariseError as error:
                    yield reading.number, error
                    continue
                last = not reading.left
                ask_next(reading)
                if last:
                    yield reading.number, _join(families, reading)


def put_questions(
    server: Server,
    prompt: Prompt,
    article: Article,
    sentences: Sequence[Sentence],
    families: Sequence[Family],
) -> list[list[Question]]:
    """The questions of every window of `article`, in its order; one that can have no answer is not asked.

    Raises InputError where there is nothing to ask about.
    """
    asked, lines = render_lines(prompt, sentences)
    lengths = [server.count_tokens(line) + 1 for line in lines]
    proposals = find_proposals(article, sentences)
    windows = []
    for part in plan_windows(lengths, server.window, int(server.window * OVERLAP)):
        shown = prompt.render_article([lines[i] for i in part.shown])
        owned = proposals.within({asked[i].number for i in part.owned})
        questions = [Question(family, owned, shown) for family in families]
        windows.append([question for question in questions if question.places])
    return windows


async def _ask_window(client: Client, server: Server, prompt: Prompt, questions: list[Question]) -> _Window:
    """Asks one question after the other: what they share, a server has to read only once."""
    window = _Window()
    for question in questions:
        name = question.family.name
        turns, fields = question.turns(prompt), server.dialect.fields(question)
        for limit in LIMITS:
            window.requests += 1
            reply = await client.complete(server.name, turns, limit, fields)
            if not reply.cut:
                break
        else:
            raise DecodeError(
                f"the model's list of {name} was cut off after {limit} tokens",
                "read less at a time with --window, or try another model",
            )
        items, unfit = read_answer(reply.content, question.family, server.constraint)
        window.answers[name] = [Answered(item) for item in items]
        window.unfit += unfit
    return window


def _join(families: Sequence[Family], reading: _Reading) -> Asked:
    """The windows' answers, in order."""
    answers = {
        family.name: keep_best(
            family, [one for window in reading.done for one in window.answers.get(family.name, ())]
        )
        for family in families
    }
    counts = Counts(passes=sum(window.requests for window in reading.done))
    return Asked(answers, reading.read, counts, tuple(one for window in reading.done for one in window.unfit))
