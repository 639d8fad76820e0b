"""A GGUF file into what transformers loads fast: safetensors in bf16, config, tokenizer.json.

Done once, when a model is pulled. It never touches the network and leaves the loudness of the
libraries as it found it. Importing this module is cheap: torch and transformers come with the call.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

CONVERTER = 1
"""Raised whenever the same GGUF would give other files; older conversions are then pulled anew."""


def convert_gguf(gguf: Path, folder: Path) -> None:
    """Writes the model of `gguf` into `folder`; the quantised weights are unpacked to bf16."""
    import torch
    import transformers

    # Newer transformers keep GGUF weights packed, which can't be saved; older ones always unpack.
    packing = getattr(transformers, "GgufConfig", None)
    unpack = {"quantization_config": packing(dequantize=True)} if packing else {}
    with _quiet():
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            gguf.parent, gguf_file=gguf.name, local_files_only=True
        )
        _split_as_trained(tokenizer, gguf)
        model = transformers.AutoModelForCausalLM.from_pretrained(
            gguf.parent, gguf_file=gguf.name, dtype=torch.bfloat16, local_files_only=True, **unpack
        )
        if getattr(model.config, "quantization_config", None) is not None:
            del model.config.quantization_config  # the weights are plain by now
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)


def _split_as_trained(tokenizer: Any, gguf: Path) -> None:
    """transformers rebuilds a GPT-2 splitter from any GGUF; SmolLM was trained with each digit apart.

    Without this, blank lines before a digit become other tokens than in training.
    """
    from gguf import GGUFReader
    from tokenizers import pre_tokenizers

    rule = GGUFReader(gguf).get_field("tokenizer.ggml.pre")
    if rule is not None and rule.contents() == "smollm":
        tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Digits(individual_digits=True),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
            ]
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences transformers' logs, warnings and progress bars, and puts them back.

    Some of its bars are plain tqdm that no setting of the library reaches: hence the redirection.
    """
    from transformers.utils import logging as loud

    before = loud.get_verbosity()
    loud.set_verbosity(logging.ERROR)
    nowhere = io.StringIO()
    try:
        with warnings.catch_warnings(), redirect_stdout(nowhere), redirect_stderr(nowhere):
            warnings.simplefilter("ignore")
            yield
    finally:
        loud.set_verbosity(before)
