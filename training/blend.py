"""Blends the adapters of several runs into one: their changes to the weights, averaged.

Usage: python -m training.blend --runs RUN RUN … --out DIR

Of runs that go back to one state of training, the mean is better on unseen articles than each of them
where each has learned its articles by heart (Wortsman et al. 2022, "Model soups"). Nothing is lost: the
ranks add up, so the blended product is the mean to the last bit of the sum. Writes DIR/adapter in PEFT's
format; thresholds have to be chosen anew.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

Weights = Mapping[str, torch.Tensor]


def blend(adapters: Sequence[Weights]) -> dict[str, torch.Tensor]:
    """The mean of LoRA adapters over the same matrices, all scaled alike: A [sum of ranks, in] one above the
    other, B [out, sum of ranks] side by side and divided by how many there are.

    Raises ValueError for adapters of different matrices.
    """
    if any(adapter.keys() != adapters[0].keys() for adapter in adapters):
        raise ValueError("the adapters are not of the same matrices")
    return {
        name: torch.cat([adapter[name] for adapter in adapters], 0)
        if "lora_A" in name
        else torch.cat([adapter[name] / len(adapters) for adapter in adapters], 1)
        for name in adapters[0]
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Write the blended adapter."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    folders = [run / "adapter" for run in options.runs]
    settings = [json.loads((folder / "adapter_config.json").read_text("utf-8")) for folder in folders]
    scales = {config["lora_alpha"] / config["r"] for config in settings}
    if len(scales) > 1:
        parser.error("the runs scale their adapters differently (alpha / rank)")
    out = options.out / "adapter"
    out.mkdir(parents=True, exist_ok=True)
    mean = blend([load_file(folder / "adapter_model.safetensors") for folder in folders])
    save_file(mean, out / "adapter_model.safetensors", metadata={"format": "pt"})
    made = settings[0] | {name: sum(config[name] for config in settings) for name in ("r", "lora_alpha")}
    (out / "adapter_config.json").write_text(json.dumps(made), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
