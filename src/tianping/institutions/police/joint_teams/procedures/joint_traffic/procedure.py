"""交通事项 · A traffic violation from the joint team: fined on the spot and filed in two working days, or decided when the person comes."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_JOINT, PAP, RVP
from tianping.procedure import NEW, Fact, Ground, Limit, Procedure, Stage, Step, T, hours, working_days
from tianping.procedure.contracts.matters import TrafficMatter
from tianping.procedure.contracts.roles import Roles


class Penalty(Enum):
    """拟处罚种类 · What penalty is meant: it sets the time to decide (RVP 51)."""

    FINE = "罚款"
    SUSPENSION = "暂扣机动车驾驶证"
    REVOCATION = "吊销机动车驾驶证"


class JointTraffic(Procedure):
    """交通事项 · Taken, the person comes, decided."""

    title = T("联勤移交交通违法案件", "Traffic violation from the joint team")
    code = "joint_traffic"
    valid_from = date(2020, 5, 1)
    corrects = Roles.TRAFFIC_CHIEF

    brief = Fact(str, T("案情概要", "What was found"))
    evidence = Fact(str, T("共享证据目录", "List of shared evidence"))
    minor = Fact(bool, T("是否仅警告或者二百元以下罚款", "A warning, or two hundred yuan at most?"))
    penalty = Fact(Penalty, T("拟处罚种类", "Which penalty?"))

    taken = Stage(T("待处理", "Taken"), no_limit=T("自违法行为人接受处理起算", "time runs from when the person comes"))
    present_fine = Stage(T("已接受处理（罚款）", "The person came: a fine"))
    present_licence = Stage(T("已接受处理（暂扣、吊销）", "The person came: the licence"))
    on_the_spot = Stage(T("已当场处罚待备案", "Fined on the spot"))
    decided = Stage(T("已作出处罚决定", "Penalty decided"), answers=TrafficMatter.decided)
    no_penalty = Stage(T("不予处罚", "No penalty"), answers=TrafficMatter.no_offence)

    not_minor = Ground(~minor.is_(True), T("不适用简易程序", "The simple procedure is not open"), RVP[43])
    a_fine = Ground(~penalty.is_(Penalty.FINE), T("拟处罚不是罚款", "No fine is meant"), RVP[51])
    a_licence = Ground(penalty.is_(Penalty.FINE), T("拟处罚不涉及驾驶证", "The licence is not concerned"), RVP[51])

    take = Step(NEW >> taken, T("受理", "Take"), by=Roles.TRAFFIC_POLICE, asks=(brief, evidence), cites=RVP[4] + LOCAL_JOINT["分流"])
    fine_at_once = Step(
        taken >> on_the_spot, T("当场处罚", "Fine on the spot"), by=Roles.TRAFFIC_POLICE, asks=(minor,), unless=not_minor, cites=RVP[43, 44]
    )
    file = Step(on_the_spot >> decided, T("报备案", "File it"), by=Roles.TRAFFIC_POLICE, cites=RVP[44] + PAP[39])
    come_fine = Step(
        taken >> present_fine, T("违法行为人接受处理（罚款）", "The person comes: a fine"), by=Roles.TRAFFIC_POLICE, asks=(penalty,), unless=a_fine,
        cites=RVP[48, 51],
    )  # fmt: skip
    come_licence = Step(
        taken >> present_licence, T("违法行为人接受处理（暂扣、吊销）", "The person comes: the licence"), by=Roles.TRAFFIC_POLICE, asks=(penalty,),
        unless=a_licence, cites=RVP[48, 51],
    )  # fmt: skip
    decide = Step((present_fine | present_licence) >> decided, T("作出处罚决定", "Decide"), by=2 * Roles.TRAFFIC_POLICE, cites=RVP[48, 51])
    let_off = Step(
        (taken | present_fine | present_licence) >> no_penalty, T("不予交通处罚", "No traffic penalty"), by=2 * Roles.TRAFFIC_POLICE, cites=RVP[48]
    )

    to_file = Limit(since=fine_at_once, until=file, within=working_days(2), title=T("当场处罚备案期限", "Time to file"), cites=RVP[44] + PAP[39])
    to_fine = Limit(since=come_fine, until=decide | let_off, within=hours(24), title=T("罚款决定期限", "Time to fine"), cites=RVP[51])
    to_take_licence = Limit(
        since=come_licence,
        until=decide | let_off,
        within=working_days(3).but(working_days(7), when=penalty.is_(Penalty.REVOCATION)),
        title=T("暂扣、吊销决定期限", "Time to decide on the licence"),
        cites=RVP[51],
    )
