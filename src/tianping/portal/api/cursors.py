"""页标 · Where the next page begins: opaque, signed, and good only for the list and the account that it was given out for."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.signing import BadSignature, dumps, loads

from tianping.portal.errors import NoSuchPage


def sealed(place: Any, *, account: int, of: str) -> str:
    """A place in a list as a cursor."""
    return dumps([place, account, _list(of)], salt="tianping.cursor")


def opened(cursor: str | None, *, account: int, of: str) -> Any:
    """The place of a cursor; None for the first page. Raises NoSuchPage."""
    if cursor is None:
        return None
    try:
        place, whose, list_of = loads(cursor, salt="tianping.cursor")
    except (BadSignature, ValueError) as error:
        raise NoSuchPage from error
    if (whose, list_of) != (account, _list(of)):
        raise NoSuchPage
    return place


def _list(of: str) -> str:
    """Which list it is: words that were searched for do not stand in a cursor."""
    return hashlib.sha256(of.encode()).hexdigest()[:16]
