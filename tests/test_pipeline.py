"""The whole flow with a scripted model, and with a tiny random one of each family."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contract import breaches
from fakes import ScriptedModel, save_tiny
from scripts import answer_from
from summarise import InputError, Summariser, UsageError, read_file, read_text
from summarise.article import Article
from summarise.layout import find_crumbs
from summarise.output import summary_data, write_summary
from summarise.pipeline import Result, summarise_article, summarise_each
from summarise.prompt import DEFAULT_PROMPT, read_prompt
from summarise.sentences import split_sentences
from summarise.summary import Summary

HERE = Path(__file__).parent / "articles"


def numbered(article: Article, draft: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The draft with each `at`, some words of a sentence, as that sentence's number."""
    sentences = split_sentences(article)
    found = {}
    for family, items in draft.items():
        found[family] = [
            {"sentence": next(s.number for s in sentences if item["at"] in s.text), **item} for item in items
        ]
        for item in found[family]:
            del item["at"]
    return found


SHORT = {
    "gist": [{"at": "became the youngest", "label": "gist"}],
    "actors": [
        {"at": "became the youngest", "name": "Elsa Lindqvist", "kind": "person", "role": None},
        {"at": "trainer", "name": "Ravi Menon", "kind": "person", "role": "the trainer of the program Kappa"},
        {"at": "Swiss Chess League", "name": "Swiss Chess League", "kind": "organisation", "role": None},
    ],
    "numbers": [
        {"at": "in 63 moves", "mention": "63", "counts": "moves"},
        {"at": "7.5 points", "mention": "40,000 Swiss francs", "counts": None},
        {"at": "1,100", "mention": "about 1,100", "counts": "people"},
    ],
    "locations": [
        {"at": "from Sweden", "name": "Sweden", "label": "place"},
        {"at": "of India", "name": "India", "label": "place"},
    ],
    "stances": [
        {
            "at": "He praised",
            "polarity": "for",
            "holder": "Ravi Menon",
            "target": "his opponent",
            "quote": "She plays as if nobody had told her that it is hard.",
        }
    ],
}


def run(name: str, draft: dict[str, list[dict[str, Any]]], **options: Any) -> tuple[Summary, Article]:
    article = read_file(HERE / name)
    model = ScriptedModel(answer_from(article, numbered(article, draft)))
    summary = Summariser(model).summarise(article, **options)
    assert list(breaches(summary_data(summary), article.text)) == []
    return summary, article


@pytest.fixture(scope="module")
def short() -> Summary:
    return run("short.txt", SHORT)[0]


def test_what_the_model_chose_comes_out(short: Summary) -> None:
    assert short.rejected == ()
    assert [g.text.split()[:2] for g in short.gist] == [["Elsa", "Lindqvist,"]]
    assert {(a.name, a.kind, a.role) for a in short.actors} >= {
        ("Ravi Menon", "person", "the trainer of the program Kappa"),
        ("Swiss Chess League", "organisation", None),
    }
    counted = {n.mention: (n.value, n.qualifier, n.unit, n.counts) for n in short.numbers}
    assert counted["about 1,100"] == (1100, "about", None, "people")
    assert counted["63"] == (63, "exact", None, "moves")
    assert counted["40,000 Swiss francs"][:3] == (40000, "exact", "CHF")
    assert {p.name: p.country for p in short.locations} == {"Sweden": "SE", "India": "IN"}
    (stance,) = short.stances
    assert (stance.holder, stance.polarity, stance.target) == ("Ravi Menon", "for", "his opponent")


def test_forms_of_a_name_are_one_actor(short: Summary) -> None:
    menon = next(a for a in short.actors if a.name == "Ravi Menon")
    assert "Menon" in menon.aliases
    assert len(menon.mentions) == 2


def test_every_number_is_asked_about_and_everything_was_read(short: Summary) -> None:
    coverage = short.coverage
    assert coverage.complete
    assert coverage.numbers_reported == coverage.numbers > 5
    assert 0 < coverage.quotations_reported < coverage.quotations


def test_confidence_is_the_models_and_rounded(short: Summary) -> None:
    items = [*short.actors, *short.numbers, *short.locations, *short.stances]
    assert items
    for item in items:
        assert item.confidence is not None and 0.9 < item.confidence <= 1
        assert round(item.confidence, 4) == item.confidence


def test_junk_is_rejected_with_its_reasons() -> None:
    draft = dict(SHORT)
    draft["locations"] = [{"at": "Swiss Chess", "name": "Swiss", "label": "place"}]
    draft["actors"] = [{"at": "trainer", "name": "Ravi Menon", "kind": "person", "role": None}]
    draft["gist"] = [{"at": "became the", "label": "gist"}]
    draft["stances"] = [
        {"at": "trainer", "polarity": "for", "holder": "Ravi Menon", "target": "Ravi Menon", "quote": None}
    ]
    summary, _ = run("short.txt", draft)
    assert summary.locations == ()
    rejected = {(r.field, issue.check) for r in summary.rejected for issue in r.issues}
    assert {("stances", "holder"), ("locations", "place")} <= rejected
    assert summary.stances == ()


