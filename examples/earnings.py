"""A company's report on its quarter, in fields of our own: a schema is a file, and nothing else.

summarise --schema examples/earnings.py:Earnings examples/earnings.txt
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from summarise.fields import Entry, Keep, Quantity, Sentence, Words


class Figure(Entry):
    """A figure that the company reports of the period that has ended."""

    metric: Words = Field(description="what the figure is of, such as revenue")
    amount: Quantity = Field(description="the figure")
    before: Quantity | None = Field(default=None, description="the same figure of an earlier period")


class Guidance(Entry):
    """What the company expects of a period to come."""

    metric: Words = Field(description="what is forecast")
    amount: Quantity = Field(description="how much of it is expected")
    direction: Literal["raised", "cut", "kept", "new"] = Field(description="against what it said before")
    period: Words | None = Field(default=None, description="the period it is for")


class Remark(Entry):
    """What someone says about the business."""

    speaker: Words = Field(description="who says it")
    tone: Literal["confident", "cautious", "neutral"]
    text: Sentence


class Earnings(BaseModel):
    """What a company reports of its business."""

    figures: list[Figure]
    guidance: list[Guidance]
    remarks: Annotated[list[Remark], Keep(least=0, most=3)]
