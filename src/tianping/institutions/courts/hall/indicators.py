"""大厅设备指标 · Messages, lockers, kiosks, questions."""

from __future__ import annotations

from tianping.institutions.courts.hall.procedures.hall_question.procedure import HallQuestion
from tianping.institutions.courts.hall.procedures.judge_message.procedure import JudgeMessage
from tianping.institutions.courts.hall.procedures.kiosk_day.procedure import KioskDay, Session
from tianping.institutions.courts.hall.procedures.locker_item.procedure import LockerItem
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, YEAR, Days, Indicators, Number, Per, Share, judged, late, reached, standing

M = JudgeMessage
L = LockerItem
Q = HallQuestion
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION, YEAR, MONTH)


class Messages(Indicators):
    """法官留言 · Messages to judges."""

    title = T("法官留言", "Messages to judges")

    left = Number(T("留言", "Messages"), M, among=ALL, by=(*BY, Per(T("法官", "Judge"), fact=M.judge)), source=REPORT)
    overdue = Number(T("逾期未读", "Unread past the target"), M, among=standing(M.submitted) & late(M.to_read), by=BY, source=REPORT)
    hours = Days(
        T("平均回复（小时）", "Mean hours to answer"),
        M,
        since=M.leave,
        until=M.answer | M.call,
        among=ALL,
        hours=True,
        by=BY,
        source=REPORT,
    )
    in_time = Share(T("按期阅看率", "Read in time"), M, of=~late(M.to_read), among=judged(M.to_read), by=BY, source=REPORT)


class Lockers(Indicators):
    """云柜 · Items in lockers."""

    title = T("智能云柜", "Lockers")

    hours = Days(T("平均取件（小时）", "Mean hours to the pick-up"), L, since=L.deposit, until=L.pick_up, among=ALL, hours=True, by=BY, source=REPORT)
    waiting = Number(T("在柜件数", "Items in boxes"), L, among=standing(L.opened | L.to_assign | L.to_pick | L.overdue), by=BY, source=REPORT)
    returned = Number(T("超期退回", "Overdue and returned"), L, among=reached(L.overdue), by=BY, source=REPORT)


class Kiosks(Indicators):
    """自助机 · Sessions at kiosks."""

    title = T("自助查询机", "Kiosks")

    sessions = Number(T("会话次数", "Sessions"), Session, procedure=KioskDay, among=ALL, by=(ORGANISATION,), source=REPORT)
    handed_over = Number(T("转人工", "Handed over"), Session, procedure=KioskDay, among=Session.call_guide.done, by=(ORGANISATION,), source=REPORT)
    hours = Days(
        T("平均时长（小时）", "Mean length in hours"),
        Session,
        procedure=KioskDay,
        since=Session.start,
        until=Session.finish | Session.wipe,
        among=ALL,
        hours=True,
        by=(ORGANISATION,),
        source=REPORT,
    )


class Questions(Indicators):
    """智能问答 · Questions to the robot."""

    title = T("智能问答", "Questions")

    cited = Share(T("附条文回答率", "Answered with an article"), Q, of=reached(Q.answered), among=ALL, by=BY, source=REPORT)
    wrong = Share(T("引用有误率", "Citations found wrong"), Q, of=Q.wrong.is_(True), among=Q.review.done, by=BY, source=REPORT)
    handed_over = Number(T("转人工", "Handed over"), Q, among=reached(Q.with_guide), by=BY, source=REPORT)
