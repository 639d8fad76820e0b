"""Text to token ids and chat markup, so that article text can never act as markup.

Contents are encoded by a copy of the tokenizer that knows no added tokens: `<|im_end|>` in an
article becomes ordinary pieces. Only the model's own chat template yields special tokens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import llguidance.hf
from tokenizers import Tokenizer

from summarise.errors import ModelError
from summarise.model.seam import Message

# A template that tells the model today's date would make a summary depend on the day it is made.
_NO_CLOCK = "{%- macro strftime_now(form) -%}1 January 2025{%- endmacro -%}"
_HOLE = re.compile("\ue000(\\d+)\ue001")  # where a content goes in a rendered template


class ChatTokens:
    """The tokenizer of a transformers model, with its chat template (see `seam.Tokens`)."""

    def __init__(self, tokenizer: Any, vocabulary: int, variables: Mapping[str, bool | str]) -> None:
        """tokenizer: a fast transformers tokenizer; vocabulary: width of the model's logits;
        variables: what the chat template needs to be told."""
        if not getattr(tokenizer, "chat_template", None):
            raise ModelError("the model has no chat template", "choose an instruct model")
        self._tokenizer = tokenizer
        self._variables = dict(variables)
        self._template = _NO_CLOCK + tokenizer.get_chat_template()
        data = json.loads(tokenizer.backend_tokenizer.to_str())
        data["added_tokens"], data["post_processor"] = [], None
        self._plain = Tokenizer.from_str(json.dumps(data))
        self.matching = llguidance.hf.from_tokenizer(tokenizer, n_vocab=vocabulary)

    def encode(self, text: str) -> list[int]:
        """Token ids of plain text: nothing in it can become a special token."""
        ids: list[int] = self._plain.encode(text, add_special_tokens=False).ids
        return ids

    def encode_chat(self, messages: Sequence[Message]) -> list[int]:
        """Token ids of finished turns, the model's markup around them."""
        rendered = self._render([m.role for m in messages], answer=False)
        return [i for part in self._fill(rendered, [m.content for m in messages]) for i in part]

    def encode_question(self, shared: str, question: str) -> tuple[list[int], list[int]]:
        """Token ids of the last user turn, parted after `shared`; the answer's opening included.

        The template's own preamble (a default system text, say) is left out: it belongs to the
        turns before, which `encode_chat` renders.
        """
        whole = self._render(["system", "user"], answer=True)
        before = self._render(["system"], answer=False)
        if not whole.startswith(before):
            raise ModelError("the chat template is not made turn by turn", "choose another model")
        opening, closing = self._fill(whole[len(before) :], ["", ""], split_after=1)
        first, rest = self._part(shared, question)
        return [*opening, *first], [*rest, *closing]

    def _part(self, shared: str, question: str) -> tuple[list[int], list[int]]:
        """Ids of both texts, as they are when they stand together: a token may look at what follows.

        The first list is the same for every question.
        """
        joined = self._plain.encode(shared + "A", add_special_tokens=False)
        clean = not any(start < len(shared) < end for start, end in joined.offsets)
        first = joined.ids[: sum(end <= len(shared) for _, end in joined.offsets)]
        whole = self.encode(shared + question)
        if clean and whole[: len(first)] == first:
            return first, whole[len(first) :]
        return self.encode(shared), self.encode(question)

    def _render(self, roles: Sequence[str], *, answer: bool) -> str:
        turns = [{"role": role, "content": f"\ue000{i}\ue001"} for i, role in enumerate(roles)]
        text: str = self._tokenizer.apply_chat_template(
            turns,
            chat_template=self._template,
            tokenize=False,
            add_generation_prompt=answer,
            **self._variables,
        )
        return text

    def _fill(
        self, rendered: str, contents: Sequence[str], *, split_after: int | None = None
    ) -> tuple[list[int], list[int]]:
        """Ids of `rendered` with its holes filled, in two lists: up to hole `split_after`, and the rest."""
        parts: tuple[list[int], list[int]] = ([], [])
        side = 0
        for i, piece in enumerate(_HOLE.split(rendered)):
            if i % 2 == 0:
                parts[side].extend(self._tokenizer.encode(piece, add_special_tokens=False))
                continue
            parts[side].extend(self.encode(contents[int(piece)]))
            if int(piece) == split_after:
                side = 1
        return parts
