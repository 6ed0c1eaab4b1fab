"""材料与评价 · What is asked for, once; and what the person says of it afterwards."""

from __future__ import annotations

from enum import Enum

from tianping.law.statutes import LOCAL_PERMITS, RES
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Stage, Step, T, Track, days
from tianping.procedure.contracts.roles import Roles

HELD = T("材料齐全前申请停在补正，不另计时", "the application waits; no time of its own runs")


class Paper(Track):
    """申请材料 · One paper that was asked for, from the notice to its receipt."""

    title = T("申请材料", "Paper")
    counting = PLAIN

    paper = Fact(str, T("材料名称", "Which paper?"))
    deferred = Fact(bool, T("是否容缺", "May it come later?"), flag=T("容缺", "May come later"))

    asked = Stage(T("已告知补充", "Asked for"), no_limit=HELD)
    owed = Stage(T("容缺待补", "To come later"), no_limit=HELD)
    received = Stage(T("已收到", "Received"), end=True)

    may_not_wait = Ground(~deferred.is_(True), T("未列入容缺", "It may not come later"), LOCAL_PERMITS["容缺"])

    ask = Step(NEW >> asked, T("一次性告知补充", "Ask for it, all at once"), by=Roles.COUNTER, asks=(paper,), cites=RES[9] + LOCAL_PERMITS["补正"])
    defer = Step(
        NEW >> owed,
        T("容缺受理，承诺后补", "Accept without it"),
        by=Roles.COUNTER,
        asks=(paper, deferred),
        unless=may_not_wait,
        cites=LOCAL_PERMITS["容缺"],
    )
    receive = Step((asked | owed) >> received, T("收到材料", "Receive it"), by=Roles.COUNTER, cites=LOCAL_PERMITS["补正"])


class Level(Enum):
    """五级评价 · Five levels."""

    VERY_GOOD = "非常满意"
    GOOD = "满意"
    FAIR = "基本满意"
    BAD = "不满意"
    VERY_BAD = "非常不满意"


class Rating(Track):
    """好差评 · One rating; a bad one is called back and put right, and may be rated once more."""

    title = T("好差评", "Rating")
    counting = PLAIN

    level = Fact(Level, T("评价等级", "How content?"))
    found = Fact(bool, T("差评是否属实", "Is the complaint founded?"))

    given = Stage(T("已评价", "Rated"), end=True)
    bad = Stage(T("差评待回访", "Bad, to be called back"))
    being_fixed = Stage(T("差评整改中", "Being put right"))
    answered = Stage(T("已反馈整改结果", "Answered"), no_limit=T("可再评价一次", "may be rated once more"))
    rated_again = Stage(T("已再次评价", "Rated again"), end=True)

    is_bad = Ground(level.is_(Level.BAD) | level.is_(Level.VERY_BAD), T("属于差评，应当按差评办理", "It is a bad rating"), LOCAL_PERMITS["评价"])
    not_bad = Ground(~(level.is_(Level.BAD) | level.is_(Level.VERY_BAD)), T("不属于差评", "It is not a bad rating"), LOCAL_PERMITS["评价"])

    rate = Step(NEW >> given, T("评价", "Rate"), by=Roles.APPLICANT, asks=(level,), unless=is_bad, cites=LOCAL_PERMITS["评价"])
    complain = Step(NEW >> bad, T("差评", "Rate it bad"), by=Roles.APPLICANT, asks=(level,), unless=not_bad, cites=LOCAL_PERMITS["评价"])
    call_back = Step(bad >> being_fixed, T("回访核实", "Call back"), by=Roles.COUNTER, asks=(found,), cites=LOCAL_PERMITS["评价"])
    answer = Step(being_fixed >> answered, T("整改并反馈", "Put right and answer"), by=Roles.COUNTER, cites=LOCAL_PERMITS["评价"])
    rate_again = Step(answered >> rated_again, T("再次评价", "Rate again"), by=Roles.APPLICANT, asks=(level,), cites=LOCAL_PERMITS["评价"])

    to_call_back = Limit(
        since=complain, until=call_back, within=days(1), target=True, title=T("差评回访时间", "Time to call back"), cites=LOCAL_PERMITS["评价"]
    )
    to_fix = Limit(
        since=call_back, until=answer, within=days(15), target=True, title=T("差评整改时间", "Time to put right"), cites=LOCAL_PERMITS["评价"]
    )
