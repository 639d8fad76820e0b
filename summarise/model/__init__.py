"""A local language model: its weights, its tokens, and rows that it runs over a prefix.

The door of this folder. `torch` and `transformers` are imported here and in `decode` alone.
"""

from summarise.model.adapter import merge_adapter
from summarise.model.load import LocalModel, load_model
from summarise.model.seam import Due, Message, Model, Scores, Tokens

__all__ = [
    "Due",
    "LocalModel",
    "Message",
    "Model",
    "Scores",
    "Session",
    "Tokens",
    "load_model",
    "merge_adapter",
]
