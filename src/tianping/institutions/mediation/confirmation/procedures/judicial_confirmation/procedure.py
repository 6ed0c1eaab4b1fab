"""司法确认 · The special procedure by which a court makes a mediated agreement enforceable, under the law of 2024."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import CI22, CPL23, JC11, PML, TL00
from tianping.procedure import (
    NEW,
    PLAIN,
    Condition,
    Extension,
    Fact,
    Ground,
    Limit,
    Many,
    Procedure,
    Stage,
    Step,
    T,
    Track,
    Wait,
    days,
    months,
    years,
)
from tianping.procedure.contracts.matters import ConfirmationRequest
from tianping.procedure.contracts.roles import Roles


class Bar(Enum):
    """不予受理的情形 · What an agreement may be about that cannot be confirmed (CI22 355)."""

    NONE = "无"
    OUT_OF_SCOPE = "不属于受理范围"
    STATUS = "身份关系"
    OTHER_PROCEDURE = "其他特别程序、公示催告、破产"
    TITLE = "物权、知识产权确权"


class Defect(Enum):
    """驳回的情形 · What may be wrong with an agreement (CI22 358)."""

    NONE = "无"
    MANDATORY_LAW = "违反法律强制性规定"
    INTERESTS_OF_OTHERS = "损害国家、社会公共利益或者他人合法权益"
    PUBLIC_ORDER = "违背公序良俗"
    INVOLUNTARY = "违反自愿原则"
    UNCLEAR = "内容不明确"
    OTHER = "其他不能确认的情形"


class Receipt(Track):
    """当事人收到裁定 · One party's receipt of the ruling, and its right to object to it."""

    title = T("当事人收到裁定", "A party receives the ruling")

    received = Stage(T("已收到裁定", "Ruling received"))
    objected = Stage(
        T("当事人异议审查中", "Objection under review"), no_limit=T("解释未规定审查异议的期限", "the interpretation sets no time to review it")
    )
    sustained = Stage(T("异议成立", "Objection sustained"), end=True)
    rejected = Stage(T("异议不成立", "Objection rejected"), end=True)
    passed = Stage(T("未提异议", "No objection made"), end=True)

    serve = Step(NEW >> received, T("送达裁定", "Serve the ruling"), by=Roles.SERVER | Roles.CLERK, cites=CI22[372])
    object_ = Step(received >> objected, T("当事人提出异议", "Object as a party"), by=Roles.APPLICANT | Roles.OPPONENT, cites=CI22[372])
    sustain = Step(objected >> sustained, T("异议成立，另作裁定", "Sustain it and rule anew"), by=Roles.JUDGE, cites=CI22[372])
    reject = Step(objected >> rejected, T("裁定驳回异议", "Reject it"), by=Roles.JUDGE, cites=CI22[372])

    to_object = Limit(
        since=serve, until=object_, within=days(15), bars=True, title=T("当事人异议期限", "Time for a party to object"), cites=CI22[372]
    )
    let_pass = Step(received >> passed, T("异议期限届满", "The time to object ran out"), by=Roles.SYSTEM, on=to_object, cites=CI22[372])


class Challenge(Track):
    """利害关系人异议 · One interested person's objection, within six months of learning of the infringement."""

    title = T("利害关系人异议", "An interested person objects")

    learned = Fact(date, T("知道或者应当知道受侵害之日", "Day the person learned, or should have, of the infringement"))

    reviewing = Stage(
        T("利害关系人异议审查中", "Challenge under review"), no_limit=T("解释未规定审查异议的期限", "the interpretation sets no time to review it")
    )
    upheld = Stage(T("异议成立", "Challenge upheld"), end=True)
    denied = Stage(T("异议不成立", "Challenge denied"), end=True)

    lodge = Step(NEW >> reviewing, T("利害关系人提出异议", "Object as an interested person"), by=Roles.INTERESTED, asks=(learned,), cites=CI22[372])
    uphold = Step(reviewing >> upheld, T("异议成立，撤销或者改变裁定", "Uphold it and change the ruling"), by=Roles.JUDGE, cites=CI22[372])
    deny = Step(reviewing >> denied, T("裁定驳回", "Deny it"), by=Roles.JUDGE, cites=CI22[372])

    to_lodge = Limit(
        since=learned,
        until=lodge,
        within=months(6),
        bars=True,
        title=T("利害关系人异议期限", "Time for an interested person to object"),
        cites=CI22[372],
    )


