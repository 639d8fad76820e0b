"""The decoding loop: forced text is free, rows do not disturb each other, and what breaks raises."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llguidance import LLMatcher

from fakes import ScriptedModel, decode_rows, follow, save_tiny
from summarise import row
from summarise.decode import Job, decode_jobs
from summarise.errors import DecodeError, GrammarError
from summarise.grammar import split_words
from summarise.model import LocalModel, load_model
from summarise.row import Ask, Counts
from summarise.segment import Filled, Options, Segment, SpanOf
from summarise.skeleton import lay_out
from test_skeleton import FAMILIES, NEWS, hold_answer, propose

LETTERS = Options(('"x"', '"y"', '"z"'))
SENTENCE = "Éva O'Dowd called it “日本 style 🙂” — très café."


def program(*segments: Segment) -> Generator[Segment, Filled, list[Filled]]:
    filled = []
    for segment in segments:
        filled += [(yield segment)]
    return filled


def ask(model: Any, *segments: Segment, question: str = "q") -> Ask[list[Filled]]:
    return Ask(model.tokens.encode(f"{question}assistant\n"), program(*segments))


class Matcher:
    """The real matcher, to be bent in one place."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.own = LLMatcher(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)


def choices(count: int) -> Segment:
    """A segment with `count` free choices of one token each."""
    parts: list[Any] = ["[0"]
    for _ in range(count):
        parts += [", ", LETTERS]
    return Segment((*parts, "]"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> LocalModel:
    return load_model(save_tiny(tmp_path_factory.mktemp("tiny"), "llama"), "tiny", device="cpu")


def test_what_is_forced_makes_no_pass() -> None:
    model, counts = ScriptedModel(lambda question, written: ""), Counts()
    rows = decode_rows(model, [1], [2], [ask(model, choices(0), Segment(("é", "日本")))] * 1, counts)
    assert rows[0].text == "[0]é日本"
    assert (counts.passes, counts.choices, model.opened) == (0, 0, [])
    assert counts.tokens == len("[0]é日本".encode())


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=3), min_size=1, max_size=5))
def test_passes_are_the_choices_of_the_longest_row(rows: list[list[int]]) -> None:
    model, counts = ScriptedModel(lambda question, written: "y"), Counts()
    asks = [ask(model, *map(choices, segments)) for segments in rows]
    decode_rows(model, [1], [2], asks, counts, ahead=0)
    assert counts.passes == max(map(sum, rows))
    assert counts.choices == sum(map(sum, rows))


def test_each_token_is_shown_to_the_model_once_and_in_order() -> None:
    seen: list[str] = []
    script = follow(lambda question: '[0, "x", "z"]["y"]')
    model = ScriptedModel(lambda question, written: seen.append(written) or script(question, written))
    asked = ask(model, choices(2), Segment(("[", LETTERS, "]")))
    (row,) = decode_rows(model, [1], [2], [asked], Counts(), ahead=0)
    assert row.text == '[0, "x", "z"]["y"]'
    assert seen == ['[0, "', '[0, "x", "', '[0, "x", "z"]["']


def test_ties_fall_to_the_lowest_id_and_the_same_comes_twice() -> None:
    model = ScriptedModel(lambda question, written: "")  # no wish: all logits are equal
    segment = Segment((Options(('"b"', '"a"', '"c"')), SpanOf((SENTENCE,))))
    first, second = (decode_rows(model, [1], [2], [ask(model, segment)], Counts())[0].text for _ in "12")
    assert first == second
    assert first.startswith('"a"')


def test_probabilities_of_each_choice_sum_to_one(tiny: LocalModel) -> None:
    (row,) = decode_rows(
        tiny, [1, 2], [3], [ask(tiny, choices(3), Segment((SpanOf((SENTENCE,), nullable=True),)))], Counts()
    )
    made = [choice for filled in row.result for choice in filled.choices]
    assert len(made) > 3
    for choice in made:
        assert 0 < choice.probability <= 1
        assert sum(p for _, p in choice.options) == pytest.approx(1)
        assert max(p for _, p in choice.options) == pytest.approx(choice.probability)


