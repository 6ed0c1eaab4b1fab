"""各线 · The parts of an accident: each appraisal, each party's certificate, each mediation by the police.

Periods of one to ten days are working days here (RTP 112); those of thirty and sixty are not.
"""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import RTP
from tianping.procedure import NEW, Extension, Fact, Ground, Limit, Stage, Step, T, Track, Wait, days, working_days
from tianping.procedure.contracts.roles import Roles


class Appraisal(Track):
    """检验鉴定 · One appraisal: of a vehicle, a body, a sample. It is settled when nobody asked for another in three days, or the second is out."""

    title = T("检验鉴定", "Appraisal")

    term = Fact(int, T("与鉴定机构确定的期限（日）", "Days agreed with the appraiser"))
    repeated = Fact(bool, T("是否重新检验鉴定", "Is it a repeated one?"))

    pending = Stage(T("检验鉴定中", "Under way"))
    given = Stage(T("已出具意见", "Opinion given"))
    served = Stage(T("意见已送达", "Opinion served"))
    asked_again = Stage(
        T("申请重新鉴定待审批", "Another one asked for"), no_limit=T("规定未定审批重新鉴定申请的期限", "the provisions set no time to decide on it")
    )
    settled = Stage(T("已确定", "Settled"), end=True)
    discarded = Stage(T("不采用，重新委托", "Discarded, ordered anew"), end=True)
    superseded = Stage(T("准予重新鉴定", "Another one granted"), end=True)

    too_long = Ground(term > 30, T("确定的期限超过三十日", "More than thirty days were agreed"), RTP[51])
    is_second = Ground(repeated.is_(True), T("重新检验鉴定以一次为限", "It may be repeated once only"), RTP[56])

    entrust = Step(
        NEW >> pending,
        T("委托检验鉴定", "Order the appraisal"),
        by=Roles.TRAFFIC_POLICE,
        asks=(term, repeated),
        unless=too_long,
        cites=RTP[49, 51, 57],
    )
    prolong = Step(pending, T("批准延至六十日以内", "Approve up to sixty days"), by=Roles.UPPER_TRAFFIC, at_most=1, cites=RTP[51])
    opine = Step(pending >> given, T("出具检验报告、鉴定意见", "Give the opinion"), by=Roles.APPRAISER, cites=RTP[54])
    serve = Step(given >> served, T("送达复印件", "Serve a copy"), by=Roles.TRAFFIC_POLICE, cites=RTP[55])
    order_anew = Step(
        given >> discarded, T("不采用，批准重新委托", "Discard it and order anew"), by=Roles.TRAFFIC_POLICE & Roles.TRAFFIC_CHIEF, cites=RTP[55]
    )
    ask_again = Step(served >> asked_again, T("申请重新检验鉴定", "Ask for another"), by=Roles.PARTY, unless=is_second, cites=RTP[56])
    grant_again = Step(asked_again >> superseded, T("准予重新检验鉴定", "Grant it"), by=Roles.TRAFFIC_CHIEF, cites=RTP[56])
    refuse_again = Step(asked_again >> settled, T("不准予重新检验鉴定", "Refuse it"), by=Roles.TRAFFIC_CHIEF, cites=RTP[56])

    to_opine = Limit(
        since=entrust,
        until=opine,
        within=days(30),
        extend=(Extension(days(30), grant=prolong, cites=RTP[51]),),
        title=T("检验鉴定期限", "Time of the appraisal"),
        cites=RTP[51],
    )
    to_serve = Limit(
        since=opine,
        until=serve | order_anew,
        within=working_days(5),
        title=T("送达意见期限", "Time to serve the opinion"),
        cites=RTP[55],
    )
    to_order_anew = Limit(
        since=opine, until=order_anew, waived=serve, within=working_days(3), title=T("重新委托期限", "Time to order anew"), cites=RTP[55]
    )
    to_ask_again = Limit(
        since=serve, until=ask_again, within=working_days(3), bars=True, title=T("申请重新鉴定期限", "Time to ask for another"), cites=RTP[56]
    )
    settle = Step(served >> settled, T("期满未申请，意见确定", "Nobody asked: it is settled"), by=Roles.SYSTEM, on=to_ask_again, cites=RTP[112])


