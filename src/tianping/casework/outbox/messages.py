"""消息 · What a handler gets, and which handler a topic has. Rooms and adapters add their topics with :func:`handles`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

SPACE: Final = UUID("5d0d6f1c-2b7e-5c52-9a43-6f9b3f0f2a11")
"""The name space of the keys under which messages act: a constant of this software."""


@dataclass(frozen=True, slots=True)
class Message:
    """消息 · One message. ``tries``: how often it was tried before."""

    id: int
    case_id: int
    seq: int
    topic: str
    body: Mapping[str, Any]
    tries: int

    @property
    def key(self) -> UUID:
        """The idempotency key of whatever the message does: the same at every attempt."""
        return uuid5(SPACE, str(self.id))


Handler = Callable[[Message, datetime], str]
"""Delivers a message and says to whom. It runs inside the dispatcher's transaction: what it writes to this database is written once. What it does
outside may be repeated, if the machine dies in between, and must bear ``message.key``."""

_HANDLERS: Final[dict[str, Handler]] = {}


def handles(topic: str, handler: Handler) -> None:
    """Name the handler of a topic; one topic, one handler."""
    assert _HANDLERS.setdefault(topic, handler) is handler, topic


def handler_of(topic: str) -> Handler | None:
    """The handler of a topic."""
    return _HANDLERS.get(topic)
