"""xgrammar: the schema as a pushdown automaton with precomputed masks."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.peers.generated import Fresh, measure_generate
from benchmarks.peers.measured import Measured
from benchmarks.peers.task import Task


def measure(task: Task) -> Measured:
    """See `measure_generate`."""
    return measure_generate(task, "xgrammar", build)


def build(task: Task, network: Any, tokenizer: Any) -> Fresh:
    """A new processor for each call, as its documentation asks for; JSON in one line."""
    import xgrammar
    from xgrammar.contrib.hf import LogitsProcessor

    told = xgrammar.TokenizerInfo.from_huggingface(tokenizer, vocab_size=network.config.vocab_size)
    compiler = xgrammar.GrammarCompiler(told)
    compiled = compiler.compile_json_schema(json.dumps(task.schema), any_whitespace=False)
    return lambda: {"logits_processor": [LogitsProcessor(compiled)]}
