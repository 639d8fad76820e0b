"""A model behind a server: which one is asked, how strongly it is held, and what comes out."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from contract import breaches
from model_server import ITEMS, TEXT, ModelServer, families_of, form_of, serve
from summarise import Article, ModelError, Summariser, UsageError, check
from summarise.output import summary_data
from summarise.server import CONSTRAINTS
from summarise.server import client as http


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serve() as running:
        yield running


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSE", 0.01)


def test_what_a_server_answers_is_checked_and_told_with_its_spans(server: ModelServer) -> None:
    summary = Summariser(endpoint=server.url).summarise(TEXT)
    data = summary_data(summary)
    assert list(breaches(data, TEXT)) == []
    assert [g.text for g in summary.gist] == ["Some 300 bakers in Lima struck on Monday."]
    assert [(a.name, a.kind, a.role) for a in summary.actors] == [("Ana Roe", "person", "the union's leader")]
    assert [(n.mention, n.value, n.counts) for n in summary.numbers] == [("Some 300", 300, "bakers")]
    assert [(p.name, p.country) for p in summary.locations] == [("Lima", "PE")]
    assert [(s.holder, s.target, s.polarity) for s in summary.stances] == [
        ("The city council", "the strike", "against")
    ]
    assert summary.rejected == ()
    assert summary.coverage.complete
    assert "confidence" not in json.dumps(data)


def test_provenance_names_the_servers_model_and_what_held_it(server: ModelServer) -> None:
    provenance = Summariser(endpoint=server.url).summarise(TEXT).provenance
    assert (provenance.model, provenance.constraint) == ("tiny", "json_schema")
    assert (provenance.revision, provenance.adapter) == (None, None)
    assert provenance.prompt is not None and provenance.prompt.startswith("server-1:")
    assert "127.0.0.1" not in provenance.model_dump_json()
    assert "constraint" not in check(TEXT, {"actors": ["Ana Roe"]}).provenance.model_dump()


def test_neither_torch_nor_transformers_is_loaded(server: ModelServer) -> None:
    code = f"""
import sys
from summarise import Summariser
print(len(Summariser(endpoint={server.url!r}).summarise({TEXT!r}).actors))
print({{"torch", "transformers"}} & set(sys.modules))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("1\nset()\n", "")


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("structured_outputs", "grammar"),
        ("guided_grammar", "grammar"),
        ("json_schema", "json_schema"),
        ("schema", "json_schema"),
        ("json_object", "json_object"),
        (None, "plain"),
    ],
)
@pytest.mark.parametrize("refusal", [422, 400, 501, 500, None])
def test_the_strongest_constraint_that_is_kept_is_found_by_what_comes_back(
    field: str | None, constraint: str, refusal: int | None, server: ModelServer
) -> None:
    if field == "json_object":  # a JSON object is no proof of a schema, but one of a JSON object
        server.tells = lambda family, _: json.dumps({family: ITEMS[family]})
    server.keeps, server.refusal = field, refusal
    summary = Summariser(endpoint=server.url).summarise(TEXT)
    assert summary.provenance.constraint == constraint
    assert {form_of(request) for request in server.asked} == {field}
    assert len(summary.actors) == 1


