"""保险理赔 · One claim at the insurer of compulsory cover: told in one day what to bring, decided in five, paid in ten from the agreement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tianping.law.statutes import CTPL, LOCAL_ACCIDENT
from tianping.procedure import NEW, Fact, Ground, Limit, Procedure, Stage, Step, T, days
from tianping.procedure.contracts.matters import InsuranceClaim as Matter
from tianping.procedure.contracts.roles import Roles


class InsuranceClaim(Procedure):
    """保险理赔 · From the application, or from an agreement already signed, to the payment."""

    title = T("交强险理赔", "Claim on compulsory cover")
    code = "insurance_claim"
    valid_from = date(2019, 3, 2)
    corrects = Roles.INSURER

    amount = Fact(Decimal, T("协议赔偿数额（元）", "Amount agreed"))
    agreed_on = Fact(date, T("达成赔偿协议之日", "Day of the agreement"))
    covered = Fact(bool, T("是否属于保险责任", "Is it covered?"))
    reasons = Fact(str, T("书面理由", "Reasons in writing"))

    applied = Stage(T("已申请", "Applied for"))
    waiting = Stage(T("待提供证明和资料", "Waiting for documents"), no_limit=T("由被保险人提供，未定期限", "the insured brings them; no time is set"))
    examining = Stage(T("核定中", "Being examined"))
    accepted = Stage(T("属于保险责任待协议", "Covered"), no_limit=T("条例未定达成协议的期限", "the regulation sets no time to agree"))
    agreed = Stage(T("待支付", "To be paid"))
    paid = Stage(T("已支付", "Paid"), answers=Matter.paid)
    refused = Stage(T("不属于保险责任", "Not covered"), answers=Matter.refused)

    not_covered = Ground(covered.is_(False), T("已核定不属于保险责任", "It was found not covered"), CTPL[29])
    is_covered = Ground(covered.is_(True), T("已核定属于保险责任", "It was found covered"), CTPL[29])
    no_reasons = Ground(~reasons.known(), T("拒赔未书面说明理由", "No reasons in writing"), CTPL[29])

    apply = Step(NEW >> applied, T("收到赔偿申请", "Receive the application"), by=Roles.INSURER, cites=CTPL[28])
    receive_agreed = Step(
        NEW >> agreed,
        T("收到一键理赔及调解协议", "Receive a claim with its agreement"),
        by=Roles.INSURER,
        asks=(amount, agreed_on),
        cites=CTPL[28, 31] + LOCAL_ACCIDENT["一键理赔"],
    )
    tell = Step(applied >> waiting, T("书面告知需要的证明和资料", "Tell in writing what to bring"), by=Roles.INSURER, cites=CTPL[28])
    supply = Step(waiting >> examining, T("提供证明和资料", "Bring the documents"), by=Roles.APPLICANT | Roles.OPPONENT, cites=CTPL[29])
    accept = Step(
        examining >> accepted, T("核定属于保险责任", "Find it covered"), by=Roles.INSURER, asks=(covered,), unless=not_covered, cites=CTPL[29]
    )
    refuse = Step(
        examining >> refused,
        T("核定不属于保险责任，书面说明理由", "Find it not covered, with reasons"),
        by=Roles.INSURER,
        asks=(covered, reasons),
        unless=(is_covered, no_reasons),
        cites=CTPL[29],
    )
    agree = Step(
        accepted >> agreed,
        T("达成赔偿协议", "Agree on the payment"),
        by=Roles.INSURER & (Roles.APPLICANT | Roles.OPPONENT),
        asks=(amount, agreed_on),
        cites=CTPL[29],
    )
    pay = Step(agreed >> paid, T("赔偿保险金", "Pay"), by=Roles.INSURER, cites=CTPL[29, 31])

    to_tell = Limit(since=apply, until=tell, within=days(1), title=T("告知资料期限", "Time to tell what to bring"), cites=CTPL[28])
    to_decide = Limit(since=supply, until=accept | refuse, within=days(5), title=T("核定期限", "Time to decide"), cites=CTPL[29])
    to_pay = Limit(since=agreed_on, until=pay, within=days(10), title=T("支付期限", "Time to pay"), cites=CTPL[29])
