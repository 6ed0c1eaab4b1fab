"""每日巡查 · One unit's register of one day: what was found, one digest sent, read, put right, checked by another person, struck off.

A digest says how many points there are and where to look; names and numbers of people stay here (see ``casework/alarms/robots.py``).
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_SUPERVISION, PSC
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Tally, Track, days
from tianping.procedure.contracts.roles import Roles

DUTY = Roles.LEGAL_REVIEW | Roles.CASE_MANAGER
NO_TEXT = T("阅读、复核时限未取得原文，由使用单位配置", "no text on how long it may take was found; to be set by the user")


class Register(Enum):
    """登记表 · In which of the ledgers the point stands."""

    INCIDENTS = "每日警情巡查登记表"
    ACCEPTANCE = "受立案情况监督管理登记表"
    CRIMINAL = "刑事案件办理监督管理台账"
    ADMINISTRATIVE = "行政案件办理监督管理台账"
    PERSONS = "人员处置台账"


class Point(Track):
    """巡查问题 · One thing found."""

    title = T("巡查问题", "Point")
    counting = PLAIN

    register = Fact(Register, T("登记表", "Which ledger?"))
    subject = Fact(str, T("被巡查的编号", "Number of what was inspected"))
    rule = Fact(str, T("问题种类", "What kind of problem?"))
    put_right = Fact(bool, T("是否整改到位", "Is it put right?"))

    listed = Stage(T("已生成", "Listed"), no_limit=T("随当日汇总发送", "goes out with the digest of the day"))
    rectifying = Stage(T("整改中", "Being put right"), no_limit=T("整改期限在当日登记上计算", "the day to put it right runs on the register"))
    rectified = Stage(T("已整改待复核", "Put right, to be checked"), no_limit=NO_TEXT)
    struck_off = Stage(T("已销号", "Struck off"), end=True)

    repeats = Fact(
        int,
        T("同一编号同一问题的未销号数", "The same problem of the same number, not struck off"),
        known_by=Tally(listed | rectifying | rectified, same=(subject, rule)),
    )
    listed_already = Ground(
        repeats > 0,
        T("同一问题已在册，应当跟踪原问题", "The same problem is on the list: follow that one"),
        LOCAL_SUPERVISION["巡查"],
    )
    not_right = Ground(~put_right.is_(True), T("复核认为整改未到位", "The check finds that it is not put right"), LOCAL_SUPERVISION["复核"])
    is_right = Ground(put_right.is_(True), T("整改已经到位", "It is put right"), LOCAL_SUPERVISION["复核"])

    list_ = Step(
        NEW >> listed,
        T("登记问题", "List it"),
        by=Roles.SYSTEM | DUTY,
        asks=(register, subject, rule, repeats),
        unless=listed_already,
        cites=PSC[7] + LOCAL_SUPERVISION["巡查"],
    )
    take = Step(listed >> rectifying, T("开始整改", "Begin"), by=Roles.OFFICER, cites=LOCAL_SUPERVISION["整改"])
    rectify = Step(rectifying >> rectified, T("整改完成", "Put it right"), by=Roles.OFFICER, cites=LOCAL_SUPERVISION["整改"])
    strike_off = Step(
        rectified >> struck_off,
        T("复核销号", "Check and strike off"),
        by=DUTY,
        asks=(put_right,),
        not_by=rectify,
        unless=not_right,
        cites=LOCAL_SUPERVISION["复核", "销号"],
    )
    return_ = Step(rectified >> rectifying, T("复核退回", "Send back"), by=DUTY, asks=(put_right,), unless=is_right, cites=LOCAL_SUPERVISION["复核"])


class DailyInspection(Procedure):
    """每日巡查 · The register of a day, from the first point to the last that is struck off."""

    title = T("每日巡查", "Daily inspection")
    code = "daily_inspection"
    valid_from = date(2020, 9, 1)
    counting = PLAIN
    corrects = Roles.LEGAL_REVIEW

    day = Fact(date, T("巡查日", "Day inspected"))
    fix_by = Fact(date, T("整改期限", "To be put right by"))
    points = Many(Point)

    generated = Stage(
        T("已生成", "Generated"),
        no_limit=T("当日汇总发送，发送时刻由使用单位配置", "sent as the digest of the day, at the hour the user sets"),
    )
    sent = Stage(T("已发送", "Sent"), no_limit=NO_TEXT)
    read = Stage(T("已读，整改中", "Read, being put right"))
    reviewed = Stage(T("已复核", "Checked"), no_limit=NO_TEXT)
    struck_off = Stage(T("已销号", "Struck off"), end=True)
    clean = Stage(T("当日无问题", "Nothing found"), end=True)

    same_day = Fact(
        int,
        T("本单位同日的巡查登记", "Registers of the same day here"),
        known_by=Tally(generated | sent | read | reviewed, same=(day,), within="organisation"),
    )
    twice = Ground(same_day > 0, T("当日巡查已经登记，一日一表", "There is a register of that day already"), LOCAL_SUPERVISION["巡查"])
    nothing = Ground(~points.any(Point.listed), T("没有待通报的问题", "There is nothing to tell of"), LOCAL_SUPERVISION["通报"])
    something = Ground(Point.list_.times > 0, T("当日有问题", "Something was found"), LOCAL_SUPERVISION["巡查"])
    open_points = Ground(
        points.any(Point.listed | Point.rectifying | Point.rectified),
        T("尚有问题未销号", "Some points are not struck off"),
        LOCAL_SUPERVISION["销号"],
    )

    generate = Step(
        NEW >> generated,
        T("生成当日清单", "Generate the list of the day"),
        by=Roles.SYSTEM,
        asks=(day, same_day),
        unless=twice,
        cites=LOCAL_SUPERVISION["巡查"],
    )
    send = Step(
        generated >> sent,
        T("汇总通报", "Send the digest"),
        by=Roles.SYSTEM,
        asks=(fix_by,),
        unless=nothing,
        at_most=1,
        cites=LOCAL_SUPERVISION["通报"],
    )
    report_clean = Step(
        generated >> clean, T("登记无问题", "Enter that nothing was found"), by=DUTY, unless=something, cites=LOCAL_SUPERVISION["巡查"]
    )
    acknowledge = Step(sent >> read, T("已读签收", "Read"), by=Roles.DEPARTMENT_HEAD | Roles.STATION_HEAD, cites=LOCAL_SUPERVISION["通报"])
    review = Step(read >> reviewed, T("复核完毕", "Finish the check"), by=DUTY, unless=open_points, cites=LOCAL_SUPERVISION["复核"])
    close = Step(reviewed >> struck_off, T("销号", "Strike off"), by=DUTY, not_by=acknowledge, cites=LOCAL_SUPERVISION["销号"])

    unread = Ground(~acknowledge.done, T("通报尚未签收", "The digest has not been read"), LOCAL_SUPERVISION["通报"])
    already_sent = Ground(send.done, T("当日汇总已经发送，列入次日", "The digest has gone out: for the next day's"), LOCAL_SUPERVISION["通报"])
    after_reading = Condition(Point.take, unless=unread)
    before_sending = Condition(Point.list_, unless=already_sent)

    rectification = Limit(
        since=fix_by,
        until=review,
        within=days(0),
        title=T("整改期限", "Day by which all is to be put right"),
        target=True,
        cites=LOCAL_SUPERVISION["整改"],
    )
