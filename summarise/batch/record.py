"""One input of a batch: an article, or the reason why there is none. Never both, never neither.

Whatever is wrong with an input becomes data here, so that it costs only itself. Knows nothing of files.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from summarise.article import Article
from summarise.errors import InputError, SummariseError
from summarise.read import MOST_CHARACTERS, read_bytes, read_text


@dataclass(frozen=True)
class Form:
    """How articles lie in the inputs.

    text, id: the fields of a record that hold them. html: whether the inputs are pages; None: files as
    their names and bytes say, records never. most: characters beyond which an article is refused.
    """

    text: str = "text"
    id: str = "id"
    html: bool | None = None
    most: int = MOST_CHARACTERS


@dataclass(frozen=True)
class Record:
    """input: where it stands (`news.jsonl:17`), unique within a run. id: the article's, if it has one."""

    input: str
    id: str | None = None
    article: Article | None = None
    error: SummariseError | None = None


def read_record(place: str, fields: Mapping[str, object], form: Form) -> Record:
    """The article in a record with named fields; its id is `place` where the record has none."""
    id = fields.get(form.id)
    if id is None or id == "":
        id = place
    if isinstance(id, bool) or not isinstance(id, str | int):
        return fail(place, f"the id is no string and no whole number but {_kind(id)}", "mend --id-field")
    if isinstance(id, str) and _has_half(id):
        return fail(place, "the id has half a character, a lone surrogate", "write it as UTF-8 again")
    name = str(id)
    text = fields.get(form.text)
    if not isinstance(text, str):
        wrong = "there is no" if text is None else f"it is {_kind(text)} and no text in the"
        return fail(place, f"{wrong} field {form.text!r}", "name the text's field with --text-field", id=name)
    return settle(place, lambda: _article(text, name, form), id=name)


def settle(place: str, read: Callable[[], Article], *, id: str | None = None) -> Record:
    """What `read` gives, or the error it ends in; its article is known as `id`, or as `place`."""
    id = place if id is None else id
    try:
        return Record(place, id, article=replace(read(), id=id))
    except SummariseError as error:
        return Record(place, id, error=error)
    except Exception as error:  # one article that a library stumbles over must not end a run of a million
        said = f"{type(error).__name__}: {error}"
        return Record(place, id, error=SummariseError(said, "this is a bug of ours, please report it"))


def fail(place: str, message: str, hint: str, *, id: str | None = None) -> Record:
    """A record without an article."""
    return Record(place, id, error=InputError(message, hint))


def _article(text: str, id: str, form: Form) -> Article:
    if form.html:
        if len(text) > form.most or _has_half(text):
            return read_text(text, id=id, most=form.most)  # raises: it says what is wrong
        # the mark outweighs what the page says of its own encoding, which is settled already
        return read_bytes(codecs.BOM_UTF8 + text.encode(), id=id, html=True, most=form.most)
    return read_text(text, id=id, most=form.most)


def _has_half(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text) if not text.isascii() else False


def _kind(value: object) -> str:
    names = {bool: "true or false", list: "a list", dict: "an object", bytes: "bytes"}
    return names.get(type(value), f"a {type(value).__name__}")