class Performance(Track):
    """履行 · One obligation of the confirmed agreement: performed by its day, or enforced at the other party's application within two years."""

    title = T("履行与申请执行", "Performance and enforcement")

    perform_by = Fact(date, T("协议约定的最后履行日", "Last day to perform, as agreed"))

    awaited = Stage(T("待履行", "To be performed"))
    performed = Stage(T("已履行完毕", "Performed"), end=True)
    enforcing = Stage(T("已申请执行", "Enforcement applied for"), end=True)

    await_ = Step(NEW >> awaited, T("登记履行期限", "Note the day"), by=Roles.CLERK | Roles.JUDGE, asks=(perform_by,), cites=CPL23[206, 247])
    perform = Step(awaited >> performed, T("履行完毕", "Perform"), by=Roles.APPLICANT | Roles.OPPONENT, cites=CPL23[247])
    enforce = Step(
        awaited >> enforcing, T("拒绝或者未全部履行，申请执行", "Not performed: apply for enforcement"), by=Roles.APPLICANT | Roles.OPPONENT,
        cites=CPL23[206, 247, 250],
    )  # fmt: skip

    to_perform = Limit(since=perform_by, until=perform, within=days(0), counting=PLAIN, title=T("履行期限", "Day to perform"), cites=CPL23[247])
    not_before = Wait(
        since=perform_by, until=enforce, within=days(1), title=T("履行期满后方可申请执行", "Not before that day is over"), cites=CPL23[250]
    )
    to_enforce = Limit(
        since=perform_by, until=enforce, within=years(2), waived=perform, title=T("申请执行期间", "Time to apply for enforcement"), cites=CPL23[250]
    )


