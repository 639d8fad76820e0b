"""One question to a server: one family, one window of an article; and the forms its answer can be held to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarise.families import Family
from summarise.grammar import build_list_grammar
from summarise.openlist import most_open, open_fields, open_item, places
from summarise.prompt import Prompt
from summarise.proposals import Proposals
from summarise.segment import Segment, Slot
from summarise.server.schema import describe_family
from summarise.slots import field_slot, label_slot


@dataclass(frozen=True)
class Question:
    """proposals: of the window's own sentences, with their texts; shown: the window's sentences, rendered."""

    family: Family
    proposals: Proposals
    shown: str

    @cached_property
    def places(self) -> list[int]:
        """The numbers of the sentences that can support an item; without any there is nothing to ask."""
        return places(self.family, self.proposals)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the answer."""
        return describe_family(self.family, self.places)

    @property
    def grammar(self) -> str:
        """The answer in llguidance's Lark: every string of an item is a span of the sentence it names."""
        most = most_open(self.family, self.proposals)
        if self.family.keep:
            most = min(most, self.family.keep.most)
        items = [self._item(number) for number in self.places]
        return build_list_grammar(f'{{"{self.family.name}": [', items, "]}", most)

    def turns(self, prompt: Prompt) -> list[dict[str, str]]:
        """The chat that puts it; all questions of a window begin alike, which a server can make use of."""
        schema = json.dumps(describe_family(self.family), ensure_ascii=False)
        ask = f"{prompt.render_ask(self.family, 'items')}\n{prompt.render_form(schema)}"
        return [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": self.shown + ask},
        ]

    def _item(self, number: int) -> Segment:
        parts: list[str | Slot] = []
        text = open_item(self.family, number)
        for i, field in enumerate(open_fields(self.family)):
            parts.append(f'{text}{"," if i else ""} "{field.name}": ')
            text = ""
            if field is self.family.gate:
                parts.append(label_slot(self.family, dropping=False))
            else:
                parts.append(field_slot(field, number, None, self.proposals))
        return Segment((*parts, "}") if parts else (text,))
