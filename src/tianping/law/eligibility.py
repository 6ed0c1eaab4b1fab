"""程序适用 · Which first-instance procedure a civil case is tried under: small claims (of duty or by agreement), simple, ordinary.

The bounds are parts of the province's last published average yearly wage of employed persons: 50% and 200% from 2022 on (民事诉讼法 165),
30% and no agreement before (2017 年修正 162). Which published series the article means is not defined: UNVERIFIED.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tianping.law.citations import Citation
from tianping.law.derivation import Derivation
from tianping.law.fees.schedule import money
from tianping.law.money import yuan
from tianping.law.statutes import CI20, CI22, CPL17, CPL21, CPL23, EX19, on
from tianping.law.text import T


class Track(StrEnum):
    """适用的程序 · The procedure of first instance."""

    SMALL = "small_claims"
    SMALL_BY_AGREEMENT = "small_claims_by_agreement"
    SIMPLE = "simple"
    ORDINARY = "ordinary"


class Bar(StrEnum):
    """不适用情形 · What keeps a case out of small claims (民事诉讼法 166; 2020 年解释 275) or out of the simple procedure (解释 257)."""

    STATUS_OR_TITLE = "status_or_title"
    FOREIGN = "foreign"
    APPRAISAL = "appraisal"
    MISSING_PARTY = "missing_party"
    COUNTERCLAIM = "counterclaim"
    INTELLECTUAL_PROPERTY = "intellectual_property"
    UNSUITABLE = "unsuitable"
    MISSING_AT_FILING = "missing_at_filing"
    REMANDED = "remanded"
    NUMEROUS = "numerous"
    RETRIAL = "retrial"
    PUBLIC_INTEREST = "public_interest"
    REVOCATION = "revocation"


_SMALL_NOW: Final = {
    Bar.STATUS_OR_TITLE: "一",
    Bar.FOREIGN: "二",
    Bar.APPRAISAL: "三",
    Bar.MISSING_PARTY: "四",
    Bar.COUNTERCLAIM: "五",
    Bar.UNSUITABLE: "六",
}
_SMALL_OLD: Final = {Bar.STATUS_OR_TITLE: "一", Bar.FOREIGN: "二", Bar.INTELLECTUAL_PROPERTY: "三", Bar.APPRAISAL: "四", Bar.UNSUITABLE: "五"}
_NOT_SIMPLE: Final = {
    Bar.MISSING_AT_FILING: "一", Bar.REMANDED: "二", Bar.NUMEROUS: "三", Bar.RETRIAL: "四", Bar.PUBLIC_INTEREST: "五", Bar.REVOCATION: "六",
}  # fmt: skip
NUMBERS: Final = "一二三四五六七"
WORDS: Final[dict[Bar, T]] = {
    Bar.STATUS_OR_TITLE: T("人身关系、财产确权案件", "personal status, or title to property"),
    Bar.FOREIGN: T("涉外案件", "foreign-related"),
    Bar.APPRAISAL: T("需要评估、鉴定或对其结果有异议", "needs an appraisal, or disputes one"),
    Bar.MISSING_PARTY: T("一方当事人下落不明", "a party is missing"),
    Bar.COUNTERCLAIM: T("提出反诉", "a counterclaim is raised"),
    Bar.INTELLECTUAL_PROPERTY: T("知识产权纠纷", "intellectual property"),
    Bar.UNSUITABLE: T("其他不宜适用小额诉讼程序的", "unsuitable for small claims for another reason"),
    Bar.MISSING_AT_FILING: T("起诉时被告下落不明", "the defendant is missing at filing"),
    Bar.REMANDED: T("发回重审", "remanded for retrial"),
    Bar.NUMEROUS: T("当事人一方人数众多", "numerous parties on one side"),
    Bar.RETRIAL: T("适用审判监督程序", "under trial supervision"),
    Bar.PUBLIC_INTEREST: T("涉及国家利益、社会公共利益", "touches the State's or the public interest"),
    Bar.REVOCATION: T("第三人请求改变或撤销生效裁判", "a third party seeks to change or revoke an effective judgment"),
}


@dataclass(frozen=True, slots=True)
class Wage:
    """就业人员年平均工资 · The province's last published figure (yuan a year) and where it comes from."""

    value: Decimal
    source: T


@dataclass(frozen=True, slots=True)
class Bounds:
    """小额标准 · Up to ``mandatory`` small claims is of duty, up to ``by_agreement`` (None: there is none) by agreement; yuan."""

    mandatory: Decimal
    by_agreement: Decimal | None
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class Eligible:
    """程序适用结论 · The procedure, the bounds that were applied (None where no wage was needed), and why."""

    track: Track
    bounds: Bounds | None
    derivation: Derivation


