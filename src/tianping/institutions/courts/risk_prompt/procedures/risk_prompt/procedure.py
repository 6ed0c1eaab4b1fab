"""风险提示 · A visitor picks a cause, answers its questions, gets a report of risks with their articles, and chooses.

The report is made by :mod:`tianping.institutions.courts.risk_prompt.report`: the same answers give the same one. It has no outcome and no odds.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tianping.law.statutes import CC, LOCAL_GUIDE
from tianping.procedure import NEW, Fact, Ground, Limit, Procedure, Stage, Step, T, years
from tianping.procedure.contracts.roles import Roles

NO_TIME = T("随时可以离开，不计时限", "one may leave at any time: nothing runs")


class RiskPrompt(Procedure):
    """风险提示 · 选择、要素、报告."""

    title = T("诉讼风险提示", "Risk prompt")
    code = "risk_prompt"
    valid_from = date(2022, 1, 1)
    corrects = Roles.CLERK

    cause = Fact(str, T("案由", "Cause"), hint=T("清单由使用单位填写", "from the user's list"))
    runs_from = Fact(
        date,
        T(
            "知道或者应当知道权利受损害及义务人之日，或者时效最近一次中断之日",
            "Day damage and debtor were known, or it was last interrupted",
        ),
    )
    other_period = Fact(bool, T("法律是否另有诉讼时效规定", "Does the law set another period of limitation?"))
    amount = Fact(Decimal, T("请求数额", "Amount claimed"))
    has_evidence = Fact(bool, T("主张是否有证据", "Is there evidence?"))
    address_known = Fact(bool, T("被告住址是否明确", "Is the defendant's address known?"))
    property_known = Fact(bool, T("有无被告的财产线索", "Are assets of the defendant known?"))
    clear = Fact(bool, T("是否事实清楚、争议不大", "Clear facts, little dispute?"))
    limitation_ends = Fact(date, T("报告所示诉讼时效末日", "Last day of limitation, as the report shows"))
    report_mark = Fact(
        str,
        T("报告标识", "Mark of the report"),
        hint=T("由回答算出，相同回答相同标识", "made from the answers: the same answers, the same mark"),
    )

    chosen = Stage(T("已选案由", "Cause chosen"), no_limit=NO_TIME)
    answered = Stage(T("已答要素", "Questions answered"), no_limit=NO_TIME)
    reported = Stage(T("已出报告", "Report given"), no_limit=NO_TIME)
    to_mediation = Stage(T("选择先行调解", "Chose mediation"), end=True)
    to_suit = Stage(T("选择起诉", "Chose to sue"), end=True)
    left = Stage(T("离开", "Left"), end=True)

    no_cause = Ground(~cause.known(), T("未选择案由", "No cause was chosen"), LOCAL_GUIDE["案由"])
    unanswered = Ground(
        ~(other_period.known() & amount.known() & has_evidence.known() & address_known.known() & property_known.known() & clear.known()),
        T("要素未答完", "Questions are unanswered"),
        LOCAL_GUIDE["要素"],
    )
    no_start = Ground(
        other_period.is_(False) & ~runs_from.known(), T("未答时效起算之日", "Nobody says from when limitation runs"), CC[188] + LOCAL_GUIDE["要素"]
    )
    no_mark = Ground(~report_mark.known(), T("报告没有标识", "The report has no mark"), LOCAL_GUIDE["报告"])
    no_limitation = Ground(
        other_period.is_(False) & ~limitation_ends.known(),
        T("报告没有写明时效末日", "No last day is shown"),
        CC[188] + LOCAL_GUIDE["报告"],
    )
    invented = Ground(
        other_period.is_(True) & limitation_ends.known(),
        T("法律另有规定的，报告不写末日", "Where the law sets another period the report shows no day"),
        CC[188],
    )

    choose = Step(NEW >> chosen, T("选择案由", "Choose a cause"), by=Roles.VISITOR, asks=(cause,), unless=no_cause, cites=LOCAL_GUIDE["案由"])
    answer = Step(
        (chosen | answered) >> answered,
        T("回答要素", "Answer the questions"),
        by=Roles.VISITOR,
        asks=(runs_from, other_period, amount, has_evidence, address_known, property_known, clear),
        unless=(unanswered, no_start),
        cites=LOCAL_GUIDE["要素"] + CC[188, 195],
    )
    report = Step(
        answered >> reported,
        T("生成报告", "Make the report"),
        by=Roles.SYSTEM,
        asks=(limitation_ends, report_mark),
        unless=(no_mark, no_limitation, invented),
        cites=LOCAL_GUIDE["报告"] + CC[188, 193],
    )
    print_ = Step(reported, T("打印", "Print it"), by=Roles.VISITOR | Roles.CLERK, cites=LOCAL_GUIDE["报告"])
    mediate = Step(reported >> to_mediation, T("选择先行调解", "Choose mediation"), by=Roles.VISITOR, cites=LOCAL_GUIDE["选择"])
    sue = Step(reported >> to_suit, T("选择起诉", "Choose to sue"), by=Roles.VISITOR, cites=LOCAL_GUIDE["选择"])
    leave = Step((chosen | answered | reported) >> left, T("离开", "Leave"), by=Roles.VISITOR | Roles.SYSTEM, cites=LOCAL_GUIDE["选择"])

    limitation = Limit(
        since=runs_from,
        until=sue | mediate,
        within=years(3),
        waived=leave,
        target=True,
        title=T("一般诉讼时效（法院不主动适用）", "General limitation (never raised by the court itself)"),
        cites=CC[188],
    )
