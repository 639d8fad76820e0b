"""One measurement of this project, in a process of its own: `python -m benchmarks.speed_own`.

The task comes on standard input as JSON: `texts`, how many `rows` are decoded together, the `model`. One
line comes back, as from the peers: seconds by phase, passes, tokens, memory, and the answer about the first
text in the shape that the peers were asked for.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.peers.measured import Measured, tell
from benchmarks.peers.task import MOST, WARM


class Watch:
    """What a summariser's model and its check take, from now on.

    seconds: of the phases prefill and check. calls, shown: passes of the model that decoded, and the tokens
    that they were given. prompt_tokens, fixed_tokens: read of articles, and of the prompt's fixed part.
    """

    def __init__(self, model: Any, pipeline: Any) -> None:
        """model: what the pipeline decodes with; pipeline: the module `summarise.pipeline`."""
        self.model, self.pipeline = model, pipeline
        self.plain = model.read, model.step, pipeline.check_draft
        self.seconds = {"prefill": 0.0, "check": 0.0}
        self.calls = self.shown = self.prompt_tokens = self.fixed_tokens = 0

    def __enter__(self) -> Watch:
        read, step, check = self.plain

        def watched_read(fixed: Any, article: Any) -> Any:
            self.prompt_tokens += len(article)
            self.fixed_tokens = len(fixed)
            return self._timed("prefill", read, fixed, article)

        def watched_step(rows: Any, tokens: Any, asked: Any) -> Any:
            self.calls += 1
            self.shown += sum(map(len, tokens))
            return step(rows, tokens, asked)

        self.model.read, self.model.step = watched_read, watched_step
        self.pipeline.check_draft = lambda *given: self._timed("check", check, *given)
        return self

    def __exit__(self, *_: object) -> None:
        self.model.read, self.model.step, self.pipeline.check_draft = self.plain

    def _timed(self, phase: str, call: Callable[..., Any], *given: Any) -> Any:
        began = time.perf_counter()
        try:
            return call(*given)
        finally:
            self.seconds[phase] += time.perf_counter() - began


def read_all(model: Any, prompt: Any, texts: list[str], rows: int) -> tuple[Measured, list[Any]]:
    """All texts summarised, up to `rows` at a time, and their summaries, in order.

    Raises the first error that an article ended in.
    """
    from summarise import pipeline, read_text

    measured, results = Measured(), dict[int, Any]()
    articles = [read_text(text, id=str(number)) for number, text in enumerate(texts)]
    with Watch(model, pipeline) as watch:
        began = time.perf_counter()
        for number, result in pipeline.summarise_each(model, prompt, articles, most=rows):
            if isinstance(result, Exception):
                raise result
            results[number] = result
        wall = time.perf_counter() - began
    measured.seconds |= watch.seconds
    measured.seconds["decode"] = wall - sum(watch.seconds.values())
    measured.prompt_tokens, measured.shown, measured.passes = watch.prompt_tokens, watch.shown, watch.calls
    measured.tokens = sum(result.counts.tokens for result in results.values())
    return measured, [results[number].summary for number in range(len(texts))]


def in_shape(summary: Any) -> str:
    """What of a summary the peers were asked for, as JSON; at most as many items of each as they."""
    found = {
        "gist": [item.text for item in summary.gist],
        "actors": [
            {"name": item.name, "kind": item.kind, "role": item.role or ""} for item in summary.actors
        ],
        "numbers": [{"mention": item.mention, "counts": item.counts or ""} for item in summary.numbers],
        "locations": [{"name": item.name} for item in summary.locations],
        "stances": [
            {"holder": item.holder, "polarity": item.polarity, "target": item.target}
            for item in summary.stances
        ],
    }
    return json.dumps({name: items[: MOST[name]] for name, items in found.items()}, ensure_ascii=False)


def main() -> None:
    """Reads the task, measures, tells."""
    task = json.loads(sys.stdin.read())
    before = Measured()
    with before.phase("import"):
        from summarise import Summariser

        _ = Summariser
        import torch
    with before.phase("load"):
        summariser = Summariser(task["model"], allow_pull=False)
    with before.phase("warm"):
        summariser.summarise(WARM)
    measured, summaries = read_all(summariser.model, summariser.prompt, task["texts"], task["rows"])
    measured.seconds = before.seconds | measured.seconds
    measured.answer = in_shape(summaries[0])
    network = getattr(summariser.model, "network", None)
    dtype = str(next(network.parameters()).dtype).removeprefix("torch.") if network else None
    tell(
        measured,
        complete=all(summary.coverage.complete for summary in summaries),
        items=sum(len(getattr(summary, name)) for summary in summaries for name in MOST),
        version=summaries[0].provenance.version,
        dtype=dtype,
        torch=torch.__version__.partition("+")[0],
    )


if __name__ == "__main__":
    main()
