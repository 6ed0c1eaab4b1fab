"""一审民事诉讼（至2021年） · The first-instance civil case under the law until the end of 2021. Frozen.

Small claims then had no limit of their own (the simple procedure's three months held) and no tier by agreement; a simple case could be continued to
six months when both parties agreed; the ordinary procedure needed a panel; an announcement took sixty days. The version begins on 2021-01-01, for the
interpretation that it rests on begins there.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.courts.trial.procedures.first_instance_civil.history.until_2021_tracks import Appraisal, Defendant, Delivery, Route
from tianping.law.statutes import CI20, CPL17, EV19, EX19, FEE, MCW, REG15, TL00
from tianping.procedure import NEW, Condition, Extension, Fact, Ground, Limit, Many, One, Pause, Procedure, Stage, Step, T, Wait, days, months
from tianping.procedure.contracts.roles import Roles


class Bench(Enum):
    """审判组织 · Who tries the case."""

    SOLE = "独任"
    PANEL = "合议庭"


class FirstInstance(Procedure):
    """一审民事诉讼 · Filed, prepared, heard, decided; then in force or under appeal."""

    title = T("一审民事案件", "First-instance civil case")
    code = "first_instance_civil"
    valid_from = date(2021, 1, 1)
    valid_to = date(2021, 12, 31)
    corrects = Roles.JUDGE | Roles.PRESIDENT

    bench = Fact(Bench, T("审判组织", "Bench"))
    continue_simple = Fact(bool, T("双方同意继续适用简易程序", "Do both parties agree to continue the simple procedure?"))
    hearing_on = Fact(date, T("开庭日期", "Day of the hearing"), agenda=True)
    in_court = Fact(bool, T("当庭宣判", "Was judgment given in court at the hearing?"))
    foreign = Fact(bool, T("涉外案件", "Is a foreign element involved?"), flag=T("涉外", "Foreign-related"))

    route = One(Route)
    defendants = Many(Defendant)
    appraisals = Many(Appraisal)
    deliveries = Many(Delivery)

    filed = Stage(T("已立案", "Filed"))
    preparing = Stage(T("审前准备", "Being prepared"))
    hearing = Stage(T("开庭审理", "Being heard"))
    decided = Stage(T("已裁判", "Decided"))
    effective = Stage(T("裁判生效", "In force"), end=True)
    on_appeal = Stage(T("进入第二审", "Under appeal"), end=True)
    mediated = Stage(T("调解结案", "Settled by mediation"), end=True)
    withdrawn = Stage(T("撤诉", "Withdrawn"), end=True)
    transferred = Stage(T("移送管辖", "Transferred to another court"), end=True)
    terminated = Stage(T("终结诉讼", "Terminated"), end=True)

    open_case = filed | preparing | hearing
    is_small = route.at(Route.small)
    is_light = route.at(Route.small | Route.simple)

    in_small = Ground(is_small, T("适用小额诉讼程序", "It is a small claim"), CPL17[162])
    in_light = Ground(is_light, T("适用小额或简易程序", "The simple or small-claims procedure applies"), CPL17[157, 162])
    no_notice = Ground(is_light, T("简易程序不适用公告送达", "No service by announcement in the simple procedure"), CI20[140])
    no_appraisal = Ground(is_small, T("小额诉讼不含需要鉴定、评估的案件", "A case that needs an appraisal is no small claim"), CI20[275])
    final_at_once = Ground(is_small, T("小额诉讼一审终审", "A small claim is decided once and for all"), CPL17[162])
    panel_needed = Ground(~is_light & bench.is_(Bench.SOLE), T("普通程序由合议庭审理", "The ordinary procedure needs a panel"), CPL17[39])
    panel_in_light = Ground(
        is_light & bench.is_(Bench.PANEL), T("简易程序由审判员一人独任审理", "A simple case is tried by one judge"), CPL17[39, 160]
    )
    is_foreign = Ground(foreign.is_(True), T("涉外案件", "It involves a foreign element"), CPL17[270])

    # ---- filing and fees -------------------------------------------------------------------------------------------------

    file = Step(NEW >> filed, T("立案", "File"), by=Roles.FILING_JUDGE, asks=(foreign,), cites=CPL17[123] + CI20[208])
    ask_fee = Step(filed | preparing, T("通知交纳案件受理费", "Ask for the court fee"), by=Roles.FILING_JUDGE | Roles.JUDGE, cites=FEE[20, 22])
    pay_fee = Step(filed | preparing, T("交纳案件受理费", "Pay the court fee"), by=Roles.PARTY, cites=FEE[22])
    relieve = Step(filed | preparing, T("准予缓减免交", "Grant relief from the fee"), by=Roles.COURT, cites=FEE[44, 48])
    hand_over = Step(filed >> preparing, T("移送审判庭", "Hand over to the trial division"), by=Roles.FILING_JUDGE, cites=TL00[7])

    # ---- before the hearing ----------------------------------------------------------------------------------------------

    assign = Step(
        preparing | hearing,
        T("确定审判组织", "Assign the bench"),
        by=Roles.PRESIDENT,
        unless=(panel_needed, panel_in_light),
        asks=(bench,),
        cites=CPL17[39],
    )
    tell_bench = Step(preparing | hearing, T("告知审判人员", "Tell the parties who will judge"), by=Roles.CLERK, cites=CPL17[128])
    set_evidence = Step(preparing, T("指定举证期限", "Set the evidence period"), by=Roles.JUDGE, cites=CI20[99] + EV19[51])
    close_evidence = Step(preparing | hearing, T("举证期限届满", "The evidence period ends"), by=Roles.JUDGE, cites=CI20[99] + EV19[51])
    summon = Step(
        preparing | hearing, T("通知开庭", "Give notice of the hearing"), by=Roles.CLERK | Roles.JUDGE_ASSISTANT, asks=(hearing_on,), cites=CPL17[136]
    )
    start_mediation = Step(open_case, T("当事人同意调解", "The parties agree to mediation"), by=Roles.JUDGE, cites=CPL17[133] + MCW[4])
    end_mediation = Step(open_case, T("调解不成", "Mediation fails"), by=Roles.JUDGE, cites=CPL17[142])
    seek_settlement = Step(open_case, T("双方申请庭外和解", "Both ask for time to settle"), by=2 * Roles.PARTY, cites=MCW[2])
    end_settlement = Step(open_case, T("和解期间结束", "The time to settle ends"), by=Roles.JUDGE, cites=MCW[2])
    dispute = Step(open_case, T("法院之间发生管辖争议", "Courts dispute over jurisdiction"), by=Roles.JUDGE, cites=CPL17[37])
    settle_dispute = Step(open_case, T("管辖争议解决", "That dispute is settled"), by=Roles.COURT | Roles.SUPERIOR_COURT, cites=CPL17[37])
    ask_top_up = Step(preparing | hearing, T("通知补交案件受理费", "Ask for the rest of the fee"), by=Roles.JUDGE, unless=in_light, cites=CI20[199])
    top_up = Step(preparing | hearing, T("补交案件受理费", "Pay the rest of the fee"), by=Roles.PARTY, cites=CI20[199])

    # ---- the hearing -----------------------------------------------------------------------------------------------------

    has_bench = Ground(assign.done, T("审判组织已确定", "A bench has been assigned"), CPL17[39])
    hear = Step((preparing | hearing) >> hearing, T("开庭", "Hear"), by=Roles.JUDGE, when=has_bench, cites=CPL17[134, 136])
    adjourn = Step(hearing, T("延期开庭", "Adjourn"), by=Roles.JUDGE, cites=CPL17[146])
    adjourn_for_proof = Step(hearing, T("因当事人申请新证据延期", "Adjourn for new evidence"), by=Roles.JUDGE, cites=CPL17[146] + TL00[9])
    adjourn_otherwise = Step(hearing, T("因意外延期开庭", "Adjourn for an accident"), by=Roles.PRESIDENT, cites=CPL17[146] + EX19[2, 6])
    agree_gap = Step(hearing, T("当事人同意或不可抗力延后", "Consent or force majeure for a longer gap"), by=Roles.JUDGE, cites=EX19[5])
    suspend = Step(open_case, T("中止诉讼", "Suspend"), by=Roles.JUDGE, cites=CPL17[150, 154])
    resume = Step(open_case, T("恢复诉讼", "Resume"), by=Roles.JUDGE, cites=CPL17[150])
    ask_more = Step(preparing | hearing, T("申请延长审限", "Ask for more time"), by=Roles.JUDGE, cites=EX19[1])
    both_continue = Ground(continue_simple.is_(True), T("双方同意继续适用简易程序", "Both parties agree to continue the simple procedure"), CI20[258])
    grant_month = Step(
        preparing | hearing,
        T("批准延长一个月", "Grant one month more"),
        by=Roles.PRESIDENT,
        when=(in_light, both_continue),
        asks=(continue_simple,),
        cites=CPL17[161] + CI20[258],
    )
    grant_six = Step(preparing | hearing, T("批准延长六个月", "Grant six months more"), by=Roles.PRESIDENT, unless=in_light, cites=CPL17[149])
    had_six = Ground(grant_six.done, T("院长已批准延长", "The president has already granted more time"), CPL17[149])
    ask_again = Step(preparing | hearing, T("报请再次延长", "Ask the superior court"), by=Roles.PRESIDENT, cites=EX19[1])
    grant_again = Step(
        preparing | hearing, T("上级法院批准再延长", "Superior court grants more"), by=Roles.SUPERIOR_COURT, when=had_six, cites=CPL17[149] + TL00[2]
    )
    exempt = Step(open_case, T("涉外案件不受审限限制", "Free a foreign-related case of the limit"), by=Roles.JUDGE, when=is_foreign, cites=CPL17[270])

    # ---- how it ends -----------------------------------------------------------------------------------------------------

    judge = Step(hearing >> decided, T("宣判", "Pronounce judgment"), by=Roles.JUDGE, asks=(in_court,), cites=CPL17[148, 152])
    send_judgment = Step(decided, T("发送判决书", "Send the judgment"), by=Roles.CLERK, cites=CPL17[148])
    dismiss = Step(open_case >> decided, T("裁定驳回起诉", "Dismiss the suit"), by=Roles.JUDGE, cites=CPL17[154] + CI20[208])
    mediate = Step(open_case >> mediated, T("送达调解书", "Deliver the mediation statement"), by=Roles.JUDGE, cites=CPL17[97] + CI20[243])
    withdraw = Step(open_case >> withdrawn, T("裁定准许撤诉", "Allow the suit to be withdrawn"), by=Roles.JUDGE, cites=CPL17[145, 154])
    absent = Step((preparing | hearing) >> withdrawn, T("按撤诉处理", "Treat absence as withdrawal"), by=Roles.JUDGE, cites=CPL17[143])
    transfer = Step(open_case >> transferred, T("裁定移送管辖", "Transfer to the right court"), by=Roles.JUDGE, cites=CPL17[127, 154])
    terminate = Step(open_case >> terminated, T("终结诉讼", "Terminate the suit"), by=Roles.JUDGE, cites=CPL17[151, 154])
    endings = judge | dismiss | mediate | withdraw | absent | transfer | terminate

    nothing_pending = Ground(
        deliveries.any(Delivery.settled) & deliveries.every(Delivery.settled) & (send_judgment.done | dismiss.done),
        T("各方上诉期均已届满且无人上诉", "Every appeal period has ended without an appeal"),
        CPL17[164] + CI20[244],
    )
    has_appeal = Ground(deliveries.any(Delivery.gone_up), T("已报送上诉", "An appeal has been sent up"), CPL17[167])
    delivered = Ground(deliveries.any(Delivery.served | Delivery.settled), T("判决书已送达", "The judgment has been delivered"), CPL17[155])
    not_decided = Ground(~(judge.done | dismiss.done), T("尚未裁判", "Nothing has been decided yet"), CPL17[148])
    take_effect = Step(decided >> effective, T("裁判生效结案", "Close: in force"), by=Roles.CLERK, when=nothing_pending, cites=CPL17[155] + TL00[10])
    take_effect_at_once = Step(
        decided >> effective,
        T("小额判决生效结案", "Close a small claim"),
        by=Roles.CLERK,
        when=(in_small, delivered),
        cites=CPL17[155, 162],
    )
    go_up = Step(decided >> on_appeal, T("上诉结案", "Close: under appeal"), by=Roles.CLERK, when=has_appeal, cites=CPL17[167])

    # ---- grounds that the parts cannot know ------------------------------------------------------------------------------

    adjournments = adjourn.times + adjourn_for_proof.times + adjourn_otherwise.times
    too_often = Ground((adjournments >= 2) | (is_light & (adjournments >= 1)), T("延期开庭次数已满", "It may not be adjourned again"), EX19[3])
    heard = Ground(hear.done, T("已经开庭", "It has been heard"), CI20[260, 264])
    heard_small = Ground(hear.done & is_small, T("小额诉讼异议须在开庭前提出", "In a small claim that is said before the hearing"), CI20[281])
    paid = Ground(pay_fee.done | relieve.done, T("已交费或获准缓减免", "The fee is paid or relieved"), FEE[22])
    topped_up = Ground(top_up.done, T("已补交案件受理费", "The rest of the fee is paid"), CI20[199])

    no_announcement = Condition(Defendant.announce, unless=no_notice)
    no_expert = Condition(Appraisal.entrust, unless=no_appraisal)
    no_appeal = Condition(Delivery.appeal, unless=final_at_once)
    ruling_open = Condition(Defendant.overrule, unless=in_small)
    ruling_final = Condition(Defendant.overrule_finally, when=in_small)
    decided_first = Condition(Delivery.serve | Delivery.announce, unless=not_decided)
    few_adjournments = Condition(adjourn | adjourn_for_proof | adjourn_otherwise, unless=too_often)
    simple_before_hearing = Condition(Route.agree_simple, unless=heard)
    contest_in_time = Condition(Route.contest, unless=heard_small)

    # ---- what does not count ---------------------------------------------------------------------------------------------

    mediation = Pause(
        start_mediation,
        end_mediation | mediate,
        beyond=days(15).but(days(7), when=is_light),
        title=T("继续调解的延长期间", "Mediation beyond its first days"),
        cites=MCW[4],
    )
    settlement = Pause(seek_settlement, end_settlement, title=T("当事人和解期间", "Time to settle"), cites=CI20[243] + MCW[2])
    court_dispute = Pause(dispute, settle_dispute | transfer, title=T("处理管辖争议期间", "Dispute between courts"), cites=CI20[243] + TL00[9])
    new_proof = Pause(adjourn_for_proof, hear, at_most=months(1), title=T("因新证据延期一个月之内", "Up to a month for new evidence"), cites=TL00[9])
    suspension = Pause(suspend, resume | terminate, halts=True, title=T("中止诉讼期间", "Suspension"), cites=CPL17[150] + TL00[9])
    not_counted = (
        Defendant.service_by_notice,
        Defendant.jurisdiction,
        Appraisal.out_of_time,
        mediation,
        settlement,
        court_dispute,
        new_proof,
        suspension,
    )

    # ---- limits ----------------------------------------------------------------------------------------------------------

    one_month = Extension(
        months(1),
        grant=grant_month,
        ask=ask_more,
        ask_before=days(15),
        decide_before=days(5),
        times=3,
        when=is_light,
        title=T("院长批准延长一个月", "One month from the president"),
        cites=CPL17[161] + CI20[258] + EX19[1],
    )
    six_months = Extension(
        months(6),
        grant=grant_six,
        ask=ask_more,
        ask_before=days(15),
        decide_before=days(5),
        when=~is_light,
        title=T("院长批准延长六个月", "Six months from the president"),
        cites=CPL17[149] + EX19[1],
    )
    three_months = Extension(
        months(3),
        grant=grant_again,
        ask=ask_again,
        ask_before=days(15),
        decide_before=days(5),
        when=~is_light,
        title=T("上级法院批准再延长三个月", "Three months from the superior court"),
        cites=CPL17[149] + TL00[2] + EX19[1],
    )
    to_pay = Limit(ask_fee, None, days(7), title=T("交费期限", "Time to pay the fee"), cites=FEE[22])
    to_top_up = Limit(ask_top_up, None, days(7), title=T("补交费用期限", "Time to pay the rest"), cites=CI20[199])
    drop_unpaid = Step(
        (filed | preparing) >> withdrawn,
        T("未交费按撤诉处理", "Unpaid: treat as withdrawn"),
        by=Roles.JUDGE,
        on=to_pay,
        unless=paid,
        cites=CI20[213] + REG15[11],
    )
    drop_untopped = Step(
        (preparing | hearing) >> withdrawn,
        T("未补费按撤诉处理", "Rest unpaid: treat as withdrawn"),
        by=Roles.JUDGE,
        on=to_top_up,
        unless=topped_up,
        cites=CI20[199],
    )
    over = endings | drop_unpaid | drop_untopped

    to_judge = Limit(
        since=file,
        until=over | exempt,
        within=months(6).but(months(3), when=is_light),
        excluding=not_counted,
        extend=(one_month, six_months, three_months),
        title=T("审限", "Trial limit"),
        cites=CPL17[149, 161] + TL00[8],
        warn=(days(30), days(15)),
    )
    to_convert = Limit(
        since=file,
        until=Route.to_ordinary,
        within=months(3)
        .but(months(4), when=grant_month.times >= 1)
        .but(months(5), when=grant_month.times >= 2)
        .but(months(6), when=grant_month.times >= 3),
        excluding=not_counted,
        waived=Route.as_ordinary | over,
        bars=True,
        title=T("裁定转为普通程序的期限", "Time to turn it ordinary"),
        cites=CPL17[161] + CI20[258],
    )
    to_hand_over = Limit(file, hand_over | over, days(3), title=T("移送审判庭期限", "Time to hand over"), cites=TL00[7])
    to_tell_bench = Limit(assign, tell_bench | over, days(3), title=T("告知审判人员期限", "Time to name the judges"), cites=CPL17[128])
    least_evidence = Wait(
        set_evidence,
        close_evidence,
        days(15).but(days(0), when=is_light),
        title=T("普通程序举证期限不少于十五日", "At least fifteen days for evidence"),
        cites=CI20[99, 266, 277],
    )
    notice_of_hearing = Limit(
        hearing_on,
        summon,
        days(3).but(days(0), when=is_light),
        backwards=True,
        title=T("开庭通知期限", "Notice of the hearing"),
        cites=CPL17[136, 160],
    )
    between_hearings = Limit(
        adjourn | adjourn_for_proof | adjourn_otherwise,
        hear | agree_gap | over,
        months(1),
        title=T("两次开庭间隔", "Time between two hearings"),
        cites=EX19[5],
    )
    to_send_judgment = Limit(
        judge,
        send_judgment,
        days(0).but(days(10), when=in_court.is_(True)),
        title=T("发送判决书期限", "Time to send the judgment"),
        cites=CPL17[148],
    )
