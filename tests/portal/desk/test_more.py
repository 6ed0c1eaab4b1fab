"""办案台其余 · How many statements a page asks; referrals, documents, masks, filters, dates; and news of a case to whom it concerns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.conftest import asker, organisation
from tests.portal.desk.conftest import Seat, seat, text_of
from tests.portal.desk.test_pages import opened
from tianping.casework.access.keys import keys_for
from tianping.casework.engine.brought import ImportedCase, ImportedStep
from tianping.casework.engine.hot import hot
from tianping.casework.engine.importing import steps_import
from tianping.casework.engine.writers import NewCase, NewParty, case_open, step_take
from tianping.casework.errors import Refusal
from tianping.casework.models import AccessTrace, Appointment, Case, Comment, Document, Organisation, Party, Post, PostRole, Referral, SavedView
from tianping.casework.selectors.detail import available_steps
from tianping.casework.selectors.recent import written_since
from tianping.portal.desk import live
from tianping.portal.house.asked import Asked
from tianping.procedure.roles import Signer

MOST_OF_A_CASE, MOST_OF_A_LIST = 12, 12
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def judge() -> Seat:
    return seat(organisation(), "FILING_JUDGE", "CLERK", "JUDGE")


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that is asked, through Django's cursors and past them."""
    out: list[str] = []

    def counted(statement: str, values: Any) -> Any:
        out.append(statement)
        return hot(statement, values)

    monkeypatch.setattr("tianping.casework.engine.read.hot", counted)
    with CaptureQueriesContext(connection) as asked:
        yield out
    out += [q["sql"] for q in asked]


