"""Renders the questions: sentences and a file of `prompts/` to chat messages.

All wording comes from the file; nothing here says anything to a model in words of its own.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from summarise.errors import UsageError
from summarise.families import Family

Style = Literal["proposals", "items"]
DEFAULT_PROMPT = "news-1"
SERVER_PROMPT = "server-1"
"""The default for a model behind a server."""
FIELDS_PROMPT = "fields-1"
"""The default for a schema that is not ours."""


@dataclass(frozen=True)
class Example:
    """A worked article: its text and the draft items of each family."""

    text: str
    draft: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Prompt:
    """One version of the wording, and the examples beside it."""

    name: str
    digest: str
    wording: dict[str, Any]
    examples: tuple[Example, ...] = ()

    @property
    def id(self) -> str:
        """What provenance says: name and hash."""
        return f"{self.name}:{self.digest}"

    @cached_property
    def system(self) -> str:
        """The system turn."""
        return str(self.wording["system"]).strip()

    def render_sentence(self, number: int, text: str) -> str:
        """One numbered line of the article."""
        return str(self.wording["sentence"]).format(number=number, text=text)

    def render_article(self, lines: Sequence[str]) -> str:
        """The part of the user's turn that all questions of an article share."""
        return str(self.wording["article"]).lstrip("\n").format(sentences="\n".join(lines))

    def render_ask(self, family: Family, style: Style) -> str:
        """The question for one family; a schema that is not ours is asked by its descriptions.

        What code has no proposals for is asked for as a list, whatever the style.
        """
        style = style if family.proposed else "items"
        known = self.wording.get(style, {}).get(family.name)
        if known is not None:
            return str(known).strip()
        whole = self.of_any_schema and not family.details
        asked = str(self.wording["any"]["sentences" if whole else style]).format(
            family=family.name,
            description=family.description,
            about=family.about,
            fields="\n".join(self._field_lines(family)),
        )
        return asked.strip()

    @property
    def of_any_schema(self) -> bool:
        """Whether it asks for schemas that are not ours."""
        return "fields" in self.wording

    def _field_lines(self, family: Family) -> Iterator[str]:
        wording = self.wording.get("fields", {})
        for field in family.details if wording else ():
            form = "label" if field.labels else "words" if field.verbatim else "quantity"
            labels = ", ".join(json.dumps(label, ensure_ascii=False) for label in field.labels)
            told = str(wording[form]).format(labels=labels)
            told = str(wording["null"]).format(form=told) if field.nullable else told
            line = str(wording["line" if field.description else "bare"])
            yield line.format(name=field.name, form=told, description=field.description)

    def render_form(self, schema: str) -> str:
        """What says to a model behind a server how to write its answer: by a JSON Schema.

        Raises UsageError where the prompt has no words for it.
        """
        return self._of_server("form").format(schema=schema)

    @property
    def probe(self) -> str:
        """What a server is asked so that its answer shows what it is held to: nothing about any article.

        Raises UsageError where the prompt has no words for it.
        """
        return self._of_server("probe")

    def _of_server(self, part: str) -> str:
        if part not in self.wording:
            raise UsageError(f"the prompt {self.name} is not for servers", f"choose {SERVER_PROMPT}")
        return str(self.wording[part]).strip()


def prompts_folder() -> Path:
    """Where the prompt files are: inside the package when installed, else at the checkout's top."""
    inside = Path(__file__).parent / "prompts"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "prompts"


def read_prompt(name: str = DEFAULT_PROMPT) -> Prompt:
    """The prompt `name` with its examples. Raises UsageError when there is none of that name."""
    folder = prompts_folder()
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = sorted(p.stem for p in folder.glob("*.toml") if not p.stem.endswith(".examples"))
        raise UsageError(f"no prompt named {name!r}", f"choose one of {', '.join(known)}")
    data = path.read_bytes()
    beside = folder / f"{name}.examples.toml"
    more = beside.read_bytes() if beside.is_file() else b""
    examples = tomllib.loads(more.decode("utf-8")).get("example", [])
    return Prompt(
        name=name,
        digest=hashlib.sha256(data + b"\0" + more).hexdigest()[:12],
        wording=tomllib.loads(data.decode("utf-8")),
        examples=tuple(Example(e["text"], e["draft"]) for e in examples),
    )
