"""Bytes, text or a file to an Article: decoded once, judged usable, title and dateline found.

Plain text in UTF-8 is decoded exactly (a byte order mark is not part of it) and nothing is
changed afterwards, line ends included; other encodings go by their byte order mark or are detected. Of
an HTML page only the article is kept, its title first. What can't be an article (empty, binary,
undecodable, too large, a page without an article) is an InputError that says what to do. Never
reads the network, never writes. The libraries for HTML and for detection are imported when they are
needed, because most articles need neither.
"""

from __future__ import annotations

import codecs
import logging
import re
from pathlib import Path

from summarise.article import Article
from summarise.errors import InputError, system_reason
from summarise.layout import find_dateline, find_title

MOST_CHARACTERS = 2_000_000
"""Beyond that an article is refused."""

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (  # what a file of each kind begins with
    (rb"%PDF-", "a PDF document"),
    (rb"PK\x03\x04", "a zip archive or an office document"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1", "an old office document"),
    (rb"\{\\rtf\d", "an RTF document"),
    (rb"\x89PNG\r\n", "a PNG image"),
    (rb"\xff\xd8\xff", "a JPEG image"),
    (rb"GIF8[79]a", "a GIF image"),
    (rb"RIFF.{4}(?:WEBP|WAVE|AVI )", "an image, sound or video"),
    (rb"\x1f\x8b", "a gzip archive"),
    (rb"BZh[1-9]1AY", "a bzip2 archive"),
    (rb"\xfd7zXZ", "an xz archive"),
    (rb"7z\xbc\xaf", "a 7z archive"),
    (rb"\x7fELF", "a program"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_HALF = re.compile(r"[\ud800-\udfff]")
_MOST_CONTROL = 0.02
"""Share of control characters from which on it is no text: prose has none, random bytes one in ten."""

_FEW_HIGH = 0.1
"""Share of bytes beyond ASCII up to which a text is taken for English."""

_WESTERN = bytes([0x80, 0x85, *range(0x91, 0x98), 0x99, *range(0xA0, 0x100)])
"""The bytes that windows-1252 has for what English text holds: quotes, dashes, €, accented letters."""

_SHORTEST_PARAGRAPH = 50
"""Characters: a page none of whose paragraphs is that long holds menus and headings only."""

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_TAG = re.compile(
    rb"</?(?:html|head|body|div|p|section|article|h[1-6]|ul|li|table|tr|td|span|a|br)(?:\s[^<>]*)?/?>", re.I
)
_META = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_LATIN = re.compile(r"(?:iso-?8859-?1|latin-?1|l1|us-ascii|ascii)", re.I)
_CHARSET = re.compile(
    r"(?:windows|cp)-?125\d|iso-?8859-?\d+|koi8-?[ru]|shift[-_]jis|euc-(?:jp|kr)|big5|gb(?:k|2312|18030)|macintosh",
    re.I,
)


def read_file(path: Path | str, *, html: bool | None = None, most: int = MOST_CHARACTERS) -> Article:
    """The article in a file; its id is the path as given, `html` as for `read_bytes`.

    InputError where there is no readable file.
    """
    path = Path(path)
    name = path.as_posix()
    try:
        with path.open("rb") as file:
            data = file.read(4 * most + 5)  # enough to see that it is too large
    except FileNotFoundError:
        raise InputError(f"no such file: {name}", "check the path") from None
    except IsADirectoryError:
        raise InputError(f"{name} is a folder", "name the files in it") from None
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        raise InputError(f"can't read {name}: {reason}", "check the file and its permissions") from None
    if html is None and path.suffix.lower() in (".html", ".htm", ".xhtml"):
        html = True
    return read_bytes(data, id=name, html=html, most=most)


def read_text(text: str, *, id: str | None = None, most: int = MOST_CHARACTERS) -> Article:
    """The article in a text that is already decoded, unchanged. InputError where it can't be one."""
    if len(text) > most:
        raise _too_large(most)
    if not text.strip(" \t\n\r\v\f\ufeff\u200b\xa0\x85\u2028\u2029") or text.isspace():
        raise InputError("the article is empty", "give it some text")
    control = len(_CONTROL.findall(text))
    if "\0" in text or control > _MOST_CONTROL * len(text):
        raise InputError("the article is binary, not text", "give plain text or HTML")
    if half := _HALF.search(text):
        raise InputError(
            f"the article has half a character at {half.start()}, a lone surrogate",
            "decode it again from its bytes",
        )
    return Article(text, id=id, title=find_title(text), dateline=find_dateline(text))


def read_bytes(
    data: bytes, *, id: str | None = None, html: bool | None = None, most: int = MOST_CHARACTERS
) -> Article:
    """The article in `data`. `html`: whether it is a page; None: see for yourself. InputError as above."""
    if len(data) > 4 * most + 4:  # no encoding takes more than four bytes a character
        raise _too_large(most)
    for magic, what in _BINARY:
        if re.match(magic, data, re.S):
            raise InputError(f"the article is {what}, not text", "convert it to plain text or HTML")
    if html is None:
        html = _is_page(data)
    text = _decoded(data, html)
    return read_text(_article_of(text) if html and text.strip() else text, id=id, most=most)


def _too_large(most: int) -> InputError:
    return InputError(
        f"the article is longer than {most:,} characters", "split it, or raise the limit (--max-characters)"
    )


def _is_page(data: bytes) -> bool:
    """Whether it looks like HTML: it begins like a page, or with a tag and tags are all over it."""
    head = data[:20_000].lstrip(codecs.BOM_UTF8).replace(b"\0", b"")  # UTF-16 is sniffed without its NULs
    head = head.lstrip(b"\xff\xfe")
    if _PAGE.match(head):
        return True
    return head.lstrip().startswith(b"<") and len(_TAG.findall(head)) > max(4, len(head) // 500)


def _decoded(data: bytes, html: bool) -> str:
    """The characters: by byte order mark, by what a page says, as UTF-8, else as detected."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding)
    if b"\0" in data:
        hint = "give plain text or HTML; save UTF-16 as UTF-8, or with a byte order mark"
        raise InputError("the article is binary, not text: it has NUL bytes", hint)
    if html and (found := _META.search(data, 0, 4096)):
        charset = found[1].decode("ascii", "replace")
        charset = "windows-1252" if _LATIN.fullmatch(charset) else charset  # as browsers do
        if _CHARSET.fullmatch(charset):
            try:
                return data.decode(charset)
            except (LookupError, UnicodeDecodeError):
                pass  # the page is wrong about itself
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(data, _detected(data))


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        raise _undecodable() from None


def _undecodable() -> InputError:
    return InputError("the article's encoding can't be made out", "save it as UTF-8")


def _detected(data: bytes) -> str:
    """The encoding that makes the most sense; for text that is mostly ASCII that is windows-1252."""
    repaired = data.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    if sum(not c.isascii() for c in repaired) >= 2 * broken:  # at least as many whole characters as broken
        raise InputError(
            f"the article is UTF-8 with {broken} broken characters", "get it whole, or save it as UTF-8 again"
        )
    sample = data.translate(None, bytes([*range(9), *range(14, 27), 127]))
    if len(data) - len(sample) > _MOST_CONTROL * len(data):
        raise InputError("the article is binary, not text", "give plain text or HTML")
    high = data.translate(None, bytes(range(128)))
    # detection guesses wrong on a few accents among ASCII, and in English they are windows-1252
    if len(high) <= _FEW_HIGH * len(data) and not high.translate(None, _WESTERN):
        return "cp1252"
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise _undecodable()
    usual = [
        one
        for one in matches
        if one.encoding == "cp1252" and one.chaos <= best.chaos and one.coherence >= best.coherence
    ]
    return "cp1252" if usual or "cp1252" in best.could_be_from_charset else best.encoding


def _article_of(page: str) -> str:
    """The main text of an HTML page: its title, a blank line, then paragraphs with blank lines between."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of pages that we refuse ourselves
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(page, include_comments=False, with_metadata=True)
    text, title = (found.text or "", found.title or "") if isinstance(found, Document) else ("", "")
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if max(map(len, paragraphs), default=0) < _SHORTEST_PARAGRAPH:
        raise InputError("the page has no article in it", "give the page of one article, or its text")
    title = " ".join(title.split())
    if title and not any(title == " ".join(line.split()) for line in paragraphs[:3]):
        paragraphs.insert(0, title)
    return "\n\n".join(paragraphs)
