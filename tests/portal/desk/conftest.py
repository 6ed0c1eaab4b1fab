"""办案台夹具 · Somebody at the desk: signed in with all factors, with a post and roles, asking pages as a browser does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any

from django.test import Client

from tests.portal.conftest import asker
from tianping.casework.access.acting import actor_for
from tianping.casework.engine.actors import Actor
from tianping.casework.models import Account, Organisation

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Seat:
    """坐席 · Somebody at the desk."""

    account: Account
    organisation: Organisation
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def __post_init__(self) -> None:
        """Sign in."""
        self.client.force_login(self.account, backend=BACKEND)
        session = self.client.session
        session["factors"], session["seen"] = ["password", "totp"], int(datetime.now(UTC).timestamp())
        session.save()

    @property
    def actor(self) -> Actor:
        """The same person as the engine knows it."""
        return actor_for(self.account, at=datetime.now(UTC))

    def get(self, path: str, status: int = 200) -> str:
        """A page."""
        answer = self.client.get(path if path.startswith("/") else f"/desk/{path}")
        assert answer.status_code == status, (answer.status_code, text_of(answer.content.decode())[:2000])
        return str(answer.content.decode())

    def post(self, path: str, data: dict[str, Any] | None = None, status: int = 302) -> Any:
        """A form sent. The answer, with ``.text``."""
        answer = self.client.post(path if path.startswith("/") else f"/desk/{path}", data or {})
        answer.text = answer.content.decode()
        assert answer.status_code == status, (answer.status_code, text_of(answer.text)[:2000])
        return answer

    def filled(self, path: str, data: dict[str, Any] | None = None, status: int = 302) -> Any:
        """Open the form at an address, fill it in over what stands in it, and send it."""
        return self.post(path, form_of(self.get(path)) | (data or {}), status)


def seat(org: Organisation, *roles: str) -> Seat:
    """Somebody with a post and roles in an institution."""
    who = asker(org, *roles)
    return Seat(who.account, org)


def form_of(page: str) -> dict[str, Any]:
    """What the first form of the main part holds: hidden fields, typed values, ticked boxes, chosen options."""
    main = page[page.index("<main") :]
    body = next(f for f in re.findall(r"<form.*?</form>", main, re.S) if 'name="key"' in f)
    out: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        kind, name, value = found.get("type", "text"), found.get("name"), unescape(found.get("value", ""))
        if name is None or (kind in ("radio", "checkbox") and not re.search(r"\schecked", tag)):
            continue
        out[name] = [*out[name], value] if kind == "checkbox" and isinstance(out.get(name), list) else [value] if kind == "checkbox" else value
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', body, re.S):
        out[name] = unescape(value)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        out[name] = unescape(chosen[1]) if chosen else ""
    return out


def text_of(page: str) -> str:
    """A page as it is read: without tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page[page.find("<main") :])).split())
