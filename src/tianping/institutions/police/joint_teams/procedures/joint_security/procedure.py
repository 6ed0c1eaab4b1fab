"""治安事项 · A public-order matter from the joint team, decided by the public security organ in thirty days, or sixty."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import LOCAL_JOINT, PAP
from tianping.procedure import NEW, Extension, Fact, Limit, Many, Pause, Procedure, Stage, Step, T, Track, days
from tianping.procedure.contracts.matters import SecurityMatter
from tianping.procedure.contracts.roles import Roles


class SecurityAppraisal(Track):
    """治安案件鉴定 · An appraisal, whose days do not count."""

    title = T("治安案件鉴定", "Appraisal in a public-order case")

    pending = Stage(T("鉴定中", "Under way"), no_limit=T("期限在鉴定机构自身计算", "it runs on the appraiser's own limit"))
    given = Stage(T("已出意见", "Opinion given"), end=True)

    entrust = Step(NEW >> pending, T("委托鉴定", "Entrust it"), by=Roles.OFFICER, cites=PAP[165])
    opine = Step(pending >> given, T("出具意见", "Give the opinion"), by=Roles.APPRAISER, cites=PAP[165])


class JointSecurity(Procedure):
    """治安事项 · Taken, looked into, decided."""

    title = T("联勤移交治安案件", "Public-order case from the joint team")
    code = "joint_security"
    valid_from = date(2019, 1, 1)
    corrects = Roles.CHIEF

    brief = Fact(str, T("案情概要", "What was found"))
    evidence = Fact(str, T("共享证据目录", "List of shared evidence"))

    appraisals = Many(SecurityAppraisal)

    taken = Stage(T("已受理", "Taken"))
    decided = Stage(T("已作出处罚决定", "Penalty decided"), answers=SecurityMatter.decided)
    no_penalty = Stage(T("不予处罚", "No penalty"), answers=SecurityMatter.no_offence)

    take = Step(NEW >> taken, T("受理", "Take"), by=Roles.OFFICER, asks=(brief, evidence), cites=PAP[61] + LOCAL_JOINT["分流"])
    prolong = Step(taken, T("上一级批准延长三十日", "Thirty days more"), by=Roles.UPPER_POLICE, at_most=1, cites=PAP[165])
    decide = Step(taken >> decided, T("作出治安处罚决定", "Decide on a penalty"), by=Roles.OFFICER & Roles.CHIEF, cites=PAP[165])
    let_off = Step(taken >> no_penalty, T("不予治安处罚", "Decide on none"), by=Roles.OFFICER & Roles.CHIEF, cites=PAP[165])

    appraisal = Pause(SecurityAppraisal.entrust, SecurityAppraisal.opine, title=T("鉴定期间", "Appraisal"), cites=PAP[165])
    to_decide = Limit(
        since=take,
        until=decide | let_off,
        within=days(30),
        excluding=(appraisal,),
        extend=(Extension(days(30), grant=prolong, cites=PAP[165]),),
        title=T("治安案件办案期限", "Time of a public-order case"),
        cites=PAP[165],
    )
