"""内设机构指标 · How many units stand, and how many people handle cases in them."""

from __future__ import annotations

from tianping.institutions.establishment.structure.procedures.unit_plan.procedure import Kind, Unit, UnitPlan
from tianping.law.text import T
from tianping.procedure.measures import ORGANISATION, Indicators, Number, Per, Total, standing

REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
KIND = Per(T("类别", "Kind"), fact=Unit.kind)
BY = (ORGANISATION, KIND)


class Structure(Indicators):
    """内设机构 · Units by kind."""

    title = T("内设机构", "Units of offices")

    units = Number(T("内设机构数", "Units"), Unit, procedure=UnitPlan, among=standing(Unit.standing), by=BY, source=REPORT, status="secondary")
    business = Number(
        T("业务办案机构数", "Units that handle cases"), Unit, procedure=UnitPlan, by=BY, source=REPORT,
        among=standing(Unit.standing) & Unit.kind.is_(Kind.BUSINESS), status="secondary",
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
