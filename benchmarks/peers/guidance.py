"""guidance: its own loop over a transformers network, forced tokens in the same pass."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.peers.generated import WARM_TOKENS, Passes, load_network
from benchmarks.peers.measured import Measured, cut_of
from benchmarks.peers.task import Task


def measure(task: Task) -> Measured:
    """One answer, written greedily; the engine is called as `guidance.models.Transformers` calls it."""
    measured = Measured()
    with measured.phase("import"):
        import guidance
        import transformers
        from guidance.models._transformers import TransformersEngine
    _crop_as_before(transformers.Cache)
    with measured.phase("load"):
        network, tokenizer = load_network(task)
        engine = TransformersEngine(network, tokenizer, enable_monitoring=False)
    with measured.phase("compile"):
        grammar = guidance.json(schema=task.schema, temperature=0.0).ll_grammar()
    passes = Passes(network)

    def count(text: str) -> int:
        return len(tokenizer(text, add_special_tokens=False)["input_ids"])

    with measured.phase("warm"):
        _write(engine, grammar, task.warm_prompt, WARM_TOKENS, None)
    # what was read to warm up shares its first tokens with the prompt: nobody else may keep those
    engine._past_key_values, engine._cached_logits, engine._cached_token_ids = None, None, []
    passes.ends.clear()
    began = time.perf_counter()
    answer, finished = _write(engine, grammar, task.prompt, task.most_tokens, task.seconds)
    measured.part(began, passes.ends, time.perf_counter())
    measured.prompt_tokens, measured.tokens = count(task.prompt), count(answer)
    measured.shown = measured.prompt_tokens + measured.tokens
    measured.answer, measured.cut = answer, cut_of(measured.tokens, task.most_tokens, finished)
    return measured


def _write(engine: Any, grammar: str, prompt: str, most: int, seconds: float | None) -> tuple[str, bool]:
    """The answer, and whether it came to its end."""
    from guidance.models._engine import EngineState

    state = EngineState()
    state.prompt = prompt
    written, tokens, began = b"", 0, time.perf_counter()
    for piece in engine(state, grammar, ensure_bos_token=False):
        written += piece.new_bytes
        tokens += sum(not token.is_input for token in piece.tokens)
        if tokens >= most or (seconds is not None and time.perf_counter() - began >= seconds):
            return written.decode("utf-8", "ignore"), False
    return written.decode("utf-8"), True


def _crop_as_before(cache: Any) -> None:
    """0.3.1 crops a cache to a length, as transformers 4 did; transformers 5 wants minus what to remove."""
    crop = cache.crop
    cache.crop = lambda self, length: crop(self, length - self.get_seq_length())
