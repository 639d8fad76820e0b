"""Labelled articles as draft items: what a model should have answered about each.

Reads the files of the data folder (see README) and aligns each label with the sentences and the
proposals of our own code, so that the answer can be written by `summarise.gold`. Judges nothing;
what the skeleton has no place for is left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.labels import read_labels
from benchmarks.matching import token_f1
from summarise.article import Article
from summarise.names import find_names
from summarise.proposals import Proposals, find_proposals
from summarise.read import read_text
from summarise.sentences import Sentence, split_sentences

Item = dict[str, Any]
_ALIKE = 0.65
"""Token F1 from which on a phrase that code finds is the labelled role in other bounds."""
UNKNOWN = "unknown"
"""Key of an item that lists the fields for which the labels give nothing to learn."""
ALSO = "also"
"""Key of an item that has, by field, further labels that would be as right."""


@dataclass(frozen=True)
class Labelled:
    """An article with the draft items that a perfect model would give, by family.

    lost: how many labels had no place, by family and reason.
    """

    id: str
    article: Article
    sentences: Sequence[Sentence]
    items: dict[str, list[Item]]
    labels: dict[str, Any]
    lost: Counter[str] = field(default_factory=Counter)


def read_labelled(data: Path, split: str) -> Iterator[Labelled]:
    """The fully labelled articles of one split (train, dev, test), in the file's order."""
    for row in read_labels(data, split):
        yield align(row.id, row.text, row.labels)


def align(article_id: str, text: str, label: dict[str, Any]) -> Labelled:
    """`label` (fields as in the output contract, spans into `text`) as draft items."""
    article = read_text(text, id=article_id)
    if article.text != text:
        raise ValueError(f"{article_id}: reading changed the text, so the spans of the labels don't fit")
    sentences = split_sentences(article)
    aligner = _Aligner(article, sentences, find_proposals(article, sentences))
    items = {
        "gist": aligner.gist(label["gist"]),
        "actors": aligner.named(label["actors"], "actors", "kind"),
        "numbers": aligner.numbers(label["numbers"]),
        "locations": aligner.named(
            [{**x, "label": "place"} for x in label["locations"]], "locations", "label"
        ),
        "stances": aligner.stances(label["stances"]),
    }
    return Labelled(article_id, article, sentences, items, label, aligner.lost)


