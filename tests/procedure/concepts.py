"""概念样本 · A small procedure of what the other sample does not use: barring limits, rules that roll, pinned law, pauses that count in part."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import CPL23, POLICY, CrPL
from tianping.procedure import (
    CRIMINAL,
    NEW,
    PLAIN,
    Extension,
    Fact,
    Ground,
    Limit,
    Many,
    One,
    Pause,
    Procedure,
    Stage,
    Step,
    T,
    Track,
    days,
    months,
    working_days,
)
from tianping.procedure.contracts.roles import Roles

OWN = POLICY["类推顺延"]


class Person(Track):
    """人员 · One suspect, held or not."""

    title = T("人员", "Person")
    held = Stage(T("在押", "Held"))
    free = Stage(T("未羁押", "At large"), end=True)
    arrest = Step(NEW >> held, T("逮捕", "Arrest"), by=Roles.OFFICER, cites=CrPL[91])
    release = Step(held >> free, T("释放", "Release"), by=Roles.OFFICER, cites=CrPL[91])


class Kind(Track):
    """程序种类 · Simple or ordinary."""

    title = T("程序种类", "Kind")
    simple = Stage(T("简易", "Simple"), no_limit=T("审限在主线", "the limit runs on the case"))
    ordinary = Stage(T("普通", "Ordinary"), no_limit=T("审限在主线", "the limit runs on the case"))
    as_simple = Step(NEW >> simple, T("适用简易程序", "Simple"), by=Roles.JUDGE, cites=CPL23[160])
    convert = Step(simple >> ordinary, T("转为普通程序", "Turn ordinary"), by=Roles.JUDGE, cites=CPL23[170])


class Inquest(Procedure):
    """样本审查 · The main track."""

    title = T("样本审查", "Sample inquest")
    code = "sample_inquest"
    valid_from = date(2021, 6, 1)

    hearing_on = Fact(date, T("开庭日期", "Date of the hearing"))
    urgent = Fact(bool, T("紧急", "Urgent"), flag=True)

    people = Many(Person)
    kind = One(Kind)

    going = Stage(T("审查中", "Under review"))
    judged = Stage(T("已决定", "Decided"))
    closed = Stage(T("已结案", "Closed"), end=True)

    is_simple = kind.at(Kind.simple)
    anyone_held = people.any(Person.held)
    not_urgent = Ground(~urgent.is_(True), T("不是紧急案件", "It is not urgent"), OWN)

    accept = Step(NEW >> going, T("受理", "Accept"), by=Roles.PROSECUTOR, asks=(urgent,), cites=CrPL[172])
    announce = Step(going, T("公告", "Announce"), by=Roles.CLERK, cites=CPL23[95])
    fix = Step(going, T("确定开庭", "Fix the hearing"), by=Roles.JUDGE, asks=(hearing_on,), cites=CPL23[139])
    notify = Step(going, T("通知", "Give notice"), by=Roles.CLERK, cites=CPL23[139])
    examine = Step(going, T("开始鉴定", "Begin an examination"), by=Roles.APPRAISER, cites=CPL23[79])
    report = Step(going, T("鉴定结束", "End it"), by=Roles.APPRAISER, cites=CPL23[79])
    talk = Step(going, T("开始和解", "Begin to settle"), by=Roles.JUDGE, cites=CPL23[53])
    part = Step(going, T("和解结束", "End the talks"), by=Roles.JUDGE, cites=CPL23[53])
    grant = Step(going, T("批准延长", "Grant more time"), by=Roles.PRESIDENT, cites=CPL23[164])
    rush = Step(going, T("加急", "Rush"), by=Roles.CHIEF, when=not_urgent, cites=OWN)
    decide = Step(going >> judged, T("决定", "Decide"), by=Roles.PROSECUTOR, cites=CrPL[172])
    appeal = Step(judged, T("上诉", "Appeal"), by=Roles.PARTY, cites=CPL23[171])
    forgo = Step(judged, T("放弃上诉", "Forgo the appeal"), by=Roles.PARTY, cites=CPL23[171])
    close = Step(judged >> closed, T("结案", "Close"), by=Roles.CLERK, cites=CPL23[171])

    exam = Pause(examine, report, at_most=days(10), title=T("鉴定期间", "Examination"), cites=CPL23[79])
    talks = Pause(talk, part, beyond=days(15).but(days(7), when=is_simple), title=T("和解期间", "Talks"), cites=CPL23[53])

    month_more = Extension(months(1), grant=grant, when=is_simple, cites=CPL23[164])

    review = Limit(accept, decide, months(1), counting=CRIMINAL, rolls=~anyone_held, title=T("审查期限", "Review"), cites=CrPL[172])
    trial = Limit(
        accept,
        decide,
        months(6).but(months(3), when=is_simple),
        excluding=(exam, talks),
        extend=(month_more,),
        counting=PLAIN,
        title=T("审限", "Trial limit"),
        cites=CPL23[152],
    )
    announced = Limit(announce, None, days(30).before(date(2022, 1, 1), days(60)), counting=PLAIN, title=T("公告期", "Announcement"), cites=CPL23[95])
    deem = Step(going, T("视为送达", "Deemed served"), by=Roles.SYSTEM, on=announced, cites=CPL23[95])
    defence = Limit(announced, decide, days(15), title=T("答辩期", "Defence"), target=True, cites=CPL23[128])
    notice = Limit(hearing_on, notify, working_days(3), backwards=True, title=T("通知期限", "Notice"), cites=CPL23[139])
    to_appeal = Limit(
        decide.first,
        appeal,
        days(15).before(date(2022, 1, 1), days(10)),
        law_at=accept,
        waived=forgo,
        bars=True,
        title=T("上诉期", "Time to appeal"),
        cites=CPL23[171],
    )
