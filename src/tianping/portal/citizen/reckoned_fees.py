"""诉讼费计算 · The questions of a fee and its reckoning, from the schedule of the Measures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from tianping.law import fees
from tianping.law.derivation import Derivation, Value
from tianping.law.fees.changes import HALVINGS
from tianping.law.text import T
from tianping.portal.citizen.questions import Question

PARTS: Final = frozenset({"divorce_property", "personality_damages"})
"""Parts of another fee, never asked for by themselves."""
FREE: Final = {of.value: fees.free(of).title for of in fees.FreeOf}
KIND: Final = T("交哪一种费用", "Which fee?")
PAYABLE: Final = T("应交", "Payable")
FULL: Final = T("减半前", "Before it was halved")
REFUND: Final = T(
    "退费：不予受理、驳回起诉、发回重审的退还；调解、撤诉的减半后多交部分退还",
    "Refunds: not accepted, dismissed, remanded; the half after mediation or withdrawal",
)


def questions(given: dict[str, str], day: date) -> tuple[Question, ...]:
    """Which fee; then what that fee depends on."""
    del day
    listed = tuple((k, s.title) for k, s in fees.schedules().items() if k not in PARTS) + tuple(FREE.items())
    kind = Question("kind", "select", KIND, None, listed)
    chosen = given.get("kind", "")
    if chosen not in fees.schedules():
        return (kind,)
    found = fees.schedule(chosen)
    more: list[Question] = []
    if found.graded or chosen in ("divorce", "personality", "intellectual_property"):
        more.append(
            Question("amount", "money", T("金额（元）", "Amount, in yuan"), optional=chosen in ("divorce", "personality", "intellectual_property"))
        )
    if found.least is not None:
        span = T(
            f"办法规定的幅度：{found.least:,.0f}至{found.most:,.0f}元", f"The Measures leave a range: {found.least:,.0f} to {found.most:,.0f} yuan"
        )
        more.append(Question("base", "money", T("当地标准（元）", "Local figure, in yuan"), span))
    halves = tuple((h.value, words) for h, (words, _) in HALVINGS.items())
    more.append(Question("halve", "select", T("减半事由", "Is it halved?"), None, halves, optional=True))
    more.append(Question("reduce", "whole", T("司法救助减交（百分之几，至少30）", "Reduced by judicial aid, per cent (at least 30)"), optional=True))
    return (kind, *more)


def reckoned(answers: dict[str, Any], day: date) -> tuple[tuple[tuple[T, Value], ...], Derivation, tuple[T, ...], bool]:
    """The fee. Raises the errors of the fees."""
    del day
    found = _fee(answers["kind"], answers.get("amount"), answers.get("base"))
    if answers.get("halve"):
        found = fees.halved(found, [fees.Halving(answers["halve"])])
    if answers.get("reduce") is not None:
        found = fees.reduced(found, Decimal(answers["reduce"]) / 100)
    lines: list[tuple[T, Value]] = [(PAYABLE, found.value)]
    if found.full != found.value:
        lines.append((FULL, found.full))
    return tuple(lines), found.derivation, (REFUND,), False


def _fee(kind: str, amount: Decimal | None, base: Decimal | None) -> fees.Fee:
    if kind == "divorce":
        return fees.divorce(amount or Decimal(0), base)
    if kind == "personality":
        return fees.personality_rights(amount or Decimal(0), base)
    if kind == "intellectual_property":
        return fees.intellectual_property(amount, base)
    if kind in ("enforcement", "enforcement_no_amount"):
        return fees.enforcement(amount, base)
    if kind == "preservation":
        return fees.preservation(amount)
    return fees.free(fees.FreeOf(kind)) if kind in FREE else fees.charge(kind, amount, base=base)
