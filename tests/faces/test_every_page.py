"""每一页 · Every page that the resolver has, opened by somebody whom it is for, and looked at whole: by links from where he begins.

At bar size each page is looked at once, languages, widths and themes by turns; in the proof in every way. A route that nobody came to and that is not
named below as no page fails the proof: a new page is looked at, or its absence is given a reason.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.casework.conftest import actor_of
from tests.conftest import PROOF, ROOT, size
from tests.faces.behind import Officials, behind
from tests.faces.conftest import Served, Visit
from tests.faces.looks import faults, looks
from tests.faces.test_citizen import enters, identified, onward
from tests.portal.centre.test_pages import seized
from tests.portal.house.test_strangers import addresses
from tianping.casework.citizens.drafts import draft_begun, draft_written
from tianping.casework.citizens.filing import court_chosen, submitted
from tianping.casework.citizens.looking import code_made, receipt_number
from tianping.casework.citizens.papers import written
from tianping.casework.database.embedded import Embedded
from tianping.casework.models import Citizen, Document, Organisation, Referral
from tianping.casework.writs.services import writ_drafted

PHONES = count(17_600_000_001)
WAYS = (("zh", False, "light"), ("en", True, "dark"), *((("zh", True, "light"), ("en", False, "dark")) if PROOF else ()))
"""Language, phone, theme. Large print is looked at in ``test_house`` and in the journeys."""
WIZARD = (
    "/disputes/?kind=CONTRACT&money=yes&amount=38600&since-year=2025&since-month=1&since-day=10&evidence=yes&clear=yes&reachable=yes&property=yes"
)
NO_PAGES = {
    "look": "keeps a choice and goes back", "kiosk/wipe": "ends a visit", "kiosk/off": "a form's",
    "leave": "a form's", "sign-out": "a form's", "sign-in/second": "sends on who has signed in; looked at in the journeys of the accounts",
    "my/cases/<int:case_id>/code": "a form's", "my/documents/<int:number>": "a file", "filing/begin": "a form's",
    "filing/<int:number>/discard": "a form's", "desk/views/save": "a form's", "desk/views/drop": "a form's", "desk/bulk": "a form's",
    "desk/notices/seen": "a form's",
    "desk/live": "a stream", "desk/new/<str:procedure>/<str:step>/consent": "a form's", "desk/cases/<row:case_id>/do/<str:step>/consent": "a form's",
    "desk/cases/<row:case_id>/documents/<row:number>/show": "a form's", "desk/documents/<row:number>": "a file",
    "desk/identity/<row:number>/withdraw": "a form's",
    "said/day": "words for a script", "said/amount": "words for a script",
    "administration/": "leads on to the first list of each administrator",
    **dict.fromkeys(
        ("administration/calendar/trials/<id:number>", "administration/calendar/years/<id:number>", "administration/imports/<id:number>",
         "administration/registers/<id:number>"), "comes to be by an administrator's act: looked at in their journeys",
    ),
    "administration/calendar/renewals/<id:number>": "comes to be by a command after an upgrade: read in the tests of its pages",
    "follow/<int:case_id>": "no link leads to it: looked at where the code is given", "writs/<id:case_id>/<id:number>/public": "a form's",
    "writs/<id:case_id>/<id:number>/preview": "a file", "writs/<id:case_id>/<id:number>/file/<str:which>": "a file",
    "writs/<id:case_id>/<id:number>/drop": "a form's", "writs/<id:case_id>/<id:number>/edit": "a form's",
    "writs/<id:case_id>/<id:number>/issue": "a form's",
    "writs/<id:case_id>/<id:number>/restore": "a form's",
}  # fmt: skip
"""Routes that answer no page to a GET, each with the reason."""
VARIED = {"filing-write": "name", "calculator": "name"}
"""Routes of which several addresses are pages of their own: by this part."""


@dataclass
class Walk:
    """走访 · One visitor, who opens each page that he comes to by a link and that nobody has looked at."""

    visit: Visit
    who: str
    begins: list[str]
    turn: int
    seen: dict[str, str]
    """Route → where it was looked at."""
    wrong: list[str]
    pages: dict[tuple[str, bool, str], Page] = field(default_factory=dict)
    state: Page | None = None

    def through(self) -> None:
        """From where he begins, link by link."""
        queue, tried = deque(self.begins), set[str]()
        while queue:
            address = queue.popleft()
            key = _key(address)
            if key is None or address in tried or (key in self.seen and address not in self.begins):
                continue
            tried.add(address)
            page = self._page(WAYS[(len(self.seen) + self.turn) % len(WAYS)])
            answer = page.goto(address)
            assert answer is not None
            if answer.status != 200 or _key(urlsplit(page.url).path) != key:
                if address in self.begins:
                    self.wrong.append(f"{self.who} {address}: {answer.status} {page.url}")
                continue
            self.seen.setdefault(key, address)
            self.wrong += [f"{self.who} {address} {page.viewport_size}: {fault}" for fault in faults(page)]
            links: list[str] = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")
            queue.extend(link for link in links if link.startswith("/"))

    def _page(self, way: tuple[str, bool, str]) -> Page:
        if way not in self.pages:
            lang, phone, theme = way
            page = self.pages[way] = self.visit(who="" if self.state else self.who, lang=lang, phone=phone, theme=theme)
            if self.state is not None:
                kept = [c for c in self.state.context.cookies() if c["name"] not in ("lang", "theme", "size")]
                page.context.add_cookies(kept)  # type: ignore[arg-type]  # what was read may be written
        return self.pages[way]


def a_file(route: str) -> bool:
    """Whether what is answered is kept and not looked at: the last part of its address has an ending."""
    return "." in route.rpartition("/")[2]


def _key(address: str) -> str | None:
    """The route of an address, with the part that makes it a page of its own; None where it is no page of ours."""
    path = address.partition("#")[0].partition("?")[0]
    try:
        found = resolve(path)
    except Resolver404:
        return None
    if found.route in NO_PAGES or a_file(found.route) or found.route.startswith(("api/v1/", "accounts/")):
        return None
    part = VARIED.get(found.url_name or "")
    return f"{found.route} {found.kwargs[part]}" if part else found.route


@pytest.fixture
def matters(visit: Visit, served: Served, database: Embedded) -> Iterator[tuple[Page, dict[str, Any]]]:
    """A citizen who has signed in, with a draft, a case to correct, and papers."""
    page, phone = visit(), str(next(PHONES))
    enters(page, phone, look=False)
    identified(page, int(phone[-3:]), "张示例")
    with behind(served, database) as act, override_settings(TIANPING_DOCUMENTS=ROOT / "var" / "test-faces" / "documents"):
        yield page, _made(act, Citizen.objects.get(phone=phone))


def _made(act: Officials, citizen: Citizen) -> dict[str, Any]:
    now = datetime.now(UTC)
    told = {
        "dispute": "CONTRACT", "DEFENDANT": "140702", "address": "示例街1号", "defendants": [{"name": "李样例", "kind": "person"}],
        "suit": "ORDINARY", "cause": "民间借贷纠纷", "claims": "归还借款38600元", "reasons": "借款未还", "online": True, "e_service": True,
    }  # fmt: skip
    court = Organisation.objects.get(code="court.yuci").pk
    drafts = []
    for _ in range(2):
        draft = draft_begun(citizen, "e_filing", at=now)
        draft_written(citizen, draft.pk, told, at=now)
        court_chosen(citizen, draft.pk, court, at=now)
        drafts.append(draft.pk)
    case = submitted(citizen, drafts[0], [written("材料", "今借到")], at=now).case_id
    act(case, "EFiling.ask_correction", "FILING_JUDGE", {"correct_by": (now + timedelta(days=5)).date().isoformat()})
    lost = act.opened("pre_filing", "PreFiling.receive", "FILING_JUDGE", {"suit": "ORDINARY", "qualifies": True}, {"APPLICANT": "", "OPPONENT": ""})
    act(lost, "PreFiling.refer", "FILING_JUDGE", {"suitable": True, "consents": True})
    clerk = actor_of(act.court, "FILING_JUDGE", "CLERK")
    late = seized(Organisation.objects.get(code="police.yuci.station1"), 60, title="赵示例随身物品")
    writ = writ_drafted(case_id=lost, template="receipt", written={"papers": "起诉状二份"}, day=now.date(), actor=clerk, at=now)
    document, referral = Document.objects.filter(case_id=case).order_by("pk")[0], Referral.objects.get(case_id=lost)
    return {
        "case": case, "draft": drafts[1], "lost": lost, "writ": writ.pk, "document": document.pk, "referral": referral.pk, "late": late,
        "code": code_made(citizen, case, at=now),
    }  # fmt: skip


@pytest.mark.parametrize("turn", range(size(1, len(WAYS))))
def test_every_page_holds(visit: Visit, matters: tuple[Page, dict[str, Any]], turn: int) -> None:
    citizen, m = matters
    seen: dict[str, str] = {}
    wrong: list[str] = []

    def walked(who: str, *begins: str, state: Page | None = None) -> None:
        Walk(visit, who, list(begins), turn, seen, wrong, state=state).through()

    own = (f"/my/cases/{m['case']}", f"/my/cases/{m['case']}/receipt", "/my/identity", "/begin/judge_message/leave", f"/filing/{m['draft']}/check")
    filing = [f"/filing/{m['draft']}/{name}" for name in ("dispute", "places", "court", "parties", "claims", "papers", "consent")]
    walked("citizen", "/my/", *own, *filing, state=citizen)
    walked("", "/", "/disputes/", WIZARD, "/calculators/", "/enter", "/follow/", "/accessibility", "/style/", "/kiosk/", "/sign-in", "/atlas/")
    walked("", "/sign-in/enrol", state=followed(visit, m))
    written_to(citizen)
    papers = f"/desk/cases/{m['case']}/documents"
    walked("zhangshichuan", "/desk/", papers, f"{papers}/{m['document']}/withdraw", f"/desk/outbox/{m['referral']}/address")
    walked("zhangshichuan", "/desk/messages", "/board/", f"/writs/{m['lost']}/{m['writ']}")
    walked("zhaoshichuan", "/desk/identity")
    walked("renliqing", "/desk/inbox")
    walked("wenshiyuan", "/centre/")
    walked("wenshiyuan", ordered(visit, m["late"]))
    for who, first in (("guoliqing", "organisations"), ("hanliqing", "accounts"), ("tianliqing", "log")):
        walked(who, f"/administration/{first}")
    never = {route for route, _ in addresses() if route not in NO_PAGES and not a_file(route)} - {key.partition(" ")[0] for key in seen}
    assert not wrong, "\n".join(wrong)
    assert not never or not PROOF, never  # at bar size a page that is new does not wait for its place here


def followed(visit: Visit, made: dict[str, Any]) -> Page:
    """A stranger who has a number and a code; the case is looked at here, since no link leads to it."""
    page = visit(lang="en")
    page.goto("/follow/")
    page.fill("#number", receipt_number(made["case"]))
    page.fill("#code", made["code"])
    onward(page)
    looks(page)
    return page


def written_to(page: Page) -> None:
    """The citizen leaves a message to the court."""
    page.goto("/begin/judge_message/leave")
    page.select_option("#office", label="榆次区人民法院")
    page.check("input[name=medium][value=TEXT]")
    page.fill("#judge", "张示川法官")
    page.fill("#words", "想补充一份证据")
    onward(page)
    page.wait_for_url("**/receipt")


def ordered(visit: Visit, late: int) -> str:
    """An alarm is ordered to be put right: the address of the finding."""
    page = visit(who="wenshiyuan")
    page.goto("/centre/alarms?level=l3")
    page.locator(f"a[href*='/centre/alarms/{late}/']").first.click()
    page.select_option("#post", index=1)
    page.fill("#opinion", "当日办结并说明原因")
    page.locator("main form .acts button").first.click()
    page.wait_for_url("**/centre/findings/*")
    return urlsplit(page.url).path
