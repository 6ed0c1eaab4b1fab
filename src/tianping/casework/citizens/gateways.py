"""对外接口 · One question to a service that the installation names: JSON out, JSON back, with a time to answer in."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Final

from tianping.casework.citizens.errors import NotDelivered

WAIT: Final = 10
"""Seconds that it has to answer."""
MOST: Final = 1 << 16


def asked(url: str, token: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Its answer; an empty one where it says nothing. Raises NotDelivered."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    wanted = urllib.request.Request(url, json.dumps(body, ensure_ascii=False).encode(), headers)  # noqa: S310 — the installation's own setting
    try:
        with urllib.request.urlopen(wanted, timeout=WAIT) as answer:  # noqa: S310 — as above
            said = answer.read(MOST)
    except urllib.error.HTTPError as error:
        with error:
            raise NotDelivered(why=str(error.code)) from error
    except OSError as error:
        raise NotDelivered(why=type(error).__name__) from error
    try:
        found = json.loads(said) if said.strip() else {}
    except ValueError as error:
        raise NotDelivered(why="JSON") from error
    return found if isinstance(found, dict) else {}
