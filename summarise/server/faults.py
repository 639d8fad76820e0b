"""What can go wrong between us and a server: whose fault it is, what is said, and whether to ask again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from summarise.errors import DecodeError, ModelError, SummariseError
from summarise.server.endpoint import KEY

_LONGEST = 300  # characters of a server's own words that are repeated
_FOR_ALL = {401, 403, 404, 405, 407, 429, 502, 503}  # whatever the article
_PASSING = {408, 425, 429, 500, 502, 503, 504}  # may be gone when asked again

_HINTS = {
    401: f"set {KEY} to the server's key",
    403: f"set {KEY} to a key that may do this",
    404: "see whether --endpoint and --model are right",
    405: "give --endpoint the address of an OpenAI-compatible server",
    413: "read less at a time: --window",
    429: "ask for fewer articles at a time: --rows",
}


@dataclass(eq=False)
class Fault(Exception):
    """One request that came to nothing.

    again: whether it may well work when tried again. after: the seconds that the server asks to wait first.
    for_all: whether it has nothing to do with the article. status: what HTTP calls it, if it came to that.
    """

    message: str
    hint: str = ""
    again: bool = False
    after: float | None = None
    for_all: bool = False
    status: int | None = None

    def as_error(self) -> SummariseError:
        """What the user is told: a ModelError where it concerns all articles, else a DecodeError."""
        return (ModelError if self.for_all else DecodeError)(self.message, self.hint)


def fault_of_status(
    status: int, headers: Mapping[str, str], body: bytes, host: str, key: str | None
) -> Fault:
    """The fault that a response other than success is."""
    if status < 400:
        return Fault(
            f"the server at {host} sends us elsewhere ({status})", _HINTS[404], for_all=True, status=status
        )
    said = read_message(body, key)
    deed = "fails" if status >= 500 else "refuses"
    return Fault(
        f"the server at {host} {deed} with status {status}" + (f": {said}" if said else ""),
        _HINTS.get(status, "see the server's log" if status >= 500 else "see the server's own words"),
        again=status in _PASSING,
        after=read_pause(headers.get("retry-after", "")),
        for_all=status in _FOR_ALL,
        status=status,
    )


def read_pause(value: str) -> float | None:
    """Seconds of a Retry-After header, given as a number or as a date; None where it says nothing."""
    try:
        return max(float(int(value)), 0.0)
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)


def read_message(body: bytes, key: str | None) -> str:
    """The server's own words in one short printable line, the key taken out should it repeat that."""
    text = body.decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        text = _find_message(json.loads(text)) or text
    return one_line(text.replace(key, "…") if key else text)


def one_line(text: str) -> str:
    """Words from outside, short and printable: they can't pass for a line of ours, or steer a terminal."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _find_message(data: Any) -> str:
    """The message, in one of the forms that servers give it."""
    for name in ("error", "message", "detail"):
        if isinstance(data, dict) and name in data:
            return _find_message(data[name])
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
