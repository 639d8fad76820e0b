"""What every Summariser takes beside its model and schema, for type checkers: said once for both kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from summarise.loading import Device
from summarise.server import Constraint


class Options(TypedDict, total=False):
    """The keywords of `Summariser`, which says what each means."""

    endpoint: str | None
    constraint: Constraint | None
    timeout: float | None
    device: Device
    adapter: bool | None
    prompt: str | None
    window: int | None
    memory: int | None
    allow_pull: bool
    show: Callable[[str], None] | None
