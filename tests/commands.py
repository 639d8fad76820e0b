"""The command line, run in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from summarise.cli import main

Run = Callable[..., tuple[int, str, str]]
"""Takes the words of a command line; its exit code, stdout and stderr."""


def runner(captured: pytest.CaptureFixture[bytes], *first: object) -> Run:
    """What runs command lines that begin with the words `first`."""

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in (*first, *words)])
        out, err = captured.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out.decode("utf-8"), err.decode("utf-8")

    return call
