"""各线 · A leader's visits, the days that count, what people bring, the joint meetings."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_VISITS
from tianping.procedure import NEW, PLAIN, Fact, Ground, Stage, Step, T, Tally, Track
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("制度原文未取得，期限由使用单位配置", "the rule was not obtained; the time is set by the user")
LEADERS = Roles.CHIEF_PROSECUTOR | Roles.DEPUTY_CHIEF_PROSECUTOR
RULES = LOCAL_VISITS


class Manner(Enum):
    """巡访方式 · How people are met."""

    FIXED = "固定接待点"
    MOBILE = "流动接待点"
    ON_SITE = "实地查访"
    TALK = "约谈会见"


class Function(Enum):
    """检察职能 · Which of the four functions an item belongs to."""

    CRIMINAL = "刑事检察"
    CIVIL = "民事检察"
    ADMINISTRATIVE = "行政检察"
    PUBLIC_INTEREST = "公益诉讼检察"


class Visit(Track):
    """巡访 · One visit to a county."""

    title = T("一次巡访", "Visit")
    counting = PLAIN

    county = Fact(str, T("巡访县（区、市）", "Which county?"))
    manner = Fact(Manner, T("巡访方式", "How are people met?"))

    planned = Stage(T("已计划", "Planned"), no_limit=NO_TEXT)
    collecting = Stage(T("前期收集", "Collecting beforehand"), no_limit=NO_TEXT)
    stationed = Stage(T("已进驻", "On the spot"), no_limit=NO_TEXT)
    told = Stage(T("已通报", "Reported"), end=True)
    off = Stage(T("已取消", "Cancelled"), end=True)

    plan = Step(NEW >> planned, T("列入计划", "Plan"), by=Roles.RECEPTION | LEADERS, asks=(county,), cites=RULES["计划"])
    announce = Step(planned >> collecting, T("发布公告，设意见箱", "Give notice, set up a box"), by=Roles.RECEPTION, cites=RULES["收集"])
    arrive = Step(collecting >> stationed, T("进驻", "Arrive"), by=LEADERS, asks=(manner,), cites=RULES["进驻"])
    change = Step(stationed, T("改变接待方式", "Meet people in another way"), by=LEADERS, asks=(manner,), cites=RULES["进驻"])
    tell = Step(stationed >> told, T("通报巡访情况", "Report on it"), by=Roles.RECEPTION, cites=RULES["通报"])
    cancel = Step((planned | collecting) >> off, T("取消", "Cancel"), by=LEADERS, cites=RULES["计划"])


class Day(Track):
    """巡访日 · One day that counts; however many places were seen on it."""

    title = T("巡访日", "Day")
    counting = PLAIN

    who = Fact(int, T("巡访人编号", "Number of the person who visited"))
    visited_on = Fact(date, T("巡访日期", "On which day?"))

    counted = Stage(T("已计入", "Counted"), no_limit=T("无后续", "nothing follows"))
    struck = Stage(T("已核销", "Struck out"), end=True)

    same_day = Fact(int, T("同一人同一日已计入", "Days of the person already counted"), known_by=Tally(counted, same=(who, visited_on)))
    twice = Ground(same_day > 0, T("同一人同一日只计一日", "A day counts once for a person"), RULES["十日"])

    enter = Step(
        NEW >> counted, T("计入巡访日", "Count the day"), by=Roles.RECEPTION, asks=(who, visited_on, same_day), unless=twice, cites=RULES["十日"]
    )
    strike = Step(counted >> struck, T("核销", "Strike it out"), by=Roles.RECEPTION, cites=RULES["十日"])


class Item(Track):
    """事项 · One thing that somebody brought."""

    title = T("巡访受理事项", "Item")
    counting = PLAIN

    function = Fact(Function, T("属于哪项检察职能", "Which function?"))
    owner = Fact(str, T("承办部门", "Which department?"))
    case_number = Fact(str, T("导入程序后的案件编号", "Number of the case that it became"))

    taken = Stage(T("已受理", "Taken"), no_limit=NO_TEXT)
    assigned = Stage(T("已分办", "Assigned"), no_limit=NO_TEXT)
    resolved = Stage(T("已化解", "Settled"), end=True)
    in_procedure = Stage(T("已导入司法程序", "In its procedure"), end=True)

    take = Step(NEW >> taken, T("受理", "Take it"), by=LEADERS | Roles.RECEPTION, asks=(function,), cites=RULES["受理"])
    assign = Step(taken >> assigned, T("分办", "Assign"), by=LEADERS, asks=(owner,), cites=RULES["分办"])
    settle = Step((taken | assigned) >> resolved, T("化解", "Settle it"), by=LEADERS | Roles.PROSECUTOR, cites=RULES["分办"])
    pass_on = Step(
        assigned >> in_procedure,
        T("导入司法程序", "Put it into its procedure"),
        by=LEADERS | Roles.PROSECUTOR,
        asks=(case_number,),
        cites=RULES["分办"],
    )


class Meeting(Track):
    """联席会议 · One joint meeting, with the committee and the petition office."""

    title = T("联席会议", "Joint meeting")
    counting = PLAIN

    called = Stage(T("已召集", "Called"), no_limit=NO_TEXT)
    minuted = Stage(T("已有纪要", "Minutes on file"), end=True)

    call = Step(NEW >> called, T("召集联席会议", "Call it"), by=LEADERS, cites=RULES["联席会议"])
    minute = Step(
        called >> minuted,
        T("形成纪要", "File the minutes"),
        by=LEADERS & (Roles.POLITICAL_LEGAL_COMMITTEE | Roles.PETITION_OFFICE),
        cites=RULES["联席会议"],
    )
