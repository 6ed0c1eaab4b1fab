"""本机接收端 · A robot on this machine that speaks DingTalk's protocol: for a demonstration, in which nothing leaves the house, and for tests.

It asks for the token and a fresh signature, takes twenty messages a minute, and refuses with status 200 and a code in the body, as the service does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Final
from urllib.parse import parse_qs, urlsplit

from tianping.casework.alarms.robots import PER_MINUTE, WINDOW, fresh, signature

NO_TOKEN, BAD_SIGNATURE, TOO_FAST, BAD_MESSAGE = 300001, 310000, 130101, 40035
"""The service's own codes: the token does not exist; timestamp or signature do not fit; more than twenty a minute; not a message."""
LONGEST: Final = 20_000
"""Bytes of a message, as the service takes them."""


@dataclass
class Receiver:
    """接收端 · ``clock``: what time it is there. ``taken``: the texts that it took, with the instant of each; ``refused``: the codes it answered."""

    secret: str
    token: str
    clock: Callable[[], datetime]
    taken: list[tuple[datetime, str]] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    turn: Lock = field(default_factory=Lock, repr=False)

    def answer(self, path: str, body: bytes) -> tuple[int, int]:
        """(status, code) for a message: 200 and 0 if it is taken."""
        with self.turn:
            code = self._code(parse_qs(urlsplit(path).query), body)
            if code:
                self.refused.append(code)
        return 200, code

    def _code(self, query: dict[str, list[str]], body: bytes) -> int:
        now = self.clock()
        if query.get("access_token") != [self.token]:
            return NO_TOKEN
        stamp, sign = query.get("timestamp", [""])[0], query.get("sign", [""])[0]
        if not stamp.isdecimal() or not fresh(int(stamp), now) or sign != self._sign(int(stamp)):
            return BAD_SIGNATURE
        if sum(at > now - WINDOW for at, _ in self.taken[-PER_MINUTE:]) >= PER_MINUTE:
            return TOO_FAST
        try:
            told = json.loads(body)
            text = told["text"]["content"] if told["msgtype"] == "text" else None
        except (ValueError, KeyError, TypeError):
            return BAD_MESSAGE
        if not isinstance(text, str) or not text:
            return BAD_MESSAGE
        self.taken.append((now, text))
        return 0

    def _sign(self, stamp: int) -> str:
        return signature(self.secret, datetime.fromtimestamp(stamp / 1000, UTC))[1]


@contextmanager
def listening(receiver: Receiver) -> Iterator[str]:
    """The address at which it takes messages, as long as it listens."""

    class Handler(BaseHTTPRequestHandler):
        """一次请求 · One message."""

        def do_POST(self) -> None:
            """Answer it."""
            length = self.headers.get("Content-Length", "")
            status, code = receiver.answer(self.path, self.rfile.read(min(int(length), LONGEST)) if length.isdecimal() else b"")
            told = json.dumps({"errcode": code, "errmsg": "ok" if not code else "refused"}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            """Its address holds the token."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/robot/send"
        finally:
            server.shutdown()
            thread.join()
