"""管理页面 · Each administrator finds his own pages and no other; what is done is done through the services, once, and leaves its row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.notice import NOTICE
from tests.portal.administration.conftest import administrator
from tests.portal.conftest import account, organisation
from tests.portal.desk.conftest import Seat, seat
from tianping.casework.models import Account, Organisation, Post, PostRole, SecurityEvent

HOME = "/administration/"
OWN = {
    "system": ("organisations", "organisations/new", "accounts", "accounts/new", "calendar", "parameters"),
    "security": ("accounts",),
    "audit": ("log",),
}
EVERY = sorted({page for pages in OWN.values() for page in pages})


def days(name: str, day: date) -> dict[str, str]:
    return {f"{name}-year": str(day.year), f"{name}-month": str(day.month), f"{name}-day": str(day.day)}


def key() -> dict[str, str]:
    return {"key": str(uuid4())}


def rows(kind: str, subject: int) -> int:
    return SecurityEvent.objects.filter(kind=kind, subject=subject).count()


@pytest.mark.parametrize("kind", ["system", "security", "audit", ""])
def test_each_finds_the_own_pages_and_no_other(kind: str, database: object) -> None:
    who = administrator(kind)
    for page in EVERY:
        allowed = page in OWN.get(kind, ())
        who.get(HOME + page, 200 if allowed else 404)
        if allowed:
            assert '<html lang="en"' in who.get(f"{HOME}{page}?lang=en")
    assert SecurityEvent.objects.filter(kind="denied", actor=who.account.pk, detail__code="OPS-801").exists()
    assert who.client.get(HOME).status_code == (302 if kind else 404)


def test_strangers_sign_in_and_a_judge_finds_nothing(database: object) -> None:
    judge = seat(organisation(), "JUDGE")
    for page in EVERY:
        assert Client().get(HOME + page).status_code == 302, page
        judge.get(HOME + page, 404)


def test_an_institution_is_made_renamed_and_closed(system: Seat) -> None:
    above, code = organisation("police"), f"station-{uuid4().hex[:8]}"
    form = {"code": code, "kind": "station", "zh": "甲派出所", "en": "Station A"} | days("valid_from", date(2026, 1, 1)) | key()
    where = f"{HOME}organisations/{above.pk}/new"
    assert "Station A" in system.post(where, form | {"zh": " "}, 422).text
    done = system.post(where, form)
    assert system.post(where, form).headers["Location"] == done.headers["Location"], "sent twice it is one act"
    row = Organisation.objects.get(code=code)
    assert (row.parent_id, row.path, row.valid_from) == (above.pk, f"{above.path}{row.pk}/", date(2026, 1, 1))
    assert "机构已存在" in system.post(where, form | key(), 409).text
    assert "甲派出所" in system.get(f"{HOME}organisations/{above.pk}")
    assert "甲派出所" in system.get(f"{HOME}organisations?q={code}")
    page = f"{HOME}organisations/{row.pk}"
    system.post(page, {"act": "rename", "zh": "乙派出所", "en": "Station B"} | key())
    assert "乙派出所" in system.get(page)
    told = SecurityEvent.objects.get(kind="organisation_renamed", subject=row.pk)
    assert told.detail["was"] == {"zh": "甲派出所", "en": "Station A"}
    seat(row, "OFFICER")
    assert "岗位 1 个" in system.post(page, {"act": "close"} | days("last", date(2026, 12, 31)) | key(), 409).text
    Post.objects.filter(organisation=row).update(valid_to=date(2026, 6, 30))
    assert "写出年、月、日" in system.post(page, {"act": "close"} | key(), 422).text
    system.post(page, {"act": "close"} | days("last", date(2026, 12, 31)) | key())
    row.refresh_from_db()
    assert row.valid_to == date(2026, 12, 31)
    system.post(page, {"act": "nothing"} | key(), 404)
    system.get(f"{HOME}organisations/999999999", 404)


def test_an_account_gets_a_post_of_one_administrator_and_a_role_of_another(system: Seat, security: Seat) -> None:
    where, name = organisation(), f"wang.{uuid4().hex[:8]}"
    assert "小写字母" in system.post(f"{HOME}accounts/new", {"username": "W", "name": "王新"} | key(), 422).text
    page = system.post(f"{HOME}accounts/new", {"username": name, "name": "王新"} | key()).headers["Location"].partition("?")[0]
    made = Account.objects.get(username=name)
    assert page == f"{HOME}accounts/{made.pk}"
    assert name in security.get(f"{HOME}accounts?q={name}")
    form = {"act": "post", "organisation": where.code, "zh": "书记员", "en": "Clerk"} | days("valid_from", date(2026, 1, 1)) | key()
    assert "没有这个代号的机构" in system.post(page, form | {"organisation": "nowhere"}, 422).text
    security.post(page, form, 404)
    system.post(page, form)
    post = Post.objects.get(person=made.person_id)
    role = {"act": "role", "post": str(post.pk), "role": "Roles.CLERK"} | days("valid_from", date(2026, 1, 1)) | key()
    system.post(page, role, 404)
    assert "选择一项" in security.post(page, role | {"role": "Roles.KING"}, 422).text
    security.post(page, role)
    grant = PostRole.objects.get(post=post)
    assert "终止角色" in security.get(page)
    assert "重叠" in security.post(page, role | key(), 409).text
    security.post(page, {"act": "end_role", "grant": str(grant.pk)} | days("last", date(2030, 1, 1)) | key())
    system.post(page, {"act": "end_post", "post": str(post.pk)} | days("last", date(2029, 1, 1)) | key())
    grant.refresh_from_db()
    assert grant.valid_to == date(2029, 1, 1)
    system.post(page, {"act": "close"} | key())
    made.refresh_from_db()
    assert not made.is_active


def test_roles_are_ended_of_the_own_account_only(security: Seat) -> None:
    one, other = (seat(organisation(), "JUDGE") for _ in range(2))
    foreign = PostRole.objects.get(post__person=other.account.person)
    form = {"act": "end_role", "grant": str(foreign.pk)} | days("last", date(2030, 1, 1)) | key()
    assert "选择一项" in security.post(f"{HOME}accounts/{one.account.pk}", form, 422).text
    foreign.refresh_from_db()
    assert foreign.valid_to is None


def test_a_code_is_shown_once_and_a_lock_released(security: Seat) -> None:
    made = account()
    page, form = f"{HOME}accounts/{made.pk}", {"act": "code"} | key()
    assert "只显示这一次" in security.post(page, form, 200).text
    assert security.post(page, form).headers["Location"] == page, "not another code"
    assert rows("code_made", made.pk) == 1
    security.post(page, {"act": "unlock"} | key())
    assert rows("lock_released", made.pk) == 1


def test_the_log_is_filtered_and_turned_page_by_page(audit: Seat) -> None:
    actor, now = account(), datetime.now(UTC)
    kinds = [(n, "denied" if n % 3 else "revealed") for n in range(60)]
    SecurityEvent.objects.bulk_create(
        [SecurityEvent(at=now - timedelta(days=n % 2), kind=kind, actor=actor.pk, detail={"code": f"X{n}."}) for n, kind in kinds]
    )
    first = audit.get(f"{HOME}log?account={actor.username}")
    assert "原因 <code>X59.</code>" in first
    assert "原因 <code>X10.</code>" in first
    assert "原因 <code>X9.</code>" not in first
    following = first[first.index("/administration/log?account=") :].partition('"')[0].replace("&amp;", "&")
    assert "原因 <code>X9.</code>" in audit.get(following)
    denied = audit.get(f"{HOME}log?account={actor.username}&kind=denied")
    assert "原因 <code>X58.</code>" in denied
    assert "原因 <code>X57.</code>" not in denied
    day = (now + timedelta(hours=8)).date()
    today = audit.get(f"{HOME}log?account={actor.username}&day={day}")
    assert "原因 <code>X58.</code>" in today
    assert "原因 <code>X59.</code>" not in today
    assert "没有账号" in audit.get(f"{HOME}log?account=nobody-of-this-name")
    audit.post(f"{HOME}log", {}, 405)


def test_figures_stand_with_source_and_status(system: Seat) -> None:
    page = system.get(f"{HOME}parameters")
    for told in ("39,532", "山西省统计局", "未经核实", "人身损害"):
        assert told in page


@pytest.mark.parametrize(
    ("notice", "told"),
    [
        ("元旦：13-01", "没有 13-01 这一天"),
        ("冬至：12-22", "没有这个节日"),
        ("元旦：一月一日", "读不懂"),
        (NOTICE.replace("；02-20", "；02-22"), "是工作日"),
        (NOTICE.replace("端午节：06-09", "端午节：06-10"), "缺少法定假日 2027-06-09"),
        (NOTICE + "\n元旦：01-02", "出现两次"),
    ],
)
def test_a_notice_that_will_not_do_is_told(system: Seat, notice: str, told: str) -> None:
    page = system.post(f"{HOME}calendar", {"year": "2027", "notice": notice, "source": "试验"} | days("issued", date(2026, 11, 20)) | key(), 409).text
    assert told in page
    assert notice.partition("：")[0] in page, "what was typed stands"


def test_an_institution_is_put_under_another_and_merged(system: Seat) -> None:
    one, other, unit = organisation("police"), organisation("police"), organisation("station")
    page = f"{HOME}organisations/{unit.pk}"
    assert "没有这个代号" in system.post(page, {"act": "move", "parent": "nowhere"} | key(), 422).text
    system.post(page, {"act": "move", "parent": one.code} | key())
    unit.refresh_from_db()
    assert (unit.parent_id, unit.path) == (one.pk, f"{one.path}{unit.pk}/")
    circle = system.post(f"{HOME}organisations/{one.pk}", {"act": "move", "parent": unit.code} | key(), 409).text
    assert "不能归入自己的下级" in circle
    assert '<details class="card" open><summary>改隶' in circle, "what was refused stands open"
    seat(one, "OFFICER")
    form = {"act": "merge", "into": other.code} | days("merge_last", date(2026, 12, 31)) | key()
    assert "写出年、月、日" in system.post(f"{HOME}organisations/{one.pk}", form | days("merge_last", date(1, 1, 1)), 422).text
    assert system.post(f"{HOME}organisations/{one.pk}", form).headers["Location"] == f"{HOME}organisations/{other.pk}?done=merged"
    for row in (one, unit):
        row.refresh_from_db()
    assert (one.valid_to, one.successor_id, unit.parent_id) == (date(2026, 12, 31), other.pk, other.pk)
    assert "并入" in system.get(f"{HOME}organisations/{one.pk}")
    assert not Post.objects.filter(organisation=one, valid_to=None).exists()


def test_somebody_of_the_same_institution_acts_for_a_post(system: Seat) -> None:
    where = organisation()
    one, other = seat(where, "JUDGE"), seat(where, "CLERK")
    post = Post.objects.get(person=one.account.person)
    page = f"{HOME}accounts/{one.account.pk}"
    form = {"act": "deputise", "deputy_post": str(post.pk), "deputy": "nobody.here", "deputy_zh": "代理审判员", "deputy_en": "Acting judge"}
    form |= days("deputy_from", date(2026, 12, 1)) | days("deputy_to", date(2026, 12, 20))
    assert "没有这个账号" in system.post(page, form | key(), 422).text
    stranger = seat(organisation(), "JUDGE")
    assert "不在本机构任职" in system.post(page, form | {"deputy": stranger.account.username} | key(), 409).text
    system.post(page, form | {"deputy": other.account.username} | key())
    acting = Post.objects.get(acting_for=post)
    assert (acting.person_id, acting.valid_to, acting.zh) == (other.account.person_id, date(2026, 12, 20), "代理审判员")
    assert rows("deputised", acting.pk) == 1
    assert "代理" in system.get(f"{HOME}organisations/{where.pk}")
