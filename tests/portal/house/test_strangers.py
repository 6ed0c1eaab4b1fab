"""陌生人 · Every address of the resolver × everybody whom it is not for, with real objects of another person: sign in, no, or no such page.

The addresses are asked of Django, so a new one is here at once: it is public by name, or it refuses. What an address names is a real row of another
person (a case with its parties, papers, draft, document, referral, finding), so that a refusal is no accident of a number that nobody has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.casework.handling.conftest import unit_of
from tests.portal.centre.test_pages import order_form, seized
from tests.portal.citizen.conftest import Visitor
from tests.portal.conftest import account, asker, organisation
from tests.portal.desk.conftest import Seat, seat
from tests.portal.desk.test_more import referred
from tianping.casework.access.keys import make_keys
from tianping.casework.citizens.counter import MADE, At, Card, checked
from tianping.casework.citizens.phones import COUNTER, code_sent
from tianping.casework.engine.writers import NewCase, NewParty, case_open
from tianping.casework.handling.sight import stands_as
from tianping.casework.models import Case, Change, Document, Draft, Event, Party, Post, Writ
from tianping.law.identifiers.residents import check_character
from tianping.portal.administration.rooms import ROOMS
from tianping.portal.house.doors import PUBLIC

NAME, PHONE, TITLE = "欧阳示例", "13800131288", "欧阳示例诉上官样本买卖合同纠纷"
SECRETS = (NAME, PHONE, "上官样本", "传家的欠条")
AWAY = ("/sign-in?", "/enter?")
"""Where a stranger is sent; ``desk/post`` takes a choice of posts from anybody at the desk, and opens none."""
ENDS = {"kiosk/wipe", "kiosk/off", "leave", "sign-out", "look"}
"""Addresses that end a visit or change its look: asked of nobody who is to stay."""
STAFF = re.compile(r"(desk|centre|board)/")
"""What somebody of another institution may open, where it names no object: his own lists."""


def addresses(patterns: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every route that is a page's, with its name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, here)
        elif isinstance(one, URLPattern) and not here.startswith("api/") and not here.startswith("accounts/"):
            yield here, str(one.name)


@dataclass
class World:
    """他人的东西 · The rows of another person and institution, by the name of the route that asks for them."""

    owner: Seat
    citizen: Visitor
    case: int
    finding: int
    numbers: dict[str, int]
    words: dict[str, str] = field(
        default_factory=lambda: {
            "procedure": "pre_filing", "step": "PreFiling.accept", "name": "check", "template": "receipt", "which": "pdf", "code": "pre_filing",
            "mark": "pushed", "form": "xlsx", "institution": "court", "room": "courts", "element": "CASES", "stage": "ordered", "kind": "pdf",
            "key": "CPL23", "number": "122", "seq": "1",
        }
    )  # fmt: skip

    def path(self, route: str, name: str) -> str:
        """The address of a route that names the other one's rows."""

        def part(found: re.Match[str]) -> str:
            what = found[2]
            if what == "case_id":
                return str(self.finding if name == "centre-finding" else self.case)
            if what == "number" and found[1] != "str":
                return str(self.numbers.get(name, 1))  # the first row of any table is the other one's
            return self.words[what]

        return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", part, route)


def _names_a_row(route: str) -> bool:
    return re.search(r"<(?:row|id|int):", route) is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("strangers")


@pytest.fixture(autouse=True)
def _in_earnest(folder: Path) -> Iterator[None]:
    """No demonstration: that shows its board to everybody."""
    with _places(folder, demo=False):
        yield


@contextmanager
def _places(folder: Path, *, demo: bool = True) -> Iterator[None]:
    with override_settings(
        TIANPING_DEMO=demo, TIANPING_DOCUMENTS=folder / "documents", TIANPING_TEST_KEY=folder / "key.p12", TIANPING_TEMPLATES="",
        TIANPING_RATES={"account": 1_000_000, "address": 1_000_000, "sign_in": 1_000_000},
    ):  # fmt: skip
        yield


@pytest.fixture(scope="module")
def world(database: object, folder: Path) -> World:
    with _places(folder):
        return _world()


