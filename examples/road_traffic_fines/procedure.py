"""道路交通罚款（意大利） · The Italian road-traffic fine: the model for people who bring their own log."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import CDS
from tianping.procedure import NEW, PLAIN, Condition, Ground, Limit, One, Procedure, Role, Stage, Step, T, Track, Wait, days


class Roles:
    """角色 · Who acts in this procedure."""

    POLICE = Role(T("市警", "Local police"))
    OFFENDER = Role(T("违法人", "Offender"))
    PREFECTURE = Role(T("省督", "Prefecture"))


class Appeal(Track):
    """向省督申诉 · The appeal to the prefecture runs beside the fine."""

    title = T("向省督申诉", "Appeal to the prefecture")

    lodged = Stage(T("已提起", "Lodged"), no_limit=T("法条未定转送期限的起算日志字段", "the log does not hold what its limit is counted from"))
    sent = Stage(T("已送省督", "With the prefecture"), no_limit=T("省督自身的期限", "runs on the prefecture's own limit"))
    decided = Stage(T("已决定", "Decided"), no_limit=T("告知无期限记录", "the log holds no limit for telling"))
    told = Stage(T("已告知", "Told"), end=True)

    lodge = Step(NEW >> lodged, T("提起申诉", "Lodge an appeal"), by=Roles.OFFENDER, cites=CDS["203"])
    forward = Step((NEW | lodged) >> sent, T("转送省督", "Send it to the prefecture"), by=Roles.POLICE, cites=CDS["203"])
    decide = Step(sent >> decided, T("收到决定", "Receive the decision"), by=Roles.PREFECTURE, cites=CDS["204"])
    tell = Step(decided >> told, T("告知决定", "Tell the offender"), by=Roles.POLICE, cites=CDS["204"])


class Fine(Procedure):
    """道路交通罚款 · Created, sent, notified; then paid, appealed or raised, and at last collected."""

    title = T("道路交通罚款（意大利）", "Road-traffic fine (Italy)")
    code = "road_traffic_fine"
    valid_from = date(1993, 1, 1)
    counting = PLAIN

    appeal = One(Appeal)

    created = Stage(T("已开单", "Created"))
    sent = Stage(T("已寄送", "Sent"), no_limit=T("送达由邮政决定", "the post decides when it arrives"))
    notified = Stage(T("已送达", "Notified"))
    raised = Stage(T("已加罚", "Penalty added"), no_limit=T("征收无期限", "no limit for collection"))
    collection = Stage(T("强制征收", "In collection"), end=True)

    create = Step(NEW >> created, T("开出罚单", "Create the fine"), by=Roles.POLICE, cites=CDS["200"])
    send = Step(created >> sent, T("寄送罚单", "Send the fine"), by=Roles.POLICE, cites=CDS["201"])
    notify = Step(sent >> notified, T("登记送达", "Record the notification"), by=Roles.POLICE, cites=CDS["201"])
    pay = Step(created | sent | notified | raised, T("缴款", "Pay"), by=Roles.OFFENDER, cites=CDS["202"])
    sue = Step(notified | raised, T("向法官申诉", "Appeal to the judge"), by=Roles.OFFENDER, at_most=1, cites=CDS["204-bis"])
    penalise = Step(notified >> raised, T("加罚", "Add the penalty"), by=Roles.POLICE, cites=CDS["203"])
    collect = Step(raised >> collection, T("移送征收", "Send for collection"), by=Roles.POLICE, cites=CDS["206"])

    not_notified = Ground(~notify.done, T("罚单尚未送达", "The fine has not been notified yet"), CDS["203"])
    after_notice = Condition(Appeal.lodge | sue, unless=not_notified)

    to_send = Limit(since=create, until=send, within=days(90), waived=pay, title=T("寄送期限", "Time to send"), cites=CDS["201"])
    to_appeal = Limit(
        since=notify, until=Appeal.lodge, within=days(60), bars=True, title=T("向省督申诉期限", "Time to appeal to the prefecture"), cites=CDS["203"]
    )
    to_sue = Limit(since=notify, until=sue, within=days(60), bars=True, title=T("向法官申诉期限", "Appeal to the judge"), cites=CDS["204-bis"])
    grace = Wait(since=notify, until=penalise, within=days(60), title=T("加罚前的等待期", "Grace before the penalty"), cites=CDS["203"])
    to_penalise = Limit(since=notify, until=penalise, within=days(60), title=T("加罚日", "Day of the penalty"), cites=CDS["203"])
