"""道路交通事故 · Reported, surveyed, appraised where needed, certified, served, reviewed once, mediated by the police, its dispute sent on.

A minor accident is certified on the spot by one officer. The day of the certificate counts from the survey, from the day a fugitive was found, from
the appraisal's becoming settled, or from the joint request for the quick way.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.police.traffic_accidents.procedures.road_accident.tracks import Appraisal, PoliceMediation, Receipt
from tianping.law.statutes import LOCAL_ACCIDENT, RTP
from tianping.procedure import NEW, Condition, Fact, Ground, Limit, Many, Procedure, Referral, Stage, Step, T, days, working_days
from tianping.procedure.contracts.matters import AccidentDispute, AccidentHandover
from tianping.procedure.contracts.roles import Roles

POLICE = Roles.TRAFFIC_POLICE


class Harm(Enum):
    """事故种类 · Property only, injury, death (RTP 3)."""

    PROPERTY = "财产损失事故"
    INJURY = "伤人事故"
    DEATH = "死亡事故"


class Grade(Enum):
    """处理资格 · What the officer in charge is qualified for (RTP 5)."""

    TRAINED = "经培训考试合格（简易程序）"
    JUNIOR = "初级"
    MIDDLE = "中级以上"


class RoadAccident(Procedure):
    """道路交通事故 · One accident at the traffic police."""

    title = T("道路交通事故处理", "Road accident")
    code = "road_accident"
    valid_from = date(2018, 5, 1)
    corrects = Roles.TRAFFIC_CHIEF

    harm = Fact(Harm, T("事故种类", "Which kind of accident?"))
    grade = Fact(Grade, T("主办民警处理资格", "Qualification of the officer in charge"))
    crime = Fact(bool, T("是否涉嫌交通肇事、危险驾驶犯罪", "Is a traffic crime suspected?"))
    slight = Fact(bool, T("是否仅财产损失，或者伤势轻微且各方一致同意简易程序", "Property only, or slight injuries and all agree to the simple way?"))
    undisputed = Fact(bool, T("基本事实及成因是否清楚且无异议", "Are facts and causes clear and undisputed?"))
    objects = Fact(bool, T("当事人是否有异议、拒签或者不同意调解", "Does a party object, refuse to sign or to mediate?"))

    appraisals = Many(Appraisal)
    receipts = Many(Receipt)
    mediations = Many(PoliceMediation, one_open=True)
    dispute = Referral(
        AccidentDispute,
        by=Roles.PARTY | POLICE,
        cites=RTP[8, 84] + LOCAL_ACCIDENT["数据共享"],
        no_limit=T("期限在道交一体化程序中计算", "the limits run in the procedure that handles the dispute"),
    )

    late_report = Stage(T("事后报警核查中", "Reported afterwards, being checked"))
    reported = Stage(T("已受案", "Taken"), no_limit=T("规定只说立即赶赴现场，未定数字", "the provisions say at once and set no number"))
    simple = Stage(T("简易程序处理中", "In the simple procedure"))
    simply_certified = Stage(T("简易程序已送达认定书", "Certified simply"), no_limit=T("当场调解，未定期限", "mediated on the spot; no time is set"))
    hunting = Stage(T("逃逸查缉中", "Fugitive sought"), no_limit=T("自查获车辆和驾驶人后起算", "time runs from the day they are found"))
    determining = Stage(T("待认定", "To be certified"))
    appraising = Stage(T("检验鉴定中", "Being appraised"), no_limit=T("期限在各项检验鉴定上计算", "the clocks run on each appraisal"))
    concluding = Stage(T("鉴定确定或者中止恢复后待认定", "To be certified after an appraisal or a suspension"))
    suspended = Stage(T("中止认定", "Suspended"))
    fast = Stage(T("快速处理待认定", "To be certified the quick way"))
    made = Stage(T("已制作认定书", "Certificate made"))
    served = Stage(T("认定书已送达各方", "Served on all"))
    reviewing = Stage(T("复核中", "Under review"))
    upheld = Stage(T("复核维持", "Upheld"))
    redoing = Stage(T("责令重新调查认定", "To be done again"))
    closed = Stage(T("已办结", "Closed"), answers=AccidentHandover.handled)
    not_taken = Stage(T("不予受理", "Not taken"), answers=AccidentHandover.not_taken)
    transferred = Stage(T("已移送有关部门", "Passed on"), answers=AccidentHandover.transferred)

    # ---- grounds --------------------------------------------------------------------------------------------------------------

    unqualified = Ground(
        (harm.is_(Harm.DEATH) & ~grade.is_(Grade.MIDDLE)) | (harm.is_(Harm.INJURY) & grade.is_(Grade.TRAINED)),
        T("主办民警不具备相应的事故处理资格", "The officer in charge is not qualified for it"),
        RTP[5],
    )
    not_simple = Ground(
        crime.is_(True) | ~slight.is_(True) | harm.is_(Harm.DEATH), T("不得适用简易程序", "The simple procedure may not be used"), RTP[23]
    )
    no_mediation = Ground(objects.is_(True), T("有异议、拒签或者不同意，不适用当场调解", "There is an objection: not mediated on the spot"), RTP[26])
    not_fast = Ground(crime.is_(True) | ~undisputed.is_(True) | ~harm.is_(Harm.INJURY), T("不符合快速处理条件", "The quick way is not open"), RTP[69])
    appraisal_open = Ground(
        ~appraisals.every(Appraisal.settled | Appraisal.discarded | Appraisal.superseded),
        T("检验鉴定意见尚未确定", "An appraisal is not settled"),
        RTP[62, 112],
    )

    # ---- taken, and the simple way ----------------------------------------------------------------------------------------------

    report = Step(NEW >> reported, T("受案登记", "Take the report"), by=POLICE, asks=(harm,), cites=RTP[16])
    report_late = Step(NEW >> late_report, T("记录事后报警", "Note a report made afterwards"), by=POLICE, asks=(harm,), cites=RTP[18])
    accept_late = Step(late_report >> reported, T("核查属实，受理", "Checked and taken"), by=POLICE, cites=RTP[18])
    decline_late = Step(late_report >> not_taken, T("书面告知不予受理", "Decline in writing"), by=POLICE, cites=RTP[18])
    begin_simply = Step(
        reported >> simple,
        T("适用简易程序", "Use the simple procedure"),
        by=POLICE,
        asks=(slight, crime, grade),
        unless=not_simple,
        cites=RTP[23, 24],
    )
    certify_simply = Step(
        simple >> simply_certified, T("制作并送达简易程序认定书", "Certify and serve on the spot"), by=POLICE, asks=(objects,), cites=RTP[24]
    )
    mediate_simply = Step(
        simply_certified, T("当场调解", "Mediate on the spot"), by=2 * Roles.PARTY & POLICE, unless=no_mediation, at_most=1, cites=RTP[25, 26]
    )
    close_simply = Step(simply_certified >> closed, T("简易程序办结", "Close the simple procedure"), by=POLICE, cites=RTP[24])
    survey = Step(
        reported >> determining,
        T("现场勘查和调查", "Survey the scene"),
        by=2 * POLICE,
        asks=(grade, crime),
        unless=unqualified,
        cites=RTP[5, 27, 32],
    )
    survey_fled = Step(
        reported >> hunting,
        T("现场勘查，启动逃逸查缉", "Survey the scene and seek the fugitive"),
        by=2 * POLICE,
        asks=(grade, crime),
        unless=unqualified,
        cites=RTP[5, 27, 32, 43],
    )
    ask_unfound = Step(hunting, T("受害方申请出具认定书", "The victim asks for a certificate"), by=Roles.PARTY, cites=RTP[66])
    certify_unfound = Step(hunting, T("案件未侦破先行认定", "Certify while the fugitive is not found"), by=POLICE, cites=RTP[66])
    catch = Step(hunting >> determining, T("查获车辆和驾驶人", "The vehicle and its driver are found"), by=POLICE, cites=RTP[46, 62])
    notify_insurer = Step(
        reported | determining | hunting,
        T("通知保险公司支付抢救费用", "Tell the insurer to pay for the rescue"),
        by=POLICE,
        cites=RTP[42],
    )
    pass_on = Step((reported | determining | hunting) >> transferred, T("移送有关部门", "Pass it on"), by=POLICE, cites=RTP[41])

    # ---- appraisal, suspension, the quick way ---------------------------------------------------------------------------------------

    appraise = Step(determining >> appraising, T("决定检验鉴定", "Decide on an appraisal"), by=POLICE, cites=RTP[49])
    appraise_late = Step(
        (determining | redoing) >> appraising,
        T("逾三日经批准检验鉴定", "Decide on one later, with approval"),
        by=POLICE & Roles.UPPER_TRAFFIC,
        cites=RTP[49, 79],
    )
    all_settled = Step(
        appraising >> concluding, T("检验鉴定意见确定", "All appraisals are settled"), by=POLICE, unless=appraisal_open, cites=RTP[62, 112]
    )
    suspend = Step(determining >> suspended, T("批准中止认定", "Suspend"), by=POLICE & Roles.UPPER_TRAFFIC, cites=RTP[68])
    resume = Step(suspended >> concluding, T("中止原因消失或者期满", "The reason is gone, or the time is over"), by=POLICE, cites=RTP[68])
    ask_fast = Step(
        determining,
        T("一致申请快速处理", "Ask together for the quick way"),
        by=2 * Roles.PARTY,
        asks=(undisputed,),
        at_most=1,
        cites=RTP[69],
    )
    not_asked = Ground(~ask_fast.done, T("各方未一致申请快速处理", "The quick way was not asked for"), RTP[69])
    approve_fast = Step(
        determining >> fast, T("批准快速处理", "Approve the quick way"), by=Roles.TRAFFIC_CHIEF, unless=(not_asked, not_fast), cites=RTP[69]
    )
    refuse_fast = Step(determining, T("不予快速处理", "Refuse the quick way"), by=Roles.TRAFFIC_CHIEF, unless=not_asked, cites=RTP[69])
    disclose = Step(determining | concluding, T("召集各方公开证据", "Show the evidence to the parties"), by=POLICE, cites=RTP[63])
    not_disclosed = Ground(harm.is_(Harm.DEATH) & ~disclose.done, T("死亡事故未公开证据", "The evidence of a fatal accident was not shown"), RTP[63])

    # ---- certificate, service, review -----------------------------------------------------------------------------------------------

    certify = Step(
        (determining | concluding | fast) >> made,
        T("制作事故认定书", "Make the certificate"),
        by=POLICE,
        unless=(appraisal_open, not_disclosed),
        cites=RTP[60, 62, 64],
    )
    attest = Step(
        (determining | concluding) >> made,
        T("成因无法查清，出具事故证明", "Attest what is known"),
        by=POLICE,
        unless=(appraisal_open, not_disclosed),
        cites=RTP[67],
    )
    recertify = Step(redoing >> made, T("重新作出认定", "Certify anew"), by=POLICE, unless=appraisal_open, cites=RTP[79])
    nobody_served = Ground(~receipts.any(Receipt.received | Receipt.asked | Receipt.passed), T("尚未送达当事人", "Nobody has been served"), RTP[65])
    all_served = Step(made >> served, T("各方均已送达", "All parties are served"), by=POLICE, unless=nobody_served, cites=RTP[65, 67])
    nobody_asked = Ground(~receipts.any(Receipt.asked), T("没有当事人申请复核", "Nobody asked for a review"), RTP[71, 73])
    take_review = Step(
        served >> reviewing, T("上一级收到复核申请", "The higher body receives the request"), by=Roles.UPPER_TRAFFIC, unless=nobody_asked, at_most=1,
        cites=RTP[71, 72, 73],
    )  # fmt: skip
    end_review = Step(reviewing >> served, T("撤回复核申请，终止复核", "The request is withdrawn"), by=Roles.UPPER_TRAFFIC, cites=RTP[75])
    uphold = Step(reviewing >> upheld, T("维持原认定", "Uphold"), by=2 * Roles.UPPER_TRAFFIC, cites=RTP[74, 76, 77])
    order_redo = Step(reviewing >> redoing, T("责令重新调查认定", "Order it done again"), by=2 * Roles.UPPER_TRAFFIC, cites=RTP[74, 76, 77])
    not_concluded = Ground(~(uphold.done | order_redo.done), T("没有复核结论", "There is no conclusion of a review"), RTP[77])
    serve_conclusion = Step(
        upheld | redoing | appraising | concluding | made | served,
        T("送达复核结论", "Serve the conclusion"),
        by=Roles.UPPER_TRAFFIC,
        unless=not_concluded,
        cites=RTP[78],
    )
    not_told = Ground((uphold.done | order_redo.done) & ~serve_conclusion.done, T("复核结论尚未送达", "The conclusion was not served"), RTP[78])
    may_be_reviewed = Ground(
        receipts.any(Receipt.received | Receipt.asked) & ~take_review.done,
        T("申请复核的期限未满，或者复核申请尚未移送", "A review may still be asked for, or a request was not passed on"),
        RTP[71, 72],
    )
    still_mediating = Ground(
        mediations.any(PoliceMediation.asked | PoliceMediation.running), T("公安交管调解尚未结束", "A mediation is not over"), RTP[90]
    )
    close = Step((served | upheld) >> closed, T("办结", "Close"), by=POLICE, unless=(still_mediating, may_be_reviewed, not_told), cites=RTP[65, 84])
    closed_already = Ground(close.done, T("事故已办结", "The accident is closed"), RTP[65, 84])

    # ---- what the parts may do ----------------------------------------------------------------------------------------------------------

    not_decided = Ground(~(appraise.done | appraise_late.done), T("尚未决定检验鉴定", "No appraisal was decided on"), RTP[49])
    entrust_when_decided = Condition(Appraisal.entrust, unless=not_decided)
    not_made = Ground(~(certify.done | attest.done), T("尚无认定书或者证明", "There is no certificate yet"), RTP[65, 67])
    serve_when_made = Condition(Receipt.serve, unless=(not_made, closed_already))
    reviewed_already = Ground(take_review.done, T("同一事故的复核以一次为限", "An accident is reviewed once only"), RTP[71])
    review_once = Condition(Receipt.ask, unless=reviewed_already)
    no_certificate = Ground(
        ~(certify.done | attest.done | certify_simply.done | certify_unfound.done),
        T("没有认定书，不能调解或者移送纠纷", "Without a certificate there is nothing to mediate or send"),
        RTP[86],
    )
    mediate_when_made = Condition(PoliceMediation.ask | PoliceMediation.ask_after_people, unless=no_certificate)
    dispute_when_made = Condition(dispute.send, unless=no_certificate)

    # ---- time ---------------------------------------------------------------------------------------------------------------------------

    to_check = Limit(
        since=report_late, until=accept_late | decline_late, within=working_days(3), title=T("核查决定期限", "Time to check"), cites=RTP[18]
    )
    to_certify_simply = Limit(
        since=begin_simply, until=certify_simply, within=working_days(3), title=T("简易程序认定期限", "Time to certify simply"), cites=RTP[24]
    )
    to_order_appraisal = Limit(
        since=survey | catch,
        until=appraise,
        within=working_days(3),
        bars=True,
        title=T("委托检验鉴定期限", "Time to order an appraisal"),
        cites=RTP[49],
    )
    to_certify = Limit(
        since=survey | catch,
        until=certify | attest | appraise | appraise_late | suspend | approve_fast,
        within=working_days(10),
        waived=pass_on,
        title=T("认定期限", "Time to certify"),
        cites=RTP[62],
    )
    to_certify_after = Limit(
        since=all_settled | resume,
        until=certify | attest,
        within=working_days(5),
        title=T("鉴定确定或者中止恢复后认定期限", "Time to certify after an appraisal or a suspension"),
        cites=RTP[62, 68, 79],
    )
    to_certify_fast = Limit(
        since=ask_fast,
        until=certify | attest | refuse_fast,
        within=working_days(5),
        waived=appraise | appraise_late | suspend | pass_on,
        title=T("快速处理认定期限", "Time to certify the quick way"),
        cites=RTP[69],
    )
    to_certify_unfound = Limit(
        since=ask_unfound,
        until=certify_unfound,
        within=working_days(10),
        waived=catch | pass_on,
        title=T("逃逸案先行认定期限", "Time to certify while unfound"),
        cites=RTP[66],
    )
    to_resume = Limit(since=suspend, until=resume, within=days(60), title=T("中止最长期限", "Longest suspension"), cites=RTP[68])
    to_serve = Limit(
        since=certify | attest | recertify, until=all_served, within=working_days(3), title=T("送达认定书期限", "Time to serve it"), cites=RTP[65]
    )
    to_pass_review = Limit(
        since=Receipt.ask, until=take_review, within=working_days(2), title=T("移送复核申请期限", "Time to pass the request on"), cites=RTP[72]
    )
    to_review = Limit(
        since=take_review, until=uphold | order_redo | end_review, within=days(30), title=T("复核期限", "Time of the review"), cites=RTP[74]
    )
    to_serve_conclusion = Limit(
        since=uphold | order_redo,
        until=serve_conclusion,
        within=working_days(3),
        title=T("送达复核结论期限", "Time to serve the conclusion"),
        cites=RTP[78],
    )
    to_redo = Limit(
        since=order_redo, until=recertify | appraise_late, within=working_days(10), title=T("重新认定期限", "Time to certify anew"), cites=RTP[79]
    )
    to_ask_mediation = Limit(
        since=all_served | uphold,
        until=PoliceMediation.ask,
        within=working_days(10),
        bars=True,
        title=T("申请公安交管调解期限", "Time to ask the police to mediate"),
        cites=RTP[86],
    )
