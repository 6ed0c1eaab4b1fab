"""群众页面 · Looking needs no account; acting does; nobody sees another's matter; codes are rated and never kept in an address."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.casework.conftest import actor_of
from tests.portal.citizen.conftest import Visitor, problem
from tests.portal.conftest import organisation
from tianping.casework.citizens.openings import openings
from tianping.casework.engine.writers import NewCase, NewParty, case_open, step_take
from tianping.casework.models import Case, Citizen, Organisation, Party, RegisterEntry
from tianping.casework.selectors.detail import case_detail

PUBLIC = ["/", "/?q=欠钱", "/?q=zzz", "/enter", "/filing/", "/follow/", "/permits/", "/procuratorate/", "/opinions/", "/accessibility", "/guide/"]
OWN = ["/my/", "/my/identity", "/my/cases/1", "/my/cases/1/receipt", "/my/documents/1", "/begin/judge_message/leave", "/filing/1/dispute"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", PUBLIC)
def test_everybody_may_look_in_both_languages(visitor: Visitor, address: str, lang: str) -> None:
    text = visitor.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}' in text
    assert not re.search(r"<script(?! src=)|<style| style=|onclick", text)
    assert len(re.findall(r"<h1", text)) == 1


@pytest.mark.parametrize("address", OWN)
def test_acting_asks_for_the_telephone_first_and_comes_back(visitor: Visitor, address: str) -> None:
    answer = visitor.client.get(address)
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/enter?next=")


def test_an_official_of_the_house_is_no_citizen(visitor: Visitor) -> None:
    from tianping.casework.models import Account, Person  # noqa: PLC0415

    official = Account.objects.create_user(f"o-{uuid4().hex[:8]}", None, person=Person.objects.create(name="王示例"))
    visitor.client.force_login(official, "django.contrib.auth.backends.ModelBackend")
    assert visitor.client.get("/my/").headers["Location"].startswith("/enter")


def test_a_citizen_is_no_official(visitor: Visitor) -> None:
    visitor.enters()
    assert visitor.client.get("/api/v1/cases").status_code == 401


def test_everyday_words_lead_to_the_matter(visitor: Visitor) -> None:
    assert visitor.get("/?q=对方欠钱不还").index("/disputes/") < visitor.get("/?q=对方欠钱不还").index("foot-of-site")
    assert "/calculators/damages" in visitor.get("/?q=被车撞了")
    assert "/filing/" not in visitor.get("/?q=居住证").split("foot-of-site")[0].split('class="tasks"')[1]
    assert "没有找到对应的事项" in visitor.get("/?q=zzz")


def test_the_guide_has_everything_that_may_be_begun(visitor: Visitor) -> None:
    text = visitor.get("/guide/")
    day = datetime.now(UTC).date()
    listed = openings(day)
    assert len(listed) > 8
    for one in listed:
        assert f'href="/begin/{one.tables.procedure.code}/{one.row.step.name}"' in text
        assert f'href="/atlas/{one.tables.procedure.code}/"' in text
    assert "7日内" in text and "人民检察院" in text


# ---- signing in ------------------------------------------------------------------------------------------------------------------------


def test_a_wrong_code_says_so_and_a_right_one_opens(visitor: Visitor) -> None:
    answer = visitor.post("/enter", phone="15799999999")
    code = re.search(r"验证码是 (\d{6})", answer.content.decode())
    assert code
    wrong = visitor.post("/enter", phone="15799999999", code="000000" if code[1] != "000000" else "111111")
    assert wrong.status_code == 401 and "OPS-805" in wrong.content.decode()
    assert visitor.went("/enter", phone="15799999999", code=code[1], next="https://evil.example/") == "/my/"


def test_outside_a_demonstration_no_code_is_ever_shown(visitor: Visitor) -> None:
    with override_settings(TIANPING_DEMO=False, TIANPING_SMS_URL="http://127.0.0.1:9/"):
        text = visitor.post("/enter", phone="15788888888").content.decode()
        assert "5分钟内有效" in text and not re.search(r"\b\d{6}\b", text)
    with override_settings(TIANPING_DEMO=False, TIANPING_SMS_URL=""):
        answer = visitor.post("/enter", phone="15777777777")
        assert answer.status_code == 503 and "OPS-882" in answer.content.decode()


def test_a_number_that_is_none_is_said_beside_the_field(visitor: Visitor) -> None:
    answer = visitor.post("/enter", phone="12345")
    assert answer.status_code == 422 and problem(answer.content.decode()) and 'value="12345"' in answer.content.decode()


def test_a_session_ends_when_it_is_idle(visitor: Visitor) -> None:
    visitor.enters()
    with override_settings(TIANPING_SESSION_IDLE=-1):
        assert visitor.client.get("/my/").status_code == 302


# ---- following ---------------------------------------------------------------------------------------------------------------------------


def mediated(court: Organisation, one: str, other: str) -> int:
    judge = actor_of(court, "FILING_JUDGE")
    parties = (NewParty("张三", "Roles.APPLICANT", phone=one), NewParty("李四", "Roles.OPPONENT", phone=other))
    new = NewCase("张三诉李四买卖合同纠纷", court.pk, keys=judge.keys, parties=parties)
    return case_open(procedure="online_mediation", step="push", actor=judge, at=datetime.now(UTC), new=new, facts={"origin": "DELEGATED"}).case_id


def test_both_sides_accept_an_invitation_to_mediate(court: Organisation) -> None:
    one, other = Visitor(), Visitor()
    one.enters()
    other.enters()
    case = mediated(court, one.phone, other.phone)
    for who in (one, other):
        assert f"/my/cases/{case}" in who.get("/my/"), "a case that came after the sign-in is there"
        page = who.get(f"/my/cases/{case}")
        assert "双方同意在线调解" in page and "不同意调解" in page
    agree = f"/my/cases/{case}/do/OnlineMediation.agree"
    assert "还要对方当事人同意才算数" in one.get(agree)
    one.went(agree, version=1)
    assert "您已同意" in one.get(f"/my/cases/{case}") and Case.objects.get(pk=case).stage == "pushed"
    other.went(agree, version=1)
    assert Case.objects.get(pk=case).stage == "both"
    named(court, "王调解员", "孙已退")
    choose = f"/my/cases/{case}/do/OnlineMediation.choose"
    offered = one.get(choose)
    assert '<option value="王调解员">' in offered, "the register of the court"
    assert "孙已退" not in offered, "who stands in it no longer is not offered"
    one.went(choose, version=2, mediator="赵示例")
    assert 'value="赵示例"' in other.get(choose), "the other side is shown what it would agree to"
    other.went(choose, version=2, mediator="赵示例")
    assert Case.objects.get(pk=case).facts["mediator"] == "赵示例", "somebody else may be written"


def named(court: Organisation, mediator: str, left: str) -> None:
    """Two who stand in the court's register, one of them no longer."""
    since = date(2020, 1, 1)
    for name, until in ((mediator, None), (left, date(2021, 1, 1))):
        RegisterEntry.objects.create(
            court=court, kind="mediator", name=name, trained=since, valid_from=since, valid_to=until, added=datetime.now(UTC), account=1
        )


