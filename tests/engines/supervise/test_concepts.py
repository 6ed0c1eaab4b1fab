"""概念测试 · Every concept of the language worked by hand, on the scalar oracle and on arrays alike; the traps of time among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from tests.engines.supervise.test_agreement import arrays, scalar
from tests.procedure.concepts import Inquest, Kind, Person
from tests.procedure.sample import Appraisal, Route, Trial
from tianping.engines.supervise.encoding import encode, rows_of_events
from tianping.engines.supervise.judged import judge
from tianping.engines.supervise.reckoned import Moment
from tianping.law.calendar import calendar
from tianping.law.periods import day_number
from tianping.procedure import Limit, Procedure, Step
from tianping.procedure.events import Event, end_of
from tianping.procedure.reckoning import Clock, seconds
from tianping.procedure.roles import Signer
from tianping.procedure.supervision import Judged, refusals, supervise_cases
from tianping.procedure.tables import compiled

Act = tuple[Step, str] | tuple[Step, str, Mapping[str, object]]
AS_OF = date(2022, 12, 31)


def log(procedure: type[Procedure], *acts: Act) -> list[Event]:
    """Events of steps, times and what else is said of them: ``entity``, ``by`` (name ROLE), ``recorded``; anything else is a fact."""
    tables, out = compiled(procedure), []
    for seq, (step, at, *more) in enumerate(acts):
        row = tables.steps[tables.number(step)]
        told: dict[str, object] = dict(more[0]) if more else {}
        run = str(told.pop("entity", "1")) if tables.tracks[row.track].many else ""
        signers = tuple(Signer(*name.rsplit(" ", 1)) for name in str(told.pop("by", "")).split(", ") if name)
        recorded = told.pop("recorded", None)
        moment = datetime.fromisoformat(str(recorded)) if recorded else None
        out.append(Event(seq, row.no, row.track, run, datetime.fromisoformat(at), moment, None, signers, told))
    return out


def judged(procedure: type[Procedure], *acts: Act, as_of: date = AS_OF) -> Judged:
    """What the oracle finds, after the arrays have found the same."""
    tables, cases = compiled(procedure), {"A": log(procedure, *acts)}
    moment = end_of(as_of)
    found = supervise_cases(tables, cases, moment, calendar())
    encoded = encode(rows_of_events(cases, tables), tables, until=moment)
    assert arrays(judge(tables, encoded, Moment(day_number(as_of), seconds(moment)), calendar())) == scalar(found)
    return found["A"]


def clock(limit: Limit, *acts: Act, procedure: type[Procedure] = Inquest, as_of: date = AS_OF) -> Clock:
    return next(c for c in judged(procedure, *acts, as_of=as_of).clocks if c.row.limit is limit)


def due(limit: Limit, *acts: Act, procedure: type[Procedure] = Inquest, as_of: date = AS_OF) -> str:
    return str(clock(limit, *acts, procedure=procedure, as_of=as_of).due)


def rules(procedure: type[Procedure], *acts: Act, as_of: date = AS_OF) -> set[str]:
    return {f.rule.code for f in judged(procedure, *acts, as_of=as_of).findings}


ACCEPT = (Inquest.accept, "2022-01-10", {"urgent": False})
SIMPLE = (Kind.as_simple, "2022-01-10")


# ---- who ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("granter", "same"), [("王", True), ("赵", False)])
def test_four_eyes(granter: str, same: bool) -> None:
    acts = (
        (Trial.file, "2024-03-01"),
        (Trial.fix, "2024-03-04", {"by": "王 JUDGE", "hearing_on": date(2024, 3, 20)}),
        (Trial.grant, "2024-03-05", {"by": f"{granter} PRESIDENT"}),
    )
    assert ("Trial.grant.not_by" in rules(Trial, *acts, as_of=date(2024, 3, 6))) is same


@pytest.mark.parametrize(("by", "enough"), [("钱 APPLICANT, 王 JUDGE", True), ("王 JUDGE", False), ("钱 PARTY, 王 JUDGE", False)])
def test_a_joint_act_needs_both(by: str, enough: bool) -> None:
    found = rules(Trial, (Trial.file, "2024-03-01"), (Trial.withdraw, "2024-03-04", {"by": by}), as_of=date(2024, 3, 6))
    assert ("Trial.withdraw.by" not in found) is enough


# ---- what is known -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("facts", "allowed"), [({"urgent": False}, True), ({"urgent": True}, False), ({}, False)])
def test_unknown_passes_no_guard(facts: Mapping[str, object], allowed: bool) -> None:
    found = rules(Inquest, (Inquest.accept, "2022-01-10", facts), (Inquest.rush, "2022-01-11"), as_of=date(2022, 1, 12))
    assert ("Inquest.not_urgent" not in found) is allowed


def test_one_appraisal_after_another() -> None:
    acts = ((Trial.file, "2024-03-01"), (Appraisal.entrust, "2024-03-02", {"entity": "1"}), (Appraisal.entrust, "2024-03-09", {"entity": "2"}))
    between = (Appraisal.opine, "2024-03-08", {"entity": "1"})
    assert "Trial.appraisals.one_open" in rules(Trial, *acts, as_of=date(2024, 3, 10))
    assert "Trial.appraisals.one_open" not in rules(Trial, *acts[:2], between, acts[2], as_of=date(2024, 3, 10))


def test_one_act_sends_its_referral_at_the_same_moment() -> None:
    file, fix = (Trial.file, "2024-03-01"), (Trial.fix, "2024-03-04", {"hearing_on": date(2024, 3, 20)})
    assert "Trial.fix.opens" in rules(Trial, file, fix, as_of=date(2024, 3, 5))
    assert "Trial.fix.opens" not in rules(Trial, file, fix, (Trial.service.send, "2024-03-04"), as_of=date(2024, 3, 5))


@pytest.mark.parametrize(("recorded", "late"), [("2024-03-10T09:00", False), ("2024-03-10T09:01", True)])
def test_late_recording_is_a_finding_of_its_own(recorded: str, late: bool) -> None:
    acts = ((Trial.file, "2024-03-01"), (Appraisal.entrust, "2024-03-02"), (Appraisal.opine, "2024-03-08T09:00", {"recorded": recorded}))
    assert ("Appraisal.opine.recorded" in rules(Trial, *acts, as_of=date(2024, 3, 11))) is late


# ---- limits --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "status"), [("2022-03-16", "met"), ("2022-03-17", "met_late")])
def test_a_barring_limit_refuses_what_comes_too_late(day: str, status: str) -> None:
    acts = (ACCEPT, (Inquest.decide, "2022-03-01"))
    assert clock(Inquest.to_appeal, *acts, (Inquest.appeal, day)).status == status
    late = status == "met_late"
    assert ("Inquest.to_appeal" in rules(Inquest, *acts, (Inquest.appeal, day))) is late
    *events, tried = log(Inquest, *acts, (Inquest.appeal, day))
    assert any(f.rule.code == "Inquest.to_appeal" for f in refusals(compiled(Inquest), events, tried, calendar())) is late


def test_a_right_that_is_not_used_is_no_breach() -> None:
    assert clock(Inquest.to_appeal, ACCEPT, (Inquest.decide, "2022-03-01")).status == "unused"
    assert "Inquest.to_appeal" not in rules(Inquest, ACCEPT, (Inquest.decide, "2022-03-01"))


def test_a_right_that_is_forgone_ends_its_clock() -> None:
    got = clock(Inquest.to_appeal, ACCEPT, (Inquest.decide, "2022-03-01"), (Inquest.forgo, "2022-03-02"))
    assert (got.status, got.met_on) == ("met", None)


def test_only_the_first_occurrence_counts_where_it_says_so() -> None:
    found = judged(Inquest, ACCEPT, (Inquest.decide, "2022-03-01"), (Inquest.decide, "2022-03-10"))
    assert [str(c.due) for c in found.clocks if c.row.limit is Inquest.to_appeal] == ["2022-03-16"]


@pytest.mark.parametrize(("accepted", "last"), [("2021-12-20", "2022-03-11"), ("2022-01-04", "2022-03-16")])
def test_the_law_of_another_act_may_be_pinned(accepted: str, last: str) -> None:
    assert due(Inquest.to_appeal, (Inquest.accept, accepted), (Inquest.decide, "2022-03-01")) == last


@pytest.mark.parametrize(("held", "last"), [(False, "2022-04-11"), (True, "2022-04-10")])
def test_a_limit_of_the_case_rolls_unless_somebody_is_held(held: bool, last: str) -> None:
    arrest: tuple[Act, ...] = ((Person.arrest, "2022-03-01"),) if held else ()
    assert due(Inquest.review, *arrest, (Inquest.accept, "2022-03-10")) == last
    if held:
        assert due(Inquest.review, *arrest, (Inquest.accept, "2022-03-10"), (Person.release, "2022-04-08")) == "2022-04-11"


def test_working_days_are_counted_back_over_the_holiday_and_its_makeup_days() -> None:
    fix = (Inquest.fix, "2022-09-01", {"hearing_on": date(2022, 10, 10)})
    assert due(Inquest.notice, ACCEPT, fix) == "2022-09-30"
    assert clock(Inquest.notice, ACCEPT, fix, (Inquest.notify, "2022-09-30")).status == "met"
    assert clock(Inquest.notice, ACCEPT, fix, (Inquest.notify, "2022-10-08")).status == "met_late"


@pytest.mark.parametrize(("announced", "deemed"), [("2022-02-10", "2022-03-12"), ("2021-10-08", "2021-12-07")])
def test_the_trigger_picks_the_law(announced: str, deemed: str) -> None:
    assert due(Inquest.announced, (Inquest.accept, "2021-09-01"), (Inquest.announce, announced)) == deemed


def test_chained_limits_do_not_compound_their_rolls() -> None:
    assert due(Inquest.defence, ACCEPT, (Inquest.announce, "2022-02-10")) == "2022-03-28"  # from Saturday 03-12: not from Monday 03-14


@pytest.mark.parametrize(("day", "early"), [("2022-03-11", True), ("2022-03-12", False)])
def test_a_lapse_step_waits_for_its_limit(day: str, early: bool) -> None:
    assert ("Inquest.deem.on" in rules(Inquest, ACCEPT, (Inquest.announce, "2022-02-10"), (Inquest.deem, day))) is early


# ---- pauses and extensions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("end", "last"), [("2022-03-06", "2022-07-15"), ("2022-04-10", "2022-07-20")])
def test_a_pause_counts_up_to_its_cap(end: str, last: str) -> None:
    assert due(Inquest.trial, ACCEPT, (Inquest.examine, "2022-03-01"), (Inquest.report, end)) == last


@pytest.mark.parametrize(
    ("simple", "end", "last"),
    [(False, "2022-02-13", "2022-07-10"), (False, "2022-02-26", "2022-07-20"), (True, "2022-02-26", "2022-04-28")],
)
def test_a_pause_counts_only_beyond_its_threshold(simple: bool, end: str, last: str) -> None:
    kind: tuple[Act, ...] = (SIMPLE,) if simple else ()
    assert due(Inquest.trial, ACCEPT, *kind, (Inquest.talk, "2022-02-01"), (Inquest.part, end)) == last


@pytest.mark.parametrize(("begun", "last"), [("2022-04-10", "2022-04-15"), ("2022-04-11", "2022-04-10")])
def test_a_pause_after_the_last_day_revives_nothing(begun: str, last: str) -> None:
    assert due(Inquest.trial, ACCEPT, SIMPLE, (Inquest.examine, begun), (Inquest.report, "2022-04-15")) == last


def test_an_open_pause_leaves_the_day_open_up_to_its_cap() -> None:
    acts = (ACCEPT, SIMPLE)
    got = clock(Inquest.trial, *acts, (Inquest.talk, "2022-02-01"), as_of=date(2022, 3, 1))
    assert (str(got.due), got.fixed, got.status) == ("2022-04-10", False, "paused")
    capped = clock(Inquest.trial, *acts, (Inquest.examine, "2022-02-01"), as_of=date(2022, 3, 1))
    assert (str(capped.due), capped.fixed, capped.status) == ("2022-04-20", True, "running")


def test_a_grant_falls_away_with_its_condition() -> None:
    acts = ((Inquest.accept, "2022-03-14"), (Kind.as_simple, "2022-03-14"))
    grant, convert = (Inquest.grant, "2022-06-01"), (Kind.convert, "2022-06-10")
    assert due(Inquest.trial, *acts) == "2022-06-14"
    assert due(Inquest.trial, *acts, grant) == "2022-07-14"
    assert due(Inquest.trial, *acts, grant, convert) == "2022-09-14"


def test_months_are_added_to_the_length_and_not_to_the_day() -> None:
    acts = ((Inquest.accept, "2022-03-31"), (Kind.as_simple, "2022-03-31"), (Inquest.grant, "2022-06-01"))
    assert due(Inquest.trial, *acts) == "2022-07-31"


def test_nothing_but_the_end_is_allowed_while_a_suspension_is_open() -> None:
    acts = ((Trial.file, "2024-03-01"), (Route.as_ordinary, "2024-03-01"), (Trial.fix, "2024-03-04"), (Trial.suspend, "2024-04-01"))
    assert "Trial.suspension.halted" in rules(Trial, *acts, (Trial.adjourn, "2024-04-10"), as_of=date(2024, 5, 1))
    after = ((Trial.resume, "2024-05-01"), (Trial.adjourn, "2024-05-02"))
    assert "Trial.suspension.halted" not in rules(Trial, *acts, *after, as_of=date(2024, 6, 1))
    assert due(Trial.to_judge, *acts, *after, procedure=Trial, as_of=date(2024, 6, 1)) == "2024-10-08"  # 09-01 and 30 days, after the holiday
