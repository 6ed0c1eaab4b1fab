"""城管事项 · A violation of urban management from the joint team, decided in ninety days by the department that holds the power."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import APL21, LOCAL_JOINT
from tianping.procedure import NEW, Fact, Limit, Procedure, Stage, Step, T, days
from tianping.procedure.contracts.matters import UrbanMatter
from tianping.procedure.contracts.roles import Roles


class JointUrban(Procedure):
    """城管事项 · Opened, looked into by two, decided."""

    title = T("联勤移交城管案件", "Urban management case from the joint team")
    code = "joint_urban"
    valid_from = date(2021, 7, 15)
    corrects = Roles.URBAN_OFFICER

    brief = Fact(str, T("案情概要", "What was found"))
    evidence = Fact(str, T("共享证据目录", "List of shared evidence"))

    opened = Stage(T("已立案", "Opened"))
    decided = Stage(T("已作出处罚决定", "Penalty decided"), answers=UrbanMatter.decided)
    no_penalty = Stage(T("不予处罚", "No penalty"), answers=UrbanMatter.no_offence)

    open_ = Step(NEW >> opened, T("立案", "Open"), by=Roles.URBAN_OFFICER, asks=(brief, evidence), cites=APL21[18, 54] + LOCAL_JOINT["分流"])
    decide = Step(
        opened >> decided,
        T("作出行政处罚决定", "Decide on a penalty"),
        by=2 * Roles.URBAN_OFFICER & Roles.URBAN_CHIEF,
        cites=APL21[42, 57],
    )
    let_off = Step(opened >> no_penalty, T("不予行政处罚", "Decide on none"), by=2 * Roles.URBAN_OFFICER & Roles.URBAN_CHIEF, cites=APL21[42, 57])

    to_decide = Limit(since=open_, until=decide | let_off, within=days(90), title=T("处罚决定期限", "Time to decide"), cites=APL21[60])
