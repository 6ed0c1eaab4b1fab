"""刑事案件 · One criminal case, several suspects: investigation, review for prosecution, first trial, appeal period."""

from __future__ import annotations

from datetime import date

from tianping.institutions.procuratorate.criminal_cases.procedures.criminal_case.tracks import DECIDES, Form, Suspect, Verdict
from tianping.law.statutes import PPR, PSC, TL00, CrI, CrPL
from tianping.procedure import (
    CRIMINAL,
    CUSTODY,
    NEW,
    Condition,
    Extension,
    Fact,
    Ground,
    Limit,
    Many,
    One,
    Pause,
    Procedure,
    Referral,
    Role,
    Stage,
    Step,
    T,
    days,
    months,
)
from tianping.procedure.contracts.matters import CentreUse, CrimeReport, ReconciliationRequest
from tianping.procedure.contracts.roles import Roles


class HighRoles:
    """最高层级 · A role that only this procedure names."""

    SUPREME_COURT = Role(T("最高人民法院", "Supreme People's Court"))


class CriminalCase(Procedure):
    """刑事案件 · Opened by the police, reviewed by the procuratorate, tried by the court."""

    title = T("刑事案件", "Criminal case")
    code = "criminal_case"
    valid_from = date(2021, 3, 1)
    counting = CRIMINAL
    corrects = Roles.CHIEF | Roles.CHIEF_PROSECUTOR | Roles.PRESIDENT

    fast_review = Fact(bool, T("认罪认罚且符合速裁条件", "Guilt admitted, and fit for the fast track?"))
    review_over_one = Fact(bool, T("速裁案件可能判处超过一年", "Are more than one year to be expected?"))
    grave_review = Fact(bool, T("审查起诉案件重大、复杂", "Is the case under review grave or complex?"))
    long_trial = Fact(bool, T("可能判处死刑、附带民事或四类案件", "Death penalty possible, an incidental civil claim, or one of the four kinds?"))
    hearing_on = Fact(date, T("开庭日期", "Day of the hearing"), agenda=True)
    hearing_at = Fact(str, T("开庭时间", "Hour of the hearing"), of=hearing_on, hour=True)
    courtroom = Fact(str, T("法庭", "Courtroom"), of=hearing_on)
    in_court = Fact(bool, T("当庭宣告判决", "Was judgment given in court at the hearing?"))

    suspects = Many(Suspect)
    form = One(Form)
    verdicts = Many(Verdict)
    reconciling = Referral(
        ReconciliationRequest, by=DECIDES, cites=PPR[496], no_limit=T("审查起诉期限在本线计算", "the time of the review runs on the case itself")
    )
    centre = Referral(CentreUse, by=Roles.OFFICER, cites=PSC[198], no_limit=T("羁押、传唤期限在每名嫌疑人计算", "the clocks run on each suspect"))

    investigating = Stage(T("侦查", "Under investigation"), no_limit=T("羁押期限按每名嫌疑人计算", "the clocks belong to each suspect"))
    reviewing = Stage(T("审查起诉", "Under review for prosecution"))
    supplementing = Stage(T("退回补充侦查", "Back for supplementary investigation"))
    charged = Stage(T("已提起公诉", "Charged"))
    trying = Stage(T("审理", "On trial"))
    court_supplement = Stage(T("审判中补充侦查", "Supplementary investigation during the trial"))
    judged = Stage(T("已宣判", "Judged"))
    final = Stage(T("裁判生效", "In force"), answers=CrimeReport.adjudged)
    on_appeal = Stage(T("进入第二审", "Under appeal"), answers=CrimeReport.on_appeal)
    dropped = Stage(T("不起诉", "Not prosecuted"), answers=CrimeReport.not_prosecuted)
    cancelled = Stage(T("撤销案件", "Cancelled"), answers=CrimeReport.cancelled)
    merged = Stage(T("已并案", "Merged into another case"), answers=CrimeReport.merged)

    held = suspects.any(Suspect.in_custody)
    is_fast = form.at(Form.fast)
    is_summary = form.at(Form.summary)
    three_years_up = Form.over_three.known() & Form.over_three.is_(True)
    quick_review = fast_review.known() & fast_review.is_(True)
    is_grave = Ground(grave_review.is_(True), T("重大、复杂案件", "It is grave or complex"), CrPL[172])
    in_quick = Ground(quick_review, T("按速裁期限审查", "It is reviewed on the fast track"), CrPL[172])
    is_long = Ground(long_trial.is_(True), T("属于可由上一级法院批准延长的案件", "Of a kind that the superior court may extend"), CrPL[208])
    not_ordinary = Ground(is_fast | is_summary, T("适用速裁或简易程序", "The fast track or summary procedure applies"), CrPL[219, 224])

    # ---- investigation ---------------------------------------------------------------------------------------------------

    open_case = Step(NEW >> investigating, T("立案侦查", "Open the case"), by=Roles.CHIEF, cites=CrPL[109] + PSC[178])
    merge = Step(investigating >> merged, T("并案侦查", "Merge into another case"), by=Roles.CHIEF, into=True, cites=PSC[21, 184])
    cancel = Step((investigating | supplementing) >> cancelled, T("撤销案件", "Cancel the case"), by=Roles.CHIEF, cites=CrPL[163] + PSC[186])
    transfer = Step(investigating >> reviewing, T("移送审查起诉", "Transfer for prosecution"), by=Roles.CHIEF, cites=CrPL[162] + PSC[289])

    # ---- review for prosecution ------------------------------------------------------------------------------------------

    assess = Step(
        reviewing,
        T("审查认罪认罚与速裁条件", "See whether it is fit for the fast track"),
        by=DECIDES,
        asks=(fast_review, review_over_one),
        cites=CrPL[172:174],
    )
    extend_review = Step(
        reviewing,
        T("延长审查起诉十五日", "Extend the review by fifteen days"),
        by=DECIDES,
        when=is_grave,
        unless=in_quick,
        asks=(grave_review,),
        cites=CrPL[172] + PPR[351],
    )
    move_review = Step(reviewing, T("改变管辖后收到案件", "Receive it from another procuratorate"), by=DECIDES, cites=CrPL[172] + PPR[351])
    suggest = Step(reviewing, T("建议当事人和解", "Suggest that the sides come to terms"), by=DECIDES, opens=(reconciling,), cites=PPR[496])
    return_case = Step(
        reviewing >> supplementing,
        T("退回补充侦查", "Return it for supplementary investigation"),
        by=DECIDES,
        at_most=2,
        cites=CrPL[175] + PPR[342, 346, 350],
    )
    transfer_again = Step(supplementing >> reviewing, T("补充侦查后重新移送", "Transfer it again"), by=Roles.CHIEF, cites=CrPL[175] + PPR[346])
    drop = Step(reviewing >> dropped, T("不起诉", "Decide not to prosecute"), by=DECIDES, cites=CrPL[175, 177] + PPR[365, 367, 370])
    charge = Step(reviewing >> charged, T("提起公诉", "Charge"), by=DECIDES, cites=CrPL[176] + PPR[355])

    # ---- trial -----------------------------------------------------------------------------------------------------------

    accept = Step(charged >> trying, T("受理公诉案件", "Accept the indictment"), by=Roles.JUDGE, cites=CrPL[186] + CrI[219])
    serve_indictment = Step(trying, T("送达起诉书副本", "Serve the indictment"), by=Roles.CLERK, cites=CrPL[187] + CrI[221])
    set_hearing = Step(
        trying, T("确定开庭日期", "Fix the day of the hearing"), by=Roles.JUDGE, asks=(hearing_on, hearing_at, courtroom), cites=CrPL[187]
    )
    notify = Step(trying, T("送达传票、通知书", "Send summonses and notices"), by=Roles.CLERK, cites=CrPL[187] + CrI[221])
    hear = Step(trying, T("开庭", "Hear"), by=Roles.JUDGE, cites=CrPL[188, 190])
    adjourn_for_defence = Step(trying, T("因更换辩护人延期", "Adjourn for a new defender"), by=Roles.JUDGE, cites=TL00[9])
    end_adjournment = Step(trying, T("延期后恢复开庭", "Resume after it"), by=Roles.JUDGE, cites=TL00[9])
    suspend = Step(trying, T("中止审理", "Suspend the trial"), by=Roles.JUDGE, cites=CrPL[206])
    resume = Step(trying, T("恢复审理", "Resume the trial"), by=Roles.JUDGE, cites=CrPL[206])
    supplement = Step(
        trying >> court_supplement,
        T("延期审理补充侦查", "Adjourn for supplementary investigation"),
        by=Roles.JUDGE & Roles.PROSECUTOR,
        at_most=2,
        cites=CrPL[204] + CrI[274],
    )
    resubmit = Step(court_supplement >> trying, T("补充侦查完毕移送法院", "Resubmit after it"), by=DECIDES, cites=CrPL[205, 208])
    go_on_without = Step(court_supplement >> trying, T("期满未移送，恢复审理", "Go on without it"), by=Roles.JUDGE, cites=CrI[274])
    move_trial = Step(trying, T("改变管辖后法院收到案件", "Receive it from another court"), by=Roles.JUDGE, cites=CrPL[208] + CrI[209])
    third_month = Step(trying, T("二个月内不能宣判，用至三个月", "Use the third month"), by=Roles.JUDGE, unless=not_ordinary, cites=CrPL[208])
    ask_upper = Step(trying, T("报请上一级法院延长", "Ask the superior court"), by=Roles.PRESIDENT, asks=(long_trial,), cites=CrPL[208] + CrI[210])
    extend_upper = Step(
        trying, T("上一级法院批准延长三个月", "Superior court grants three months"), by=Roles.SUPERIOR_COURT, when=is_long, cites=CrPL[208] + CrI[210]
    )
    had_upper = Ground(extend_upper.done, T("上一级法院已批准延长", "The superior court has already granted more time"), CrPL[208])
    ask_supreme = Step(trying, T("层报最高人民法院延长", "Ask the Supreme People's Court"), by=Roles.PRESIDENT, cites=CrPL[208] + CrI[210])
    extend_supreme = Step(
        trying,
        T("最高人民法院批准延长一个月", "Supreme People's Court grants a month"),
        by=HighRoles.SUPREME_COURT,
        when=had_upper,
        cites=CrPL[208] + CrI[210],
    )
    judge = Step(trying >> judged, T("宣判", "Pronounce judgment"), by=Roles.JUDGE, asks=(in_court,), cites=CrPL[200, 202])

    tried_fast = Ground(is_fast & in_court.is_(False), T("速裁案件应当当庭宣判", "A fast-track case is judged in court"), CrPL[224])
    in_court_if_fast = Condition(judge, unless=tried_fast)
    not_transferred = Ground(~transfer.done, T("尚在侦查阶段", "It is still under investigation"), CrPL[80])
    later_arrest = Condition(Suspect.order_arrest, unless=not_transferred)
    no_fresh_count = Ground(transfer.done, T("侦查已经终结", "The investigation is over"), CrPL[160])
    while_investigating = Condition(
        Suspect.find_crime | Suspect.recount | Suspect.extend_one | Suspect.extend_two | Suspect.extend_three, unless=no_fresh_count
    )
    not_judged = Ground(~judge.done, T("尚未宣判", "No judgment has been given yet"), CrPL[202])
    judged_first = Condition(Verdict.serve, unless=not_judged)
    not_accepted = Ground(~accept.done, T("法院尚未受理", "The court has not accepted it yet"), CrPL[186])
    accepted_first = Condition(Form.as_fast | Form.as_summary | Form.as_ordinary, unless=not_accepted)
    already_judged = Ground(judge.done, T("已经宣判", "Judgment has been given"), CrPL[221, 226])
    while_trying = Condition(Form.as_fast | Form.as_summary | Form.as_ordinary | Form.to_summary | Form.to_ordinary, unless=already_judged)

    nothing_pending = Ground(
        verdicts.any(Verdict.settled) & verdicts.every(Verdict.settled),
        T("上诉、抗诉期满且无人上诉、抗诉", "Every appeal period has ended without an appeal"),
        CrPL[230],
    )
    has_appeal = Ground(verdicts.any(Verdict.gone_up), T("已移送上诉、抗诉案件", "An appeal or protest has been sent up"), CrPL[231])
    take_effect = Step(judged >> final, T("裁判生效结案", "Close: in force"), by=Roles.CLERK, when=nothing_pending, cites=CrPL[230])
    go_up = Step(judged >> on_appeal, T("上诉、抗诉结案", "Close: under appeal"), by=Roles.CLERK, when=has_appeal, cites=CrPL[231, 232])

    # ---- what does not count ---------------------------------------------------------------------------------------------

    new_defender = Pause(
        adjourn_for_defence, end_adjournment, at_most=days(10), title=T("准备辩护不超过十日", "Up to ten days for a new defender"), cites=TL00[9]
    )
    supplementing_in_court = Pause(
        supplement, resubmit | go_on_without, title=T("延期审理补充侦查期间", "Adjourned for supplementary investigation"), cites=TL00[9]
    )
    suspension = Pause(suspend, resume, halts=True, title=T("中止审理期间", "Suspension of the trial"), cites=CrPL[206])

    # ---- limits ----------------------------------------------------------------------------------------------------------

    plus_one = Extension(
        months(1),
        grant=Suspect.extend_one,
        ask=Suspect.ask_one,
        ask_before=days(7),
        title=T("延长一个月", "One month more"),
        cites=CrPL[156] + PSC[148] + PPR[309],
    )
    plus_two = Extension(
        months(2),
        grant=Suspect.extend_two,
        ask=Suspect.ask_two,
        ask_before=days(7),
        title=T("四类案件延长二个月", "Two months for the four kinds"),
        cites=CrPL[158] + PSC[149] + PPR[309],
    )
    plus_two_again = Extension(
        months(2),
        grant=Suspect.extend_three,
        ask=Suspect.ask_three,
        ask_before=days(7),
        title=T("十年以上再延长二个月", "Two months more from ten years up"),
        cites=CrPL[159] + PSC[150] + PPR[309],
    )
    investigation = Limit(
        since=Suspect.arrest | Suspect.identify | Suspect.find_crime,
        until=Suspect.to_liberty | transfer | cancel,
        within=months(2),
        counting=CUSTODY,
        excluding=(Suspect.psychiatric,),
        extend=(plus_one, plus_two, plus_two_again),
        title=T("侦查羁押期限", "Custody during investigation"),
        cites=CrPL[156, 160] + PSC[148, 151, 152],
        warn=(days(15), days(7)),
    )
    case_over = cancel | drop | take_effect | go_up
    bail_ends = Limit(
        since=Suspect.bail | Suspect.renew_bail,
        until=Suspect.lift | Suspect.watch | Suspect.detain | Suspect.propose | Suspect.order_arrest | Suspect.finish | case_over,
        within=months(12),
        counting=CUSTODY,
        title=T("取保候审期限", "Length of bail"),
        cites=CrPL[79],
        warn=(days(15),),
    )
    watch_ends = Limit(
        since=Suspect.watch | Suspect.renew_watch,
        until=Suspect.lift | Suspect.bail | Suspect.detain | Suspect.propose | Suspect.order_arrest | Suspect.finish | case_over,
        within=months(6),
        counting=CUSTODY,
        title=T("监视居住期限", "Length of surveillance"),
        cites=CrPL[79],
        warn=(days(15),),
    )
    fifteen_more = Extension(
        days(15), grant=extend_review, when=~quick_review, title=T("重大复杂案件延长十五日", "Fifteen days for a grave case"), cites=CrPL[172]
    )
    review = Limit(
        since=transfer | transfer_again | move_review,
        until=charge | drop | return_case,
        within=months(1).but(days(10), when=quick_review).but(days(15), when=quick_review & review_over_one.is_(True)),
        excluding=(Suspect.psychiatric,),
        extend=(fifteen_more,),
        rolls=~held,
        title=T("审查起诉期限", "Time to review for prosecution"),
        cites=CrPL[105, 172],
        warn=(days(7),),
    )
    supplementary = Limit(
        return_case, transfer_again | cancel, months(1), rolls=~held, title=T("补充侦查期限", "Time for supplementary investigation"), cites=CrPL[175]
    )
    to_accept = Limit(charge, accept, days(7), rolls=~held, title=T("公诉案件审查受理期限", "Time to accept the indictment"), cites=CrI[219])
    third = Extension(months(1), grant=third_month, when=~(is_fast | is_summary), title=T("至迟三个月", "At latest three months"), cites=CrPL[208])
    upper = Extension(
        months(3),
        grant=extend_upper,
        ask=ask_upper,
        ask_before=days(15),
        when=~(is_fast | is_summary),
        title=T("上一级法院批准延长三个月", "Three months from the superior court"),
        cites=CrPL[208] + CrI[210],
    )
    supreme = Extension(
        months(1),
        grant=extend_supreme,
        ask=ask_supreme,
        ask_before=days(15),
        times=99,
        when=~(is_fast | is_summary),
        title=T("最高人民法院批准延长（按月登记，不限次数）", "Months from the Supreme People's Court, entered one by one, without a cap"),
        cites=CrPL[208] + CrI[210],
    )
    trial = Limit(
        since=accept | resubmit | move_trial | Form.to_summary | Form.to_ordinary,
        until=judge,
        within=months(2)
        .but(days(20), when=is_summary)
        .but(months(1) + days(15), when=is_summary & three_years_up)
        .but(days(10), when=is_fast)
        .but(days(15), when=is_fast & Form.over_one.is_(True)),
        excluding=(Suspect.psychiatric, new_defender, supplementing_in_court, suspension),
        extend=(third, upper, supreme),
        rolls=~held,
        title=T("公诉案件审限", "Trial limit"),
        cites=CrPL[105, 208, 220, 225] + CrI[368, 376],
        warn=(days(15),),
    )
    to_supplement = Limit(
        supplement, resubmit | go_on_without, months(1), rolls=~held, title=T("审判中补充侦查期限", "Time for it during the trial"), cites=CrPL[205]
    )
    indictment_ahead = Limit(
        hearing_on,
        serve_indictment,
        days(10).but(days(0), when=is_fast | is_summary),
        backwards=True,
        title=T("起诉书副本送达期限", "Indictment ten days ahead"),
        cites=CrPL[187, 219, 224],
    )
    notice_ahead = Limit(
        hearing_on,
        notify,
        days(3).but(days(0), when=is_fast | is_summary),
        backwards=True,
        title=T("传票、通知书送达期限", "Notices three days ahead"),
        cites=CrPL[187, 219, 224],
    )
    to_deliver = Limit(
        judge,
        Verdict.serve,
        days(0).but(days(5), when=in_court.is_(True)),
        title=T("送达判决书期限", "Time to deliver the judgment"),
        cites=CrPL[202] + CrI[302],
    )
