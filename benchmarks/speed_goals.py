"""What the speed benchmark is held against: the floor of the machine, and the goals."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benchmarks import speed_floor
from benchmarks.peers import PEERS
from benchmarks.speed_growth import exponent
from benchmarks.speed_records import OWN, middle, ratios, rounds_of, wall_of
from benchmarks.speed_runs import Kept, Record

TIMES_LLAMA, TIMES_TRANSFORMERS, TIMES_FLOOR = 6.0, 20.0, 3.0
PASSES, PREFILL, COLD_SECONDS, GIGABYTES, POWER = 0.15, 750.0, 6.0, 1.0, 1.1


def least_of(config: Record, floor: Record, ours: Sequence[Record]) -> tuple[float, float, str]:
    """The floor of our article: for its prompt, for its passes, and in which dtype."""
    return speed_floor.least_seconds(
        config,
        floor,
        prompt_tokens=round(middle(ours, "prompt_tokens")),
        passes=round(middle(ours, "passes")),
        shown=round(middle(ours, "shown")),
    )


def least_line(config: Record, floor: Record, ours: Sequence[Record]) -> str:
    """How far we are from the floor, in a sentence."""
    prompt, passes, dtype = least_of(config, floor, ours)
    wall = median(map(wall_of, ours))
    return (
        f"The floor of our article in {dtype}: {prompt:.2f} s for {middle(ours, 'prompt_tokens'):.0f} tokens "
        f"of prompt and {passes:.2f} s for {middle(ours, 'passes'):.0f} passes over "
        f"{middle(ours, 'shown'):.0f} tokens. We take {wall:.1f} s: {wall / (prompt + passes):.1f} times as "
        "long."
    )


def quickest(rounds: dict[str, list[Record]]) -> str | None:
    """The peer on transformers with the least wall time."""
    on = [name for name in rounds if name in PEERS and PEERS[name].transformers]
    return min(on, key=lambda name: median(map(wall_of, rounds[name])), default=None)


def table_goals(kept: Kept, config: Record, floor: Record | None) -> str:
    """Each goal that there are figures for, and whether it is met; "" without any."""
    rounds = rounds_of(kept)
    ours = rounds.get(OWN, [])
    lines: list[str] = []

    def add(goal: str, told: str, met: bool) -> None:
        lines.append(f"| {goal} | {told} | {'yes' if met else 'no'} |")

    peers = (
        ("llama.cpp", TIMES_LLAMA, "of llama.cpp"),
        (quickest(rounds), TIMES_TRANSFORMERS, "on transformers"),
    )
    for name, times, words in peers:
        if found := ratios(rounds, name) if name else []:
            whose = words if name == "llama.cpp" else f"of the quickest peer {words} ({name})"
            cut = " or less" if any(record["cut"] for record in rounds[str(name)]) else ""
            add(f"wall ≤ 1/{times:.0f} {whose}", f"1/{median(found):.1f}{cut}", median(found) >= times)
    if ours:
        good = all(record["complete"] and record["valid"] for record in ours)
        add("a complete, valid answer", f"{middle(ours, 'items'):.0f} items", good)
        passes = median(record["passes"] / max(record["tokens"], 1) for record in ours)
        add(f"≤ {PASSES} passes per token", f"{passes:.3f}", passes <= PASSES)
        pace = median(record["prompt_tokens"] / record["seconds"]["prefill"] for record in ours)
        add(f"prefill ≥ {PREFILL:.0f} tokens/s", f"{pace:.0f}", pace >= PREFILL)
        peak = middle(ours, "peak_mib") * 2**20 / 1e9
        add(f"peak memory ≤ {GIGABYTES} GB", f"{peak:.2f} GB", peak <= GIGABYTES)
        if floor is not None:
            prompt, steps, _ = least_of(config, floor, ours)
            times = median(map(wall_of, ours)) / (prompt + steps)
            add(f"article ≤ {TIMES_FLOOR:.0f} × floor", f"{times:.1f} ×", times <= TIMES_FLOOR)
    if cold := [record for record in kept.of("cold") if "failed" not in record]:
        wall, bare = middle(cold, "wall"), middle(kept.of("torch"), "wall")
        told = f"{wall:.1f} s (`import torch` alone {bare:.1f} s)"
        add(f"cold start to JSON, 1,000 characters, ≤ {COLD_SECONDS:.0f} s", told, wall <= COLD_SECONDS)
    power = exponent(kept.of("growth"))
    if power is not None:
        add("time linear in length", f"power {power:.2f}", power <= POWER)
    return "\n".join(["| goal | measured | met |", "|---|---|---|", *lines]) if lines else ""
