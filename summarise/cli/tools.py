"""The commands beside the main one: `summarise batch`, `check`, `models …`, `view` and the small ones."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from summarise.cli.batch import EPILOG as BATCH_EPILOG
from summarise.cli.batch import batch
from summarise.cli.check import check
from summarise.cli.completion import Shell, write_script
from summarise.cli.convert import convert
from summarise.cli.diff import diff
from summarise.cli.models import app as models_app
from summarise.cli.schema import find_schema
from summarise.cli.stdout import write_out
from summarise.cli.view import EPILOG as VIEW_EPILOG
from summarise.cli.view import view
from summarise.errors import UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command(epilog=BATCH_EPILOG)(batch)
app.command()(check)
app.command()(convert)
app.command()(diff)
app.command(epilog=VIEW_EPILOG)(view)
app.add_typer(models_app, name="models", no_args_is_help=False)  # help that nobody asked for is no data


@app.callback()
def tools() -> None:
    """The commands beside `summarise ARTICLE`."""


class Schema(StrEnum):
    """What has a JSON Schema."""

    SUMMARY = "summary"
    DIFF = "diff"


@app.command()
def schema(
    of: Annotated[
        Schema, typer.Argument(metavar="OF", help="A summary, or what `summarise diff` prints.")
    ] = Schema.SUMMARY,
    own: Annotated[
        str | None, typer.Option("--schema", metavar="MODULE:MODEL", help="Of a report in your own fields.")
    ] = None,
) -> None:
    """Print the JSON Schema of a summary, of a report, or of a difference between two summaries."""
    from summarise.output import write_json, write_schema

    if of is Schema.DIFF:
        if own is not None:
            raise UsageError("a difference has no fields of your own", "leave --schema out")
        from summarise.compare import Diff

        write_out(write_json(Diff.model_json_schema(by_alias=True, mode="serialization"), line=False))
        return
    if own is None:
        write_out(write_schema())
        return
    from summarise.schema import read_schema

    write_out(write_schema(read_schema(find_schema(own)).report))


@app.command()
def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="The shell that is to read it.")],
) -> int:
    """Print the script that teaches a shell to complete commands, options and models.

    \b
    eval "$(summarise completion bash)"     in ~/.bashrc
    eval "$(summarise completion zsh)"      in ~/.zshrc, behind compinit
    summarise completion fish | source      in ~/.config/fish/config.fish
    """
    return write_script(shell)


@app.command("help")
def show_help(
    words: Annotated[list[str] | None, typer.Argument(metavar="COMMAND", show_default=False)] = None,
) -> int:
    """Show the help of a command, or of `summarise` itself."""
    from summarise.cli import TOOLS, run

    if words and words[0] not in TOOLS:
        raise UsageError(f"no command is called {words[0]!r}", f"use one of: {', '.join(TOOLS)}")
    return run([*(words or []), "--help"])
