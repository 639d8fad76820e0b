"""The words in which a schema of your own is written: what an entry can ask for.

    class Guidance(Entry):
        \"\"\"What the company expects of a coming period.\"\"\"

        metric: Words = Field(description="what is forecast")
        amount: Quantity = Field(description="how much of it is expected")
        direction: Literal["raised", "cut", "kept", "new"]


    class Earnings(BaseModel):
        guidance: list[Guidance]


    Summariser(schema=Earnings).summarise(text).found.guidance

Docstrings and descriptions are what the model is told. A field is one of `Words`, `Quantity`, `Sentence`, a
`Literal` of strings or an Enum of them, each also `| None`; the schema's own fields are `list[SomeEntry]` or
`SomeEntry | None`; `Annotated[list[SomeEntry], Keep(least=0, most=3)]` keeps the surest three, as does
`Field(max_length=3)`. Anything else is refused before a model is loaded. Nothing here knows of news.

A sentence supports at most three items of a list, which differ in their first required `Quantity`, else in
their last required `Words`; with neither, it supports one. An entry with a required `Quantity` is only asked
of sentences that have a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from summarise.draft import Keep, Verbatim
from summarise.summary import Confidence, Frozen, Qualifier

__all__ = ["Entry", "Keep", "Quantity", "Sentence", "Words"]

Pair = tuple[int, int]


@dataclass(frozen=True)
class Whole:
    """The mark of a field that holds the item's sentence; nobody is asked for it."""


Words = Annotated[str, Verbatim()]
"""Words copied from the item's sentence: never empty, never cut inside a word."""

Sentence = Annotated[str, Whole()]
"""The item's whole sentence."""


class Quantity(Frozen):
    """A number of the item's sentence: the model picks which, code reads it.

    mention: as it stands, with its qualifier, sign, currency and unit. value: of a range the lower end, None
    where there is no single one (a score). upper: of a range the higher end. unit: a currency code, "%" or a
    unit of measure in the singular, None for a plain count.
    """

    mention: str
    value: float | int | None
    upper: float | int | None = None
    qualifier: Qualifier
    unit: str | None = None


class Entry(BaseModel):
    """Base of the items that a schema asks for; what every item has beside its own fields.

    evidence: the sentence that says it. spans: code points [start, end) of the article for each string, by
    the field's name, and for `evidence`; a quantity's is that of its mention. confidence: the model's own, 0
    to 1; absent where it told none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    evidence: str
    confidence: Confidence = None
    spans: dict[str, Pair]
