"""案件受理费与申请费 · One function for each kind of fee; each gives the amount and its derivation (诉讼费用交纳办法 13, 14)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from tianping.law.derivation import Derivation, Line
from tianping.law.fees.schedule import Fee, charge
from tianping.law.statutes import CI22, FEE, JC11
from tianping.law.text import T

Maritime = Literal["limitation_fund", "injunction", "lien_notice", "claim_registration", "general_average"]


class FreeOf(StrEnum):
    """不交纳的情形 · What costs no case fee (办法 8, 9; 司法确认规定 11)."""

    SPECIAL_PROCEDURE = "special_procedure"
    DISMISSAL = "dismissal"
    PROCEDURAL_APPEAL = "procedural_appeal"
    STATE_COMPENSATION = "state_compensation"
    RETRIAL = "retrial"
    CONFIRMATION = "confirmation"


def property_case(amount: Decimal) -> Fee:
    """财产案件 · On the amount claimed, band by band (办法 13(1)). Several property claims are added up first (民诉法解释 201)."""
    return charge("property", amount)


def divorce(property_: Decimal, base: Decimal | None = None, region: str = "CN") -> Fee:
    """离婚案件 · The local figure, and half a per cent of the property above 200,000 yuan (办法 13(2)1)."""
    return _with_part(charge("divorce", base=base, region=region), charge("divorce_property", property_))


def personality_rights(damages: Decimal, base: Decimal | None = None, region: str = "CN") -> Fee:
    """人格权案件 · The local figure, and a part of the damages above 50,000 yuan (办法 13(2)2)."""
    return _with_part(charge("personality", base=base, region=region), charge("personality_damages", damages))


def other_non_property(base: Decimal, region: str = "CN") -> Fee:
    """其他非财产案件 · The local figure (办法 13(2)3); several such claims are one (民诉法解释 201)."""
    return charge("other", base=base, region=region)


def intellectual_property(amount: Decimal | None = None, base: Decimal | None = None, region: str = "CN") -> Fee:
    """知识产权案件 · As a property case where there is an amount, else the local figure (办法 13(3))."""
    if amount is None:
        return charge("intellectual_property", base=base, region=region)
    fee = charge("property", amount)
    first = Line(
        T("知识产权案件有争议金额：按财产案件", "intellectual property with an amount: as a property case"), FEE[13].part("第（三）项", "(3)")
    )
    return Fee(fee.title, fee.value, fee.full, Derivation((first,)) + fee.derivation)


def labour() -> Fee:
    """劳动争议 · Ten yuan (办法 13(4))."""
    return charge("labour")


def administrative(*, special: bool = False) -> Fee:
    """行政案件 · 50 yuan; trademarks, patents and maritime matters 100 (办法 13(5))."""
    return charge("administrative_special" if special else "administrative")


def jurisdiction_objection(base: Decimal, region: str = "CN") -> Fee:
    """管辖权异议不成立 · The local figure (办法 13(6))."""
    return charge("jurisdiction", base=base, region=region)


def enforcement(amount: Decimal | None = None, base: Decimal | None = None, region: str = "CN") -> Fee:
    """执行 · On the amount enforced, or the local figure without one (办法 14(1)); paid after enforcement, never in advance (办法 20)."""
    fee = charge("enforcement_no_amount", base=base, region=region) if amount is None else charge("enforcement", amount)
    return _noted(fee, Line(T("不预交，执行后交纳", "not paid in advance: paid after enforcement"), FEE[20]))


def preservation(amount: Decimal | None = None) -> Fee:
    """保全 · On the property preserved, at most 5,000 yuan; 30 yuan where no amount is concerned (办法 14(2))."""
    return charge("preservation", Decimal(0) if amount is None else amount)


def payment_order(amount: Decimal) -> Fee:
    """支付令 · A third of the property fee (办法 14(3))."""
    return charge("payment_order", amount)


def public_notice() -> Fee:
    """公示催告 · 100 yuan (办法 14(4))."""
    return charge("public_notice")


def arbitration_review() -> Fee:
    """撤销仲裁裁决 · 400 yuan (办法 14(5))."""
    return charge("arbitration_review")


def bankruptcy(assets: Decimal) -> Fee:
    """破产 · Half of the property fee on all assets, at most 300,000 yuan (办法 14(6)); paid after liquidation (办法 20)."""
    return _noted(charge("bankruptcy", assets), Line(T("不预交，清算后交纳", "not paid in advance: paid after liquidation"), FEE[20]))


def maritime(kind: Maritime, base: Decimal | None = None) -> Fee:
    """海事申请 · A fixed sum, or the court's figure within its range (办法 14(7))."""
    return charge(f"maritime_{kind}", base=base)


def free(of: FreeOf) -> Fee:
    """不交纳受理费 · Nothing: special procedures, dismissals, appeals against them, state compensation, most retrials (办法 8, 9), confirmation."""
    words, cites = {
        FreeOf.SPECIAL_PROCEDURE: (T("依特别程序审理", "tried under a special procedure"), FEE[8].part("第（一）项", "(1)")),
        FreeOf.DISMISSAL: (T("裁定不予受理、驳回起诉、驳回上诉", "ruling of non-acceptance or dismissal"), FEE[8].part("第（二）项", "(2)")),
        FreeOf.PROCEDURAL_APPEAL: (
            T("对不予受理、驳回起诉、管辖权异议裁定上诉", "appeal against non-acceptance, dismissal or a ruling on jurisdiction"),
            FEE[8].part("第（三）项", "(3)"),
        ),
        FreeOf.STATE_COMPENSATION: (T("行政赔偿案件", "administrative compensation"), FEE[8].part("第（四）项", "(4)")),
        FreeOf.RETRIAL: (T("审判监督程序（两种例外须交）", "retrial (save for two exceptions)"), FEE[9]),
        FreeOf.CONFIRMATION: (
            T("司法确认", "judicial confirmation"),
            JC11[11] + FEE[8].part("第（一）项", "(1)"),
        ),
    }[of]
    line = Line(T("{w}：不交纳", "{w}: no fee").fill(w=words), cites, Decimal(0))
    return Fee(words, Decimal(0), Decimal(0), Derivation((line,)))


def appeal(contested: Decimal) -> Fee:
    """上诉 · On the part of the judgment that the appeal contests (办法 17); a paid retrial alike (办法 19)."""
    fee = charge("property", contested)
    first = Line(T("按上诉请求数额计算", "reckoned on the amount contested"), FEE[17], contested)
    return Fee(fee.title, fee.value, fee.full, Derivation((first,)) + fee.derivation)


def mixed(property_claims: tuple[Decimal, ...]) -> Fee:
    """多项请求 · Property claims added up; beside them, non-property claims cost nothing more (民诉法解释 201)."""
    total = sum(property_claims, Decimal(0))
    fee = charge("property", total)
    first = Line(T("财产性请求合并计算", "property claims added up"), CI22[201], total)
    return Fee(fee.title, fee.value, fee.full, Derivation((first,)) + fee.derivation)


def _with_part(base: Fee, part: Fee) -> Fee:
    total = base.value + part.value
    cites = base.derivation.lines[0].cites
    lines = base.derivation + part.derivation
    return Fee(base.title, total, total, lines.then(T("合计", "in all"), cites, total))


def _noted(fee: Fee, line: Line) -> Fee:
    return Fee(fee.title, fee.value, fee.full, fee.derivation + Derivation((line,)), fee.application)
