"""派出所处理的事故 · A minor accident on a country road, opened by an officer whose grant stands; anything else goes to the traffic police in a day.

The grant is counted again when the certificate is made and when a fine is given: one that has run out blocks them.
"""

from __future__ import annotations

from datetime import date

from tianping.institutions.police.stations.procedures.traffic_grant.procedure import Road, TrafficGrant
from tianping.law.statutes import LOCAL_STATION, PAP, RTP, RVP
from tianping.procedure import NEW, Fact, Ground, Limit, Procedure, Referral, Stage, Step, T, Tally, hours, working_days
from tianping.procedure.contracts.matters import AccidentHandover
from tianping.procedure.contracts.roles import Roles


class StationAccident(Procedure):
    """派出所处理的事故 · Opened, certified, closed; or handed over."""

    title = T("派出所处理的轻微事故", "Minor accident at a station")
    code = "station_accident"
    valid_from = date(2020, 5, 1)
    corrects = Roles.STATION_HEAD

    officer = Fact(str, T("承办民警", "Officer in charge"))
    road = Fact(Road, T("道路等级", "Class of road"))
    slight = Fact(bool, T("是否仅财产损失，或者伤势轻微且各方同意简易程序", "Property only, or slight injuries and all agree to the simple way?"))
    crime = Fact(bool, T("是否涉嫌交通肇事、危险驾驶犯罪", "Is a traffic crime suspected?"))

    handover = Referral(
        AccidentHandover,
        by=Roles.OFFICER,
        cites=LOCAL_STATION["移交"] + RTP[4],
        no_limit=T("期限在交警的事故程序中计算", "the limits run in the traffic police's procedure"),
    )

    handling = Stage(T("简易程序处理中", "In the simple procedure"))
    to_hand_over = Stage(T("先期处置，待移交交警", "To be handed over"))
    certified = Stage(
        T("已制作认定书", "Certified"),
        no_limit=T("当场调解和备案，期限在备案上", "what is left is to file the fine, which has its own limits"),
    )
    handed_over = Stage(T("已移交交警", "Handed over"), no_limit=T("期限在交警的事故程序中计算", "it runs in the traffic police's procedure"))
    closed = Stage(T("已办结", "Closed"), end=True)
    answered = Stage(T("交警已答复", "Answered by the traffic police"), end=True)

    grants = Fact(
        int,
        T("该民警该级道路的在岗授权数", "Grants of the officer for these roads, on duty"),
        known_by=Tally(TrafficGrant.on_duty, same=((officer, TrafficGrant.officer), (road, TrafficGrant.road))),
    )
    no_grant = Ground(grants < 1, T("该民警没有有效的交通执法授权", "The officer has no standing grant"), LOCAL_STATION["授权"] + RTP[5])
    not_simple = Ground(
        crime.is_(True) | ~slight.is_(True),
        T("不属于简易程序，应当移交交警", "Not for the simple way: hand it over"),
        RTP[23] + LOCAL_STATION["移交"],
    )

    open_ = Step(
        NEW >> handling,
        T("受理轻微事故", "Open a minor accident"),
        by=Roles.OFFICER,
        asks=(officer, road, slight, crime, grants),
        unless=(no_grant, not_simple),
        cites=RTP[16, 23] + LOCAL_STATION["授权"],
    )
    receive = Step(NEW >> to_hand_over, T("先期处置", "First measures at the scene"), by=Roles.OFFICER, cites=PAP[61] + LOCAL_STATION["移交"])
    find_graver = Step(
        handling >> to_hand_over, T("发现不适用简易程序或者授权到期", "Graver than it seemed, or the grant has run out"), by=Roles.OFFICER,
        cites=RTP[23] + LOCAL_STATION["移交"],
    )  # fmt: skip
    certify = Step(
        handling >> certified, T("制作并送达认定书", "Certify and serve"), by=Roles.OFFICER, asks=(grants,), unless=no_grant, cites=RTP[24]
    )
    fine = Step(
        handling | certified, T("当场处罚", "Fine on the spot"), by=Roles.OFFICER, asks=(grants,), unless=no_grant, at_most=1, cites=RVP[43] + PAP[39]
    )
    no_fine = Ground(~fine.done, T("没有当场处罚", "There was no fine"), PAP[39])
    file_unit = Step(
        handling | certified | to_hand_over,
        T("报所属公安机关备案", "File it with the unit"),
        by=Roles.OFFICER,
        unless=no_fine,
        at_most=1,
        cites=PAP[39],
    )
    file_traffic = Step(
        handling | certified | to_hand_over, T("报交管部门备案", "File it with the traffic police"), by=Roles.OFFICER, unless=no_fine, at_most=1,
        cites=RVP[44] + PAP[39],
    )  # fmt: skip
    mediate = Step(certified, T("当场调解", "Mediate on the spot"), by=2 * Roles.PARTY & Roles.OFFICER, at_most=1, cites=RTP[25])
    unfiled = Ground(fine.done & ~(file_unit.done & file_traffic.done), T("当场处罚尚未备案", "The fine has not been filed"), PAP[39] + RVP[44])
    close = Step(certified >> closed, T("办结", "Close"), by=Roles.OFFICER, unless=unfiled, cites=RTP[24] + LOCAL_STATION["在岗"])
    hand_over = Step(
        to_hand_over >> handed_over,
        T("移交交警", "Hand over to the traffic police"),
        by=Roles.OFFICER,
        opens=(handover,),
        cites=LOCAL_STATION["移交"] + PAP[61],
    )
    hear = Step(
        handed_over >> answered,
        T("交警处理完毕", "The traffic police are done"),
        by=Roles.SYSTEM,
        on=handover.heard(AccidentHandover.handled, AccidentHandover.not_taken, AccidentHandover.transferred),
        cites=LOCAL_STATION["移交"],
    )

    to_certify = Limit(
        since=open_, until=certify | find_graver, within=working_days(3), title=T("简易程序认定期限", "Time to certify"), cites=RTP[24]
    )
    to_hand = Limit(since=receive | find_graver, until=hand_over, within=hours(24), title=T("移送期限", "Time to hand over"), cites=PAP[61])
    to_file_unit = Limit(
        since=fine,
        until=file_unit,
        within=hours(24),
        title=T("报所属公安机关备案期限", "Time to file with the unit"),
        cites=PAP[39],
    )
    to_file_traffic = Limit(
        since=fine,
        until=file_traffic,
        within=working_days(2),
        title=T("报交管部门备案期限", "Time to file with the traffic police"),
        cites=RVP[44] + PAP[39],
    )