def small_claims_bounds(wage: Wage, filed: date) -> Bounds:
    """小额标准 · The bounds for a case filed on a day."""
    now = filed >= CPL21.valid_from
    law = on(CPL23[165], filed) if now else CPL17[162]
    mandatory = yuan(Fraction(wage.value) * Fraction(1, 2) if now else Fraction(wage.value) * Fraction(3, 10))
    lines = Derivation().then(
        T("上年度就业人员年平均工资：{s}", "last published average wage: {s}").fill(s=wage.source), _wage_article(filed), wage.value
    )
    part = T("50%", "50%") if now else T("30%", "30%")
    lines = lines.then(T("标的额 {p} 以下：应当适用小额诉讼", "up to {p} of it: small claims of duty").fill(p=part), law, mandatory)
    if not now:
        return Bounds(mandatory, None, lines.then(T("当时没有约定适用", "no small claims by agreement in that law"), law))
    by_agreement = yuan(Fraction(wage.value) * 2)
    return Bounds(mandatory, by_agreement, lines.then(T("二倍以下：双方可约定适用", "up to twice: by agreement"), law, by_agreement))


def eligible(
    amount: Decimal,
    filed: date,
    wage: Wage,
    *,
    money_claim: bool = True,
    clear: bool = True,
    agreed_small: bool = False,
    agreed_simple: bool = False,
    bars: Sequence[Bar] = (),
) -> Eligible:
    """适用何种程序 · The procedure of a case in a basic court.

    ``amount`` in yuan; ``clear``: clear facts and rights, little dispute; ``money_claim``: a simple claim for money; ``agreed_small`` and
    ``agreed_simple``: both sides agreed. Raises NotMoney.
    """
    value, bounds = money(amount), small_claims_bounds(wage, filed)
    lines = Derivation().then(T("标的额", "amount of the claim"), None, value)
    barred = _bar(_simple_bars(filed), bars)
    if barred is not None:
        return Eligible(Track.ORDINARY, bounds, lines.then(T("{w}：不适用简易程序", "{w}: no simple procedure").fill(w=barred[0]), barred[1]))
    if not clear and not agreed_simple:
        words = T("并非事实清楚、权利义务明确、争议不大，也未约定：普通程序", "not clear and not agreed: ordinary procedure")
        return Eligible(Track.ORDINARY, bounds, lines.then(words, _article(CPL23[160], filed)))
    lines = lines.then(_why_simple(clear=clear), _article(CPL23[160], filed))
    track, told = _small(value, filed, bounds, money_claim=money_claim and clear, agreed=agreed_small, bars=bars)
    if track is Track.SIMPLE and clear and value <= yuan(Fraction(wage.value) * 2) and EX19.in_force(filed):
        told = told.then(T("标的额在年平均工资二倍以下：应当适用简易程序", "up to twice the wage: the simple procedure is of duty"), EX19[4])
    return Eligible(track, bounds, lines + told)


def _why_simple(*, clear: bool) -> T:
    if clear:
        return T("事实清楚、权利义务关系明确、争议不大", "clear facts and rights, little dispute")
    return T("双方约定适用简易程序", "both sides agreed on the simple procedure")


def _small(value: Decimal, filed: date, bounds: Bounds, *, money_claim: bool, agreed: bool, bars: Sequence[Bar]) -> tuple[Track, Derivation]:
    law = _article(CPL23[165], filed)
    if not money_claim:
        return Track.SIMPLE, Derivation().then(T("不是简单的金钱给付案件", "not a simple claim for money"), law)
    barred = _bar(_small_bars(filed), bars)
    if barred is not None:
        return Track.SIMPLE, Derivation().then(T("{w}：不适用小额诉讼", "{w}: no small claims").fill(w=barred[0]), barred[1])
    lines = bounds.derivation
    if value <= bounds.mandatory:
        return Track.SMALL, lines.then(T("适用小额诉讼程序", "small claims"), law)
    if bounds.by_agreement is not None and value <= bounds.by_agreement:
        if agreed:
            return Track.SMALL_BY_AGREEMENT, lines.then(T("双方约定适用小额诉讼程序", "small claims, both sides agreed"), law)
        return Track.SIMPLE, lines.then(T("双方未约定小额：简易程序", "no agreement on small claims: simple procedure"), law)
    return Track.SIMPLE, lines.then(T("超过小额标准：简易程序", "above the bounds: simple procedure"), law)


def _article(cited: Citation, filed: date) -> Citation:
    return on(cited, filed)


def _wage_article(filed: date) -> Citation:
    return CI22[272] if filed >= CI22.valid_from else CI20[272]


def _small_bars(filed: date) -> dict[Bar, tuple[T, Citation]]:
    if filed >= CPL21.valid_from:
        return {bar: (WORDS[bar], _article(CPL23[166], filed).part(*_item(zh))) for bar, zh in _SMALL_NOW.items()}
    return {bar: (WORDS[bar], CI20[275].part(*_item(zh))) for bar, zh in _SMALL_OLD.items()}


def _simple_bars(filed: date) -> dict[Bar, tuple[T, Citation]]:
    law = CI22 if filed >= CI22.valid_from else CI20
    return {bar: (WORDS[bar], law[257].part(*_item(zh))) for bar, zh in _NOT_SIMPLE.items()}


def _item(zh: str) -> tuple[str, str]:
    return f"第（{zh}）项", f"({NUMBERS.index(zh) + 1})"


def _bar(known: dict[Bar, tuple[T, Citation]], given: Sequence[Bar]) -> tuple[T, Citation] | None:
    return next((known[bar] for bar in given if bar in known), None)
