"""A model behind an OpenAI-compatible server (vLLM, llama.cpp, SGLang, Ollama) in the place of our own.

The door of this folder. Imports no torch, and nothing that speaks HTTP before a server is asked.

    endpoint     its address and its key            question   what is asked of a window, and its form
    client       HTTP: bounds, retries, faults      constraint, schema   how strongly an answer is held to it
    probe        which model, which constraint      answers    what was written, read strictly
    asking       articles in, drafts out
"""

from __future__ import annotations

from summarise.draft import Draft
from summarise.errors import UsageError
from summarise.families import read_families
from summarise.prompt import Prompt
from summarise.server.constraint import CONSTRAINTS, Constraint
from summarise.server.endpoint import TIMEOUT, read_endpoint
from summarise.server.served import WINDOW, Server

__all__ = ["CONSTRAINTS", "Constraint", "Server", "connect"]


def connect(
    url: str,
    prompt: Prompt,
    *,
    model: str | None = None,
    constraint: Constraint | None = None,
    timeout: float | None = None,
    window: int | None = None,
) -> Server:
    """The model `model` of the server at `url`, or its only one; asks it a few words to learn what it takes.

    constraint: how strongly answers are to be held to their form, None for the strongest that the server
    keeps to. timeout: seconds for one whole answer. window: tokens of sentences read at a time.

    Raises ModelError where the server or the model is not to be had, UsageError for what can't be asked.
    """
    if constraint is not None and constraint not in CONSTRAINTS:
        raise UsageError(f"no constraint is called {constraint!r}", f"choose {', '.join(CONSTRAINTS)}")
    endpoint = read_endpoint(url, timeout=TIMEOUT if timeout is None else timeout)
    from anyio.from_thread import start_blocking_portal

    from summarise.server.probe import settle

    with start_blocking_portal() as portal:  # a loop of its own: the caller may be inside one
        settled = portal.call(settle, endpoint, model, constraint, prompt, read_families(Draft))
    return Server(endpoint, settled.model, settled.dialect, WINDOW if window is None else window)
