"""Loads a model folder (safetensors, tokenizer) and runs rows over it. Never touches the network."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy as np
import torch
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging as transformers_logging

from summarise.errors import ModelError
from summarise.model import attention
from summarise.model.cache import Packed, Prefix, RowCache
from summarise.model.kept import LEAST, load_prefix, prefix_file, save_prefix
from summarise.model.seam import Due, Scores
from summarise.model.tokens import ChatTokens

_LOADING = threading.Lock()  # transformers switches global state while it makes a model
_SMALL = 1 << 30  # bytes of weights as stored
_PREFILL = 1024  # tokens of one prefill pass: bounds the memory of its mask and activations


class LocalModel:
    """A causal language model in memory, ready to decode (see `seam.Model`)."""

    def __init__(self, network: Any, tokens: ChatTokens, name: str) -> None:
        """network: a transformers causal LM in evaluation mode. The attributes below may be set."""
        self.network = network
        self.tokens = tokens
        self.name = name
        self.revision: str | None = None
        self.adapter: str | None = None
        self.context = int(getattr(network.config, "max_position_embeddings", 2048))
        self.window = min(2048, self.context // 3)
        self.style: Literal["proposals", "items"] = "proposals"
        self.thresholds: Mapping[str, float] = {}
        self.token_bytes = _token_bytes(network)
        self.kept: Path | None = None
        """A folder in which the fixed part of prompts is kept between runs."""
        self._fixed: tuple[tuple[int, ...], Prefix] | None = None

    def read(self, fixed: Sequence[int], article: Sequence[int]) -> Prefix:
        """`fixed` + `article`, read; `fixed` is kept for the next."""
        if self._fixed is None or self._fixed[0] != tuple(fixed):
            self._fixed = (tuple(fixed), self._read_fixed(fixed))
        prefix = self._fixed[1].fork()
        self._prefill(prefix, article)
        return prefix

    def _read_fixed(self, fixed: Sequence[int]) -> Prefix:
        """`fixed` from the disk where it was kept, else read and kept."""
        prefix, file = Prefix(), None
        if self.kept and self.revision and len(fixed) >= LEAST:
            network = self.network
            about = (self.name, self.revision, self.adapter, network.dtype, network.device)
            file = prefix_file(self.kept, fixed, *about)
            found = load_prefix(file, len(fixed), network.device)
            if found is not None:
                return found
        self._prefill(prefix, fixed)
        if file is not None:
            save_prefix(file, prefix)
        return prefix

    def open(self, prefix: Prefix) -> RowCache:
        """A new row behind `prefix`."""
        return RowCache(prefix)

    @torch.inference_mode()
    def step(
        self, rows: Sequence[RowCache], tokens: Sequence[Sequence[int]], asked: Sequence[Sequence[Due]]
    ) -> list[list[Scores]]:
        """Appends `tokens` (ragged, none empty) to `rows`, neighbours of one prefix together; the scores
        of what is asked of each row."""
        counts = [len(new) for new in tokens]
        packed = Packed(rows, counts, self.network.device)
        hidden = self.forward(packed, [t for new in tokens for t in new], packed.positions)
        starts = accumulate(counts, initial=0)
        places = [start + due.at for start, dues in zip(starts, asked, strict=False) for due in dues]
        allowed = [due.allowed for dues in asked for due in dues]
        every = np.unique(np.concatenate(allowed))
        head = self.network.get_output_embeddings()
        bias = None if head.bias is None else head.bias[every]
        scores = torch.nn.functional.linear(hidden[places], head.weight[every], bias).float().cpu().numpy()
        told = iter([row[np.searchsorted(every, ids)] for row, ids in zip(scores, allowed, strict=True)])
        return [[next(told) for _ in dues] for dues in asked]

    def rewind(self, row: RowCache, count: int) -> None:
        """Takes the last `count` tokens of `row` back."""
        row.length -= count

    def _prefill(self, prefix: Prefix, ids: Sequence[int]) -> None:
        for at in range(0, len(ids), _PREFILL):
            piece = ids[at : at + _PREFILL]
            self.forward(prefix, piece, prefix.aim(len(piece), self.network.device))

    @torch.inference_mode()
    def forward(self, cache: Packed | Prefix, ids: Sequence[int], positions: torch.Tensor) -> torch.Tensor:
        """Hidden states [tokens, width] of `ids` at `positions` [1, tokens], written to the cache."""
        device = self.network.device
        output = self.network.base_model(
            input_ids=torch.tensor([list(ids)], device=device),
            position_ids=positions,
            attention_mask=torch.ones((1, 1, 1, 1), dtype=torch.bool, device=device),  # ours to say
            past_key_values=cache,
            use_cache=True,
            written_to=cache,
        )
        cache.grown()
        hidden: torch.Tensor = output.last_hidden_state[0]
        return hidden


def load_model(
    folder: Path, name: str, *, device: str = "auto", template: Mapping[str, bool | str] | None = None
) -> LocalModel:
    """The model in `folder`: config.json, *.safetensors, tokenizer files.

    device: "auto" takes CUDA where there is one. template: variables for the chat template, by
    default no thinking. Raises ModelError for a folder that is no sound model and for a device that
    is not there; weights that run foreign code are never loaded.
    """
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("transformers").setLevel(logging.ERROR)
    if not (folder / "config.json").is_file():
        raise ModelError(
            f"no model in {folder}", "give a folder with config.json, *.safetensors and a tokenizer"
        )
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise ModelError("there is no GPU that torch can use", "leave --device at auto or cpu")
    dtype = _choose_dtype(folder, device)
    local = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = AutoConfig.from_pretrained(folder, **local)
        tokenizer = AutoTokenizer.from_pretrained(folder, **local)
        with _LOADING:
            loaded: Any = AutoModelForCausalLM.from_pretrained(
                folder,
                output_loading_info=True,
                config=config,
                dtype=dtype,
                use_safetensors=True,
                attn_implementation=attention.NAME,
                **local,
            )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"can't load the model in {folder}: {line}", "pull it again or check the folder"
        ) from error
    network, told = loaded
    if told["missing_keys"]:  # transformers would go on with random numbers
        raise ModelError(
            f"the model in {folder} lacks weights, {min(told['missing_keys'])} first",
            "pull it again or check the folder",
        )
    network = network.to(device).eval()
    vocabulary = network.get_output_embeddings().weight.shape[0]
    variables = {"enable_thinking": False, **(template or {})}
    return LocalModel(network, ChatTokens(tokenizer, vocabulary, variables), name)


def _token_bytes(network: Any) -> int:
    """Bytes of the keys and values of one token in all layers."""
    config = network.config
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return int(config.num_hidden_layers * 2 * heads * width * network.dtype.itemsize)


def _choose_dtype(folder: Path, device: str) -> torch.dtype:
    """float32 for a small model on a CPU, bfloat16 otherwise.

    Measured: a processor without bfloat16 units multiplies it seven times slower than float32, and
    its results differ more from one processor to the next. A large model would not fit, so it stays.
    """
    size = sum(file.stat().st_size for file in folder.glob("*.safetensors"))
    return torch.float32 if device == "cpu" and size <= _SMALL else torch.bfloat16
