"""巡访年度 · A leader's year: visits planned and made, distinct days counted, what people brought followed to its end, the year reported.

Ten days a year are a local rule: missing them is a target missed, never called illegal. A day counts once for a person.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.procuratorate.visits.procedures.circuit_year.tracks import LEADERS, RULES, Day, Item, Meeting, Visit
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Tally, days
from tianping.procedure.contracts.roles import Roles

TEN = 10
"""Days a year, as the report gives them; a local rule."""


SAME_DAY = days(0)


class Post(Enum):
    """职务 · Whose year it is."""

    CITY_CHIEF = "市院检察长"
    CITY_DEPUTY = "市院副检察长"
    COUNTY_CHIEF = "县院检察长"
    COUNTY_DEPUTY = "县院副检察长"


class CircuitYear(Procedure):
    """巡访年度 · One leader, one year."""

    title = T("检察长巡访年度", "A leader's year of circuit visits")
    code = "circuit_year"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.RECEPTION | Roles.CHIEF_PROSECUTOR

    leader = Fact(str, T("巡访人", "Who visits?"))
    number = Fact(int, T("巡访人编号", "Number of the person"))
    post = Fact(Post, T("职务", "Post"))
    year = Fact(int, T("年度", "Year"))
    year_begins = Fact(date, T("年度首日", "First day of the year"))
    year_ends = Fact(date, T("年度末日", "Last day of the year"))

    visits = Many(Visit)
    visit_days = Many(Day)
    items = Many(Item)
    meetings = Many(Meeting)

    running = Stage(T("年度进行中", "The year goes on"))
    reached = Stage(T("已满十日", "Ten days reached"), no_limit=T("年终通报", "reported at the end of the year"))
    short = Stage(T("不足十日已列出", "Short of ten days, listed"), no_limit=T("年终通报", "reported at the end of the year"))
    reported = Stage(T("年度已通报", "Year reported"), end=True)

    counted = Day.enter.times + Day.strike.times * -1
    too_few = Ground(counted < TEN, T("巡访不足十日", "Fewer than ten days"), RULES["十日"])
    other_years = Fact(
        int,
        T("同一人同一年度的其他计划", "Other plans of the person for the year"),
        known_by=Tally(running | reached, same=(number, year)),
    )
    planned_twice = Ground(other_years > 0, T("同一人同一年度已有计划", "The person has a plan for the year"), RULES["计划"])
    nobody_there = Ground(~visits.any(Visit.stationed | Visit.told), T("没有进驻的巡访", "No visit was made"), RULES["进驻"])
    outside = Ground((Day.visited_on < year_begins) | (Day.visited_on > year_ends), T("不在本年度内", "Not a day of the year"), RULES["十日"])
    not_his = Ground(~(Day.who.is_(number)), T("不是本人的巡访日", "Not a day of this leader"), RULES["十日"])
    unreported = Ground(visits.any(Visit.stationed), T("尚有巡访未通报", "A visit is not reported"), RULES["通报"])
    open_items = Ground(items.any(Item.taken | Item.assigned), T("尚有事项未化解、未导入程序", "Items are open"), RULES["分办"])
    no_meeting = Ground(~meetings.any(Meeting.minuted), T("没有召开联席会议", "No joint meeting was held"), RULES["联席会议"])

    plan = Step(
        NEW >> running,
        T("制定年度计划", "Plan the year"),
        by=Roles.RECEPTION | LEADERS,
        asks=(leader, number, post, year, year_begins, year_ends, other_years),
        unless=planned_twice,
        cites=RULES["计划"],
    )
    certify = Step(running >> reached, T("确认已满十日", "Certify ten days"), by=Roles.RECEPTION, unless=too_few, cites=RULES["十日"])
    report = Step(
        (reached | short) >> reported,
        T("年度通报", "Report the year"),
        by=Roles.RECEPTION,
        unless=(unreported, open_items, no_meeting),
        cites=RULES["通报"],
    )

    only_on_visits = Condition(Day.enter, unless=(nobody_there, outside, not_his))
    items_on_visits = Condition(Item.take, unless=nobody_there)

    ten_days = Limit(
        since=year_ends,
        until=certify,
        within=SAME_DAY,
        target=True,
        title=T("每年不少于十日", "No fewer than ten days a year"),
        cites=RULES["十日"],
    )
    list_short = Step(running >> short, T("不足十日，列出", "Short of ten days: listed"), by=Roles.SYSTEM, on=ten_days, cites=RULES["十日"])
