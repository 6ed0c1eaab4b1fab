"""联勤联动任务 · One task: the three agencies go out together; what they find is split by who owns it in law, and each decides its own part.

The team decides nothing: there is no step here by which it could.
"""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import APL21, LOCAL_JOINT, PAP, RTSL
from tianping.procedure import NEW, PLAIN, Fact, Ground, Many, Procedure, Referral, Stage, Step, T, Track
from tianping.procedure.contracts.matters import SecurityMatter, TrafficMatter, UrbanMatter
from tianping.procedure.contracts.roles import Roles

OWN = T("期限在各主管机关自己的程序中计算", "the limits run in each owner's own procedure")
NO_NUMBER = T("工作规定未取得，未定时限", "the team's rule was not obtained; no time is set")
TEAM = Roles.OFFICER | Roles.TRAFFIC_POLICE | Roles.URBAN_OFFICER


class Member(Track):
    """队员 · One officer on the team's roster for this task; the stage says whose powers he has."""

    title = T("队员", "Member")
    counting = PLAIN

    officer = Fact(str, T("姓名", "Name"))

    station = Stage(T("派出所民警在岗", "Of the station, on duty"), no_limit=NO_NUMBER)
    traffic = Stage(T("交通警察在岗", "Of the traffic police, on duty"), no_limit=NO_NUMBER)
    urban = Stage(T("城管人员在岗", "Of urban management, on duty"), no_limit=NO_NUMBER)
    off = Stage(T("已离岗", "Off duty"), end=True)

    join_station = Step(
        NEW >> station, T("派出所民警入队", "Join from the station"), by=Roles.TEAM_LEADER, asks=(officer,), cites=LOCAL_JOINT["出动"]
    )
    join_traffic = Step(
        NEW >> traffic, T("交通警察入队", "Join from the traffic police"), by=Roles.TEAM_LEADER, asks=(officer,), cites=LOCAL_JOINT["出动"]
    )
    join_urban = Step(NEW >> urban, T("城管人员入队", "Join from urban management"), by=Roles.TEAM_LEADER, asks=(officer,), cites=LOCAL_JOINT["出动"])
    leave = Step((station | traffic | urban) >> off, T("离岗", "Go off duty"), by=Roles.TEAM_LEADER, cites=LOCAL_JOINT["办结"])


