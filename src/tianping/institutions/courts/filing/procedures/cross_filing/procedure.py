"""跨域立案（协作法院） · The helper court takes in and checks the form, passes the papers to the competent court, and hands its answer back.

Nothing here files or refuses: the only acts that tell of a decision are taken by the system, on what the competent court has answered.
"""

from __future__ import annotations

from datetime import date

from tianping.institutions.courts.filing.procedures.pre_filing.procedure import Suit
from tianping.law.statutes import CI22, CPL23, LOCAL_CROSS, OLR, REG15
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Referral, Stage, Step, T, days, minutes
from tianping.procedure.contracts.matters import CrossFilingRequest
from tianping.procedure.contracts.roles import Roles

NO_TIME = T("未查得期限", "no text was found on how long it may take")


class CrossFiling(Procedure):
    """跨域立案 · A complaint handed in at a court near the party for a court far away."""

    title = T("跨域立案（协作法院）", "Cross-court filing: the helper")
    code = "cross_filing"
    valid_from = date(2022, 1, 1)
    counting = PLAIN
    corrects = Roles.FILING_JUDGE

    suit = Fact(Suit, T("起诉种类", "Which kind of suit is it?"))
    court_chosen = Fact(str, T("受诉人民法院", "Court sued in"))
    form_complete = Fact(bool, T("材料形式是否齐全", "Is the form complete?"))
    corrected = Fact(bool, T("是否已按告知补正过", "Corrected once already?"))
    correct_by = Fact(date, T("指定的补正期限", "Day set for the correction"))

    request = Referral(
        CrossFilingRequest,
        by=Roles.FILING_JUDGE,
        carries=(suit, corrected),
        cites=LOCAL_CROSS["推送"] + CPL23[126],
        no_limit=T("立案期限在管辖法院计算", "the time to decide runs at the competent court"),
    )

    received = Stage(T("已收件", "Taken in"), no_limit=NO_TIME)
    incomplete = Stage(T("形式不全待补", "Form to be completed"), no_limit=NO_TIME)
    checked = Stage(T("形式审查完毕", "Form checked"), no_limit=NO_TIME)
    pushed = Stage(T("管辖法院审核中", "With the competent court"), no_limit=T("立案期限在管辖法院计算", "the time to decide runs there"))
    correcting = Stage(T("管辖法院要求补正", "To be corrected"))
    returned = Stage(T("管辖法院退回", "Sent back by that court"), no_limit=NO_TIME)
    answered = Stage(T("文书已回传", "Papers sent back"), no_limit=NO_TIME)
    delivered = Stage(T("已送达当事人", "Delivered"), end=True)
    given_up = Stage(T("当事人撤回", "Taken back"), end=True)

    form_lacking = Ground(form_complete.is_(False), T("材料形式不全", "The form is not complete"), REG15[6] + LOCAL_CROSS["形式审查"])
    no_court = Ground(~court_chosen.known(), T("未选定受诉法院", "No court was chosen"), CPL23[122] + LOCAL_CROSS["收件"])

    receive = Step(
        NEW >> received,
        T("收件并出具凭证", "Take in, against a receipt"),
        by=Roles.FILING_JUDGE | Roles.CLERK,
        asks=(suit, court_chosen),
        sets=((corrected, False),),
        cites=REG15[2, 14] + LOCAL_CROSS["收件"],
    )
    ask_form = Step(received >> incomplete, T("告知补齐形式", "Ask for the missing papers"), by=Roles.FILING_JUDGE, at_most=1, cites=REG15[7])
    complete = Step(incomplete >> received, T("补齐材料", "Supply them"), by=Roles.APPLICANT | Roles.AGENT, cites=REG15[6, 7])
    check = Step(
        received >> checked,
        T("形式审查", "Check the form"),
        by=Roles.FILING_JUDGE | Roles.CLERK,
        asks=(form_complete,),
        unless=(form_lacking, no_court),
        cites=REG15[6] + LOCAL_CROSS["形式审查"],
    )
    push = Step(
        (checked | returned) >> pushed,
        T("推送管辖法院", "Send to the competent court"),
        by=Roles.FILING_JUDGE,
        asks=(court_chosen,),
        opens=(request,),
        cites=LOCAL_CROSS["推送"],
    )
    note_correction = Step(
        pushed >> correcting,
        T("管辖法院要求补正", "It asks for a correction"),
        by=Roles.SYSTEM,
        on=request.heard(CrossFilingRequest.correction),
        cites=REG15[7] + LOCAL_CROSS["回传"],
    )
    tell_correction = Step(
        correcting, T("转达补正内容和期限", "Pass on what to correct and by when"), by=Roles.CLERK, asks=(correct_by,), cites=REG15[7] + OLR[9]
    )
    correct = Step(
        correcting >> checked,
        T("补正材料", "Hand in the correction"),
        by=Roles.APPLICANT | Roles.AGENT,
        sets=((corrected, True),),
        cites=REG15[7] + CI22[126],
    )
    note_return = Step(
        pushed >> returned,
        T("不属于该院管辖，退回", "Not that court's: sent back"),
        by=Roles.SYSTEM,
        on=request.heard(CrossFilingRequest.not_competent),
        cites=CPL23[127] + LOCAL_CROSS["回传"],
    )
    note_filed = Step(
        pushed >> answered,
        T("管辖法院已立案", "Filed by that court"),
        by=Roles.SYSTEM,
        on=request.heard(CrossFilingRequest.filed),
        cites=CPL23[126] + LOCAL_CROSS["回传"],
    )
    note_refused = Step(
        pushed >> answered,
        T("管辖法院不予受理", "Refused by that court"),
        by=Roles.SYSTEM,
        on=request.heard(CrossFilingRequest.refused),
        cites=CPL23[126] + LOCAL_CROSS["回传"],
    )
    deliver = Step(
        answered >> delivered, T("送达回传文书", "Deliver the papers"), by=Roles.CLERK | Roles.SERVER, cites=CPL23[126] + LOCAL_CROSS["回传"]
    )
    give_up = Step(
        (received | incomplete | checked | correcting | returned) >> given_up,
        T("撤回起诉材料", "Take the complaint back"),
        by=Roles.APPLICANT | Roles.AGENT,
        cites=CPL23[13],
    )

    to_reply = Limit(
        since=request.send,
        until=request.receive | request.answer | request.refuse,
        within=minutes(15),
        target=True,
        title=T("管辖法院回复时间（实践）", "Time for the competent court to reply (practice)"),
        cites=LOCAL_CROSS["回复"],
    )
    to_correct = Limit(
        since=correct_by,
        until=correct,
        within=days(0),
        waived=give_up,
        target=True,
        title=T("指定的补正期限", "Time set for the correction"),
        cites=REG15[7],
    )
