"""The commands beside the main one: `summarise models …` and `summarise schema`."""

from __future__ import annotations

import sys

import typer

from summarise.cli.models import app as models_app

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(models_app, name="models")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a summary."""
    from summarise.output import put, write_schema

    put(write_schema(), sys.stdout.buffer)
