"""司法建议 · A court's suggestion about a late insurer, at the regulator: received, looked into, answered in writing."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import CTPL, LOCAL_ACCIDENT
from tianping.procedure import NEW, Fact, Ground, Procedure, Stage, Step, T
from tianping.procedure.contracts.matters import JudicialSuggestion
from tianping.procedure.contracts.roles import Roles


class InsurerSuggestion(Procedure):
    """司法建议 · One suggestion."""

    title = T("对保险公司的司法建议", "Suggestion about an insurer")
    code = "insurer_suggestion"
    valid_from = date(2019, 3, 2)
    corrects = Roles.INSURANCE_REGULATOR

    answer_text = Fact(str, T("答复内容", "What is answered"))

    received = Stage(T("已收到", "Received"), no_limit=T("答复期限未查得", "no text was found on the time to answer"))
    answered = Stage(T("已答复", "Answered"), answers=JudicialSuggestion.answered)

    empty = Ground(~answer_text.known(), T("答复没有内容", "The answer says nothing"), LOCAL_ACCIDENT["司法建议"])

    receive = Step(
        NEW >> received, T("收到司法建议", "Receive the suggestion"), by=Roles.INSURANCE_REGULATOR, cites=LOCAL_ACCIDENT["司法建议"] + CTPL[4]
    )
    order = Step(received, T("责令保险公司改正", "Order the insurer to mend it"), by=Roles.INSURANCE_REGULATOR, cites=CTPL[37])
    answer = Step(
        received >> answered,
        T("书面答复人民法院", "Answer the court in writing"),
        by=Roles.INSURANCE_REGULATOR,
        asks=(answer_text,),
        unless=empty,
        cites=LOCAL_ACCIDENT["司法建议"],
    )
