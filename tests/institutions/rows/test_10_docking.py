"""诉调对接 · The funnel of the report from its cases; what may not be confirmed is refused with its article."""

from __future__ import annotations

from datetime import date

import pytest

from tests.casework.conftest import Replay
from tests.casework.conftest import replayed as replayed
from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Story, answered, later, mismatches, signed
from tianping.casework.errors import Refusal
from tianping.casework.models import Organisation


def share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


def test_the_funnel_of_the_report(replayed: Replay) -> None:
    found = replayed.counted
    assert share(found.closed, found.pushed) == 90.9
    assert share(found.settled, found.closed) == 42.7
    assert share(found.settled, found.pushed) == 38.8
    assert share(found.confirmed, found.settled) == 30.3
    assert (found.closed - found.settled, found.pushed - found.closed) == (658, 115)


@pytest.mark.parametrize("bar", ["STATUS", "OUT_OF_SCOPE", "OTHER_PROCEDURE", "TITLE"])
def test_a_confirmation_of_identity_or_kinship_is_refused(database: object, bar: str) -> None:
    court = office("confirm-10", "APPLICANT", "OPPONENT", "FILING_JUDGE", kind="court")
    Organisation.objects.filter(pk=court.organisation).update(court_code="晋0798")
    facts = {"effective": "2022-05-30", "self_run": False, "inviting": True, "connected": False, "level_fits": True}
    case = opened(court, "judicial_confirmation", "apply", "APPLICANT", facts, day=366, co="OPPONENT")
    with pytest.raises(Refusal) as refused:
        take(court, case, "accept", "FILING_JUDGE", {"bar": bar}, day=367)
    assert [rule.split(".")[-1] for rule in why(refused)] == ["barred"]
    assert "CI22 355" in refused.value.reasons[0].cites
    take(court, case, "decline", "FILING_JUDGE", {"bar": bar}, day=367)


BOTH, JUDGE, MEDIATOR = "甲 APPLICANT, 乙 OPPONENT", "王立 FILING_JUDGE", "赵调 MEDIATOR"
ON = "OnlineMediation."
SETTLED: Story = (
    Act(0, f"{ON}push", JUDGE, facts={"origin": "DELEGATED"}),
    Act(0.1, f"{ON}agree", BOTH),
    Act(0.2, f"{ON}choose", BOTH),
    Act(0.3, f"{ON}accept", MEDIATOR, facts={"conflict": False}),
    Act(0.4, f"{ON}begin", MEDIATOR, facts={"manner": "VIDEO"}),
    Act(10, f"{ON}settle", f"{BOTH}, {MEDIATOR}"),
    Act(11, "confirmation.send", BOTH, "c"),
)
ALONE: Story = (
    Act(0, f"{ON}apply", "甲 APPLICANT", facts={"in_scope": True, "competent": True, "suitable": True}),
    Act(0.1, f"{ON}appoint", JUDGE),
    Act(0.2, f"{ON}accept_alone", MEDIATOR, facts={"conflict": False}),
    Act(0.3, f"{ON}contact", MEDIATOR),
    Act(0.4, f"{ON}begin", MEDIATOR),
    Act(10, f"{ON}break_off", MEDIATOR, facts={"ending": "TOO_FAR_APART"}),
)
BREACHES = [
    Breach("chosen late", SETTLED, later(f"{ON}choose", 20), (f"{ON}to_choose", f"{ON}to_appoint")),
    Breach("accepted late", SETTLED, later(f"{ON}accept", 20), (f"{ON}to_accept",)),
    Breach("too long", SETTLED, later(f"{ON}settle", 60), (f"{ON}to_mediate",)),
    Breach("confirmation too late", SETTLED, later("confirmation.send", 60), (f"{ON}to_confirm",)),
    Breach("a conflict nobody accepted", SETTLED, answered(f"{ON}accept", conflict=True), (f"{ON}conflicted", f"{ON}conflicted")),
    Breach("signed by one side", SETTLED, signed(f"{ON}settle", f"甲 APPLICANT, {MEDIATOR}"), (f"{ON}settle.by",)),
    Breach("agreed by one side", SETTLED, signed(f"{ON}agree", "甲 APPLICANT"), (f"{ON}agree.by",)),
    Breach("the other side asked late", ALONE, later(f"{ON}contact", 20), (f"{ON}to_contact",)),
    Breach("named late", ALONE, later(f"{ON}appoint", 20), (f"{ON}to_appoint",)),
    Breach("named by a party", ALONE, signed(f"{ON}appoint", "甲 APPLICANT"), (f"{ON}appoint.by",)),
    Breach("confirmation of nothing", ALONE, lambda s: [*s, Act(12, "confirmation.send", BOTH, "c")], (f"{ON}not_settled",)),
]


def test_ten_planted_breaches_are_found_and_no_other() -> None:
    assert len(BREACHES) >= 10
    assert mismatches("online_mediation", [SETTLED, ALONE], BREACHES, start=date(2022, 1, 4)) == []