@pytest.mark.parametrize("words", ["Éva", "日本 style 🙂", "très café", "Éva O'Dowd called it “日本"])
def test_characters_of_several_bytes_come_out_whole(words: str) -> None:
    text = f'{{"a": "{words}", "b": "x"}}'
    model = ScriptedModel(follow(lambda question: text))
    segment = Segment(('{"a": ', SpanOf((SENTENCE,)), ', "b": ', LETTERS, "}"))
    (row,) = decode_rows(model, [1], [2], [ask(model, segment)], Counts())
    assert row.text == text
    starts = [choice.start for choice in row.result[0].choices]
    assert starts == sorted(starts)
    assert text[starts[-1]] == "x"


@pytest.mark.parametrize("proposing", [True, False])
def test_a_row_is_the_same_alone_and_in_company(tiny: LocalModel, proposing: bool) -> None:
    proposals = propose(NEWS)
    families = list(FAMILIES.values())

    def run(chosen: list[str]) -> list[str]:
        asks = [
            Ask(tiny.tokens.encode(f"about {n}"), lay_out(FAMILIES[n], proposals, propose=proposing))
            for n in chosen
        ]
        rows = decode_rows(tiny, tiny.tokens.encode("fixed"), tiny.tokens.encode(NEWS), asks, Counts())
        for name, done in zip(chosen, rows, strict=True):
            hold_answer(FAMILIES[name], proposals, done.result, done.text, proposing=proposing)
        return [done.text for done in rows]

    names = [family.name for family in families]
    alone = {name: run([name])[0] for name in names}
    for count in range(2, 6):
        assert run(names[:count]) == [alone[name] for name in names[:count]]
    assert run(names[::-1]) == [alone[name] for name in names[::-1]]


def test_a_program_that_ends_at_once_leaves_the_others_alone() -> None:
    model = ScriptedModel(lambda question, written: "z")
    rows = decode_rows(
        model, [1], [2], [ask(model), ask(model, choices(1)), ask(model, choices(0))], Counts()
    )
    assert [row.text for row in rows] == ["", '[0, "z"]', "[0]"]


def test_a_grammar_that_can_not_be_built_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    model = ScriptedModel(lambda question, written: "")
    monkeypatch.setattr(row, "build_grammar", lambda segment: "start: (")
    with pytest.raises(GrammarError, match="refused"):
        decode_rows(model, [1], [2], [ask(model, choices(1))], Counts())


