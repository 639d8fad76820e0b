"""The whole flow, on one page: article -> sentences -> draft -> check -> summary.

Each step hands a finished value to the next. Nothing here judges, words or computes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from summarise.answer import Answered
from summarise.article import Article
from summarise.asking import Asked, Progress, ask_each
from summarise.check import Judgement, check_draft, check_entries, count_coverage
from summarise.draft import Draft
from summarise.errors import SummariseError, UsageError
from summarise.families import Family, read_families
from summarise.model import Model
from summarise.prompt import Prompt
from summarise.report import Report, ReportProvenance
from summarise.row import Counts
from summarise.schema import Schema
from summarise.sentences import Sentence, split_sentences
from summarise.server import Server
from summarise.summary import ArticleInfo, Provenance, Summary
from summarise.version import VERSION

Output = TypeVar("Output", bound="Summary | Report[Any]")


@dataclass(frozen=True)
class Result(Generic[Output]):
    """A summary, or a report in a schema of one's own, and what it cost."""

    summary: Output
    counts: Counts


def summarise_article(
    model: Model | Server,
    prompt: Prompt,
    article: Article,
    *,
    schema: Schema[Any] | None = None,
    with_text: bool = False,
    progress: Progress | None = None,
) -> Result[Any]:
    """The verified summary of `article`, or what is found of a `schema` of one's own.

    Raises InputError where there is nothing to ask about.
    """
    ((_, result),) = summarise_each(
        model, prompt, [article], schema=schema, with_text=with_text, progress=progress
    )
    if isinstance(result, SummariseError):
        raise result
    return result


def summarise_each(
    model: Model | Server,
    prompt: Prompt,
    articles: Iterable[Article],
    *,
    schema: Schema[Any] | None = None,
    most: int = 1,
    memory: int | None = None,
    with_text: bool = False,
    progress: Progress | None = None,
) -> Iterator[tuple[int, Result[Any] | SummariseError]]:
    """As `summarise_article`, for many: the windows of up to `most` articles are decoded together.

    Yields each article's number and its result, or the error that ended it alone, as they end.
    memory: bytes of keys and values that they may take together, but for one alone; not for a server.
    """
    reading: dict[int, tuple[Article, Sequence[Sentence]]] = {}

    def split() -> Iterator[tuple[Article, Sequence[Sentence]]]:
        for number, article in enumerate(articles):
            reading[number] = article, split_sentences(article)
            yield reading[number]

    families = schema.families if schema else read_families(Draft)
    for number, asked in _ask_each(model, prompt, families, split(), most, memory, progress):
        article, sentences = reading.pop(number)
        if isinstance(asked, SummariseError):
            yield number, asked
        elif schema is None:
            yield number, _judge(model, prompt, article, sentences, asked, with_text)
        else:
            try:
                report = _report(model, prompt, schema, article, sentences, asked, with_text)
            except UsageError as error:
                yield number, error
            else:
                yield number, Result(report, asked.counts)


def _ask_each(
    model: Model | Server,
    prompt: Prompt,
    families: Sequence[Family],
    articles: Iterable[tuple[Article, Sequence[Sentence]]],
    most: int,
    memory: int | None,
    progress: Progress | None,
) -> Iterator[tuple[int, Asked | SummariseError]]:
    if not isinstance(model, Server):
        return ask_each(model, prompt, articles, families, most=most, memory=memory, progress=progress)
    from summarise.server.asking import ask_each as ask_server_each  # HTTP is for those who use it

    return ask_server_each(model, prompt, articles, families, most=most, progress=progress)


def _judge(
    model: Model | Server,
    prompt: Prompt,
    article: Article,
    sentences: Sequence[Sentence],
    asked: Asked,
    with_text: bool,
) -> Result[Summary]:
    """The answers checked, and what holds of them as a summary."""
    items = {name: [answer.item for answer in answers] for name, answers in asked.answers.items()}
    judgement = check_draft(article, sentences, Draft.model_validate(items))
    judgement = _with_confidence(judgement, asked.answers)
    summary = Summary(
        article=ArticleInfo.of(article, with_text=with_text),
        gist=judgement.gist,
        actors=judgement.actors,
        numbers=judgement.numbers,
        locations=judgement.locations,
        stances=judgement.stances,
        disagreements=judgement.disagreements,
        notes=judgement.notes,
        rejected=(*judgement.rejected, *asked.unfit),
        coverage=count_coverage(article, sentences, judgement, asked.read),
        provenance=Provenance(**_made_by(model, prompt)),
    )
    return Result(summary, asked.counts)


def _report(
    model: Model | Server,
    prompt: Prompt,
    schema: Schema[Any],
    article: Article,
    sentences: Sequence[Sentence],
    asked: Asked,
    with_text: bool,
) -> Report[Any]:
    """As `_judge`, of a schema of one's own. Raises UsageError where that won't have what was found."""
    drafts = {
        family.name: [family.item.model_validate(a.item).model_dump() for a in asked.answers[family.name]]
        for family in schema.families
    }
    verdicts, coverage = check_entries(article, sentences, schema, drafts, asked.read)
    found = {
        name: [
            item.model_copy(update={"confidence": _surest(asked.answers[name], [origin])})
            for item, origin in zip(told.items, told.origins, strict=True)
        ]
        for name, told in verdicts.items()
    }
    return schema.report(
        article=ArticleInfo.of(article, with_text=with_text),
        found=schema.fill(found),
        rejected=(*(one for told in verdicts.values() for one in told.rejected), *asked.unfit),
        coverage=coverage,
        provenance=ReportProvenance(**_made_by(model, prompt), fields=schema.info),
    )


def _made_by(model: Model | Server, prompt: Prompt) -> dict[str, Any]:
    """What provenance says of every output."""
    return {
        "version": VERSION,
        "model": model.name,
        "revision": model.revision,
        "adapter": model.adapter,
        "prompt": prompt.id,
        "constraint": model.constraint if isinstance(model, Server) else None,
    }


def _with_confidence(judgement: Judgement, answers: dict[str, list[Answered]]) -> Judgement:
    """Sets each verified item's confidence: that of the surest draft item it was made from."""
    changed: dict[str, Any] = {}
    for name in ("actors", "numbers", "locations", "stances"):
        surest = [_surest(answers[name], origin) for origin in judgement.origins[name]]
        changed[name] = tuple(
            item.model_copy(update={"confidence": confidence})
            for item, confidence in zip(getattr(judgement, name), surest, strict=True)
        )
    return replace(judgement, **changed)


def _surest(answers: Sequence[Answered], origin: Iterable[int]) -> float | None:
    told = [answers[i].confidence for i in origin]
    return max((round(one, 4) for one in told if one is not None), default=None)
