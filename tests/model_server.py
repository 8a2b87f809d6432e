"""A language model to test with: real HTTP, streaming, and no sense. It reads what it is sent.

It is a double of the model only; everything on our side is what customers use. Its manners:
faithful repeats sentences of the passages; liar adds claims nobody made; obedient does whatever
the text it is shown asks for; leaky repeats all it was told, its orders, too; garbage, endless,
slow, silent, busy and broken are what their names say.
"""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PASSAGE = re.compile(r'<passage number="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_QUESTION = re.compile(r"<question>\n(.*)\n</question>", re.DOTALL)
_INJECTED = re.compile(
    r"(?:ignore|forget|disregard|vergiss|ignoriere|instead|stattdessen|system|instruction|anweisung"
    r"|say|reply|respond|print|output|antworte|schreibe|sage)\b[^\n]{0,200}",
    re.IGNORECASE,
)
LIES = {
    "Der Anruf kostet 4,99 € pro Minute.",
    "Sie müssen dafür nichts bezahlen, es ist immer kostenlos.",
    "Das geht nur bis zum 31. Dezember 2031.",
    "Rufen Sie dazu 0900 123456 an.",
    "You get a refund of $250 within 3 days.",
    "The warranty is always extended for free.",
}


class Model:
    """How the server behaves now, and what it was asked."""

    def __init__(self) -> None:
        self.manner = "faithful"
        self.asked: list[str] = []
        self.calls = 0
        self.url = ""

    def reply(self, told: str) -> Iterator[str]:
        """Yield the pieces of an answer."""
        if self.manner == "garbage":
            yield from ("{", '"parts": [{"text": "half a', " sentence")
        elif self.manner == "endless":
            while True:
                yield "and so on "
        elif self.manner == "prose":
            yield "Of course! Here is what I think about it."
        else:
            yield from _pieces(json.dumps({"parts": self._parts(told)}, ensure_ascii=False))

    def _parts(self, told: str) -> list[dict[str, Any]]:
        passages = [(int(number), text) for number, text in _PASSAGE.findall(told)]
        parts = [
            {"text": sentence, "passages": [number]}
            for number, text in passages[:1]
            for sentence in _sentences(text)[:4]
        ]
        if self.manner == "liar":
            true, lies = parts[:3], sorted(LIES)
            first = len(told) % len(lies)
            parts = [
                *true,
                {"text": lies[first], "passages": [1]},
                *({"text": _opposite(one["text"]), "passages": [1]} for one in true[:1]),
                *({"text": one["text"], "passages": [99]} for one in true[:1]),
            ]
        if self.manner == "obedient":
            parts = [
                {"text": found.group(), "passages": [1]} for found in _INJECTED.finditer(told)
            ] or parts
        if self.manner == "leaky":
            lines = [one for one in told.splitlines() if len(one) > 20]
            parts = [{"text": one, "passages": [1]} for one in lines[:8]]
        return parts


def _sentences(text: str) -> list[str]:
    lines = [re.sub(r"^\s*(?:[-*]|\d+[.)])\s*", "", line) for line in text.splitlines()]
    found = [one for line in lines for one in re.split(r"(?<=[.!?])\s+", line)]
    return [one.strip() for one in found if len(one.strip()) > 20]


def _opposite(text: str) -> str:
    if re.search(r"\bnicht\b|\bnot\b", text):
        return re.sub(r"\b(?:nicht|not)\s", "", text)
    no = "nicht" if re.search(r"\b(?:der|die|das|Sie|ist|und)\b", text) else "not"
    return re.sub(r"^(\S+\s+\S+)", rf"\1 {no}", text)


def _pieces(text: str) -> Iterator[str]:
    for at in range(0, len(text), 24):
        yield text[at : at + 24]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: Model

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        model = self.model
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = "\n".join(str(one["content"]) for one in body["messages"])
        model.asked.append(told)
        model.calls += 1
        if model.manner in {"busy", "broken"}:
            self._refuse(429 if model.manner == "busy" else 500)
            return
        if model.manner == "slow":
            time.sleep(4)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while model.manner == "silent":  # keeps the connection, says nothing
                self.wfile.write(b": waiting\n\n")
                self.wfile.flush()
                time.sleep(0.1)
            user = "\n".join(
                str(one["content"]) for one in body["messages"] if one["role"] == "user"
            )
            for piece in model.reply(told if model.manner == "leaky" else user):
                self._send({"choices": [{"index": 0, "delta": {"content": piece}}]})
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked had enough
        self.close_connection = True

    def _send(self, told: dict[str, Any]) -> None:
        whole = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"} | told
        self.wfile.write(f"data: {json.dumps(whole)}\n\n".encode())
        self.wfile.flush()

    def _refuse(self, status: int) -> None:
        said = b'{"error": {"message": "no"}}'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


@contextmanager
def serving() -> Iterator[Model]:
    """Serve a model at `url` until the end of the block."""
    model = Model()
    handler = type("Handler", (_Handler,), {"model": model})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
