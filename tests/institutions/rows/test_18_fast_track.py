"""速裁 · A team that lacks a clerk is not activated; cases go to active teams only; the mean is that of the raw dates."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import mean
from typing import Any

import pytest

from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Change, answered, found, later, signed, twice, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Event
from tianping.institutions.courts.fast_track.indicators import FastTrack, FastTrackTeams

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("PRESIDENT", "FILING_JUDGE", "JUDGE", "JUDGE_ASSISTANT", "CLERK")
MEMBERS = ("join_judge", "join_assistant", "join_assistant", "join_clerk", "join_clerk")


def assigning(team: str, cause: str = "CONTRACT") -> dict[str, Any]:
    return {"filed_on": AT.date(), "route": "SIMPLE", "cause": cause, "team": team, "judge": "a", "needs_notice": False}


def test_a_team_that_lacks_a_clerk_is_not_activated(database: object) -> None:
    own = office("fast-court", *ROLES)
    team = opened(own, "fast_track_team", "form", "PRESIDENT", {"team": "one", "cause": "CONTRACT"})
    for n, step in enumerate(MEMBERS[:4]):
        take(own, team, f"Member.{step}", "PRESIDENT", {"person": f"p{n}"}, entity=f"m{n}", day=1)
    with pytest.raises(Refusal) as refused:
        take(own, team, "activate", "PRESIDENT", day=2)
    assert why(refused) == ["FastTrackTeam.not_two_clerks"]
    with pytest.raises(Refusal) as refused:
        opened(own, "fast_track_case", "assign", "FILING_JUDGE", assigning("one"), day=2)
    assert why(refused) == ["FastTrackCase.no_team"]
    take(own, team, "Member.join_clerk", "PRESIDENT", {"person": "p4"}, entity="m4", day=3)
    take(own, team, "activate", "PRESIDENT", day=3)
    opened(own, "fast_track_case", "assign", "FILING_JUDGE", assigning("one"), day=4)
    with pytest.raises(Refusal) as refused:
        opened(own, "fast_track_case", "assign", "FILING_JUDGE", assigning("one", "LABOUR"), day=4)
    assert why(refused) == ["FastTrackCase.no_team"]
    with pytest.raises(Refusal) as refused:
        take(own, team, "Member.leave_clerk", "PRESIDENT", entity="m4", day=5)
    assert why(refused) == ["FastTrackTeam.in_use"]
    with pytest.raises(Refusal) as refused:
        opened(own, "fast_track_team", "form", "PRESIDENT", {"team": "one", "cause": "LABOUR"}, day=5)
    assert why(refused) == ["FastTrackTeam.name_taken"]
    assert Figures().value(FastTrackTeams.active) == 1


def test_the_mean_is_that_of_the_raw_dates(database: object) -> None:
    own = office("fast-court-2", *ROLES)
    team = opened(own, "fast_track_team", "form", "PRESIDENT", {"team": "two", "cause": "LABOUR"})
    for n, step in enumerate(MEMBERS):
        take(own, team, f"Member.{step}", "PRESIDENT", {"person": f"p{n}"}, entity=f"m{n}")
    take(own, team, "activate", "PRESIDENT")
    before = Figures().value(FastTrack.closed)
    decided = []
    for days in (12, 19, 47):
        case = opened(own, "fast_track_case", "assign", "FILING_JUDGE", assigning("two", "LABOUR"))
        take(own, case, "serve", "CLERK", day=1)
        take(own, case, "schedule", "CLERK", {"batch": "b"}, day=2)
        take(own, case, "hear", "JUDGE", {"element_form": True}, day=days)
        take(own, case, "pronounce", "JUDGE", {"unsuitable": False}, day=days)
        decided.append(case)
    opened(own, "fast_track_case", "assign", "FILING_JUDGE", assigning("two", "LABOUR"))
    log: dict[int, dict[str, date]] = {}
    for case, step, at in Event.objects.filter(case_id__in=decided).values_list("case_id", "step", "happened"):
        log.setdefault(case, {})[step.rpartition(".")[2]] = at.astimezone(AT.tzinfo).date()
    raw = [(c["pronounce"] - c["assign"]) / timedelta(days=1) for c in log.values()]
    figures = Figures()
    assert figures.value(FastTrack.closed) == (before or 0) + 3
    assert figures.value(FastTrack.mean_days) == pytest.approx(mean(raw))
    assert figures.value(FastTrack.mean_days) == pytest.approx(26)


FAULTS: dict[str, tuple[int, Change, list[str]]] = {
    "served late": (0, later(1, 9), ["to_serve"]),
    "decided late": (0, later(4, 90), ["to_decide"]),
    "never served": (0, without(1), ["schedule.missing", "schedule.order", "to_serve"]),
    "decided by a clerk": (0, signed(5, "丁 CLERK"), ["pronounce.by"]),
    "never decided": (0, without(5), ["deliver.missing", "deliver.order", "to_decide"]),
    "a team that is not active": (0, answered(0, teams=0), ["no_team"]),
    "an announcement in the simple procedure": (0, answered(0, needs_notice=True), ["by_notice"]),
    "in court though unsuited": (0, answered(5, unsuitable=True), ["unfit"]),
    "the judgment sent late": (0, later(6, 20), ["to_deliver"]),
    "not handed over at once": (1, later(8, 1), ["to_deliver_at_once"]),
    "extended twice": (1, twice(5), ["grant.count", "to_decide.extend1.times"]),
    "time counted that was not stopped": (1, without(2), ["to_decide"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    nth, change, expected = FAULTS[fault]
    assert found("fast_track_case", "cases.yaml", nth, None) == []
    assert found("fast_track_case", "cases.yaml", nth, change) == sorted([f"FastTrackCase.{code}" for code in expected])
