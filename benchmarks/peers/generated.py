"""transformers' own `generate` under a peer's constraint: what four of the peers share."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.peers.measured import Measured, cut_of
from benchmarks.peers.task import Task

WARM_TOKENS = 8

Fresh = Callable[[], dict[str, Any]]
"""Makes the arguments of `generate` that constrain one call."""


class Passes:
    """When each forward pass of a network was over."""

    def __init__(self, network: Any) -> None:
        """network: a torch module; it is watched from now on."""
        self.ends: list[float] = []
        network.register_forward_hook(lambda *_: self.ends.append(time.perf_counter()))


def load_network(task: Task) -> tuple[Any, Any]:
    """The weights as a transformers network, ready to run, and its tokenizer."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.set_num_threads(task.threads)
    tokenizer = AutoTokenizer.from_pretrained(task.model, local_files_only=True)
    network: Any = AutoModelForCausalLM.from_pretrained(
        task.model, local_files_only=True, dtype=getattr(torch, task.dtype)
    )
    return network.eval(), tokenizer


def measure_generate(task: Task, library: str, build: Callable[[Task, Any, Any], Fresh]) -> Measured:
    """One answer, written greedily; `build(task, network, tokenizer)` compiles the constraint."""
    measured = Measured()
    with measured.phase("import"):
        import_module("torch")
        import_module("transformers")
        import_module(library)
    with measured.phase("load"):
        network, tokenizer = load_network(task)
    with measured.phase("compile"):
        fresh = build(task, network, tokenizer)
    passes = Passes(network)

    def write(prompt: str, most: int, seconds: float | None) -> tuple[int, list[int]]:
        inputs = tokenizer(prompt, add_special_tokens=False, return_tensors="pt")
        end, given = tokenizer.eos_token_id, inputs["input_ids"].shape[1]
        written = network.generate(
            input_ids=inputs["input_ids"],
            attention_mask=inputs["attention_mask"],
            max_new_tokens=most,
            max_time=seconds,
            do_sample=False,
            eos_token_id=end,
            pad_token_id=end,
            **fresh(),
        )
        return given, written[0, given:].tolist()

    with measured.phase("warm"):
        write(task.warm_prompt, WARM_TOKENS, None)
    passes.ends.clear()
    began = time.perf_counter()
    measured.prompt_tokens, ids = write(task.prompt, task.most_tokens, task.seconds)
    measured.part(began, passes.ends, time.perf_counter())
    finished = bool(ids) and ids[-1] == tokenizer.eos_token_id
    measured.tokens, measured.shown = len(ids), measured.prompt_tokens + len(ids)
    measured.cut = cut_of(len(ids), task.most_tokens, finished)
    measured.answer = tokenizer.decode(
        ids[:-1] if finished else ids, skip_special_tokens=True, clean_up_tokenization_spaces=False
    )
    return measured
