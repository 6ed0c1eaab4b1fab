"""办证办事 · The same paper is not asked for twice, an overdue permit appears to the supervisor, and ten planted faults."""

from __future__ import annotations

import pytest

from tests.conftest import size
from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import answered, fault, later, planted, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Clock
from tianping.institutions.police.permits.indicators import Permits
from tianping.procedure.registry import find

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("COUNTER", "PERMIT_REVIEWER", "APPLICANT", "COMMAND_CENTRE")
FIRST = {"kind": "RESIDENCE_FIRST", "item": "居住证", "holder": "h-1"}


def test_the_same_paper_is_not_asked_for_twice(database: object) -> None:
    own, elsewhere = office("permits-a", *ROLES), office("permits-b", *ROLES)
    case = opened(own, "permit", "apply", "COUNTER", FIRST)
    for counter in (own, elsewhere):
        with pytest.raises(Refusal) as refused:
            opened(counter, "permit", "apply", "COUNTER", FIRST)
        assert why(refused) == ["Permit.twice"]
    opened(elsewhere, "permit", "apply", "COUNTER", {**FIRST, "holder": "h-2"})
    take(own, case, "Paper.ask", "COUNTER", {"paper": "相片"}, entity="a")
    take(own, case, "request_papers", "COUNTER")
    with pytest.raises(Refusal) as refused:
        take(own, case, "Paper.ask", "COUNTER", {"paper": "劳动合同"}, entity="b")
    assert why(refused) == ["Permit.asked_before"]
    take(own, case, "decline", "COUNTER", {"reason": "撤回"}, day=1)
    opened(own, "permit", "apply", "COUNTER", FIRST, day=2)


def test_an_overdue_permit_appears_to_the_supervisor(database: object) -> None:
    own = office("permits-c", *ROLES)
    case = opened(own, "permit", "apply", "COUNTER", {**FIRST, "holder": "h-3"})
    take(own, case, "accept_residence", "COUNTER", {"promised_on": "2021-06-10"})
    clock = Clock.objects.get(case_id=case, code="Permit.issue_time")
    assert (clock.due.astimezone().date() - clock.since.astimezone().date()).days == 15
    take(own, case, "review", "PERMIT_REVIEWER", {"half_year": True, "grounds_met": True}, day=3)
    with pytest.raises(Refusal) as refused:
        take(own, case, "refuse", "PERMIT_REVIEWER", {"reason": "无"}, day=4)
    assert why(refused) == ["Permit.is_met"]
    take(own, case, "grant", "PERMIT_REVIEWER", day=4)
    with pytest.raises(Refusal) as refused:
        take(own, case, "make", "COUNTER", {"fee": "20"}, day=5)
    assert why(refused) == ["Permit.free"]
    take(own, case, "make", "COUNTER", {"fee": "0"}, day=5)
    take(own, case, "issue", "COUNTER", day=20)
    assert Clock.objects.get(case_id=case, code="Permit.issue_time").status == "met_late"
    figures = Figures()
    assert str(case) in figures.cases(Permits.on_time)["case_id"].to_pylist()
    assert figures.value(Permits.on_time) < 1


def test_no_convenience_is_shipped_and_a_promise_is_no_longer_than_the_law(database: object) -> None:
    own = office("permits-d", *ROLES)
    assert not Figures().value(Permits.conveniences)
    facts = {"item_class": "CONVENIENCE", "item": "measure", "materials": "m", "fee": "0"}
    with pytest.raises(Refusal) as refused:
        opened(own, "service_item", "draft", "COMMAND_CENTRE", facts)
    assert why(refused) == ["ServiceItem.no_basis"]
    case = opened(own, "service_item", "draft", "COMMAND_CENTRE", {**facts, "basis": "b"})
    with pytest.raises(Refusal) as refused:
        take(own, case, "publish", "COMMAND_CENTRE", {"promised": 16, "statutory": 15})
    assert why(refused) == ["ServiceItem.longer"]
    take(own, case, "publish", "COMMAND_CENTRE", {"promised": 15, "statutory": 15})
    assert Figures().value(Permits.conveniences) == 1


def test_only_secondary_sources_stand_behind_the_security_licence() -> None:
    refs = {
        (r.statute.key, r.statute.status)
        for s in find("security_licence").current.members.values()
        for r in getattr(getattr(s, "cites", None), "refs", ())
    }
    assert refs == {("SEC", "secondary"), ("LOCAL_PERMITS", "local")}


FILE, CODE, LICENCE = "cases.yaml", "permit", "security_licence"
FAULTS = [
    fault(CODE, FILE, 1, later("Permit.issue", days=10), "Permit.issue_time", "Permit.promise"),
    fault(CODE, FILE, 1, answered("Permit.apply", same=1), "Permit.twice"),
    fault(CODE, FILE, 1, without("Paper.receive"), "Permit.papers_open"),
    fault(CODE, FILE, 1, answered("Permit.make", fee=20), "Permit.free"),
    fault(CODE, FILE, 1, answered("Permit.review", half_year=False), "Permit.not_met"),
    fault(CODE, FILE, 1, signed("Permit.grant", "窗口 COUNTER"), "Permit.grant.by"),
    fault(CODE, FILE, 1, answered("Rating.complain", level="GOOD"), "Rating.not_bad"),
    fault(CODE, FILE, 1, later("Rating.call_back", days=2), "Rating.to_call_back"),
    fault(LICENCE, FILE, 1, later("SecurityLicence.grant", days=4), "SecurityLicence.to_decide"),
    fault(LICENCE, FILE, 1, answered("SecurityLicence.grant", conditions=False), "SecurityLicence.not_met"),
]


def test_ten_planted_faults_are_found_and_none_elsewhere() -> None:
    seen, wanted = planted(FAULTS, count=size(60, 600))
    assert seen == wanted
