"""各线 · The parts of an incident: each call, each unit sent, each order passed to another service."""

from __future__ import annotations

from enum import Enum

from tianping.law.statutes import LOCAL_110, LOCAL_PATROL, POL
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Stage, Step, T, Tally, Track, minutes
from tianping.procedure.contracts.roles import Roles

NOT_FOUND = T("本地时限未取得原文，由使用单位配置", "the city's own norm was not found; to be set by the user")
ON_UNITS = T("时限在各处警单位上计算", "the clocks run on the units sent")
HANDLING = T("处置时间视警情而定，未定时限", "how long the handling takes depends on the incident; no limit is set")


class Intake(Enum):
    """来电种类 · The three intakes of 110."""

    REPORT = "报警"
    HELP = "求助"
    COMPLAINT = "投诉"


class Call(Track):
    """报警来电 · One call or message; several people may report the same thing."""

    title = T("报警来电", "Call")
    counting = PLAIN

    intake = Fact(Intake, T("来电种类", "Which intake?"))
    reported_before = Fact(bool, T("是否重复报警", "Was it reported before?"))

    ringing = Stage(T("振铃", "Ringing"), no_limit=NOT_FOUND)
    talking = Stage(T("已接听", "Answered"), no_limit=HANDLING)
    lost = Stage(T("未接通", "Lost"), no_limit=NOT_FOUND)
    recorded = Stage(T("已制作接警单", "On record"), end=True)
    explained = Stage(T("重复报警已解释", "Explained as reported before"), end=True)
    unreachable = Stage(T("回拨未果", "Could not be called back"), end=True)

    not_repeated = Ground(~reported_before.is_(True), T("并非重复报警", "Not reported before"), LOCAL_110["合并"])

    ring = Step(NEW >> ringing, T("来电", "A call comes in"), by=Roles.SYSTEM, cites=LOCAL_110["接警"])
    answer = Step(ringing >> talking, T("接听", "Answer"), by=Roles.DISPATCHER, cites=LOCAL_110["接警"] + POL[21])
    lose = Step(ringing >> lost, T("未接通挂断", "It is hung up unanswered"), by=Roles.SYSTEM, cites=LOCAL_110["接警"])
    ring_back = Step(lost >> talking, T("回拨接通", "Call back and reach"), by=Roles.DISPATCHER, cites=LOCAL_110["接警"])
    give_up = Step(lost >> unreachable, T("回拨未果", "Call back in vain"), by=Roles.DISPATCHER, cites=LOCAL_110["接警"])
    record = Step(
        talking >> recorded, T("制作接警单", "Enter the call"), by=Roles.DISPATCHER, asks=(intake, reported_before), cites=LOCAL_110["接警"]
    )
    explain = Step(
        talking >> explained,
        T("重复报警作出解释", "Explain that it was reported before"),
        by=Roles.DISPATCHER,
        unless=not_repeated,
        asks=(intake, reported_before),
        cites=LOCAL_110["合并"],
    )


class Kind(Enum):
    """处警单位种类 · Patrol first, the station, the traffic police or a joint team."""

    PATROL = "巡特警"
    STATION = "派出所"
    TRAFFIC = "交警"
    JOINT = "联勤联动队"


