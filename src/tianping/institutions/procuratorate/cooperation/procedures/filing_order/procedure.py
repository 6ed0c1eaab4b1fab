"""通知立案 · The police open the case within fifteen days and send the decision."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import PPR, PSC
from tianping.procedure import CRIMINAL, NEW, Limit, Procedure, Stage, Step, T, days
from tianping.procedure.contracts.matters import FilingOrder as Ordered
from tianping.procedure.contracts.roles import Roles


class FilingOrder(Procedure):
    """通知立案 · One notice, at the police."""

    title = T("通知立案的执行", "Carrying out a notice to open a case")
    code = "filing_order"
    valid_from = date(2020, 9, 1)
    counting = CRIMINAL
    corrects = Roles.LEGAL_REVIEW

    received = Stage(T("待立案", "To be opened"))
    filed = Stage(T("已立案", "Case opened"), answers=Ordered.filed)

    receive = Step(NEW >> received, T("收到通知立案书", "Receive the notice"), by=Roles.LEGAL_REVIEW | Roles.OFFICER, cites=PSC[182] + PPR[563])
    file = Step(received >> filed, T("立案并送达决定书", "Open the case and send the decision"), by=Roles.CHIEF, cites=PSC[182] + PPR[563])

    to_file = Limit(
        since=receive, until=file, within=days(15), title=T("立案期限", "Fifteen days to open it"), cites=PSC[182] + PPR[563], warn=(days(3),)
    )
