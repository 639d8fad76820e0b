"""The one seam of the model: what decoding needs of it, and what a fake has to offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
"""Of each token that is allowed, how likely it is: the model's logits."""


@dataclass(frozen=True)
class Due:
    """A free choice that a model is to make.

    at: the index, among the tokens given with it, of the one after which it falls. allowed: the ids of
    the tokens to choose from, ascending.
    """

    at: int
    allowed: NDArray[np.int64]


@dataclass(frozen=True)
class Message:
    """One turn of the chat; `content` is plain text, never markup."""

    role: Literal["system", "user", "assistant"]
    content: str


class Tokens(Protocol):
    """A model's tokenizer.

    matching: the `llguidance.LLTokenizer` of the same vocabulary.
    """

    matching: Any

    def encode(self, text: str) -> list[int]:
        """Token ids of plain text: nothing in it can become a special token."""
        ...

    def encode_chat(self, messages: Sequence[Message]) -> list[int]:
        """Token ids of finished turns, the model's markup around them."""
        ...

    def encode_question(self, shared: str, question: str) -> tuple[list[int], list[int]]:
        """Token ids of the last user turn, parted after `shared`; the answer's opening included."""
        ...


class Model(Protocol):
    """A model as decoding and the pipeline see it.

    context: most tokens of prompt and answer together. window: tokens of sentences read at a
    time. style: whether it is asked to judge proposals or to write open lists. thresholds: by
    family, the least probability of being kept with which a proposal is kept; elsewhere the
    likeliest label decides. token_bytes: what the keys and values of one token take.
    """

    name: str
    revision: str | None
    adapter: str | None
    context: int
    window: int
    style: Literal["proposals", "items"]
    thresholds: Mapping[str, float]
    token_bytes: int

    @property
    def tokens(self) -> Tokens:
        """Its tokenizer."""
        ...

    def read(self, fixed: Sequence[int], article: Sequence[int]) -> Any:
        """`fixed` + `article`, read, for rows to go on from; `fixed` is the part of the prompt that is
        the same for every article and may be kept between calls."""
        ...

    def open(self, prefix: Any) -> Any:
        """A new row behind what was read."""
        ...

    def step(
        self, rows: Sequence[Any], tokens: Sequence[Sequence[int]], asked: Sequence[Sequence[Due]]
    ) -> Sequence[Sequence[Scores]]:
        """Appends `tokens` (ragged, none empty) to `rows`, those behind one prefix together; the scores of
        what is `asked` of each row."""
        ...

    def rewind(self, row: Any, count: int) -> None:
        """Takes the last `count` tokens of `row` back."""
        ...