class Unit(Track):
    """处警单位 · One unit sent: its own times, apart from those of every other unit of the incident."""

    title = T("处警单位", "Unit")
    counting = PLAIN

    kind = Fact(Kind, T("单位种类", "Which kind of unit?"))
    unit = Fact(str, T("单位名称", "Which unit?"))
    reason = Fact(str, T("选派理由", "Why this one?"))
    in_town = Fact(bool, T("是否城区", "In town?"))
    first = Fact(bool, T("是否首先到场", "First on the scene?"))
    camera = Fact(str, T("执法记录仪编号", "Number of the body camera"))

    sent = Stage(T("已派警", "Sent"), no_limit=ON_UNITS)
    going = Stage(T("出警途中", "On the way"), no_limit=ON_UNITS)
    there = Stage(T("已到场", "On the scene"), no_limit=HANDLING)
    reported = Stage(T("已反馈", "Reported"), end=True)
    relieved = Stage(T("已移交其他单位", "Relieved"), end=True)
    stood_down = Stage(T("改派", "Stood down"), end=True)
    not_needed = Stage(T("协商未到场", "Not needed on the scene"), end=True)

    elsewhere = Fact(int, T("该单位正在处置的其他警情", "Other incidents where the unit is out"), known_by=Tally(sent | going | there, same=(unit,)))
    busy = Ground(kind.is_(Kind.PATROL) & (elsewhere > 0), T("该巡组正在处置其他警情", "The patrol is out at another incident"), LOCAL_PATROL["首派"])
    no_reason = Ground(~reason.known(), T("没有写明选派理由", "It is not said why this unit"), LOCAL_PATROL["首派"])

    send = Step(
        NEW >> sent,
        T("派警", "Send"),
        by=Roles.DISPATCHER,
        asks=(kind, unit, elsewhere, reason, in_town),
        unless=(busy, no_reason),
        cites=LOCAL_110["派警"] + LOCAL_PATROL["首派"] + POL[21],
    )
    send_out = Step(
        NEW >> sent,
        T("派警（农村）", "Send into the countryside"),
        by=Roles.DISPATCHER,
        asks=(kind, unit, elsewhere, reason),
        unless=(busy, no_reason),
        cites=LOCAL_110["派警"] + LOCAL_PATROL["首派"] + POL[21],
    )
    accept = Step(sent >> going, T("出警确认", "Set off"), by=Roles.UNIT, cites=LOCAL_110["派警"])
    arrive = Step((sent | going) >> there, T("到达现场", "Arrive"), by=Roles.UNIT, asks=(first, camera), cites=LOCAL_110["到场"])
    report = Step(there >> reported, T("处置完毕并反馈", "Finish and report"), by=Roles.UNIT, cites=LOCAL_110["反馈"])
    relieve = Step(
        there >> relieved,
        T("先期处置后移交", "Hand over on the scene"),
        by=2 * Roles.UNIT,
        cites=LOCAL_110["反馈"] + LOCAL_PATROL["先期处置"],
    )
    stand_down = Step((sent | going) >> stood_down, T("改派", "Stand down"), by=Roles.DISPATCHER, cites=LOCAL_110["派警"])
    settle = Step((sent | going) >> not_needed, T("与报警人协商不到场", "Agree with the caller not to come"), by=Roles.UNIT, cites=LOCAL_110["到场"])

    arrival = Limit(
        since=send,
        until=arrive,
        within=minutes(10).but(minutes(5), when=in_town.is_(True)),
        title=T("到场时间", "Time to arrive"),
        waived=stand_down | settle,
        target=True,
        cites=LOCAL_110["到场"],
    )


class Order(Track):
    """转办工单 · A matter that other services must see to, passed to the hotline or another department while the incident goes on."""

    title = T("转办工单", "Order to another service")
    counting = PLAIN

    out = Stage(T("已转出", "Passed on"), no_limit=NOT_FOUND)
    taken = Stage(T("对方已接收", "Taken"), no_limit=NOT_FOUND)
    answered = Stage(T("已回复", "Answered"), end=True)
    returned = Stage(T("已退回", "Sent back"), end=True)

    pass_on = Step(NEW >> out, T("转办", "Pass on"), by=Roles.DISPATCHER, cites=LOCAL_110["转办"])
    take = Step(out >> taken, T("对方接收", "It is taken"), by=Roles.HOTLINE, cites=LOCAL_110["转办"])
    send_back = Step((out | taken) >> returned, T("对方退回", "It is sent back"), by=Roles.HOTLINE, cites=LOCAL_110["转办"])
    reply = Step(taken >> answered, T("对方回复办理结果", "The result comes"), by=Roles.HOTLINE, cites=LOCAL_110["转办"])