def test_a_case_page_asks_little(judge: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened(judge)
    judge.get(f"cases/{case}")
    with statements(monkeypatch) as asked:
        judge.get(f"cases/{case}")
    asked = [s for s in asked if s not in ("BEGIN", "COMMIT")]  # they ask nothing
    assert len(asked) <= MOST_OF_A_CASE, "\n".join(s[:110] for s in asked)


def test_a_list_asks_the_same_however_long(judge: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            opened(judge)
        judge.get("")
        with statements(monkeypatch) as asked:
            judge.get("")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_OF_A_LIST


def test_a_desk_of_three_hundred_files_asks_no_more(judge: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    place, start = judge.organisation.pk, datetime.now(UTC).astimezone(SHANGHAI).replace(tzinfo=None) - timedelta(days=3)
    receive = ImportedStep("PreFiling.receive", start, signers=(Signer(judge.account.username, "Roles.FILING_JUDGE"),),
                           facts={"suit": "ORDINARY", "qualifies": True})  # fmt: skip
    cases = [ImportedCase(f"{n}", "pre_filing", place, f"甲{n}诉乙{n}借款纠纷", [receive], keys=keys_for(place)) for n in range(320)]
    assert len(steps_import(cases=cases, recorder="import", at=datetime.now(UTC)).cases) == 320
    judge.get("")
    for path in ("", "?group=every", "calendar/", "inbox", "outbox", "search"):
        with statements(monkeypatch) as asked:
            page = judge.get(path)
        assert len(asked) <= MOST_OF_A_LIST, (path, len(asked))
        assert page.count("data-row>") <= 50
        assert len(page.encode()) < 250_000
    assert "按期限 320" in text_of(judge.get("")), "the tabs count them all"


def referred(judge: Seat, body: Seat) -> tuple[int, Referral]:
    case = opened(judge)
    data = {"fact.suitable": "true", "fact.consents": "true", "receiver.mediation": str(body.organisation.pk)}
    judge.filled(f"cases/{case}/do/PreFiling.refer", data)
    return case, Referral.objects.get(case_id=case)


def test_a_matter_is_taken_by_the_institution_that_it_was_sent_to(judge: Seat) -> None:
    body = seat(organisation("mediation"), "MEDIATOR", "MEDIATION_BODY")
    case, referral = referred(judge, body)
    assert "待接收" in text_of(body.get("inbox"))
    assert f"/desk/inbox/{referral.pk}" in body.get("inbox")
    assert "引导在线调解" in text_of(body.get(f"inbox/{referral.pk}"))
    take = f"inbox/{referral.pk}/take/online_mediation/OnlineMediation.push"
    answer = body.filled(take, {"fact.origin": "DELEGATED"})
    own = int(answer["Location"].split("/")[-1].partition("?")[0])
    referral.refresh_from_db()
    assert (referral.state, referral.received_id) == ("taken", own)
    assert [p.name for p in Party.objects.filter(case_id=own).order_by("pk")] == ["张三", "李四"]
    carried = text_of(body.get(f"cases/{case}"))
    assert "张三" not in carried
    assert "可以办" not in carried
    assert "已接收" in text_of(judge.get("outbox"))
    stranger = seat(organisation("mediation"), "MEDIATOR", "MEDIATION_BODY")
    stranger.get(f"inbox/{referral.pk}", 404)


def test_a_matter_is_sent_back_with_a_reason(judge: Seat) -> None:
    body = seat(organisation("mediation"), "MEDIATOR", "MEDIATION_BODY")
    case, referral = referred(judge, body)
    path = f"inbox/{referral.pk}/return"
    assert "请填写：退回理由" in text_of(body.filled(path, status=422).text)
    body.filled(path, {"reason": "不属于本室受理范围", "outcome": "returned"})
    referral.refresh_from_db()
    assert (referral.state, referral.reason) == ("refused", "不属于本室受理范围")
    assert Case.objects.get(pk=case).stage != "out"
    assert "已退回" in text_of(body.get("inbox?state=refused"))


def test_a_receiver_is_proposed_with_reasons_and_named_by_a_person(judge: Seat) -> None:
    near, far = (seat(organisation("mediation"), "MEDIATOR", "MEDIATION_BODY") for _ in range(2))
    Organisation.objects.filter(pk__in=(judge.organisation.pk, near.organisation.pk)).update(division="140702")
    _, before = referred(judge, near)
    near.filled(f"inbox/{before.pk}/return", {"reason": "材料不全", "outcome": "returned"})
    case = opened(judge)
    step_take(case_id=case, step="refer", actor=judge.actor, at=datetime.now(UTC), facts={"suitable": True, "consents": True})
    lost = Referral.objects.get(case_id=case)
    assert lost.state == "unaddressed"
    path = f"/desk/outbox/{lost.pk}/address"
    assert path in judge.get("outbox?state=unaddressed")
    assert path in judge.get(f"cases/{case}")
    page = judge.get(path)
    assert page.index("在同一行政区") < page.index("<select")
    assert "近来送去此类事项 1 件，已答复 0 件" in text_of(page)
    choices = [int(n) for n in re.findall(r'<option value="(\d+)"', page)]
    assert choices[0] == near.organisation.pk
    assert far.organisation.pk in choices
    assert not re.search(r'<option value="[0-9]+" selected', page[page.index("receiver.mediation") :])
    assert "须改正" in judge.filled(path, status=422).text
    judge.filled(path, {"receiver.mediation": str(far.organisation.pk)})
    lost.refresh_from_db()
    assert (lost.state, lost.receiver_id) == ("sent", far.organisation.pk)
    assert "已处理，现为“待接收”" in text_of(judge.get(path, 409))
    near.get(path, 404)
    told = text_of(judge.get("outbox?state=refused"))
    assert ("结果：退回" in told or "结果：" in told, "理由：材料不全" in told) == (True, True)
    assert "returned" not in told


def test_where_no_institution_handles_it_a_matter_waits_without_a_receiver(judge: Seat) -> None:
    PostRole.objects.filter(role__in=("Roles.MEDIATOR", "Roles.MEDIATION_BODY")).delete()
    case = opened(judge)
    path = f"cases/{case}/do/PreFiling.refer"
    assert "现在没有能办理此事项的机构" in text_of(judge.get(path))
    judge.filled(path, {"fact.suitable": "true", "fact.consents": "true"})
    lost = Referral.objects.get(case_id=case)
    assert lost.state == "unaddressed"
    assert "请填写" in text_of(judge.filled(f"/desk/outbox/{lost.pk}/address", status=422).text)


def test_a_matter_is_not_sent_again_while_it_is_out(judge: Seat) -> None:
    body = seat(organisation("mediation"), "MEDIATOR", "MEDIATION_BODY")
    case, referral = referred(judge, body)
    step = next(s.step for s in available_steps(judge.actor, case, datetime.now(UTC)) if s.step.endswith("mediation.send"))
    path = f"cases/{case}/do/{step}"
    told = text_of(judge.get(path))
    assert "已发出一件（mediation-1），尚未答复或者退回" in told
    with pytest.raises(Refusal) as refused:
        step_take(case_id=case, step=step, actor=judge.actor, at=datetime.now(UTC), entity="mediation-2")
    assert refused.value.reasons[-1].rule == "PreFiling.mediation.out"
    body.filled(f"inbox/{referral.pk}/return", {"reason": "当事人不在辖区", "outcome": "returned"})
    assert "尚未答复" not in text_of(judge.get(path))


def test_documents_are_filed_replaced_read_and_withdrawn(judge: Seat) -> None:
    case = opened(judge)
    path = f"cases/{case}/documents"
    assert "请选择要归卷的文件" in text_of(judge.post(path, {}, 422).text)
    assert "内容与扩展名不符" in text_of(judge.post(path, {"file": SimpleUploadedFile("a.pdf", b"no pdf")}, 409).text)
    judge.post(path, {"file": SimpleUploadedFile("起诉状.txt", "一".encode())})
    first = Document.objects.get(case_id=case)
    assert "换新版：起诉状.txt" in text_of(judge.get(f"{path}?replaces={first.pk}"))
    judge.post(path, {"file": SimpleUploadedFile("b.txt", "二".encode()), "replaces": first.pk, "name": "起诉状.txt"})
    second = Document.objects.get(replaces=first)
    assert second.version == 2
    answer = judge.client.get(f"/desk/documents/{second.pk}")
    assert (b"".join(answer.streaming_content), answer.headers["Content-Disposition"][:10]) == ("二".encode(), "attachment")  # type: ignore[attr-defined]
    assert "第2版" in text_of(judge.get(path))
    judge.post(f"{path}/{second.pk}/withdraw", {"reason": " "}, 409)
    judge.post(f"{path}/{second.pk}/withdraw", {"reason": "误传"})
    assert "已撤回" in text_of(judge.get(path))
    seat(organisation(), "CLERK").get(f"/desk/documents/{first.pk}", 404)


def test_a_party_is_shown_whole_with_a_reason_that_is_kept(judge: Seat) -> None:
    case = opened(judge)
    party = Party.objects.filter(case_id=case).first()
    assert party is not None
    path = f"cases/{case}/parties/{party.pk}"
    assert "13800001234" not in judge.get(path)
    assert "理由" in text_of(judge.post(path, {"reason": " "}, 422).text)
    assert not AccessTrace.objects.filter(case_id=case).exists()
    assert "13800001234" in judge.post(path, {"reason": "电话送达"}, 200).text
    assert AccessTrace.objects.get(case_id=case).reason == "电话送达"


def test_filters_are_kept_counted_and_dropped(judge: Seat) -> None:
    opened(judge)
    judge.post("views/save", {"name": "待决定的", "procedure": "pre_filing", "stage": "received", "group": "later", "strange": "x"})
    view = SavedView.objects.get(account=judge.account)
    assert view.query == {"procedure": "pre_filing", "stage": "received", "group": "later"}
    page = text_of(judge.get(""))
    assert "待决定的 1" in page
    assert "没有案件" in text_of(judge.get("?stage=filed&procedure=pre_filing"))
    assert judge.get("?group=nonsense&procedure=none&stage=x&holder=all&after=")
    judge.get("?after=made-up", 404)
    judge.post("views/drop", {"view": view.pk})
    assert not SavedView.objects.filter(account=judge.account).exists()


def test_the_calendar_shows_the_last_day(judge: Seat) -> None:
    case = opened(judge)
    due = Case.objects.get(pk=case).due
    assert due is not None
    day = (due + timedelta(hours=8)).date()
    for view in ("month", "week", "day"):
        page = judge.get(f"calendar/?view={view}&day={day}")
        assert f"/desk/cases/{case}" in page
        assert "决定立案期限" in text_of(page)
        assert f"/desk/cases/{case}" not in judge.get(f"calendar/?view={view}&day={day}&only=meetings")
    for strange in ("day=x", "day=9999-99-99", "day=0001-01-01", "view=year", "only=nothing", "holder=you", "day=2026-13-01"):
        judge.get(f"calendar/?{strange}")


FIXED: dict[str, object] = {"hearing_on": date(2027, 3, 16), "hearing_at": "9:30", "courtroom": "第一法庭"}
HEARD: tuple[tuple[str, dict[str, object]], ...] = (  # up to the notice of a hearing
    ("hand_over", {}), ("assign", {"bench": "SOLE", "sole_barred": False}), ("summon", FIXED),
)  # fmt: skip


def heard(bench: Seat, at: datetime) -> int:
    """A suit with a day on which it is heard."""
    place = bench.organisation.pk
    new = NewCase("王五诉赵六借款纠纷", place, keys=keys_for(place), holder=bench.actor.post, parties=(NewParty("王五", "Roles.APPLICANT"),))
    case = case_open(procedure="first_instance_civil", step="file", actor=bench.actor, at=at, new=new).case_id
    for step, facts in HEARD:
        step_take(case_id=case, step=step, actor=bench.actor, at=at, facts=facts)
    return case


def meeting(case: int) -> list[tuple[object, ...]]:
    return [(a.fact, a.day, a.hour, a.place) for a in Appointment.objects.filter(case_id=case)]


def test_hearings_that_want_one_room_or_one_judge_are_told(judge: Seat) -> None:
    bench, at, day = seat(judge.organisation, "FILING_JUDGE", "CLERK", "JUDGE", "PRESIDENT"), datetime.now(UTC), "calendar/?view=day&day=2027-03-16"
    first, second = heard(bench, at), heard(bench, at)
    told = text_of(bench.get(day))
    assert told.count("09:30 开庭日期") == 2 and told.count("第一法庭") == 2
    assert told.count("同一法庭，另一件09:30") == 2 and told.count("同一承办人，另一件09:30") == 2 and "2 项时间冲突" in told
    summon = f"cases/{second}/do/FirstInstance.summon"
    assert 'value="09:30"' in bench.get(summon)
    assert "须是一天里的时间，如 9:30，您填的是 上班后" in text_of(bench.filled(summon, {"fact.hearing_at": "上班后"}, 422).text)
    bench.filled(summon, {"fact.hearing_at": "10时", "fact.courtroom": "第二法庭"})
    assert meeting(second) == [("hearing_on", date(2027, 3, 16), "10:00", "第二法庭")]
    assert "时间冲突" not in text_of(bench.get(day))
    written = bench.get(f"/writs/{second}/from/summons")
    assert 'value="10时"' in written and 'value="第二法庭"' in written, "the summons says what the notice said"
    assert meeting(first) == [("hearing_on", date(2027, 3, 16), "09:30", "第一法庭")]


def test_the_calendar_shows_hearings_that_take_place(judge: Seat) -> None:
    bench, at = seat(judge.organisation, "FILING_JUDGE", "CLERK", "JUDGE", "PRESIDENT"), datetime.now(UTC)
    case = heard(bench, at)
    assert meeting(case) == [("hearing_on", date(2027, 3, 16), "09:30", "第一法庭")]
    for look, there in (("", True), ("&only=dues", False), ("&holder=mine", True)):
        told = text_of(bench.get(f"calendar/?day=2027-03-01{look}"))
        assert ("开庭日期" in told, "王五" in told) == (there, False), look
    assert "开庭日期" not in text_of(judge.get("calendar/?day=2027-03-01&holder=mine"))
    assert "开庭日期" in text_of(judge.get("calendar/?view=day&day=2027-03-16"))
    assert "开庭日期" not in text_of(seat(organisation(), "JUDGE").get("calendar/?view=day&day=2027-03-16"))
    again = {"hearing_on": date(2027, 4, 6)}
    seq = step_take(case_id=case, step="summon", actor=bench.actor, at=at, facts=again).seq
    assert "开庭日期" not in text_of(bench.get("calendar/?view=day&day=2027-03-16"))
    assert "开庭日期" in text_of(bench.get("calendar/?view=week&day=2027-04-05"))
    assert meeting(case) == [("hearing_on", date(2027, 4, 6), "", "")], "neither hour nor room of an earlier hearing is that of the next"
    step_take(case_id=case, step="", voids=seq, actor=bench.actor, at=at)
    assert meeting(case) == [("hearing_on", date(2027, 3, 16), "09:30", "第一法庭")]
    assert "开庭日期" in text_of(bench.get("calendar/?view=day&day=2027-03-16"))
    step_take(case_id=case, step="withdraw", actor=bench.actor, at=at)
    assert "开庭日期" not in text_of(bench.get("calendar/?view=day&day=2027-03-16"))


def test_a_months_calendar_asks_the_same_however_full(judge: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            opened(judge)
        with statements(monkeypatch) as asked:
            judge.get("calendar/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_OF_A_LIST


def test_news_of_a_case_reach_who_may_see_it_and_nobody_else(judge: Seat) -> None:
    case, since = opened(judge), datetime.now(UTC)
    colleague, stranger = seat(judge.organisation, "CLERK"), seat(organisation(), "CLERK")
    judge.filled(f"cases/{case}/do/PreFiling.file")

    def told(who: Seat, only: int | None = None) -> list[str]:
        return live._news(Asked(who.account, who.actor, since), written_since(since), only)

    assert [line for line in told(colleague) if f"data: {case}\n" in line]
    assert told(colleague, case)
    assert not told(colleague, case + 1)
    assert not [line for line in told(judge) if f"data: {case}\n" in line]
    assert not told(stranger)


def test_the_stream_tells_what_was_written(judge: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "EVERY", 0.05)
    monkeypatch.setattr(live, "LOOKS", 3)
    case, colleague = opened(judge), seat(judge.organisation, "CLERK")
    since = int(datetime.now(UTC).timestamp()) - 1
    judge.filled(f"cases/{case}/do/PreFiling.file")
    answer = colleague.client.get(f"/desk/live?since={since}&case={case}")
    assert answer.headers["Content-Type"] == "text/event-stream"
    told = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert told.startswith("retry: 5000")
    assert told.count(f"event: changed\ndata: {case}\n") == 1


def test_when_too_many_listen_the_moment_is_told_at_once(judge: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live.SLOTS, "acquire", lambda blocking: False)
    case, colleague = opened(judge), seat(judge.organisation, "CLERK")
    answer = colleague.client.get(f"/desk/live?since={int(datetime.now(UTC).timestamp()) - 5}")
    assert f"data: {case}\n" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_number_that_no_database_holds_is_no_address(judge: Seat) -> None:
    assert judge.client.get(f"/desk/cases/{10**30}").status_code == 404
    judge.get(f"cases/{opened(judge)}/do/No.such", 404)
    judge.get("new/no_such/No.such", 404)


def test_a_case_is_given_to_somebody_and_remarked_on(judge: Seat) -> None:
    case, colleague = opened(judge), seat(judge.organisation, "JUDGE")
    path, post = f"cases/{case}/handling", colleague.actor.post
    judge.post(path, {"act": "hold", "post": post}, 409)
    judge.post(path, {"act": "hold", "post": post, "reason": "分案"})
    assert Case.objects.get(pk=case).holder_id == post
    judge.post(path, {"act": "say", "remark": "当事人住址待核"})
    assert "当事人住址待核" in text_of(colleague.get(path))
    number = Comment.objects.get(case_id=case).pk
    colleague.post(path, {"act": "withdraw", "comment": number}, 409)
    judge.post(path, {"act": "withdraw", "comment": number})
    assert "已撤回" in text_of(judge.get(path))
    assert "应为1至4000字" in text_of(judge.post(path, {"act": "say", "remark": " "}, 409).text)
    seat(organisation(), "CLERK").get(path, 404)


def test_one_acts_from_the_post_that_one_chose(judge: Seat) -> None:
    elsewhere = organisation("mediation")
    asker(elsewhere, "MEDIATOR", who=judge.account)
    case, second = opened(judge), Post.objects.filter(person=judge.account.person).order_by("pk")[1]
    assert "现在的岗位" in text_of(judge.get("post"))
    judge.post("post", {"post": second.pk})
    judge.get(f"cases/{case}", 404)
    judge.post("post", {"post": 10**14})
    judge.get(f"cases/{case}")