class JudicialConfirmation(Procedure):
    """司法确认 · Both parties apply within thirty days; the court rules within thirty, and aims at fifteen."""

    title = T("司法确认调解协议", "Judicial confirmation of a mediated agreement")
    code = "judicial_confirmation"
    valid_from = date(2024, 1, 1)
    corrects = Roles.FILING_JUDGE | Roles.JUDGE

    effective = Fact(date, T("调解协议生效日", "Day the agreement took effect"))
    self_run = Fact(bool, T("是否调解组织自行开展的调解", "Did the mediation body mediate on its own account?"))
    inviting = Fact(bool, T("本院是否作出邀请的法院", "Is this the court that invited the mediation?"))
    connected = Fact(
        bool,
        T("是否当事人住所地、标的物所在地或者调解组织所在地法院", "Is it the court of a party's domicile, the subject matter or the body's seat?"),
    )
    level_fits = Fact(bool, T("级别管辖是否相符", "Is it a court of the right level?"))
    bar = Fact(Bar, T("有无不予受理的情形", "Is there a bar to accepting it?"))
    defect = Fact(Defect, T("协议有无应当驳回的情形", "Is something wrong with the agreement?"))
    evasive = Fact(bool, T("当事人是否拒不接受询问", "Do the parties refuse to be questioned?"))

    receipts = Many(Receipt)
    challenges = Many(Challenge)
    performances = Many(Performance)

    applied = Stage(T("待受理", "Applied for"))
    supplementing = Stage(T("待补交材料", "Papers to be supplied"), no_limit=T("由法院指定的期限", "the court sets the time"))
    reviewing = Stage(T("审查中", "Under review"))
    confirmed = Stage(T("裁定有效", "Confirmed"), answers=ConfirmationRequest.confirmed)
    dismissed = Stage(T("裁定驳回", "Dismissed"), answers=ConfirmationRequest.dismissed)
    declined = Stage(T("裁定不予受理", "Not accepted"), answers=ConfirmationRequest.declined)
    withdrawn = Stage(T("已撤回", "Withdrawn"), answers=ConfirmationRequest.withdrawn)

    competent = (self_run.is_(False) & inviting.is_(True)) | (self_run.is_(True) & connected.is_(True) & level_fits.is_(True))
    wrong_court = Ground(
        ~competent,
        T("本院无管辖权", "This court is not competent"),
        CPL23[205] + CI22[355],
    )
    barred = Ground(~bar.is_(Bar.NONE), T("协议内容不得申请确认", "What was agreed may not be confirmed"), CI22[355])
    not_acceptable = Ground(
        ~bar.is_(Bar.NONE) | ~competent,
        T("无管辖权，或者协议内容不得申请确认", "The court is not competent, or what was agreed may not be confirmed"),
        CPL23[205] + CI22[355],
    )
    defective = Ground(~defect.is_(Defect.NONE), T("协议有应当驳回的情形", "Something is wrong with the agreement"), CI22[358])
    dismissible = Ground(
        ~bar.is_(Bar.NONE) | ~competent | ~defect.is_(Defect.NONE),
        T("有不予受理或者应当驳回的情形", "There is a bar, or something wrong with the agreement"),
        CPL23[205] + CI22[355, 358],
    )

    apply = Step(
        NEW >> applied,
        T("共同申请司法确认", "Apply together"),
        by=Roles.APPLICANT & Roles.OPPONENT,
        asks=(effective, self_run, inviting, connected, level_fits),
        cites=CPL23[205] + CI22[351:354],
    )
    request_papers = Step(applied >> supplementing, T("要求限期补交", "Ask for missing papers"), by=Roles.FILING_JUDGE, cites=CI22[354])
    supply = Step(supplementing >> applied, T("补交材料", "Supply the papers"), by=Roles.APPLICANT | Roles.OPPONENT, cites=CI22[354])
    retract = Step(
        (applied | supplementing) >> withdrawn, T("受理前撤回", "Withdraw before acceptance"), by=Roles.APPLICANT | Roles.OPPONENT, cites=JC11[5]
    )
    accept = Step(
        applied >> reviewing, T("受理", "Accept"), by=Roles.FILING_JUDGE, unless=(barred, wrong_court), asks=(bar,), cites=CPL23[206] + JC11[4]
    )
    decline = Step(
        applied >> declined, T("裁定不予受理", "Decline to accept"), by=Roles.FILING_JUDGE, when=not_acceptable, asks=(bar,), cites=CI22[355]
    )
    verify = Step(reviewing, T("通知双方到场核实", "Hear both parties"), by=Roles.JUDGE, cites=CI22[356])
    ask_more = Step(reviewing, T("要求限期补充", "Ask for more"), by=Roles.JUDGE, cites=CI22[356])
    answer_more = Step(reviewing, T("补充陈述或者证明材料", "Give what was asked"), by=Roles.APPLICANT | Roles.OPPONENT, cites=CI22[356])
    prolong = Step(reviewing, T("批准延长十日", "Grant ten days more"), by=Roles.PRESIDENT, at_most=1, cites=JC11[5])
    extend = Step(reviewing, T("批准延长审限", "Extend the trial limit"), by=Roles.PRESIDENT, at_most=1, cites=CPL23[187])
    withdraw = Step(
        reviewing >> withdrawn,
        T("准许撤回申请", "Let the application be withdrawn"),
        by=(Roles.APPLICANT | Roles.OPPONENT) & Roles.JUDGE,
        cites=CI22[357],
    )
    unanswered = Ground(
        (answer_more.times < ask_more.times) | evasive.is_(True),
        T("未按期补充或者拒不接受询问", "What was asked was not given, or the parties refuse to be questioned"),
        CI22[357],
    )
    treat_withdrawn = Step(
        reviewing >> withdrawn, T("按撤回申请处理", "Treat it as withdrawn"), by=Roles.JUDGE, when=unanswered, asks=(evasive,), cites=CI22[357]
    )
    not_verified = Ground(~verify.done, T("未通知双方到场核实", "The parties have not been heard"), CI22[356])
    confirm = Step(
        reviewing >> confirmed,
        T("裁定调解协议有效", "Confirm the agreement"),
        by=Roles.JUDGE,
        unless=(barred, defective, not_verified),
        asks=(defect,),
        cites=CPL23[206],
    )
    dismiss = Step(
        reviewing >> dismissed,
        T("裁定驳回申请", "Dismiss the application"),
        by=Roles.JUDGE,
        when=dismissible,
        asks=(bar, defect),
        cites=CPL23[206] + CI22[355, 358],
    )

    no_ruling = Ground(~confirm.done, T("尚未裁定协议有效", "The agreement has not been confirmed"), CI22[372])
    after_ruling = Condition(Receipt.serve | Challenge.lodge | Performance.await_, unless=no_ruling)

    to_apply = Limit(
        since=effective,
        until=apply,
        within=days(30),
        title=T("申请司法确认期限", "Time to apply for confirmation"),
        cites=CPL23[205] + PML[33],
    )
    to_accept = Limit(
        since=apply | supply,
        until=accept | decline,
        within=days(3),
        waived=request_papers | retract,
        target=True,
        title=T("决定受理的目标期限", "Target to accept"),
        cites=JC11[4],
    )
    to_decide_target = Limit(
        since=accept,
        until=confirmed | dismissed | withdrawn,
        within=days(15),
        extend=(Extension(days(10), grant=prolong, cites=JC11[5]),),
        target=True,
        title=T("作出裁定的目标期限", "Target to rule"),
        cites=JC11[5],
    )
    to_decide = Limit(
        since=accept,
        until=confirmed | dismissed | withdrawn,
        within=days(30),
        extend=(Extension(days(30), grant=extend, cites=CPL23[187] + TL00[2]),),
        title=T("特别程序审限", "Trial limit of the special procedure"),
        cites=CPL23[187] + TL00[2],
    )
