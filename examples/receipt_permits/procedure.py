"""环境许可收件（荷兰） · The receipt phase of Dutch environmental permits: a model for logs that carry a deadline of their own for each case."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import WABO
from tianping.procedure import NEW, PLAIN, Fact, Limit, Procedure, Role, Stage, Step, T, days


class Roles:
    """角色 · Who acts in this procedure."""

    APPLICANT = Role(T("申请人", "Applicant"))
    CLERK = Role(T("收件员", "Clerk"))
    ADVISER = Role(T("审查员", "Adviser"))


BOTH = Roles.CLERK | Roles.ADVISER


class Receipt(Procedure):
    """收件 · One application from its registration to its end."""

    title = T("环境许可收件（荷兰）", "Receipt of a permit application (Netherlands)")
    code = "receipt_permits"
    valid_from = date(2010, 10, 1)
    valid_to = date(2023, 12, 31)
    counting = PLAIN
    corrects = BOTH

    deadline = Fact(date, T("截止日", "Deadline"))

    pending = Stage(T("办理中", "Open"))
    closed = Stage(T("已办结", "Closed"), end=True)

    register = Step(NEW >> pending, T("登记", "Register"), by=Roles.APPLICANT | BOTH, asks=(deadline,), cites=WABO["3.9"])
    confirm = Step(pending, T("收件确认", "Confirmation of receipt"), by=BOTH, cites=WABO["3.9"])
    check = Step(pending, T("核对收件确认", "Check the confirmation"), by=BOTH, cites=WABO["3.9"])
    adjust = Step(pending, T("修改收件确认", "Adjust the confirmation"), by=BOTH, cites=WABO["3.9"])
    determine = Step(pending, T("审定收件确认", "Determine the confirmation"), by=BOTH, cites=WABO["3.9"])
    send = Step(pending, T("寄送收件确认", "Print and send the confirmation"), by=BOTH, cites=WABO["3.9"])
    weigh = Step(pending, T("判断是否需要意见", "Determine whether advice is needed"), by=BOTH, cites=WABO["3.9"])
    advise = Step(pending, T("征求或拟写意见", "Draft or ask for advice"), by=BOTH, cites=WABO["3.9"])
    object = Step(pending, T("判断是否停办", "Determine whether to stop"), by=BOTH, cites=WABO["3.9"])
    answer = Step(pending, T("不需许可的答复", "Answer that no permit is needed"), by=BOTH, cites=WABO["3.9"])
    hold = Step(pending, T("停办报告", "Report to stop"), by=BOTH, cites=WABO["3.9"])
    close = Step(pending >> closed, T("办结", "Close"), by=BOTH, cites=WABO["3.9"])

    to_close = Limit(since=deadline, until=close, within=days(0), title=T("截止日前办结", "To be closed by the deadline"), cites=WABO["3.9"])
