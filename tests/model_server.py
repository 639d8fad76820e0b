"""A stand-in for a model server on loopback: OpenAI's chat completions, as told, with every fault there is.

It has no model: `tells` says what is answered about an article, which it is given as its numbered sentences.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from summarise.prompt import SERVER_PROMPT, read_prompt

TEXT = (
    "Bakers strike in Lima\n\n"
    "Some 300 bakers in Lima struck on Monday. Ana Roe, the union's leader, demanded higher pay. "
    "The city council condemned the strike.\n"
)
ITEMS: dict[str, list[dict[str, Any]]] = {
    "gist": [{"sentence": 2, "label": "gist"}],
    "actors": [{"sentence": 3, "name": "Ana Roe", "kind": "person", "role": "the union's leader"}],
    "numbers": [{"sentence": 2, "mention": "Some 300", "counts": "bakers"}],
    "locations": [{"sentence": 2, "name": "Lima", "label": "place"}],
    "stances": [
        {
            "sentence": 4,
            "polarity": "against",
            "holder": "The city council",
            "target": "the strike",
            "quote": None,
        }
    ],
}
"""What there is to say of TEXT."""

Tells = Callable[[str, str], str]
"""The answer to a question: about which family, and the whole text of the question."""


def tell(family: str, question: str) -> str:
    """The truth about TEXT, as a JSON text."""
    return json.dumps({family: ITEMS[family]})


@dataclass
class Response:
    """One response of the server.

    seconds: until it begins. missing: bytes of the body that are promised and never come. endless: whether
    the body is repeated until nobody listens. drip: seconds before each byte of the body.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    missing: int = 0
    endless: bool = False
    drip: float = 0.0


def completion(content: str | None, finish: str | None = "stop") -> Response:
    """A chat completion with `content`."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    return Response(body=json.dumps({"object": "chat.completion", "choices": [choice]}).encode())


def failure(status: int, message: str, **headers: str) -> Response:
    """An error in OpenAI's form."""
    return Response(status, json.dumps({"error": {"message": message}}).encode(), headers)


class ModelServer:
    """How the server is set up, and what it was asked.

    keeps: the field (or the type of `response_format`) by which it lets itself be held to a form. refusal:
    what it says to other such fields; None takes them without heeding them. tells: see `Tells`. next:
    responses that come before any other to a question; always: to everything. probes, asked: the requests
    it got, as plain data.
    """

    def __init__(self) -> None:
        self.keeps: str | None = "json_schema"
        self.refusal: int | None = 422
        self.models: list[dict[str, Any]] | None = [{"id": "tiny", "owned_by": "me"}]
        self.tells: Tells = tell
        self.next: list[Response] = []
        self.always: Response | None = None
        self.probes: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""
        self.closing = threading.Event()
        self._probe = read_prompt(SERVER_PROMPT).probe
        self._lock = threading.Lock()
        self._at_once = 0
        self.most_at_once = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """While a request is served."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def answer(self, request: dict[str, Any]) -> Response:
        """The response to a chat completion."""
        with self._lock:
            if self.always:
                return self.always
            turns = request["messages"]
            form = form_of(request)
            known = self.models is None or request["model"] in [model["id"] for model in self.models]
            if not known:
                return failure(404, f"The model `{request['model']}` does not exist.")
            if form not in (None, self.keeps) and self.refusal:
                return failure(self.refusal, f"{form}: extra fields not permitted")
            if turns[-1]["content"] == self._probe:
                self.probes.append(request)
                return completion('{"stances": []}' if form and form == self.keeps else "Hello!")
            self.asked.append(request)
            if self.next:
                return self.next.pop(0)
        question = turns[-1]["content"]
        family = re.findall(r'"properties": \{"(\w+)"', question)[0]
        return completion(self.tells(family, question))


def form_of(request: dict[str, Any]) -> str | None:
    """By which field a request holds its answer to a form."""
    for name in ("structured_outputs", "guided_grammar", "grammar", "ebnf"):
        if name in request:
            return name
    wanted = request.get("response_format", {})
    return "schema" if "schema" in wanted else wanted.get("type")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are sent one after the other
    told: ModelServer

    def do_GET(self) -> None:
        self.told.headers.append(dict(self.headers))
        if self.path != "/v1/models" or self.told.models is None:
            self._send(failure(404, "Not Found"))
        else:
            self._send(self.told.always or Response(body=json.dumps({"data": self.told.models}).encode()))

    def do_POST(self) -> None:
        self.told.headers.append(dict(self.headers))
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.told.counted():
            known = self.path == "/v1/chat/completions"
            self._send(self.told.answer(request) if known else failure(404, "Not Found"))

    def _send(self, response: Response) -> None:
        self.told.closing.wait(response.seconds)
        self.send_response(response.status)
        self.send_header("Content-Type", "application/json")
        for name, value in response.headers.items():
            self.send_header(name.replace("_", "-"), value)
        if response.endless:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            while not self.told.closing.is_set():
                self.wfile.write(b"%x\r\n%b\r\n" % (len(response.body), response.body))
        self.send_header("Content-Length", str(len(response.body) + response.missing))
        self.end_headers()
        if response.drip:
            for byte in response.body:
                self.told.closing.wait(response.drip)
                self.wfile.write(bytes([byte]))
        else:
            self.wfile.write(response.body)
        if response.missing:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass  # whoever asked has hung up


@contextmanager
def serve() -> Iterator[ModelServer]:
    """A server that runs until the end of the block."""
    told = ModelServer()
    server = _Quiet(("127.0.0.1", 0), type("Handler", (_Handler,), {"told": told}))
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield told
    finally:
        told.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def families_of(asked: Sequence[dict[str, Any]]) -> list[str]:
    """Which family each request asked about."""
    found = r'"properties": \{"(\w+)"'
    return [re.findall(found, request["messages"][-1]["content"])[0] for request in asked]