@pytest.mark.parametrize(
    ("owner", "field", "fields"),
    [
        ("llamacpp", "grammar", ["grammar"]),
        ("sglang", "ebnf", ["ebnf"]),
        ("vllm", "structured_outputs", ["structured_outputs"]),
        # a grammar that llama-cpp-python can't read ends it: it is never sent one
        ("me", "json_schema", ["structured_outputs", "guided_grammar", "json_schema"]),
    ],
)
def test_a_server_is_asked_as_its_kind_understands(
    owner: str, field: str, fields: list[str], server: ModelServer
) -> None:
    server.models, server.keeps, server.refusal = [{"id": "tiny", "owned_by": owner}], field, None
    Summariser(endpoint=server.url)
    assert [form_of(request) for request in server.probes] == fields
    sent = server.probes[-1].get(field, "")
    assert isinstance(sent, dict) or not sent or sent.startswith("%llguidance {}\n")


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_a_constraint_that_is_named_is_kept_or_refused(constraint: str, server: ModelServer) -> None:
    if constraint in ("json_schema", "plain"):
        summary = Summariser(endpoint=server.url, constraint=constraint).summarise(TEXT)
        assert summary.provenance.constraint == constraint
        return
    with pytest.raises(ModelError, match=f"does not hold answers to {constraint}.*extra fields") as caught:
        Summariser(endpoint=server.url, constraint=constraint)
    assert "plain" in caught.value.hint
    with pytest.raises(UsageError, match="no constraint is called 'yaml'"):
        Summariser(endpoint=server.url, constraint="yaml")  # type: ignore[arg-type]


def test_the_only_model_need_not_be_named_and_one_of_several_must(server: ModelServer) -> None:
    assert Summariser(endpoint=server.url).model.name == "tiny"
    server.models = [{"id": "tiny"}, {"id": "large"}]
    with pytest.raises(UsageError, match=r"the server has 2 models.*tiny, large"):
        Summariser(endpoint=server.url)
    assert Summariser("large", endpoint=server.url).model.name == "large"
    server.models = None
    with pytest.raises(UsageError, match="does not say which models"):
        Summariser(endpoint=server.url)
    assert Summariser("hidden", endpoint=server.url).model.name == "hidden"


def test_the_same_question_is_put_the_same_way_and_greedily(server: ModelServer) -> None:
    summariser = Summariser(endpoint=server.url)
    assert summariser.summarise(TEXT) == summariser.summarise(TEXT)
    half = len(server.asked) // 2
    assert server.asked[:half] == server.asked[half:]
    assert {(r["temperature"], r["seed"], r["stream"]) for r in server.asked} == {(0, 0, False)}
    assert families_of(server.asked[:half]) == list(ITEMS)
    shared = {r["messages"][-1]["content"].partition("\n\n")[0] for r in server.asked}
    assert len(shared) == 1  # a server reads the article once


def test_a_question_that_can_have_no_answer_is_not_asked(server: ModelServer) -> None:
    server.tells = lambda family, _: json.dumps({family: []})
    Summariser(endpoint=server.url).summarise("Bakers struck in Lima.")
    assert "numbers" not in families_of(server.asked)


def test_a_long_article_is_read_in_windows_and_nothing_is_left_out(server: ModelServer) -> None:
    server.tells = lambda family, _: json.dumps({family: []})
    text = " ".join(f"Baker {n} struck in the town of Lima on Monday morning." for n in range(1, 60))
    told: list[tuple[int, int]] = []
    summary = Summariser(endpoint=server.url, window=200).summarise(
        text, progress=lambda *done: told.append(done)
    )
    assert summary.coverage.complete and summary.coverage.sentences_read == 59
    assert told == [(done, told[-1][1]) for done in range(told[-1][1] + 1)] and told[-1][1] > 5
    shown = [r["messages"][-1]["content"] for r in server.asked]
    assert all(any(f"] Baker {n} " in question for question in shown) for n in range(1, 60))
    assert max(len(question.partition("\n\n")[0]) for question in shown) < 3 * 200 + len("Article:\n")


def test_the_gist_of_many_windows_is_no_longer_than_that_of_one(server: ModelServer) -> None:
    def first_sentence(family: str, question: str) -> str:
        numbers = [int(line[1:].partition("]")[0]) for line in question.splitlines() if line[:1] == "["]
        return json.dumps({family: [{"sentence": n} for n in numbers[-2:]] if family == "gist" else []})

    server.tells = first_sentence
    text = " ".join(f"Baker {n} struck in the town of Lima on Monday morning." for n in range(1, 60))
    assert len(Summariser(endpoint=server.url, window=200).summarise(text).gist) == 3


