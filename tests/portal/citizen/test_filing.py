"""网上立案 · Filed without a script from the first page to the receipt, corrected once, paid; and what is missing is said on the page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.casework.conftest import actor_of
from tests.portal.citizen.conftest import Visitor, paper, problem
from tests.portal.desk.conftest import seat
from tianping.casework.engine.writers import step_take
from tianping.casework.models import Case, Content, Document, Organisation
from tianping.casework.selectors.detail import case_detail


def begun(visitor: Visitor, court: Organisation) -> str:
    """A draft with its court chosen; its address."""
    draft = visitor.went("/filing/begin").removesuffix("/dispute")
    assert visitor.went(f"{draft}/dispute", dispute="CONTRACT") == f"{draft}/places"
    assert visitor.went(f"{draft}/places", DEFENDANT=court.division) == f"{draft}/court"
    page = visitor.get(f"{draft}/court")
    assert court.zh in page and "民事诉讼法" in page
    assert visitor.went(f"{draft}/court", court=court.pk) == f"{draft}/parties"
    return draft


def written(visitor: Visitor, draft: str) -> None:
    """Everything else of it."""
    visitor.went(f"{draft}/parties", address="某街1号", **{"d0-name": "李四", "d0-kind": "person", "d0-phone": "13800000000"})
    visitor.went(f"{draft}/claims", suit="ORDINARY", cause="民间借贷纠纷", claims="归还38600元", reasons="2025年1月借款")
    assert visitor.went(f"{draft}/papers", upload="1", papers=[paper(), paper("转账.txt")]) == f"{draft}/papers"
    assert "欠条.txt" in visitor.get(f"{draft}/papers")
    visitor.went(f"{draft}/papers")
    assert visitor.went(f"{draft}/consent", online="yes", e_service="yes") == f"{draft}/check"


def filed(visitor: Visitor, court: Organisation) -> int:
    visitor.enters()
    visitor.identified()
    draft = begun(visitor, court)
    written(visitor, draft)
    receipt = visitor.went(f"{draft}/check")
    return int(receipt.split("/")[3])


def test_a_citizen_files_and_follows_without_a_script(visitor: Visitor, court: Organisation) -> None:
    assert "/filing/" in visitor.get("/") and "7日内" in visitor.get("/")
    assert "REG" not in visitor.get("/filing/") and "登记立案" in visitor.get("/filing/")
    assert visitor.client.post("/filing/begin").headers["Location"].startswith("/enter?next=")
    case = filed(visitor, court)
    receipt = visitor.get(f"/my/cases/{case}/receipt")
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", receipt)
    assert code and f"S{case:07d}" in receipt and "审核期限" in receipt
    assert not re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", visitor.get(f"/my/cases/{case}/receipt")), "the code is shown once"
    page = visitor.get(f"/my/cases/{case}")
    assert "现在不需要您做什么" in page and "待审查" in page and "轮到立案法官" in page and "怎么算出来的" in page
    assert "张某诉李某" in page and "张三" not in page and "李四" not in page
    stranger = Visitor()
    assert stranger.went("/follow/", number=f"S{case:07d}", code=code[0]) == f"/follow/{case}"
    seen = stranger.get(f"/follow/{case}")
    assert "待审查" in seen and "/do/" not in seen and "/my/documents" not in seen


def test_told_once_what_to_correct_then_paid(visitor: Visitor, court: Organisation) -> None:
    case, judge = filed(visitor, court), actor_of(court, "FILING_JUDGE")
    desk, ask, by = seat(court, "FILING_JUDGE"), f"cases/{case}/do/EFiling.ask_correction", datetime.now(UTC) + timedelta(days=5)
    day = {"fact.correct_by-year": str(by.year), "fact.correct_by-month": str(by.month), "fact.correct_by-day": str(by.day)}
    assert "一次说全" in desk.filled(ask, day, 422).text, "what is wanted is said in writing, or nothing is written"
    assert Case.objects.get(pk=case).stage == "submitted"
    desk.filled(ask, day | {"words": "一、补交身份证复印件；\n二、写明被告住址。"})
    assert "写明被告住址" in visitor.get(f"/my/cases/{case}") and "写明被告住址" in visitor.get(f"/my/cases/{case}/do/EFiling.correct")
    first = visitor.get("/")
    assert "等您办 1 件" in first and "补正材料" in first
    page = visitor.get(f"/my/cases/{case}")
    assert "现在需要您办" in page and "EFiling.correct" in page
    act = f"/my/cases/{case}/do/EFiling.correct"
    form = visitor.get(act)
    key, version = (re.search(rf'name="{n}" value="([^"]+)"', form) for n in ("key", "version"))
    assert key and version
    sent = {"key": key[1], "version": version[1], "words": "补交身份证复印件"}
    assert visitor.went(act, **sent, papers=[paper("身份证.txt")]) == f"/my/cases/{case}"
    assert Document.objects.filter(case_id=case, name="补正材料.txt").count() == 1
    assert visitor.client.post(act, sent).status_code == 404, "it is done: nothing is done twice"
    step_take(case_id=case, step="pass_", actor=judge, at=datetime.now(UTC), facts={"qualifies": True})
    pay = f"/my/cases/{case}/do/EFiling.pay"
    wrong = visitor.post(pay, version=Case.objects.get(pk=case).seq)
    assert wrong.status_code == 422 and problem(wrong.content.decode()), "the receipt's number is asked for"
    visitor.went(pay, version=Case.objects.get(pk=case).seq, receipt="No. 77")
    assert case_detail(judge, case, datetime.now(UTC)).stage == "paid"


def test_what_another_wrote_meanwhile_is_said_and_nothing_typed_is_lost(visitor: Visitor, court: Organisation) -> None:
    case, judge, now = filed(visitor, court), actor_of(court, "FILING_JUDGE"), datetime.now(UTC)
    step_take(case_id=case, step="pass_", actor=judge, at=now, facts={"qualifies": True})
    seen = Case.objects.get(pk=case).seq
    step_take(case_id=case, step="", voids=seen, actor=judge, at=datetime.now(UTC))
    step_take(case_id=case, step="pass_", actor=judge, at=datetime.now(UTC), facts={"qualifies": True})
    answer = visitor.post(f"/my/cases/{case}/do/EFiling.pay", version=seen, receipt="No. 78")
    text = answer.content.decode()
    assert answer.status_code == 412 and "No. 78" in text and "OPS-204" in text


@pytest.mark.parametrize(("page", "sent", "said"), [
    ("dispute", {}, "请选一项"),
    ("places", {}, "至少选一个地点"),
    ("parties", {"address": "某街", "d0-name": ""}, "第1个被告"),
    ("claims", {"suit": "ORDINARY", "cause": "", "claims": "x", "reasons": "y"}, "请填写：案由"),
    ("consent", {"online": "yes"}, "请选一项：是否同意电子送达"),
])  # fmt: skip
def test_what_is_missing_is_said_and_the_rest_is_kept(visitor: Visitor, court: Organisation, page: str, sent: dict[str, str], said: str) -> None:
    visitor.enters()
    visitor.identified()
    draft = begun(visitor, court)
    answer = visitor.post(f"{draft}/{page}", **sent)
    text = answer.content.decode()
    assert answer.status_code == 422 and said in "".join(problem(text))
    assert all(f">{v}<" in text or f'value="{v}"' in text for k, v in sent.items() if k in ("address", "reasons"))


def test_the_procedure_says_why_it_may_not_be_handed_in(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    visitor.identified()
    draft = begun(visitor, court)
    written(visitor, draft)
    visitor.went(f"{draft}/consent", online="no", e_service="no")
    answer = visitor.post(f"{draft}/check")
    text = answer.content.decode()
    assert answer.status_code == 409 and "当事人不同意在线诉讼" in text and f"{draft}/consent" in text and "在线诉讼规则" in text


def test_a_draft_is_nobody_elses_and_comes_back_on_another_device(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    visitor.identified()
    draft = begun(visitor, court)
    visitor.went(f"{draft}/parties", address="某街1号", **{"d0-name": "李四"})
    other = Visitor()
    other.enters()
    assert other.client.get(f"{draft}/check").status_code == 404
    visitor.client.post("/leave")
    visitor.client.cookies.clear()
    from tianping.casework.models import Allowance, PhoneCode  # noqa: PLC0415

    Allowance.objects.all().delete()
    PhoneCode.objects.all().delete()
    visitor.enters()
    assert "李四" in visitor.get(f"{draft}/parties") and draft in visitor.get("/my/")
    visitor.went(f"{draft}/discard")
    assert draft not in visitor.get("/my/")


def test_no_court_here_for_a_place_elsewhere(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    draft = visitor.went("/filing/begin").removesuffix("/dispute")
    visitor.went(f"{draft}/dispute", dispute="REAL_ESTATE")
    visitor.went(f"{draft}/places", PROPERTY="elsewhere")
    page = visitor.get(f"{draft}/court")
    assert "本市没有法院可以管辖" in page and "专属管辖" in page
    assert visitor.client.get(f"{draft}/claims").headers["Location"] == f"{draft}/court"


def test_an_uploaded_paper_is_taken_back_before_it_is_handed_in(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    visitor.identified()
    draft = begun(visitor, court)
    written(visitor, draft)
    wrong = Document.objects.get(name="转账.txt", account=visitor.citizen.account)
    other = Visitor()
    other.enters()
    assert other.post(f"{draft}/papers", remove=wrong.pk).status_code == 404
    assert "撤回" in visitor.get(f"{draft}/papers")
    assert visitor.went(f"{draft}/papers", remove=wrong.pk) == f"{draft}/papers"
    assert "转账.txt" not in visitor.get(f"{draft}/papers") and not Document.objects.filter(pk=wrong.pk).exists()
    assert Content.objects.filter(pk=wrong.content_id).exists(), "the other paper holds the same bytes"
    left = Document.objects.get(name="欠条.txt", account=visitor.citizen.account)
    assert visitor.post(f"{draft}/papers", remove=wrong.pk).status_code == 404, "twice is once"
    case = int(visitor.went(f"{draft}/check").split("/")[3])
    names = {d.name for d in case_detail(actor_of(court, "FILING_JUDGE"), case, datetime.now(UTC)).documents}
    assert "欠条.txt" in names and "转账.txt" not in names
    assert visitor.post(f"{draft}/papers", remove=left.pk).status_code == 404 and Document.objects.filter(pk=left.pk).exists()
