"""What became of the inputs of a run, in numbers that add up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class BatchCounts:
    """inputs = summarised + earlier + cached + failed, at any moment but between an input and its end.

    summarised: by the model in this run. earlier: already in the output. cached: taken from the cache.
    failed: of all inputs met; failed_earlier of those by an earlier run, and not tried again. others:
    summaries in the output whose inputs were not among those of this run. stopped: whether --limit
    ended the run before the inputs did.
    """

    inputs: int = 0
    summarised: int = 0
    earlier: int = 0
    cached: int = 0
    failed: int = 0
    failed_earlier: int = 0
    others: int = 0
    stopped: bool = False

    @property
    def ended(self) -> int:
        """Inputs that are in the output or among the failed."""
        return self.summarised + self.earlier + self.cached + self.failed

    def told(self) -> str:
        """One line for people."""
        ways = [f"{n:,} {how}" for n, how in ((self.earlier, "earlier"), (self.cached, "cached")) if n]
        done = self.summarised + self.earlier + self.cached
        line = f"{_many(self.inputs, 'input')}: {done:,} summarised"
        line += f" ({', '.join(ways)})" if ways else ""
        line += f", {self.failed:,} failed"
        line += (
            f" ({self.failed_earlier:,} earlier; try them with --retry-failed)" if self.failed_earlier else ""
        )
        line += "; stopped by --limit: there are more" if self.stopped else ""
        return line + (f"; {self.others:,} in the output are of other inputs" if self.others else "")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
