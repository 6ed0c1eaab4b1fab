"""内设机构方案 · How an office is divided into units: a plan with its units, approved, in force, replaced. Its history is the office's."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_STRUCTURE
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Many, Procedure, Stage, Step, T, Tally, Track
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("未查得时限", "no limit was found")


class Kind(Enum):
    """类别 · Units that handle cases, and units that support them."""

    BUSINESS = "业务办案机构"
    SUPPORT = "综合业务、检察辅助和司法行政机构"


class Level(Enum):
    """层级 · The caps by staffing are those of the basic level."""

    CITY = "市级院"
    BASIC = "基层院"


class Unit(Track):
    """内设机构 · One unit of a plan."""

    title = T("内设机构", "Unit")
    counting = PLAIN

    name = Fact(str, T("名称", "Name"), hint=T("报道未载名称，由使用单位填写", "the report does not name the units; the user does"))
    kind = Fact(Kind, T("类别", "Which kind?"))
    front_line = Fact(int, T("一线办案人员数", "People who handle cases"))

    planned = Stage(T("拟设", "Planned"), no_limit=T("随方案批复", "it goes with its plan"))
    standing = Stage(T("已设", "Set up"), no_limit=T("存续至合并或者撤销", "it stands until merged or closed"))
    merged = Stage(T("已合并撤销", "Merged or closed"), end=True)
    dropped = Stage(T("不再拟设", "Dropped"), end=True)

    propose = Step(
        NEW >> planned, T("列入方案", "Put into the plan"), by=Roles.POLITICAL_DEPARTMENT, asks=(name, kind), cites=LOCAL_STRUCTURE["方案"]
    )
    drop = Step(planned >> dropped, T("移出方案", "Take out of the plan"), by=Roles.POLITICAL_DEPARTMENT, cites=LOCAL_STRUCTURE["方案"])
    set_up = Step(planned >> standing, T("设立", "Set up"), by=Roles.POLITICAL_DEPARTMENT, asks=(front_line,), cites=LOCAL_STRUCTURE["批复"])
    merge = Step(standing >> merged, T("合并撤销", "Merge or close"), by=Roles.POLITICAL_DEPARTMENT, cites=LOCAL_STRUCTURE["合并"])


class UnitPlan(Procedure):
    """内设机构方案 · The plan of one office."""

    title = T("内设机构方案", "Plan of an office's units")
    code = "unit_plan"
    valid_from = date(2016, 1, 1)
    counting = PLAIN
    corrects = Roles.POLITICAL_DEPARTMENT

    level = Fact(Level, T("层级", "Which level?"))
    staffing = Fact(int, T("政法专项编制数", "Posts of the establishment"))
    units = Many(Unit)

    drafted = Stage(T("方案", "Plan"), no_limit=NO_TEXT)
    approved = Stage(T("已批复", "Approved"), no_limit=NO_TEXT)
    in_force = Stage(T("生效", "In force"), no_limit=T("有效至新方案生效", "it stands until the next plan"))
    replaced = Stage(T("已被新方案替代", "Replaced"), end=True)
    withdrawn = Stage(T("方案撤回", "Withdrawn"), end=True)

    others = Fact(int, T("本院仍有效的方案", "Plans in force here"), known_by=Tally(in_force, within="organisation"))
    basic = level.is_(Level.BASIC)
    over_cap = Ground(
        basic
        & (
            ((staffing <= 50) & (Unit.drop.times + 5 < Unit.propose.times))
            | ((staffing > 50) & (staffing <= 100) & (Unit.drop.times + 8 < Unit.propose.times))
            | ((staffing > 100) & (staffing <= 200) & (Unit.drop.times + 10 < Unit.propose.times))
        ),
        T("内设机构数超过按编制的限额", "More units than the staffing allows"),
        LOCAL_STRUCTURE["限额"],
    )
    no_units = Ground(Unit.propose.times < 1, T("方案没有内设机构", "The plan has no unit"), LOCAL_STRUCTURE["方案"])
    former_in_force = Ground(others > 0, T("原方案尚未终止", "The former plan is still in force"), LOCAL_STRUCTURE["批复"])
    still_standing = Ground(units.any(Unit.standing), T("尚有内设机构未合并撤销", "Units still stand"), LOCAL_STRUCTURE["合并"])

    draft = Step(
        NEW >> drafted, T("提出方案", "Draft the plan"), by=Roles.POLITICAL_DEPARTMENT, asks=(level, staffing), cites=LOCAL_STRUCTURE["方案"]
    )
    approve = Step(
        drafted >> approved, T("批复", "Approve"), by=Roles.ESTABLISHMENT_OFFICE, unless=(over_cap, no_units), cites=LOCAL_STRUCTURE["限额", "批复"]
    )
    withdraw = Step((drafted | approved) >> withdrawn, T("撤回方案", "Withdraw"), by=Roles.POLITICAL_DEPARTMENT, cites=LOCAL_STRUCTURE["方案"])
    take_effect = Step(
        approved >> in_force,
        T("方案生效", "Take effect"),
        by=Roles.POLITICAL_DEPARTMENT,
        asks=(others,),
        unless=former_in_force,
        cites=LOCAL_STRUCTURE["批复"],
    )
    end = Step(
        in_force >> replaced, T("终止方案", "End the plan"), by=Roles.ESTABLISHMENT_OFFICE, unless=still_standing, cites=LOCAL_STRUCTURE["合并"]
    )

    not_in_force = Ground(~take_effect.done, T("方案尚未生效", "The plan is not in force"), LOCAL_STRUCTURE["批复"])
    approved_already = Ground(approve.done, T("方案已批复，不能再改", "The plan was approved"), LOCAL_STRUCTURE["批复"])
    only_in_force = Condition(Unit.set_up, unless=not_in_force)
    only_before = Condition(Unit.propose | Unit.drop, unless=approved_already)
