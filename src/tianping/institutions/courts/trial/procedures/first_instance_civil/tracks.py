"""各线 · The parts of a first-instance civil case: its route, its defendants, its appraisals, the delivery of its decision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from tianping.law.statutes import CI22, CPL23, EV19, POLICY, SIM, TL00
from tianping.procedure import (
    NEW,
    PLAIN,
    Fact,
    Ground,
    Limit,
    Pause,
    Stage,
    Step,
    T,
    Track,
    days,
    months,
)
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.lengths import Length, Row

NEW_SERVICE_ABROAD = date(2024, 1, 1)
IN_THE_MAIN_LIMIT = T("审限在案件主线计算", "the trial limit runs on the case itself")


class Expertise(Enum):
    """专业事项 · What an outside body is asked for; the time of each is left out of the trial limit."""

    APPRAISAL = "鉴定"
    AUDIT = "审计"
    VALUATION = "评估"
    CLEARING = "资产清理"


class Route(Track):
    """适用程序 · Which of the three procedures applies, and how a case passes from one to another."""

    title = T("适用程序", "Route")

    amount = Fact(Decimal, T("标的额", "Amount in dispute"))
    wage = Fact(
        Decimal,
        T("上年度就业人员年平均工资", "Provincial average wage"),
        hint=T("本省已公布的最近年度数额，由参数表提供", "the last figure published for the province, from the parameter table"),
    )
    money_claim = Fact(bool, T("属于事实清楚、争议不大的简单金钱给付案件", "A plain money claim with clear facts and little dispute?"))
    small_agreed = Fact(bool, T("双方约定适用小额诉讼", "Have both parties agreed on the small-claims procedure?"))
    small_barred = Fact(bool, T("属于不适用小额诉讼的案件", "Is it of a kind kept out of the small-claims procedure?"))
    simple_barred = Fact(bool, T("属于不适用简易程序的案件", "Is it of a kind kept out of the simple procedure?"))
    simple_agreed = Fact(bool, T("双方约定适用简易程序", "Have both parties agreed on the simple procedure?"))

    small = Stage(T("小额诉讼程序", "Small claims"), no_limit=IN_THE_MAIN_LIMIT)
    simple = Stage(T("简易程序", "Simple procedure"), no_limit=IN_THE_MAIN_LIMIT)
    ordinary = Stage(T("普通程序", "Ordinary procedure"), no_limit=IN_THE_MAIN_LIMIT)

    within_half = (amount <= wage * Decimal("0.5")) & money_claim.is_(True)
    within_double = (amount <= wage * Decimal(2)) & money_claim.is_(True) & small_agreed.is_(True)
    small_enough = Ground(within_half | within_double, T("标的额在小额诉讼范围内", "The amount is within small claims"), CPL23[165] + CI22[272])
    small_bar = Ground(small_barred.is_(True), T("属于不适用小额诉讼的案件", "It is kept out of the small-claims procedure"), CPL23[166])
    simple_bar = Ground(simple_barred.is_(True), T("属于不适用简易程序的案件", "It is kept out of the simple procedure"), CI22[257])
    must_be_small = Ground(within_half & small_barred.is_(False), T("应当适用小额诉讼程序", "The small-claims procedure is mandatory"), CPL23[165])
    both_agree = Ground(simple_agreed.is_(True), T("双方约定适用简易程序", "Both parties have agreed on it"), CPL23[160] + CI22[264])

    as_small = Step(
        NEW >> small,
        T("确定适用小额诉讼程序", "Send to small claims"),
        by=Roles.FILING_JUDGE | Roles.JUDGE,
        when=small_enough,
        unless=small_bar,
        asks=(amount, wage, money_claim, small_agreed, small_barred),
        cites=CPL23[136, 165],
    )
    as_simple = Step(
        NEW >> simple,
        T("确定适用简易程序", "Send to the simple procedure"),
        by=Roles.FILING_JUDGE | Roles.JUDGE,
        unless=(simple_bar, must_be_small),
        asks=(amount, wage, money_claim, small_barred, simple_barred),
        cites=CPL23[136, 160],
    )
    as_ordinary = Step(
        NEW >> ordinary, T("确定适用普通程序", "Send to the ordinary procedure"), by=Roles.FILING_JUDGE | Roles.JUDGE, cites=CPL23[136]
    )
    to_simple = Step(small >> simple, T("转为简易程序", "Turn it simple"), by=Roles.JUDGE, cites=CPL23[169] + CI22[278])
    to_ordinary = Step((small | simple) >> ordinary, T("裁定转为普通程序", "Turn it ordinary"), by=Roles.JUDGE, cites=CPL23[169, 170] + CI22[258])
    agree_simple = Step(
        ordinary >> simple,
        T("双方约定转为简易程序", "Turn it simple by agreement"),
        by=Roles.JUDGE,
        when=both_agree,
        unless=simple_bar,
        asks=(simple_agreed, simple_barred),
        cites=CPL23[160] + CI22[260, 264] + SIM[2],
    )
    contest = Step(small | simple, T("对适用程序提出异议", "Object to the route"), by=Roles.PARTY, cites=CPL23[169] + CI22[269, 279])
    uphold = Step(small | simple, T("裁定驳回程序异议", "Dismiss the objection to the route"), by=Roles.JUDGE, cites=CPL23[169] + CI22[269, 279])


class Defendant(Track):
    """被告 · One defendant: served with the complaint, answering, or objecting to jurisdiction."""

    title = T("被告", "Defendant")

    abroad = Fact(bool, T("在我国领域内没有住所", "Without a domicile in China?"))

    named = Stage(T("待送达", "To be served"))
    sent = Stage(T("副本已发送", "Copy sent"), no_limit=T("送达由送达程序计时", "the service procedure keeps its own time"))
    announced = Stage(T("公告送达中", "Being served by announcement"))
    served = Stage(T("已送达", "Served"))
    silent = Stage(T("逾期未答辩", "No answer in time"), no_limit=T("不答辩不影响审理", "silence does not stop the trial"))
    answered = Stage(T("已答辩", "Answered"))
    dropped = Stage(T("撤回对其起诉", "No longer sued"), end=True)

    is_abroad = abroad.is_(True)
    in_play = served | silent | answered

    name_one = Step(
        NEW >> named, T("列明或追加被告", "Name or join a defendant"), by=Roles.FILING_JUDGE | Roles.JUDGE, asks=(abroad,), cites=CPL23[122, 135]
    )
    send = Step(named >> sent, T("发送起诉状副本", "Send the copy of the complaint"), by=Roles.CLERK, cites=CPL23[128])
    serve = Step(sent >> served, T("被告签收", "The defendant receives it"), by=Roles.CLERK | Roles.SERVER, cites=CPL23[87, 128])
    announce = Step((named | sent) >> announced, T("公告送达", "Serve by announcement"), by=Roles.JUDGE, cites=CPL23[95] + CI22[138])
    answer = Step((served | silent) >> answered, T("提出答辩状", "Answer"), by=Roles.DEFENDANT, cites=CPL23[128])
    forward = Step(answered, T("发送答辩状副本", "Send the copy of the answer"), by=Roles.CLERK, cites=CPL23[128])
    challenge = Step(in_play, T("提出管辖权异议", "Object to jurisdiction"), by=Roles.DEFENDANT, at_most=1, cites=CPL23[130] + CI22[223])
    objected = Ground(challenge.done, T("已提出管辖权异议", "Jurisdiction has been objected to"), CPL23[130])
    overrule = Step(in_play, T("裁定驳回管辖异议", "Overrule the objection"), by=Roles.JUDGE, when=objected, at_most=1, cites=CPL23[130, 157])
    overrule_finally = Step(
        in_play, T("小额案件裁定驳回管辖异议", "Overrule it in small claims"), by=Roles.JUDGE, when=objected, at_most=1, cites=CI22[276]
    )
    overruled = Ground(overrule.done, T("已裁定驳回管辖异议", "The objection has been overruled"), CPL23[130])
    appeal_ruling = Step(in_play, T("对管辖裁定上诉", "Appeal that ruling"), by=Roles.DEFENDANT, when=overruled, at_most=1, cites=CPL23[157, 171])
    appealed = Ground(appeal_ruling.done, T("已对管辖裁定上诉", "That ruling has been appealed"), CPL23[171])
    confirm = Step(
        in_play, T("上级法院裁定管辖", "Superior court rules on it"), by=Roles.SUPERIOR_COURT, when=appealed, at_most=1, cites=CPL23[157, 171]
    )
    drop = Step(
        (named | sent | announced | served | silent | answered) >> dropped,
        T("准许撤回对该被告的起诉", "Allow the suit against this one to be withdrawn"),
        by=Roles.JUDGE,
        cites=CPL23[148],
    )

    to_send = Limit(name_one, send | announce | drop, days(5), title=T("发送起诉状副本期限", "Time to send the complaint"), cites=CPL23[128])
    notice_period = Limit(
        announce,
        None,
        Length((Row(days(30)), Row(days(60), when=is_abroad), Row(months(3), when=is_abroad, before=NEW_SERVICE_ABROAD))),
        counting=PLAIN,
        title=T("公告期", "Announcement"),
        cites=CPL23[95, 283] + POLICY["公告期满"],
    )
    deem_served = Step(announced >> served, T("公告期满视为送达", "Deemed served"), by=Roles.SYSTEM, on=notice_period, cites=CPL23[95] + CI22[138])
    defence = Limit(serve | deem_served, None, days(15).but(days(30), when=is_abroad), title=T("答辩期", "Time to answer"), cites=CPL23[128, 285])
    lapse = Step(served >> silent, T("答辩期满", "The time to answer ends"), by=Roles.SYSTEM, on=defence, cites=CPL23[128])
    to_forward = Limit(answer, forward | drop, days(5), title=T("发送答辩状副本期限", "Time to send the answer"), cites=CPL23[128])
    to_challenge = Limit(
        serve | deem_served,
        challenge,
        days(15).but(days(30), when=is_abroad),
        bars=True,
        title=T("管辖权异议期限", "Time to object to jurisdiction"),
        cites=CPL23[128, 130, 285],
    )
    to_appeal_ruling = Limit(
        overrule,
        appeal_ruling,
        days(10).but(days(30), when=is_abroad),
        bars=True,
        title=T("管辖裁定上诉期", "Time to appeal that ruling"),
        cites=CPL23[171, 286],
    )
    accept_ruling = Step(
        in_play,
        T("管辖裁定生效", "That ruling takes effect"),
        by=Roles.SYSTEM,
        on=to_appeal_ruling,
        unless=appealed,
        at_most=1,
        cites=CPL23[157, 171],
    )

    service_by_notice = Pause(announce, deem_served | drop, title=T("公告期间", "Announcement of the complaint"), cites=CI22[243])
    jurisdiction = Pause(
        challenge, accept_ruling | overrule_finally | confirm | drop, title=T("审理管辖异议期间", "Objection to jurisdiction"), cites=CI22[243]
    )


class Appraisal(Track):
    """鉴定 · One matter given to an outside body: appraisal, audit, valuation, clearing of assets."""

    title = T("鉴定、审计、评估", "Appraisal, audit, valuation")

    expertise = Fact(Expertise, T("委托事项", "What is asked for"))
    opinion_due = Fact(date, T("法院确定的完成日期", "Day set by the court"))

    pending = Stage(T("进行中", "Pending"))
    given = Stage(T("已出具意见", "Opinion given"), end=True)
    ended = Stage(T("已终止", "Ended without one"), end=True)

    entrust = Step(NEW >> pending, T("委托", "Entrust"), by=Roles.JUDGE, asks=(expertise, opinion_due), cites=CPL23[79] + EV19[32])
    opine = Step(pending >> given, T("出具意见", "Give the opinion"), by=Roles.APPRAISER, cites=CPL23[80] + EV19[35])
    revoke = Step(pending >> ended, T("终止委托", "End it without an opinion"), by=Roles.JUDGE, cites=EV19[31, 35])

    to_opine = Limit(opinion_due, opine | revoke, days(0), title=T("完成期限", "Day for the opinion"), cites=EV19[35])
    out_of_time = Pause(entrust, opine | revoke, title=T("鉴定、审计、评估期间", "Appraisal, audit, valuation"), cites=CI22[243] + TL00[9])


class Delivery(Track):
    """裁判文书送达 · The decision as it reaches one party: each has an appeal period of its own."""

    title = T("裁判文书送达", "Delivery of the decision")

    of_ruling = Fact(bool, T("系可上诉的裁定", "Is it a ruling that may be appealed?"))
    lives_abroad = Fact(bool, T("该当事人在我国领域内没有住所", "Is this party without a domicile in China?"))

    announced = Stage(T("公告送达裁判文书", "Being delivered by announcement"))
    served = Stage(T("上诉期内", "In the appeal period"))
    appealed = Stage(T("已上诉", "Appealed"))
    settled = Stage(T("服判", "Not appealed"), end=True)
    gone_up = Stage(T("已报送第二审", "Sent to the second instance"), end=True)

    is_abroad = lives_abroad.is_(True)

    serve = Step(
        NEW >> served, T("送达裁判文书", "Deliver the decision"), by=Roles.CLERK | Roles.SERVER, asks=(of_ruling, lives_abroad), cites=CPL23[87, 151]
    )
    announce = Step(
        NEW >> announced,
        T("公告送达裁判文书", "Deliver it by announcement"),
        by=Roles.JUDGE,
        asks=(of_ruling, lives_abroad),
        cites=CPL23[95] + CI22[138],
    )
    appeal = Step(served >> appealed, T("提起上诉", "Appeal"), by=Roles.PARTY, cites=CPL23[171, 173])
    forward = Step(appealed, T("送达上诉状副本", "Send the copy of the appeal"), by=Roles.CLERK, cites=CPL23[174])
    respond = Step(appealed, T("对方提出答辩状", "The other party answers"), by=Roles.PARTY, cites=CPL23[174])
    pass_on = Step(appealed, T("送达上诉答辩状副本", "Send the copy of that answer"), by=Roles.CLERK, cites=CPL23[174])
    not_forwarded = Ground(~forward.done, T("上诉状副本尚未送达对方", "The other party has no copy of the appeal"), CPL23[174])
    not_passed_on = Ground(respond.done & ~pass_on.done, T("答辩状副本尚未送达上诉人", "The appellant has no copy of the answer"), CPL23[174])
    send_up = Step(
        appealed >> gone_up, T("报送第二审法院", "Send the file up"), by=Roles.CLERK, unless=(not_forwarded, not_passed_on), cites=CPL23[174]
    )

    notice_period = Limit(
        announce,
        None,
        Length((Row(days(30)), Row(days(60), when=is_abroad), Row(months(3), when=is_abroad, before=NEW_SERVICE_ABROAD))),
        counting=PLAIN,
        title=T("裁判文书公告期", "Announcement of the decision"),
        cites=CPL23[95, 283] + POLICY["公告期满"],
    )
    deem_served = Step(
        announced >> served, T("裁判文书视为送达", "The decision is deemed delivered"), by=Roles.SYSTEM, on=notice_period, cites=CPL23[95]
    )
    to_appeal = Limit(
        serve | deem_served,
        appeal,
        days(15).but(days(10), when=of_ruling.is_(True)).but(days(30), when=is_abroad),
        bars=True,
        title=T("上诉期", "Time to appeal"),
        cites=CPL23[171, 286] + CI22[244],
    )
    let_stand = Step(served >> settled, T("上诉期满未上诉", "The appeal period ends"), by=Roles.SYSTEM, on=to_appeal, cites=CPL23[171])
    to_forward = Limit(appeal, forward, days(5), title=T("送达上诉状副本期限", "Time to send the appeal"), cites=CPL23[174])
    answer_period = Limit(forward, None, days(15), title=T("上诉答辩期", "Time to answer the appeal"), cites=CPL23[174])
    to_pass_on = Limit(respond, pass_on, days(5), title=T("送达上诉答辩状期限", "Time to send that answer"), cites=CPL23[174])
    to_send_up = Limit(respond, send_up, days(5), title=T("收到答辩状后报送期限", "Time to send the file up"), cites=CPL23[174])
    to_send_up_unanswered = Limit(answer_period, send_up, days(5), title=T("答辩期满后报送期限", "Time to send it up unanswered"), cites=CPL23[174])
