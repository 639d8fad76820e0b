"""All forms of an article: two readings, since a weak find counts only where another supports it.

First the sentences whose capitals say something are read; then the headline in Title Case, and
the sentence-initial words, are held against what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from summarise.names.cut import Piece, cut_run
from summarise.names.forms import Form, words_of
from summarise.names.headline import capitals_say_nothing, form_of, known_forms
from summarise.names.nouns import read_phrases
from summarise.names.runs import read_runs
from summarise.names.tokens import Token, read_tokens
from summarise.names.words import adjective, head, ordinary

if TYPE_CHECKING:
    from summarise.sentences import Sentence

Forms = dict[tuple[str, ...], Form]


def collect_forms(text: str, sentences: Sequence[Sentence]) -> list[Form]:
    """The forms found in the sentences, in order of first occurrence."""
    forms: Forms = {}
    weak: list[Piece] = []
    flat: list[list[Token]] = []
    for sentence in sentences:
        tokens = read_tokens(text, sentence.start, sentence.end)
        if capitals_say_nothing(tokens, sentence.kind == "title"):
            flat.append(tokens)
            continue
        for piece in (piece for run in read_runs(tokens) for piece in cut_run(run)):
            if piece.weak:
                weak.append(piece)
            else:
                _add(forms, piece.tokens).royal |= piece.royal
        for phrase in read_phrases(tokens):
            form = _add(forms, phrase.tokens, noun=True)
            form.noun, form.country = True, phrase.country
    _support(forms, weak)
    _headlines(forms, flat)
    for form in forms.values():
        form.spans = sorted(set(form.spans))
    return sorted(forms.values(), key=lambda form: form.spans[0])


def _support(forms: Forms, weak: Iterable[Piece]) -> None:
    """Keep a weak piece only where its form is known from elsewhere."""
    for piece in weak:
        if words_of(piece.tokens) in forms:
            _add(forms, piece.tokens)


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
            words = words_of(stretch)
            if not form_of(stretch).isupper():
                words = known[form_of(stretch).casefold()]
            form = forms.setdefault(words, Form(words))
            form.spans.append((stretch[0].start, stretch[-1].end))


def _add(forms: Forms, tokens: Sequence[Token], noun: bool = False) -> Form:
    words = words_of(tokens, noun)
    form = forms.setdefault(words, Form(words))
    form.spans.append((tokens[0].start, tokens[-1].end))
    return form
