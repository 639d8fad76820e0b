"""outlines: the schema as a regular expression, compiled to an index over the vocabulary."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.peers.generated import Fresh, measure_generate
from benchmarks.peers.measured import Measured
from benchmarks.peers.task import Task


def measure(task: Task) -> Measured:
    """See `measure_generate`."""
    return measure_generate(task, "outlines", build)


def build(task: Task, network: Any, tokenizer: Any) -> Fresh:
    """The generator's own logits processor, which `generate` is called with just as outlines does."""
    import outlines

    model = outlines.from_transformers(network, tokenizer)
    processor = outlines.Generator(model, outlines.json_schema(json.dumps(task.schema))).logits_processor

    def fresh() -> dict[str, Any]:
        processor.reset()
        return {"logits_processor": [processor]}

    return fresh
