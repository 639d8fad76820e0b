"""The commands beside the main one: `summarise batch`, `check`, `models …` and `schema`."""

from __future__ import annotations

import typer

from summarise.cli.batch import EPILOG as BATCH_EPILOG
from summarise.cli.batch import batch
from summarise.cli.check import check
from summarise.cli.models import app as models_app
from summarise.cli.stdout import write_out

app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command(epilog=BATCH_EPILOG)(batch)
app.command()(check)
app.add_typer(models_app, name="models", no_args_is_help=False)  # help that nobody asked for is no data


@app.callback()
def tools() -> None:
    """The commands beside `summarise ARTICLE`."""


@app.command()
def schema() -> None:
    """Print the JSON Schema of a summary."""
    from summarise.output import write_schema

    write_out(write_schema())
