"""Puts a trained adapter into the package: one file, and its entry in models.lock.

Usage: python -m training.export --run DIR [--name NAME] [--thresholds FILE]

Reads DIR/adapter (PEFT's format), writes summarise/adapters/NAME.safetensors in float16 with `alpha` in
its metadata, and rewrites the adapter's entry of the default model. The file's bytes depend on the
weights alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

TOP = Path(__file__).resolve().parent.parent
_ENTRY = re.compile(r"\n\[models\.(?P<model>\S+)\.adapter\]\n(?:.+\n)*")


def main(argv: Sequence[str] | None = None) -> int:
    """Write the file and the entry."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--name", default="smollm2-135m-news")
    parser.add_argument("--model", default="smollm2-135m")
    parser.add_argument("--thresholds", type=Path, help="by family, as chosen on dev")
    options = parser.parse_args(argv)
    config = tomllib.loads(options.config.read_text("utf-8"))
    settings = json.loads((options.run / "adapter/adapter_config.json").read_text("utf-8"))
    weights = load_file(options.run / "adapter/adapter_model.safetensors")
    file = TOP / "summarise/adapters" / f"{options.name}.safetensors"
    file.parent.mkdir(exist_ok=True)
    save_file(
        {name: tensor.to(torch.float16).contiguous() for name, tensor in weights.items()},
        file,
        metadata={"alpha": str(settings["lora_alpha"])},  # of several keys the order changes by chance
    )
    thresholds = json.loads(options.thresholds.read_text("utf-8")) if options.thresholds else {}
    entry = "\n".join(
        [
            f"\n[models.{options.model}.adapter]",
            f'path = "adapters/{file.name}"',
            f"size = {file.stat().st_size}",
            f'sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"',
            f'prompt = "{config["prompt"]}"',
            "thresholds = { " + ", ".join(f"{k} = {v}" for k, v in thresholds.items()) + " }",
            "",
        ]
    )
    lock = TOP / "models.lock"
    text = _ENTRY.sub("", lock.read_text("utf-8"))
    # the entry stands after the model's source, before its files
    head = f"\n[[models.{options.model}.files]]\n"
    before, after = text.split(head, 1)
    lock.write_text(f"{before}{entry}{head}{after}", "utf-8")
    print(f"{file.relative_to(TOP)}: {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
