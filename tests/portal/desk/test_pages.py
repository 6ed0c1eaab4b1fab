"""办案台各页 · A stranger is sent to sign in; a clerk finds what is due, opens the case, and every page reads in both languages."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.portal.conftest import account, organisation
from tests.portal.desk.conftest import Seat, form_of, seat, text_of
from tianping.casework.models import Case, Party
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


def test_a_step_is_taken_through_its_form(judge: Seat) -> None:
    case = opened(judge)
    page = judge.get(f"cases/{case}/do/PreFiling.file")
    assert form_of(page)["version"] == "1"
    answer = judge.filled(f"cases/{case}/do/PreFiling.file")
    assert answer["Location"] == f"/desk/cases/{case}?done=2"
    row = Case.objects.get(pk=case)
    assert (row.seq, row.stage) == (2, "filed")
