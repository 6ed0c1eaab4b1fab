"""残缺表单 · Whatever is typed, uploaded or put into an address of a page: no page breaks, and what is refused is a page in words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tests.conftest import size
from tests.portal.api.test_malformed import NASTY, RAW
from tests.portal.api.test_routes import filled, routes
from tests.portal.citizen.conftest import Visitor
from tests.portal.conftest import account, asker, opened, organisation
from tests.portal.desk.conftest import Seat
from tianping.casework.models import Event, Party

TYPED: tuple[str, ...] = (
    *(str(v)[:20_000] for v in NASTY if isinstance(v, str | int | float) and not isinstance(v, bool) and v != 10**400), "9" * 400, "on", "1", "0",
    "13800000000", "2026-03-02", "2026-03-02T10:00", "Roles.JUDGE", "PreFiling.file", "pre_filing",
)  # fmt: skip
NAMES = ("q", "after", "before", "lang", "day", "month", "kind", "post", "step", "entity", "next", "page", "from", "to", "\x00")
FILES = ("a.pdf", "a.csv", "a.xlsx", "a.docx", "..%2f..%2fx", "名.jpg", "x" * 250 + ".pdf", ".pdf", "a.svg", "a\u202efdp.exe")


@pytest.fixture(autouse=True)
def _demo() -> Iterator[None]:
    with override_settings(TIANPING_DEMO=True):
        yield


def people() -> tuple[dict[str, Client], int]:
    """A browser of each kind of person, and a case that the judge handles."""
    court = organisation("court_basic")
    judge = asker(court, "*")
    case = opened(judge)
    Party.objects.create(case_id=case, capacity="Roles.APPLICANT", name="张三", phone="15800000009")
    citizen = Visitor()
    citizen.enters()
    citizen.identified()
    clients = {"stranger": Client(), "citizen": citizen.client, "judge": Seat(judge.account, court).client}
    clients |= {kind: Seat(account(kind), organisation()).client for kind in ("system", "security", "audit")}
    for client in clients.values():
        client.raise_request_exception = False
    return clients, case


class Hand:
    """手 · Fills in what a page asks for with what does not belong there."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.names: dict[str, list[str]] = {}

    def typed(self, text: str) -> str:
        """One value; a browser sends no half characters."""
        return text.encode("utf-8", "replace").decode()

    def form(self, client: Client, address: str) -> dict[str, Any]:
        """The fields of the page at an address, most of them wrong, and a file now and then."""
        if address not in self.names:
            answer = client.get(address)
            page = "" if answer.streaming else answer.content.decode("utf-8", "replace")
            self.names[address] = sorted(set(re.findall(r'name="([^"]{1,80})"', page)) - {"csrfmiddlewaretoken"})
        made: dict[str, Any] = {name: self.typed(self.dice.choice(TYPED)) for name in self.names[address] if self.dice.random() < 0.8}
        if self.dice.random() < 0.3:
            made[self.dice.choice(["", "x" * 5000, "__class__", "step", "key", "file"])] = self.typed(self.dice.choice(TYPED))
        if self.dice.random() < 0.3:
            name = self.dice.choice(["file", "files", "paper", "notice", *self.names[address]])
            made[name] = SimpleUploadedFile(
                self.dice.choice(FILES), self.dice.choice(RAW)[:200_000], self.dice.choice(["", "application/pdf", "a/b"])
            )
        return made


def test_no_page_breaks_whatever_is_typed(database: object) -> None:
    dice = random.Random(20261127)
    clients, case = people()
    pages = sorted({r for r in routes() if not r.startswith("api/") and "^" not in r and "(?P" not in r and not r.startswith("static")})
    assert len(pages) > 100
    hand, before, wrong, asked = Hand(dice), Event.objects.count(), list[str](), 0
    for n in range(size(150, 5000)):
        who = dice.choice(list(clients))
        known = {"case_id": dice.choice([case, 1, 10**18]), "number": dice.choice([1, case, 10**18]), "case": case}
        address = "/" + filled(dice.choice(pages), **known)
        if dice.random() < 0.4:
            names = dice.sample(
                ["q", "after", "before", "lang", "day", "month", "kind", "post", "step", "entity", "next", "page", "from", "to", "\x00"], 3
            )
            address += "?" + urlencode([(name, hand.typed(dice.choice(TYPED))) for name in names])
        posted = dice.random() < 0.6
        answer = clients[who].post(address, hand.form(clients[who], address)) if posted else clients[who].get(address)
        asked += 1
        content = b"" if answer.streaming else answer.content
        if answer.status_code >= 500:
            wrong.append(f"{n} {who} {'POST' if posted else 'GET'} {address[:300]}: {answer.status_code} {content[:200]!r}")
        assert b"Traceback" not in content, address
        assert b"site-packages" not in content, address
        if answer.status_code in (400, 403, 404, 409, 413, 422) and content and "html" in answer.headers["Content-Type"]:
            assert b"<h1" in content, (address, answer.status_code)
    assert not wrong, "\n".join(wrong[:15])
    assert asked == size(150, 5000)
    assert Event.objects.count() < before + asked // 10, "nearly nothing of it was taken"
