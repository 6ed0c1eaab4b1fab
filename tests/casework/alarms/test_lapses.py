"""期满 · What follows by itself when a time has run out is done by the system: on the day after, once, and only if nobody acted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.casework.alarms.test_alarms import MONDAY, confirmation, opened
from tests.casework.alarms.test_alarms import place as place
from tests.casework.conftest import actor_of
from tests.casework.test_importing import imported, lawful
from tests.conftest import size
from tianping.casework.alarms.lapses import lapses_take
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.decide import refused
from tianping.casework.engine.importing import steps_import
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import folders
from tianping.casework.engine.writers import step_take
from tianping.casework.models import Case, Clock, Event, Organisation, Run
from tianping.casework.moments import local
from tianping.law.calendar import calendar
from tianping.procedure.events import Event as Act
from tianping.procedure.roles import Signer
from tianping.procedure.tables import compiled
from tianping.procedure.time import Limit

FAR = datetime(2034, 1, 1, tzinfo=UTC)


def served(place: Organisation) -> tuple[int, datetime]:
    """A ruling that refuses to file, served: the case and the first instant of the last day to appeal."""
    case, judge = opened(place), actor_of(place, "FILING_JUDGE", "CLERK")
    step_take(
        case_id=case, step="PreFiling.refuse", actor=judge, at=MONDAY + timedelta(days=1), facts={"qualifies": False}, role="Roles.FILING_JUDGE"
    )
    step_take(case_id=case, step="serve_ruling", actor=judge, at=MONDAY + timedelta(days=2), role="Roles.CLERK")
    return case, Clock.objects.get(case_id=case, code="PreFiling.to_appeal").due


def test_a_ruling_becomes_final_on_the_day_after_the_last_and_once(place: Organisation) -> None:
    case, last = served(place)
    lapses_take(at=last + timedelta(hours=23, minutes=59))
    assert Case.objects.get(pk=case).stage == "appealable"
    assert lapses_take(at=last + timedelta(days=1)) >= 1
    row = Event.objects.filter(case_id=case).latest("seq")
    assert (row.step, row.signers, row.happened) == ("PreFiling.become_final", [["system", "Roles.SYSTEM"]], last + timedelta(days=1))
    assert Case.objects.get(pk=case).stage == "refused"
    lapses_take(at=last + timedelta(days=2))
    assert Event.objects.filter(case_id=case, step="PreFiling.become_final").count() == 1


def test_nothing_lapses_when_somebody_acted_in_time(place: Organisation) -> None:
    case, last = served(place)
    party = Actor("甲", place.pk, frozenset({"Roles.APPLICANT"}), actor_of(place).keys)
    step_take(case_id=case, step="appeal", actor=party, at=last + timedelta(hours=20))
    lapses_take(at=last + timedelta(days=3))
    assert Case.objects.get(pk=case).stage == "appealed"


def test_each_party_has_its_own_time(place: Organisation) -> None:
    case, judge = confirmation(place, MONDAY)
    step_take(case_id=case, step="verify", actor=judge, at=MONDAY + timedelta(days=1), role="Roles.JUDGE")
    step_take(case_id=case, step="confirm", actor=judge, at=MONDAY + timedelta(days=2), facts={"defect": "NONE"}, role="Roles.JUDGE")
    clerk = actor_of(place, "SERVER", "CLERK")
    for days, party in ((3, "p1"), (6, "p2")):
        step_take(case_id=case, step="Receipt.serve", actor=clerk, at=MONDAY + timedelta(days=days), entity=party)
    first, second = Clock.objects.filter(case_id=case, code="Receipt.to_object").order_by("due").values_list("due", flat=True)
    before = Run.objects.get(case_id=case, entity="p2").stage
    lapses_take(at=first + timedelta(days=1))
    assert Run.objects.get(case_id=case, entity="p2").stage == before != Run.objects.get(case_id=case, entity="p1").stage
    lapses_take(at=second + timedelta(days=1))
    assert Run.objects.get(case_id=case, entity="p2").stage == Run.objects.get(case_id=case, entity="p1").stage


def test_nothing_that_has_lapsed_is_left_and_a_second_look_takes_nothing(place: Organisation) -> None:
    codes = [code for code, folder in folders().items() if any(isinstance(row.step.on, Limit) for row in compiled(folder.current).steps)]
    cases = [c for code in codes for c in imported(code, lawful(code, 5, size(6, 100)), place, actor_of(place))]
    live = steps_import(cases=cases, recorder="test", at=FAR, recorded="happened").cases
    took = 0
    while (now := lapses_take(at=FAR)) and took < 10 * len(cases):
        took += now
    assert took
    assert lapses_take(at=FAR) == 0
    left = [(case, step) for case in live.values() for step in possible(case, actor_of(place))]
    assert left == []
    told = Event.objects.filter(case_id__in=live.values(), recorder="system")
    assert 0 < told.count() <= took


def possible(case: int, actor: Actor) -> list[str]:
    """The steps that the system could take now because a time has run out, tried one by one on every run by the guard itself."""
    now = snapshot(case, actor)
    runs = {("", ""), *((r.track, r.entity) for r in Run.objects.filter(case_id=case))}
    out = []
    for row in now.tables.steps:
        if not isinstance(row.step.on, Limit) or [r.name for r in row.step.by.sets()[0]] != ["SYSTEM"]:
            continue
        for track, entity in runs:
            if track == now.tables.tracks[row.track].name:
                tried = Act(now.seq + 1, row.no, row.track, entity, local(FAR), local(FAR), None, (Signer("system", "Roles.SYSTEM"),))
                out += [] if refused(now, tried, calendar()) else [row.step.code]
    return out
