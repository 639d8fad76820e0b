"""The article: its text, decoded once, and what is known of its layout.

Every offset anywhere in this project is a code-point index into `Article.text`, end
exclusive. Nothing ever changes the text after an Article has been made. This module
knows nothing of files, encodings or HTML (see `read`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

Span = tuple[int, int]
"""Code points [start, end) of `Article.text`."""


@dataclass(frozen=True)
class Article:
    """One article.

    text: what all offsets point into.
    id: how the caller knows it (a file name, a record's key), or None.
    title: span of the headline in `text`, or None where none was recognised.
    dateline: span of the line that dates the article, or None.
    """

    text: str
    id: str | None = None
    title: Span | None = None
    dateline: Span | None = None

    @cached_property
    def sha256(self) -> str:
        """Hex sha256 of the text in UTF-8 (lone surrogates, which UTF-8 lacks, pass as they are)."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def slice(self, span: Span) -> str:
        """The characters of `span`, exactly."""
        return self.text[span[0] : span[1]]
