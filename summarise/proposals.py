"""What code can see in an article: the proposals that the model judges and the finds it picks from.

Kinds: "sentences" (all that are asked about) and "names", both with hints (`hints`); "body" (the
sentences without the title); "roles" (of each name, what may say who it is); "meant" (by sentence, the
names that may be meant there, likeliest first); "numbers" (with the noun that each is certain to count);
"quotations".
Nothing here is a judgement of what matters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarise.article import Article
from summarise.counted import noun_after
from summarise.hints import describe_names, describe_sentence
from summarise.meant import find_meant
from summarise.names import Name, find_names, may_be_person
from summarise.numbers import read_quantities
from summarise.quotations import Quotation, find_quotations
from summarise.roles import find_roles
from summarise.sentences import Sentence
from summarise.speakers import Speaker, attribute, blank, is_speech

_SHARED = 2
"""People of the article with a surname, from which on it names nobody by itself."""


@dataclass(frozen=True)
class Proposal:
    """One thing to judge.

    key: how it is called in the answer, unique among its kind.
    value: what the draft's key field gets: a string of the article, or a sentence's number.
    sentence: the number of the sentence that is its evidence.
    words: what is said of it before it is judged, after the key; "" for nothing.
    of: the value of the proposal that it belongs to; "" for none.
    """

    key: str
    value: str | int
    sentence: int
    words: str = ""
    of: str = ""

    @property
    def title(self) -> str:
        """The key with its words."""
        return f"{self.key}: {self.words}" if self.words else self.key


@dataclass(frozen=True)
class Proposals:
    """Proposals by kind, in the article's order, and the text of each sentence by its number."""

    by_kind: Mapping[str, tuple[Proposal, ...]]
    texts: Mapping[int, str]

    def of(self, kind: str) -> tuple[Proposal, ...]:
        """All proposals of `kind`."""
        return self.by_kind.get(kind, ())

    def finds(self, kind: str, sentence: int) -> tuple[str, ...]:
        """The distinct strings of `kind` in one sentence."""
        return tuple(dict.fromkeys(str(p.value) for p in self.of(kind) if p.sentence == sentence))

    def belonging(self, kind: str, value: str) -> tuple[str, ...]:
        """The strings of `kind` that belong to the proposal with `value`."""
        return tuple(str(p.value) for p in self.of(kind) if p.of == value)

    def within(self, numbers: Collection[int]) -> Proposals:
        """Those whose sentence is among `numbers`."""
        kept = {kind: tuple(p for p in ps if p.sentence in numbers) for kind, ps in self.by_kind.items()}
        return Proposals(kept, {n: text for n, text in self.texts.items() if n in numbers})


def find_proposals(article: Article, sentences: Sequence[Sentence]) -> Proposals:
    """Everything that code proposes for `article`; crumbs and datelines are never among it."""
    # a sentence without a letter or digit ("* * *") has no words to choose from
    asked = [s for s in sentences if s.number > 0 and any(c.isalpha() or c.isdecimal() for c in s.text)]
    names = _names(article, sentences)
    quotations = sorted(find_quotations(article.text), key=lambda q: (q.start, q.end))
    voices = attribute(article.text, sentences, names, quotations)
    roles = tuple(_roles(article, sentences, names))
    return Proposals(
        {
            "sentences": tuple(_sentences(article, asked, quotations)),
            "body": tuple(Proposal(str(s.number), s.number, s.number) for s in asked if s.kind == "body"),
            "names": _hinted(article, sentences, names, quotations, voices, {role.of for role in roles}),
            "roles": roles,
            "meant": _meant(article, sentences, names, quotations, voices),
            "numbers": _numbers(article, asked),
            "quotations": _quotations(article, asked, quotations),
        },
        {s.number: s.text for s in asked},
    )


def _fold(text: str) -> str:
    return " ".join(text.split())


def _names(article: Article, sentences: Sequence[Sentence]) -> tuple[Name, ...]:
    names = {name.name: name for name in reversed(find_names(article.text, sentences))}
    bearers = Counter(name.split()[-1] for name in names if may_be_person(names[name]))
    # a surname that two people share, alone: each is proposed by the full name already
    return tuple(name for name in reversed(list(names.values())) if bearers[name.name] < _SHARED)


