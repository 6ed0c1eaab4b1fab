"""派出所参与交通管理 · An officer without a standing grant opens nothing; a grant that has run out blocks; what is handed over is answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Story, answered, later, mismatches, signed, without
from tianping.casework.alarms.lapses import lapses_take
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.exchange.services import referral_take
from tianping.casework.figures import Figures
from tianping.casework.models import Case, Referral
from tianping.casework.outbox.dispatch import drain
from tianping.institutions.police.stations.indicators import StationTraffic

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
MINOR = {"road": "VILLAGE", "slight": True, "crime": False}


def station(name: str) -> Actor:
    """A station, its head and the head of the traffic police in one."""
    return office(f"station-06-{name}", "OFFICER", "STATION_HEAD", "TRAFFIC_CHIEF", "PARTY")


def granted(own: Actor, officer: str, until: str, *, road: str = "VILLAGE", on_duty: bool = True) -> int:
    facts: dict[str, Any] = {"officer": officer, "road": road, "trained": True, "valid_until": until}
    case = opened(own, "traffic_grant", "grant", "TRAFFIC_CHIEF", facts)
    if on_duty:
        take(own, case, "take_post", "STATION_HEAD", day=0.1)
    return case


def accident(own: Actor, officer: str, day: float, **facts: Any) -> int:
    return opened(own, "station_accident", "open_", "OFFICER", {**MINOR, "officer": officer, **facts}, day=day)


def test_an_officer_without_a_grant_cannot_open_a_traffic_case(database: object) -> None:
    own = station("grants")
    granted(own, "06甲", "2021-12-31")
    granted(own, "06乙", "2021-12-31", on_duty=False)
    for officer, road in (("06丙", "VILLAGE"), ("06乙", "VILLAGE"), ("06甲", "COUNTY")):
        with pytest.raises(Refusal) as refused:
            accident(own, officer, 1, road=road)
        assert why(refused) == ["StationAccident.no_grant"]
        assert "RTP 5" in refused.value.reasons[0].cites
    with pytest.raises(Refusal) as refused:
        granted(own, "06甲", "2022-12-31")
    assert why(refused) == ["TrafficGrant.granted_already"]
    before = int(Figures().value(StationTraffic.handled) or 0)
    case = accident(own, "06甲", 1)
    take(own, case, "certify", "OFFICER", day=1.1)
    take(own, case, "close", "OFFICER", day=1.2)
    assert int(Figures().value(StationTraffic.handled) or 0) == before + 1
    with pytest.raises(Refusal) as refused:
        accident(own, "06甲", 2, slight=False)
    assert why(refused) == ["StationAccident.not_simple"]


def test_a_grant_that_has_run_out_blocks(database: object) -> None:
    own = station("expiry")
    grant = granted(own, "06丁", "2021-06-10")
    case = accident(own, "06丁", 9)
    lapses_take(at=datetime(2021, 6, 11, 12, tzinfo=UTC))
    assert Case.objects.get(pk=grant).stage == "expired"
    for attempt in (lambda: accident(own, "06丁", 11), lambda: take(own, case, "certify", "OFFICER", day=11)):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert why(refused) == ["StationAccident.no_grant"]
    granted(own, "06丁", "2021-12-31")
    take(own, case, "certify", "OFFICER", day=11.5)


def test_what_is_handed_over_is_a_case_of_the_traffic_police(database: object) -> None:
    own, traffic = station("handover"), office("traffic-06", "TRAFFIC_POLICE")
    case = opened(own, "station_accident", "StationAccident.receive", "OFFICER", day=20)
    day = timedelta(days=20)
    step_take(
        case_id=case, step="hand_over", actor=own, at=AT + day + timedelta(hours=2), role="Roles.OFFICER",
        receivers={"handover": traffic.organisation},
    )  # fmt: skip
    row = Referral.objects.get(case_id=case)
    facts = {"harm": "INJURY"}
    theirs = referral_take(
        actor=traffic, referral_id=row.pk, at=AT + day + timedelta(hours=3), step="RoadAccident.report", facts=facts, role="Roles.TRAFFIC_POLICE"
    )
    assert Case.objects.select_related("definition").get(pk=theirs.case_id).definition.code == "road_accident"
    take(traffic, theirs.case_id, "pass_on", "TRAFFIC_POLICE", day=21)
    drain(at=AT + timedelta(days=22))
    assert Case.objects.get(pk=case).stage == "answered"
    assert Referral.objects.get(pk=row.pk).outcome == "transferred"


ME = "周警 OFFICER"
SIMPLE: Story = (
    Act(0, "StationAccident.open_", ME, facts={**MINOR, "officer": "周警", "grants": 1}),
    Act(0.1, "StationAccident.fine", ME, facts={"grants": 1}),
    Act(0.2, "StationAccident.certify", ME, facts={"grants": 1}),
    Act(0.3, "StationAccident.file_unit", ME),
    Act(0.3, "StationAccident.file_traffic", ME),
    Act(1, "StationAccident.close", ME),
)
HANDED: Story = (
    Act(0, "StationAccident.receive", ME),
    Act(0.5, "StationAccident.hand_over", ME),
    Act(0.5, "handover.send", ME, "h"),
    Act(0.6, "handover.receive", "平台 EXCHANGE", "h"),
    Act(9, "handover.answer", "平台 EXCHANGE", "h", {"handover_outcome": "handled"}),
    Act(9, "StationAccident.hear", "系统 SYSTEM"),
)
S = "StationAccident."
BREACHES = [
    Breach("no grant", SIMPLE, answered(f"{S}open_", grants=0), (f"{S}no_grant",)),
    Breach("the grant ran out before the certificate", SIMPLE, answered(f"{S}certify", grants=0), (f"{S}no_grant",)),
    Breach("the grant ran out before the fine", SIMPLE, answered(f"{S}fine", grants=0), (f"{S}no_grant",)),
    Breach("a crime", SIMPLE, answered(f"{S}open_", crime=True), (f"{S}not_simple",)),
    Breach("not slight", SIMPLE, answered(f"{S}open_", slight=False), (f"{S}not_simple",)),
    Breach("certified late", SIMPLE, later(f"{S}certify", 20), (f"{S}to_certify", f"{S}to_file_unit", f"{S}to_file_traffic")),
    Breach("filed late with the unit", SIMPLE, lambda s: [*s[:3], Act(2, f"{S}file_unit", ME), s[4], Act(3, f"{S}close", ME)], (f"{S}to_file_unit",)),
    Breach("filed late with the traffic police", SIMPLE, lambda s: [*s[:4], Act(15, f"{S}file_traffic", ME), Act(16, f"{S}close", ME)],
           (f"{S}to_file_traffic",)),
    Breach("closed unfiled", SIMPLE, without(f"{S}file_unit"), (f"{S}unfiled", f"{S}to_file_unit")),
    Breach("opened by the head", SIMPLE, signed(f"{S}open_", "所长 STATION_HEAD"), (f"{S}open_.by",)),
    Breach("handed over late", HANDED, later(f"{S}hand_over", 2), (f"{S}to_hand",)),
]  # fmt: skip


def test_ten_planted_breaches_are_found_and_no_other() -> None:
    assert len(BREACHES) >= 10
    assert mismatches("station_accident", [SIMPLE, HANDED], BREACHES, start=date(2022, 1, 4)) == []
