"""What may be drawn on a stream: nothing but plain lines, unless it is a terminal that can draw.

A bar moves the cursor, so it goes to a terminal alone, and not to one that says it is `dumb`. Colours are
those of tables alone (`formats.terminal`), which rich draws; with NO_COLOR there are none.
"""

from __future__ import annotations

import os
from typing import TextIO


def draws(stream: TextIO | None) -> bool:
    """Whether a progress bar may be drawn on `stream`; None: one that is closed."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
