"""What a model answers at the free choices of an example, and how far that is from the labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from training import packing
from training.examples import Choice, Example

LABELS = {"gist": "label", "actors": "kind", "locations": "label", "stances": "polarity"}
"""The field of each family that says whether an item is kept."""


def choice_logits(network: Any, ids: torch.Tensor, example: Example) -> torch.Tensor:
    """Logits [choices, vocabulary] at the free choices of `example`, read as `ids` [length]."""
    packing.aim(example.starts)
    device = network.device
    output = network.model(
        input_ids=ids[None].to(device),
        position_ids=packing.positions(len(ids), example.starts).to(device),
        attention_mask=torch.ones(1, 1, 1, 1, dtype=torch.bool, device=device),
        use_cache=False,
    )
    hidden = output.last_hidden_state[0]
    at = torch.tensor([choice.at for choice in example.choices], device=device)
    logits: torch.Tensor = network.lm_head(hidden[at]).float()
    return logits


def allowed_log_odds(logits: torch.Tensor, choices: Sequence[Choice]) -> list[torch.Tensor]:
    """Log-probabilities of the allowed tokens, choice by choice."""
    found = []
    for row, choice in zip(logits, choices, strict=True):
        allowed = torch.from_numpy(choice.allowed.astype(np.int64)).to(row.device)
        found.append(torch.log_softmax(row[allowed], 0))
    return found


def lose(odds: Sequence[torch.Tensor], choices: Sequence[Choice]) -> torch.Tensor:
    """The loss of each choice: minus the log-probability of all that is right."""
    right = [torch.logsumexp(o[[c.target, *c.also]], 0) for o, c in zip(odds, choices, strict=True)]
    return -torch.stack(right)


def weigh(choices: Sequence[Choice], weights: Mapping[str, float]) -> torch.Tensor:
    """The weight of each choice in the loss; 0 where the labels say nothing."""
    return torch.tensor([weights.get(c.field, 0.5) if c.known else 0.0 for c in choices])


def corrupt(
    example: Example, share: float, whole: Collection[int], random: np.random.Generator
) -> torch.Tensor:
    """The example's ids, with a share of the labels replaced by another of the same field.

    whole: the tokens that are a label by themselves; a label of several tokens is left as it is.
    """
    ids = example.ids.astype(np.int64).copy()
    options: dict[tuple[str, str], set[int]] = {}
    labels = [c for c in example.choices if LABELS.get(c.family) == c.field and c.key]
    labels = [c for c in labels if int(c.allowed[c.target]) in whole]
    for c in labels:
        options.setdefault((c.family, c.field), set()).add(int(c.allowed[c.target]))
    last = len(ids) - 1
    for c in labels:
        others = sorted(options[c.family, c.field] - {int(c.allowed[c.target])})
        if others and c.at + 1 < last and random.random() < share:
            ids[c.at + 1] = others[int(random.integers(len(others)))]
    return torch.from_numpy(ids)


@dataclass(frozen=True)
class Judged:
    """One proposal that a model has labelled.

    kept: the model's probability that it is kept. true: whether the labels keep it. same: whether
    the likeliest label is the labelled one.
    """

    family: str
    kept: float
    true: bool
    same: bool


def judge_labels(
    example: Example, odds: Sequence[torch.Tensor], text: Callable[[int], str], drop: str = "none"
) -> list[Judged]:
    """What the model says of every proposal of `example`; text: of a token."""
    judged = []
    for choice, logs in zip(example.choices, odds, strict=True):
        if LABELS.get(choice.family) != choice.field or not choice.key or not choice.known or choice.also:
            continue
        dropping = [drop.startswith(text(int(token))) for token in choice.allowed]
        dropped = sum(math.exp(float(p)) for p, drops in zip(logs, dropping, strict=True) if drops)
        true = not dropping[choice.target]
        judged.append(Judged(choice.family, 1 - dropped, true, int(logs.argmax()) == choice.target))
    return judged


def score(judged: Sequence[Judged], threshold: float = 0.5) -> dict[str, float]:
    """Precision, recall and F1 of what is kept at `threshold`, and the share of right labels."""
    right = sum(j.true and j.kept >= threshold for j in judged)
    kept, true = sum(j.kept >= threshold for j in judged), sum(j.true for j in judged)
    return {
        "P": right / max(kept, 1),
        "R": right / max(true, 1),
        "F1": 2 * right / max(kept + true, 1),
        "same": sum(j.same for j in judged) / max(len(judged), 1),
    }


def best_threshold(judged: Sequence[Judged]) -> float:
    """The threshold of 0.05, 0.10, ... with the highest F1; of equal ones the nearest to a half."""
    steps = [round(0.05 * k, 2) for k in range(1, 20)]
    return max(steps, key=lambda step: (round(score(judged, step)["F1"], 4), -abs(step - 0.5)))
