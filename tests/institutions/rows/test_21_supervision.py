"""全过程监管 · Ten known faults in lawful logs of incidents, cases, persons and property: all ten are found, and nothing elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.casework.conftest import actor_of
from tests.conftest import size
from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import answered, fault, later, planted, signed, twice, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Clock, Organisation
from tianping.institutions.police.supervision.indicators import Supervision
from tianping.procedure.registry import find
from tianping.procedure.tables import compiled

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
CASES, ADMINISTRATIVE, PROPERTY, CUSTODY = "cases.yaml", "01_administrative.yaml", "administrative.yaml", "01_custody.yaml"
FAULTS = [
    fault("incident", CASES, 4, later("Incident.transfer_case", hours=30), "Incident.transfer_time"),
    fault("incident", CASES, 3, signed("Unit.send_out", "周警 OFFICER"), "Unit.send_out.by"),
    fault("incident", CASES, 3, without("Incident.accept_crime"), "Incident.case_not_taken"),
    fault("centre_visit", ADMINISTRATIVE, 1, later("Measure.finish_inquiry", hours=1), "Measure.inquiry"),
    fault("centre_visit", ADMINISTRATIVE, 1, answered("CentreVisit.register", woman=True), "CentreVisit.wrong_searcher"),
    fault("centre_visit", ADMINISTRATIVE, 1, signed("Interview.begin", "周警 OFFICER"), "Interview.begin.by"),
    fault("case_property", PROPERTY, 1, later("Item.hand_in", hours=2), "Item.hand_in_time"),
    fault("case_property", PROPERTY, 1, signed("Item.hand_in", "冯管 KEEPER", "周警 OFFICER"), "Item.hand_in.not_by"),
    fault("case_property", PROPERTY, 1, twice("Item.seize"), "Item.seize.count"),
    fault("criminal_case", CUSTODY, 1, signed("Suspect.detain", "民警甲 OFFICER"), "Suspect.detain.by"),
]
ROLES = ("SYSTEM", "LEGAL_REVIEW", "OFFICER")


def test_ten_planted_faults_are_found_and_none_elsewhere() -> None:
    seen, wanted = planted(FAULTS, count=size(60, 600))
    assert len(wanted) == 10
    assert seen == wanted


OWN = [
    fault("supervision_finding", CASES, 2, later("SupervisionFinding.feed_back", days=4), "SupervisionFinding.rectification"),
    fault("supervision_finding", CASES, 2, signed("SupervisionFinding.judge", "民警甲 OFFICER"), "SupervisionFinding.judge.by"),
    fault("supervision_finding", CASES, 2, answered("SupervisionFinding.judge", problem=False), "SupervisionFinding.no_problem"),
    fault(
        "supervision_finding",
        CASES,
        2,
        answered("SupervisionFinding.order", officer=None),
        "SupervisionFinding.nobody",
    ),
    fault(
        "supervision_finding",
        CASES,
        2,
        answered("SupervisionFinding.suspend", reason=None),
        "SupervisionFinding.no_reason",
    ),
    fault("supervision_finding", CASES, 2, answered("SupervisionFinding.complete", put_right=False), "SupervisionFinding.not_right"),
    fault("supervision_finding", CASES, 2, signed("SupervisionFinding.complete", "民警甲 LEGAL_REVIEW"), "SupervisionFinding.complete.not_by"),
    fault(
        "supervision_finding", CASES, 1, without("SupervisionFinding.settle"), "SupervisionFinding.finish.order", "SupervisionFinding.finish.missing"
    ),
    fault("supervision_finding", CASES, 2, without("SupervisionFinding.judge"), "SupervisionFinding.order.order", "SupervisionFinding.order.missing"),
    fault("supervision_finding", CASES, 3, answered("SupervisionFinding.dismiss", problem=True), "SupervisionFinding.is_problem"),
]


def test_ten_faults_of_the_supervision_itself_are_found() -> None:
    seen, wanted = planted(OWN, count=size(60, 600))
    assert seen == wanted


def test_a_finding_is_ordered_with_an_officer_and_confirmed_by_another_person(database: object) -> None:
    own = office("supervised-bureau", *ROLES)
    facts = {"element": "PROPERTY", "subject": "s-1", "rule": "Item.hand_in_time"}
    case = opened(own, "supervision_finding", "find", "LEGAL_REVIEW", facts)
    take(own, case, "judge", "LEGAL_REVIEW", {"problem": True}, day=1)
    with pytest.raises(Refusal) as refused:
        take(own, case, "order", "LEGAL_REVIEW", {"fix_by": "2021-06-05"}, day=1)
    assert {"SupervisionFinding.nobody", "SupervisionFinding.no_opinion"} <= set(why(refused))
    take(own, case, "order", "LEGAL_REVIEW", {"officer": "p", "opinion": "o", "fix_by": "2021-06-05"}, day=1)
    take(own, case, "begin", "OFFICER", day=2)
    take(own, case, "feed_back", "OFFICER", {"remedy": "r"}, day=6)
    assert Clock.objects.get(case_id=case).status == "met_late"
    with pytest.raises(Refusal) as refused:
        take(own, case, "complete", "LEGAL_REVIEW", {"put_right": True}, day=7)
    assert why(refused) == ["SupervisionFinding.complete.not_by"]
    other = actor_of(Organisation.objects.get(pk=own.organisation), "INSPECTOR", name="wang.du")
    take(other, case, "complete", "INSPECTOR", {"put_right": True}, day=7)
    figures = Figures()
    assert str(case) not in figures.cases(Supervision.open_problems)["case_id"].to_pylist()
    assert figures.value(Supervision.on_time) != 1


def test_there_is_no_score_of_a_person() -> None:
    """An officer is named as who puts it right; no number is kept of anybody."""
    kinds = {name: fact.kind for name, (fact, _) in compiled(find("supervision_finding").current).facts.items()}
    assert kinds["officer"] is str
    assert not {int, Decimal} & set(kinds.values())
