"""保安服务许可 · A licence for a security company: the city reviews in fifteen days, the province decides in fifteen; and filings within thirty days.

The text was not held: articles and days are those of secondary sources and marked so.
"""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import LOCAL_PERMITS, SEC
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Stage, Step, T, Tally, days
from tianping.procedure.contracts.roles import Roles


class SecurityLicence(Procedure):
    """保安服务许可与备案 · Applied for, reviewed, decided and issued; or filed."""

    title = T("保安服务许可与备案", "Licence and filing of security services")
    code = "security_licence"
    valid_from = date(2020, 11, 29)
    counting = PLAIN
    corrects = Roles.PERMIT_REVIEWER

    company = Fact(str, T("单位编号", "Number of the body"))
    complete = Fact(bool, T("申请材料是否齐全", "Are the papers complete?"))
    conditions = Fact(bool, T("是否符合设立条件", "Are the conditions met?"))
    reason = Fact(str, T("理由", "Reason"))
    began_on = Fact(date, T("开始保安服务或者培训之日", "Day on which it began"))

    received = Stage(T("已收到申请", "Received"))
    incomplete = Stage(T("待补正", "To be completed"), no_limit=T("等待申请人补充，未定时限", "waits for the applicant; no time was found"))
    reported = Stage(T("已报省级公安机关", "With the province"))
    granted = Stage(T("准予许可", "Granted"), no_limit=T("制证时限未查得", "no time to make the paper was found"))
    issued = Stage(T("已发证", "Issued"), no_limit=T("许可有效期间", "while the licence stands"))
    to_file = Stage(T("应当备案", "To be filed"))
    filed = Stage(T("已备案", "Filed"), end=True)
    refused = Stage(T("不予许可", "Refused"), end=True)
    revoked = Stage(T("已注销、吊销", "Ended"), end=True)

    same = Fact(
        int,
        T("同一单位在办或者有效的许可", "Applications or licences of the same body"),
        known_by=Tally(received | incomplete | reported | granted | issued, same=(company,)),
    )
    twice = Ground(same > 0, T("同一许可正在办理或者有效，不得重复申请", "It is open already, or still valid"), LOCAL_PERMITS["申请"])
    not_complete = Ground(~complete.is_(True), T("申请材料不齐全", "Papers are missing"), LOCAL_PERMITS["补正"])
    not_met = Ground(~conditions.is_(True), T("不符合设立条件", "The conditions are not met"), SEC[8, 9])
    is_met = Ground(conditions.is_(True), T("符合条件的不得拒绝", "Who meets the conditions may not be refused"), SEC[9])
    no_reason = Ground(~reason.known(), T("不予许可应当书面说明理由", "A refusal gives its reasons in writing"), SEC[9])

    apply = Step(
        NEW >> received,
        T("收到申请材料", "Receive the application"),
        by=Roles.COUNTER,
        asks=(company, complete, same),
        unless=(twice, not_complete),
        cites=SEC[9],
    )
    apply_incomplete = Step(
        NEW >> incomplete, T("一次性告知补正", "Ask to complete"), by=Roles.COUNTER, asks=(company, same), unless=twice, cites=LOCAL_PERMITS["补正"]
    )
    complete_ = Step(
        incomplete >> received,
        T("补正齐全", "Completed"),
        by=Roles.COUNTER,
        asks=(complete,),
        unless=not_complete,
        cites=LOCAL_PERMITS["补正"] + SEC[9],
    )
    review = Step(received >> reported, T("审核并报省级公安机关", "Review and report to the province"), by=Roles.PERMIT_REVIEWER, cites=SEC[9])
    grant = Step(reported >> granted, T("准予许可", "Grant"), by=Roles.PROVINCIAL_POLICE, asks=(conditions,), unless=not_met, cites=SEC[8, 9])
    refuse = Step(
        reported >> refused,
        T("不予许可并说明理由", "Refuse, with reasons"),
        by=Roles.PROVINCIAL_POLICE,
        asks=(conditions, reason),
        unless=(is_met, no_reason),
        cites=SEC[9],
    )
    issue = Step(granted >> issued, T("制证并送达", "Make and deliver the licence"), by=Roles.COUNTER, cites=SEC[9] + LOCAL_PERMITS["制证", "送达"])
    revoke = Step(issued >> revoked, T("注销或者吊销", "End it"), by=Roles.PROVINCIAL_POLICE, cites=LOCAL_PERMITS["决定"])

    begin = Step(
        NEW >> to_file,
        T("自行招用保安员或者开展保安培训", "Guards of its own, or training, begin"),
        by=Roles.COUNTER,
        asks=(company, began_on),
        cites=SEC[14, 33],
    )
    file = Step(to_file >> filed, T("备案", "File it"), by=Roles.COUNTER, cites=SEC[14, 33])

    to_review = Limit(
        since=apply | complete_, until=review, within=days(15), title=T("市级审核期限", "Time for the city's review"), warn=(days(3),), cites=SEC[9]
    )
    to_decide = Limit(
        since=review,
        until=grant | refuse,
        within=days(15),
        title=T("省级决定期限", "Time for the province's decision"),
        warn=(days(3),),
        cites=SEC[9],
    )
    to_file_in = Limit(since=began_on, until=file, within=days(30), title=T("备案期限", "Time to file"), warn=(days(5),), cites=SEC[14, 33])
