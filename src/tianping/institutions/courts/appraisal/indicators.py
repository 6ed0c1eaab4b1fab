"""委托鉴定指标 · How many appraisals, how long they take, how often they are objected to."""

from __future__ import annotations

from tianping.institutions.courts.appraisal.procedures.appraisal_body.procedure import AppraisalBody
from tianping.institutions.courts.appraisal.procedures.entrusted_appraisal.procedure import EntrustedAppraisal
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, YEAR, Days, Indicators, Number, Per, Share, judged, late, reached, standing

E = EntrustedAppraisal
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
SPECIALITY = Per(T("专业类别", "Speciality"), fact=E.speciality)
STAGE = Per(T("诉前或者审理中", "Before filing or in the trial"), fact=E.when_)
BY = (ORGANISATION, SPECIALITY, STAGE, YEAR, MONTH)


class Appraisals(Indicators):
    """委托鉴定 · Appraisals."""

    title = T("委托鉴定", "Entrusted appraisals")

    entrusted = Number(T("委托件数", "Entrusted"), E, among=reached(E.entrusted), by=BY, source=REPORT)
    mean_days = Days(T("平均鉴定天数", "Mean days"), E, since=E.entrust, until=E.opine, among=ALL, by=BY, source=REPORT)
    in_time = Share(T("按期出具率", "Given in time"), E, of=~late(E.to_opine), among=judged(E.to_opine), by=BY, source=REPORT)
    by_lot = Share(T("摇号占比", "Drawn by lot"), E, of=E.draw.done, among=reached(E.chosen), by=BY, source=REPORT)
    again = Number(T("准许重新鉴定", "Another appraisal granted"), E, among=E.do_again.done, by=BY, source=REPORT)


class AppraisalBodies(Indicators):
    """鉴定机构 · Bodies on the register."""

    title = T("鉴定机构", "Appraisal bodies")

    on_register = Number(
        T("在册机构", "Bodies listed"),
        AppraisalBody,
        among=standing(AppraisalBody.listed),
        by=(Per(T("专业类别", "Speciality"), fact=AppraisalBody.speciality),),
        source=REPORT,
    )