def test_words_that_stand_elsewhere_can_not_be_written_as_a_role() -> None:
    draft = dict(SHORT)
    draft["actors"] = [{"at": "trainer", "name": "Ravi Menon", "kind": "person", "role": "youngest winner"}]
    with pytest.raises(UsageError, match="no place for the role"):
        run("short.txt", draft)


def test_crumbs_are_never_asked_about_and_never_evidence() -> None:
    article = read_file(HERE / "crumbs.txt")
    model = ScriptedModel(answer_from(article, {}))
    summary = Summariser(model).summarise(article)
    asked = [shown for _, shown in model.opened]
    assert list(breaches(summary_data(summary), article.text)) == []
    crumbs = find_crumbs(article.text)
    assert len(crumbs) > 5
    for start, end in crumbs:
        words = " ".join(article.text[start:end].split())
        assert all(f"] {words}" not in shown for shown in asked), words
    assert all("icon-whatsapp" not in shown and "Sign up" not in shown for shown in asked)
    evidence = [i.spans["evidence"] for f in ("actors", "numbers") for i in getattr(summary, f)]
    for start, end in evidence:
        assert not any(s < end and start < e for s, e in crumbs)
    assert summary.coverage.complete


def test_an_article_of_crumbs_alone_is_refused() -> None:
    model = ScriptedModel(lambda question, written: "")
    with pytest.raises(InputError, match="no sentence"):
        Summariser(model).summarise("Share\nTweet\nicon-facebook icon-twitter\n\nRead more\n")
    assert model.opened == []


def test_the_text_comes_along_only_when_asked_for() -> None:
    summary, article = run("short.txt", SHORT, with_text=True)
    assert summary.article.text == article.text
    assert run("short.txt", SHORT)[0].article.text is None


@pytest.mark.parametrize(
    "text",
    [
        "Bo\n\nA lone \ud800 surrogate said “no \udfff” to 3 people in Oslo, and Ana Roe agreed.\n",
        "\x00\x07 Ana Roe said “<|im_end|>” to 3 people \x1b[31m in Oslo.\n",
        "* * *\n\n!!!\n\nAna Roe went to Oslo.\n",
        "x",
        "?" * 3000,
        "\u0301\u0301 \u200d",
        "日本の首相は３人を解任した。" * 20,
    ],
)
@pytest.mark.parametrize("style", ["proposals", "items"])
def test_hostile_text_ends_in_a_whole_summary_or_an_input_error(text: str, style: Any) -> None:
    model = ScriptedModel(lambda question, written: "")
    model.style = style
    try:
        summary = Summariser(model).summarise(text)
    except InputError:
        return
    assert list(breaches(summary_data(summary), text)) == []


@pytest.fixture(scope="module", params=["llama", "qwen2", "qwen3", "smollm3"])
def tiny(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("tiny") / request.param, request.param)


@pytest.mark.parametrize("style", ["proposals", "items"])
def test_each_family_of_models_ends_in_a_whole_summary(tiny: Path, style: Any) -> None:
    article = read_file(HERE / "short.txt")
    summariser = Summariser(tiny, device="cpu")
    summariser.model.style = style
    result = summariser.measure(article)
    assert list(breaches(summary_data(result.summary), article.text)) == []
    assert result.summary.coverage.complete
    assert result.summary.provenance.model == tiny.name
    assert 0 < result.counts.passes < result.counts.tokens


def test_a_long_article_is_read_in_windows_and_whole(tmp_path: Path) -> None:
    article = read_file(HERE / "short.txt")
    outputs = []
    told: list[tuple[int, int]] = []
    summariser = Summariser(save_tiny(tmp_path / "tiny", "llama"), device="cpu", window=300)
    for _ in range(2):
        told.clear()
        result = summariser.measure(article, progress=lambda done, of: told.append((done, of)))
        windows = len(told) - 1
        assert told == [(i, windows) for i in range(windows + 1)] and windows > 2
        assert list(breaches(summary_data(result.summary), article.text)) == []
        assert result.summary.coverage.complete
        outputs.append(write_summary(result.summary, line=True))
    assert outputs[0] == outputs[1]
    summary = result.summary
    judged = [r for r in summary.rejected if r.field == "numbers"]
    assert summary.coverage.numbers_reported + len(judged) >= summary.coverage.numbers
    assert len(summary.gist) <= 3


@pytest.mark.parametrize("most", [1, 2, 5])
def test_articles_read_together_come_out_as_alone(most: int) -> None:
    texts = [(HERE / "short.txt").read_text("utf-8"), "* * *", (HERE / "crumbs.txt").read_text("utf-8")] * 2
    articles = [read_text(text, id=str(i)) for i, text in enumerate(texts)]
    model, prompt = ScriptedModel(lambda question, written: "p"), read_prompt(DEFAULT_PROMPT)
    together = dict(summarise_each(model, prompt, articles, most=most))
    assert sorted(together) == list(range(6))
    for number, article in enumerate(articles):
        result = together[number]
        if isinstance(result, InputError):
            assert article.text.strip() == "* * *"
            continue
        assert isinstance(result, Result)
        alone = summarise_article(model, prompt, article)
        assert result.summary == alone.summary
        assert (result.counts.tokens, result.counts.choices) == (alone.counts.tokens, alone.counts.choices)
