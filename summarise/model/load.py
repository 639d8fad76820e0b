"""Loads a model folder (safetensors, tokenizer) and runs rows over it. Never touches the network."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging as transformers_logging

from summarise.errors import DecodeError, ModelError
from summarise.model import attention
from summarise.model.cache import RowCache
from summarise.model.seam import Logits
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
        self._fixed: tuple[tuple[int, ...], RowCache] | None = None

    def open(self, fixed: Sequence[int], article: Sequence[int], rows: int) -> RowSession:
        """A session of `rows` rows that all continue `fixed` + `article`; `fixed` is kept for the next."""
        if self._fixed is None or self._fixed[0] != tuple(fixed):
            cache = RowCache()
            if fixed:
                self._prefill(cache, fixed, 0)
            self._fixed = (tuple(fixed), cache)
        cache = self._fixed[1].spread(1)
        if article:
            self._prefill(cache, article, len(fixed))
        return RowSession(self, cache.spread(rows), len(fixed) + len(article), rows)

    def _prefill(self, cache: RowCache, ids: Sequence[int], start: int) -> None:
        for at in range(0, len(ids), _PREFILL):
            piece = ids[at : at + _PREFILL]
            positions = torch.arange(start + at, start + at + len(piece))[None]
            self.forward(cache, None, torch.tensor([list(piece)]), positions)

    @torch.inference_mode()
    def forward(
        self, cache: RowCache, rows: torch.Tensor | None, ids: torch.Tensor, positions: torch.Tensor
    ) -> torch.Tensor:
        """Hidden states [n, t, width] of `ids` [n, t] at `positions` [n, t], written to the cache."""
        device = self.network.device
        ids, positions = ids.to(device), positions.to(device)
        cache.aim(rows, positions)
        reach = int(positions.max()) + 1
        mask = torch.arange(reach, device=device)[None, None, None, :] <= positions[:, None, :, None]
        output = self.network.base_model(
            input_ids=ids, position_ids=positions, attention_mask=mask, past_key_values=cache, use_cache=True
        )
        hidden: torch.Tensor = output.last_hidden_state
        return hidden


class RowSession:
    """Rows of one article that share its prefix (see `seam.Session`)."""

    def __init__(self, model: LocalModel, cache: RowCache, length: int, rows: int) -> None:
        """cache: `rows` equal rows of `length` tokens each."""
        self._model, self._cache = model, cache
        self._lengths = [length] * rows
        self._slots = list(range(rows))  # the rows still alive, in the order of the cache

    @torch.inference_mode()
    def step(self, rows: Sequence[int], tokens: Sequence[Sequence[int]]) -> Logits:
        """Appends `tokens` (ragged, none empty) to `rows`; float32 logits [len(rows), vocabulary]."""
        width = max(map(len, tokens))
        if max(self._lengths[r] for r in rows) + width > self._model.context:
            raise DecodeError(
                f"the answer outgrew the model's context of {self._model.context} tokens",
                "use a smaller --window or a model with a longer context",
            )
        ids = torch.zeros((len(rows), width), dtype=torch.long)
        positions = torch.zeros((len(rows), width), dtype=torch.long)
        for i, (row, new) in enumerate(zip(rows, tokens, strict=True)):
            ids[i, : len(new)] = torch.tensor(list(new))
            positions[i] = torch.arange(self._lengths[row], self._lengths[row] + width)
        slots = [self._slots.index(row) for row in rows]
        where = None if slots == list(range(len(self._slots))) else torch.tensor(slots)
        hidden = self._model.forward(self._cache, where, ids, positions)
        for row, new in zip(rows, tokens, strict=True):
            self._lengths[row] += len(new)
        last = torch.tensor([len(new) - 1 for new in tokens], device=hidden.device)
        hidden = hidden[torch.arange(len(rows), device=hidden.device), last]
        logits: Logits = self._model.network.lm_head(hidden).float().cpu().numpy()
        return logits

    def finish(self, row: int) -> None:
        """Frees what `row` holds; it is not stepped again."""
        slot = self._slots.index(row)
        self._slots.remove(row)
        if self._slots:
            self._cache.keep([i for i in range(len(self._slots) + 1) if i != slot])


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


def _choose_dtype(folder: Path, device: str) -> torch.dtype:
    """float32 for a small model on a CPU, bfloat16 otherwise.

    Measured: a processor without bfloat16 units multiplies it seven times slower than float32, and
    its results differ more from one processor to the next. A large model would not fit, so it stays.
    """
    size = sum(file.stat().st_size for file in folder.glob("*.safetensors"))
    return torch.float32 if device == "cpu" and size <= _SMALL else torch.bfloat16
