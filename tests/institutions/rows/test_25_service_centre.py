"""三分离 · A visitor's pass never opens the offices; the wait is that of the clock."""

from __future__ import annotations

from itertools import product

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Change, answered, found, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.institutions.courts.service_centre.indicators import ServiceVisits

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
HOUR = 1 / 24


@pytest.mark.parametrize(("summoned", "by"), list(product((True, False), ("VISITOR", "JUDGE", "CLERK"))))
def test_a_visitors_pass_never_opens_the_offices(database: object, summoned: bool, by: str) -> None:
    own = office("zone-court", "COURT_SECURITY", "VISITOR", "JUDGE", "CLERK")
    held = opened(own, "zone_pass", "issue", "COURT_SECURITY", {"holder": "VISITOR", "checked": True, "summoned": summoned})
    take(own, held, "open_door", by, {"zone": "SERVICE"}, day=HOUR)
    with pytest.raises(Refusal) as refused:
        take(own, held, "open_door", by, {"zone": "OFFICE"}, day=2 * HOUR)
    assert why(refused) == ["ZonePass.office_closed"]
    staff = opened(own, "zone_pass", "issue", "COURT_SECURITY", {"holder": "STAFF", "checked": True, "summoned": False})
    take(own, staff, "open_door", by, {"zone": "OFFICE"}, day=HOUR)


def test_the_wait_is_that_of_the_clock(database: object) -> None:
    own = office("centre-wait", "GUIDE", "WINDOW_CLERK")
    for hours in (1, 2, 6):
        case = opened(own, "service_visit", "draw", "GUIDE", {"matter_kind": "m"})
        take(own, case, "call", "WINDOW_CLERK", {"counter": "3"}, day=hours * HOUR)
    assert Figures().value(ServiceVisits.waiting) == pytest.approx(3)


FAULTS: dict[str, tuple[str, int, Change, list[str]]] = {
    "the office door": ("zone_pass", 0, answered(1, zone="OFFICE"), ["ZonePass.office_closed"]),
    "no summons": ("zone_pass", 0, answered(0, summoned=False), ["ZonePass.not_summoned"]),
    "no check": ("zone_pass", 0, answered(0, checked=False), ["ZonePass.unchecked"]),
    "a judge met in the offices": ("zone_pass", 0, answered(2, meeting_zone="OFFICE"), ["ZonePass.elsewhere"]),
    "issued by a clerk": ("zone_pass", 0, signed(0, "丁 CLERK"), ["ZonePass.issue.by"]),
    "not called": ("service_visit", 0, without(1), ["ServiceVisit.take_up.order", "ServiceVisit.take_up.missing"]),
    "no receipt": ("service_visit", 0, answered(7, receipt=False), ["ServiceVisit.no_receipt"]),
    "told twice": ("service_visit", 0, answered(3, before=1), ["MaterialNotice.told_twice"]),
    "not in writing": ("service_visit", 0, answered(4, in_writing=False), ["MaterialNotice.not_written"]),
    "rated by the counter": ("service_visit", 0, signed(8, "窗口 WINDOW_CLERK"), ["ServiceVisit.rate.by"]),
    "never finished": ("service_visit", 0, without(7), ["ServiceVisit.rate.order", "ServiceVisit.rate.missing"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    code, nth, change, expected = FAULTS[fault]
    assert found(code, "cases.yaml", nth, None) == []
    assert found(code, "cases.yaml", nth, change) == sorted(expected)
