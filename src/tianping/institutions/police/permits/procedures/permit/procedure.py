"""办证办事 · One application: received, completed once, reviewed, decided, made, delivered, rated.

Residence permits have fifteen days in law. For the other services of the catalogue no time is written here: the day is what the counter promises the
person, taken from the catalogue, and missing it is never called illegal.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from tianping.institutions.police.permits.procedures.permit.tracks import Paper, Rating
from tianping.law.statutes import LOCAL_PERMITS, RES
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Tally, days, months
from tianping.procedure.contracts.roles import Roles

ON_WHOLE = T("期限自受理起连续计算至发证", "one time runs from the acceptance to the issue")
WAITING = T("等待申请人补充，未定时限", "waits for the applicant; no time was found")


class Kind(Enum):
    """事项 · What is asked for. Only the residence permit has rules of its own here."""

    RESIDENCE_FIRST = "首次申领居住证"
    RESIDENCE_AGAIN = "换领、补领居住证"
    CATALOGUE = "目录内其他事项"


class Permit(Procedure):
    """办证办事 · From the application to what the person says of it."""

    title = T("办证办事", "Permit or service")
    code = "permit"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.PERMIT_REVIEWER

    kind = Fact(Kind, T("事项种类", "What is asked for?"))
    item = Fact(str, T("事项名称", "Name in the catalogue"))
    holder = Fact(str, T("申请人编号", "Applicant's number"))
    half_year = Fact(bool, T("居住半年以上", "Half a year of residence?"))
    grounds_met = Fact(bool, T("有稳定就业、稳定住所、连续就读之一", "Steady work, steady dwelling or continuous study?"))
    remote = Fact(bool, T("是否偏远、交通不便或者有特殊情况", "Remote, hard to reach, or special circumstances?"))
    longer = Fact(int, T("市级实施办法规定的日数", "Days under the city's own rule"))
    fee = Fact(Decimal, T("收费（元）", "Fee charged, in yuan"))
    promised_on = Fact(date, T("承诺办结日", "Promised for"))
    reason = Fact(str, T("理由", "Reason"))

    papers = Many(Paper)
    ratings = Many(Rating)

    applied = Stage(T("已申请", "Applied"), no_limit=T("材料齐全当场受理，未定日数", "taken at once when complete; no number of days was found"))
    incomplete = Stage(T("待补正", "To be completed"), no_limit=WAITING)
    accepted = Stage(T("已受理", "Accepted"), no_limit=ON_WHOLE)
    reviewed = Stage(T("已审核", "Reviewed"), no_limit=ON_WHOLE)
    approved = Stage(T("准予", "Granted"), no_limit=ON_WHOLE)
    made = Stage(T("已制证", "Made"), no_limit=ON_WHOLE)
    delivered = Stage(T("已送达", "Delivered"), no_limit=T("有效期内可以签注、评价", "may be endorsed and rated while it is valid"))
    not_accepted = Stage(T("不予受理", "Not accepted"), end=True)
    refused = Stage(T("不予许可", "Refused"), end=True)
    ended = Stage(T("已注销", "Ended"), end=True)

    residence = kind.is_(Kind.RESIDENCE_FIRST) | kind.is_(Kind.RESIDENCE_AGAIN)
    same = Fact(
        int,
        T("同一申请人同一事项在办或者有效的件数", "Applications of the same kind, open or valid, of the same person"),
        known_by=Tally(applied | incomplete | accepted | reviewed | approved | made | delivered, same=(holder, item)),
    )
    twice = Ground(same > 0, T("同一证件正在办理或者有效，不得重复申请", "It is open already, or still valid"), LOCAL_PERMITS["申请"])
    papers_open = Ground(papers.any(Paper.asked), T("补充材料未收齐", "Papers are missing"), RES[9] + LOCAL_PERMITS["补正"])
    papers_owed = Ground(papers.any(Paper.owed), T("容缺材料未补齐", "What was to come later has not come"), LOCAL_PERMITS["容缺"])
    not_met = Ground(
        residence & ~(half_year.is_(True) & grounds_met.is_(True)), T("不符合居住证申领条件", "The conditions of the permit are not met"), RES[2]
    )
    is_met = Ground(
        residence & half_year.is_(True) & grounds_met.is_(True), T("符合条件的不得拒绝", "Who meets the conditions may not be refused"), RES[9, 20]
    )
    no_reason = Ground(~reason.known(), T("没有写明理由", "No reason is given"), LOCAL_PERMITS["决定"])
    free = Ground(kind.is_(Kind.RESIDENCE_FIRST) & (fee > Decimal(0)), T("首次申领居住证免收工本费", "The first permit is free of charge"), RES[21])
    not_residence = Ground(~residence, T("只有居住证须每年签注", "Only a residence permit is endorsed every year"), RES[10])
    is_residence = Ground(residence, T("居住证按居住证办理", "A residence permit has steps of its own"), RES[9])
    too_long = Ground(longer > 30, T("延长后最长不得超过三十日", "Thirty days at the most"), RES[9])
    not_remote = Ground(~remote.is_(True), T("不属于偏远、交通不便或者特殊情况", "It is neither remote nor special"), RES[9])

    apply = Step(
        NEW >> applied,
        T("申请", "Apply"),
        by=Roles.APPLICANT | Roles.COUNTER,
        asks=(kind, item, holder, same),
        unless=twice,
        cites=RES[9, 11] + LOCAL_PERMITS["申请"],
    )
    request_papers = Step(applied >> incomplete, T("告知补正", "Ask to complete"), by=Roles.COUNTER, cites=RES[9] + LOCAL_PERMITS["补正"])
    asked_before = Ground(request_papers.done, T("应当一次性告知，不得再次要求补充", "All had to be asked for at once"), RES[9])
    complete = Step(incomplete >> applied, T("补正齐全", "Completed"), by=Roles.COUNTER, unless=papers_open, cites=RES[9] + LOCAL_PERMITS["补正"])
    accept_residence = Step(
        applied >> accepted,
        T("受理居住证申请", "Accept for a residence permit"),
        by=Roles.COUNTER,
        asks=(promised_on,),
        unless=(papers_open, not_residence),
        cites=RES[8, 9],
    )
    accept = Step(
        applied >> accepted,
        T("受理", "Accept"),
        by=Roles.COUNTER,
        asks=(promised_on,),
        unless=(papers_open, is_residence),
        cites=LOCAL_PERMITS["受理"],
    )
    decline = Step(
        (applied | incomplete) >> not_accepted,
        T("不予受理", "Do not accept"),
        by=Roles.COUNTER,
        asks=(reason,),
        unless=no_reason,
        cites=LOCAL_PERMITS["受理"],
    )
    prolong = Step(
        accepted | reviewed | approved,
        T("按市级实施办法延长", "Prolong under the city's rule"),
        by=Roles.PERMIT_REVIEWER,
        asks=(remote, longer),
        unless=(too_long, not_remote, not_residence),
        at_most=1,
        cites=RES[9],
    )
    review = Step(
        accepted >> reviewed,
        T("审核", "Review"),
        by=Roles.PERMIT_REVIEWER,
        asks=(half_year, grounds_met),
        cites=RES[2, 9] + LOCAL_PERMITS["审核"],
    )
    grant = Step(
        reviewed >> approved,
        T("准予", "Grant"),
        by=Roles.PERMIT_REVIEWER,
        unless=(not_met, papers_owed),
        cites=RES[2, 9] + LOCAL_PERMITS["决定"],
    )
    refuse = Step(
        reviewed >> refused,
        T("不予许可", "Refuse"),
        by=Roles.PERMIT_REVIEWER,
        asks=(reason,),
        unless=(is_met, no_reason),
        cites=RES[20] + LOCAL_PERMITS["决定"],
    )
    make = Step(approved >> made, T("制证", "Make the paper"), by=Roles.COUNTER, asks=(fee,), unless=free, cites=RES[9, 21] + LOCAL_PERMITS["制证"])
    issue = Step(made >> delivered, T("发放居住证", "Issue the residence permit"), by=Roles.COUNTER, unless=not_residence, cites=RES[9, 10])
    deliver = Step(made >> delivered, T("送达", "Deliver"), by=Roles.COUNTER, unless=is_residence, cites=LOCAL_PERMITS["送达"])
    endorse = Step(delivered, T("签注", "Endorse for a year"), by=Roles.COUNTER, unless=not_residence, cites=RES[10])
    end = Step(delivered >> ended, T("注销或者换领交回", "End it, or hand it back for a new one"), by=Roles.COUNTER, cites=RES[11])

    not_delivered = Ground(
        ~(issue.done | deliver.done | refuse.done | decline.done),
        T("事项尚未办结，不能评价", "It cannot be rated before it is finished"),
        LOCAL_PERMITS["评价"],
    )
    rated_already = Ground(
        ratings.any(Rating.given | Rating.bad | Rating.being_fixed | Rating.answered | Rating.rated_again),
        T("一事一评", "One rating each"),
        LOCAL_PERMITS["评价"],
    )
    once_rated = Condition(Rating.rate | Rating.complain, unless=(not_delivered, rated_already))
    asked_at_once = Condition(Paper.ask, unless=asked_before)

    issue_time = Limit(
        since=accept_residence,
        until=issue | refuse,
        within=days(15).but(days(30), when=remote.is_(True)),
        title=T("居住证制发期限", "Time to issue a residence permit"),
        warn=(days(3),),
        cites=RES[9],
    )
    promise = Limit(
        since=promised_on,
        until=issue | deliver | refuse,
        within=days(0),
        target=True,
        title=T("承诺办结日", "Promised day"),
        cites=LOCAL_PERMITS["目录"],
    )
    endorsement = Limit(
        since=issue | endorse,
        until=endorse,
        within=months(12),
        target=True,
        waived=end,
        title=T("每年签注", "Yearly endorsement"),
        cites=RES[10],
    )
