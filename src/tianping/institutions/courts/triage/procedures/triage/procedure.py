"""繁简分流 · A case is assessed by rules, and a named person sends it to its lane: the one suggested, or another with a ground.

A case that must be served by announcement cannot come into the simple procedure or small claims, and leaves them as soon as that is found.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from tianping.law.statutes import CI22, CPL23, LOCAL_TRIAGE, MED16, OMR
from tianping.procedure import NEW, Condition, Fact, Ground, Procedure, Referral, Stage, Step, T
from tianping.procedure.contracts.matters import TeamTrial
from tianping.procedure.contracts.roles import Roles

WHO_SENDS = Roles.TRIAGE_OFFICER | Roles.FILING_JUDGE
NO_TIME = T("未查得分流的期限；立案期限在立案程序计算", "no time for triage was found; the time to file runs in the filing")
IN_TRIAL = T("审限在一审程序计算", "the trial limit runs in the first instance")


class Lane(Enum):
    """程序 · The five lanes."""

    MEDIATION = "诉前调解"
    SMALL = "小额诉讼"
    SIMPLE = "简易程序"
    ORDINARY = "普通程序"
    PAYMENT = "督促程序"


class Team(Enum):
    """团队 · The fast-track teams that the report names."""

    TRAFFIC = "道交纠纷速裁团队"
    CONTRACT = "合同类纠纷速裁团队"
    LABOUR = "劳动纠纷速裁团队"
    OTHER = "其他团队"


class Triage(Procedure):
    """繁简分流 · From the counter to a lane, from lane to lane, to the end."""

    title = T("繁简分流", "Triage")
    code = "triage"
    valid_from = date(2022, 1, 1)
    corrects = Roles.TRIAGE_OFFICER

    amount = Fact(Decimal, T("标的额", "Amount in dispute"))
    wage = Fact(
        Decimal,
        T("上年度就业人员年平均工资", "Provincial average wage"),
        hint=T("本省已公布的最近年度数额，由参数表提供", "the last figure published for the province, from the parameter table"),
    )
    money_claim = Fact(bool, T("是否简单金钱给付", "A plain money claim?"))
    clear = Fact(bool, T("是否事实清楚、权利义务明确、争议不大", "Clear facts and rights, little dispute?"))
    small_agreed = Fact(bool, T("双方约定适用小额诉讼", "Have both agreed on small claims?"))
    simple_agreed = Fact(bool, T("双方约定适用简易程序", "Have both agreed on the simple procedure?"))
    small_barred = Fact(bool, T("属于不适用小额诉讼的案件", "Is it kept out of small claims?"))
    simple_barred = Fact(bool, T("属于不适用简易程序的案件", "Is it kept out of the simple procedure?"))
    needs_notice = Fact(bool, T("是否须公告送达", "Must it be served by announcement?"))
    needs_appraisal = Fact(bool, T("是否需要鉴定", "Does it need an appraisal?"))
    suitable = Fact(bool, T("是否适宜调解", "Is it suitable for mediation?"))
    consents = Fact(bool, T("当事人是否同意先行调解", "Does the party agree to mediate first?"))
    undisputed = Fact(bool, T("双方是否没有争议", "Is it undisputed?"))
    other_debt = Fact(bool, T("双方有无其他债务纠纷", "Is there another debt between them?"))
    reachable = Fact(bool, T("支付令能否送达债务人", "Can a payment order be served on the debtor?"))
    suggested = Fact(Lane, T("建议的程序", "Lane suggested"))
    reasons = Fact(str, T("建议的理由", "Reasons of the suggestion"))
    override_ground = Fact(str, T("不采纳建议的理由", "Why the suggestion is not followed"))
    convert_ground = Fact(str, T("转换程序的理由", "Why the lane is changed"))
    heard = Fact(bool, T("是否已经开庭", "Has it been heard?"))
    team = Fact(Team, T("审判团队", "Team"))
    judges = Fact(int, T("法官人数", "Judges"))
    assistants = Fact(int, T("法官助理人数", "Judges' assistants"))
    clerks = Fact(int, T("书记员人数", "Clerks"))
    templated = Fact(bool, T("裁判文书是否采用格式", "Was a template used for the judgment?"))
    appealed = Fact(bool, T("是否上诉", "Was it appealed?"))

    trial = Referral(
        TeamTrial,
        by=Roles.PRESIDENT | Roles.TRIAGE_OFFICER,
        carries=(needs_notice,),
        cites=LOCAL_TRIAGE["团队"],
        no_limit=IN_TRIAL,
    )

    received = Stage(T("已受理待评估", "Taken in, to be assessed"), no_limit=NO_TIME)
    assessed = Stage(T("已评估待分流", "Assessed, to be sent"), no_limit=NO_TIME)
    in_mediation = Stage(T("诉前调解", "Mediation before filing"), no_limit=T("调解期限在调解程序计算", "the time runs in the mediation"))
    in_small = Stage(T("小额诉讼程序", "Small claims"), no_limit=IN_TRIAL)
    in_simple = Stage(T("简易程序", "Simple procedure"), no_limit=IN_TRIAL)
    in_ordinary = Stage(T("普通程序", "Ordinary procedure"), no_limit=IN_TRIAL)
    in_payment = Stage(
        T("督促程序", "Payment order"),
        no_limit=T("督促程序的期限未写入本流程", "the times of the payment order are not modelled here"),
    )
    settled = Stage(T("诉前调解成功", "Settled before filing"), end=True)
    closed = Stage(T("结案", "Closed"), end=True)

    # ---- what the law keeps out of a lane --------------------------------------------------------------------------------

    unreasoned = Ground(~reasons.known(), T("建议没有理由", "The suggestion has no reasons"), LOCAL_TRIAGE["评估"])
    notice_needed = Ground(needs_notice.is_(True), T("须公告送达，不适用简易程序", "To be served by announcement: no simple procedure"), CI22[140])
    light_suggested = Ground(
        suggested.one_of(Lane.SMALL, Lane.SIMPLE) & needs_notice.is_(True),
        T("须公告送达的案件不得建议适用简易程序", "The simple procedure may not be suggested for it"),
        CI22[140],
    )
    within_half = (amount <= wage * Decimal("0.5")) & money_claim.is_(True) & clear.is_(True)
    within_double = (amount <= wage * Decimal(2)) & money_claim.is_(True) & clear.is_(True) & small_agreed.is_(True)
    small_enough = Ground(within_half | within_double, T("标的额在小额诉讼范围内", "The amount is within small claims"), CPL23[165] + CI22[272])
    small_bar = Ground(
        small_barred.is_(True) | needs_appraisal.is_(True), T("属于不适用小额诉讼的案件", "It is kept out of small claims"), CPL23[166]
    )
    simple_bar = Ground(simple_barred.is_(True), T("属于不适用简易程序的案件", "It is kept out of the simple procedure"), CI22[257])
    not_plain = Ground(
        clear.is_(False) & ~simple_agreed.is_(True),
        T("并非事实清楚、争议不大，双方也未约定", "It is not plain, and nothing was agreed"),
        CPL23[160],
    )
    must_be_small = Ground(
        within_half & small_barred.is_(False) & needs_appraisal.is_(False), T("应当适用小额诉讼程序", "Small claims is mandatory"), CPL23[165]
    )
    unsuitable = Ground(suitable.is_(False), T("不适宜调解", "It is not suitable for mediation"), CPL23[125])
    unwilling = Ground(consents.is_(False), T("当事人不同意调解", "The party does not agree to mediate"), CPL23[125] + OMR[4])
    no_order = Ground(
        money_claim.is_(False) | undisputed.is_(False) | other_debt.is_(True) | reachable.is_(False),
        T("不符合支付令条件", "The conditions of a payment order are not met"),
        CPL23[136, 225],
    )

    # ---- a suggestion that is not followed -------------------------------------------------------------------------------

    silent = ~override_ground.known()
    not_mediation = Ground(
        ~suggested.is_(Lane.MEDIATION) & silent,
        T("未建议诉前调解而无理由", "Mediation was not suggested, and nobody says why"),
        LOCAL_TRIAGE["分流"],
    )
    not_small = Ground(
        ~suggested.is_(Lane.SMALL) & silent,
        T("未建议小额诉讼而无理由", "Small claims was not suggested, and nobody says why"),
        LOCAL_TRIAGE["分流"],
    )
    not_simple = Ground(
        ~suggested.is_(Lane.SIMPLE) & silent,
        T("未建议简易程序而无理由", "The simple procedure was not suggested, and nobody says why"),
        LOCAL_TRIAGE["分流"],
    )
    not_ordinary = Ground(
        ~suggested.is_(Lane.ORDINARY) & silent,
        T("未建议普通程序而无理由", "The ordinary procedure was not suggested, and nobody says why"),
        LOCAL_TRIAGE["分流"],
    )
    not_payment = Ground(
        ~suggested.is_(Lane.PAYMENT) & silent,
        T("未建议督促程序而无理由", "A payment order was not suggested, and nobody says why"),
        LOCAL_TRIAGE["分流"],
    )
    no_ground = Ground(~convert_ground.known(), T("转换程序没有理由", "The change of lane has no ground"), LOCAL_TRIAGE["转换"])
    was_heard = Ground(heard.is_(True), T("已经开庭", "It has been heard"), CI22[260])

    # ---- acts ------------------------------------------------------------------------------------------------------------

    receive = Step(NEW >> received, T("受理", "Take in"), by=WHO_SENDS, asks=(amount, wage, money_claim), cites=CPL23[136] + LOCAL_TRIAGE["评估"])
    assess = Step(
        (received | assessed) >> assessed,
        T("按规则评估并建议", "Assess by the rules and suggest a lane"),
        by=Roles.TRIAGE_OFFICER | Roles.SYSTEM,
        asks=(
            clear, small_agreed, simple_agreed, small_barred, simple_barred, needs_notice, needs_appraisal, suitable, consents, undisputed,
            other_debt, reachable, suggested, reasons,
        ),
        unless=(unreasoned, light_suggested),
        cites=CPL23[136] + LOCAL_TRIAGE["评估"],
    )  # fmt: skip
    send_to_mediation = Step(
        assessed >> in_mediation,
        T("分流至诉前调解", "Send to mediation"),
        by=WHO_SENDS,
        asks=(override_ground,),
        unless=(unsuitable, unwilling, not_mediation),
        cites=CPL23[125] + MED16[11] + LOCAL_TRIAGE["分流"],
    )
    send_to_small = Step(
        assessed >> in_small,
        T("分流至小额诉讼", "Send to small claims"),
        by=WHO_SENDS,
        asks=(override_ground,),
        when=small_enough,
        unless=(small_bar, simple_bar, notice_needed, not_small),
        cites=CPL23[136, 165] + LOCAL_TRIAGE["分流"],
    )
    send_to_simple = Step(
        assessed >> in_simple,
        T("分流至简易程序", "Send to the simple procedure"),
        by=WHO_SENDS,
        asks=(override_ground,),
        unless=(simple_bar, not_plain, must_be_small, notice_needed, not_simple),
        cites=CPL23[136, 160] + LOCAL_TRIAGE["分流"],
    )
    send_to_ordinary = Step(
        assessed >> in_ordinary,
        T("分流至普通程序", "Send to the ordinary procedure"),
        by=WHO_SENDS,
        asks=(override_ground,),
        unless=not_ordinary,
        cites=CPL23[136] + LOCAL_TRIAGE["分流"],
    )
    send_to_payment = Step(
        assessed >> in_payment,
        T("转入督促程序", "Turn to a payment order"),
        by=WHO_SENDS,
        asks=(override_ground,),
        unless=(no_order, not_payment),
        cites=CPL23[136, 225] + LOCAL_TRIAGE["分流"],
    )
    find_missing = Step(
        (in_small | in_simple) >> in_ordinary,
        T("发现须公告送达，转普通程序", "It must be served by announcement: turn it ordinary"),
        by=Roles.JUDGE,
        sets=((needs_notice, True),),
        cites=CI22[140, 258] + CPL23[169, 170],
    )
    to_ordinary = Step(
        (in_small | in_simple) >> in_ordinary,
        T("转为普通程序", "Turn it ordinary"),
        by=Roles.JUDGE,
        asks=(convert_ground,),
        unless=no_ground,
        cites=CPL23[169, 170] + CI22[258] + LOCAL_TRIAGE["转换"],
    )
    to_simple = Step(
        in_small >> in_simple,
        T("小额转为简易程序", "Turn a small claim simple"),
        by=Roles.JUDGE,
        asks=(convert_ground,),
        unless=(no_ground, notice_needed, simple_bar),
        cites=CPL23[169] + CI22[278] + LOCAL_TRIAGE["转换"],
    )
    agree_simple = Step(
        in_ordinary >> in_simple,
        T("双方约定转为简易程序", "Turn it simple by agreement"),
        by=Roles.JUDGE,
        asks=(convert_ground, heard),
        unless=(no_ground, notice_needed, simple_bar, was_heard),
        cites=CPL23[160] + CI22[260, 264] + LOCAL_TRIAGE["转换"],
    )
    come_back = Step(
        in_mediation >> assessed, T("调解不成，重新分流", "Not settled: send it anew"), by=WHO_SENDS, cites=MED16[21] + OMR[21] + LOCAL_TRIAGE["转换"]
    )
    settle = Step(in_mediation >> settled, T("诉前调解成功", "Settled"), by=WHO_SENDS, cites=MED16[19] + OMR[20])
    order_lapses = Step(
        in_payment >> assessed, T("支付令失效，转入诉讼", "The order lapses: to the suit"), by=Roles.JUDGE, cites=CPL23[228] + LOCAL_TRIAGE["转换"]
    )
    assign_team = Step(
        in_small | in_simple | in_ordinary,
        T("交审判团队", "Give it to a team"),
        by=Roles.PRESIDENT | Roles.TRIAGE_OFFICER,
        asks=(team, judges, assistants, clerks),
        cites=LOCAL_TRIAGE["团队"],
    )
    no_team = Ground(~assign_team.done, T("尚未确定审判团队", "No team was named"), LOCAL_TRIAGE["团队"])
    named_first = Condition(trial.send, unless=no_team)
    entrust = Step(in_simple | in_ordinary, T("登记委托鉴定", "Note an appraisal"), by=Roles.JUDGE, cites=CPL23[166] + LOCAL_TRIAGE["鉴定"])
    close = Step(
        (in_small | in_simple | in_ordinary | in_payment) >> closed,
        T("结案", "Close"),
        by=Roles.JUDGE | Roles.CLERK,
        asks=(templated, appealed),
        cites=LOCAL_TRIAGE["文书"],
    )
