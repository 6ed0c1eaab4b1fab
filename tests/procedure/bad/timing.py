"""时间之错 · Limits, pauses and extensions that cannot work."""

from __future__ import annotations

from datetime import date
from typing import cast

from tests.procedure.bad.drafts import ART, Built, case, draft, limit_by_stage, made, nowhere, untyped, visit
from tianping.law.statutes import POLICY
from tianping.procedure import (
    NEW,
    Extension,
    Fact,
    Limit,
    Many,
    Pause,
    Stage,
    Step,
    T,
    days,
    hours,
    months,
)
from tianping.procedure.contracts.roles import Roles


@case("PRO-221")
def starts_with_nothing(good: bool) -> Built:
    d = draft()
    d.hearing_on = Fact(date, T("听证日", "Day of the hearing"))
    d.hear = Step(d.filed, T("听证", "Hear"), by=Roles.JUDGE, asks=(d.hearing_on,), cites=ART)
    start = d.hearing_on if good else nowhere()
    d.to_publish = Limit(start, d.decide, days(3), title=T("公布期限", "Time to publish"), cites=ART)
    return made(d)


@case("PRO-222")
def ends_before_it_begins(good: bool) -> Built:
    d = draft()
    since, until = (d.file, d.decide) if good else (d.decide, d.file)
    d.other = Limit(since, until, days(9), title=T("另一期限", "Another limit"), cites=ART)
    return made(d)


@case("PRO-222")
def ends_with_nothing(good: bool) -> Built:
    d = draft()
    d.other = Limit(d.file, d.decided if good else nowhere(), days(9), title=T("另一期限", "Another limit"), cites=ART)
    return made(d)


@case("PRO-223")
def pause_for_ever(good: bool) -> Built:
    d = draft()
    d.ask = Step(d.filed, T("委托鉴定", "Ask an expert"), by=Roles.JUDGE, cites=ART)
    d.answer = Step(d.filed if good else NEW, T("鉴定完成", "Expert answers"), by=Roles.APPRAISER, cites=ART)
    d.appraisal = Pause(d.ask, d.answer, title=T("鉴定", "Appraisal"), cites=ART)
    return made(d, to_decide=Limit(d.file, d.decide, days(7), excluding=(d.appraisal,), title=T("决定期限", "Time to decide"), cites=ART))


@case("PRO-223")
def suspension_that_forbids_its_end(good: bool) -> Built:
    d = draft()
    d.apart = Stage(T("中止", "Suspended"), no_limit=T("无期限", "none"))
    d.waiting = Stage(T("待恢复", "To be resumed"), no_limit=T("无期限", "none"))
    d.suspend = Step(d.filed >> d.apart, T("中止", "Suspend"), by=Roles.JUDGE, cites=ART)
    d.prepare = Step(d.apart >> d.waiting, T("准备恢复", "Prepare"), by=Roles.JUDGE, cites=ART)
    d.resume = Step(((d.apart | d.waiting) if good else d.waiting) >> d.filed, T("恢复", "Resume"), by=Roles.JUDGE, cites=ART)
    d.suspension = Pause(d.suspend, d.resume, halts=True, title=T("中止期间", "Suspension"), cites=ART)
    return made(d)


def prolonged(grant: Step | None, *, good: bool = True) -> Built:
    d = draft()
    d.grant = Step(d.filed, T("批准延长", "Grant more time"), by=Roles.PRESIDENT, cites=ART)
    d.late = Step(d.decided, T("事后补批", "Grant afterwards"), by=Roles.PRESIDENT, cites=ART)
    given = d.grant if grant is None and good else (d.late if grant is None else grant)
    more = (Extension(days(7), grant=given, cites=ART),)
    return made(d, to_decide=Limit(d.file, d.decide, days(7), extend=more, title=T("决定期限", "Time to decide"), cites=ART))


@case("PRO-225")
def granted_by_nobody(good: bool) -> Built:
    return prolonged(None) if good else prolonged(untyped("the president"))


@case("PRO-225")
def granted_after_the_end(good: bool) -> Built:
    return prolonged(None, good=good)


@case("PRO-225")
def asked_by_nobody(good: bool) -> Built:
    d = draft()
    d.ask = Step(d.filed, T("申请延长", "Ask for more time"), by=Roles.JUDGE, cites=ART)
    d.grant = Step(d.filed, T("批准延长", "Grant more time"), by=Roles.PRESIDENT, cites=ART)
    more = Extension(days(7), grant=d.grant, ask=d.ask if good else None, ask_before=days(3), cites=ART)
    return made(d, to_decide=Limit(d.file, d.decide, days(7), extend=(more,), title=T("决定期限", "Time to decide"), cites=ART))


@case("PRO-224")
def one_grant_for_two(good: bool) -> Built:
    d = draft()
    d.grant = Step(d.filed, T("批准延长", "Grant more time"), by=Roles.PRESIDENT, cites=ART)
    d.again = Step(d.filed, T("再次延长", "Grant it again"), by=Roles.SUPERIOR_COURT, cites=ART)
    more = (Extension(days(7), grant=d.grant, cites=ART), Extension(months(1), grant=d.again if good else d.grant, cites=ART))
    return made(d, to_decide=Limit(d.file, d.decide, days(7), extend=more, title=T("决定期限", "Time to decide"), cites=ART))


@case("PRO-226")
def hours_and_days(good: bool) -> Built:
    d = draft()
    d.night = Fact(bool, T("是否夜间", "Is it at night?"))
    d.file = Step(NEW >> d.filed, T("收件", "File"), by=Roles.CLERK, asks=(d.night,), cites=ART)
    within = hours(12).but(hours(72) if good else days(3), when=d.night.is_(True))
    return made(d, to_decide=Limit(d.file, d.decide, within, title=T("决定期限", "Time to decide"), cites=ART))


@case("PRO-227")
def backwards_from_an_act(good: bool) -> Built:
    d = draft()
    d.hearing_on = Fact(date, T("听证日", "Day of the hearing"))
    d.file = Step(NEW >> d.filed, T("收件", "File"), by=Roles.CLERK, asks=(d.hearing_on,), cites=ART)
    d.notice = Limit(d.hearing_on if good else d.file, d.decide, days(3), backwards=True, title=T("通知期限", "Notice"), cites=ART)
    return made(d, to_decide=limit_by_stage(d))


@case("PRO-227")
def bars_nothing(good: bool) -> Built:
    d = draft()
    d.bar = Limit(d.file, d.decide if good else None, days(3), bars=True, title=T("失权期限", "Bar"), cites=ART)
    return made(d)


@case("PRO-227")
def asked_in_months(good: bool) -> Built:
    d = draft()
    d.grant = Step(d.filed, T("批准延长", "Grant more time"), by=Roles.PRESIDENT, cites=ART)
    more = Extension(days(7), grant=d.grant, decide_before=days(5) if good else months(1), cites=ART)
    return made(d, to_decide=Limit(d.file, d.decide, days(7), extend=(more,), title=T("决定期限", "Time to decide"), cites=ART))


@case("PRO-228")
def suspension_of_another_track(good: bool) -> Built:
    part = visit()
    begin, end = cast(Step, vars(part)["begin"]), cast(Step, vars(part)["end"])
    pause = Pause(begin, end, halts=not good, title=T("到访期间", "Visit"), cites=ART)
    return made(draft(), visits=Many(part), visiting=pause)


@case("PRO-229")
def our_own_choice_called_law(good: bool) -> Built:
    d = draft()
    d.own = Limit(d.file, d.decide, days(3), target=good, title=T("内部指标", "Internal target"), cites=POLICY["调休上班日"])
    return made(d)
