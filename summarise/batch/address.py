"""Which Ray cluster an ADDRESS means, and whether anybody listens there. Knows nothing of Ray itself.

`auto` is the cluster that this machine is a node of, or that RAY_ADDRESS names; HOST:PORT the one whose head
listens there, of which this machine has to be a node as well; `local` is made of this machine alone.
"""

from __future__ import annotations

import os
import re
import socket

from summarise.errors import UsageError, system_reason

FORMS = (
    "on a node of a cluster give auto, or HOST:PORT of its head; local is for workers on this machine alone"
)
REACH_SECONDS = 10.0

_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s/:@\[\]]+):([0-9]{1,5})")


def check_address(address: str) -> None:
    """Raises UsageError for what no cluster of ours can be, and where nobody listens: Ray itself would try
    for minutes."""
    meant = (os.environ.get("RAY_ADDRESS") or address) if address == "auto" else address  # as Ray reads it
    if meant in ("auto", "local"):
        return
    if meant.startswith("ray://"):
        raise UsageError(
            f"{meant} is for Ray Client, which Ray Data does not work with",
            "run it on a node of the cluster with auto, or hand it in there with `ray job submit`",
        )
    found = _HOST_AND_PORT.fullmatch(meant)
    if found is None or not 0 < int(found[2]) < 1 << 16:
        raise UsageError(f"{meant!r} is no address of a Ray cluster", FORMS)
    try:
        socket.create_connection((found[1].strip("[]"), int(found[2])), timeout=REACH_SECONDS).close()
    except (OSError, UnicodeError) as error:  # a name that no host can have is no OSError
        said = system_reason(error) if isinstance(error, OSError) else "no such host"
        raise UsageError(f"no Ray cluster at {meant}: {said}", FORMS) from None
