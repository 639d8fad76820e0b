"""The model that a command line asks for: the options that say so, once for all commands that load one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

import typer

from summarise.cli import from_environment
from summarise.cli.options import (
    AtEndpoint,
    ConstrainedBy,
    ConstraintName,
    Device,
    ModelName,
    NoAdapter,
    NoPull,
    OnDevice,
    SchemaName,
    Window,
    WithinSeconds,
)
from summarise.cli.schema import find_schema, found_anywhere

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarise.api import Summariser

LOCAL, SERVED = ("device", "no_adapter", "memory"), ("constraint", "timeout")
"""Options that mean nothing with an endpoint, and without one."""


@dataclass(frozen=True)
class ModelChoice:
    """The model that a command line asks for."""

    model: str = "default"
    device: Device = Device.AUTO
    window: int | None = None
    adapter: bool = True
    pull: bool = True
    endpoint: str | None = None
    constraint: ConstraintName | None = None
    timeout: float | None = None
    memory: int | None = None
    """Bytes that articles decoded together may take beside the model."""
    schema: type[BaseModel] | None = None
    """What it is asked for; None: news."""
    schema_name: str | None = None
    """How another process finds that."""
    unfit: frozenset[str] = frozenset()
    """Options whose values came from variables that are for other calls than this."""

    def with_memory(self, memory: int | None) -> ModelChoice:
        """This choice for a command that has the option, too."""
        return replace(self, memory=None if "memory" in self.unfit else memory)

    def load(self, *, quiet: bool) -> Summariser[Any]:
        """Loads it, and with it torch, or turns to the server. Raises ModelError or UsageError."""
        from summarise.api import Summariser

        made: Summariser[Any] = Summariser(
            self.model,
            schema=self.schema,
            endpoint=self.endpoint,
            constraint=self.constraint.value if self.constraint else None,
            timeout=self.timeout,
            device=self.device.value,
            adapter=None if self.adapter else False,
            window=self.window,
            memory=self.memory,
            allow_pull=self.pull,
            show=(lambda text: None) if quiet else None,
        )
        return made

    def for_others(self) -> Callable[[], Summariser[Any]]:
        """What loads it in other processes. A schema goes there by its name: its class can't be sent."""
        return partial(_load_named, replace(self, schema=None))


def _load_named(chosen: ModelChoice) -> Summariser[Any]:
    schema = find_schema(chosen.schema_name) if chosen.schema_name else None
    return replace(chosen, schema=schema).load(quiet=True)


def choose_model(
    context: typer.Context,
    schema: SchemaName = None,
    model: ModelName = "default",
    endpoint: AtEndpoint = None,
    constraint: ConstrainedBy = None,
    timeout: WithinSeconds = None,
    device: OnDevice = Device.AUTO,
    window: Window = None,
    no_adapter: NoAdapter = False,
    no_pull: NoPull = False,
) -> ModelChoice:
    """The choice of these options. A variable that does not fit is left out, as it is set for other calls;
    an option that does not fit stays, and is refused when the model is loaded."""
    unfit = frozenset(name for name in (LOCAL if endpoint else SERVED) if from_environment(context, name))
    return ModelChoice(
        model=model,
        device=Device.AUTO if "device" in unfit else device,
        window=window,
        adapter=not no_adapter or "no_adapter" in unfit,
        pull=not no_pull,
        endpoint=endpoint,
        constraint=None if "constraint" in unfit else constraint,
        timeout=None if "timeout" in unfit else timeout,
        schema=find_schema(schema) if schema else None,
        schema_name=found_anywhere(schema) if schema else None,
        unfit=unfit,
    )


def chooses_model(command: Callable[..., int]) -> Callable[..., int]:
    """`command` with the options of `choose_model` in the place of its parameter `chosen`.

    typer reads options from a signature and knows no groups of them; so the signature is put together.
    """
    own = inspect.signature(command, eval_str=True)
    options = inspect.signature(choose_model, eval_str=True).parameters
    together: dict[str, inspect.Parameter] = {}
    for name, parameter in own.parameters.items():
        together |= options if name == "chosen" else {name: parameter}

    @wraps(command)
    def run(**values: Any) -> int:
        return command(chosen=choose_model(**{name: values.pop(name) for name in options}), **values)

    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in together.values()]
    run.__signature__ = own.replace(parameters=keyword)  # type: ignore[attr-defined]
    run.__annotations__ = {name: parameter.annotation for name, parameter in together.items()}
    return run
