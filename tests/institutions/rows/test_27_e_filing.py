"""网上立案 · A refusal always has its ground and appeal; a correction restarts the seven days; planted breaches are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, again, answered, later, mismatches, signed, without
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Case, Clock
from tianping.institutions.courts.filing.indicators import OnlineFiling
from tianping.procedure.measures import ORGANISATION

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
DRAFT = {"suit": "ORDINARY", "cause": "买卖合同纠纷", "identified": True, "online": True, "claims_given": True}
IN_2022 = 365
TRUE_REFUSAL = {"qualifies": False, "reason": "NO_DEFENDANT", "appeal_to": "市中级人民法院"}


@pytest.fixture
def own(database: object, request: pytest.FixtureRequest) -> Actor:
    return office(f"e-filing-{request.node.name[:30]}", "APPLICANT", "FILING_JUDGE", "COURT", "CLERK")


def handed_in(own: Actor, day: float = 0) -> int:
    case = opened(own, "e_filing", "begin", "APPLICANT", dict(DRAFT), day=IN_2022 + day)
    take(own, case, "submit", "APPLICANT", day=IN_2022 + day)
    return case


def test_a_refused_filing_always_has_its_ground_and_the_way_of_appeal(own: Actor) -> None:
    case = handed_in(own)
    lacking: tuple[dict[str, object], ...] = (
        {"qualifies": False},
        {"qualifies": False, "reason": "UNLAWFUL"},
        {"qualifies": False, "appeal_to": "中院"},
    )
    rules = (["EFiling.no_reason", "EFiling.no_appeal_told"], ["EFiling.no_appeal_told"], ["EFiling.no_reason"])
    for facts, names in zip(lacking, rules, strict=True):
        with pytest.raises(Refusal) as refused:
            take(own, case, "EFiling.refuse", "FILING_JUDGE", facts, day=IN_2022 + 2)
        assert why(refused) == names
    take(own, case, "EFiling.refuse", "FILING_JUDGE", dict(TRUE_REFUSAL), day=IN_2022 + 3)
    facts = Case.objects.get(pk=case).facts
    assert (facts["reason"], facts["appeal_to"]) == ("NO_DEFENDANT", "市中级人民法院")
    take(own, case, "serve_ruling", "CLERK", day=IN_2022 + 4)
    clock = Clock.objects.get(case_id=case, code="EFiling.to_appeal")
    assert (clock.due.astimezone().date() - clock.since.astimezone().date()).days >= 10


def test_a_correction_restarts_the_seven_days(own: Actor) -> None:
    case = handed_in(own)
    take(own, case, "ask_correction", "FILING_JUDGE", {"correct_by": "2022-06-20"}, day=IN_2022 + 5)
    take(own, case, "correct", "APPLICANT", day=IN_2022 + 12)
    first, second = Clock.objects.filter(case_id=case, code="EFiling.to_decide").order_by("since")
    assert first.status == "met"
    assert second.since - first.since == timedelta(days=12)
    assert second.status == "running"
    with pytest.raises(Refusal) as refused:
        take(own, case, "ask_correction", "FILING_JUDGE", {"correct_by": "2022-07-20"}, day=IN_2022 + 13)
    assert why(refused) == ["EFiling.ask_correction.count"]


def test_the_figures_come_from_the_cases(own: Actor) -> None:
    passed, mediated, _ = (handed_in(own) for _ in range(3))
    take(own, passed, "pass_", "FILING_JUDGE", {"qualifies": True}, day=IN_2022 + 1)
    take(own, mediated, "ask_correction", "FILING_JUDGE", {"correct_by": "2022-06-20"}, day=IN_2022 + 2)
    rows = Figures().of([OnlineFiling.submitted, OnlineFiling.passed, OnlineFiling.in_order], [ORGANISATION]).to_pylist()
    (ours,) = [r for r in rows if r["organisation"] == Case.objects.get(pk=passed).organisation.code]
    assert (ours["submitted"], ours["passed"], ours["in_order"]) == (3, 1, 0.5)


PARTY, JUDGE = "甲 APPLICANT", "王立 FILING_JUDGE"
FILED = (
    Act(0, "EFiling.begin", PARTY, facts=dict(DRAFT)),
    Act(1, "EFiling.submit", PARTY),
    Act(3, "EFiling.ask_correction", JUDGE, facts={"correct_by": timedelta(days=20)}),
    Act(9, "EFiling.correct", "丙律 AGENT"),
    Act(12, "EFiling.pass_", JUDGE, facts={"qualifies": True}),
    Act(14, "EFiling.pay", PARTY, facts={"receipt": "0012"}),
    Act(15, "EFiling.file", JUDGE),
)
REFUSED = (
    Act(0, "EFiling.begin", PARTY, facts=dict(DRAFT)),
    Act(0.1, "EFiling.submit", PARTY),
    Act(4, "EFiling.refuse", JUDGE, facts=dict(TRUE_REFUSAL)),
    Act(6, "EFiling.serve_ruling", "孙送 SERVER"),
    Act(10, "EFiling.appeal", PARTY),
)
TWICE = ("EFiling.ask_correction.count", "EFiling.pass_.order", "EFiling.pass_.missing", "EFiling.to_correct")
BREACHES = (
    Breach("late review", FILED, later("EFiling.pass_", 20), ("EFiling.to_decide",)),
    Breach("late correction", FILED, later("EFiling.correct", 40), ("EFiling.to_correct",)),
    Breach("paid late", FILED, later("EFiling.pay", 30), ("EFiling.to_pay",)),
    Breach("corrected twice", FILED, again("EFiling.ask_correction", 10), TWICE),
    Breach("a party passes its own suit", FILED, signed("EFiling.pass_", PARTY), ("EFiling.pass_.by",)),
    Breach("not identified", FILED, answered("EFiling.begin", identified=False), ("EFiling.unknown_person",)),
    Breach("no receipt", FILED, answered("EFiling.pay", receipt=None), ("EFiling.no_receipt",)),
    Breach("refused without a ground", REFUSED, answered("EFiling.refuse", reason=None), ("EFiling.no_reason",)),
    Breach("appeal not told", REFUSED, answered("EFiling.refuse", appeal_to=None), ("EFiling.no_appeal_told",)),
    Breach("appealed too late", REFUSED, later("EFiling.appeal", 40), ("EFiling.to_appeal",)),
    Breach("ruling not served", REFUSED, without("EFiling.serve_ruling"), ("EFiling.appeal.order", "EFiling.appeal.missing")),
)


def test_ten_planted_breaches_are_found_and_nothing_else() -> None:
    assert mismatches("e_filing", [FILED, REFUSED], BREACHES, start=date(2022, 3, 1)) == []
