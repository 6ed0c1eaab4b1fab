"""内设机构指标 · How many units stand, and how many people handle cases in them."""

from __future__ import annotations

from tianping.institutions.establishment.structure.procedures.unit_plan.procedure import Kind, Unit, UnitPlan
from tianping.law.text import T
from tianping.procedure.measures import CASE, ORGANISATION, Indicators, Number, Per, Ratio, Total, standing

REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
KIND = Per(T("类别", "Kind"), fact=Unit.kind)
BY = (ORGANISATION, KIND)
LEVEL = Per(T("层级", "Level"), fact=UnitPlan.level)
LEFT = Unit.set_up.times + Unit.merge.times * -1
SIZE = Per(
    T("机构数", "Number of units"),
    lanes=((T("五个以下", "up to five"), LEFT < 6), (T("六至八个", "six to eight"), LEFT < 9), (T("九个以上", "nine and more"), LEFT > 8)),
)
SIZE.name = "size"


class Structure(Indicators):
    """内设机构 · Units by kind."""

    title = T("内设机构", "Units of offices")

    units = Number(T("内设机构数", "Units"), Unit, procedure=UnitPlan, among=standing(Unit.standing), by=BY, source=REPORT, status="secondary")
    business = Number(
        T("业务办案机构数", "Units that handle cases"), Unit, procedure=UnitPlan, by=BY, source=REPORT,
        among=standing(Unit.standing) & Unit.kind.is_(Kind.BUSINESS), status="secondary",
    )  # fmt: skip
    business_each = Ratio(
        T("每院业务办案机构", "Units that handle cases, an office"), Unit, procedure=UnitPlan, of=Unit.kind.is_(Kind.BUSINESS), per=(CASE,),
        among=standing(Unit.standing), by=BY, source=REPORT, status="secondary",
    )  # fmt: skip
    support_each = Ratio(
        T("每院综合机构", "Units that support, an office"), Unit, procedure=UnitPlan, of=Unit.kind.is_(Kind.SUPPORT), per=(CASE,),
        among=standing(Unit.standing), by=BY, source=REPORT, status="secondary",
    )  # fmt: skip
    front_line = Total(
        T("一线办案人员", "People who handle cases"),
        Unit,
        procedure=UnitPlan,
        of=Unit.front_line,
        among=standing(Unit.standing),
        by=BY,
        source=REPORT,
    )


class Offices(Indicators):
    """改革的院 · Offices with a plan in force."""

    title = T("内设机构改革的院", "Offices that were reorganised")

    plans = Number(
        T("方案生效的院", "Offices with a plan in force"), UnitPlan, among=standing(UnitPlan.in_force), by=(ORGANISATION, LEVEL, SIZE), source=REPORT,
        status="secondary",
    )  # fmt: skip
