"""All forms of an article: two readings, since a weak find counts only where another supports it.

First the sentences whose capitals say something are read; then the headline in Title Case, and
the sentence-initial words, are held against what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from summarise.names.cut import Piece, cut_run
from summarise.names.forms import Form, words_of
from summarise.names.headline import capitals_say_nothing, form_of, known_forms, recased
from summarise.names.nouns import read_phrases
from summarise.names.runs import read_runs
from summarise.names.tokens import Token, read_tokens
from summarise.names.words import adjective, head, ordinary

if TYPE_CHECKING:
    from summarise.sentences import Sentence

Forms = dict[tuple[str, ...], Form]

_SMALL = re.compile(r"[a-z]{4}")
_DOTTED = {"jr", "sr", "inc", "co", "corp", "ltd", "bros"}
"""Last words of names to which the full stop behind them belongs."""


def collect_forms(text: str, sentences: Sequence[Sentence]) -> list[Form]:
    """The forms found in the sentences, in order of first occurrence."""
    forms: Forms = {}
    weak: list[Piece] = []
    flat: list[list[Token]] = []
    for sentence in sentences:
        title = sentence.kind == "title"
        tokens = read_tokens(text, sentence.start, sentence.end, sparse=not title)
        if _has_no_capitals(text, sentence.start, sentence.end):
            continue
        small = not title and _SMALL.search(text, sentence.start, sentence.end)
        if not small and capitals_say_nothing(tokens, title):
            flat.append(tokens)
        else:
            weak += _read(forms, tokens, text)
    if len(flat) > 1 and 2 * len(flat) > len(sentences):
        for tokens in flat:
            _read_capitals(forms, tokens, text)
    _support(forms, weak, text)
    _headlines(forms, flat)
    for form in forms.values():
        form.spans = sorted(set(form.spans))
    return sorted(forms.values(), key=lambda form: form.spans[0])


def _read(forms: Forms, tokens: Sequence[Token], text: str) -> list[Piece]:
    """Add the forms of one sentence; what is weak is handed back."""
    weak = []
    for piece in (piece for run in read_runs(tokens) for piece in cut_run(run)):
        if piece.weak:
            weak.append(piece)
        else:
            _add(forms, piece.tokens, text).royal |= piece.royal
    for phrase in read_phrases(tokens):
        form = _add(forms, phrase.tokens, noun=True)
        form.noun, form.country, form.size = True, phrase.country, phrase.size
    return weak


def _read_capitals(forms: Forms, tokens: Sequence[Token], text: str) -> None:
    """Add the forms of a sentence in capitals: names of two words and more, nouns for bodies."""
    tokens = recased(tokens)
    for piece in (piece for run in read_runs(tokens) for piece in cut_run(run)):
        if len(piece.tokens) > 1 and not piece.weak:
            _add(forms, piece.tokens, text).royal |= piece.royal
    for phrase in read_phrases(tokens):
        form = _add(forms, phrase.tokens, noun=True)
        form.noun, form.country, form.size = True, phrase.country, phrase.size


def _has_no_capitals(text: str, start: int, end: int) -> bool:
    """True where most letters are of a script without capitals: nothing tells names from other words."""
    sentence = text[start:end]
    if sentence.isascii():
        return False
    letters = [c for c in sentence if c.isalpha()]
    return 2 * sum(c > "\u02ff" and c.lower() == c.upper() for c in letters) > len(letters)


def _support(forms: Forms, weak: Iterable[Piece], text: str) -> None:
    """Keep a weak piece only where its form is known from elsewhere."""
    for piece in weak:
        if words_of(piece.tokens) in forms:
            _add(forms, piece.tokens, text)


def _headlines(forms: Forms, flat: Iterable[Sequence[Token]]) -> None:
    flat = list(flat)
    known: dict[str, tuple[str, ...]] = {}
    for words, form in forms.items():
        if flat and not adjective(form.key.casefold()):
            known.setdefault(form.key.casefold(), words)
            last = words[-1].casefold()
            if len(words) > 1 and not form.noun and not head(last) and not ordinary(last):
                known.setdefault(last, words[-1:])  # the surname alone
    for tokens in flat:
        for stretch in known_forms(tokens, known.keys()):
            words = known.get(form_of(stretch).casefold(), words_of(stretch))
            form = forms.setdefault(words, Form(words))
            form.spans.append((stretch[0].start, stretch[-1].end))


def _add(forms: Forms, tokens: Sequence[Token], text: str = "", noun: bool = False) -> Form:
    words = words_of(tokens, noun)
    form = forms.setdefault(words, Form(words))
    end = tokens[-1].end
    dotted = len(tokens) > 1 and tokens[-1].low in _DOTTED and text[end : end + 1] == "."
    form.spans.append((tokens[0].start, end + dotted))
    return form
