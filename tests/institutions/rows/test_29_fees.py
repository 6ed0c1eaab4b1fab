"""网上缴退费 · The golden amounts and no other are asked for; the day of a refund is listed; planted breaches are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, again, answered, later, mismatches, signed, without
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Clock
from tianping.institutions.courts.fees.indicators import Fees
from tianping.law.fees import Halving, halved, property_case

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("FILING_JUDGE", "JUDGE", "SYSTEM", "PARTY", "FINANCE", "COURT")


@pytest.fixture
def own(database: object, request: pytest.FixtureRequest) -> Actor:
    return office(f"fees-{request.node.name[:30]}", *ROLES, kind="court")


def ask(own: Actor, claimed: str, due: Decimal, halving: str = "NONE") -> int:
    facts = {"claimed": claimed, "full": str(property_case(Decimal(claimed)).value), "halving": halving, "due": str(due)}
    return opened(own, "court_fee", "order", "FILING_JUDGE", facts)


def test_the_golden_amounts_and_no_other_are_asked_for(own: Actor) -> None:
    lakh, million = property_case(Decimal(100_000)), property_case(Decimal(1_000_000))
    half = halved(lakh, [Halving.SIMPLE])
    assert [lakh.value, half.value, halved(lakh, [Halving.MEDIATED]).value, million.value] == [2300, 1150, 1150, 13800]
    for claimed, due, halving in (("100000", lakh.value, "NONE"), ("100000", half.value, "SIMPLE"), ("1000000", million.value, "NONE")):
        ask(own, claimed, due, halving)
        for wrong in (due + 1, due * 2, due - Decimal("0.02")):
            with pytest.raises(Refusal) as refused:
                ask(own, claimed, wrong, halving)
            assert why(refused) == ["CourtFee.misreckoned"]
    with pytest.raises(Refusal):
        ask(own, "100000", half.value)


def test_a_settled_case_gives_half_back_and_a_halved_one_nothing_more(own: Actor) -> None:
    for halving, due, refund in (("NONE", "2300", "1150"), ("SIMPLE", "1150", "575")):
        case = ask(own, "100000", Decimal(due), halving)
        take(own, case, "notify", "SYSTEM")
        take(own, case, "pay", "PARTY", {"paid_sum": due, "receipt": "1"}, day=1)
        facts = {"back": "MEDIATED", "refund": refund, "effective": "2021-07-01"}
        if halving == "NONE":
            take(own, case, "decide_refund", "JUDGE", facts, day=20)
        else:
            with pytest.raises(Refusal) as refused:
                take(own, case, "decide_refund", "JUDGE", facts, day=20)
            assert why(refused) == ["CourtFee.halved_twice"]


def test_the_day_of_a_refund_is_listed(own: Actor) -> None:
    case = ask(own, "100000", Decimal(2300))
    take(own, case, "notify", "SYSTEM")
    assert Clock.objects.get(case_id=case, code="CourtFee.to_pay").due.astimezone(AT.tzinfo).date() == date(2021, 6, 8)
    take(own, case, "pay", "PARTY", {"paid_sum": "2300", "receipt": "1"}, day=1)
    take(own, case, "decide_refund", "JUDGE", {"back": "WON", "refund": "2300", "effective": "2021-07-01"}, day=30)
    listed = Clock.objects.filter(case_id=case, status="running").values_list("code", "due")
    assert [(code, due.astimezone(AT.tzinfo).date()) for code, due in listed] == [("CourtFee.to_refund", date(2021, 7, 16))]
    assert str(case) in Figures().cases(Fees.waiting)["case_id"].to_pylist()
    with pytest.raises(Refusal) as refused:
        take(own, case, "refund_all", "FINANCE", {"refunded": "2300"}, day=50)
    assert why(refused) == ["CourtFee.refund_all.not_by"]
    take(replace(own, account="qian"), case, "refund_all", "FINANCE", {"refunded": "2300"}, day=50)
    assert Clock.objects.get(case_id=case, code="CourtFee.to_refund").status == "met_late"
    assert str(case) not in Figures().cases(Fees.waiting)["case_id"].to_pylist()


JUDGE, PARTY, MONEY, COURT = "李审 JUDGE", "甲 PARTY", "钱会 FINANCE", "王立 COURT"
ORDER = Act(0, "CourtFee.order", JUDGE, facts={"claimed": 100000, "full": 2300, "halving": "NONE", "due": 2300})
NOTIFY = Act(1, "CourtFee.notify", "孙送 SERVER")
REFUNDED = (
    ORDER,
    NOTIFY,
    Act(4, "CourtFee.pay", PARTY, facts={"paid_sum": 2300, "receipt": "1"}),
    Act(5, "CourtFee.reconcile", MONEY, facts={"bank_sum": 2300}),
    Act(90, "CourtFee.decide_refund", JUDGE, facts={"back": "MEDIATED", "refund": 1150, "effective": timedelta(days=110)}),
    Act(95, "CourtFee.refund_part", MONEY, facts={"refunded": 500}),
    Act(100, "CourtFee.refund_all", MONEY, facts={"refunded": 1150}),
)
AIDED = (
    ORDER,
    NOTIFY,
    Act(2, "CourtFee.ask_aid", PARTY, facts={"natural": False}),
    Act(4, "CourtFee.reduce_", COURT, facts={"due": 1610, "pay_by": timedelta(days=20)}),
    Act(18, "CourtFee.pay", PARTY, facts={"paid_sum": 1610, "receipt": "2"}),
    Act(60, "Review.ask", PARTY, "v"),
    Act(70, "Review.keep", "周院 PRESIDENT", "v"),
)
BREACHES = (
    Breach("misreckoned", REFUNDED, answered("CourtFee.order", halving="SIMPLE"), ("CourtFee.misreckoned", "CourtFee.halved_twice")),
    Breach("paid late", REFUNDED, later("CourtFee.pay", 24), ("CourtFee.to_pay",)),
    Breach("short", REFUNDED, answered("CourtFee.pay", paid_sum=2299), ("CourtFee.too_little", "CourtFee.not_reconciled", "CourtFee.not_half")),
    Breach("not reconciled", REFUNDED, answered("CourtFee.reconcile", bank_sum=2000), ("CourtFee.not_reconciled",)),
    Breach("refunded late", REFUNDED, later("CourtFee.refund_all", 60), ("CourtFee.to_refund",)),
    Breach("refund too small", REFUNDED, answered("CourtFee.refund_all", refunded=1000), ("CourtFee.not_all_refunded",)),
    Breach("notified twice", REFUNDED, again("CourtFee.notify", 2), ("CourtFee.notify.count",)),
    Breach("a party refunds itself", REFUNDED, signed("CourtFee.refund_all", PARTY), ("CourtFee.refund_all.by",)),
    Breach("who decided pays out", REFUNDED, signed("CourtFee.refund_all", "李审 FINANCE"), ("CourtFee.refund_all.not_by",)),
    Breach("reduced too little", AIDED, answered("CourtFee.reduce_", due=1611), ("CourtFee.reduced_too_little", "CourtFee.too_little")),
    Breach("aid not asked for", AIDED, without("CourtFee.ask_aid"), ("CourtFee.reduce_.order", "CourtFee.reduce_.missing", "CourtFee.to_pay")),
    Breach("review late", AIDED, later("Review.keep", 30), ("Review.to_review",)),
)


def test_ten_planted_breaches_are_found_and_nothing_else() -> None:
    assert mismatches("court_fee", [REFUNDED, AIDED], BREACHES, start=date(2022, 3, 1)) == []
