"""协作事项 · Proposed, sent under one of five mechanisms with its own form, answered by the other side, noted, put on file.

What the other side sees of it is what the form carries and nothing else: each mechanism is a referral with answers of its own, and it is open only
until it is answered.
"""

from __future__ import annotations

from datetime import date

from tianping.institutions.procuratorate.cooperation.procedures.cooperation.forms import Mechanism, Weight
from tianping.law.statutes import LOCAL_COOPERATION, PPR
from tianping.procedure import CRIMINAL, NEW, Fact, Ground, Limit, Procedure, Referral, Stage, Step, T, days
from tianping.procedure.contracts.matters import CooperationRequest
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("办法原文未取得，反馈期限由使用单位配置", "the rule was not obtained; the time to report back is set by the user")
EITHER = Roles.OFFICER | Roles.LEGAL_REVIEW | Roles.PROSECUTOR | Roles.RESIDENT_PROSECUTOR
RULES = LOCAL_COOPERATION


class Cooperation(Procedure):
    """协作事项 · One matter, at the side that asks."""

    title = T("警检协作事项", "Matter of police–procuratorate cooperation")
    code = "cooperation"
    valid_from = date(2019, 12, 30)
    counting = CRIMINAL
    corrects = Roles.LEGAL_REVIEW | Roles.CASE_MANAGEMENT

    subject = Fact(str, T("案件名称和编号", "Case, by name and number"))
    mechanism = Fact(Mechanism, T("协作机制", "Under which mechanism?"))
    own_view = Fact(str, T("内部研判意见（不移送）", "Own view, which is not passed on"))
    clue = Fact(str, T("线索内容", "What the clue says"))
    weight = Fact(Weight, T("案件情况", "What makes the case weighty?"))
    question = Fact(str, T("会商议题", "What is to be discussed?"))
    meeting_on = Fact(date, T("会商日期", "Day of the meeting"), agenda=True)
    demand = Fact(str, T("督办要求", "What is demanded"))
    report_by = Fact(date, T("督办期限", "Day to report by"))
    place = Fact(str, T("联合执法地点", "Place of the joint action"))
    action_on = Fact(date, T("联合执法日期", "Day of the joint action"), agenda=True)

    proposed = Stage(T("已提出", "Proposed"), no_limit=NO_TEXT)
    out = Stage(T("对方办理中", "With the other side"), no_limit=NO_TEXT)
    fed_back = Stage(T("已反馈", "Reported back"), no_limit=NO_TEXT)
    archived = Stage(T("已归档", "On file"), end=True)
    dropped = Stage(T("不再提出", "Dropped"), end=True)

    not_clue = Ground(~mechanism.is_(Mechanism.CLUE), T("不是线索移交", "It is not a transfer of a clue"), RULES["线索移交"])
    not_early = Ground(~mechanism.is_(Mechanism.EARLY), T("不是提前介入", "It is not an early intervention"), RULES["提前介入"])
    not_consult = Ground(~mechanism.is_(Mechanism.CONSULT), T("不是案件会商", "It is not a consultation"), RULES["案件会商"])
    not_listed = Ground(~mechanism.is_(Mechanism.LISTED), T("不是挂牌督办", "It is not a listed case"), RULES["挂牌督办"])
    not_joint = Ground(~mechanism.is_(Mechanism.JOINT), T("不是联合执法", "It is not a joint action"), RULES["联合执法"])
    not_weighty = Ground(weight.is_(Weight.ORDINARY), T("不是重大、疑难、复杂案件", "It is not a major, doubtful or complex case"), PPR[256])

    clues = Referral(CooperationRequest, by=EITHER, carries=(subject, mechanism, clue), unless=not_clue, cites=RULES["线索移交"], no_limit=NO_TEXT)
    early = Referral(
        CooperationRequest,
        by=EITHER,
        carries=(subject, mechanism, weight),
        unless=(not_early, not_weighty),
        cites=PPR[256] + RULES["提前介入"],
        no_limit=NO_TEXT,
    )
    consult = Referral(
        CooperationRequest,
        by=EITHER,
        carries=(subject, mechanism, question, meeting_on),
        unless=not_consult,
        cites=PPR[256] + RULES["案件会商"],
        no_limit=NO_TEXT,
    )
    listed = Referral(
        CooperationRequest, by=EITHER, carries=(subject, mechanism, demand, report_by), unless=not_listed, cites=RULES["挂牌督办"], no_limit=NO_TEXT
    )
    joint = Referral(
        CooperationRequest, by=EITHER, carries=(subject, mechanism, place, action_on), unless=not_joint, cites=RULES["联合执法"], no_limit=NO_TEXT
    )
    pending = Ground(
        clues.open | early.open | consult.open | listed.open | joint.open, T("对方尚未反馈", "The other side has not answered"), RULES["反馈"]
    )

    propose = Step(NEW >> proposed, T("提出协作", "Propose"), by=EITHER, asks=(subject, mechanism, own_view), cites=RULES["反馈"])
    send_clue = Step(
        proposed >> out, T("移交线索", "Pass on the clue"), by=EITHER, unless=not_clue, asks=(clue,), opens=(clues,), cites=RULES["线索移交"]
    )
    ask_early = Step(
        proposed >> out,
        T("商请提前介入", "Ask for or offer early intervention"),
        by=EITHER,
        unless=(not_early, not_weighty),
        asks=(weight,),
        opens=(early,),
        cites=PPR[256] + RULES["提前介入"],
    )
    ask_consult = Step(
        proposed >> out,
        T("商请会商", "Ask for a consultation"),
        by=EITHER,
        unless=not_consult,
        asks=(question, meeting_on),
        opens=(consult,),
        cites=PPR[256] + RULES["案件会商"],
    )
    list_case = Step(
        proposed >> out,
        T("挂牌督办", "List the case"),
        by=EITHER,
        unless=not_listed,
        asks=(demand, report_by),
        opens=(listed,),
        cites=RULES["挂牌督办"],
    )
    ask_joint = Step(
        proposed >> out,
        T("商请联合执法", "Ask for a joint action"),
        by=EITHER,
        unless=not_joint,
        asks=(place, action_on),
        opens=(joint,),
        cites=RULES["联合执法"],
    )
    note = Step(out >> fed_back, T("收悉反馈", "Note the answer"), by=EITHER, unless=pending, cites=RULES["反馈"])
    propose_again = Step(out >> proposed, T("重新提出", "Propose it again"), by=EITHER, unless=pending, cites=RULES["反馈"])
    archive = Step(fed_back >> archived, T("归档", "Put on file"), by=Roles.LEGAL_REVIEW | Roles.CASE_MANAGEMENT, cites=RULES["归档"])
    drop = Step(proposed >> dropped, T("不再提出", "Drop it"), by=EITHER, cites=RULES["反馈"])

    to_report = Limit(
        since=report_by,
        until=listed.answer | listed.refuse,
        within=days(0),
        target=True,
        title=T("督办期限", "Day to report by"),
        cites=RULES["挂牌督办"],
    )
