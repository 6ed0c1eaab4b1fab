"""自助机 · One kiosk on one day: sessions one after another, each wiped at its end or after a minute without a touch."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import LOCAL_HALL, POLICY
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Track, minutes
from tianping.procedure.contracts.roles import Roles


class Session(Track):
    """会话 · One person at the kiosk. What the person showed is known in this session only."""

    title = T("会话", "Session")
    counting = PLAIN

    identified = Fact(bool, T("是否刷身份证", "Was an identity card read?"))
    code_given = Fact(bool, T("查询码是否相符", "Did the query code fit?"))
    case_number = Fact(str, T("所查案号", "Number of the case"))
    service = Fact(str, T("所用服务", "What is used?"), hint=T("导诉、样本、费用估算、开庭公告等", "guide, forms, fee estimate, hearings …"))

    active = Stage(T("会话", "In session"))
    wiped = Stage(T("结束（清屏）", "Ended and wiped"), end=True)

    not_identified = Ground(
        ~(identified.is_(True) & code_given.is_(True)), T("本次会话未核验身份和查询码", "Nobody was identified in this session"), LOCAL_HALL["自助"]
    )

    start = Step(NEW >> active, T("开始使用", "Begin"), by=Roles.VISITOR, cites=LOCAL_HALL["自助"])
    browse = Step(
        active,
        T("使用公开服务（无需登录）", "Use what is public, without a login"),
        by=Roles.VISITOR,
        asks=(service,),
        cites=LOCAL_HALL["自助"],
    )
    look_up = Step(
        active,
        T("查询案件", "Look up a case"),
        by=Roles.VISITOR,
        asks=(identified, code_given, case_number),
        unless=not_identified,
        cites=LOCAL_HALL["自助"],
    )
    hand_in = Step(active, T("提交纸质材料", "Hand in papers"), by=Roles.VISITOR, cites=LOCAL_HALL["自助"])
    call_guide = Step(active, T("转人工导诉", "Call the guide"), by=Roles.VISITOR | Roles.GUIDE, cites=LOCAL_HALL["自助"])
    finish = Step(active >> wiped, T("结束并清屏", "End, and wipe"), by=Roles.VISITOR, cites=LOCAL_HALL["自助"])

    idle = Limit(
        since=start | browse | look_up | hand_in | call_guide,
        until=browse | look_up | hand_in | call_guide | finish,
        within=minutes(1),
        bars=True,
        target=True,
        title=T("无操作时限", "Time without a touch"),
        cites=LOCAL_HALL["自助"] + POLICY["大厅时限"],
    )
    wipe = Step(active >> wiped, T("无操作清屏", "Wipe after a minute"), by=Roles.SYSTEM, on=idle, cites=LOCAL_HALL["自助"])


class KioskDay(Procedure):
    """自助机 · Switched on, used, switched off."""

    title = T("自助查询机", "Kiosk")
    code = "kiosk_day"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.GUIDE

    kiosk = Fact(str, T("设备编号", "Number of the kiosk"))
    sessions = Many(Session, one_open=True)

    idle = Stage(T("空闲", "Idle"), no_limit=T("等待使用", "it waits to be used"))
    off = Stage(T("关机", "Off"), end=True)

    in_use = Ground(sessions.any(Session.active), T("会话尚未清屏", "A session was not wiped"), LOCAL_HALL["自助"])

    switch_on = Step(NEW >> idle, T("开机", "Switch on"), by=Roles.GUIDE, asks=(kiosk,), cites=LOCAL_HALL["自助"])
    switch_off = Step(idle >> off, T("关机", "Switch off"), by=Roles.GUIDE, unless=in_use, cites=LOCAL_HALL["自助"])
    switched_off = Ground(switch_off.done, T("已关机", "It is off"), LOCAL_HALL["自助"])
    while_on = Condition(Session.start, unless=switched_off)
