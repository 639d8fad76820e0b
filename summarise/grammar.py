"""A segment of the answer as an llguidance grammar: fixed text with slots that the model fills.

A slot holds one of a few given texts, or a word-bounded span of one sentence. The grammar
admits nothing else, so that every string the model writes stands in the article. Knows
nothing of families, prompts or news; never sees the model.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from summarise.article import Span
from summarise.segment import Options, Segment, Slot, SpanOf

# What counts as one word of a span: never cut a number (`10,000`), an abbreviation (`U.S.`) or a
# contraction (`don't`), but let `Biden` be taken from `Biden's` and `Brussels` from `Brussels-based`.
_CHUNK = re.compile(
    r"\d+(?:[.,:]\d+)+|(?:[^\W\d_]\.){2,}|['’]s\b|\w+(?:['’](?!s\b)\w+)*|\s+|.",
    re.DOTALL,
)
_FIRST = r"""[^ ,.;:!?)\]}…–—\-]"""  # a span never begins with these
_LAST = r"""[^ ,;:(\[{–—\-]"""  # nor ends with these
# and it has a letter or digit, those of an escaped control character (`\u001b`) not counted
_LETTER = r"""(\\u....|\\[^u]|[^\\\p{L}\p{N}])*[\p{L}\p{N}].*"""
# nor is it cut off behind or before a word that needs another: `a plan of`, `and the crew`
_LEANS_BACK = "and|or|but|nor|than|is|are|was|were|said"
_LEANS_ON = f"{_LEANS_BACK}|of|to|at|by|for|with|from|as|into|the|a|an|his|its|their|been|according"
_CUT_OFF = rf"(({_LEANS_BACK})( .*)?)|((.* )?({_LEANS_ON}))"
LEANING = frozenset(_LEANS_ON.split("|"))
_AROUND = 6  # words of a sentence that a span may take up on either side of what it has to hold


def build_grammar(segment: Segment) -> str:
    """The Lark text (llguidance's dialect) that admits exactly the fillings of `segment`."""
    terms = _Terms()
    return "\n".join([f"start: {terms.line(segment)}", *terms.lines()])


def build_list_grammar(head: str, items: Sequence[Segment], tail: str, most: int) -> str:
    """As `build_grammar`, of a list that is written in one go: `head`, fillings of `items` in any order, at
    most `most` of them, and `tail`."""
    terms = _Terms()
    rules = [f"item{i}: {terms.line(item)}" for i, item in enumerate(items)]
    if not items or most < 1:
        return f"start: {_literal(head + tail)}"
    more = f" ({_literal(', ')} item){{0,{most - 1}}}" if most > 1 else ""
    start = f"start: {_literal(head)} (item{more})? {_literal(tail)}"
    choice = f"item: {' | '.join(f'item{i}' for i in range(len(items)))}"
    return "\n".join([start, choice, *rules, *terms.lines()])


class _Terms:
    """The terminals of a grammar, each written once however many rules have it."""

    def __init__(self) -> None:
        self._slots: dict[str, str] = {}
        self._sentences: dict[str, str] = {}

    def line(self, segment: Segment) -> str:
        """The right side of a rule for `segment`."""
        return " ".join(
            _literal(part) if isinstance(part, str) else self._slot(part) for part in segment.parts
        )

    def lines(self) -> list[str]:
        """The rules of all terminals that were used."""
        slots = [f"{name}: {body}" for body, name in self._slots.items()]
        return slots + [f"{name}: {_chunks(text)}" for text, name in self._sentences.items()]

    def _slot(self, slot: Slot) -> str:
        body = _options(slot) if isinstance(slot, Options) else _span(slot, self._sentences)
        return self._slots.setdefault(body, f"SLOT{len(self._slots)}")


def admits(slot: Slot, raw: str) -> bool:
    """Whether the grammar of `slot` admits `raw`, the JSON text of a value."""
    if isinstance(slot, Options):
        return raw in slot.values
    if raw == "null":
        return slot.nullable
    words = json.loads(raw)
    if words in slot.among:
        return True
    if any(map(_has_content, slot.texts)) and re.fullmatch(_CUT_OFF, words, re.DOTALL):
        return False
    return words not in slot.without and any(_is_span(text, words) for text in slot.texts)


def _is_span(text: str, words: str) -> bool:
    text = _open_ended(text)
    bounds = {*accumulate(map(len, split_words(text)), initial=0)}
    at = text.find(words)
    while at >= 0 and not {at, at + len(words)} <= bounds:
        at = text.find(words, at + 1)
    ends = re.match(_FIRST, words) and re.search(_LAST + r"\Z", words)
    return at >= 0 and bool(ends) and any(unicodedata.category(c)[0] in "LN" for c in words)


def has_span(text: str, without: tuple[str, ...] = ()) -> bool:
    """Whether a span of `text` is left once those of `without` are taken."""
    words = [chunk for chunk in split_words(text) if any(c.isalpha() or c.isdecimal() for c in chunk)]
    if _has_content(text):
        words = [word for word in words if word not in LEANING]
    # n words have at least n distinct spans that begin at the first: a cheap bound that is safe
    return len(words) > len(without) or any(word not in without for word in words)


def _has_content(text: str) -> bool:
    """Whether `text` has a word that can be a span of its own; else even `and` has to do."""
    return any(
        word not in LEANING and any(unicodedata.category(c)[0] in "LN" for c in word)
        for word in split_words(text)
    )


def find_whole(text: str, words: str, start: int = 0) -> Span | None:
    """Where `words` next stands in `text` with no word or number cut: `3` is neither in `13` nor in `1.3`."""
    whole = re.compile(rf"(?<!\w)(?<!\d[.,:]){re.escape(words)}(?!\w|[.,:]\d)")
    found = whole.search(text, start)
    return found.span() if found else None


def spans_holding(text: str, held: Sequence[Span]) -> list[Span]:
    """The spans of `text`, from left to right, that hold one of `held` and at most a few words around it."""
    words = [*accumulate(map(len, split_words(text)), initial=0)]
    spans = set()
    for start, end in held:
        if start not in words or end not in words:
            continue  # inside a word: no span can hold it
        first, last = words.index(start), words.index(end)
        spans |= {
            (low, high)
            for low in words[max(0, first - 2 * _AROUND) : first + 1]
            for high in words[last : last + 2 * _AROUND + 1]
            if re.match(_FIRST, text[low:]) and re.search(_LAST + r"\Z", text[:high])
        }
    return sorted(spans)


def split_words(text: str) -> list[str]:
    """The pieces at whose bounds a span may begin and end; joined they are `text`."""
    words: list[str] = []
    for chunk in _CHUNK.findall(text):
        if words and _grown_together(words[-1], chunk):
            words[-1] += chunk
        else:
            words.append(chunk)
    return words


def _grown_together(left: str, right: str) -> bool:
    """Whether a bound between the two would cut a word, a number or a combined character."""
    if unicodedata.category(right[0])[0] == "M":
        return True
    if left[-1] in ".,:" and left[-2:-1].isdigit() and right[0].isdigit():
        return True
    return _in_word(left[-1]) and _in_word(right[0])


def _in_word(character: str) -> bool:
    joiner = character in "_\u00ad\u200b\u200c\u200d\u2060"
    return character.isalnum() or joiner or unicodedata.category(character)[0] == "M"


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _inner(text: str) -> str:
    """`text` as it stands between the quotes of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _any(values: tuple[str, ...]) -> str:
    return "(" + " | ".join(_literal(value) for value in values) + ")"


def _options(slot: Options) -> str:
    return _any(slot.values)


def _span(slot: SpanOf, sentences: dict[str, str]) -> str:
    names = [sentences.setdefault(_open_ended(t), f"SENTENCE{len(sentences)}") for t in slot.texts]
    span = f"({' | '.join(names)}) & /{_FIRST}|{_FIRST}.*{_LAST}/ & /{_LETTER}/"
    if any(map(_has_content, slot.texts)):
        span += f" & ~/{_CUT_OFF}/"
    if slot.without:
        span += " & ~" + _any(tuple(map(_inner, slot.without)))
    ways = [f'"\\"" ({span}) "\\""'] if names else []
    if slot.among:
        ways.append('"\\"" ' + _any(tuple(map(_inner, slot.among))) + ' "\\""')
    if slot.nullable:
        ways.append('"null"')
    return " | ".join(ways)


def _open_ended(text: str) -> str:
    """`text` without the mark that ends the sentence, which is no part of a span."""
    words = split_words(text)
    return "".join(words[:-1] if words and words[-1] in ".!?" else words)


def _chunks(text: str) -> str:
    chunks = [_inner(chunk) for chunk in split_words(text)]
    return "%regex " + json.dumps({"substring_chunks": chunks}, ensure_ascii=False)
