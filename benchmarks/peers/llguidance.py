"""llguidance as a plain logits processor of transformers: a mask for each token, no forced ones."""

from __future__ import annotations

from typing import Any

from benchmarks.peers.generated import Fresh, measure_generate
from benchmarks.peers.measured import Measured
from benchmarks.peers.task import Task


def measure(task: Task) -> Measured:
    """See `measure_generate`."""
    return measure_generate(task, "llguidance", build)


def build(task: Task, network: Any, tokenizer: Any) -> Fresh:
    """The masks are applied through numpy, which shares the memory: its torch way has to be compiled."""
    import llguidance.hf
    import llguidance.numpy as masks
    from transformers import LogitsProcessor

    width = network.config.vocab_size
    tokens = llguidance.hf.from_tokenizer(tokenizer, n_vocab=width)
    grammar = llguidance.LLMatcher.grammar_from_json_schema(
        task.schema, defaults={"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
    )

    class Masked(LogitsProcessor):
        def __init__(self) -> None:
            self.matcher = llguidance.LLMatcher(tokens, grammar)
            self.mask = masks.allocate_token_bitmask(1, width)
            self.begun = False

        def __call__(self, ids: Any, scores: Any) -> Any:
            if self.begun and not self.matcher.consume_token(int(ids[0, -1])):
                raise RuntimeError(self.matcher.get_error())
            self.begun = True
            masks.fill_next_token_bitmask(self.matcher, self.mask, 0)
            masks.apply_token_bitmask_inplace(scores.numpy(), self.mask)
            return scores

    return lambda: {"logits_processor": [Masked()]}