def _world() -> World:
    now = datetime.now(UTC)
    court = organisation()
    owner = seat(court, "FILING_JUDGE", "CLERK", "JUDGE", "WINDOW_CLERK")
    citizen = Visitor(phone=PHONE)
    citizen.enters()
    number = "14079919900101011"
    by = At(owner.actor, owner.account.pk, now)
    checked(PHONE, code_sent(PHONE, at=now, purpose=COUNTER), Card("RESIDENT", NAME, number + check_character(number), "网上立案"), by)
    parties = (NewParty(NAME, "Roles.APPLICANT", "person", number + check_character(number), PHONE), NewParty("上官样本", "Roles.OPPONENT"))
    new = NewCase(TITLE, court.pk, keys=owner.actor.keys, parties=parties)
    facts = {"suit": "ORDINARY", "qualifies": True}
    case = case_open(procedure="pre_filing", step="PreFiling.receive", actor=owner.actor, at=now, new=new, facts=facts).case_id
    citizen.get("/my/")
    owner.post(f"cases/{case}/documents", {"file": SimpleUploadedFile("传家的欠条.txt", "今借到".encode()), "title": "传家的欠条"})
    owner.post(f"/writs/{case}/from/receipt", {"w-papers": "传家的欠条", "day-year": "2026", "day-month": "3", "day-day": "5"})
    draft = Draft.objects.get(pk=int(citizen.went("/filing/begin").split("/")[2]))
    citizen.went(f"/filing/{draft.pk}/dispute", dispute="CONTRACT")
    referral, finding = _referral(owner), _finding()
    party, document = Party.objects.filter(case_id=case).order_by("pk")[0], Document.objects.get(case_id=case, name__startswith="传家")
    writ, check = Writ.objects.get(case_id=case), Change.objects.get(act=MADE, subject=citizen.citizen.account)
    numbers = {
        "my-document": document.pk, "filing-write": draft.pk, "filing-discard": draft.pk, "desk-party": party.pk, "desk-document": document.pk,
        "desk-show": document.pk, "desk-withdraw": document.pk, "desk-identity-withdraw": check.pk, "desk-matter": referral, "desk-return": referral,
        "desk-address": referral,
        "desk-take": referral, **dict.fromkeys((n for _, n in addresses() if n.startswith("writ-") or n == "writ"), writ.pk),
        **dict.fromkeys((n for _, n in addresses() if n.startswith("administration-organisation")), court.pk),
        **dict.fromkeys((n for _, n in addresses() if n.startswith("administration-account")), owner.account.pk),
    }  # fmt: skip
    return World(owner, citizen, case, finding, numbers)


def _referral(owner: Seat) -> int:
    """A matter that the court sent to a body of mediation."""
    case, row = referred(owner, seat(organisation("mediation"), "MEDIATION_BODY", "MEDIATOR"))
    Party.objects.filter(case_id=case).update(name=NAME, phone=PHONE)
    return row.pk


def _finding() -> int:
    """A finding of another bureau's supervision."""
    bureau = organisation("police")
    station = unit_of("丙派出所", bureau)
    make_keys([station.pk])
    case, reviewer = seized(station, 60, f"{NAME}随身物品"), seat(bureau, "LEGAL_REVIEW")
    order = f"/centre/alarms/{case}/Item.hand_in_norm"
    officer = Post.objects.get(person=seat(station, "OFFICER").account.person)
    done = reviewer.post(order, order_form(reviewer.get(f"{order}?entity=手机1")) | {"post": str(officer.pk)})
    return int(done.headers["Location"].rpartition("/")[2])


def told(client: Client, method: str, path: str) -> tuple[int, str, str]:
    """Status, where it sends one to, and what can be read."""
    answer = client.generic(method, path, data="", content_type="application/x-www-form-urlencoded")
    body = b"" if getattr(answer, "streaming", False) else answer.content  # a stream that is refused is no stream
    return answer.status_code, answer.headers.get("Location", ""), body.decode("utf-8", "replace")


def refused(status: int, where: str) -> bool:
    """Sent to sign in, told no, or told that there is none."""
    return status in (403, 404, 405) or (status == 302 and where.startswith(AWAY))


