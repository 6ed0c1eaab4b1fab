"""巡防班次 · One shift: planned, reported, approved, on the beat and away at incidents and back, relieved on the street, filed.

Whether the shifts of a day leave a minute uncovered is asked of all of them together (``coverage.py``), not of one.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_PATROL, POL
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Stage, Step, T, Tally, days
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("报备、审批时限未取得原文，由使用单位配置", "no text on how long it may take was found; to be set by the user")
DAY = 24 * 60


class Duty(Enum):
    """勤务种类 · What the shift is for."""

    PATROL = "街面巡逻"
    STANDBY = "街面屯警"
    POINT = "定点值守"
    HOLIDAY = "节假日安保"


class PatrolShift(Procedure):
    """巡防班次 · From the plan to the file."""

    title = T("巡防班次", "Patrol shift")
    code = "patrol_shift"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.COMMAND_CENTRE

    cell = Fact(str, T("巡区", "Cell"))
    unit = Fact(str, T("巡组", "Patrol"))
    duty = Fact(Duty, T("勤务种类", "What is it for?"))
    day = Fact(date, T("勤务日", "Day"))
    from_minute = Fact(int, T("开始（当日第几分钟）", "Begins, minute of the day"))
    to_minute = Fact(int, T("结束（当日第几分钟，次日另加1440）", "Ends, minute of the day, 1440 more on the next"))
    people = Fact(int, T("警力", "People"))
    vehicles = Fact(int, T("车辆", "Vehicles"))
    equipment = Fact(str, T("定位、电台、武器装备", "Positioning, radios, weapons"))
    in_cell = Fact(bool, T("定位是否在巡区内", "Is the position inside the cell?"))
    present = Fact(bool, T("查勤是否在岗", "Were they found on the beat?"))

    drafted = Stage(T("排班草稿", "Planned"), no_limit=NO_TEXT)
    reported = Stage(T("已报备", "Reported"), no_limit=NO_TEXT)
    approved = Stage(T("已审批", "Approved"))
    on_beat = Stage(T("在岗", "On the beat"), no_limit=T("至班次结束", "until the shift ends"))
    away = Stage(T("处警离岗", "Away at an incident"), no_limit=T("处置时间视警情而定", "as long as the incident takes"))
    relieved = Stage(T("已换班", "Relieved"), no_limit=T("归档时限未查得", "no time to file it was found"))
    archived = Stage(T("已归档", "Filed"), end=True)
    cancelled = Stage(T("已取消", "Cancelled"), end=True)

    same = Fact(
        int, T("同一巡组同日同时的班次", "Shifts of the same patrol at the same time"),
        known_by=Tally(drafted | reported | approved | on_beat | away, same=(unit, day, from_minute)),
    )  # fmt: skip
    twice = Ground(same > 0, T("该巡组此时已有班次", "The patrol has a shift at that time"), LOCAL_PATROL["排班"])
    no_time = Ground(to_minute <= from_minute, T("结束不晚于开始", "It ends before it begins"), LOCAL_PATROL["排班"])
    too_long = Ground(to_minute > from_minute + DAY, T("一个班次超过二十四小时", "A shift of more than a day"), LOCAL_PATROL["排班"])
    nobody = Ground(people < 1, T("没有警力", "Nobody is on it"), LOCAL_PATROL["报备"])
    outside = Ground(~in_cell.is_(True), T("定位不在巡区内", "The position is outside the cell"), LOCAL_PATROL["在岗"])

    draft = Step(
        NEW >> drafted,
        T("排班", "Plan"),
        by=Roles.COMMAND_CENTRE | Roles.STATION_HEAD,
        asks=(cell, unit, duty, day, from_minute, to_minute, same),
        unless=(twice, no_time, too_long),
        cites=LOCAL_PATROL["排班", "全天候"],
    )
    report = Step(
        drafted >> reported,
        T("报备", "Report"),
        by=Roles.STATION_HEAD | Roles.UNIT,
        asks=(people, vehicles, equipment),
        unless=nobody,
        cites=LOCAL_PATROL["报备"],
    )
    return_ = Step(reported >> drafted, T("退回调整", "Send back"), by=Roles.COMMAND_CENTRE, cites=LOCAL_PATROL["审批"])
    approve = Step(reported >> approved, T("审批", "Approve"), by=Roles.COMMAND_CENTRE, not_by=report, cites=LOCAL_PATROL["审批"])
    sign_in = Step(
        approved >> on_beat, T("上岗签到", "Sign in"), by=Roles.UNIT, asks=(in_cell,), unless=outside, cites=LOCAL_PATROL["在岗"] + POL[21]
    )
    check = Step(
        on_beat, T("查勤", "Check"), by=Roles.INSPECTOR | Roles.COMMAND_CENTRE, asks=(present, in_cell), cites=POL[47] + LOCAL_PATROL["查勤"]
    )
    leave = Step(on_beat >> away, T("前往处警", "Go to an incident"), by=Roles.UNIT, cites=LOCAL_PATROL["首派"])
    come_back = Step(away >> on_beat, T("回归巡区", "Back on the beat"), by=Roles.UNIT, asks=(in_cell,), unless=outside, cites=LOCAL_PATROL["首派"])
    relieve = Step(on_beat >> relieved, T("街面交接换班", "Relieved on the street"), by=2 * Roles.UNIT, cites=LOCAL_PATROL["换班"])
    archive = Step(relieved >> archived, T("归档", "File"), by=Roles.COMMAND_CENTRE, cites=LOCAL_PATROL["归档"])
    cancel = Step((drafted | reported | approved) >> cancelled, T("取消班次", "Cancel"), by=Roles.COMMAND_CENTRE, cites=LOCAL_PATROL["排班"])

    to_sign_in = Limit(
        since=day,
        until=sign_in,
        within=days(0),
        target=True,
        waived=cancel,
        title=T("当日上岗", "On the beat that day"),
        cites=LOCAL_PATROL["在岗"],
    )
