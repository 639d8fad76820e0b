"""HTTP: questions out, whole answers in, each bounded in time and size and tried again where that may help.

Knows nothing of articles. Never follows a server elsewhere, and never shows the key.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Annotated, Any

import anyio
import httpx2
import tenacity
from pydantic import BaseModel, Field, ValidationError

from summarise.server.endpoint import Endpoint
from summarise.server.faults import Fault, fault_of_status, one_line
from summarise.version import VERSION

CONNECT = 10.0  # seconds until a server that is there has taken a connection
MOST_BYTES = 4 << 20  # of one answer
ATTEMPTS = 4
PAUSE = 1.0  # seconds before the second attempt; twice as many before each later one, and some by chance
LONGEST_PAUSE = 120.0  # seconds, however long the server asks us to wait


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: Annotated[list[_Choice], Field(min_length=1)]


class ServedModel(BaseModel):
    """A model that a server has; `owned_by` says of most servers which program they are."""

    id: str
    owned_by: str | None = None


class _ModelList(BaseModel):
    data: list[ServedModel]


class Reply(BaseModel):
    """What a model wrote, and whether it was cut off by the limit of tokens."""

    content: str
    cut: bool


class Client:
    """One server. To be entered; then any number of tasks may ask at once."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # so that the bytes that come are those that are counted
            "User-Agent": f"summarise/{VERSION}",
        }
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        self._http = httpx2.AsyncClient(
            headers=headers,
            timeout=httpx2.Timeout(None, connect=CONNECT),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=None),
            trust_env=not endpoint.is_loopback,
        )

    async def __aenter__(self) -> Client:
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._http.__aexit__(*error)

    async def list_models(self) -> list[ServedModel]:
        """The models that the server has; none where it does not tell. Raises Fault."""
        try:
            return _ModelList.model_validate_json(await self._ask("GET", "/models")).data
        except ValidationError:
            return []
        except Fault as fault:
            if fault.status in (404, 405, 501):
                return []
            raise

    async def complete(
        self,
        model: str,
        turns: Sequence[dict[str, str]],
        limit: int,
        fields: dict[str, Any],
        *,
        final: Collection[int] = (),
    ) -> Reply:
        """The model's answer to `turns`, of at most `limit` tokens; the same each time, as far as the server
        can see to it.

        fields: of the request, beside the usual ones. final: statuses that are not tried again. Raises Fault.
        """
        question = {
            "model": model,
            "messages": list(turns),
            "temperature": 0,
            "seed": 0,
            "max_tokens": limit,
            "stream": False,
            **fields,
        }
        data = await self._ask("POST", "/chat/completions", question, final)
        try:
            choice = _Completion.model_validate_json(data).choices[0]
        except ValidationError:
            raise Fault(
                f"what the server at {self._endpoint.host} answers is no chat completion",
                "give --endpoint the address of an OpenAI-compatible server",
            ) from None
        cut = choice.finish_reason == "length"
        if (
            choice.message.content is None and not cut
        ):  # whoever thinks first may be cut before the first word
            reason = choice.message.refusal or choice.finish_reason or "no reason given"
            raise Fault(f"the model gave no answer: {one_line(reason)}", "try another model")
        return Reply(content=choice.message.content or "", cut=cut)

    async def _ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, final: Collection[int] = ()
    ) -> bytes:
        def may_work(error: BaseException) -> bool:
            return isinstance(error, Fault) and error.again and error.status not in final

        attempts = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            wait=_pause,
            retry=tenacity.retry_if_exception(may_work),
            sleep=anyio.sleep,
            reraise=True,
        )
        # a lone surrogate, which an article may have and UTF-8 has not, goes as `?`
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace") if body else None
        return await attempts(self._ask_once, method, path, content)

    async def _ask_once(self, method: str, path: str, content: bytes | None) -> bytes:
        host, seconds = self._endpoint.host, self._endpoint.timeout
        headers = {"Content-Type": "application/json"} if content else {}
        try:
            with anyio.fail_after(seconds):
                url = self._endpoint.url + path
                async with self._http.stream(method, url, content=content, headers=headers) as response:
                    data = await self._read(response)
        except TimeoutError:
            hint = "give it longer with --timeout, or ask for fewer articles at a time with --rows"
            raise Fault(f"the server at {host} took longer than {seconds:g} s", hint, again=True) from None
        except (
            httpx2.ConnectError,
            httpx2.ConnectTimeout,
            httpx2.ProxyError,
            httpx2.InvalidURL,
            UnicodeError,
        ) as error:
            said = one_line(str(error)) or "no connection"
            hint = "see whether it runs and --endpoint is right"
            raise Fault(
                f"the server at {host} can't be reached: {said}", hint, again=True, for_all=True
            ) from None
        except httpx2.HTTPError as error:  # cut off, or no HTTP at all
            said = one_line(str(error)) or type(error).__name__
            raise Fault(
                f"the answer of the server at {host} broke off: {said}", "try again", again=True
            ) from None
        if response.status_code != 200:
            raise fault_of_status(response.status_code, response.headers, data, host, self._endpoint.key)
        return data

    async def _read(self, response: httpx2.Response) -> bytes:
        """The body; the connection is dropped where it is larger than any answer."""
        data = bytearray()
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > MOST_BYTES:
                raise Fault(
                    f"the server at {self._endpoint.host} answers without end: over {MOST_BYTES:,} bytes",
                    "see the server's log",
                )
        return bytes(data)


def _pause(state: tenacity.RetryCallState) -> float:
    """Seconds until the next attempt: what the server asks for, else longer each time."""
    fault = state.outcome.exception() if state.outcome else None
    if isinstance(fault, Fault) and fault.after is not None:
        return min(fault.after, LONGEST_PAUSE)
    longer = tenacity.wait_exponential(multiplier=PAUSE, max=LONGEST_PAUSE) + tenacity.wait_random(0, PAUSE)
    return longer(state)
