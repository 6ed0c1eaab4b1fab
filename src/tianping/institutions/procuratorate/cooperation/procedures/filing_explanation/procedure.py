"""说明不立案理由 · The police say in seven days why they opened no case, or open one."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import PPR, PSC
from tianping.procedure import CRIMINAL, NEW, Limit, Procedure, Stage, Step, T, days
from tianping.procedure.contracts.matters import FilingExplanation as Asked
from tianping.procedure.contracts.roles import Roles


class FilingExplanation(Procedure):
    """说明不立案理由 · One request, at the police."""

    title = T("说明不立案理由", "Explanation why no case was opened")
    code = "filing_explanation"
    valid_from = date(2020, 9, 1)
    counting = CRIMINAL
    corrects = Roles.LEGAL_REVIEW

    received = Stage(T("待说明", "To be explained"))
    explained = Stage(T("已书面说明", "Explained in writing"), answers=Asked.explained)
    filed = Stage(T("已立案", "Case opened"), answers=Asked.filed)

    receive = Step(NEW >> received, T("收到要求说明通知", "Receive the request"), by=Roles.LEGAL_REVIEW | Roles.OFFICER, cites=PSC[182] + PPR[560])
    explain = Step(
        received >> explained,
        T("书面说明理由并附证据", "Explain in writing, with evidence"),
        by=Roles.LEGAL_REVIEW,
        cites=PSC[182] + PPR[560],
    )
    file = Step(received >> filed, T("决定立案并送达决定书", "Open a case and send the decision"), by=Roles.CHIEF, cites=PSC[182])

    to_explain = Limit(
        since=receive,
        until=explain | file,
        within=days(7),
        title=T("说明理由期限", "Seven days to explain"),
        cites=PSC[182] + PPR[560],
        warn=(days(2),),
    )
