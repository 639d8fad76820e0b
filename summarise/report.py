"""What comes of a schema of one's own: the schema's model, filled, with what a summary says of itself.

As in a summary, `article.text[s:e]` is the string, exactly, for every span. Only `check` makes entries.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from summarise.summary import ArticleInfo, Coverage, Frozen, Provenance, Rejected

REPORT_SCHEMA: Literal["summarise/fields/1"] = "summarise/fields/1"

M = TypeVar("M", bound=BaseModel)


class SchemaInfo(Frozen):
    """Which schema was asked for; the hash is of its JSON Schema and of all that is asked of a model."""

    name: str
    sha256: str


class ReportProvenance(Provenance):
    """What made the report."""

    fields: SchemaInfo


class Report(Frozen, Generic[M]):
    """The verified report of one article in a schema of one's own.

    found: what holds. rejected: what the article does not support, with the reasons.
    """

    model_config = ConfigDict(populate_by_name=True)

    schema_: Literal["summarise/fields/1"] = Field(default=REPORT_SCHEMA, alias="schema")
    article: ArticleInfo
    found: M
    rejected: tuple[Rejected, ...] = ()
    coverage: Coverage
    provenance: ReportProvenance
