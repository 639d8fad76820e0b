"""The figures of the speed benchmark as tables. Measures nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks import speed_floor
from benchmarks.peers import PEERS
from benchmarks.speed_goals import least_line, table_goals
from benchmarks.speed_growth import table_batches, table_growth
from benchmarks.speed_records import OWN, PHASES, left_out, middle, ratios, rounds_of, wall_of
from benchmarks.speed_runs import Kept, Record

BEGIN, END = "<!-- speed -->\n", "<!-- end speed -->"


def table_systems(rounds: Mapping[str, Sequence[Record]]) -> str:
    """A line for each system: medians over its rounds."""
    lines = [
        "| system | import s | load s | compile s | warm s | prefill s | decode s | check s | **wall s** "
        "| tokens | passes per token | peak MiB | complete and valid |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, records in rounds.items():
        words = PEERS[name].words if name in PEERS else f"**{name}**"
        once = (middle(records, "seconds", phase) for phase in ("import", "load", "compile", "warm", *PHASES))
        cells = " | ".join(f"{seconds:.1f}" for seconds in once)
        cut = "≥ " if any(record["cut"] for record in records) else ""
        passes = median(record["passes"] / max(record["tokens"], 1) for record in records)
        lines.append(
            f"| {words} {records[0].get('version', '')} | {cells} | {cut}{median(map(wall_of, records)):.1f} "
            f"| {middle(records, 'tokens'):.0f} | {passes:.3f} | {middle(records, 'peak_mib'):.0f} "
            f"| {_verdict(records)} |"
        )
    return "\n".join(lines)


def _verdict(records: Sequence[Record]) -> str:
    """Whether the answers count, and what they hold."""
    good = [record["complete"] and record["valid"] for record in records]
    items = f"{middle(records, 'items'):.0f} items"
    if all(good):
        return f"yes, {items}"
    cuts = {record["cut"] for record in records if record["cut"]}
    why = f"cut by {' or '.join(sorted(cuts))}" if cuts else "no JSON of the schema"
    return f"no: {why}" if not any(good) else f"{sum(good)} of {len(good)}, {items}; {why}"


def table_ratios(rounds: Mapping[str, Sequence[Record]]) -> str:
    """How many times as long, and as much memory, as ours."""
    ours = rounds.get(OWN, ())
    lines = ["| system | wall, times ours | from – to | memory, times ours |", "|---|---|---|---|"]
    for name, records in rounds.items():
        found = ratios(rounds, name)
        if name == OWN or not found:
            continue
        cut = "≥ " if any(record["cut"] for record in records) else ""
        memory = middle(records, "peak_mib") / middle(ours, "peak_mib")
        lines.append(
            f"| {name} | {cut}{median(found):.1f} | {min(found):.1f} – {max(found):.1f} | {memory:.2f} |"
        )
    return "\n".join(lines)


def table_floor(config: Record, floor: Record, threads: int) -> str:
    """The rates that were measured."""
    head = " | ".join(f"{rows} rows" for rows in speed_floor.ROWS)
    lines = [f"| GFLOP/s, {threads} threads | {head} |", "|---|" + "---|" * len(speed_floor.ROWS)]
    for dtype, shapes in floor["rates"].items():
        for shape, rates in shapes.items():
            lines.append(f"| {dtype} {shape} | " + " | ".join(f"{rate:.0f}" for rate in rates) + " |")
    held = speed_floor.weights_of(config) / 1e6
    return "\n".join(lines) + (
        f"\n\nMemory is read at {floor['memory']:.1f} GB/s. The layers hold {held:.0f} million weights."
    )


def write_page(kept: Kept, config: Record, machine: str, threads: int) -> str:
    """All tables that there are figures for, as Markdown."""
    rounds = rounds_of(kept)
    floors = [record for record in kept.of("floor") if "failed" not in record]
    floor = speed_floor.best_of(floors) if floors else None
    ours = rounds.get(OWN, [])
    torch = next((f", torch {record['torch']}" for record in [*ours, *floors] if "torch" in record), "")
    parts = [f"{machine}; {threads} threads{torch}."]
    if ours:
        prompt = {name: f"{middle(records, 'prompt_tokens'):.0f}" for name, records in rounds.items()}
        kinds = {name: records[0].get("dtype") for name, records in rounds.items()}
        peer_kind = next((kind for name, kind in kinds.items() if name != OWN and kind), None)
        parts += [
            f"One article, medians of {len(ours)} rounds; prompt tokens: "
            + ", ".join(f"{name} {tokens}" for name, tokens in prompt.items())
            + f". We compute in {kinds[OWN]}, the peers on transformers in {peer_kind or '–'}.",
            table_systems(rounds),
        ]
        if len(rounds) > 1:
            parts.append(table_ratios(rounds))
    if missing := left_out(kept):
        parts.append("Not measured: " + "; ".join(missing) + ".")
    if floor is not None:
        parts.append(table_floor(config, floor, threads))
        if ours:
            parts.append(least_line(config, floor, ours))
    if growth := kept.of("growth"):
        parts.append(table_growth(growth))
    if batches := kept.of("batch"):
        parts.append(table_batches(batches))
    parts.append(table_goals(kept, config, floor))
    return "\n\n".join(part for part in parts if part)


def write_files(page: str, kept: Kept, folder: Path) -> None:
    """The page between the marks of speed.md, and the picture beside it."""
    file = folder / "speed.md"
    before, rest = file.read_text("utf-8").split(BEGIN)
    after = rest.split(END, 1)[1]
    growth = [record for record in kept.of("growth") if "failed" not in record]
    if growth:
        from benchmarks.speed_picture import draw_growth

        draw_growth(growth, folder / "speed-growth.png")
        page += "\n\n![seconds, passes and memory by characters](speed-growth.png)"
    file.write_text(f"{before}{BEGIN}\n{page}\n\n{END}{after}", "utf-8")