class Receipt(Track):
    """当事人收到认定书 · One party's receipt of the certificate, and its three days to ask for a review."""

    title = T("当事人收到认定书", "A party receives the certificate")

    received = Stage(T("已收到", "Received"))
    asked = Stage(T("已申请复核", "Review asked for"), end=True)
    passed = Stage(T("未申请复核", "No review asked for"), end=True)

    serve = Step(NEW >> received, T("送达认定书", "Serve the certificate"), by=Roles.TRAFFIC_POLICE, cites=RTP[65, 67])
    ask = Step(received >> asked, T("申请复核", "Ask for a review"), by=Roles.PARTY, cites=RTP[71])

    to_ask = Limit(since=serve, until=ask, within=working_days(3), bars=True, title=T("申请复核期限", "Time to ask for a review"), cites=RTP[71])
    let_pass = Step(received >> passed, T("复核申请期限届满", "The time to ask ran out"), by=Roles.SYSTEM, on=to_ask, cites=RTP[71])


class PoliceMediation(Track):
    """公安交管调解 · One mediation of the damages by the traffic police, on the joint request of the parties."""

    title = T("公安交管部门调解", "Mediation by the traffic police")

    failed_on = Fact(date, T("人民调解委员会终止调解之日", "Day on which people's mediation ended"))

    asked = Stage(T("已受理调解申请", "Request accepted"), no_limit=T("自治疗终结、定残等规定之日开始", "it begins on the day that RTP 90 sets"))
    running = Stage(T("调解中", "Mediating"))
    settled = Stage(T("已制作调解书", "Settled"), end=True)
    failed = Stage(T("已制作调解终结书", "Ended without agreement"), end=True)
    broken_off = Stage(T("已终止调解", "Broken off"), end=True)

    ask = Step(NEW >> asked, T("一致书面申请调解", "Ask together"), by=2 * Roles.PARTY, cites=RTP[86])
    ask_after_people = Step(
        NEW >> asked, T("人民调解不成后一致申请", "Ask together after people's mediation"), by=2 * Roles.PARTY, asks=(failed_on,), cites=RTP[85]
    )
    announce = Step(asked, T("通知调解时间地点", "Announce time and place"), by=Roles.TRAFFIC_POLICE, cites=RTP[88])
    not_announced = Ground(~announce.done, T("尚未通知调解时间地点", "Time and place were not announced"), RTP[88])
    begin = Step(asked >> running, T("开始调解", "Begin"), by=Roles.TRAFFIC_POLICE, unless=not_announced, cites=RTP[90, 91])
    settle = Step(running >> settled, T("达成协议，制作调解书", "Settle"), by=2 * Roles.PARTY & Roles.TRAFFIC_POLICE, cites=RTP[93])
    fail = Step(running >> failed, T("未达成协议，制作终结书", "No agreement"), by=Roles.TRAFFIC_POLICE, cites=RTP[93])
    break_off = Step(
        (asked | running) >> broken_off,
        T("起诉、缺席或者退出，终止调解", "Break off: sued, absent or withdrawn"),
        by=Roles.TRAFFIC_POLICE,
        cites=RTP[94],
    )

    to_ask_after_people = Limit(
        since=failed_on,
        until=ask_after_people,
        within=working_days(3),
        bars=True,
        title=T("人民调解不成后申请期限", "Time to ask after people's mediation"),
        cites=RTP[85],
    )
    notice = Wait(since=announce, until=begin, within=working_days(3), title=T("三日前通知", "Three days' notice"), cites=RTP[88])
    to_finish = Limit(
        since=begin,
        until=settle | fail | break_off,
        within=working_days(10),
        title=T("公安交管调解期限", "Time of the mediation by the police"),
        cites=RTP[90],
    )