def test_a_fingerprint_names_model_constraint_and_prompt_and_no_address_or_key(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISE_API_KEY", "sk-hush")
    summariser = Summariser(endpoint=server.url)
    fingerprint = summariser.fingerprint()
    assert (fingerprint["model"], fingerprint["constraint"]) == ("tiny", "json_schema")
    assert str(fingerprint["prompt"]).startswith("server-1:")
    assert "hush" not in str(fingerprint) and "127.0.0.1" not in str(fingerprint)
    assert "hush" not in repr(summariser.model)
    assert summariser.fingerprint(with_text=True) != fingerprint
    with serve() as moved:
        assert Summariser(endpoint=moved.url).fingerprint() == fingerprint
        assert Summariser(endpoint=moved.url, window=500).fingerprint() != fingerprint
        assert Summariser(endpoint=moved.url, constraint="plain").fingerprint() != fingerprint


def test_the_key_goes_to_the_server_and_nowhere_else(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Summariser(endpoint=server.url)
    assert not any("Authorization" in headers for headers in server.headers)
    monkeypatch.setenv("SUMMARISE_API_KEY", "sk-hush")
    server.headers.clear()
    Summariser(endpoint=server.url).summarise(TEXT)
    assert {headers.get("Authorization") for headers in server.headers} == {"Bearer sk-hush"}
    monkeypatch.setenv("SUMMARISE_API_KEY", "sk hush\n")
    with pytest.raises(UsageError, match="SUMMARISE_API_KEY can't be sent") as caught:
        Summariser(endpoint=server.url)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        *("", "localhost:8000", "ftp://localhost/v1", "http://", "http:///v1", "http://localhost:0/v1"),
        *("http://localhost:99999", "http://[::1", "file:///etc/passwd", "http://lo cal", "http://é/v1"),
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"the endpoint .*http://localhost:8000/v1"):
        Summariser(endpoint=url)


@pytest.mark.parametrize(
    "url", ["http://me:hush@localhost/v1", "http://hush@localhost", "http://x/v1?k=hush"]
)
def test_a_secret_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="SUMMARISE_API_KEY") as caught:
        Summariser(endpoint=url)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_an_address_is_taken_as_people_write_it(end: str, server: ModelServer) -> None:
    assert Summariser(endpoint=server.url + end).model.name == "tiny"


def test_what_is_for_a_model_run_here_is_refused_with_an_endpoint(server: ModelServer) -> None:
    for options in ({"device": "cpu"}, {"adapter": False}, {"memory": 1 << 30}):
        with pytest.raises(UsageError, match="a server has its own"):
            Summariser(endpoint=server.url, **options)  # type: ignore[arg-type]
    for options in ({"constraint": "plain"}, {"timeout": 3.0}):
        with pytest.raises(UsageError, match="are for a server"):
            Summariser("nowhere", **options)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="news-1 is not for servers; choose server-1"):
        Summariser(endpoint=server.url, prompt="news-1")


def test_it_works_inside_an_event_loop_too(server: ModelServer) -> None:
    async def notebook() -> int:
        return len(Summariser(endpoint=server.url).summarise(TEXT).actors)

    assert asyncio.run(notebook()) == 1


def test_several_articles_are_asked_about_at_the_same_time_and_come_in_order(server: ModelServer) -> None:
    articles = [Article(TEXT.replace("300", str(n)), id=str(n)) for n in range(100, 110)]
    server.tells = lambda family, _: (server.closing.wait(0.02), json.dumps({family: []}))[1]
    summariser = Summariser(endpoint=server.url)
    outcomes = list(summariser.stream(articles, rows=4))
    assert [o.article.id for o in outcomes] == [article.id for article in articles]
    assert all(o.error is None for o in outcomes)
    assert 1 < server.most_at_once <= 4
