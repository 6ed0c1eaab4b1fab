"""风险提示指标 · Prompts and reports, and what was chosen after reading them."""

from __future__ import annotations

from tianping.institutions.courts.risk_prompt.procedures.risk_prompt.procedure import RiskPrompt
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Indicators, Number, Per, Share, reached

P = RiskPrompt
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
CAUSE = Per(T("案由", "Cause"), fact=P.cause)
BY = (ORGANISATION, CAUSE, MONTH)


class RiskPrompts(Indicators):
    """风险提示 · Reports, and the choice after them."""

    title = T("智能风险提示", "Risk prompts")

    sessions = Number(T("使用次数", "Prompts begun"), P, among=ALL, by=BY, source=REPORT)
    reports = Number(T("出具报告", "Reports given"), P, among=P.report.done, by=BY, source=REPORT)
    mediated = Share(T("报告后选择调解率", "Chose mediation after it"), P, of=reached(P.to_mediation), among=P.report.done, by=BY, source=REPORT)
    sued = Share(T("报告后选择起诉率", "Chose to sue after it"), P, of=reached(P.to_suit), among=P.report.done, by=BY, source=REPORT)
