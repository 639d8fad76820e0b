"""What every system is given: one article, one prompt, one schema; and when an answer counts.

The schema holds strings only, in lists that end: so much all of today's peers can bear. At least one item is
asked for in each, so that an empty answer can't pass for a quick one.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import jinja2
from pydantic import BaseModel, ConfigDict, Field, ValidationError

WARM = "Ana Roe went to Lima on Monday. She met 40 farmers there."
"""A text that is read before the clock starts, so that what is loaded late is loaded."""


MOST = {"gist": 3, "actors": 8, "numbers": 8, "locations": 6, "stances": 4}
"""The most items of each list of `Answer`."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Actor(_Strict):
    """Someone who acts, speaks or decides."""

    name: str
    kind: Literal["person", "organisation", "government", "group"]
    role: str


class Number(_Strict):
    """A quantity and what it counts."""

    mention: str
    counts: str


class Location(_Strict):
    """A named place."""

    name: str


class Stance(_Strict):
    """A position that someone takes."""

    holder: str
    polarity: Literal["for", "against", "neutral"]
    target: str


class Answer(_Strict):
    """What the article says."""

    gist: Annotated[list[str], Field(min_length=1, max_length=MOST["gist"])]
    actors: Annotated[list[Actor], Field(min_length=1, max_length=MOST["actors"])]
    numbers: Annotated[list[Number], Field(min_length=1, max_length=MOST["numbers"])]
    locations: Annotated[list[Location], Field(min_length=1, max_length=MOST["locations"])]
    stances: Annotated[list[Stance], Field(min_length=1, max_length=MOST["stances"])]


ASK = """Read the article and write what it says as JSON with these keys:
gist: the one to three sentences that a reader with ten seconds should read.
actors: who acts or speaks, with name, kind (person, organisation, government or group) and role.
numbers: the numbers as written (mention), and what each counts.
locations: the named places.
stances: who (holder) is for, against or neutral (polarity) about what (target).

Article:
{article}"""


@dataclass(frozen=True)
class Task:
    """What one process of a peer is to do.

    model: a folder with the weights for transformers. gguf: the file with the weights for llama.cpp, None
    where there is none. prompt, warm_prompt: whole, with the model's chat markup. most_tokens: of the answer.
    seconds: after how long a call is cut, None for never. dtype: "float32" or "bfloat16".
    """

    model: str
    gguf: str | None
    prompt: str
    warm_prompt: str
    schema: dict[str, Any]
    most_tokens: int
    seconds: float | None
    threads: int
    dtype: str

    def to_json(self) -> str:
        """The task as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Task:
        """The task of `to_json`."""
        return cls(**json.loads(text))


@dataclass(frozen=True)
class Judged:
    """complete: the answer is whole JSON. valid: it fits the schema. items: how many its lists hold."""

    complete: bool
    valid: bool
    items: int


def judge(answer: str) -> Judged:
    """What of `answer` holds; text around the JSON, or an end that is missing, makes it incomplete."""
    try:
        data = json.loads(answer)
    except ValueError:
        return Judged(False, False, 0)
    lists = data.values() if isinstance(data, dict) else ()
    items = sum(len(value) for value in lists if isinstance(value, list))
    try:
        Answer.model_validate(data)
    except ValidationError:
        return Judged(True, False, items)
    return Judged(True, True, items)


def render_prompt(article: str, template: str) -> str:
    """The user's turn about `article` in the chat markup of `template` (Jinja), the answer's opening too."""
    turns = [{"role": "user", "content": ASK.format(article=article)}]
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)
    return environment.from_string(template).render(messages=turns, add_generation_prompt=True)


def make_task(
    article: str,
    model: Path,
    gguf: Path | None,
    *,
    most_tokens: int,
    seconds: float | None,
    threads: int,
    dtype: str,
) -> Task:
    """The task about `article` for the weights in the folder `model`, whose chat template is used."""
    template = (model / "chat_template.jinja").read_text("utf-8")
    return Task(
        model=str(model),
        gguf=str(gguf) if gguf else None,
        prompt=render_prompt(article, template),
        warm_prompt=render_prompt(WARM, template),
        schema=Answer.model_json_schema(),
        most_tokens=most_tokens,
        seconds=seconds,
        threads=threads,
        dtype=dtype,
    )
