"""Finds out which model a server has and how strongly it holds answers to a form, before any article.

A server may take a field and not heed it. So it is asked something that has nothing to do with the form: only
who is held to it answers in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarise.article import Article
from summarise.errors import ModelError, SummariseError, UsageError
from summarise.families import Family
from summarise.prompt import Prompt
from summarise.proposals import find_proposals
from summarise.sentences import split_sentences
from summarise.server.answers import read_answer
from summarise.server.client import Client, Reply, ServedModel
from summarise.server.constraint import CONSTRAINTS, Constraint, Dialect, find_dialects
from summarise.server.endpoint import Endpoint
from summarise.server.faults import Fault, one_line
from summarise.server.question import Question

TOKENS = 512  # of the answer: room for one that thinks first
_NOT_TAKEN = {400, 415, 422, 500, 501}  # llama-cpp-python says 500 to fields that it doesn't know
_TEXT = "Ana Roe, the mayor, said that she would go to Lima."


@dataclass(frozen=True)
class Settled:
    """What a server turned out to be: the model's name, and how to ask."""

    model: str
    dialect: Dialect


async def settle(
    endpoint: Endpoint,
    model: str | None,
    wanted: Constraint | None,
    prompt: Prompt,
    families: Sequence[Family],
) -> Settled:
    """Which of the server's models is asked (`model`, or its only one), and the strongest constraint that it
    keeps to (`wanted`, or any).

    Raises ModelError where the server is no use, UsageError where it has several models and none is named.
    """
    async with Client(endpoint) as client:
        try:
            return await _settle(client, model, wanted, prompt, families)
        except Fault as fault:
            raise ModelError(fault.message, fault.hint) from None


async def _settle(
    client: Client, model: str | None, wanted: Constraint | None, prompt: Prompt, families: Sequence[Family]
) -> Settled:
    served = await client.list_models()
    name = model or _only(served)
    owner = next((one.owned_by for one in served if one.id == name), None)
    owner = owner or (served[0].owned_by if served else None)
    refused: Fault | None = None
    question = _question(families)
    turns = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.probe}]
    for dialect in find_dialects(owner, wanted):
        try:
            fields = dialect.fields(question)
            reply = await client.complete(
                name, turns, TOKENS, fields, final=() if dialect.constraint == "plain" else _NOT_TAKEN
            )
        except Fault as fault:
            if dialect.constraint == "plain" or fault.status not in _NOT_TAKEN:
                raise
            refused = fault
        else:
            if _obeys(reply, question, dialect.constraint):
                return Settled(name, dialect)
    said = f" ({refused.message})" if refused else ""
    raise ModelError(
        f"the server does not hold answers to {wanted}{said}",
        f"leave --constraint out, or choose another of {', '.join(CONSTRAINTS)}",
    )


def _question(families: Sequence[Family]) -> Question:
    """One of the family with most fields: its form has all that a form may have."""
    article = Article(_TEXT)
    proposals = find_proposals(article, split_sentences(article))
    return Question(max(families, key=lambda family: len(family.details)), proposals, "")


def _obeys(reply: Reply, question: Question, constraint: Constraint) -> bool:
    """Whether an answer to something else has the form all the same; it may have been cut off."""
    begun = reply.content.lstrip()
    if constraint == "plain":
        return True
    if constraint == "json_object":
        return begun.startswith("{")
    if reply.cut:
        return "".join(begun.split()).startswith(f'{{"{question.family.name}":')
    try:
        read_answer(reply.content, question.family, constraint)
    except SummariseError:
        return False
    return True


def _only(served: list[ServedModel]) -> str:
    if len(served) == 1:
        return served[0].id
    if not served:
        raise UsageError("the server does not say which models it has", "name one with --model")
    names = one_line(", ".join(model.id for model in served))
    raise UsageError(f"the server has {len(served)} models", f"name one with --model: {names}")
