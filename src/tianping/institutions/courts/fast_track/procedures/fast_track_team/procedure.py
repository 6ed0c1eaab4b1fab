"""速裁团队 · One team: one judge, two assistants, two clerks, bound to a kind of cause. It is not active while anybody is lacking."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_FAST_TRACK
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Many, Procedure, Stage, Step, T, Tally, Track
from tianping.procedure.contracts.roles import Roles

STANDS = T("存续至调整，未设时限", "it stands until it is changed; no limit is set")


class Cause(Enum):
    """案由 · The kinds of cases that the report gives to teams; others are the court's choice."""

    TRAFFIC = "道路交通纠纷"
    CONTRACT = "合同类纠纷"
    LABOUR = "劳动纠纷"
    OTHER = "本院确定的其他类型"


class Member(Track):
    """成员 · Somebody of the team: its judge, an assistant or a clerk."""

    title = T("团队成员", "Member of the team")
    counting = PLAIN

    person = Fact(str, T("姓名", "Name"))

    judging = Stage(T("任法官", "The judge"), no_limit=STANDS)
    assisting = Stage(T("任法官助理", "An assistant"), no_limit=STANDS)
    clerking = Stage(T("任书记员", "A clerk"), no_limit=STANDS)
    left = Stage(T("已调离", "Left"), end=True)

    join_judge = Step(NEW >> judging, T("配备法官", "Name the judge"), by=Roles.PRESIDENT, asks=(person,), cites=LOCAL_FAST_TRACK["组成"])
    join_assistant = Step(
        NEW >> assisting, T("配备法官助理", "Name an assistant"), by=Roles.PRESIDENT, asks=(person,), cites=LOCAL_FAST_TRACK["组成"]
    )
    join_clerk = Step(NEW >> clerking, T("配备书记员", "Name a clerk"), by=Roles.PRESIDENT, asks=(person,), cites=LOCAL_FAST_TRACK["组成"])
    leave_judge = Step(judging >> left, T("法官调离", "The judge leaves"), by=Roles.PRESIDENT, cites=LOCAL_FAST_TRACK["组成"])
    leave_assistant = Step(assisting >> left, T("法官助理调离", "An assistant leaves"), by=Roles.PRESIDENT, cites=LOCAL_FAST_TRACK["组成"])
    leave_clerk = Step(clerking >> left, T("书记员调离", "A clerk leaves"), by=Roles.PRESIDENT, cites=LOCAL_FAST_TRACK["组成"])


class FastTrackTeam(Procedure):
    """速裁团队 · Formed, active, stood down, dissolved."""

    title = T("速裁团队", "Fast-track team")
    code = "fast_track_team"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.PRESIDENT

    team = Fact(str, T("团队名称", "Name of the team"))
    cause = Fact(Cause, T("审理的案由", "Which kind of cases?"))
    people = Many(Member)

    forming = Stage(T("组建中", "Being formed"), no_limit=STANDS)
    active = Stage(T("运行中", "Active"), no_limit=STANDS)
    dissolved = Stage(T("已撤销", "Dissolved"), end=True)

    namesakes = Fact(int, T("同名团队数", "Teams of that name"), known_by=Tally(forming | active, same=(team,), within="organisation"))
    name_taken = Ground(namesakes > 0, T("已有同名团队", "There is a team of that name"), LOCAL_FAST_TRACK["组成"])
    not_one_judge = Ground(
        (Member.join_judge.times < Member.leave_judge.times + 1) | (Member.leave_judge.times + 1 < Member.join_judge.times),
        T("应有法官一名", "It needs one judge"),
        LOCAL_FAST_TRACK["组成"],
    )
    not_two_assistants = Ground(
        (Member.join_assistant.times < Member.leave_assistant.times + 2) | (Member.leave_assistant.times + 2 < Member.join_assistant.times),
        T("应有法官助理二名", "It needs two assistants"),
        LOCAL_FAST_TRACK["组成"],
    )
    not_two_clerks = Ground(
        (Member.join_clerk.times < Member.leave_clerk.times + 2) | (Member.leave_clerk.times + 2 < Member.join_clerk.times),
        T("应有书记员二名", "It needs two clerks"),
        LOCAL_FAST_TRACK["组成"],
    )

    form = Step(
        NEW >> forming,
        T("组建", "Form"),
        by=Roles.PRESIDENT,
        asks=(team, cause, namesakes),
        unless=name_taken,
        cites=LOCAL_FAST_TRACK["组成", "案由"],
    )
    activate = Step(
        forming >> active,
        T("启用", "Activate"),
        by=Roles.PRESIDENT,
        unless=(not_one_judge, not_two_assistants, not_two_clerks),
        cites=LOCAL_FAST_TRACK["组成"],
    )
    stand_down = Step(active >> forming, T("停用调整", "Stand down"), by=Roles.PRESIDENT, cites=LOCAL_FAST_TRACK["组成"])
    dissolve = Step(forming >> dissolved, T("撤销", "Dissolve"), by=Roles.PRESIDENT, cites=LOCAL_FAST_TRACK["组成"])

    in_use = Ground(
        stand_down.times < activate.times,
        T("团队运行中，先停用再调整成员", "It is active: stand it down first"),
        LOCAL_FAST_TRACK["组成"],
    )
    while_formed = Condition(
        Member.join_judge | Member.join_assistant | Member.join_clerk | Member.leave_judge | Member.leave_assistant | Member.leave_clerk,
        unless=in_use,
    )
