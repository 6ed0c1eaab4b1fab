"""裁判文书指标 · Documents by template, how much is changed, and what has to be corrected."""

from __future__ import annotations

from tianping.institutions.courts.judgments.procedures.judgment_document.procedure import JudgmentDocument
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, YEAR, Days, Indicators, Number, Per, Share, Total, judged, late, reached

D = JudgmentDocument
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
KIND = Per(T("文书种类", "Kind"), fact=D.kind)
TEMPLATE = Per(T("模板", "Template"), fact=D.template)
BY = (ORGANISATION, KIND, TEMPLATE, YEAR, MONTH)


class Documents(Indicators):
    """裁判文书 · Documents."""

    title = T("裁判文书", "Judgment documents")

    written = Number(T("模板使用（生成文书）", "Documents from templates"), D, among=ALL, by=BY, source=REPORT)
    edits = Total(T("改动字数合计", "Characters changed"), D, of=D.changed, among=reached(D.issued), by=BY, source=REPORT)
    corrected = Share(T("补正裁定率", "Share corrected by a ruling"), D, of=D.correct.done, among=reached(D.served), by=BY, source=REPORT)
    published = Share(T("公开率", "Share published"), D, of=D.publish.done, among=reached(D.served), by=BY, source=REPORT)
    sent_in_time = Share(T("按期发送率", "Sent in time"), D, of=~late(D.to_serve), among=judged(D.to_serve), by=BY, source=REPORT)
    days = Days(T("生成至送达天数", "Days from draft to service"), D, since=D.generate, until=D.serve, among=ALL, by=BY, source=REPORT)
