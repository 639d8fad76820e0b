"""What the article has and a summary leaves out, where the summary does not say it itself.

`check` sees it; a summary keeps only its count. A number that was merged into an item saying the same has no
span in the summary, so the count tells how many of those that `check` sees are no gap.
"""

from __future__ import annotations

from summarise.article import Article
from summarise.check import check
from summarise.errors import InputError
from summarise.layout import find_dateline, find_title
from summarise.numbers import read_quantities
from summarise.summary import Seen, Summary


def with_missed(summary: Summary, text: str) -> Summary:
    """`summary` with `unreported`; unchanged where it has that, or where there is no sentence to miss."""
    if summary.unreported is not None:
        return summary
    article = Article(text, title=find_title(text), dateline=find_dateline(text))
    try:
        seen = check(article, summary, unreported=True).unreported
    except InputError:
        return summary
    if seen is None:
        return summary
    numbers = _without_repeated(seen.numbers, summary)
    return summary.model_copy(update={"unreported": seen.model_copy(update={"numbers": numbers})})


def _without_repeated(numbers: tuple[Seen, ...], summary: Summary) -> tuple[Seen, ...]:
    """`numbers` less as many that say what a reported one says as the summary counts as reported."""
    spare = len(numbers) - (summary.coverage.numbers - summary.coverage.numbers_reported)
    told = {(number.value, number.upper, number.unit) for number in summary.numbers}
    kept = []
    for number in numbers:
        read = read_quantities(number.text)
        if spare > 0 and any((q.value, q.upper, q.unit) in told for q in read):
            spare -= 1
        else:
            kept.append(number)
    return tuple(kept)
