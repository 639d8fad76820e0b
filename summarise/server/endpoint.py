"""Where a model server is: its address, read and judged, and how long its answers may take."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from summarise.errors import UsageError

KEY = "SUMMARISE_API_KEY"
"""The environment variable with the server's API key: options are seen by everyone on the machine."""
TIMEOUT = 300.0


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible server.

    url: its base without a slash at the end, such as `http://localhost:8000/v1`. timeout: seconds for one
    whole answer, connecting included. key: its API key, which is never shown.
    """

    url: str
    timeout: float = TIMEOUT
    key: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """Its name and port, for messages."""
        return urlsplit(self.url).netloc

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine, whatever proxy is set for the others."""
        name = urlsplit(self.url).hostname or ""
        return name in ("localhost", "::1") or name.startswith("127.")


def read_endpoint(url: str, *, timeout: float = TIMEOUT) -> Endpoint:
    """The server at `url`; its version is `/v1` where the address has no path. Its key is read from KEY.

    Raises UsageError for what is no address of a server or has a secret in it.
    """
    if not timeout > 0:
        raise UsageError(f"a timeout of {timeout:g} seconds lets nothing be answered", "give at least 1")
    try:
        parts = urlsplit(url.strip())
        secret = parts.username is not None or parts.password is not None
        named = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        raise UsageError("the endpoint is no address", "give one such as http://localhost:8000/v1") from None
    if secret or parts.query or parts.fragment:
        # none of it is repeated here: it may be a password
        raise UsageError(
            "the endpoint has more than an address in it", f"set {KEY} for a server that asks for a key"
        )
    if parts.scheme not in ("http", "https") or not named or not _is_plain(url.strip()):
        raise UsageError(
            f"the endpoint {url!r} is no http address", "give one such as http://localhost:8000/v1"
        )
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    return Endpoint(f"{parts.scheme}://{parts.netloc}{path}", timeout, _read_key())


def _read_key() -> str | None:
    key = os.environ.get(KEY, "").strip()
    if not _is_plain(key):
        raise UsageError(f"{KEY} can't be sent: it has blanks or letters beyond ASCII", "set it anew")
    return key or None


def _is_plain(text: str) -> bool:
    return text.isascii() and all(c.isprintable() and c != " " for c in text)
