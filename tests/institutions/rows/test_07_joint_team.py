"""三勤合一 · One event becomes the right two or three cases, each at its owner; nobody decides for another agency; planted breaches are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Story, added, answered, later, mismatches, signed, without
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.exchange.services import referral_return, referral_take
from tianping.casework.figures import Figures
from tianping.casework.models import Case, Referral
from tianping.casework.outbox.dispatch import drain
from tianping.institutions.police.joint_teams.indicators import JointTeams
from tianping.procedure.roles import Signer

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
DAY = 100
OWNERS = {"to_security": "joint_security", "to_traffic": "joint_traffic", "to_urban": "joint_urban"}


def places(name: str) -> tuple[Actor, dict[str, Actor]]:
    """A team and the three owners."""
    roles = {
        "to_security": ("OFFICER", "CHIEF"),
        "to_traffic": ("TRAFFIC_POLICE",),
        "to_urban": ("URBAN_OFFICER", "URBAN_CHIEF"),
    }
    return office(f"team-{name}", "TEAM_LEADER", "COMMAND_CENTRE", "OFFICER"), {part: office(f"{part}-{name}", *r) for part, r in roles.items()}


def on_scene(team: Actor, **found: bool) -> int:
    """A task at the scene, with what was found."""
    case = opened(team, "joint_task", "order", "COMMAND_CENTRE", day=DAY)
    for n, agency in enumerate(("station", "traffic", "urban")):
        take(team, case, f"Member.join_{agency}", "TEAM_LEADER", {"officer": agency}, day=DAY + 0.01, entity=f"m{n}")
    take(team, case, "set_out", "TEAM_LEADER", day=DAY + 0.02)
    take(team, case, "arrive", "TEAM_LEADER", day=DAY + 0.03)
    take(team, case, "keep_evidence", "OFFICER", {"evidence": "录像1-3"}, day=DAY + 0.04)
    take(team, case, "assess", "TEAM_LEADER", {"brief": "占道、违停、互殴", **found}, day=DAY + 0.05)
    take(team, case, "divide", "TEAM_LEADER", day=DAY + 0.06)
    return case


def send(team: Actor, case: int, part: str, owner: Actor) -> None:
    step_take(
        case_id=case, step=f"{part}.send", actor=team, at=AT + timedelta(days=DAY + 0.07), role="Roles.TEAM_LEADER", entity=part,
        receivers={part: owner.organisation},
    )  # fmt: skip


def received(owner: Actor, case: int, part: str, role: str) -> int:
    row = Referral.objects.get(case_id=case, part=part)
    return referral_take(actor=owner, referral_id=row.pk, at=AT + timedelta(days=DAY + 0.1), role=f"Roles.{role}").case_id


@pytest.mark.parametrize(
    "found",
    [
        {"security_found": True, "traffic_found": True, "urban_found": True},
        {"security_found": False, "traffic_found": True, "urban_found": True},
    ],
    ids=["three", "two"],
)
def test_one_event_becomes_the_right_cases(database: object, found: dict[str, bool]) -> None:
    name = f"n{sum(found.values())}"
    team, owners = places(name)
    case = on_scene(team, **found)
    takers = {"to_security": "OFFICER", "to_traffic": "TRAFFIC_POLICE", "to_urban": "URBAN_OFFICER"}
    with pytest.raises(Refusal) as refused:
        take(team, case, "close", "TEAM_LEADER", day=DAY + 0.065)
    assert why(refused) == ["JointTask.unsent"]
    children = {}
    for part, owner in owners.items():
        if found[f"{part.removeprefix('to_')}_found"]:
            send(team, case, part, owner)
            children[part] = received(owner, case, part, takers[part])
        else:
            with pytest.raises(Refusal) as refused:
                send(team, case, part, owner)
            assert why(refused) == [f"JointTask.no_{part.removeprefix('to_')}"]
    assert len(children) == sum(found.values())
    for part, child in children.items():
        row = Case.objects.select_related("definition").get(pk=child)
        assert (row.definition.code, row.organisation_id) == (OWNERS[part], owners[part].organisation)
        assert (row.facts["brief"], row.facts["evidence"]) == ("占道、违停、互殴", "录像1-3")


def test_no_officer_issues_another_agency_s_decision(database: object) -> None:
    team, owners = places("others")
    case = on_scene(team, security_found=True, traffic_found=False, urban_found=True)
    for part in ("to_security", "to_urban"):
        send(team, case, part, owners[part])
    child = received(owners["to_security"], case, "to_security", "OFFICER")
    chief = owners["to_security"]
    own_keys: dict[str, Any] = {"case_id": child, "step": "decide", "at": AT + timedelta(days=DAY + 1)}
    stranger = Actor("张交", chief.organisation, frozenset({"Roles.TRAFFIC_POLICE"}), chief.keys)
    with pytest.raises(Refusal) as refused:
        step_take(actor=stranger, role="Roles.TRAFFIC_POLICE", co_signers=(Signer("郑局", "Roles.CHIEF"),), **own_keys)
    assert why(refused) == ["JointSecurity.decide.by"]
    step_take(actor=chief, role="Roles.OFFICER", co_signers=(Signer("郑局", "Roles.CHIEF"),), **own_keys)
    urban = Referral.objects.get(case_id=case, part="to_urban")
    referral_return(actor=owners["to_urban"], referral_id=urban.pk, reason="不属于城管职权", at=AT + timedelta(days=DAY + 1), outcome="no_offence")
    drain(at=AT + timedelta(days=DAY + 2))
    take(team, case, "close", "TEAM_LEADER", day=DAY + 3)
    rows = Figures().cases(JointTeams.misrouted)["case_id"].to_pylist()
    assert str(case) in rows


LEAD, TWO = "赵队 TEAM_LEADER", "张交 TRAFFIC_POLICE, 李交 TRAFFIC_POLICE"
TASK: Story = (
    Act(0, "JointTask.order", LEAD),
    Act(0.01, "Member.join_station", LEAD, "m1", {"officer": "a"}),
    Act(0.01, "Member.join_traffic", LEAD, "m2", {"officer": "b"}),
    Act(0.01, "Member.join_urban", LEAD, "m3", {"officer": "c"}),
    Act(0.02, "JointTask.set_out", LEAD),
    Act(0.03, "JointTask.arrive", LEAD),
    Act(0.04, "JointTask.assess", LEAD, facts={"brief": "x", "security_found": True, "traffic_found": False, "urban_found": True}),
    Act(0.05, "JointTask.divide", LEAD),
    Act(0.06, "to_security.send", LEAD, "s"),
    Act(0.06, "to_urban.send", LEAD, "u"),
    Act(1, "to_security.receive", "平台 EXCHANGE", "s"),
    Act(1, "to_urban.receive", "平台 EXCHANGE", "u"),
    Act(9, "to_security.answer", "平台 EXCHANGE", "s", {"to_security_outcome": "decided"}),
    Act(9, "to_urban.answer", "平台 EXCHANGE", "u", {"to_urban_outcome": "decided"}),
    Act(10, "JointTask.close", LEAD),
)
TRAFFIC: Story = (
    Act(0, "JointTraffic.take", "张交 TRAFFIC_POLICE", facts={"brief": "x", "evidence": "y"}),
    Act(5, "JointTraffic.come_fine", "张交 TRAFFIC_POLICE", facts={"penalty": "FINE"}),
    Act(5.5, "JointTraffic.decide", TWO),
)
ON_THE_SPOT: Story = (
    Act(0, "JointTraffic.take", "张交 TRAFFIC_POLICE", facts={"brief": "x", "evidence": "y"}),
    Act(0.1, "JointTraffic.fine_at_once", "张交 TRAFFIC_POLICE", facts={"minor": True}),
    Act(0.2, "JointTraffic.file", "张交 TRAFFIC_POLICE"),
)
SECURITY: Story = (
    Act(0, "JointSecurity.take", "周警 OFFICER", facts={"brief": "x", "evidence": "y"}),
    Act(20, "JointSecurity.prolong", "市局 UPPER_POLICE"),
    Act(55, "JointSecurity.decide", "周警 OFFICER, 郑局 CHIEF"),
)


IN_TASK = [
    Breach("two agencies", TASK, without("Member.join_urban"), ("JointTask.incomplete",)),
    Breach("sent for nothing", TASK, added(Act(0.07, "to_traffic.send", LEAD, "t")), ("JointTask.no_traffic", "JointTask.unanswered")),
    Breach("a part unsent", TASK, lambda s: [a for a in s if not a.do.startswith("to_urban")], ("JointTask.unsent",)),
    Breach("closed unanswered", TASK, without("to_urban.answer"), ("JointTask.unanswered",)),
    Breach("split by nobody's leader", TASK, signed("JointTask.divide", "周警 OFFICER"), ("JointTask.divide.by",)),
    Breach(
        "never arrived",
        TASK,
        without("JointTask.arrive"),
        ("JointTask.assess.missing", "JointTask.assess.order", "JointTask.divide.missing", "JointTask.divide.order"),
    ),
]
IN_TRAFFIC = [
    Breach("fined late", TRAFFIC, later("JointTraffic.decide", 3), ("JointTraffic.to_fine",)),
    Breach("decided alone", TRAFFIC, signed("JointTraffic.decide", "张交 TRAFFIC_POLICE"), ("JointTraffic.decide.by",)),
    Breach("the wrong penalty", TRAFFIC, answered("JointTraffic.come_fine", penalty="REVOCATION"), ("JointTraffic.a_fine",)),
    Breach("filed late", ON_THE_SPOT, later("JointTraffic.file", 15), ("JointTraffic.to_file",)),
    Breach("not minor", ON_THE_SPOT, answered("JointTraffic.fine_at_once", minor=False), ("JointTraffic.not_minor",)),
]
IN_SECURITY = [
    Breach("without approval", SECURITY, without("JointSecurity.prolong"), ("JointSecurity.to_decide",)),
    Breach("after sixty days", SECURITY, later("JointSecurity.decide", 20), ("JointSecurity.to_decide",)),
    Breach("another agency decides", SECURITY, signed("JointSecurity.decide", "张交 TRAFFIC_POLICE, 郑局 CHIEF"), ("JointSecurity.decide.by",)),
    Breach(
        "prolonged twice",
        SECURITY,
        lambda s: [*s, replace(s[1], day=25)],
        ("JointSecurity.prolong.count", "JointSecurity.to_decide.extend1.times"),
    ),
]


def test_planted_breaches_are_found_and_no_other() -> None:
    assert len(IN_TASK) + len(IN_TRAFFIC) + len(IN_SECURITY) >= 10
    assert mismatches("joint_task", [TASK], IN_TASK, start=date(2022, 1, 4)) == []
    assert mismatches("joint_traffic", [TRAFFIC, ON_THE_SPOT], IN_TRAFFIC, start=date(2022, 1, 4)) == []
    assert mismatches("joint_security", [SECURITY], IN_SECURITY, start=date(2022, 1, 4)) == []
