"""How the CPUs and GPUs of a cluster's nodes are shared out among workers. Knows nothing of Ray itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summarise.errors import UsageError


def share_out(nodes: Sequence[Mapping[str, float]], workers: int | None) -> tuple[int, dict[str, Any]]:
    """How many workers, and what each takes of its node: as many CPUs as all of them find room with.

    nodes: the resources of each. workers: how many are asked for, None: one for each GPU, else for every two
    CPUs of a node. Where there are GPUs, workers are on nodes that have some. Raises UsageError where there
    is no room for all: Ray would wait for it without an end.
    """
    gpus = sum(int(node.get("GPU", 0)) for node in nodes)
    homes = [(int(n.get("CPU", 0)), int(n.get("GPU", 0))) for n in nodes if n.get("GPU", 0) >= 1 or not gpus]
    cpus = sum(cpu for cpu, _ in homes)
    workers = workers or gpus or sum(max(1, cpu // 2) for cpu, _ in homes if cpu) or 1
    on_one = -(-workers // gpus) if gpus else 0  # that share a GPU
    for each in range(cpus // workers, 0, -1):
        if sum(min(cpu // each, gpu * on_one) if gpus else cpu // each for cpu, gpu in homes) >= workers:
            return workers, {"num_cpus": each} | ({"num_gpus": 1 / on_one} if gpus else {})
    raise UsageError(
        f"the cluster has {cpus} CPUs, too few for {workers} workers", f"give at most --workers {cpus}"
    )
