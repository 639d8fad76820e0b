"""The library's door: which model it takes, and what a bare import costs."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_type_hints

import pytest

import summarise
from fakes import ScriptedModel, save_tiny
from summarise import Article, InputError, ModelError, Outcome, Summariser, UsageError
from summarise.lock import read_lock
from summarise.options import Options

TEXT = "Bakers strike in Lima\n\nSome 300 bakers in Lima struck on Monday.\n"


def test_a_star_import_gives_exactly_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from summarise import *", names)
    assert set(names) - {"__builtins__"} == set(summarise.__all__)
    assert dir(summarise) == sorted(summarise.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Summarizer'"):
        _ = summarise.Summarizer


def test_type_checkers_know_every_option_that_there_is() -> None:
    kinds = get_type_hints(Summariser.__init__)
    own = inspect.signature(Summariser.__init__).parameters.keys() - {"self", "model", "schema"}
    assert get_type_hints(Options) == {name: kinds[name] for name in own}


@pytest.mark.parametrize(
    "code", ["import summarise", "import summarise.cli", "from summarise import read_file"]
)
def test_an_import_loads_no_torch(code: str) -> None:
    heavy = "{'torch', 'transformers', 'tokenizers', 'llguidance'} & set(sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint({heavy})"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "set()\n"


def test_a_model_is_taken_by_its_folder(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "mine", "llama")
    for given in (folder, str(folder)):
        summariser = Summariser(given, device="cpu", window=123)
        assert (summariser.model.name, summariser.model.window) == ("mine", 123)
        assert summariser.model.revision is None


def test_a_loaded_model_serves_many_articles() -> None:
    model = ScriptedModel(lambda question, written: "")
    summariser = Summariser(model)
    assert summariser.model is model
    assert summariser.summarise(TEXT) == summariser.summarise(TEXT)
    assert len(model.opened) == 2
    assert model.opened[0][0] == model.opened[1][0]  # the same prefix each time


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        Summariser("smollm9")
    assert "smollm9" in str(caught.value)
    for name in read_lock().models:
        assert name in str(caught.value)


def test_an_unknown_prompt_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="news-1"):
        Summariser(ScriptedModel(lambda question, written: ""), prompt="news-0")


def test_without_leave_to_pull_a_missing_model_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISE_MODELS", str(tmp_path))
    with pytest.raises(ModelError, match="summarise models pull smollm2-135m"):
        Summariser(allow_pull=False)
    assert not list(tmp_path.rglob("*.safetensors"))


def test_a_model_of_the_lock_is_set_up_as_the_lock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = read_lock().default
    folder = save_tiny(tmp_path / "tiny", "llama")
    notes: list[str] = []
    monkeypatch.setattr("summarise.loading.model_path", lambda entry: None)
    monkeypatch.setattr("summarise.loading.pull", lambda entry, show, progress: folder)
    model = Summariser(device="cpu", adapter=False, show=notes.append).model
    assert (model.name, model.revision) == (entry.name, entry.revision)
    assert (model.window, model.style) == (entry.window, entry.style)
    assert model.context == min(entry.context_length, 8192)
    assert len(notes) == 1 and "pulling the model" in notes[0]
    with pytest.raises(ModelError, match="does not fit"):  # the adapter is of a larger model
        Summariser(device="cpu", show=notes.append)


@pytest.mark.parametrize("article", [b"bytes", None, 5, Path("a.txt")])
def test_what_is_no_article_is_told_so(article: object) -> None:
    summariser = Summariser(ScriptedModel(lambda question, written: ""))
    with pytest.raises(UsageError, match="an article is a str or an Article"):
        summariser.summarise(article)  # type: ignore[arg-type]


def test_options_that_cannot_be_are_refused_before_a_model_is_loaded() -> None:
    with pytest.raises(UsageError, match="no device is called 'tpu'"):
        Summariser("nowhere", device="tpu")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="a window of 1 tokens"):
        Summariser("nowhere", window=1)


def test_models_load_in_several_threads(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "tiny", "llama")
    with ThreadPoolExecutor(3) as threads:
        loaded = list(threads.map(lambda _: Summariser(folder, device="cpu").model.name, range(3)))
    assert loaded == ["tiny"] * 3


def test_a_stream_gives_every_outcome_in_order_and_reads_no_further_than_it_must() -> None:
    summariser = Summariser(ScriptedModel(lambda question, written: ""))
    texts = [TEXT, "-----\n\n-----\n", TEXT.replace("Lima", "Oslo")]
    taken: list[str] = []

    def articles() -> Iterator[Article]:
        for text in texts:
            taken.append(text)
            yield Article(text)

    stream = summariser.stream(articles())
    first = next(stream)
    assert taken == texts[:1]
    assert first.summary == summariser.summarise(Article(TEXT))
    second, third = stream
    assert (second.summary, type(second.error)) == (None, InputError)
    assert third.error is None
    assert [o.article.text for o in (first, second, third)] == texts


class Tripping(ScriptedModel):
    """Trips over articles with certain words."""

    def read(self, fixed: Sequence[int], article: Sequence[int]) -> int:
        for word, error in (("Quito", MemoryError("no room")), ("Cusco", KeyError("x"))):
            if word in self.text(article):
                raise error
        if "Sucre" in self.text(article):
            raise ModelError("the model is gone")
        return super().read(fixed, article)


@pytest.mark.parametrize("rows", [1, 2, 10])
def test_what_goes_wrong_with_one_article_is_its_outcome_and_with_the_model_everyones(rows: int) -> None:
    summariser = Summariser(Tripping(lambda question, written: ""))
    places = ["Oslo", "Quito", "-----", "Lima", "Cusco", "Quito", "Bonn", "Rome"]
    articles = [Article("-----" if p == "-----" else TEXT.replace("Lima", p)) for p in places]
    outcomes = list(summariser.stream(articles, rows=rows))
    assert all(o.article is article for o, article in zip(outcomes, articles, strict=True))
    for place, outcome in zip(places, outcomes, strict=True):
        if place in ("Quito", "Cusco"):
            assert ("MemoryError" if place == "Quito" else "KeyError") in str(outcome.error)
            assert "bug of ours" in str(outcome.error)
        elif place == "-----":
            assert isinstance(outcome.error, InputError)
        else:
            assert outcome.summary == summariser.summarise(outcome.article)
    with pytest.raises(ModelError, match="gone"):
        list(summariser.stream([articles[0], Article(TEXT.replace("Lima", "Sucre"))], rows=rows))


@pytest.mark.parametrize("rows", [1, 3])
def test_what_breaks_the_source_of_a_stream_is_raised_after_what_came_before(rows: int) -> None:
    def articles() -> Iterator[Article]:
        yield from [Article(TEXT)] * 4
        raise OSError("the disk is gone")

    outcomes: list[Outcome] = []
    with pytest.raises(OSError, match="the disk is gone"):
        outcomes.extend(Summariser(ScriptedModel(lambda q, w: "")).stream(articles(), rows=rows))
    assert len(outcomes) == 4


def test_whatever_changes_a_summary_changes_the_fingerprint(tmp_path: Path) -> None:
    def scripted() -> ScriptedModel:
        return ScriptedModel(lambda question, written: "")

    first = Summariser(scripted()).fingerprint()
    assert first == Summariser(scripted()).fingerprint()
    renamed = scripted()
    renamed.name = "another"
    strict = scripted()
    strict.thresholds = {"actors": 0.5}
    others = [
        Summariser(scripted()).fingerprint(with_text=True),
        Summariser(scripted(), window=99).fingerprint(),
        Summariser(scripted(), prompt="labels-1").fingerprint(),
        Summariser(renamed).fingerprint(),
        Summariser(strict).fingerprint(),
        *(Summariser(save_tiny(tmp_path / n / "mine", "llama"), device="cpu").fingerprint() for n in "ab"),
    ]
    told = [json.dumps(one) for one in [first, *others]]
    assert len(set(told)) == len(told)
