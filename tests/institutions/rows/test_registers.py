"""登记类各行 · Ten breaches and more are planted into the worked cases of each row whose procedures are registers, and into the calls of 110."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from tests.institutions.rows.planting import Act, Breach, Change, Fault, added, answered, forgetting, found, later, moved, signed, twice, without
from tianping.project.rows import rows

Planted = tuple[str, int, Change, list[str]]
"""(procedure, which worked case, the change, what must be found of it, each rule so often as it is broken)"""
OFFICER, DESK, PLANNER, BODY = "民警甲 OFFICER", "沈接 DISPATCHER", "孙拟 POLITICAL_DEPARTMENT", "单位 MEASURE_OWNER"
AUTHOR, HOST, WATCHER = "代表甲 INVITED", "县局 COMMAND_CENTRE", "监督员甲 CONDUCT_SUPERVISOR"
QUOTA: dict[str, Planted] = {
    "a number above the ratio": ("quota_ceiling", 0, answered(0, approved=40), ["QuotaCeiling.over_ratio"]),
    "two numbers in force": ("quota_ceiling", 0, answered(0, others=1), ["QuotaCeiling.standing_already"]),
    "approved by the court itself": ("quota_ceiling", 0, signed(0, "甲院 POLITICAL_DEPARTMENT"), ["QuotaCeiling.approve.by"]),
    "into a full quota": ("quota_post", 0, answered(0, holders=39), ["QuotaPost.full"]),
    "a relative bars the post": ("quota_post", 0, answered(0, related=True), ["QuotaPost.barred_kin"]),
    "no statutory ground": ("quota_post", 0, answered(6, ground="OTHER"), ["QuotaPost.not_statutory"]),
    "review asked late": ("quota_post", 0, moved(7, days=4), ["QuotaPost.to_ask_review"]),
    "practises after one year": ("quota_post", 0, moved(10, days=-364), ["QuotaPost.two_years"]),
    "misconduct without the committee": ("quota_post", 1, without(2), ["QuotaPost.not_heard", "QuotaPost.too_few_own"]),
    "a committee with few of its own": ("quota_post", 1, answered(2, own_branch=4), ["QuotaPost.too_few_own"]),
    "three years of legal work": ("selection_round", 0, answered(1, legal_years=3), ["Candidate.too_short"]),
    "published without the committee's review": ("selection_round", 0, without(7), ["Candidate.publish.missing", "Candidate.publish.order"]),
    "appointed against an objection": ("selection_round", 0, answered(9, objection=True), ["Candidate.stood"]),
}
CALLS: dict[str, Planted] = {
    "a crime that was not taken": ("incident", 2, without(4), ["Incident.case_not_taken"]),
    "taken twice": ("incident", 2, twice(4), ["Incident.accept_crime.count"]),
    "closed with an order open": ("incident", 2, without(15), ["Incident.order_open"]),
    "closed by the unit": ("incident", 2, signed(16, "所二 UNIT"), ["Incident.close.by"]),
    "closed twice": ("incident", 2, twice(16), ["Incident.close.closed"]),
    "reported while a unit is out": ("incident", 2, without(13), ["Incident.still_out", "Incident.still_out", "Unit.arrival"]),
    "nobody was sent": ("incident", 8, without(1), ["Incident.nobody_sent", "Unit.arrive.missing", "Unit.arrive.order"]),
    "transferred late": ("incident", 3, later(2, 1), ["Incident.transfer_time"]),
    "transferred without being found another's": ("incident", 3, without(1), ["Incident.ours"]),
    "transferred by the desk": ("incident", 3, signed(2, DESK), ["Incident.transfer_case.by"]),
    "ten minutes to arrive in town": ("incident", 8, moved(3, seconds=360), ["Unit.arrival"]),
    "a crime passed on that was not taken as one": ("incident", 10, without(4), ["Incident.case_not_taken"] + ["Incident.not_a_crime"] * 2),
}
STRUCTURE: dict[str, Planted] = {
    "a sixth unit": ("unit_plan", 0, without(7), ["UnitPlan.over_cap"]),
    "approved by the office itself": ("unit_plan", 0, signed(8, PLANNER), ["UnitPlan.approve.by"]),
    "two plans in force": ("unit_plan", 0, answered(9, others=1), ["UnitPlan.former_in_force"]),
    "set up before the plan is in force": ("unit_plan", 0, moved(10, days=-11), ["UnitPlan.not_in_force"]),
    "put in after the approval": ("unit_plan", 0, moved(5, days=26), ["UnitPlan.approved_already"]),
    "ended with a unit standing": ("unit_plan", 0, without(19), ["UnitPlan.still_standing"]),
    "ended by the office itself": ("unit_plan", 0, signed(20, PLANNER), ["UnitPlan.end.by"]),
    "in force without approval": ("unit_plan", 0, without(8), ["UnitPlan.take_effect.missing", "UnitPlan.take_effect.order"]),
    "merged without having been set up": ("unit_plan", 0, without(10), ["Unit.merge.missing", "Unit.merge.order"]),
    "set up twice": ("unit_plan", 0, twice(10), ["Unit.set_up.order"]),
    "withdrawn twice": ("unit_plan", 1, twice(1), ["UnitPlan.withdraw.closed"]),
}
LIAISON: dict[str, Planted] = {
    "nobody named": ("project_liaison", 0, forgetting(1, "officer"), ["ProjectLiaison.nobody"]),
    "named after four days": ("project_liaison", 0, moved(1, days=2), ["ProjectLiaison.to_link"]),
    "named by the officer himself": ("project_liaison", 0, signed(1, OFFICER), ["ProjectLiaison.link.by"]),
    "a week without contact": ("project_liaison", 0, moved(2, days=4), ["ProjectLiaison.weekly"]),
    "raised before anybody was named": ("project_liaison", 0, moved(4, days=-13), ["ProjectLiaison.never_linked"]),
    "assigned by the officer": ("project_liaison", 0, signed(5, OFFICER), ["Problem.assign.by"]),
    "finished unassigned": ("project_liaison", 0, without(5), ["Problem.finish.missing", "Problem.finish.order"]),
    "closed though not solved": ("project_liaison", 0, answered(9, solved=False), ["Problem.unsolved"]),
    "ended with a matter open": ("project_liaison", 0, without(9), ["ProjectLiaison.open_problems"]),
    "ended by the officer": ("project_liaison", 0, signed(12, "民警丙 OFFICER"), ["ProjectLiaison.end.by"]),
    "ended twice": ("project_liaison", 0, twice(12), ["ProjectLiaison.end.closed"]),
}
PROTECTION: dict[str, Planted] = {
    "a forty-first measure": ("protection_measure", 0, answered(0, number=41), ["ProtectionMeasure.out_of_range"]),
    "a number used twice": ("protection_measure", 0, answered(0, same_number=1), ["ProtectionMeasure.numbered_already"]),
    "nobody in charge": ("protection_measure", 0, forgetting(0, "owner_body"), ["ProtectionMeasure.nobody"]),
    "listed by its own body": ("protection_measure", 0, signed(0, BODY), ["ProtectionMeasure.list_.by"]),
    "checked without evidence": ("protection_measure", 0, forgetting(1, "evidence"), ["ProtectionMeasure.no_evidence"]),
    "checked by its own body": ("protection_measure", 0, signed(6, BODY), ["ProtectionMeasure.check.by"]),
    "closed though not done": ("protection_measure", 0, answered(8, result="PARTLY"), ["ProtectionMeasure.not_done"]),
    "closed with a complaint open": ("protection_measure", 0, without(3), ["ProtectionMeasure.complained"]),
    "assessed by the officer": ("protection_measure", 0, signed(5, OFFICER), ["Assessment.give.by"]),
    "answered by the enterprise": ("protection_measure", 0, signed(3, "企业 ENTERPRISE"), ["Complaint.answer.by"]),
    "closed twice": ("protection_measure", 0, twice(9), ["ProtectionMeasure.close.closed"]),
}
REPORTING: dict[str, Planted] = {
    "held after the quarter": ("report_to_people", 0, later(2, 40), ["ReportToPeople.to_hold"]),
    "nobody invited": ("report_to_people", 0, answered(1, invited=0), ["ReportToPeople.nobody"]),
    "planned by a deputy": ("report_to_people", 0, signed(0, AUTHOR), ["ReportToPeople.plan.by"]),
    "an opinion before the event": ("report_to_people", 0, moved(3, days=-30), ["ReportToPeople.not_held"]),
    "answered unassigned": ("report_to_people", 0, without(4), ["Opinion.answer.missing", "Opinion.answer.order"]),
    "answered by its author": ("report_to_people", 0, signed(5, AUTHOR), ["Opinion.answer.by"]),
    "rated by the station": ("report_to_people", 0, signed(8, HOST), ["Opinion.rate.by"]),
    "published with an opinion open": ("report_to_people", 0, moved(9, days=-21), ["ReportToPeople.unanswered"]),
    "published without an event": (
        "report_to_people",
        0,
        without(2),
        ["ReportToPeople.not_held", "ReportToPeople.publish.missing", "ReportToPeople.publish.order", "ReportToPeople.to_hold"],
    ),
    "published by a deputy": ("report_to_people", 0, signed(9, AUTHOR), ["ReportToPeople.publish.by"]),
    "published twice": ("report_to_people", 0, twice(9), ["ReportToPeople.publish.closed"]),
}
CONDUCT: dict[str, Planted] = {
    "appointed by himself": ("conduct_supervisor", 0, signed(0, WATCHER), ["ConductSupervisor.appoint.by"]),
    "an inspection by the inspector alone": ("conduct_supervisor", 0, signed(1, "督察 INSPECTOR"), ["ConductSupervisor.inspect.by"]),
    "a tip by the inspector": ("conduct_supervisor", 0, signed(2, "督察 INSPECTOR"), ["Tip.give.by"]),
    "taken by its author": ("conduct_supervisor", 0, signed(3, WATCHER), ["Tip.take.by"]),
    "answered by its author": ("conduct_supervisor", 0, signed(4, WATCHER), ["Tip.feed_back.by"]),
    "answered untaken": ("conduct_supervisor", 0, without(3), ["Tip.feed_back.missing", "Tip.feed_back.order"]),
    "ended with a tip unanswered": ("conduct_supervisor", 0, without(4), ["ConductSupervisor.pending"]),
    "extended by himself": ("conduct_supervisor", 0, signed(5, WATCHER), ["ConductSupervisor.extend.by"]),
    "ended by himself": ("conduct_supervisor", 0, signed(6, WATCHER), ["ConductSupervisor.end.by"]),
    "ended twice": ("conduct_supervisor", 0, twice(6), ["ConductSupervisor.end.closed"]),
    "a tip after the term": ("conduct_supervisor", 0, added(Act(902, "Tip.give", WATCHER, "t2")), ["ConductSupervisor.over"]),
}
REGISTERS = {1: QUOTA, 2: CALLS, 9: STRUCTURE, 38: LIAISON, 39: PROTECTION, 40: REPORTING, 41: CONDUCT}
PLANTED = [(row, name) for row, planted in REGISTERS.items() for name in planted]


@pytest.mark.parametrize(("row", "name"), PLANTED, ids=str)
def test_a_planted_breach_is_found_and_no_other(row: int, name: str) -> None:
    code, nth, change, expected = REGISTERS[row][name]
    assert found(code, "cases.yaml", nth, None) == [], "lawful before"
    assert found(code, "cases.yaml", nth, change) == sorted(expected)


@pytest.mark.parametrize("row", REGISTERS)
def test_each_row_has_ten_of_its_own_procedures(row: int) -> None:
    own = next(r for r in rows() if r.number == row).procedures
    used = Counter(code for code, *_ in REGISTERS[row].values())
    assert used.total() >= 10
    assert set(used) == set(own), "each procedure of the row is tried"


def planted(value: object, seen: set[int]) -> int:
    """How many breaches a module's lists hold, none counted twice."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    if isinstance(value, Breach | Fault):
        return 1
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return sum(planted(one, seen) for one in inner)


@pytest.mark.parametrize("row", [r.number for r in rows() if r.procedures])
def test_ten_are_planted_for_every_row_that_is_supervised(row: int) -> None:
    if row in REGISTERS:
        return
    (file,) = Path(__file__).parent.glob(f"test_{row:02}_*.py")
    names = vars(import_module(f"tests.institutions.rows.{file.stem}"))
    known = names.get("FAULTS")
    seen = set[int]()
    counted = len(known) if isinstance(known, dict) else sum(planted(value, seen) for value in list(names.values()))
    assert counted >= 10
