"""Trains the adapter: labelled articles in, LoRA weights out, resumable at any update.

Usage: python -m training.train --data DIR --out DIR [--config FILE] [--model FOLDER] [--minutes M]

Continues from DIR/checkpoint.pt where there is one. Writes DIR/log.jsonl (a line an update, a line
an evaluation on dev) and DIR/adapter/ in PEFT's format.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict

from summarise.draft import Draft
from summarise.families import read_families
from summarise.lock import read_lock
from summarise.model import LocalModel, load_model
from summarise.prompt import read_prompt
from summarise.store import model_path
from training import packing
from training.examples import Builder, Example, part_rows
from training.labels import Labelled, read_labelled
from training.losses import (
    LABELS,
    Judged,
    allowed_log_odds,
    best_threshold,
    choice_logits,
    corrupt,
    judge_labels,
    lose,
    score,
    weigh,
)
from training.partial import read_partial
from training.written import read_written

EVERY = 20  # updates between checkpoints


class Training:
    """The state of a run: network, optimiser, examples, and how many updates are done."""

    def __init__(
        self,
        config: dict[str, Any],
        model: LocalModel,
        train: Sequence[tuple[Sequence[Example], int]],
        dev: Sequence[Example],
        out: Path,
    ) -> None:
        """out: where the checkpoint is kept; a run goes on where the one in there stopped.

        train: of each source its examples, and how many epochs, the first ones, have them.
        """
        self.config, self.out, self.dev = config, out, dev
        self.train = [example for examples, _ in train for example in examples]
        self.tokens = model.tokens
        torch.manual_seed(config["seed"])
        self.peft = _add_adapter(model.network, config["adapter"])
        self.network: Any = self.peft.base_model.model
        self.trained = [p for p in self.peft.parameters() if p.requires_grad]
        recipe = config["training"]
        self.optimiser = torch.optim.AdamW(
            self.trained, lr=recipe["learning_rate"], weight_decay=recipe["weight_decay"], betas=(0.9, 0.98)
        )
        labels = {label for family in read_families(Draft) if family.gate for label in family.gate.labels}
        self.whole = {ids[0] for ids in map(self.tokens.encode, labels) if len(ids) == 1}
        self.done = 0
        lasting = [epochs for examples, epochs in train for _ in examples]
        self.plan = _plan_updates(self.train, lasting, recipe["tokens"], config["seed"])
        checkpoint = out / "checkpoint.pt"
        if checkpoint.is_file():
            self._resume(torch.load(checkpoint, weights_only=True))

    def _resume(self, state: dict[str, Any]) -> None:
        set_peft_model_state_dict(self.peft, state["adapter"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.done = state["done"]

    def save(self, name: str = "checkpoint.pt") -> None:
        """Writes the checkpoint whole or not at all."""
        state = {
            "adapter": get_peft_model_state_dict(self.peft),
            "optimiser": self.optimiser.state_dict(),
            "done": self.done,
        }
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / name)

    def rate(self, update: int) -> float:
        """The learning rate of one update: warm-up, steady, then straight down.

        Steady in the middle, so that a run can be made longer: from the state before the descent.
        """
        recipe = self.config["training"]
        warm = max(1, round(recipe["warmup"] * len(self.plan)))
        left = (len(self.plan) - update) / max(1, len(self.plan) - self.descent)
        share = min((update + 1) / warm, recipe["least_rate"] + (1 - recipe["least_rate"]) * left, 1.0)
        return float(recipe["learning_rate"] * share)

    @property
    def descent(self) -> int:
        """The update from which on the learning rate falls."""
        decay: float = self.config["training"]["decay"]
        return round((1 - decay) * len(self.plan))

    def update(self) -> dict[str, Any]:
        """One update over the next group of examples; what it cost and what was lost, by field."""
        recipe, number = self.config["training"], self.done
        begun = time.perf_counter()
        random = np.random.default_rng((self.config["seed"], number))
        torch.manual_seed(self.config["seed"] + number)
        group = [self.train[i] for i in self.plan[number]]
        total = sum(float(weigh(e.choices, self.config["weights"]).sum()) for e in group)
        lost: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        self.peft.train()
        for example in group:
            ids = corrupt(example, recipe["noise"], self.whole, random)
            odds = allowed_log_odds(choice_logits(self.network, ids, example), example.choices)
            losses = lose(odds, example.choices)
            weights = weigh(example.choices, self.config["weights"]).to(losses.device)
            torch.autograd.backward((losses * weights).sum() / total)
            for choice, loss in zip(example.choices, losses.tolist(), strict=True):
                if choice.known:
                    lost[f"{choice.family}.{choice.field}"] += loss
                    seen[f"{choice.family}.{choice.field}"] += 1
        torch.nn.utils.clip_grad_norm_(self.trained, recipe["clip"])
        for settings in self.optimiser.param_groups:
            settings["lr"] = self.rate(number)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.done += 1
        return {
            "update": self.done,
            "of": len(self.plan),
            "seconds": round(time.perf_counter() - begun, 1),
            "tokens": sum(len(e.ids) for e in group),
            "losses": {k: round(lost[k] / n, 4) for k, n in seen.items()},
        }

    @torch.inference_mode()
    def judge(self, examples: Sequence[Example]) -> tuple[list[Judged], float]:
        """What the model says of every proposal, the true labels before each given; mean loss."""
        self.peft.eval()
        judged: list[Judged] = []
        losses: list[float] = []
        for example in examples:
            ids = torch.from_numpy(example.ids.astype(np.int64))
            odds = allowed_log_odds(choice_logits(self.network, ids, example), example.choices)
            judged += judge_labels(example, odds, self._text)
            told = zip(lose(odds, example.choices).tolist(), example.choices, strict=True)
            losses += [loss for loss, choice in told if choice.known]
        return judged, sum(losses) / max(len(losses), 1)

    def evaluate(self) -> dict[str, float]:
        """The figures of dev, by family."""
        judged, loss = self.judge(self.dev)
        figures = {"loss": round(loss, 4)}
        for family in LABELS:
            own = [j for j in judged if j.family == family]
            best = best_threshold(own)
            figures |= {f"{family} {k}": round(v, 3) for k, v in score(own).items()}
            figures |= {f"{family} best": round(score(own, best)["F1"], 3), f"{family} threshold": best}
        return figures

    def _text(self, token: int) -> str:
        text: str = self.tokens.matching.decode_str([token])
        return text


def _add_adapter(network: Any, settings: dict[str, Any]) -> Any:
    """`network` with its own weights frozen and an adapter beside them."""
    network.config._attn_implementation = packing.NAME
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    return get_peft_model(
        network,
        LoraConfig(
            r=settings["rank"],
            lora_alpha=settings["alpha"],
            lora_dropout=settings["dropout"],
            target_modules=settings["targets"],
            task_type="CAUSAL_LM",
        ),
    )


def read_examples(model: LocalModel, config: dict[str, Any], articles: Iterable[Labelled]) -> list[Example]:
    """The examples of labelled articles, in passes of no more tokens than memory is meant to hold."""
    builder = Builder(model.tokens, read_prompt(config["prompt"]), read_families(Draft), config["window"])
    return [
        part
        for labelled in articles
        for example in builder.build(labelled)
        for part in part_rows(example, config["most"])
    ]


def _plan_updates(
    examples: Sequence[Example], epochs: Sequence[int], tokens: int, seed: int
) -> list[list[int]]:
    """Which examples each update takes, in each epoch in a new order, none across epochs.

    epochs: of each example, how many epochs have it, the first ones.
    """
    plan: list[list[int]] = []
    for epoch in range(max(epochs)):
        here = [i for i, lasting in enumerate(epochs) if epoch < lasting]
        group: list[int] = []
        for i in map(int, np.random.default_rng((seed, 1, epoch)).permutation(here)):
            group.append(i)
            if sum(len(examples[j].ids) for j in group) >= tokens:
                plan.append(group)
                group = []
        if group:
            plan.append(group)
    return plan


def main(argv: Sequence[str] | None = None) -> int:
    """Train until the plan or the time is over."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("SUMMARISE_DATA"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--model", type=Path, help="folder of the base model (default: the pulled one)")
    parser.add_argument("--device", default="auto")
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="stop after so long; go on with another call"
    )
    options = parser.parse_args(argv)
    if options.data is None:
        parser.error("no data: give --data or set SUMMARISE_DATA")
    folder = options.model or model_path(read_lock().default)
    if folder is None:
        parser.error("the base model is not here: run `summarise models pull` first")
    options.out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    config = tomllib.loads(options.config.read_text("utf-8"))
    model = load_model(folder, "base", device=options.device)
    recipe = config["training"]
    sources: list[tuple[Iterable[Labelled], int]] = [
        (read_labelled(options.data, "train"), recipe["epochs"]),
        (read_written(), recipe["written"]),
        (read_partial(options.data), recipe["partial"]),
    ]
    train = [(read_examples(model, config, articles), epochs) for articles, epochs in sources if epochs]
    dev = read_examples(model, config, read_labelled(options.data, "dev"))
    run = Training(config, model, train, dev, options.out)
    with (options.out / "log.jsonl").open("a", encoding="utf-8") as log:

        def note(line: dict[str, Any]) -> None:
            print(json.dumps(line), file=log, flush=True)
            print(json.dumps(line), flush=True)

        while run.done < len(run.plan) and time.monotonic() - begun < 60 * options.minutes:
            note(run.update())
            if run.done % EVERY == 0:
                run.save()
            if run.done == run.descent:
                run.save("steady.pt")
        run.save()
        figures = run.evaluate()
        note({"update": run.done, "dev": figures})
    run.peft.save_pretrained(options.out / "adapter")
    thresholds = {family: figures[f"{family} threshold"] for family in LABELS}
    (options.out / "thresholds.json").write_text(json.dumps(thresholds), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