def test_a_long_sentence_with_much_taken_out_of_it_is_no_limit(model_folder: Path) -> None:
    # only a vocabulary of tens of thousands of tokens comes near llguidance's limit of a step
    model = load_model(model_folder, "base", device="cpu")
    some = split_words("Ana Roe of the Lima Harbour Board and Tom Hale of West Bay said his ferry was old")
    some = [word for word in some if word != " "]
    words = [some[(7 * i + i * i // 5) % len(some)] for i in range(220)]
    taken = tuple({" ".join(words[i : i + 1 + i % 4]) for i in range(150)})
    segment = Segment(('"name": ', SpanOf((" ".join(words),), without=taken), "}"), (("", "name"),))
    counts = Counts()
    ((filled,),) = (d.result for d in decode_rows(model, [1], [2], [ask(model, segment)], counts, ahead=0))
    name = json.loads("{" + filled.text)["name"]
    assert name in " ".join(words) and name not in taken


def test_a_matcher_that_refuses_its_token_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(Matcher):
        def consume_tokens(self, tokens: list[int]) -> bool:
            return False

    model = ScriptedModel(lambda question, written: "y")
    monkeypatch.setattr(row, "LLMatcher", Refusing)
    with pytest.raises(DecodeError, match="refused its own token"):
        decode_rows(model, [1], [2], [ask(model, choices(1))], Counts())


def test_a_matcher_in_error_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Matcher):
        masked = False

        def compute_bitmask(self) -> bytes:
            self.masked = True
            return self.own.compute_bitmask()

        def is_error(self) -> bool:
            return self.masked

        def get_error(self) -> str:
            return "lexer error\nmore of it"

    model = ScriptedModel(lambda question, written: "y")
    monkeypatch.setattr(row, "LLMatcher", Broken)
    with pytest.raises(DecodeError, match=r"the grammar broke: lexer error$"):
        decode_rows(model, [1], [2], [ask(model, choices(1))], Counts())


def test_a_mask_without_a_token_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    class Empty(Matcher):
        def compute_bitmask(self) -> bytes:
            return b"\0" * len(self.own.compute_bitmask())

    model = ScriptedModel(lambda question, written: "y")
    monkeypatch.setattr(row, "LLMatcher", Empty)
    with pytest.raises(DecodeError, match="allows no token"):
        decode_rows(model, [1], [2], [ask(model, choices(1))], Counts())


def test_an_answer_that_outgrows_the_context_raises(tmp_path: Path) -> None:
    model = load_model(save_tiny(tmp_path, "llama"), "tiny", device="cpu")
    prompt = len(model.tokens.encode("qassistant\n"))
    for context, fits in [(3 + prompt + 30, True), (3 + prompt + 10, False)]:
        model.context = context
        if fits:
            decode_rows(model, [1, 2], [3], [ask(model, choices(3))], Counts())
        else:
            with pytest.raises(DecodeError, match="smaller --window"):
                decode_rows(model, [1, 2], [3], [ask(model, choices(3))], Counts())


def test_odds_of_equal_logits_are_equal() -> None:
    model = ScriptedModel(lambda question, written: "")
    (row,) = decode_rows(model, [1], [2], [ask(model, choices(1))], Counts())
    (choice,) = row.result[0].choices
    assert np.allclose([p for _, p in choice.options], 1 / 3)
    assert [token for token, _ in choice.options] == ["x", "y", "z"]


def waver(question: str, written: str) -> str:
    """Any letter, and the same for the same: a model without a mind of its own."""
    return chr(97 + zlib.crc32(f"{question} {written}".encode()) % 26)


@pytest.mark.parametrize("ahead", [1, 7, 48, 100_000])
@pytest.mark.parametrize("script", [waver, lambda question, written: "", lambda question, written: "n"])
@pytest.mark.parametrize("proposing", [True, False])
def test_guesses_change_nothing(ahead: int, script: Callable[[str, str], str], proposing: bool) -> None:
    proposals = propose(NEWS)

    def run(ahead: int) -> tuple[Any, Counts]:
        model, counts = ScriptedModel(script), Counts()
        asks = [
            Ask(
                model.tokens.encode(f"{name}assistant\n"),
                _recorded(lay_out(family, proposals, propose=proposing)),
            )
            for name, family in FAMILIES.items()
        ]
        return decode_rows(model, [1], [2], asks, counts, ahead=ahead), counts

    (plain, one), (guessed, many) = run(0), run(ahead)
    assert guessed == plain
    assert (many.tokens, many.choices) == (one.tokens, one.choices)
    assert many.passes <= one.passes
    assert one.shown <= many.shown


def _recorded(program: Any) -> Generator[Segment, Filled, Any]:
    """The same program, that returns the segments' texts and choices, too."""
    filled = []
    try:
        segment = next(program)
        while True:
            filled.append((yield segment))
            segment = program.send(filled[-1])
    except StopIteration as stop:
        return stop.value, filled


def test_guesses_change_nothing_for_a_real_model(tiny: LocalModel) -> None:
    proposals = propose(NEWS)

    def run(ahead: int) -> tuple[list[Any], Counts]:
        counts = Counts()
        asks = [Ask(tiny.tokens.encode(f"about {n}"), lay_out(f, proposals)) for n, f in FAMILIES.items()]
        return decode_rows(
            tiny, tiny.tokens.encode("fixed"), tiny.tokens.encode(NEWS), asks, counts, ahead=ahead
        ), counts

    (plain, one), (guessed, many) = run(0), run(48)
    assert [row.text for row in guessed] == [row.text for row in plain]
    for own, other in zip(guessed, plain, strict=True):
        assert [a.item for a in own.result] == [a.item for a in other.result]
        assert [a.confidence for a in own.result] == pytest.approx([a.confidence for a in other.result])
    assert many.passes < one.passes


def test_labels_guessed_right_cost_one_pass() -> None:
    model, counts = ScriptedModel(lambda question, written: "z"), Counts()
    (row,) = decode_rows(model, [1], [2], [ask(model, choices(20))], counts, ahead=10_000)
    assert row.text.count("z") == 20
    assert counts.passes == 1


def test_no_guess_outgrows_the_context() -> None:
    model = ScriptedModel(lambda question, written: "x")
    asked = ask(model, choices(20))
    whole = len(asked.prompt) + len("[0" + 20 * ', "x"' + "]")
    model.context = whole + 2 - len('"]')  # what follows the last choice is never shown
    (row,) = decode_rows(model, [1], [2], [asked], Counts(), ahead=10_000)
    assert row.text.count("x") == 20


@pytest.mark.parametrize("most", [1, 2, 3, 10])
def test_jobs_are_the_same_alone_and_together(most: int) -> None:
    model = ScriptedModel(waver)

    def jobs() -> Iterator[Job[list[Filled]]]:
        for i in range(7):
            asks = [ask(model, choices(i), question=f"q{i}"), ask(model, choices(2 * i), question="r")]
            yield Job([1], [i], asks)

    alone = [decode_rows(model, job.fixed, job.article, job.asks, Counts()) for job in jobs()]
    together = dict(decode_jobs(model, jobs(), most=most))
    assert [together[i] for i in range(7)] == alone


def test_a_job_that_fails_ends_alone() -> None:
    model = ScriptedModel(lambda question, written: "x")
    model.context = 200
    lengths = [50, 1, 50]
    jobs = [Job([1], [2], [ask(model, choices(n)), ask(model, choices(1))]) for n in lengths]
    done = dict(decode_jobs(model, jobs, most=3))
    assert isinstance(done[0], DecodeError)
    assert isinstance(done[2], DecodeError)
    assert [row.text for row in done[1]] == ['[0, "x"]'] * 2


def test_no_more_jobs_are_taken_than_run() -> None:
    model, taken, ended = ScriptedModel(waver), [0], 0

    def jobs() -> Iterator[Job[list[Filled]]]:
        for _ in range(20):
            taken[0] += 1
            yield Job([1], [2], [ask(model, choices(3))])

    for _ in decode_jobs(model, jobs(), most=4):
        ended += 1
        assert taken[0] - ended <= 4
    assert ended == 20


@pytest.mark.parametrize(("memory", "together"), [(None, 5), (0, 1), (48, 2), (10_000, 5)])
def test_jobs_run_together_as_memory_allows(memory: int | None, together: int) -> None:
    """A job of these has a prompt of two tokens and is taken to need twelve, and more when it has grown."""
    model, seen = ScriptedModel(waver), set[int]()
    model.token_bytes = 2
    step = model.step

    def watched(rows: Any, *rest: Any) -> Any:
        seen.add(len(rows))
        return step(rows, *rest)

    alone = decode_rows(model, [1], [2], [ask(model, choices(3))], Counts())
    model.step = watched  # type: ignore[method-assign]
    jobs = [Job([1], [2], [ask(model, choices(3))]) for _ in range(20)]
    done = dict(decode_jobs(model, jobs, most=5, memory=memory))
    assert [done[i] for i in range(20)] == [alone] * 20
    assert max(seen) == together


def test_jobs_of_a_real_model_are_the_same_alone_and_together(tiny: LocalModel) -> None:
    proposals = propose(NEWS)

    def jobs() -> Iterator[Job[Any]]:
        for i in range(4):
            asks = [Ask(tiny.tokens.encode(f"about {n}"), lay_out(f, proposals)) for n, f in FAMILIES.items()]
            yield Job(tiny.tokens.encode("fixed"), tiny.tokens.encode(NEWS[: 40 * (i + 1)]), asks)

    alone = [dict(decode_jobs(tiny, [job]))[0] for job in jobs()]
    together = dict(decode_jobs(tiny, jobs(), most=3))
    assert [[row.text for row in together[i]] for i in range(4)] == [[r.text for r in rows] for rows in alone]
