"""The decoding loop: rows in, their results out, one model pass for all of them.

Forced tokens never cost a pass of their own: they are appended and ride along with the next free
choice. Greedy, so the same input gives the same answer. Knows nothing of news and parses no JSON.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarise.model import Model
from summarise.row import Ask, Counts, Decoded, Row, T


def decode_rows(
    model: Model, fixed: Sequence[int], article: Sequence[int], asks: Sequence[Ask[T]], counts: Counts
) -> list[Decoded[T]]:
    """Runs every ask over the shared prompt `fixed` + `article`, greedily, to its end.

    Raises GrammarError or DecodeError; nothing is returned then, so no cut answer can pass for a
    whole one.
    """
    rows = [Row(model.tokens.matching, ask, counts) for ask in asks]
    waiting = [i for i, row in enumerate(rows) if row.advance()]
    if waiting:
        session = model.open(fixed, article, len(rows))
        for i in set(range(len(rows))) - set(waiting):
            session.finish(i)
    while waiting:
        logits = session.step(waiting, [rows[i].take_pending() for i in waiting])
        counts.passes += 1
        still = []
        for i, row_logits in zip(waiting, logits, strict=True):
            rows[i].choose(row_logits)
            if rows[i].advance():
                still.append(i)
            else:
                session.finish(i)
        waiting = still
    return [row.decoded() for row in rows]
