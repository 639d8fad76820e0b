"""Other ways to get JSON of a schema out of the same weights, one small module each.

Each is run in a process of its own by `benchmarks.speed` (`python -m benchmarks.peers NAME`, the task as JSON
on standard input, one JSON line on standard output). Nothing here imports `summarise`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """A peer as tables name it, the package it is in, and whether transformers runs its weights.

    module: which module here measures it. version: the one that the module was written for.
    """

    words: str
    package: str
    version: str
    module: str
    transformers: bool = True


PEERS = {
    "outlines": Peer("outlines + transformers", "outlines", "1.3.3", "outlines"),
    "xgrammar": Peer("xgrammar + transformers", "xgrammar", "0.2.8", "xgrammar"),
    "llguidance": Peer("llguidance + transformers (logits processor)", "llguidance", "1.9.1", "llguidance"),
    "lm-format-enforcer": Peer(
        "lm-format-enforcer + transformers", "lm-format-enforcer", "0.11.3", "lmformatenforcer"
    ),
    "guidance": Peer("guidance + transformers (fast-forward)", "guidance", "0.3.1", "guidance"),
    "llama.cpp": Peer("llama-cpp-python, Q4_1, grammar", "llama-cpp-python", "0.3.36", "llamacpp", False),
}