class _Aligner:
    """Finds for each labelled item the proposal or sentence that it answers."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], proposals: Proposals) -> None:
        self.article, self.proposals = article, proposals
        self.sentences = {s.number: s for s in sentences if s.number in proposals.texts}
        self.lost: Counter[str] = Counter()
        self._owner: dict[str, str] = {}
        proposed = {str(p.value): p for p in proposals.of("names")}
        for name in reversed(find_names(article.text, sentences)):
            for form in (name.name, *name.aliases):
                if name.name in proposed:
                    self._owner[_fold(form)] = name.name
        self._proposed = proposed

    def sentence_at(self, span: Sequence[int]) -> int | None:
        """The number of the sentence that holds most of `span`, None where none holds a part."""
        best = max(
            self.sentences.values(), key=lambda s: min(s.end, span[1]) - max(s.start, span[0]), default=None
        )
        return best.number if best and min(best.end, span[1]) > max(best.start, span[0]) else None

    def gist(self, labels: Sequence[Item]) -> list[Item]:
        """Sentences of the body."""
        body = {p.sentence for p in self.proposals.of("body")}
        numbers = {self.sentence_at(label["spans"]["text"]) for label in labels}
        self.lost["gist"] += len(numbers - body)
        return [{"sentence": n, "label": "gist"} for n in sorted(n for n in numbers if n in body)]

    def named(self, labels: Sequence[Item], family: str, gate: str) -> list[Item]:
        """Actors or locations, each under the proposal that has one of its forms."""
        items: dict[str, Item] = {}
        for label in labels:
            forms = [label["name"], *label["aliases"]]
            owner = next((self._owner[_fold(f)] for f in forms if _fold(f) in self._owner), None)
            if owner is None:
                number = self.sentence_at(label["spans"]["evidence"])
                item = {"sentence": number, "name": label["name"], gate: label[gate]}
                if number is None or _fold(label["name"]) not in _fold(self.proposals.texts[number]):
                    self.lost[f"{family} name"] += 1
                    continue
            else:
                proposal = self._proposed[owner]
                item = {"sentence": proposal.sentence, "name": owner, gate: label[gate]}
            if family == "actors":
                item |= self._role(label.get("role"), item, proposed=owner is not None)
            items.setdefault(item["name"], item)
        return list(items.values())

    def _role(self, role: str | None, item: Item, proposed: bool) -> Item:
        """The role as far as it can be answered: of a proposed name, the phrase that is most like it."""
        if role is None:
            return {"role": None}
        if not proposed:
            return {"role": self._within(role, item["sentence"], "actors role")}
        found = self.proposals.belonging("roles", item["name"])
        nearest = max(found, key=lambda words: token_f1(words, role), default="")
        if token_f1(nearest, role) >= _ALIKE:
            return {"role": nearest}
        self.lost["actors role"] += 1
        return {"role": None, UNKNOWN: ("role",)}

    def numbers(self, labels: Sequence[Item]) -> list[Item]:
        """Every number that code proposes, with what it counts where that is labelled."""
        items = []
        taken: set[int] = set()
        for proposal in self.proposals.of("numbers"):
            sentence = self.sentences[proposal.sentence]
            hits = [
                i
                for i, label in enumerate(labels)
                if i not in taken
                and sentence.start <= label["spans"]["mention"][0] < sentence.end
                and (
                    _fold(label["mention"]) in _fold(str(proposal.value))
                    or _fold(str(proposal.value)) in _fold(label["mention"])
                )
            ]
            item: Item = {"sentence": proposal.sentence, "mention": proposal.value, "counts": None}
            if hits:
                taken.add(hits[0])
                item["counts"] = self._within(
                    labels[hits[0]].get("counts"), proposal.sentence, "numbers counts"
                )
            else:
                item[UNKNOWN] = ("counts",)
            items.append(item)
        self.lost["numbers"] += len(labels) - len(taken)
        return items

    def stances(self, labels: Sequence[Item]) -> list[Item]:
        """Positions; a holder that is no words of the sentence must be a proposed name."""
        items = []
        for label in labels:
            number = self.sentence_at(label["spans"]["evidence"])
            if number is None:
                self.lost["stances evidence"] += 1
                continue
            holder = self._holder(label["holder"], number)
            target = self._within(label["target"], number, "stances target")
            item: Item = {
                "sentence": number,
                "polarity": label["polarity"],
                "holder": holder,
                "target": target,
                "quote": self._quotation(label.get("quote"), number),
            }
            # the label says a pronoun's name, from another sentence: the position itself is still true
            unknown = tuple(name for name in ("holder", "target") if item[name] is None)
            items.append({**item, UNKNOWN: unknown} if unknown else item)
        return items

    def _holder(self, holder: str, number: int) -> str | None:
        owner = self._owner.get(_fold(holder))
        if owner and self._proposed[owner].sentence <= number:
            return owner
        return self._within(holder, number, "stances holder")

    def _within(self, words: str | None, number: int, what: str) -> str | None:
        """`words` as they stand in the sentence, None where they don't."""
        if words is None:
            return None
        text = self.proposals.texts[number]
        if words in text:
            return words
        at = text.casefold().find(words.casefold())
        if at >= 0 and len(text.casefold()) == len(text):
            return text[at : at + len(words)]
        self.lost[what] += 1
        return None

    def _quotation(self, quote: str | None, number: int) -> str | None:
        """The find that holds the labelled quotation or most of it."""
        if quote is None:
            return None
        finds = [f for f in self.proposals.finds("quotations", number) if f in quote or quote in f]
        if not finds:
            self.lost["stances quote"] += 1
        return max(finds, key=len) if finds else None


def _fold(text: str) -> str:
    words = text.casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)
