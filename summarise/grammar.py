"""A segment of the answer as an llguidance grammar: fixed text with slots that the model fills.

A slot holds one of a few given texts, or a word-bounded span of one sentence. The grammar
admits nothing else, so that every string the model writes stands in the article. Knows
nothing of families, prompts or news; never sees the model.
"""

from __future__ import annotations

import json
import re

from summarise.segment import Options, Segment, SpanOf

# What counts as one word of a span: never cut a number (`10,000`), an abbreviation (`U.S.`) or a
# contraction (`don't`), but let `Biden` be taken from `Biden's` and `Brussels` from `Brussels-based`.
_CHUNK = re.compile(
    r"\d+(?:[.,:]\d+)+|(?:[^\W\d_]\.){2,}|['’]s\b|\w+(?:['’](?!s\b)\w+)*(?:\u00ad\w+)*|\s+|.",
    re.DOTALL,
)
_FIRST = r"""[^ ,.;:!?)\]}…–—\-]"""  # a span never begins with these
_LAST = r"""[^ ,;:(\[{–—\-]"""  # nor ends with these


def build_grammar(segment: Segment) -> str:
    """The Lark text (llguidance's dialect) that admits exactly the fillings of `segment`."""
    rule: list[str] = []
    terminals: dict[str, str] = {}
    sentences: dict[str, str] = {}
    for part in segment.parts:
        if isinstance(part, str):
            rule.append(_literal(part))
            continue
        body = _options(part) if isinstance(part, Options) else _span(part, sentences)
        rule.append(terminals.setdefault(body, f"SLOT{len(terminals)}"))
    lines = [f"start: {' '.join(rule)}"]
    lines += [f"{name}: {body}" for body, name in terminals.items()]
    lines += [f"{name}: {_chunks(text)}" for text, name in sentences.items()]
    return "\n".join(lines)


def has_span(text: str, without: tuple[str, ...] = ()) -> bool:
    """Whether a span of `text` is left once those of `without` are taken."""
    words = [chunk for chunk in split_words(text) if any(c.isalpha() or c.isdecimal() for c in chunk)]
    # n words have at least n distinct spans that begin at the first: a cheap bound that is safe
    return len(words) > len(without) or any(word not in without for word in words)


def split_words(text: str) -> list[str]:
    """The pieces at whose bounds a span may begin and end; joined they are `text`."""
    return _CHUNK.findall(text)


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
    span = f"({' | '.join(names)}) & /{_FIRST}|{_FIRST}.*{_LAST}/ & /.*\\w.*/"
    if slot.holding:
        span += " & (/.*/ " + _any(tuple(map(_inner, slot.holding))) + " /.*/)"
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