def test_what_an_earlier_answer_makes_moot_is_not_asked_for(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    address = "/begin/online_mediation/apply"
    assert 'x-data="moot"' in visitor.get(address)
    refused = visitor.post(address, office=court.pk, in_scope="yes")
    assert "请选一项：邀请法院有无管辖权" in refused.content.decode()
    assert "请选一项：邀请法院有无管辖权" not in visitor.post(address, office=court.pk, in_scope="no", words="x").content.decode()


def test_a_hearing_is_told_with_its_hour_and_room(court: Organisation) -> None:
    visitor, bench = Visitor(), actor_of(court, "FILING_JUDGE", "CLERK", "PRESIDENT")
    visitor.enters()
    new = NewCase("张三诉李四借款纠纷", court.pk, keys=bench.keys, parties=(NewParty("张三", "Roles.APPLICANT", phone=visitor.phone),))
    at = datetime.now(UTC)
    case = case_open(procedure="first_instance_civil", step="file", actor=bench, at=at, new=new).case_id
    step_take(case_id=case, step="hand_over", actor=bench, at=at)
    day = at.date() + timedelta(days=20)
    step_take(case_id=case, step="summon", actor=bench, at=at, facts={"hearing_on": day, "hearing_at": "9:30", "courtroom": "第一法庭"})
    visitor.get("/my/")
    told = " ".join(re.sub(r"<[^>]+>", " ", visitor.get(f"/my/cases/{case}").split('class="card meeting"')[1].split("</section>")[0]).split())
    assert "开庭日期" in told and f"{day.month}月{day.day}日" in told and "9:30" in told and "第一法庭" in told


def test_one_side_declines(court: Organisation) -> None:
    one, other = Visitor(), Visitor()
    one.enters()
    other.enters()
    case = mediated(court, one.phone, other.phone)
    other.get("/my/")
    other.went(f"/my/cases/{case}/do/OnlineMediation.dissent", version=1, words="不想调解")
    assert Case.objects.get(pk=case).stage == "failed"
    assert other.client.get(f"/my/cases/{case}/do/OnlineMediation.agree").status_code == 404
    assert "已经办完" in one.get(f"/my/cases/{case}"), "its first look at the case is by its address"


def test_another_ones_case_is_not_there(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    case = mediated(court, "15811111111", "15822222222")
    for address in (f"/my/cases/{case}", f"/my/cases/{case}/do/OnlineMediation.dissent", f"/my/cases/{case}/receipt", f"/follow/{case}"):
        assert visitor.client.get(address).status_code == 404, address


def test_a_sealed_case_is_not_there(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    case = mediated(court, visitor.phone, "15822222222")
    Party.objects.filter(case_id=case).update(citizen=Citizen.objects.get(phone=visitor.phone))
    visitor.get("/my/")
    Case.objects.filter(pk=case).update(level=1)
    from tianping.casework.handling.sight import stands_as  # noqa: PLC0415

    stands_as(case)
    assert visitor.client.get(f"/my/cases/{case}").status_code == 404


def test_a_wrong_code_is_answered_and_guessing_is_slow(visitor: Visitor, court: Organisation) -> None:
    case = mediated(court, "15833333333", "15844444444")
    tries = [visitor.post("/follow/", number=f"S{case:07d}", code=f"AAAA-AA{n:02d}").status_code for n in range(7)]
    assert tries[0] == 404 and tries[-1] == 429 and set(tries) == {404, 429}


# ---- beginning ---------------------------------------------------------------------------------------------------------------------------


def test_a_letter_to_12309_is_begun_and_followed(visitor: Visitor) -> None:
    office = organisation("procuratorate_basic")
    assert "七日审查处理期限" in visitor.get("/procuratorate/")
    visitor.enters()
    address = "/begin/service_request/submit"
    assert office.zh in visitor.get(address)
    key = str(uuid4())
    sent = {"office": office.pk, "kind": "ACCUSATION", "words": "我要反映的情况", "key": key}
    receipt = visitor.went(address, **sent)
    assert visitor.went(address, **sent) == receipt, "sent twice is one letter"
    case = int(receipt.split("/")[3])
    assert "七日审查处理期限" in visitor.get(receipt) and "来件" in visitor.get(f"/my/cases/{case}")
    actor = actor_of(office, "RECEPTION")
    assert [d.name for d in case_detail(actor, case, datetime.now(UTC)).documents] == ["网上提交.txt"]
    text = visitor.client.get(f"/my/documents/{case_detail(actor, case, datetime.now(UTC)).documents[0].id}")
    assert text.headers["Content-Disposition"].startswith("attachment") and b"".join(text.streaming_content).decode() == "我要反映的情况"  # type: ignore[attr-defined]


def test_a_message_to_a_judge_wants_an_identity_and_says_where(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    sent = {"office": court.pk, "judge": "王法官", "medium": "TEXT", "words": "想补充一份证据"}
    refused = visitor.post("/begin/judge_message/leave", **sent)
    assert refused.status_code == 409 and "留言人身份未核验" in refused.content.decode() and "/my/identity?next=" in refused.content.decode()
    assert "想补充一份证据" in refused.content.decode()
    visitor.identified()
    case = int(visitor.went("/begin/judge_message/leave", **sent).split("/")[3])
    assert "阅看的目标期限" in visitor.get(f"/my/cases/{case}")


def test_what_nobody_outside_begins_is_not_there(visitor: Visitor) -> None:
    visitor.enters()
    for address in ("/begin/pre_filing/receive", "/begin/nothing/x", "/begin/e_filing/nothing"):
        assert visitor.client.get(address).status_code == 404


def test_the_catalogue_shows_what_is_published_and_leads_to_applying(visitor: Visitor) -> None:
    office = organisation("police_county")
    centre, now = actor_of(office, "COMMAND_CENTRE"), datetime.now(UTC)
    from tianping.casework.engine.writers import step_take  # noqa: PLC0415

    facts = {"item_class": "VEHICLE", "item": f"补领行驶证{office.pk}", "materials": "身份证", "fee": "15.00", "basis": "某办法第1条"}
    new = NewCase("目录", office.pk, keys=centre.keys)
    case = case_open(procedure="service_item", step="draft", actor=centre, at=now, new=new, facts=facts).case_id
    assert str(facts["item"]) not in visitor.get("/permits/"), "a draft is not public"
    step_take(case_id=case, step="publish_freely", actor=centre, at=now, facts={"promised": 3})
    page = visitor.get("/permits/")
    assert str(facts["item"]) in page and "15.00元" in page and "3日" in page and "15日内" in page
    visitor.enters()
    form = visitor.get(f"/begin/permit/apply?kind=CATALOGUE&item={facts['item']}&office={office.pk}")
    assert f'value="{facts["item"]}"' in form
    made = visitor.went("/begin/permit/apply", office=office.pk, kind="CATALOGUE", item=facts["item"])
    assert Case.objects.get(pk=int(made.split("/")[3])).title == f"办证办事：{facts['item']}"


def test_the_list_asks_as_often_for_many_as_for_few(visitor: Visitor, court: Organisation) -> None:
    visitor.enters()
    counts = []
    for more in (1, 6):
        for _ in range(more):
            mediated(court, visitor.phone, "15855555555")
        visitor.get("/my/")
        with CaptureQueriesContext(connection) as few:
            text = visitor.get("/my/")
        counts.append((text.count("/my/cases/"), len(few)))
    (first, one), (second, many) = counts
    assert second > first and many == one <= 14
    case = Party.objects.filter(citizen__phone=visitor.phone).values_list("case_id", flat=True)[0]
    with CaptureQueriesContext(connection) as page:
        visitor.get(f"/my/cases/{case}")
    assert len(page) <= 12
