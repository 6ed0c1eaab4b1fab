"""自助机 · A minute without a touch wipes the session; a second person does not see the first's case."""

from __future__ import annotations

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Change, answered, forgetting, found, moved, signed, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.institutions.courts.hall.indicators import Kiosks

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
SECOND = 1 / 86400
KNOWN = {"identified": True, "code_given": True, "case_number": "n"}


def test_a_minute_without_a_touch_wipes(database: object) -> None:
    own = office("kiosk-1", "GUIDE", "VISITOR", "SYSTEM")
    kiosk = opened(own, "kiosk_day", "switch_on", "GUIDE", {"kiosk": "k"})
    take(own, kiosk, "Session.start", "VISITOR", entity="a", day=10 * SECOND)
    take(own, kiosk, "Session.look_up", "VISITOR", KNOWN, entity="a", day=40 * SECOND)
    with pytest.raises(Refusal) as refused:
        take(own, kiosk, "Session.wipe", "SYSTEM", entity="a", day=95 * SECOND)
    assert why(refused) == ["Session.wipe.on"]
    with pytest.raises(Refusal) as refused:
        take(own, kiosk, "Session.look_up", "VISITOR", KNOWN, entity="a", day=101 * SECOND)
    assert why(refused) == ["Session.idle"]
    take(own, kiosk, "Session.wipe", "SYSTEM", entity="a", day=101 * SECOND)
    with pytest.raises(Refusal) as refused:
        take(own, kiosk, "Session.look_up", "VISITOR", KNOWN, entity="a", day=102 * SECOND)
    assert "Session.look_up.closed" in why(refused)
    assert Figures().value(Kiosks.sessions) == 1


def test_a_second_person_does_not_see_the_firsts_case(database: object) -> None:
    own = office("kiosk-2", "GUIDE", "VISITOR", "SYSTEM")
    kiosk = opened(own, "kiosk_day", "switch_on", "GUIDE", {"kiosk": "k2"})
    take(own, kiosk, "Session.start", "VISITOR", entity="a", day=10 * SECOND)
    take(own, kiosk, "Session.look_up", "VISITOR", KNOWN, entity="a", day=20 * SECOND)
    with pytest.raises(Refusal) as refused:
        take(own, kiosk, "Session.start", "VISITOR", entity="b", day=30 * SECOND)
    assert why(refused) == ["KioskDay.sessions.one_open"]
    take(own, kiosk, "Session.finish", "VISITOR", entity="a", day=40 * SECOND)
    take(own, kiosk, "Session.start", "VISITOR", entity="b", day=50 * SECOND)
    with pytest.raises(Refusal) as refused:
        take(own, kiosk, "Session.look_up", "VISITOR", {"case_number": "n"}, entity="b", day=60 * SECOND)
    assert "Session.not_identified" in why(refused)
    take(own, kiosk, "Session.browse", "VISITOR", {"service": "hearings"}, entity="b", day=70 * SECOND)


FAULTS: dict[str, tuple[int, Change, list[str]]] = {
    "nobody identified": (0, answered(2, identified=False), ["Session.not_identified"]),
    "a code that does not fit": (0, answered(2, code_given=False), ["Session.not_identified"]),
    "the code forgotten": (0, forgetting(2, "code_given"), ["Session.not_identified"]),
    "not wiped before the next": (0, without(4), ["KioskDay.sessions.one_open", "KioskDay.in_use"]),
    "never wiped": (0, without(8), ["KioskDay.in_use"]),
    "used after the minute": (0, lambda story: moved(4, seconds=30)(moved(3, seconds=35)(story)), ["Session.idle"]),
    "wiped too soon": (0, moved(8, seconds=-35), ["Session.wipe.on"]),
    "wiped by a visitor": (0, signed(8, "乙 VISITOR"), ["Session.wipe.by"]),
    "switched off by a visitor": (0, signed(9, "乙 VISITOR"), ["KioskDay.switch_off.by"]),
    "begun by the guide": (0, signed(5, "导诉 GUIDE"), ["Session.start.by"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    nth, change, expected = FAULTS[fault]
    assert found("kiosk_day", "cases.yaml", 0, None) == []
    assert found("kiosk_day", "cases.yaml", nth, change) == sorted(expected)
