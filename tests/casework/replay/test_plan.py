"""回放计划 · The plan has the report's counts, is the same for the same seed, and every case of it is judged clean by the supervision engine."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from stdnum.cn import uscc

from tests.casework.replay.sample import SCRIPT, events, pack, planned, scenario, tables
from tianping.casework.replay.errors import NobodyActs, WindowTooShort
from tianping.casework.replay.model import PlannedCase, PlannedStep
from tianping.casework.replay.plan import plan, tally
from tianping.casework.replay.scenario import read_scenario
from tianping.law.calendar import calendar
from tianping.law.identifiers import ResidentId
from tianping.procedure.events import Event
from tianping.procedure.fold import fold_to
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import Judged, refusals, supervise_cases
from tianping.procedure.tables import Tables

HALF_A_YEAR = 182


def by_key() -> Mapping[str, PlannedCase]:
    return {c.key: c for c in planned()}


def of(procedure: str) -> list[PlannedCase]:
    return [c for c in planned() if c.procedure == procedure]


def stage(case: PlannedCase) -> str:
    log = events(case)
    return tables(case).tracks[0].stages[fold_to(tables(case), log, len(log)).stage[0, ""]].name


def judged() -> dict[str, Judged]:
    logs: dict[Tables, dict[str, list[Event]]] = defaultdict(dict)
    for case in planned():
        logs[tables(case)][case.key] = events(case)
    return {key: j for rows, cases in logs.items() for key, j in supervise_cases(rows, cases, scenario().last, calendar()).items()}


def test_the_counts_are_the_reports() -> None:
    found = tally(planned())
    assert (found.pushed, found.closed, found.settled, found.confirmed) == (1264, 1149, 491, 149)
    assert found == scenario().totals
    assert found.open == 115


def test_the_counts_stand_in_the_stages_of_the_cases_too() -> None:
    ends = Counter(stage(c) for c in of("pre_filing"))
    assert sum(ends.values()) == 1264
    assert ends["out"] == 115
    assert ends["settled"] == 491
    assert ends["reconciled"] == 74
    assert ends["filed"] + ends["given_up"] == 523 + 61
    assert Counter(stage(c) for c in of("judicial_confirmation")) == {"confirmed": 149}
    assert Counter(stage(c) for c in of("online_mediation"))["settled"] == 491


def test_each_court_and_platform_has_its_share() -> None:
    for share in scenario().shares:
        mine = [c for c in planned() if c.key.startswith(f"{share.court.removeprefix('court.')}-{share.channel}-")]
        assert tally(mine) == share.counts
        assert {c.organisation for c in mine} <= {share.court, pack().docked(share.court, share.channel)}
        assert {c.source for c in mine} == {share.channel}


def test_the_window_is_less_than_half_a_year_of_2021() -> None:
    assert (scenario().last - scenario().first).days + 1 < HALF_A_YEAR
    moments = [s.happened for c in planned() for s in c.steps]
    assert min(moments).date() >= scenario().first
    assert max(moments).date() <= scenario().last
    assert scenario().first.year == scenario().last.year == 2021


def test_the_same_seed_gives_the_same_plan_and_another_another() -> None:
    assert tuple(plan(read_scenario(SCRIPT), pack())) == planned()
    other = plan(replace(scenario(), seed=scenario().seed + 1), pack())
    assert tuple(other) != planned()
    assert tally(other) == tally(planned())


def test_every_case_is_judged_clean_under_the_version_of_its_first_day() -> None:
    found = judged()
    assert len(found) == len(planned())
    broken = Counter((f.rule.kind, f.rule.code) for j in found.values() for f in j.findings)
    assert not [k for k in broken if k[0] in REFUSED]
    assert not [k for k in broken if k[0] == "late"]
    assert not broken
    assert {k.status for j in found.values() for k in j.clocks} <= {"met", "running", "unused"}


def test_another_seed_is_judged_clean_too() -> None:
    other = plan(replace(scenario(), seed=1), pack())
    logs: dict[Tables, dict[str, list[Event]]] = defaultdict(dict)
    for case in other:
        logs[tables(case)][case.key] = events(case)
    for rows, cases in logs.items():
        assert not [f for j in supervise_cases(rows, cases, scenario().last, calendar()).values() for f in j.findings]


def test_no_step_would_have_been_refused_when_it_was_tried() -> None:
    """What the operate engine asks at every step: with what had happened until then, may it be taken?"""
    for case in planned():
        log = events(case)
        for at, event in enumerate(log):
            assert not refusals(tables(case), log[:at], event, calendar()), (case.key, case.steps[at].step)


def test_the_judge_would_have_found_something() -> None:
    """The same logs, judged with the end of mediation a fortnight late, are not clean: the check above is no empty one."""
    case = next(c for c in of("online_mediation") if stage(c) == "failed" and any(s.step.endswith("run_out") for s in c.steps))
    log = [e if i < len(case.steps) - 1 else replace(e, happened=e.happened.replace(month=12, day=24)) for i, e in enumerate(events(case))]
    early = [e for e in events(case) if not tables(case).steps[e.step].step.code.endswith("agree")]
    assert supervise_cases(tables(case), {"a": log}, scenario().last, calendar())["a"].findings
    assert {f.rule.kind for f in supervise_cases(tables(case), {"a": early}, scenario().last, calendar())["a"].findings} & REFUSED


def test_events_are_ordered_and_only_a_referral_shares_the_moment_of_its_step() -> None:
    for case in planned():
        for one, other in zip(case.steps, case.steps[1:], strict=False):
            assert one.happened < other.happened or (one.step, other.step, one.happened) == ("PreFiling.refer", "mediation.send", other.happened)


def test_everything_happens_on_working_days_in_working_hours() -> None:
    for moment in {s.happened for c in planned() for s in c.steps}:
        assert calendar().is_working(moment.date())
        assert time(9) <= moment.time() < time(11, 30) or time(14, 30) <= moment.time() < time(17, 30)


def _moment(case: PlannedCase, step: str) -> datetime:
    return next(s.happened for s in case.steps if s.step == step)


def _referral(case: PlannedCase, part: str) -> dict[str, PlannedStep]:
    return {s.step.rpartition(".")[2]: s for s in case.steps if s.track == part}


@pytest.mark.parametrize(
    ("sender", "part", "receiver"), [("pre_filing", "mediation", "online_mediation"), ("online_mediation", "confirmation", "judicial_confirmation")]
)
def test_the_two_sides_of_a_referral_agree(sender: str, part: str, receiver: str) -> None:
    known, linked = by_key(), set()
    for case in of(sender):
        entries = _referral(case, part)
        for step in entries.values():
            assert step.to
        if "receive" not in entries:
            assert all(s.link == "" for s in entries.values())
            continue
        (key,) = {s.link for s in entries.values()}
        other = known[key]
        linked.add(key)
        assert other.procedure == receiver
        assert other.organisation == entries["send"].to
        assert other.parties == case.parties
        assert entries["send"].happened < other.steps[0].happened == entries["receive"].happened
        if "answer" in entries:
            main = [s for s in other.steps if s.track == ""]
            assert entries["answer"].happened == main[-1].happened
            assert list(entries["answer"].facts.values()) == [_answer(other)]
    assert linked == {c.key for c in of(receiver)}


def _answer(case: PlannedCase) -> str:
    stages = {s.name: s for s in tables(case).tracks[0].stages}
    answered = stages[stage(case)].answers
    assert answered is not None
    return answered.name


def test_the_agreement_takes_effect_on_the_day_it_was_signed() -> None:
    known = by_key()
    for case in of("judicial_confirmation"):
        body = known[case.key.replace(".confirmation", ".body")]
        assert case.steps[0].facts["effective"] == _moment(body, "InvitedMediation.settle").date()


def test_divorce_is_not_sent_for_confirmation() -> None:
    assert not [c for c in of("judicial_confirmation") if "离婚" in c.title]
    assert [c for c in of("online_mediation") if "离婚" in c.title]


def test_who_acts_holds_the_role_on_the_day_or_is_a_party_or_a_machine() -> None:
    held = {(p.username, r) for p in pack().posts for r in p.roles}
    for case in planned():
        parties = {(p.name, p.capacity) for p in case.parties}
        assert len({p.name for p in case.parties}) == 2
        for step in case.steps:
            assert (step.signers[0].actor, step.signers[0].role) == (step.actor, step.role)
            for signer in step.signers:
                known = held | parties | {("system", "Roles.SYSTEM"), ("exchange", "EXCHANGE")}
                assert (
                    (signer.actor, signer.role) in known
                    if signer.role not in {"Roles.APPLICANT", "Roles.OPPONENT"}
                    else (signer.actor, signer.role) in parties
                )


def test_parties_have_numbers_that_check_and_that_nobody_has() -> None:
    people = {p for c in planned() for p in c.parties}
    assert len({p.id_number for p in people}) == len(people) == 2 * 1264
    for p in people:
        if p.kind == "person":
            assert ResidentId.parse(p.id_number, not_after=date(2000, 1, 1)).region == "140799"
        else:
            assert uscc.validate(p.id_number)[2:8] == "140799"
        assert re.fullmatch(r"000[0-9]{8}", p.phone)
    assert all(len(c.title) <= 200 for c in planned())


def test_one_settlement_taken_out_leaves_490(tmp_path: Path) -> None:
    """From the first row with a settlement that was not confirmed, and from the totals: the pushes and the closings go with it."""
    text = SCRIPT.read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith('  { court = "court.yuci", channel = "grid"'))
    for name in ("pushed", "closed", "settled"):
        text = re.sub(rf"^{name} = (\d+)$", lambda m, n=name: f"{n} = {int(m[1]) - 1}", text, count=1, flags=re.MULTILINE)  # type: ignore[misc]
        shorter = re.sub(rf"{name} = (\d+)", lambda m, n=name: f"{n} = {int(m[1]) - 1}", row)  # type: ignore[misc]
        text, row = text.replace(row, shorter), shorter
    path = tmp_path / "scenario.toml"
    path.write_text(text, "utf-8")
    found = tally(plan(read_scenario(path), pack()))
    assert (found.pushed, found.closed, found.settled, found.confirmed) == (1263, 1148, 490, 149)


def test_a_window_too_short_for_its_paths_is_refused() -> None:
    with pytest.raises(WindowTooShort) as refused:
        plan(replace(scenario(), last=date(2021, 7, 30)), pack())
    assert refused.value.code == "OPS-754"


def test_a_role_that_nobody_holds_is_refused() -> None:
    without = replace(pack(), posts=tuple(p for p in pack().posts if "Roles.CLERK" not in p.roles))
    with pytest.raises(NobodyActs) as refused:
        plan(scenario(), without)
    assert refused.value.code == "OPS-753"
