"""网上缴退费 · One fee of one case: reckoned, asked for, paid or relieved, topped up, refunded in fifteen days of the document's effect.

``tianping.law.fees`` reckons the tariff; the guards here hold what was reckoned against the rules: halved once, reduced by thirty per cent at least,
never refunded above what was paid.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from tianping.law.statutes import CI22, FEE, REG15
from tianping.procedure import NEW, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Track, days
from tianping.procedure.contracts.roles import Roles

BY_PARTY = Roles.PARTY | Roles.AGENT
CENT, TWO = Decimal("0.01"), Decimal(2)
BY_COURT = T("由法院指定的期限", "the court sets the time")


class Halving(Enum):
    """减半事由 · Why the fee is asked for at half (FEE 16, 18)."""

    NONE = "不减半"
    SIMPLE = "适用简易程序"
    COUNTERCLAIM = "反诉合并审理"
    THIRD_PARTY = "有独立请求权第三人合并审理"


class Back(Enum):
    """退费事由 · Why money goes back (FEE 15, 21, 25, 27, 53; CI22 199, 207)."""

    WON = "胜诉方预交而不应负担"
    MEDIATED = "以调解方式结案"
    WITHDRAWN = "申请撤诉"
    LESS_CLAIMED = "法庭调查终结前减少请求"
    NOT_ACCEPTED = "不予受理或者驳回起诉"
    REMANDED = "发回重审"
    CRIME = "涉嫌犯罪移送"
    NOT_TOPPED_UP = "未补交按撤诉处理，退一半"


class Review(Track):
    """费用复核 · One review of the decision on costs."""

    title = T("费用决定复核", "Review of the decision on costs")

    asked = Stage(T("已申请复核", "Asked for"))
    kept = Stage(T("维持", "Kept"), end=True)
    changed = Stage(T("更正", "Corrected"), end=True)

    ask = Step(NEW >> asked, T("申请复核", "Ask for a review"), by=BY_PARTY, cites=FEE[43])
    keep = Step(asked >> kept, T("复核维持", "Keep it"), by=Roles.PRESIDENT, cites=FEE[43])
    change = Step(asked >> changed, T("复核更正", "Correct it"), by=Roles.PRESIDENT, cites=FEE[43])

    to_review = Limit(since=ask, until=keep | change, within=days(15), title=T("复核期限", "Time to review"), cites=FEE[43])


class CourtFee(Procedure):
    """诉讼费用 · Owed, paid, partly and wholly refunded; or relieved, or unpaid and the suit treated as withdrawn."""

    title = T("诉讼费用", "Court fee")
    code = "court_fee"
    valid_from = date(2021, 1, 1)
    corrects = Roles.FINANCE

    claimed = Fact(Decimal, T("请求数额", "Amount claimed"))
    full = Fact(Decimal, T("按标准计算的受理费", "Fee by the tariff"), hint=T("由费用计算器计算", "from the fee calculator"))
    halving = Fact(Halving, T("减半事由", "Why halved?"))
    due = Fact(Decimal, T("应交数额", "Amount to pay"))
    natural = Fact(bool, T("申请救助的是否自然人", "Is the one who asks a natural person?"))
    before_filing = Fact(bool, T("是否在决定立案之前", "Is it before the filing is decided?"))
    reasons_given = Fact(bool, T("是否书面说明理由", "Were reasons given in writing?"))
    pay_by = Fact(date, T("指定的交纳期限", "Day set for the payment"))
    paid_sum = Fact(Decimal, T("实交数额", "Amount paid"))
    receipt = Fact(str, T("缴费凭证号", "Number of the receipt"))
    bank_sum = Fact(Decimal, T("代理银行到账数额", "Amount that the bank received"))
    more = Fact(Decimal, T("应补交数额", "Amount still to pay"))
    more_paid = Fact(Decimal, T("实补交数额", "Amount paid in addition"))
    effective = Fact(date, T("法律文书生效日", "Day the document took effect"))
    back = Fact(Back, T("退费事由", "Why does it go back?"))
    refund = Fact(Decimal, T("应退数额", "Amount to refund"))
    refunded = Fact(Decimal, T("已退数额", "Amount refunded"))

    reviews = Many(Review)

    owed = Stage(T("应缴", "Owed"), no_limit=T("自接到通知次日起计算", "time runs from the day after the notice"))
    asking = Stage(T("救助审查中", "Aid asked for"), no_limit=T("办法未定审查期限", "the measures set no time"))
    to_pay_anew = Stage(T("救助决定后应缴", "Owed after the decision on aid"))
    deferred = Stage(T("准予缓交", "Deferred"), no_limit=BY_COURT)
    paid = Stage(T("已缴", "Paid"), no_limit=T("案件审理中", "while the case is tried"))
    short = Stage(T("应补交", "More owed"))
    refundable = Stage(T("应退费", "To be refunded"))
    partly = Stage(T("部分退", "Partly refunded"))
    done = Stage(T("退毕", "Refunded"), end=True)
    settled = Stage(T("结清，无退费", "Settled, nothing back"), end=True)
    exempted = Stage(T("准予免交", "Exempted"), end=True)
    dropped = Stage(T("未交费按撤诉处理", "Unpaid: treated as withdrawn"), end=True)

    # ---- the amount ------------------------------------------------------------------------------------------------------

    half = (due * TWO <= full + CENT) & (full <= due * TWO + CENT)
    misreckoned = Ground(
        (halving.is_(Halving.NONE) & ~due.is_(full)) | (~halving.is_(Halving.NONE) & ~half),
        T("应交数额与标准和减半事由不符", "It is not what the tariff and the halving give"),
        FEE[13, 16, 18] + CI22[206],
    )
    too_little = Ground(paid_sum < due, T("未足额交纳", "Not paid in full"), FEE[22])
    no_receipt = Ground(~receipt.known(), T("没有缴费凭证", "There is no receipt"), FEE[52])
    not_reconciled = Ground(~bank_sum.is_(paid_sum), T("到账与实交不符", "The bank received another amount"), FEE[52])
    more_too_little = Ground(more_paid < more, T("未足额补交", "Not topped up in full"), FEE[21] + CI22[199])

    order = Step(
        NEW >> owed,
        T("开出交费通知", "Ask for the fee"),
        by=Roles.FILING_JUDGE | Roles.JUDGE,
        asks=(claimed, full, halving, due),
        unless=misreckoned,
        cites=FEE[13, 20],
    )
    notify = Step(
        owed, T("当事人接到交费通知", "The party receives the notice"), by=Roles.SERVER | Roles.CLERK | Roles.SYSTEM, at_most=1, cites=FEE[22]
    )
    pay = Step(
        (owed | to_pay_anew | deferred) >> paid,
        T("交纳诉讼费用", "Pay"),
        by=BY_PARTY,
        asks=(paid_sum, receipt),
        unless=(too_little, no_receipt),
        cites=FEE[22, 52],
    )
    reconcile = Step(
        paid,
        T("对账", "Reconcile with the bank"),
        by=Roles.FINANCE | Roles.BANK,
        asks=(bank_sum,),
        unless=not_reconciled,
        cites=FEE[52],
    )

    # ---- judicial aid ----------------------------------------------------------------------------------------------------

    legal_person = Ground(natural.is_(False), T("免交只适用于自然人", "Exemption is for natural persons only"), FEE[44])
    reduced_too_little = Ground(full * Decimal("0.7") < due, T("减交比例低于百分之三十", "Reduced by less than thirty per cent"), FEE[46])
    too_late_to_defer = Ground(before_filing.is_(False), T("缓交应当在决定立案之前作出", "Deferral is decided before the filing"), FEE[49])
    no_reasons = Ground(~reasons_given.is_(True), T("不予批准未书面说明理由", "A refusal without written reasons"), FEE[48])

    ask_aid = Step(owed >> asking, T("申请缓减免", "Ask for aid"), by=BY_PARTY, asks=(natural,), cites=FEE[44, 48])
    exempt = Step(asking >> exempted, T("准予免交", "Exempt"), by=Roles.COURT, unless=legal_person, cites=FEE[44, 45])
    reduce_ = Step(asking >> to_pay_anew, T("准予减交", "Reduce"), by=Roles.COURT, asks=(due, pay_by), unless=reduced_too_little, cites=FEE[46])
    defer = Step(asking >> deferred, T("准予缓交", "Defer"), by=Roles.COURT, asks=(before_filing,), unless=too_late_to_defer, cites=FEE[47, 49])
    deny = Step(
        asking >> to_pay_anew, T("不予批准", "Refuse aid"), by=Roles.COURT, asks=(reasons_given, pay_by), unless=no_reasons, cites=FEE[22, 48]
    )

    # ---- a changed claim or procedure ------------------------------------------------------------------------------------

    ask_more = Step(paid >> short, T("通知补交", "Ask for more"), by=Roles.JUDGE, asks=(more, halving), cites=FEE[21] + CI22[199])
    top_up = Step(short >> paid, T("补交", "Top it up"), by=BY_PARTY, asks=(more_paid,), unless=more_too_little, cites=FEE[21] + CI22[199])

    # ---- money back ------------------------------------------------------------------------------------------------------

    total = paid_sum + more_paid
    topped = more_paid.known()
    half_of_paid = (refund * TWO <= paid_sum + CENT) & (paid_sum <= refund * TWO + CENT)
    half_of_total = (refund * TWO <= total + CENT) & (total <= refund * TWO + CENT)
    above_paid = Ground((~topped & (paid_sum < refund)) | (topped & (total < refund)), T("退费超过实交数额", "More than was paid"), FEE[53])
    by_ending = back.one_of(Back.MEDIATED, Back.WITHDRAWN)
    halved_twice = Ground(
        by_ending & ~halving.is_(Halving.NONE),
        T("已减半收取，只能减半一次", "It was halved already, and that once only"),
        CI22[206],
    )
    not_half = Ground(
        by_ending & ~((~topped & half_of_paid) | (topped & half_of_total)), T("调解、撤诉应退一半", "Settled or withdrawn: half goes back"), FEE[15]
    )
    not_half_untopped = Ground(~half_of_paid, T("未补交的退还一半", "Not topped up: half goes back"), CI22[199])
    not_all = Ground(
        back.one_of(Back.NOT_ACCEPTED, Back.REMANDED, Back.CRIME) & ((~topped & (refund < paid_sum)) | (topped & (refund < total))),
        T("应当全部退还", "All of it goes back"),
        FEE[25, 27],
    )
    more_than_owed = Ground(refund < refunded, T("已退超过应退", "More was refunded than owed"), FEE[53])
    not_all_refunded = Ground(refunded < refund, T("尚未退足", "Not refunded in full"), FEE[53])
    nothing_left = Ground(refund <= refunded, T("已经退足", "It is refunded in full"), FEE[53])

    decide_refund = Step(
        paid >> refundable,
        T("决定退费", "Decide on a refund"),
        by=Roles.JUDGE,
        asks=(back, refund, effective),
        unless=(above_paid, halved_twice, not_half, not_all),
        cites=FEE[15, 25, 27, 53] + CI22[207],
    )
    settle = Step(paid >> settled, T("结算，无退费", "Settle, nothing back"), by=Roles.JUDGE | Roles.FINANCE, cites=FEE[29, 35, 53])
    refund_part = Step(
        (refundable | partly) >> partly,
        T("部分退费", "Refund a part"),
        by=Roles.FINANCE,
        asks=(refunded,),
        unless=nothing_left,
        cites=FEE[52, 53],
    )
    refund_all = Step(
        (refundable | partly) >> done,
        T("退毕", "Refund the rest"),
        by=Roles.FINANCE,
        asks=(refunded,),
        unless=(not_all_refunded, more_than_owed),
        not_by=decide_refund,
        cites=FEE[52, 53],
    )

    # ---- time ------------------------------------------------------------------------------------------------------------

    to_pay = Limit(
        since=notify,
        until=pay | ask_aid,
        within=days(7),
        title=T("交费期限", "Time to pay"),
        cites=FEE[22],
        warn=(days(2),),
    )
    to_pay_set = Limit(
        since=pay_by,
        until=pay,
        within=days(0),
        title=T("指定的交费期限", "Day set for the payment"),
        cites=FEE[22],
    )
    to_top_up = Limit(since=ask_more, until=top_up, within=days(7), title=T("补交期限", "Time to top up"), cites=CI22[199])
    to_refund = Limit(
        since=effective,
        until=refund_all,
        within=days(15),
        title=T("退费期限", "Time to refund"),
        cites=FEE[53],
        warn=(days(5), days(1)),
    )
    drop = Step(
        owed >> dropped, T("逾期未交，按撤诉处理", "Not paid in time: withdrawn"), by=Roles.JUDGE, on=to_pay, cites=FEE[22] + REG15[11] + CI22[213]
    )
    drop_set = Step(
        to_pay_anew >> dropped,
        T("指定期限未交，按撤诉处理", "Not paid by the day set: withdrawn"),
        by=Roles.JUDGE,
        on=to_pay_set,
        cites=FEE[22] + REG15[11] + CI22[213],
    )
    drop_short = Step(
        short >> refundable,
        T("未补交，按撤诉处理并退一半", "Not topped up: withdrawn, half goes back"),
        by=Roles.JUDGE,
        on=to_top_up,
        asks=(refund, effective),
        sets=((back, Back.NOT_TOPPED_UP),),
        unless=not_half_untopped,
        cites=CI22[199],
    )
