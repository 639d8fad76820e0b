"""Stand-ins for a model: scripted answers without weights, and tiny random models of real families."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from llguidance import LLMatcher
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from summarise.decode import AHEAD, Job, decode_jobs
from summarise.errors import SummariseError
from summarise.grammar import build_grammar
from summarise.model import Due, Scores
from summarise.model.tokens import ChatTokens
from summarise.row import Ask, Counts, Decoded
from summarise.segment import Filled

TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
WIDTH = 256 + 3 + 5
"""Logits of a tiny model: bytes, special tokens, and some more, as real models often have."""
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def byte_tokenizer() -> PreTrainedTokenizerFast:
    """One token a byte, and three special tokens."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: i for i, letter in enumerate(letters)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(SPECIAL)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        bos_token="<|im_start|>",
    )
    fast.chat_template = TEMPLATE
    return fast


class ScriptedModel:
    """Plays a script: `script(question, written)` names what to write next, as far as the grammar lets it.

    The script is given the text of the row's own prompt and what has been written so far, and returns
    the text it would like to follow. Tokens are bytes, so every free choice is visible.
    """

    def __init__(self, script: Callable[[str, str], str]) -> None:
        self.script = script
        self.name, self.revision, self.adapter = "scripted", None, None
        self.context, self.window, self.style = 1_000_000, 100_000, "proposals"
        self.thresholds: dict[str, float] = {}
        self.token_bytes = 1
        self._tokenizer = byte_tokenizer()
        self.tokens = ChatTokens(self._tokenizer, len(self._tokenizer), {})
        self.opened: list[tuple[str, str]] = []

    def text(self, ids: Sequence[int]) -> str:
        return self.tokens.matching.decode_bytes(list(ids)).decode("utf-8", "replace")

    def read(self, fixed: Sequence[int], article: Sequence[int]) -> int:
        self.opened.append((self.text(fixed), self.text(article)))
        return self.context - len(fixed) - len(article)

    def open(self, prefix: int) -> ScriptedRow:
        return ScriptedRow(prefix)

    def step(
        self, rows: Sequence[ScriptedRow], tokens: Sequence[Sequence[int]], asked: Sequence[Sequence[Due]]
    ) -> list[list[Scores]]:
        return [self._score(row, new, dues) for row, new, dues in zip(rows, tokens, asked, strict=True)]

    def _score(self, row: ScriptedRow, new: Sequence[int], dues: Sequence[Due]) -> list[Scores]:
        assert new
        assert dues[-1].at < len(new)
        before = len(row.fed)
        row.fed.extend(new)
        assert len(row.fed) <= row.room
        found = []
        for due in dues:
            question, _, written = self.text(row.fed[: before + due.at + 1]).rpartition("assistant\n")
            wish = self.tokens.encode(self.script(question, written))[:1]
            found.append(np.where(np.isin(due.allowed, wish), 9.0, 0.0).astype(np.float32))
        return found

    def rewind(self, row: ScriptedRow, count: int) -> None:
        del row.fed[len(row.fed) - count :]


class ScriptedRow:
    """What one row has been shown behind its prefix, with `room` for so many tokens."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.fed: list[int] = []


def score_all(model: Any, rows: Sequence[Any], tokens: Sequence[Sequence[int]]) -> np.ndarray:
    """Steps a tiny model; the scores of its whole vocabulary behind each row's last token."""
    every = np.arange(WIDTH)
    asked = [[Due(len(new) - 1, every)] for new in tokens]
    return np.stack([own[0] for own in model.step(rows, tokens, asked)])


def first_scores(model: Any, fixed: list[int], article: list[int], rows: list[list[int]]) -> np.ndarray:
    """As `score_all`, for new rows behind one prompt."""
    prefix = model.read(fixed, article)
    return score_all(model, [model.open(prefix) for _ in rows], rows)


def decode_rows(
    model: Any,
    fixed: Sequence[int],
    article: Sequence[int],
    asks: Sequence[Ask[Any]],
    counts: Counts,
    *,
    ahead: int = AHEAD,
) -> list[Decoded[Any]]:
    """Runs every ask over the shared prompt `fixed` + `article`, greedily, to its end.

    ahead: how many tokens each row guesses at most; 0 for none.
    Raises GrammarError or DecodeError; nothing is returned then, so no cut answer can pass for a
    whole one.
    """
    ((_, done),) = decode_jobs(model, [Job(fixed, article, asks, counts)], ahead=ahead)
    if isinstance(done, SummariseError):
        raise done
    return done


def follow(answers: Callable[[str], str]) -> Callable[[str, str], str]:
    """A script that writes `answers(question)` from start to end, and nothing when it has strayed."""

    def script(question: str, written: str) -> str:
        whole = answers(question)
        return whole[len(written) :] if whole.startswith(written) else ""

    return script


def save_tiny(folder: Path, family: str) -> Path:
    """A tiny randomly initialised model of `family` (a transformers model type), saved as a folder."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    tokenizer = byte_tokenizer()
    torch.manual_seed(7)
    config = AutoConfig.for_model(
        family,
        vocab_size=WIDTH,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        max_position_embeddings=8192,
        tie_word_embeddings=True,
        pad_token_id=0,
        bos_token_id=0,
        eos_token_id=0,
    )
    AutoModelForCausalLM.from_config(config).to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def fill(program: Any, pick: Callable[[list[int], bytes], int]) -> tuple[Any, str, int]:
    """Runs a skeleton's program with `pick(allowed tokens, answer so far)` in the model's place.

    Drives the real matcher token by token, without the decoding loop: what comes back is the program's
    result, the whole text of the answer and the number of free choices.
    """
    tokens, end = BYTES.tokens, BYTES._tokenizer.eos_token_id
    text, free = "", 0
    try:
        segment = next(program)
        while True:
            matcher = LLMatcher(tokens.matching, build_grammar(segment))
            assert not matcher.is_error(), matcher.get_error()
            written: list[int] = []
            while not matcher.is_stopped():
                bits = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
                allowed = np.flatnonzero(np.unpackbits(bits, bitorder="little")).tolist()
                assert allowed and end not in allowed, "a segment ends by itself, never by a choice"
                free += len(allowed) > 1
                so_far = text.encode() + tokens.matching.decode_bytes(written)
                written.append(pick(allowed, so_far))
                assert matcher.consume_tokens(written[-1:]), matcher.get_error()
            piece = tokens.matching.decode_bytes(written).decode("utf-8")
            text += piece
            segment = program.send(Filled(piece))
    except StopIteration as stop:
        return stop.value, text, free


def choose_along(answer: str) -> Callable[[list[int], bytes], int]:
    """Picks what `answer` has next, and fails where the grammar does not allow it."""
    ids = BYTES.tokens.encode(answer)

    def pick(allowed: list[int], so_far: bytes) -> int:
        assert ids[len(so_far)] in allowed, f"the grammar refuses what follows {so_far.decode()!r}"
        return ids[len(so_far)]

    return pick


BYTES = ScriptedModel(lambda question, written: "")
