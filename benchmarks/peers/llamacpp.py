"""llama.cpp through llama-cpp-python: quantised weights, and a grammar made of the schema."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from math import ceil
from typing import Any

from benchmarks.peers.generated import WARM_TOKENS
from benchmarks.peers.measured import Measured, cut_of
from benchmarks.peers.task import Task


def measure(task: Task) -> Measured:
    """One answer, written greedily."""
    measured, ends = Measured(), list[float]()
    with measured.phase("import"):
        import llama_cpp
    with measured.phase("load"):
        engine = llama_cpp.Llama(
            model_path=task.gguf,
            n_ctx=ceil((len(task.prompt) / 3 + task.most_tokens) / 256) * 256,  # no more memory than it needs
            n_threads=task.threads,
            n_threads_batch=task.threads,
            verbose=False,
        )
    with measured.phase("compile"):
        grammar = llama_cpp.LlamaGrammar.from_json_schema(json.dumps(task.schema), verbose=False)
    _watch(engine, ends)

    def read(text: str) -> list[int]:
        ids: list[int] = engine.tokenize(text.encode(), add_bos=False, special=True)
        return ids

    with measured.phase("warm"):
        _write(engine, grammar, read(task.warm_prompt), WARM_TOKENS, None)
    engine.reset()  # or the prompts' common beginning would not be read again
    ids = read(task.prompt)
    ends.clear()
    began = time.perf_counter()
    written, finished = _write(engine, grammar, ids, task.most_tokens, task.seconds)
    ended = time.perf_counter()
    # the prompt goes in pieces; the last of them is the pass behind which the first token is chosen
    measured.part(began, ends[ceil(len(ids) / engine.n_batch) - 1 :], ended)
    measured.prompt_tokens, measured.tokens = len(ids), len(written) + finished
    measured.shown = measured.prompt_tokens + measured.tokens
    measured.cut = cut_of(len(written), task.most_tokens, finished)
    measured.answer = engine.detokenize(written).decode("utf-8", "replace")
    return measured


def _watch(engine: Any, ends: list[float]) -> None:
    """Notes in `ends` when each forward pass was over."""
    decode = engine._ctx.decode

    def watched(batch: Any) -> None:
        decode(batch)
        ends.append(time.perf_counter())

    engine._ctx.decode = watched


def _write(
    engine: Any, grammar: Any, ids: Sequence[int], most: int, seconds: float | None
) -> tuple[list[int], bool]:
    """The answer's tokens without the one that ends it, and whether that came."""
    from llama_cpp import llama_cpp

    written, began = list[int](), time.perf_counter()
    for token in engine.generate(ids, temp=0.0, repeat_penalty=1.0, grammar=grammar):
        if llama_cpp.llama_vocab_is_eog(engine._model.vocab, token):
            return written, True
        written.append(token)
        if len(written) >= most or (seconds is not None and time.perf_counter() - began >= seconds):
            break
    return written, False
