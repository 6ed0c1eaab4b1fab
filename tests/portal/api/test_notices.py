"""提醒接口 · One reads what one is told of, says that it was seen, and finds the day's digest; nobody reads another's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.portal.conftest import Asker, asker, opened, organisation
from tianping.casework.alarms.digest import digest_make
from tianping.casework.alarms.scan import scan
from tianping.casework.models import Clock, Notice


def test_notices_are_read_seen_and_summed_up_by_whom_they_are_for(judge: Asker) -> None:
    cases = [opened(judge, happened=(datetime.now(UTC) - timedelta(days=40 + n)).isoformat(timespec="seconds")) for n in range(2)]
    stranger = asker(organisation(), "FILING_JUDGE", "PRESIDENT")
    now = datetime.now(UTC)
    assert Clock.objects.filter(case_id__in=cases, due__lt=now).exists()
    assert scan(at=now) > 0
    listed = judge.get("notices").data["items"]
    assert listed, "the court is told"
    assert {n["case"] for n in listed} == set(cases)
    assert all(n["words"]["zh"].startswith(("告警：", "预警：", "提醒：")) and n["words"]["en"] for n in listed)
    first = judge.get("notices?size=1").data
    second = judge.get(f"notices?size=1&after={first['next']}").data
    assert [n["id"] for page in (first, second) for n in page["items"]] == [n["id"] for n in listed[:2]]
    assert stranger.get("notices").data["items"] == []
    own = [n["id"] for n in listed]
    assert stranger.post("notices/seen", {"notices": own}).data == {"seen": 0}
    assert Notice.objects.filter(pk__in=own, seen=None).count() == len(own)
    digest_make(at=now)
    (digest,) = [d for d in judge.get("digests").data["items"] if d["alarms"] + d["warnings"] == len(own)]
    assert stranger.get("digests").data["items"] == []
    assert judge.post("notices/seen", {"notices": own}).data == {"seen": len(own)}
    assert judge.get("notices").data["items"] == []
    assert [d["id"] for d in judge.get("digests").data["items"]] == [digest["id"]], "that it was told stays"
