"""办案台各页 · A stranger is sent to sign in; a clerk finds what is due, opens the case, and every page reads in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.portal.conftest import account, organisation
from tests.portal.desk.conftest import Seat, form_of, seat, text_of
from tianping.casework.alarms.scan import scan
from tianping.casework.models import Case, Notice, Party, Recusal, Visibility
from tianping.portal.desk.urls import urlpatterns


def opened(judge: Seat, title: str = "张三诉李四买卖合同纠纷") -> int:
    """A case opened at the desk, with two parties."""
    path = "new/pre_filing/PreFiling.receive"
    data = {
        "title": title, "fact.suit": "ORDINARY", "fact.qualifies": "true", "party-0-name": "张三", "party-0-capacity": "Roles.APPLICANT",
        "party-0-phone": "13800001234", "party-1-name": "李四", "party-1-capacity": "Roles.OPPONENT",
    }  # fmt: skip
    answer = judge.filled(path, data)
    return int(answer["Location"].split("/")[-1].partition("?")[0])


@pytest.fixture
def judge() -> Seat:
    return seat(organisation(), "FILING_JUDGE", "CLERK", "JUDGE")


def test_every_page_refuses_a_stranger() -> None:
    for url in urlpatterns:
        path = "/desk/" + str(url.pattern).replace("<row:number>", "1").replace("<row:case_id>", "1").replace("<row:seq>", "1")
        path = path.replace("<str:procedure>", "pre_filing").replace("<str:step>", "PreFiling.receive")
        for ask in (Client().get, Client().post):
            answer = ask(path)
            assert (answer.status_code, answer["Location"].startswith("/sign-in?next=")) == (302, True), path


def test_somebody_without_a_post_is_told_so() -> None:
    who = Seat(account(), organisation())
    assert "没有在任的岗位" in text_of(who.get("", 403))


def test_a_case_is_opened_found_and_looked_at(judge: Seat) -> None:
    case = opened(judge)
    listed = text_of(judge.get(""))
    assert "张某 — 李某" in listed
    assert "张三" not in listed
    page = text_of(judge.get(f"cases/{case}?done=1"))
    assert "已办理：" in page
    assert "台账已核验 1 条" in page
    assert "138****1234" in page
    assert "13800001234" not in page
    assert "可以办" in page
    found = judge.post("search", {"words": "买卖"}, 200).text
    assert f"/desk/cases/{case}" in found
    english = text_of(judge.get(f"cases/{case}?lang=en"))
    assert "Limits" in english
    assert "ledger verified: 1" in english


def test_a_stranger_to_the_case_gets_404(judge: Seat) -> None:
    case = opened(judge)
    other = seat(organisation(), "FILING_JUDGE")
    for path in (f"cases/{case}", f"cases/{case}/do/PreFiling.file", f"cases/{case}/documents", f"cases/{case}/correct/1"):
        other.get(path, 404)
    party = Party.objects.filter(case_id=case).first()
    assert party is not None
    other.get(f"cases/{case}/parties/{party.pk}", 404)


def test_ones_own_notices_are_listed_a_page_at_a_time_and_seen(judge: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    cases, late = [opened(judge), opened(judge)], datetime.now(UTC) + timedelta(days=60)
    assert "没有未签收的提醒" in text_of(judge.get("notices"))
    scan(at=late)
    own = list(Notice.objects.filter(organisation=judge.organisation).order_by("-pk").values_list("pk", flat=True))
    assert {n.case_id for n in Notice.objects.filter(pk__in=own)} == set(cases)
    monkeypatch.setattr("tianping.portal.desk.notices.PAGE", 2)
    first = judge.get("notices")
    second = judge.get(re.findall(r'rel="next" href="/desk/(notices[^"]*)"', first)[0].replace("&amp;", "&"))
    assert [numbers(page) for page in (first, second)] == [own[:2], own[2:4]]
    assert re.search(rf'href="/desk/notices"[^>]*>[^/]*我的提醒<span class="n">{len(own)}<', judge.get(""))
    assert "告警" in text_of(first)
    assert "张某诉李某" in first
    assert "张三" not in first
    assert f'href="/desk/cases/{cases[0]}"' in first + second
    other = seat(judge.organisation, "DEPARTMENT_HEAD")
    Recusal.objects.create(case_id=cases[0], person_id=other.account.person_id or 0, ground="民诉法第47条", since=late - timedelta(days=60))
    monkeypatch.setattr("tianping.portal.desk.notices.PAGE", 50)
    seen = other.get("notices")
    heard = {n.case_id for n in Notice.objects.filter(pk__in=numbers(seen))}
    assert heard == {cases[1]}, "of a case from which he has withdrawn he hears nothing"
    assert f'我的提醒<span class="n">{len(numbers(seen))}<' in seen
    assert f"/desk/cases/{cases[1]}" in seen
    Visibility.objects.filter(case_id=cases[1]).update(level=2)
    closed = other.get("notices")
    assert "不对您开放" in closed, "of a case that is sealed from him he is told no more than the notice"
    assert f"/desk/cases/{cases[1]}" not in closed
    Visibility.objects.filter(case_id=cases[1]).update(level=0)
    stranger = seat(organisation(), "FILING_JUDGE")
    assert numbers(stranger.get("notices")) == []
    assert stranger.post("notices/seen", {"notice": own})["Location"] == "/desk/notices?done=0"
    assert judge.post("notices/seen", {"notice": [own[0], "x", "9" * 30]})["Location"] == "/desk/notices?done=1"
    assert "已签收1条" in text_of(judge.get("notices?done=1"))
    assert numbers(judge.get("notices")) == own[1:]
    assert "1 seen" in text_of(judge.get("notices?done=1&lang=en"))
    assert "本页全部签收" not in judge.get("notices?state=seen")
    assert judge.get("notices?state=seen").count('<tr role="row" data-row>') == 1


def numbers(page: str) -> list[int]:
    """The notices of a page, as its form for all of them names them."""
    form = page.partition('action="/desk/notices/seen"')[2].partition("</form>")[0]
    return [int(number) for number in re.findall(r'name="notice" value="(\d+)"', form)]


def test_a_step_is_taken_through_its_form(judge: Seat) -> None:
    case = opened(judge)
    page = judge.get(f"cases/{case}/do/PreFiling.file")
    assert form_of(page)["version"] == "1"
    answer = judge.filled(f"cases/{case}/do/PreFiling.file")
    assert answer["Location"] == f"/desk/cases/{case}?done=2"
    row = Case.objects.get(pk=case)
    assert (row.seq, row.stage) == (2, "filed")
