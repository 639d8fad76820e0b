"""How an answer can be held to its form, from the strongest to nothing, and how servers want to be told.

    grammar      every string is a span of the sentence that the item names (llguidance's Lark)
    json_schema  the right keys, labels and sentence numbers
    json_object  some JSON object
    plain        whatever the model writes; the question asks for JSON

Whatever is promised, the answer is read as if nothing had been.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from summarise.server.question import Question

Constraint = Literal["grammar", "json_schema", "json_object", "plain"]
CONSTRAINTS: tuple[Constraint, ...] = get_args(Constraint)

# by which llama.cpp and SGLang tell llguidance's grammars from their own
_LLGUIDANCE = "%llguidance {}\n"


@dataclass(frozen=True)
class Dialect:
    """One way to ask for a constraint: the fields that a request gets for a question.

    of: the servers (as they call themselves in their list of models) that understand it; None for anyone.
    """

    constraint: Constraint
    fields: Callable[[Question], dict[str, Any]]
    of: str | None = None


def _json_schema(question: Question) -> dict[str, Any]:
    form = {"name": question.family.name, "strict": True, "schema": question.schema}
    return {"response_format": {"type": "json_schema", "json_schema": form}}


DIALECTS = (
    Dialect("grammar", lambda question: {"structured_outputs": {"grammar": question.grammar}}),  # vLLM
    Dialect("grammar", lambda question: {"guided_grammar": question.grammar}),  # vLLM before 0.12
    # these two are for nobody else: llama-cpp-python, given a grammar that it can't read, dies of it
    Dialect("grammar", lambda question: {"grammar": _LLGUIDANCE + question.grammar}, of="llamacpp"),
    Dialect("grammar", lambda question: {"ebnf": _LLGUIDANCE + question.grammar}, of="sglang"),
    Dialect("json_schema", _json_schema),
    Dialect(  # llama-cpp-python
        "json_schema",
        lambda question: {"response_format": {"type": "json_object", "schema": question.schema}},
    ),
    Dialect("json_object", lambda question: {"response_format": {"type": "json_object"}}),
    Dialect("plain", lambda question: {}),
)


def find_dialects(owner: str | None, wanted: Constraint | None) -> list[Dialect]:
    """The ways worth trying with a server that calls itself `owner`, strongest first; only those of the
    constraint that is wanted."""
    fitting = [d for d in DIALECTS if d.of in (None, owner) and wanted in (None, d.constraint)]
    return sorted(fitting, key=lambda d: (CONSTRAINTS.index(d.constraint), d.of != owner))