def _sentences(
    article: Article, asked: Sequence[Sentence], quotations: Sequence[Quotation]
) -> Iterator[Proposal]:
    """Each with its text, then its hints."""
    for s, reaching in _reaching(asked, quotations):
        hints = describe_sentence(article.text, (s.start, s.end), quoted=bool(reaching))
        yield Proposal(str(s.number), s.number, s.number, f"{s.text} [{hints}]" if hints else s.text)


def _hinted(
    article: Article,
    sentences: Sequence[Sentence],
    names: Sequence[Name],
    quotations: Sequence[Quotation],
    voices: Sequence[Speaker | None],
    with_role: Collection[str],
) -> tuple[Proposal, ...]:
    hints = describe_names(
        blank(article.text, quotations),
        sentences,
        names,
        speaking={voice.name for voice in voices if voice and voice.name is not None},
        roles={index for index, name in enumerate(names) if name.name in with_role},
    )
    return tuple(Proposal(n.name, n.name, n.sentence, words) for n, words in zip(names, hints, strict=True))


def _roles(article: Article, sentences: Sequence[Sentence], names: Sequence[Name]) -> Iterator[Proposal]:
    for name, spans in zip(names, find_roles(article.text, sentences, names), strict=True):
        for start, end in spans:
            words = _fold(article.text[start:end])
            yield Proposal(f"{name.name}: {words}", words, name.sentence, of=name.name)


def _meant(
    article: Article,
    sentences: Sequence[Sentence],
    names: Sequence[Name],
    quotations: Sequence[Quotation],
    voices: Sequence[Speaker | None],
) -> tuple[Proposal, ...]:
    meant = find_meant(article.text, sentences, names, quotations, voices)
    return _keyed([(number, names[name].name) for number, here in meant.items() for name in here])


def _numbers(article: Article, asked: Sequence[Sentence]) -> tuple[Proposal, ...]:
    found, nouns = [], []
    for s in asked:
        raw = article.text[s.start : s.end]
        for quantity in read_quantities(raw):
            found.append((s.number, _fold(raw[quantity.start : quantity.end])))
            noun = noun_after(raw, quantity.end, len(raw))
            nouns.append(_fold(raw[slice(*noun)]) if noun else "")
    return tuple(replace(p, words=words) for p, words in zip(_keyed(found), nouns, strict=True))


def _keyed(found: Sequence[tuple[int, str]]) -> tuple[Proposal, ...]:
    """A proposal for each string found in a sentence; its key tells the same one found again apart."""
    proposals, seen = [], Counter[str]()
    for number, words in found:
        key = f"{number}: {words}"
        seen[key] += 1
        proposals.append(Proposal(key if seen[key] == 1 else f"{key} ({seen[key]})", words, number))
    return tuple(proposals)


def _reaching(
    asked: Sequence[Sentence], quotations: Sequence[Quotation]
) -> Iterator[tuple[Sentence, list[Quotation]]]:
    """Each sentence with the quotations, given by start, that reach into it."""
    at = 0
    for s in asked:
        while at < len(quotations) and quotations[at].end <= s.start:
            at += 1
        stop = bisect_left(quotations, s.end, lo=at, key=lambda q: q.start)
        yield s, [q for q in quotations[at:stop] if q.end > s.start]


def _quotations(
    article: Article, asked: Sequence[Sentence], quotations: Sequence[Quotation]
) -> tuple[Proposal, ...]:
    """The part of each quotation that lies in each sentence: a quotation may run over several."""
    found = []
    spoken = [q for q in quotations if is_speech(article.text, q)]
    for s, reaching in _reaching(asked, spoken):
        for quotation in reaching:
            words = _fold(article.text[max(quotation.start, s.start) : min(quotation.end, s.end)])
            if any(c.isalnum() for c in words):
                found.append((s.number, words))
    return _keyed(found)
