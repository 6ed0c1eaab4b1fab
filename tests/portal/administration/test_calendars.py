"""放假安排页面 · A notice typed or uploaded is tried out, looked at case by case, loaded for good; what each process then answers follows it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.notice import NOTICE
from tests.portal.administration.conftest import administrator
from tests.portal.administration.test_pages import HOME, days, key
from tests.portal.conftest import asker, opened, organisation
from tests.portal.desk.conftest import Seat
from tianping.casework.calendars.services import carried_on
from tianping.casework.models import CalendarNotice, Case, Clock, Reckoning
from tianping.law.calendar_notice import read_notice, table_of

WHERE = f"{HOME}calendar"


def form(**more: object) -> dict[str, object]:
    return {"year": "2027", "notice": NOTICE, "source": "试验用通知，发明电〔2026〕0号", **days("issued", date(2026, 11, 20)), **key(), **more}


@pytest.fixture(scope="module")
def filed(database: object) -> int:
    """A case with running limits."""
    return opened(asker(organisation(), "FILING_JUDGE", "CLERK", "JUDGE"))


def test_a_notice_is_tried_out_shown_and_loaded(system: Seat, filed: int) -> None:
    assert "写出年、月、日" in system.post(WHERE, form() | days("issued", date(1, 1, 1)), 422).text
    assert "2004至2027年" in system.get(WHERE)
    assert "须是2004至2027年" in system.post(WHERE, form(year="2030"), 422).text
    where = system.post(WHERE, form()).headers["Location"]
    page = system.get(where)
    assert "这是试算" in page
    assert "张三" not in page
    assert CalendarNotice.objects.count() == 0
    number = where.rpartition("/")[2]
    act = {"act": "load"} | key()
    loaded = system.post(where, act).headers["Location"]
    assert system.post(where, act).headers["Location"] == loaded, "pressed twice it is one notice"
    assert "已启用" in system.get(loaded)
    held = CalendarNotice.objects.get()
    assert (held.year, held.account, held.source) == (2027, system.account.pk, "试验用通知，发明电〔2026〕0号")
    assert system.account.username in system.get(WHERE)
    assert "现行" in system.get(f"{WHERE}/years/2027")
    assert "相同" in system.post(system.post(WHERE, form()).headers["Location"], {"act": "load"} | key(), 409).text
    system.post(f"{WHERE}/trials/{number}", {"act": "nothing"} | key(), 404)
    system.get(f"{WHERE}/years/2026", 404)
    system.get(f"{WHERE}/trials/999999", 404)


def test_a_file_is_taken_in_the_place_of_what_is_typed(system: Seat) -> None:
    longer = NOTICE.replace("端午节：06-09", "端午节：06-09至06-10")
    table = table_of(2027, read_notice(2027, longer)).encode()
    sent = form(notice="", **{"notice-file": SimpleUploadedFile("2027.toml", b"\xef\xbb\xbf# 2027\n" + table)})
    where = system.post(WHERE, sent).headers["Location"]
    assert "06-10" in system.get(where)
    wrong = form(notice="", **{"notice-file": SimpleUploadedFile("2027.txt", "端午".encode("gb18030"))})
    assert "UTF-8" in system.post(WHERE, wrong, 422).text
    assert "写1至" in system.post(WHERE, form(notice=""), 422).text


def test_a_long_reckoning_shows_how_far_it_is_and_can_only_be_loaded_at_its_end(system: Seat) -> None:
    said = {"year": 2027, "days": {"off": {}, "makeup": {}}, "source": "甲", "issued": date(2026, 11, 1), "total": 900, "done": 300}
    row = Reckoning.objects.create(account=system.account.pk, begun=datetime.now(UTC), **said)
    page = system.get(f"{WHERE}/trials/{row.pk}")
    assert 'hx-trigger="every 2s"' in page
    assert "300/900" in page
    assert "启用后" not in page
    assert "900 件案件中做了 300 件" in system.post(f"{WHERE}/trials/{row.pk}", {"act": "load"} | key(), 409).text
    assert carried_on(at=datetime.now(UTC), number=row.pk) == row.pk
    assert "启用后" in system.get(f"{WHERE}/trials/{row.pk}")


@pytest.mark.parametrize("kind", ["security", "audit", ""])
def test_other_administrators_find_no_page(kind: str, filed: int) -> None:
    who, row = administrator(kind), Reckoning.objects.earliest("pk")
    for page in (WHERE, f"{WHERE}/trials/{row.pk}", f"{WHERE}/years/2027"):
        who.get(page, 404)
        who.post(page, form(act="load"), 404)
    assert Clock.objects.filter(case_id=filed).exists()
    assert Case.objects.filter(pk=filed).exists()
