"""减半、增减请求、退费与司法救助 · What happens to a fee in the course of a case: halving, changed claims, conversion, refunds, aid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tianping.law.citations import Citation
from tianping.law.derivation import Derivation, Line
from tianping.law.fees.errors import NotHalved, ReductionTooSmall
from tianping.law.fees.schedule import ROUNDED, Fee, charge, money, percent
from tianping.law.money import yuan
from tianping.law.statutes import CI22, FEE, POLICY, REG15
from tianping.law.text import T

LEAST_REDUCTION: Final = Decimal("0.3")
"""办法 46."""


class Halving(StrEnum):
    """减半事由 · Why a case fee is halved (办法 15, 16, 18)."""

    MEDIATED = "mediated"
    WITHDRAWN = "withdrawn"
    SIMPLE = "simple"
    COUNTERCLAIM = "counterclaim"
    THIRD_PARTY = "third_party"


HALVINGS: Final[dict[Halving, tuple[T, Citation]]] = {
    Halving.MEDIATED: (T("以调解方式结案", "closed by mediation"), FEE[15]),
    Halving.WITHDRAWN: (T("申请撤诉", "withdrawn"), FEE[15]),
    Halving.SIMPLE: (T("适用简易程序", "simple procedure"), FEE[16]),
    Halving.COUNTERCLAIM: (T("反诉合并审理", "counterclaim tried together"), FEE[18]),
    Halving.THIRD_PARTY: (T("有独立请求权的第三人的请求合并审理", "claim of an independent third party tried together"), FEE[18]),
}


class RefundGround(StrEnum):
    """退费事由 · What ends the case, and whether the fee goes back (办法 25–28)."""

    REMANDED = "remanded"
    NOT_ACCEPTED = "not_accepted"
    CRIME = "crime"
    CRIME_CIVIL_GOES_ON = "crime_civil_goes_on"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


REFUNDS: Final[dict[RefundGround, tuple[T, Citation, bool]]] = {
    RefundGround.REMANDED: (T("发回重审：退还上诉人", "remanded: back to the appellant"), FEE[27], True),
    RefundGround.NOT_ACCEPTED: (T("不予受理或驳回起诉", "not accepted, or dismissed"), FEE[27], True),
    RefundGround.CRIME: (T("涉嫌犯罪移送", "transferred for a suspected crime"), FEE[25], True),
    RefundGround.CRIME_CIVIL_GOES_ON: (T("移送后民事部分继续审理", "transferred, and the civil part goes on"), FEE[25], False),
    RefundGround.SUSPENDED: (T("中止诉讼、中止执行", "suspended"), FEE[26], False),
    RefundGround.TERMINATED: (T("终结诉讼", "terminated"), FEE[28], False),
}


def halved(fee: Fee, grounds: Sequence[Halving]) -> Fee:
    """减半 · Half of a case fee, once, however many grounds there are (办法 15, 16, 18; 民诉法解释 206). Raises NotHalved."""
    if not grounds:
        return fee
    if fee.application:
        raise NotHalved(title=fee.title)
    value = yuan(Fraction(fee.value) / 2)
    words, cites = HALVINGS[grounds[0]]
    lines = fee.derivation.then(T("{w}：减半", "{w}: halved").fill(w=words), cites, value)
    for again in grounds[1:]:
        what, article = HALVINGS[again]
        lines = lines.then(T("{w}：只减半一次", "{w}: halved only once").fill(w=what), article + CI22[206], value)
    return Fee(fee.title, value, fee.full, lines)


def counterclaim(amount: Decimal) -> Fee:
    """反诉 · Half of the property fee on the counterclaim tried together (办法 18)."""
    return halved(charge("property", amount), [Halving.COUNTERCLAIM])


def payment_order_failed(amount: Decimal, paid: Decimal) -> Fee:
    """支付令失效转入诉讼 · What is still to be paid of the case fee (民诉法解释 195)."""
    full = charge("property", amount)
    owing = max(full.value - money(paid), Decimal(0))
    lines = full.derivation.then(T("已交支付令申请费", "fee of the payment order, paid"), None, money(paid))
    return Fee(full.title, owing, full.full, lines.then(T("应补交", "still to be paid"), CI22[195], owing))


def claim_changed(before: Decimal, after: Decimal, *, inquiry_ended: bool, grounds: Sequence[Halving] = ()) -> Fee:
    """增减请求 · The difference: what is still to be paid (above nought) or refunded (below nought) (办法 21, 35).

    A claim reduced after the court's inquiry has ended gives nothing back.
    """
    old, new = halved(charge("property", before), grounds), halved(charge("property", after), grounds)
    lines = old.derivation + new.derivation
    difference = new.value - old.value
    if difference < 0 and inquiry_ended:
        words = T("法庭调查终结后减少：减少部分由变更方负担，不退", "reduced after the court's inquiry: the party bears it, nothing back")
        return Fee(new.title, Decimal(0), old.value, lines.then(words, FEE[35], Decimal(0)))
    words = T("补交差额", "difference to be paid") if difference >= 0 else T("退还差额", "difference refunded")
    cites = FEE[21].part("第（一）项", "(1)") if difference >= 0 else FEE[21].part("第（二）项", "(2)")
    return Fee(new.title, difference, new.value, lines.then(words, cites, abs(difference)))


def converted(full: Fee, paid: Decimal) -> Fee:
    """简易转普通 · What is still to be paid, within seven days of the notice (民诉法解释 199)."""
    owing = max(full.full - money(paid), Decimal(0))
    lines = full.derivation.then(T("转为普通程序，补交（接到通知之日起7日内）", "turned ordinary: still to be paid within 7 days"), CI22[199], owing)
    return Fee(full.title, owing, full.full, lines)


def top_up_unpaid(paid: Decimal) -> Fee:
    """逾期不补交 · Treated as withdrawn; half of what was charged goes back (民诉法解释 199)."""
    value = yuan(Fraction(money(paid)) / 2)
    line = Line(T("无正当理由未补交：按撤诉处理，退还一半", "not paid without good reason: withdrawn, half goes back"), CI22[199], value)
    return Fee(T("退还受理费", "Refund of the case fee"), value, money(paid), Derivation((line,)))


def refund(paid: Decimal, ground: RefundGround) -> Fee:
    """退费 · All of the fee or none of it, by the ground (办法 25–28); within fifteen days of the document's effect (办法 53)."""
    words, cites, back = REFUNDS[ground]
    value = money(paid) if back else Decimal(0)
    lines = Derivation((Line(words, cites, value),))
    if back:
        lines = lines.then(T("自法律文书生效之日起15日内退还", "refunded within 15 days of the document's effect"), FEE[53])
    return Fee(T("退还受理费", "Refund of the case fee"), value, money(paid), lines)


def reduced(fee: Fee, by: Decimal) -> Fee:
    """减交 · A reduction by judicial aid, at least 30% (办法 46). Raises ReductionTooSmall."""
    if not LEAST_REDUCTION <= by <= 1:
        raise ReductionTooSmall(given=by)
    exact = Fraction(fee.value) * (1 - Fraction(by))
    value = yuan(exact)
    lines = fee.derivation.then(T("司法救助，减交 {p}%", "judicial aid, reduced by {p}%").fill(p=percent(by)), FEE[46], value)
    if value != exact:
        lines = lines.then(ROUNDED, POLICY["四舍五入"], value)
    return Fee(fee.title, value, fee.full, lines)


def unpaid(fee: Fee) -> Derivation:
    """逾期未预交 · What follows from a fee that is not paid in time: the case is treated as withdrawn (办法 22; 登记立案规定 11)."""
    words = T("逾期未交又未获司法救助：按撤诉处理", "not paid in time and no aid granted: treated as withdrawn")
    return Derivation((Line(words, FEE[22] + REG15[11], fee.value),))
