"""The decoding loop: rows in, their results out, one model pass for all of them.

Forced tokens never cost a pass of their own: they are appended and ride along with the next free
choice, as do guesses of what the choices behind it will be; those that the model makes otherwise are taken
back. Greedy, so the same input gives the same answer, whatever was guessed. Knows nothing of news and
parses no JSON.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarise.model import Model
from summarise.row import Ask, Counts, Decoded, Row, T

AHEAD = 48
"""Tokens beyond the next free choice, at most, that a row guesses in one pass."""


def decode_rows(
    model: Model,
    fixed: Sequence[int],
    article: Sequence[int],
    asks: Sequence[Ask[T]],
    counts: Counts,
    *,
    ahead: int = AHEAD,
) -> list[Decoded[T]]:
    """Runs every ask over the shared prompt `fixed` + `article`, greedily, to its end.

    ahead: how many tokens each row guesses at most; 0 for none.
    Raises GrammarError or DecodeError; nothing is returned then, so no cut answer can pass for a
    whole one.
    """
    rows = [Row(model.tokens.matching, ask, counts) for ask in asks]
    waiting = [i for i, row in enumerate(rows) if row.advance()]
    if waiting:
        session = model.open(fixed, article, len(rows))
    room = [model.context - len(fixed) - len(article)] * len(rows)
    while waiting:
        asked = [rows[i].look_ahead(min(ahead, room[i] - len(rows[i].pending))) for i in waiting]
        tokens = [rows[i].take_pending() for i in waiting]
        scores = session.step(waiting, tokens, asked)
        counts.passes += 1
        counts.shown += sum(map(len, tokens))
        still = []
        for i, new, own in zip(waiting, tokens, scores, strict=True):
            back = rows[i].settle(own)
            room[i] -= len(new) - back
            if back:
                session.rewind(i, back)
            if rows[i].advance():
                still.append(i)
        waiting = still
    return [row.decoded() for row in rows]
