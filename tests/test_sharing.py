"""How a cluster is shared out: every worker finds room on one node, and none waits for ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise import UsageError
from summarise.batch.sharing import share_out

NAMES = {"CPU": "num_cpus", "GPU": "num_gpus"}


def room(nodes: list[dict[str, float]], needs: dict[str, float]) -> int:
    """How many workers of these needs the nodes hold."""
    asked = [(name, needs[need]) for name, need in NAMES.items() if need in needs]
    return sum(min(int(node.get(name, 0) / need + 1e-9) for name, need in asked) for node in nodes)


@given(
    st.lists(st.fixed_dictionaries({"CPU": st.integers(0, 20), "GPU": st.integers(0, 4)}), max_size=5),
    st.none() | st.integers(1, 12),
)
def test_every_worker_finds_room_on_a_node(nodes: list[dict[str, float]], asked: int | None) -> None:
    try:
        workers, needs = share_out(nodes, asked)
    except UsageError:
        return
    assert workers == asked or asked is None
    assert room(nodes, needs) >= workers


@pytest.mark.parametrize(
    ("nodes", "asked", "shared"),
    [
        ([{"CPU": 8}], None, (4, {"num_cpus": 2})),
        ([{"CPU": 8}], 2, (2, {"num_cpus": 4})),
        ([{"CPU": 1}] * 4, None, (4, {"num_cpus": 1})),
        ([{"CPU": 3}] * 3, 2, (2, {"num_cpus": 3})),
        ([{"CPU": 0}, {"CPU": 16.0}, {}], 3, (3, {"num_cpus": 5})),
        ([{"CPU": 16, "GPU": 2}, {"CPU": 64}], None, (2, {"num_cpus": 8, "num_gpus": 1.0})),
        ([{"CPU": 8, "GPU": 1}] * 2, 3, (3, {"num_cpus": 4, "num_gpus": 0.5})),
    ],
)
def test_workers_take_what_their_nodes_have(
    nodes: list[dict[str, float]], asked: int | None, shared: tuple[int, dict[str, float]]
) -> None:
    assert share_out(nodes, asked) == shared


@pytest.mark.parametrize("nodes", [[], [{"CPU": 0}], [{"CPU": 1}] * 2])
def test_what_finds_no_room_is_refused(nodes: list[dict[str, float]]) -> None:
    with pytest.raises(UsageError, match="too few for 3 workers; give at most --workers"):
        share_out(nodes, 3)