class JointTask(Procedure):
    """联勤联动任务 · Ordered, set out, on the scene, split, closed when every owner has answered."""

    title = T("三勤合一联勤联动任务", "Task of the joint team")
    code = "joint_task"
    valid_from = date(2021, 7, 15)
    counting = PLAIN
    corrects = Roles.TEAM_LEADER

    brief = Fact(str, T("案情概要", "What was found"))
    evidence = Fact(str, T("共享证据目录", "List of shared evidence"))
    security_found = Fact(bool, T("有无治安违法", "Is there an offence against public order?"))
    traffic_found = Fact(bool, T("有无交通违法", "Is there a traffic violation?"))
    urban_found = Fact(bool, T("有无城市管理违法", "Is there a violation of urban management?"))

    no_security = Ground(
        ~security_found.is_(True),
        T("没有治安违法，不得移交", "Nothing for the public security organ"),
        PAP[61] + LOCAL_JOINT["分流"],
    )
    no_traffic = Ground(~traffic_found.is_(True), T("没有交通违法，不得移交", "Nothing for the traffic police"), RTSL[87] + LOCAL_JOINT["分流"])
    no_urban = Ground(~urban_found.is_(True), T("没有城管违法，不得移交", "Nothing for urban management"), APL21[18] + LOCAL_JOINT["分流"])

    roster = Many(Member)
    to_security = Referral(
        SecurityMatter, by=Roles.TEAM_LEADER, unless=no_security, carries=(brief, evidence), no_limit=OWN, cites=PAP[61] + LOCAL_JOINT["分流"]
    )
    to_traffic = Referral(
        TrafficMatter, by=Roles.TEAM_LEADER, unless=no_traffic, carries=(brief, evidence), no_limit=OWN, cites=RTSL[87] + LOCAL_JOINT["分流"]
    )
    to_urban = Referral(
        UrbanMatter, by=Roles.TEAM_LEADER, unless=no_urban, carries=(brief, evidence), no_limit=OWN, cites=APL21[18] + LOCAL_JOINT["分流"]
    )

    ordered = Stage(T("已下达任务", "Ordered"), no_limit=NO_NUMBER)
    out = Stage(T("已出动", "Out"), no_limit=NO_NUMBER)
    on_scene = Stage(T("现场处置", "On the scene"), no_limit=NO_NUMBER)
    split = Stage(T("已分流", "Split"), no_limit=OWN)
    closed = Stage(T("已办结", "Closed"), end=True)
    nothing_found = Stage(T("未发现违法，结束", "Nothing found"), end=True)
    called_off = Stage(T("已撤销任务", "Called off"), end=True)

    incomplete = Ground(
        ~(roster.any(Member.station) & roster.any(Member.traffic) & roster.any(Member.urban)),
        T("三方力量没有到齐", "Not all three agencies are on the team"),
        LOCAL_JOINT["出动"],
    )
    found = security_found.is_(True) | traffic_found.is_(True) | urban_found.is_(True)
    none_found = Ground(~found, T("没有可以分流的违法", "There is nothing to split"), LOCAL_JOINT["分流"])
    some_found = Ground(found, T("发现违法，必须分流", "Something was found and must be split"), LOCAL_JOINT["分流"])
    unsent = Ground(
        (security_found.is_(True) & ~to_security.used) | (traffic_found.is_(True) & ~to_traffic.used) | (urban_found.is_(True) & ~to_urban.used),
        T("应当移交的主管机关尚未移交", "An owner has not been sent its part"),
        LOCAL_JOINT["分流"],
    )
    unanswered = Ground(to_security.open | to_traffic.open | to_urban.open, T("主管机关尚未答复", "An owner has not answered"), LOCAL_JOINT["办结"])

    order = Step(NEW >> ordered, T("下达任务", "Order the task"), by=Roles.COMMAND_CENTRE | Roles.TEAM_LEADER, cites=LOCAL_JOINT["任务"])
    set_out = Step(ordered >> out, T("出动", "Set out"), by=Roles.TEAM_LEADER, unless=incomplete, cites=LOCAL_JOINT["出动"])
    call_off = Step((ordered | out) >> called_off, T("撤销任务", "Call off"), by=Roles.COMMAND_CENTRE | Roles.TEAM_LEADER, cites=LOCAL_JOINT["任务"])
    arrive = Step(out >> on_scene, T("到达现场", "Arrive"), by=Roles.TEAM_LEADER, cites=LOCAL_JOINT["现场"])
    keep_evidence = Step(on_scene, T("固定并共享证据", "Keep and share evidence"), by=TEAM, asks=(evidence,), cites=LOCAL_JOINT["现场"])
    assess = Step(
        on_scene,
        T("认定各方职权事项", "Say whose matters they are"),
        by=Roles.TEAM_LEADER,
        asks=(brief, security_found, traffic_found, urban_found),
        cites=LOCAL_JOINT["分流"],
    )
    divide = Step(on_scene >> split, T("分流", "Split"), by=Roles.TEAM_LEADER, unless=none_found, cites=LOCAL_JOINT["分流"])
    end_empty = Step(
        on_scene >> nothing_found, T("未发现违法，结束任务", "End: nothing found"), by=Roles.TEAM_LEADER, unless=some_found, cites=LOCAL_JOINT["办结"]
    )
    close = Step(split >> closed, T("办结", "Close"), by=Roles.TEAM_LEADER, unless=(unsent, unanswered), cites=LOCAL_JOINT["办结"])