def visits(world: World) -> dict[str, tuple[Client, Callable[[str], bool]]]:
    """Who comes, and which addresses that name no row are his own."""
    citizen = Visitor()
    with override_settings(TIANPING_DEMO=True):
        citizen.enters()

    def wrong(kind: str) -> tuple[Client, Callable[[str], bool]]:
        own = tuple(link.href.removeprefix("/") for link in ROOMS[kind])
        return Seat(account(kind), world.owner.organisation).client, lambda route: route.startswith(own) or route == "administration/"

    return {
        "anonymous": (Client(), lambda _: False),
        "citizen": (citizen.client, lambda route: route.startswith(("my/", "begin/", "filing/"))),
        "elsewhere": (seat(organisation(), "*").client, lambda route: bool(STAFF.match(route))),
        "colleague": (Seat(asker(world.owner.organisation).account, world.owner.organisation).client, lambda route: route.startswith("board/")),
        **{kind: wrong(kind) for kind in ROOMS},
    }


ADMINISTRATORS = ("system", "security", "audit")
WHO = ("anonymous", "citizen", "elsewhere", "colleague", *ADMINISTRATORS)
"""``colleague`` has a post in the very court and no role: he sees figures, and no case."""


@pytest.mark.parametrize("who", WHO)
def test_what_is_not_for_somebody_is_refused_at_every_address(world: World, who: str) -> None:
    client, own = visits(world)[who]
    events, wrong, asked = Event.objects.count(), [], 0
    for route, name in addresses():
        path, row = world.path(route, name), _names_a_row(route)
        for method in ("GET", "POST") if who not in ADMINISTRATORS or route.startswith("administration/") else ("GET",):
            if route in ENDS or (route in PUBLIC and method == "POST"):
                continue
            status, where, text = told(client, method, path)
            asked += 1
            wrong += [f"{who} {method} {path}: {secret}" for secret in SECRETS if secret in text]
            if route in PUBLIC or (not row and own(route)) or route == "desk/post" or _administers(who, route):
                wrong += [f"{who} {method} {path}: {status}"] if status >= 500 else []
            elif not refused(status, where):
                wrong.append(f"{who} {method} {path}: {status} {where}")
    assert not wrong, "\n".join(wrong)
    assert asked > 100
    assert Event.objects.count() == events


def _administers(who: str, route: str) -> bool:
    """Rows that are this administrator's own to keep."""
    kept = {"system": ("administration/organisations/", "administration/accounts/"), "security": ("administration/accounts/",)}
    return route.startswith(kept.get(who, ("no such route",)))


def test_every_public_address_is_an_address_and_answers_a_stranger(world: World) -> None:
    routes = dict(addresses())
    assert set(PUBLIC) <= set(routes), set(PUBLIC) - set(routes)
    for route in PUBLIC:
        status, where, _ = told(Client(), "GET", world.path(route, routes[route]))
        assert status in (200, 302, 404, 405) and not where.startswith("/enter"), (route, status, where)


def test_a_sealed_case_is_not_there_for_its_party_nor_for_its_own_court(world: World) -> None:
    named = [(r, n) for r, n in addresses() if "case_id" in r and n not in ("centre-finding", "followed")]
    assert len(named) > 20
    clients = {"party": world.citizen.client, "court": world.owner.client}
    assert told(clients["party"], "GET", f"/my/cases/{world.case}")[0] == 200, "it is there before"
    assert told(clients["court"], "GET", f"/desk/cases/{world.case}")[0] == 200, "as above"
    Case.objects.filter(pk=world.case).update(level=1)
    stands_as(world.case)
    try:
        for route, name in named:
            for who, client in clients.items():
                for method in ("GET", "POST"):
                    status, where, text = told(client, method, world.path(route, name))
                    assert status in (404, 405) or (status == 302 and where.startswith(AWAY)), (who, method, route, status)
                    assert not any(secret in text for secret in SECRETS), (who, method, route)
        for own in ("my-document", "desk-document"):
            route = next(r for r, n in addresses() if n == own)
            client = clients["party" if own == "my-document" else "court"]
            assert told(client, "GET", world.path(route, own))[0] == 404, own
        for path, client in (("/my/", clients["party"]), ("/desk/", clients["court"])):
            assert not any(secret in told(client, "GET", path)[2] for secret in SECRETS[2:]), path
    finally:
        Case.objects.filter(pk=world.case).update(level=0)
        stands_as(world.case)
