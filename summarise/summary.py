"""The promise: what a summary is. Frozen pydantic models, schema "summarise/1".

Every string field of an item has its span in `spans`, and `article.text[s:e]` is that
string, exactly. Only `check` makes items; nothing here judges or computes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarise.article import Article, Span

SCHEMA: Literal["summarise/1"] = "summarise/1"

Kind = Literal["person", "organisation", "government", "group"]
Qualifier = Literal["exact", "about", "at_least", "at_most", "range"]
Polarity = Literal["for", "against", "neutral"]
Confidence = Annotated[float | None, Field(ge=0, le=1, exclude_if=lambda value: value is None)]
"""The model's own probability of the item; absent where no model was asked."""


class Frozen(BaseModel):
    """No field can be set after construction, none can be added."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class GistSentence(Frozen):
    """A whole sentence of the article that a reader with ten seconds should read."""

    text: str
    spans: dict[str, Span]


class Actor(Frozen):
    """Whoever acts, speaks, decides or is acted upon."""

    name: str
    kind: Kind | None
    """None only where a summary that was checked did not say a kind that there is."""
    role: str | None = None
    aliases: tuple[str, ...] = ()
    evidence: str
    confidence: Confidence = None
    spans: dict[str, Span]
    mentions: tuple[Span, ...] = ()


class Number(Frozen):
    """A quantity; `value`, `upper`, `qualifier`, `unit` are read from `mention` by code."""

    mention: str
    value: float | int | None
    upper: float | int | None = None
    qualifier: Qualifier
    unit: str | None = None
    counts: str | None = None
    evidence: str
    confidence: Confidence = None
    spans: dict[str, Span]


class Location(Frozen):
    """A named place; `country` is an ISO 3166 alpha-2 code where a gazetteer settles it, else None."""

    name: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    evidence: str
    confidence: Confidence = None
    spans: dict[str, Span]
    mentions: tuple[Span, ...] = ()


class Stance(Frozen):
    """A position that someone takes for, against or explicitly between."""

    holder: str
    target: str
    polarity: Polarity
    quote: str | None = None
    evidence: str
    confidence: Confidence = None
    spans: dict[str, Span]


class Issue(Frozen):
    """One reason why an item did not hold: which check, and what it found."""

    check: str
    message: str


class Rejected(Frozen):
    """An item of the draft that the article does not support, as it was written."""

    field: str
    item: dict[str, Any]
    issues: tuple[Issue, ...]


class Disagreement(Frozen):
    """Numbers of the article that count the same thing and differ: their places in `numbers`."""

    counts: str
    numbers: tuple[int, ...]


class Note(Frozen):
    """What `check` leaves open of item `index` of `field`, and why; the item holds in all else."""

    field: str
    index: int
    check: str
    message: str


class Coverage(Frozen):
    """What code can see for certain, and how much of it the summary accounts for.

    sentences_read: those that the model was shown whole; all, where a summary was only checked.
    sentences_reported: those that are in the gist or some item's evidence.
    """

    sentences: int
    sentences_read: int
    sentences_reported: int = 0
    numbers: int
    numbers_reported: int
    quotations: int
    quotations_reported: int
    complete: bool


class Seen(Frozen):
    """Something that code sees in the article: its words and where they stand."""

    text: str
    span: Span


class Unreported(Frozen):
    """What code sees in the article and the summary does not account for."""

    sentences: tuple[Seen, ...]
    numbers: tuple[Seen, ...]
    quotations: tuple[Seen, ...]


class Provenance(Frozen):
    """What made the summary; no clock and no host, so that the same run gives the same bytes.

    model and prompt are None where no model was asked: a summary was only checked. constraint: how strongly
    the answers of a model behind a server were held to their form; absent for a model of our own, where every
    string is held to its sentence.
    """

    version: str
    model: str | None = None
    revision: str | None = None
    adapter: str | None = None
    prompt: str | None = None
    constraint: Annotated[str | None, Field(exclude_if=lambda value: value is None)] = None


class ArticleInfo(Frozen):
    """Which article it is; `text` only where it was asked for."""

    id: str | None = None
    title: str | None = None
    characters: int
    sha256: str
    text: str | None = Field(default=None, exclude_if=lambda value: value is None)

    @classmethod
    def of(cls, article: Article, *, with_text: bool = False) -> ArticleInfo:
        """What a summary says of `article`."""
        return cls(
            id=article.id,
            title=article.slice(article.title) if article.title else None,
            characters=len(article.text),
            sha256=article.sha256,
            text=article.text if with_text else None,
        )


class Summary(Frozen):
    """The verified summary of one article."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: Literal["summarise/1"] = Field(default=SCHEMA, alias="schema")
    article: ArticleInfo
    gist: tuple[GistSentence, ...] = ()
    actors: tuple[Actor, ...] = ()
    numbers: tuple[Number, ...] = ()
    locations: tuple[Location, ...] = ()
    stances: tuple[Stance, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    notes: tuple[Note, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    coverage: Coverage
    unreported: Annotated[Unreported | None, Field(exclude_if=lambda value: value is None)] = None
    provenance: Provenance
