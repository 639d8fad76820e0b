"""A model behind a server, as the rest of the package sees it: a name, a constraint and a window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from summarise.server.constraint import Constraint, Dialect
from summarise.server.endpoint import Endpoint

WINDOW = 2000
"""Tokens of sentences read at a time, counted as below: with question and answer they fit in the 4,096 real
ones that are all some servers have by default, to which they cut a question without a word."""
_BYTES = 3  # of UTF-8 in a token: fewer than any usual tokenizer has, so that nothing is found too long


@dataclass(frozen=True)
class Server:
    """name: the model's, as the server knows it. dialect: how its answers are held to their form.
    window: tokens of sentences read at a time, as `count_tokens` counts them."""

    endpoint: Endpoint
    name: str
    dialect: Dialect
    window: int = WINDOW

    revision: ClassVar[None] = None
    adapter: ClassVar[None] = None

    @property
    def constraint(self) -> Constraint:
        """How strongly its answers are held to their form."""
        return self.dialect.constraint

    def count_tokens(self, text: str) -> int:
        """About how many tokens `text` has, rather too many: the tokenizer is the server's."""
        return -(-len(text.encode("utf-8", "surrogatepass")) // _BYTES)
