"""委托鉴定 · One appraisal: applied for, the body agreed or drawn by lot, entrusted, materials, opinion, objections, examination in court."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.courts.appraisal.procedures.appraisal_body.procedure import AppraisalBody
from tianping.institutions.courts.appraisal.procedures.entrusted_appraisal.tracks import Objection
from tianping.law.statutes import CI22, CPL23, EV19, LOCAL_APPRAISAL, OMR
from tianping.procedure import NEW, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Tally, days
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("法律未规定日数", "the law gives no number of days")
BY_COURT = T("由人民法院指定或者在委托书中载明", "the court sets it, or the letter of entrustment says")


class When(Enum):
    """阶段 · Before the case is filed, or in the trial."""

    PRE_FILING = "诉前委托"
    TRIAL = "审理中"


class Again(Enum):
    """重新鉴定 · Whether it is a first opinion, and if not, why another is made (EV19 40)."""

    FIRST = "初次鉴定"
    UNQUALIFIED = "鉴定人不具备相应资格"
    UNLAWFUL = "鉴定程序严重违法"
    UNFOUNDED = "鉴定意见明显依据不足"
    OTHER = "鉴定意见不能作为证据使用的其他情形"


class EntrustedAppraisal(Procedure):
    """委托鉴定 · From the application to the examination of the opinion."""

    title = T("委托鉴定", "Entrusted appraisal")
    code = "entrusted_appraisal"
    valid_from = date(2022, 1, 1)
    corrects = Roles.JUDGE

    when_ = Fact(When, T("诉前还是审理中", "Before filing, or in the trial?"))
    again = Fact(Again, T("是否重新鉴定及其情形", "A first opinion, or another, and why?"))
    relevant = Fact(bool, T("是否与待证事实有关联和意义", "Does it bear on a fact to be proven?"))
    speciality = Fact(str, T("专业类别", "Speciality"))
    body = Fact(str, T("鉴定机构", "Body"))
    qualified = Fact(bool, T("是否具备相应资格", "Is the body qualified?"))
    pay_by = Fact(date, T("预交鉴定费的期限", "Day set for the prepayment"))
    opinion_due = Fact(date, T("委托书载明的鉴定期限", "Day set for the opinion"))
    undertaking = Fact(bool, T("鉴定人是否签署承诺书", "Did the expert sign the undertaking?"))
    examined = Fact(bool, T("鉴定材料是否经质证", "Were the materials examined by the parties?"))
    complete = Fact(bool, T("鉴定书内容是否齐备并签名盖章", "Is the opinion complete, and signed or sealed?"))

    objections = Many(Objection)

    applied = Stage(T("已申请", "Applied for"), no_limit=NO_TEXT)
    choosing = Stage(T("协商或者摇号中", "The body is being chosen"), no_limit=NO_TEXT)
    chosen = Stage(T("机构已确定", "The body is chosen"), no_limit=BY_COURT)
    entrusted = Stage(T("已委托", "Entrusted"), no_limit=BY_COURT)
    supplementing = Stage(T("补充材料中", "Materials to be supplied"), no_limit=BY_COURT)
    appraising = Stage(T("鉴定中", "Being appraised"))
    given = Stage(T("已出具意见", "Opinion given"), no_limit=BY_COURT)
    heard = Stage(T("已质证", "Examined in court"), end=True)
    unusable = Stage(T("不得作为根据", "Not to be relied on"), end=True)
    refused = Stage(T("不予准许", "Not granted"), end=True)
    abandoned = Stage(T("放弃或者终止", "Abandoned or ended"), end=True)

    listed = Fact(
        int,
        T("名册中该类别的该机构", "That body on the register for the speciality"),
        known_by=Tally(AppraisalBody.listed, same=((body, AppraisalBody.body), (speciality, AppraisalBody.speciality)), procedure=AppraisalBody),
    )
    beside_point = Ground(~relevant.is_(True), T("与待证事实无关联或者无意义", "It does not bear on a fact to be proven"), CI22[121])
    to_the_point = Ground(relevant.is_(True), T("与待证事实有关联", "It bears on a fact to be proven"), CI22[121])
    unqualified = Ground(~qualified.is_(True), T("机构不具备相应资格", "The body is not qualified"), CPL23[79] + EV19[32])
    not_listed = Ground(listed < 1, T("机构不在名册该类别中", "The body is not listed for the speciality"), LOCAL_APPRAISAL["名册", "摇号"])
    unsigned = Ground(~undertaking.is_(True), T("鉴定人未签署承诺书", "The expert has not signed the undertaking"), EV19[33])
    untested = Ground(~examined.is_(True), T("鉴定材料未经质证", "The materials were not examined"), EV19[34])
    incomplete = Ground(~complete.is_(True), T("鉴定书不齐备或者未签名盖章", "The opinion is incomplete, or not signed"), CPL23[80] + EV19[36])

    apply = Step(NEW >> applied, T("申请鉴定", "Apply"), by=Roles.PARTY, asks=(when_, again, speciality), cites=CPL23[79] + EV19[31, 40] + OMR[26])
    refuse = Step(applied >> refused, T("不予准许", "Refuse"), by=Roles.JUDGE, asks=(relevant,), unless=to_the_point, cites=CI22[121])
    ask_fee = Step(applied, T("通知预交鉴定费", "Ask for the fee"), by=Roles.JUDGE, asks=(pay_by,), cites=EV19[31] + LOCAL_APPRAISAL["费用"])
    pay_fee = Step(applied, T("预交鉴定费", "Pay the fee"), by=Roles.PARTY, cites=EV19[31])
    paid = Ground(pay_fee.done, T("已预交", "It is paid"), EV19[31])
    unpaid = Ground(~pay_fee.done, T("鉴定费未预交", "The fee is not paid"), EV19[31])
    grant = Step(
        applied >> choosing,
        T("准许鉴定", "Grant it"),
        by=Roles.JUDGE,
        asks=(relevant,),
        unless=(beside_point, unpaid),
        cites=CPL23[79] + CI22[121],
    )
    order = Step(
        NEW >> choosing,
        T("依职权委托", "Order it of the court's own motion"),
        by=Roles.JUDGE,
        asks=(when_, again, speciality),
        cites=CPL23[79] + EV19[30],
    )
    disagree = Step(choosing, T("协商不成", "The parties do not agree"), by=Roles.JUDGE, cites=CPL23[79] + EV19[32])
    agree = Step(
        choosing >> chosen,
        T("协商确定机构", "Agree on a body"),
        by=2 * Roles.PARTY,
        asks=(body, qualified),
        unless=unqualified,
        cites=CPL23[79] + EV19[32],
    )
    may_agree = Ground(~(disagree.done | order.done), T("应当先由双方协商", "The parties are to agree first"), CPL23[79] + EV19[32])
    draw = Step(
        choosing >> chosen,
        T("摇号指定机构", "Draw a body by lot"),
        by=Roles.COURT,
        asks=(body, qualified, listed),
        unless=(may_agree, unqualified, not_listed),
        cites=CPL23[79] + EV19[32] + LOCAL_APPRAISAL["摇号"],
    )
    test_materials = Step(
        chosen | entrusted,
        T("组织对鉴定材料质证", "Have the materials examined"),
        by=Roles.JUDGE,
        asks=(examined,),
        cites=EV19[34],
    )
    entrust = Step(
        chosen >> entrusted, T("出具委托书", "Entrust"), by=Roles.JUDGE, asks=(opinion_due,), unless=untested, cites=CPL23[79] + EV19[32, 34]
    )
    ask_materials = Step(
        (entrusted | appraising) >> supplementing, T("要求补充材料", "Ask for materials"), by=Roles.APPRAISER, cites=CPL23[80] + EV19[31]
    )
    supply = Step(
        supplementing >> entrusted,
        T("补充材料并经质证", "Supply them, examined"),
        by=Roles.JUDGE,
        asks=(examined,),
        unless=untested,
        cites=EV19[34],
    )
    begin = Step(
        entrusted >> appraising, T("签署承诺书并开始鉴定", "Sign and begin"), by=Roles.APPRAISER, asks=(undertaking,), unless=unsigned, cites=EV19[33]
    )
    tell_delay = Step(appraising, T("告知不能按期完成", "Tell of a delay"), by=Roles.APPRAISER, cites=EV19[35] + LOCAL_APPRAISAL["延期"])
    told = Ground(~tell_delay.done, T("鉴定机构未告知延期", "The body has told of no delay"), LOCAL_APPRAISAL["延期"])
    allow_delay = Step(
        appraising,
        T("重新确定鉴定期限", "Set another day"),
        by=Roles.JUDGE,
        asks=(opinion_due,),
        unless=told,
        cites=EV19[35] + LOCAL_APPRAISAL["延期"],
    )
    opine = Step(
        appraising >> given,
        T("提交鉴定书", "Give the opinion"),
        by=Roles.APPRAISER,
        asks=(complete,),
        unless=incomplete,
        cites=CPL23[80] + EV19[35, 36],
    )
    revoke = Step(
        (entrusted | supplementing | appraising) >> abandoned, T("终止委托", "End it without an opinion"), by=Roles.JUDGE, cites=EV19[31, 35]
    )
    send_copy = Step(given, T("将副本送交当事人并指定异议期限", "Send copies, and set the time for objections"), by=Roles.CLERK, cites=EV19[37])

    not_sent = Ground(~send_copy.done, T("鉴定书副本未送交当事人", "The parties have no copy"), EV19[37])
    still_open = Ground(
        objections.any(Objection.raised | Objection.explained | Objection.standing), T("异议尚未处理完毕", "Objections are open"), EV19[37, 38]
    )
    expert_absent = Ground(objections.any(Objection.absent), T("鉴定人拒不出庭", "The expert stayed away"), CPL23[81])
    no_ground = Ground(~objections.any(Objection.absent), T("没有鉴定人拒不出庭的情形", "No expert stayed away"), CPL23[81])
    hear = Step(
        given >> heard,
        T("质证", "Examine it in court"),
        by=Roles.JUDGE,
        unless=(not_sent, still_open, expert_absent),
        cites=CPL23[81] + EV19[37, 38],
    )
    set_aside = Step(given >> unusable, T("不作为认定事实的根据", "Set it aside"), by=Roles.JUDGE, unless=no_ground, cites=CPL23[81])
    sound = Ground(again.is_(Again.FIRST), T("没有应当重新鉴定的情形", "Nothing calls for another appraisal"), EV19[40])
    do_again = Step(given >> unusable, T("准许重新鉴定", "Grant another appraisal"), by=Roles.JUDGE, asks=(again,), unless=sound, cites=EV19[40])
    only_sent = Condition(Objection.raise_, unless=not_sent)

    to_pay = Limit(since=pay_by, until=pay_fee, within=days(0), waived=refuse, title=T("预交鉴定费期限", "Time to prepay"), cites=EV19[31])
    deem_waived = Step(applied >> abandoned, T("视为放弃申请", "Taken as dropped"), by=Roles.JUDGE, on=to_pay, unless=paid, cites=EV19[31])
    to_opine = Limit(
        since=opinion_due, until=opine | revoke, within=days(0), title=T("鉴定期限", "Day for the opinion"), cites=EV19[35], warn=(days(5),)
    )
