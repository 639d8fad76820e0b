"""lm-format-enforcer: a parser of characters, asked which tokens may follow."""

from __future__ import annotations

from typing import Any

from benchmarks.peers.generated import Fresh, measure_generate
from benchmarks.peers.measured import Measured
from benchmarks.peers.task import Task


def measure(task: Task) -> Measured:
    """See `measure_generate`."""
    return measure_generate(task, "lmformatenforcer", build)


def build(task: Task, network: Any, tokenizer: Any) -> Fresh:
    """The function of allowed tokens that `generate` takes."""
    import transformers
    import transformers.tokenization_utils as moved
    from lmformatenforcer import JsonSchemaParser

    # 0.11.3 imports the name from where transformers 4 had it
    moved.PreTrainedTokenizerBase = transformers.PreTrainedTokenizerBase
    from lmformatenforcer.integrations.transformers import (
        build_token_enforcer_tokenizer_data,
        build_transformers_prefix_allowed_tokens_fn,
    )

    data = build_token_enforcer_tokenizer_data(tokenizer)

    def fresh() -> dict[str, Any]:
        parser = JsonSchemaParser(task.schema)
        return {"prefix_allowed_tokens_fn": build_transformers_prefix_allowed_tokens_fn(data, parser)}

    return fresh
