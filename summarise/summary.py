"""The promise: what a summary is. Frozen pydantic models, schema "summarise/1".

Every string field of an item has its span in `spans`, and `article.text[s:e]` is that
string, exactly. Only `check` makes items; nothing here judges or computes. The words below fields are their
descriptions in the JSON Schema and in docs/output.md.
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

    model_config = ConfigDict(
        frozen=True, extra="forbid", serialize_by_alias=True, use_attribute_docstrings=True
    )


class GistSentence(Frozen):
    """A whole sentence of the article that a reader with ten seconds should read."""

    text: str
    """The sentence."""
    spans: dict[str, Span]
    """Where `text` stands."""


class Actor(Frozen):
    """Whoever acts, speaks, decides or is acted upon."""

    name: str
    """The fullest form of the name in the evidence."""
    kind: Kind | None
    """Which of these it is; null only where a checked summary named none of them."""
    role: str | None = None
    """What the article calls it (office, relation, description), where that stands beside the name."""
    aliases: tuple[str, ...] = ()
    """Other forms of the name in the article that mean the same one."""
    evidence: str
    """The sentence that shows it."""
    confidence: Confidence = None
    """The model's probability of this item and kind; absent where no model was asked."""
    spans: dict[str, Span]
    """Where `name`, `role` and `evidence` stand."""
    mentions: tuple[Span, ...] = ()
    """Every place of the article where the name or an alias stands."""


class Number(Frozen):
    """A quantity; `value`, `upper`, `qualifier`, `unit` are read from `mention` by code."""

    mention: str
    """The words of the figure, with its qualifier and unit."""
    value: float | int | None
    """The figure; of a range the lower end. null where the words have none (`dozens`)."""
    upper: float | int | None = None
    """The upper end of a range."""
    qualifier: Qualifier
    """How exact it is, by its words."""
    unit: str | None = None
    """A currency code (ISO 4217), `percent`, or a unit in the singular (`year`, `km`)."""
    counts: str | None = None
    """The words for what is counted or measured."""
    evidence: str
    """The sentence that it stands in."""
    confidence: Confidence = None
    """The model's probability of `counts`; absent where no model was asked."""
    spans: dict[str, Span]
    """Where `mention`, `counts` and `evidence` stand."""


class Location(Frozen):
    """A named place; `country` is an ISO 3166 alpha-2 code where a gazetteer settles it, else null."""

    name: str
    """The name as it stands in the evidence."""
    country: str | None = None
    """ISO 3166 alpha-2 code; null where the gazetteer does not settle it."""
    aliases: tuple[str, ...] = ()
    """Other forms of the name in the article."""
    evidence: str
    """The sentence that it stands in."""
    confidence: Confidence = None
    """The model's probability that a place is meant; absent where no model was asked."""
    spans: dict[str, Span]
    """Where `name` and `evidence` stand."""
    mentions: tuple[Span, ...] = ()
    """Every place of the article where the name or an alias stands."""


class Stance(Frozen):
    """A position that someone takes for, against or explicitly between."""

    holder: str
    """Who takes the position."""
    target: str
    """What it is about."""
    polarity: Polarity
    """Which position it is."""
    quote: str | None = None
    """The holder's own words between quotation marks, where there are some."""
    evidence: str
    """The sentence that says so."""
    confidence: Confidence = None
    """The model's probability of the stance and its polarity; absent where no model was asked."""
    spans: dict[str, Span]
    """Where `holder`, `target`, `quote` and `evidence` stand."""


class Issue(Frozen):
    """One reason why an item did not hold: which check, and what it found."""

    check: str
    """The rule, by name."""
    message: str
    """What it found, in words."""


class Rejected(Frozen):
    """An item of the draft that the article does not support, as it was written."""

    field: str
    """The list it was meant for (`actors`), or the leaf of an item that stays without it (`actors.role`)."""
    item: dict[str, Any]
    """The item as it was written."""
    issues: tuple[Issue, ...]
    """Every reason."""


class Disagreement(Frozen):
    """Numbers of the article that count the same thing and differ: their places in `numbers`."""

    counts: str
    """What they count."""
    numbers: tuple[int, ...]
    """Places in `numbers`, from 0."""


class Note(Frozen):
    """What `check` leaves open of item `index` of `field`, and why; the item holds in all else."""

    field: str
    """The list that the item is in."""
    index: int
    """Its place in that list, from 0."""
    check: str
    """The rule, by name."""
    message: str
    """What is left open, in words."""


class Coverage(Frozen):
    """What code can see for certain, and how much of it the summary accounts for."""

    sentences: int
    """Sentences of the article."""
    sentences_read: int
    """Those that the model was shown whole; all, where a summary was only checked."""
    sentences_reported: int = 0
    """Those that are in the gist or some item's evidence."""
    numbers: int
    """Figures that code sees."""
    numbers_reported: int
    """Those among `numbers`."""
    quotations: int
    """Quotations that code sees."""
    quotations_reported: int
    """Those that are a stance's quote."""
    complete: bool
    """Whether the whole article was read."""


class Seen(Frozen):
    """Something that code sees in the article: its words and where they stand."""

    text: str
    """The words."""
    span: Span
    """Where they stand."""


class Unreported(Frozen):
    """What code sees in the article and the summary does not account for."""

    sentences: tuple[Seen, ...]
    """In no gist and no evidence."""
    numbers: tuple[Seen, ...]
    """Figures that are no item of `numbers`."""
    quotations: tuple[Seen, ...]
    """Words between quotation marks that are no stance's quote."""


class Provenance(Frozen):
    """What made the summary; no clock and no host, so that the same run gives the same bytes.

    model and prompt are null where no model was asked: a summary was only checked.
    """

    version: str
    """Of summarise."""
    model: str | None = None
    """Its name; null where no model was asked."""
    revision: str | None = None
    """Which bytes the model is."""
    adapter: str | None = None
    """The trained adapter, by name and hash."""
    prompt: str | None = None
    """The wording, by name and hash; null where no model was asked."""
    constraint: Annotated[str | None, Field(exclude_if=lambda value: value is None)] = None
    """How strongly a server held its answers to their form; absent for a model that ran here, where every
    string is held to its sentence."""


class ArticleInfo(Frozen):
    """Which article it is; `text` only where it was asked for."""

    id: str | None = None
    """The file or record it came from; null for standard input."""
    title: str | None = None
    """The headline, where one is seen."""
    characters: int
    """Length of the text in code points."""
    sha256: str
    """Of the text, in UTF-8."""
    text: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """The text that spans point into; absent unless it was asked for (`--with-text`)."""

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
    """The version of this form."""
    article: ArticleInfo
    """Which article it is."""
    gist: tuple[GistSentence, ...] = ()
    """The sentences that say most."""
    actors: tuple[Actor, ...] = ()
    """Who acts or is acted upon."""
    numbers: tuple[Number, ...] = ()
    """Every figure."""
    locations: tuple[Location, ...] = ()
    """Named places."""
    stances: tuple[Stance, ...] = ()
    """Who is for or against what."""
    disagreements: tuple[Disagreement, ...] = ()
    """Figures that count the same thing and differ."""
    notes: tuple[Note, ...] = ()
    """What the check leaves open of items that hold."""
    rejected: tuple[Rejected, ...] = ()
    """What the article does not support, with reasons."""
    coverage: Coverage
    """How much of the article is accounted for."""
    unreported: Annotated[Unreported | None, Field(exclude_if=lambda value: value is None)] = None
    """What is not accounted for; absent unless it was asked for (`check --coverage`)."""
    provenance: Provenance
    """What made this summary."""
