"""A schema of one's own, from text to report: whatever it asks and whatever a model chooses, it holds."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model, field_serializer, field_validator

from fakes import ScriptedModel
from model_server import TEXT as SERVED
from model_server import ModelServer, serve
from reports import report_breaches
from scripts import answer_from
from strategies import articles as any_article
from strategies import strings_of
from summarise import Summariser, UsageError
from summarise.article import Article
from summarise.check import check_entries
from summarise.fields import Entry, Keep, Quantity, Sentence, Words
from summarise.model import Due, Scores
from summarise.output import summary_data, write_schema
from summarise.report import Report
from summarise.schema import read_schema
from summarise.sentences import split_sentences

LABELS = ["up", "down"]
FORMS: dict[str, Any] = {
    "words": Words,
    "quantity": Quantity,
    "label": Literal["up", "down"],
    "sentence": Sentence,
}
TEXT = (
    "Sales rose from 12 per cent to 14 per cent. Profit was $3 million. Costs fell, Ana Roe said.\n\n"
    "Nobody was asked about sales."
)


class Change(Entry):
    """What changed."""

    what: Words
    amount: Quantity
    way: Literal["up", "down"]
    who: Words | None = None


class Changes(BaseModel):
    changes: list[Change]


class RandomModel(ScriptedModel):
    """Chooses by chance, always the same at the same place."""

    def __init__(self, seed: int) -> None:
        super().__init__(lambda question, written: "")
        self._seed = seed

    def _score(self, row: Any, new: Any, dues: list[Due]) -> list[Scores]:
        before = len(row.fed)
        row.fed.extend(new)
        return [
            np.random.default_rng((self._seed, before + due.at)).random(len(due.allowed)).astype(np.float32)
            for due in dues
        ]


@st.composite
def schemas(draw: st.DrawFn) -> tuple[type[BaseModel], dict[str, list[str]]]:
    """Any schema that can be asked for, and the labels of its fields."""
    fields: dict[str, Any] = {}
    labels: dict[str, list[str]] = {}
    for i in range(draw(st.integers(1, 3))):
        parts: dict[str, Any] = {}
        for j, form in enumerate(draw(st.lists(st.sampled_from(list(FORMS)), min_size=1, max_size=4))):
            name = f"{form}_{i}_{j}"
            kind = FORMS[form]
            parts[name] = (kind | None, None) if form != "sentence" and draw(st.booleans()) else (kind, ...)
            labels |= {name: LABELS} if form == "label" else {}
        one = create_model(f"One{i}", __base__=Entry, **parts)
        most = Annotated[list[one], Keep(least=0, most=2)]  # type: ignore[valid-type]
        fields[f"list_{i}"] = (draw(st.sampled_from([list[one], one | None, most])), ...)  # type: ignore[valid-type]
    return create_model("Random", **fields), labels


def draft(*items: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    whole = [
        {"sentence": 1, "what": "Sales", "amount": "12 per cent", "way": "up", "who": None} | i for i in items
    ]
    return {"changes": whole}


def judged(text: str, *items: dict[str, Any]) -> dict[str, Any]:
    """What a check says of draft items, as JSON has it."""
    article = Article(text)
    sentences, schema = split_sentences(article), read_schema(Changes)
    verdicts, _ = check_entries(article, sentences, schema, draft(*items), range(1, 99))
    told = verdicts["changes"]
    return {
        "items": [item.model_dump(mode="json") for item in told.items],
        "rejected": [(one.field, *(issue.check for issue in one.issues)) for one in told.rejected],
    }


@settings(deadline=None, max_examples=10)
@given(schemas(), any_article().map(lambda text: text[:150]), st.integers(0, 2**32))
def test_whatever_is_asked_and_chosen_holds(
    asked: tuple[type[BaseModel], dict[str, list[str]]], text: str, seed: int
) -> None:
    schema, labels = asked
    article = Article(text)
    if not any(s.number > 0 for s in split_sentences(article)):
        return
    report = Summariser(RandomModel(seed), schema=schema).summarise(article)
    assert list(report_breaches(summary_data(report), text, labels)) == []


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_is_drafted_is_judged_and_what_is_kept_holds(data: st.DataObject) -> None:
    text = data.draw(any_article())
    string = strings_of(text)
    item = st.fixed_dictionaries(
        {
            "sentence": st.integers(-1, 5),
            "what": string,
            "amount": string | st.sampled_from(["12", "3 million", "a third"]),
            "way": st.sampled_from(LABELS),
            "who": st.none() | string,
        }
    )
    items = data.draw(st.lists(item, max_size=4))
    told = judged(text, *items)
    whole = [field for field, *_ in told["rejected"] if field == "changes"]
    assert len(whole) + len(told["items"]) == len(items)
    for one in told["items"]:
        for name, (start, end) in one["spans"].items():
            value = one[name]["mention"] if name == "amount" else one[name]
            assert text[start:end] == value


def test_a_true_item_holds_with_its_number_read() -> None:
    told = judged(TEXT, {"who": None}, {"sentence": 3, "what": "Costs", "amount": "3", "who": "Ana Roe"})
    assert [item["amount"] for item in told["items"]] == [
        {"mention": "12 per cent", "value": 12, "upper": None, "qualifier": "exact", "unit": "%"}
    ]
    assert told["items"][0]["spans"] == {"what": [0, 5], "amount": [16, 27], "evidence": [0, 43]}
    assert told["rejected"] == [("changes", "span")]


@pytest.mark.parametrize(
    ("lie", "check"),
    [
        ({"sentence": 9}, "evidence"),
        ({"sentence": 0}, "evidence"),
        ({"what": "Profit"}, "span"),
        ({"what": "ales"}, "span"),
        ({"what": ""}, "span"),
        ({"amount": "12 per"}, "number"),
        ({"amount": "13 per cent"}, "span"),
        ({"amount": "Sales"}, "number"),
        ({"amount": "12 per cent to 14 per cent"}, "number"),
    ],
)
def test_a_lie_is_rejected_as_it_was_written(lie: dict[str, Any], check: str) -> None:
    assert judged(TEXT, lie) == {"items": [], "rejected": [("changes", check)]}


def test_every_fault_of_an_item_is_told() -> None:
    assert judged(TEXT, {"what": "nothing", "amount": "99"})["rejected"] == [("changes", "span", "span")]


def test_what_may_be_null_is_taken_out_and_the_item_stays() -> None:
    told = judged(TEXT, {"who": "Ana Roe"})
    assert told["rejected"] == [("changes.who", "span")]
    assert [item["who"] for item in told["items"]] == [None]
    assert "who" not in told["items"][0]["spans"]


def test_an_item_that_says_the_same_again_is_rejected() -> None:
    told = judged(TEXT, {}, {"way": "down"}, {})
    assert len(told["items"]) == 2
    assert told["rejected"] == [("changes", "duplicate")]


def test_words_that_stand_several_times_are_those_nearest_to_the_number() -> None:
    text = "Sales of shoes fell, sales of hats rose 14 per cent in a year and a half; sales of socks fell."
    (item,) = judged(text, {"what": "sales", "amount": "14 per cent"})["items"]
    assert item["spans"]["what"] == [text.index("sales of hats"), text.index("sales of hats") + 5]


def test_numbers_that_read_alike_are_each_their_own() -> None:
    text = "Hats rose 3 per cent and shoes fell 3 per cent."
    items = judged(text, {"what": "Hats", "amount": "3 per cent"}, {"what": "shoes", "amount": "3 per cent"})
    first, second = (item["spans"]["amount"] for item in items["items"])
    assert first[1] < text.index("shoes") < second[0]


def test_an_item_of_nulls_is_rejected() -> None:
    class Maybe(Entry):
        words: Words | None = None

    schema = read_schema(create_model("Maybes", maybes=(list[Maybe], ...)))
    article = Article(TEXT)
    items = {"maybes": [{"sentence": 1, "words": None}]}
    verdicts, coverage = check_entries(article, split_sentences(article), schema, items, [1])
    assert [issue.check for one in verdicts["maybes"].rejected for issue in one.issues] == ["empty"]
    assert (coverage.sentences_reported, coverage.complete) == (0, False)


def test_the_schemas_own_validation_rejects_an_item_and_never_changes_one() -> None:
    class Short(Entry):
        words: Words = Field(max_length=5)

    class Loud(Entry):
        words: Words

        @field_validator("words")
        @classmethod
        def shout(cls, words: str) -> str:
            return words.upper()

    class Shown(Entry):
        words: Words

        @field_serializer("words")
        def hide(self, words: str) -> str:
            return "***"

    class Broken(Entry):
        words: Words

        @field_validator("words")
        @classmethod
        def fail(cls, words: str) -> str:
            raise KeyError(words)

    article = Article(TEXT)
    for one, said in ((Short, "at most 5"), (Loud, "changes"), (Shown, "changes"), (Broken, "KeyError")):
        schema = read_schema(create_model("Ones", ones=(list[one], ...)))  # type: ignore[valid-type]
        items = {"ones": [{"sentence": 1, "words": "Sales rose"}]}
        verdicts, _ = check_entries(article, split_sentences(article), schema, items, [])
        (rejected,) = verdicts["ones"].rejected
        assert rejected.issues[0].check == "schema" and said in rejected.issues[0].message


def test_a_schema_that_will_not_have_what_was_found_is_an_error_of_its_article() -> None:
    class Strict(Changes):
        @field_validator("changes")
        @classmethod
        def some(cls, changes: list[Change]) -> list[Change]:
            if not changes:
                raise ValueError("none")
            return changes

    script = answer_from("Nobody came.", {}, schema=Strict)
    summariser = Summariser(ScriptedModel(script), schema=Strict)
    with pytest.raises(UsageError, match="Strict does not take what was found"):
        summariser.summarise("Nobody came.")
    (outcome,) = summariser.stream([Article("Nobody came.")])
    assert isinstance(outcome.error, UsageError)


def test_only_a_sentence_with_a_number_can_support_a_quantity() -> None:
    asked: list[str] = []

    def script(question: str, written: str) -> str:
        asked.append(written)
        return "n"

    article = Article("Ana left. Bo stayed.")
    report = Summariser(ScriptedModel(script), schema=Changes).summarise(article)
    assert report.found.changes == []
    assert asked == [], "there was nothing to choose"


def test_a_list_is_no_longer_than_the_schema_says() -> None:
    class Few(BaseModel):
        changes: Annotated[list[Change], Keep(least=0, most=1)]

    long = "\n\n".join([TEXT] * 6)
    counts = [
        len(Summariser(RandomModel(seed), schema=Few, window=400).summarise(text).found.changes)
        for seed in range(4)
        for text in (TEXT, long)
    ]
    assert set(counts) == {0, 1}


def test_the_prompt_and_the_adapter_are_those_of_its_kind() -> None:
    model = ScriptedModel(lambda *_: "")
    assert Summariser(model, schema=Changes).prompt.name == "fields-1"
    assert Summariser(model).prompt.name == "news-1"
    with pytest.raises(UsageError, match="the prompt news-1 is for news"):
        Summariser(model, schema=Changes, prompt="news-1")
    with pytest.raises(UsageError, match="the prompt fields-1 is for a schema of your own"):
        Summariser(model, prompt="fields-1")


def test_a_field_that_is_called_as_one_of_ours_is_asked_by_its_own_words() -> None:
    class Named(BaseModel):
        actors: list[Change]

    seen: list[str] = []
    Summariser(ScriptedModel(lambda question, _: seen.append(question) or ""), schema=Named).summarise(TEXT)
    assert seen and all("List the actors. What changed." in question for question in seen)


def test_a_report_says_what_it_says_again_when_read() -> None:
    script = answer_from(TEXT, draft({}), schema=Changes)
    report = Summariser(ScriptedModel(script), schema=Changes).summarise(TEXT)
    assert report.found.changes[0].amount.value == 12
    data = summary_data(report)
    assert Report[Changes].model_validate(data) == report
    assert list(data["found"]["changes"][0])[:4] == ["what", "amount", "way", "who"]
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    validator(json.loads(write_schema(Report[Changes]))).validate(data)


def test_a_fingerprint_tells_schemas_apart() -> None:
    class Other(BaseModel):
        changes: list[Change] = Field(description="another question")

    model = ScriptedModel(lambda *_: "")
    prints = [Summariser(model, schema=schema).fingerprint() for schema in (Changes, Changes, Other)]
    assert prints[0] == prints[1] != prints[2]
    assert "fields" not in Summariser(model).fingerprint()
    assert Summariser(model).fingerprint()["schema"] == "summarise/1"


@pytest.mark.parametrize("keeps", ["structured_outputs", "json_schema", "json_object", None])
def test_a_server_is_asked_in_the_same_fields(keeps: str | None) -> None:
    truth = {"sentence": 2, "what": "bakers", "amount": "Some 300", "way": "down", "who": None}
    lie = {**truth, "amount": "400"}
    odd = {**truth, "way": "sideways"}
    with serve() as server:
        server.keeps = keeps
        server.tells = lambda family, question: json.dumps({family: [truth, lie, odd]})
        report = Summariser(endpoint=server.url, schema=Changes).summarise(SERVED)
        assert isinstance(server, ModelServer)
        (request,) = server.asked
    data = summary_data(report)
    assert list(report_breaches(data, SERVED, {"way": LABELS})) == []
    assert [change.amount.value for change in report.found.changes] == [300]
    assert [[issue.check for issue in one.issues] for one in report.rejected] == [["span"], ["schema"]]
    assert "What changed." in request["messages"][-1]["content"]
    assert report.provenance.prompt and report.provenance.prompt.startswith("fields-1:")


def test_a_schema_changes_nothing_of_what_was_found_and_its_own_code_costs_one_article() -> None:
    class Turned(Changes):
        @field_validator("changes")
        @classmethod
        def turn(cls, changes: list[Change]) -> list[Change]:
            return changes[:0]

    class Hidden(Changes):
        @field_serializer("changes")
        def hide(self, changes: list[Change]) -> list[str]:
            return ["***"]

    class Broken(Changes):
        @field_validator("changes")
        @classmethod
        def fail(cls, changes: list[Change]) -> list[Change]:
            raise ZeroDivisionError("by nought")

    for schema, said in (
        (Turned, "Turned changes"),
        (Hidden, "Hidden changes"),
        (Broken, "ZeroDivisionError"),
    ):
        summariser = Summariser(ScriptedModel(answer_from(TEXT, draft({}), schema=schema)), schema=schema)
        (outcome,) = summariser.stream([Article(TEXT)])
        assert isinstance(outcome.error, UsageError) and said in str(outcome.error)
