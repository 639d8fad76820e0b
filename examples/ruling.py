"""A court's ruling in fields of our own, from Python: what comes back is typed.

python examples/ruling.py examples/ruling.txt
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, Field

from summarise import Report, Summariser, read_file
from summarise.fields import Entry, Quantity, Sentence, Words


class Outcome(StrEnum):
    """How a case ended."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"
    SENT_BACK = "sent back"


class Decision(Entry):
    """What the court decided in the end."""

    court: Words = Field(description="the court that decides")
    outcome: Outcome = Field(description="what became of the earlier judgment")
    text: Sentence


class Argument(Entry):
    """What a party argued."""

    party: Words = Field(description="who argued it")
    argument: Words = Field(description="what they said")


class Order(Entry):
    """Money or time that the court ordered."""

    amount: Quantity = Field(description="how much, or how long")
    whom: Words | None = Field(default=None, description="who has to pay it or heed it")


class Ruling(BaseModel):
    """A court's ruling."""

    decision: Decision | None
    arguments: list[Argument]
    orders: list[Order]


def tell(report: Report[Ruling]) -> None:
    """Prints the ruling, each line with where in the text it stands."""
    if decision := report.found.decision:
        print(decision.outcome.value, decision.court, *decision.spans["court"], sep="\t")
    for argument in report.found.arguments:
        print(argument.party, argument.argument, *argument.spans["argument"], sep="\t")
    for order in report.found.orders:
        print(order.amount.value, order.amount.unit, *order.spans["amount"], sep="\t")


if __name__ == "__main__":
    tell(Summariser(schema=Ruling).summarise(read_file(Path(sys.argv[1]))))
