"""A server that is slow, broken, busy or hostile: what is tried again, what it costs and what is said."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Thread
from time import monotonic

import pytest

from model_server import TEXT, ModelServer, Response, completion, failure, serve
from summarise import Article, ModelError, Summariser
from summarise.errors import DecodeError
from summarise.server import asking
from summarise.server import client as http
from summarise.server.faults import read_message, read_pause

GOOD = Article(TEXT, id="good")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serve() as running:
        yield running


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSE", 0.01)


def summarise_after(server: ModelServer, *faults: Response, timeout: float = 20.0) -> int:
    """Has an article summarised while the first answers are `faults`; how many requests it took.

    Raises the error that the article ended in.
    """
    summariser = Summariser(endpoint=server.url, timeout=timeout)
    server.asked.clear()
    server.next = list(faults)
    assert len(summariser.summarise(TEXT).actors) == 1
    return len(server.asked)


CUT = Response(body=b'{"choices": [', missing=50)


@pytest.mark.parametrize(
    "fault",
    [CUT, *(failure(status, "") for status in (408, 429, 500, 502, 503, 504))],
    ids=lambda fault: str(fault.status),
)
def test_what_may_pass_is_tried_again(fault: Response, server: ModelServer) -> None:
    whole = summarise_after(server)
    assert summarise_after(server, fault) == whole + 1
    assert summarise_after(server, fault, fault, fault) == whole + 3


def test_an_answer_that_does_not_come_is_not_waited_for_and_tried_again(server: ModelServer) -> None:
    whole = summarise_after(server)
    started = monotonic()
    assert summarise_after(server, Response(seconds=30.0), timeout=1.0) == whole + 1
    assert monotonic() - started < 20


def test_the_time_is_that_of_the_whole_answer_however_steadily_it_drips(server: ModelServer) -> None:
    dripping = completion("{}")
    dripping.drip = 0.2
    started = monotonic()
    with pytest.raises(DecodeError, match="took longer than 1 s") as caught:
        summarise_after(server, *[dripping] * http.ATTEMPTS, timeout=1.0)
    assert "--timeout" in caught.value.hint
    assert monotonic() - started < 1.0 * http.ATTEMPTS + 10


def test_a_server_is_given_the_time_that_it_asks_for(server: ModelServer) -> None:
    started = monotonic()
    summarise_after(server, failure(429, "slow down", Retry_After="1"))
    assert monotonic() - started >= 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("3", 3.0), ("0", 0.0), ("-5", 0.0), ("", None), ("soon", None), ("nan", None), ("1e9", None)],
)
def test_a_pause_is_read_as_seconds(value: str, seconds: float | None) -> None:
    assert read_pause(value) == seconds


def test_a_pause_is_read_as_a_date() -> None:
    until = datetime.now(UTC) + timedelta(seconds=90)
    pause = read_pause(format_datetime(until, usegmt=True))
    assert pause is not None and 80 < pause <= 90
    assert read_pause("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (failure(500, "out of memory"), "fails with status 500: out of memory"),
        (failure(400, "the prompt has 9000 tokens"), "refuses with status 400: the prompt has 9000 tokens"),
        (CUT, "broke off"),
        (Response(body=b"<html>hello</html>"), "is no chat completion"),
        (Response(body=b'{"choices": []}'), "is no chat completion"),
        (Response(body=b'{"choices": [{"message": {"content": "\xff"}}]}'), "is no chat completion"),
        (Response(body=b'{"choices": [{"message": {"content": "\\ud800"}}]}'), "is no chat completion"),
        (Response(body=b" " * 65536, endless=True), "answers without end"),
        (Response(status=500, body=b" " * 65536, endless=True), "answers without end"),
        (completion(None, "content_filter"), "gave no answer: content_filter"),
        (completion("Sorry, no."), "the model's answer is no JSON"),
        (completion('{"gist": [{"sentence": 2'), "the model's answer is no JSON"),
        (completion('{"gist": []} and more'), "the model's answer is no JSON"),
        (completion('{"actors": []}'), "the model's answer is not"),
        (completion('{"gist": {}}'), "the model's answer is not"),
        (completion('{"gist": [], "more": 1}'), "the model's answer is not"),
        (completion("[" * 100_000), "the model's answer is no JSON"),
        (completion('{"gist": NaN}'), "the model's answer is no JSON"),
    ],
    ids=lambda given: given if isinstance(given, str) else given.status,
)
def test_a_faulty_answer_costs_its_article_and_no_other(
    fault: Response, said: str, server: ModelServer
) -> None:
    summariser = Summariser(endpoint=server.url)
    again = fault is CUT or (fault.status == 500 and not fault.endless)
    server.next = [fault] * (http.ATTEMPTS if again else 1)
    first, second = summariser.stream([Article(TEXT.replace("Lima", "Quito")), GOOD])
    assert first.summary is None and isinstance(first.error, DecodeError)
    assert said in first.error.message and first.error.hint
    assert second.summary is not None and len(second.summary.actors) == 1


@pytest.mark.parametrize(
    ("fault", "hint"),
    [
        (failure(401, "Incorrect API key provided: sk-hush."), "SUMMARISE_API_KEY"),
        (failure(403, "not yours"), "SUMMARISE_API_KEY"),
        (failure(404, "no such thing"), "--endpoint"),
        (failure(429, "slow down"), "--rows"),
        (failure(502, "nobody there"), "log"),
        (failure(503, "overloaded"), "log"),
        (Response(302, headers={"Location": "http://127.0.0.1:9/"}), "--endpoint"),
    ],
    ids=lambda given: given if isinstance(given, str) else given.status,
)
def test_what_has_nothing_to_do_with_the_article_ends_the_run(
    fault: Response, hint: str, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISE_API_KEY", "sk-hush")
    summariser = Summariser(endpoint=server.url)
    server.next = [fault] * 2 * http.ATTEMPTS
    with pytest.raises(ModelError, match=str(fault.status)) as caught:
        list(summariser.stream([GOOD, GOOD], rows=2))
    assert hint in caught.value.hint
    assert "hush" not in str(caught.value)


def test_a_server_that_always_fails_is_told_before_any_article(server: ModelServer) -> None:
    server.always = failure(500, "CUDA out of memory")
    with pytest.raises(ModelError, match="fails with status 500: CUDA out of memory"):
        Summariser(endpoint=server.url)


def test_a_wrong_model_name_is_told_in_the_servers_words(server: ModelServer) -> None:
    with pytest.raises(ModelError, match="status 404: The model `huge` does not exist") as caught:
        Summariser("huge", endpoint=server.url)
    assert "--model" in caught.value.hint


def test_a_server_that_is_not_there_is_told_with_its_place() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(ModelError, match=f"127.0.0.1:{port} can't be reached"):
        Summariser(endpoint=f"http://127.0.0.1:{port}")


def test_what_is_no_http_is_told_so() -> None:
    def greet(listening: socket.socket) -> None:
        for _ in range(http.ATTEMPTS):
            taken, _ = listening.accept()
            with taken:
                taken.recv(1000)
                taken.sendall(b"220 mail.example ESMTP\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=greet, args=(listening,), daemon=True)
        thread.start()
        with pytest.raises(ModelError, match="broke off"):
            Summariser(endpoint=f"http://127.0.0.1:{listening.getsockname()[1]}")
        thread.join()


def test_an_answer_that_was_cut_off_is_asked_for_again_with_more_room(server: ModelServer) -> None:
    whole = '{"gist": [{"sentence": 2, "label": "gist"}]}'
    requests = summarise_after(server, completion(whole, "length"), completion(whole))
    first, again, next_one = (request["max_tokens"] for request in server.asked[:3])
    assert first == next_one < again
    assert requests == summarise_after(server) + 1


def test_a_model_that_is_cut_off_while_it_thinks_is_given_more_room_too(server: ModelServer) -> None:
    assert summarise_after(server, completion(None, "length")) == summarise_after(server) + 1


def test_an_answer_that_was_cut_off_is_never_taken_for_a_whole_one(server: ModelServer) -> None:
    cut = completion('{"gist": [{"sentence": 2, "label": "gist"}]}', "length")
    with pytest.raises(DecodeError, match="list of gist was cut off after 8192 tokens") as caught:
        summarise_after(server, *[cut] * len(asking.LIMITS))
    assert "--window" in caught.value.hint


def test_an_item_that_fits_no_draft_is_rejected_as_it_was_written(server: ModelServer) -> None:
    unfit = [
        {"sentence": "3", "name": "Ana Roe", "kind": "person", "role": None},
        {"sentence": 3, "name": "Ana Roe", "kind": "none", "role": None},
        {"sentence": 3, "name": "Ana Roe", "kind": "queen", "role": None},
        {"sentence": 3, "kind": "person"},
        {"sentence": 3, "name": "Ana Roe", "kind": "person", "age": 44},
        {"sentence": True, "name": "Ana Roe", "kind": "person"},
        "Ana Roe",
        None,
        [[[]]],
    ]
    server.tells = lambda family, _: json.dumps({family: unfit if family == "actors" else []})
    summary = Summariser(endpoint=server.url).summarise(TEXT)
    assert summary.actors == ()
    assert [r.item for r in summary.rejected[:6]] == unfit[:6]
    assert [r.item for r in summary.rejected[6:]] == [{"value": value} for value in unfit[6:]]
    assert {(r.field, i.check) for r in summary.rejected for i in r.issues} == {("actors", "schema")}
    assert "kind: none is for what is not to be listed" in summary.rejected[1].issues[0].message


@pytest.mark.parametrize("number", [0, -1, 99, 10**18])
def test_a_sentence_that_does_not_exist_supports_nothing(number: int, server: ModelServer) -> None:
    item = {"sentence": number, "name": "Ana Roe", "kind": "person", "role": None}
    server.tells = lambda family, _: json.dumps({family: [item] if family == "actors" else []})
    summary = Summariser(endpoint=server.url).summarise(TEXT)
    assert summary.actors == ()
    assert [(r.item["sentence"], r.issues[0].check) for r in summary.rejected] == [(number, "evidence")]


def test_what_the_article_does_not_say_is_rejected_whoever_says_it(server: ModelServer) -> None:
    made_up = {"sentence": 3, "name": "Bo Lind", "kind": "person", "role": "the king"}
    server.tells = lambda family, _: json.dumps({family: [made_up] if family == "actors" else []})
    summary = Summariser(endpoint=server.url).summarise(TEXT)
    assert summary.actors == ()
    assert [r.item["name"] for r in summary.rejected] == ["Bo Lind"]


def test_the_servers_words_are_repeated_in_one_short_printable_line() -> None:
    said = read_message(b'{"error": {"message": "no\\u001b[31m\\n\\n way sk-hush"}}', "sk-hush")
    assert said == "no [31m way …"
    assert read_message(b'{"detail": [{"msg": "bad"}]}', None) == '[{"msg": "bad"}]'
    assert read_message(b'{"error": "plain"}', None) == "plain"
    assert read_message(b"\xff" * 5000, None) == "\ufffd" * 299 + "…"
    assert read_message(b"[" * 100_000, None).startswith("[[")
    assert read_message(b"", None) == ""


def test_a_run_that_is_given_up_lets_go_of_its_requests(server: ModelServer) -> None:
    server.tells = lambda family, _: (server.closing.wait(0.05), json.dumps({family: []}))[1]
    stream = Summariser(endpoint=server.url).stream([GOOD] * 8, rows=4)
    assert next(stream).error is None
    before = monotonic()
    stream.close()  # type: ignore[attr-defined]
    assert monotonic() - before < 5
