"""警检协作 · A resident prosecutor sees what the mechanism carries and no more; both sides read one clock; no third supplement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Story, added, again, answered, later, mismatches, signed, without, worked
from tianping.casework.access.keys import keys_for, make_keys
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase, Refusal
from tianping.casework.exchange.services import referral_take
from tianping.casework.models import AccessKey, Case, Clock, Referral
from tianping.casework.outbox.dispatch import drain
from tianping.casework.selectors.detail import case_detail
from tianping.casework.selectors.lists import case_list
from tianping.procedure.roles import Signer

DAY = timedelta(days=1)


def receiving(own: Actor) -> Actor:
    """The actor with the key that opens what is referred to the institution, as a post gives it."""
    make_keys([own.organisation])
    return replace(own, keys=tuple(AccessKey.objects.filter(organisation_id=own.organisation).values_list("pk", flat=True)))


def owning(own: Actor) -> Actor:
    """The same without that key: a case of one's own is opened with what its institution gives it."""
    return replace(own, keys=keys_for(own.organisation))


@pytest.fixture
def police(database: object) -> Actor:
    return receiving(office("bureau-24", "CHIEF", "OFFICER", "LEGAL_REVIEW"))


@pytest.fixture
def resident(database: object) -> Actor:
    return receiving(office("procuratorate-24", "PROSECUTOR", "RESIDENT_PROSECUTOR", "CHIEF_PROSECUTOR", "CASE_MANAGEMENT", kind="procuratorate"))


def sends(own: Actor, case: int, step: str, role: str, facts: dict[str, Any], part: str, to: Actor, day: float, co: str = "") -> int:
    """A step that sends a matter to another institution: the referral."""
    co_signers = (Signer("co.signer", f"Roles.{co}"),) if co else ()
    step_take(
        case_id=case, step=step, actor=own, at=AT + timedelta(days=day), facts=facts, role=f"Roles.{role}", receivers={part: to.organisation},
        co_signers=co_signers,
    )  # fmt: skip
    return Referral.objects.get(case_id=case, part=part, state="sent").pk


def test_a_resident_prosecutor_sees_what_the_mechanism_grants_and_no_more(police: Actor, resident: Actor) -> None:
    crime = opened(owning(police), "criminal_case", "open_case", "CHIEF")
    asked = {"subject": "某案1号", "mechanism": "EARLY", "own_view": "只供内部研判"}
    case = opened(owning(police), "cooperation", "propose", "LEGAL_REVIEW", asked)
    with pytest.raises(NoSuchCase):
        case_detail(resident, case, AT + DAY)
    with pytest.raises(Refusal) as refused:
        sends(police, case, "ask_early", "LEGAL_REVIEW", {"weight": "ORDINARY"}, "early", resident, 1)
    assert "Cooperation.not_weighty" in why(refused)
    referral = sends(police, case, "ask_early", "LEGAL_REVIEW", {"weight": "COMPLEX"}, "early", resident, 1)
    seen = case_detail(resident, case, AT + 2 * DAY)
    assert seen.facts == {"subject": "某案1号", "mechanism": "EARLY", "weight": "COMPLEX"}
    assert {e.step for e in seen.events} == {"early.send"}
    assert (seen.parties, seen.documents) == ((), ())
    assert case_detail(police, case, AT + 2 * DAY).facts["own_view"] == "只供内部研判"
    assert crime not in [row.id for row in case_list(resident, at=AT + 2 * DAY).rows]
    with pytest.raises(NoSuchCase):
        case_detail(resident, crime, AT + 2 * DAY)
    with pytest.raises(NoSuchCase):
        take(resident, case, "note", "RESIDENT_PROSECUTOR", day=2)
    work = referral_take(actor=resident, referral_id=referral, at=AT + 3 * DAY, role="Roles.RESIDENT_PROSECUTOR").case_id
    assert case_detail(resident, work, AT + 3 * DAY).facts == {"subject": "某案1号", "mechanism": "EARLY"}
    take(resident, work, "begin", "RESIDENT_PROSECUTOR", day=3)
    with pytest.raises(Refusal) as refused:
        take(resident, work, "feed_back", "RESIDENT_PROSECUTOR", {"result": "无"}, day=4)
    assert "CooperationWork.no_opinion" in why(refused)
    take(resident, work, "Opinion.give", "RESIDENT_PROSECUTOR", day=4, entity="o1")
    take(office("procuratorate-24", "OFFICER"), work, "Opinion.reply", "OFFICER", {"adopted": True}, day=5, entity="o1")
    take(resident, work, "feed_back", "RESIDENT_PROSECUTOR", {"result": "意见采纳"}, day=6)
    drain(at=AT + 6 * DAY)
    with pytest.raises(NoSuchCase):
        case_detail(resident, case, AT + 7 * DAY)
    take(police, case, "note", "LEGAL_REVIEW", day=7)
    take(police, case, "archive", "LEGAL_REVIEW", day=8)
    assert Case.objects.get(pk=case).stage == "archived"


def test_both_sides_see_the_same_clock(police: Actor, resident: Actor) -> None:
    case = opened(owning(resident), "filing_supervision", "accept", "PROSECUTOR", {"subject": "控告某诈骗"})
    first = sends(resident, case, "require", "PROSECUTOR", {}, "explanation", police, 1)
    reply = referral_take(actor=police, referral_id=first, at=AT + 2 * DAY, role="Roles.LEGAL_REVIEW").case_id
    ours = Clock.objects.get(case_id=case, code="FilingSupervision.to_explain")
    theirs = Clock.objects.get(case_id=reply, code="FilingExplanation.to_explain")
    assert (ours.since, ours.due) == (theirs.since, theirs.due)
    assert ours.due.astimezone(AT.tzinfo).date() == date(2021, 6, 10)
    seen = {c.code: f"{c.due:%F}" for c in case_detail(police, case, AT + 3 * DAY).clocks}
    assert seen == {"FilingSupervision.to_explain": "2021-06-10"}
    take(police, reply, "explain", "LEGAL_REVIEW", day=4)
    drain(at=AT + 4 * DAY)
    assert Case.objects.get(pk=case).stage == "judging"
    second = sends(resident, case, "notify", "PROSECUTOR", {"reason_holds": False}, "order", police, 5, co="CHIEF_PROSECUTOR")
    notice = referral_take(actor=police, referral_id=second, at=AT + 6 * DAY, role="Roles.LEGAL_REVIEW").case_id
    ours, theirs = Clock.objects.get(case_id=case, code="FilingSupervision.to_open"), Clock.objects.get(case_id=notice, code="FilingOrder.to_file")
    assert (ours.since, ours.due) == (theirs.since, theirs.due)
    take(police, notice, "file", "CHIEF", day=10)
    drain(at=AT + 10 * DAY)
    assert Case.objects.get(pk=case).stage == "watched"


def test_a_third_supplement_is_impossible(police: Actor, resident: Actor) -> None:
    case = opened(owning(police), "criminal_case", "open_case", "CHIEF", keys=owning(resident).keys)
    take(police, case, "transfer", "CHIEF", day=1)
    for n in range(2):
        take(resident, case, "return_case", "PROSECUTOR", day=2 + 2 * n)
        take(police, case, "transfer_again", "CHIEF", day=3 + 2 * n)
    with pytest.raises(Refusal) as refused:
        take(resident, case, "return_case", "PROSECUTOR", day=7)
    assert why(refused) == ["CriminalCase.return_case.count"]
    mine, theirs = ({(c.code, c.due) for c in case_detail(actor, case, AT + 7 * DAY).clocks} for actor in (police, resident))
    assert mine == theirs
    assert "CriminalCase.review" in {code for code, _ in mine}


EARLY, LISTED_LATE, WORK = worked("cooperation", 1), worked("cooperation", 3), worked("cooperation_work", 0)
OPENED, TOLD, REVIEW = worked("filing_supervision", 0), worked("filing_supervision", 1), worked("arrest_reconsideration", 0)
C, F, A, W = "Cooperation.", "FilingSupervision.", "ArrestReconsideration.", "CooperationWork."
BOTH = "赵检 PROSECUTOR, 钱检 CHIEF_PROSECUTOR"
IN_COOPERATION = [
    Breach(
        "early intervention in an ordinary case",
        EARLY,
        answered(C + "ask_early", weight="ORDINARY"),
        (C + "not_weighty", C + "not_weighty"),
    ),
    Breach("noted before the answer", EARLY, without("early.answer"), (C + "pending",)),
    Breach("filed by an officer", EARLY, signed(C + "archive", "周警 OFFICER"), (C + "archive.by",)),
    Breach("listed case answered late", LISTED_LATE, later("listed.answer", 60), (C + "to_report",)),
]
IN_WORK = [
    Breach("no opinion", WORK, lambda s: [a for a in s if not a.do.startswith("Opinion")], (W + "no_opinion",)),
    Breach("no reply", WORK, without("Opinion.reply"), (W + "unreplied",)),
    Breach("no minutes", WORK, without("Session.minute"), (W + "unminuted",)),
    Breach("an opinion by the police", WORK, signed("Opinion.give", "周警 OFFICER"), ("Opinion.give.by",)),
    Breach("reported twice", WORK, again(W + "feed_back", 12), (W + "feed_back.closed",)),
]
IN_FILING = [
    Breach("explained late", OPENED, later("explanation.answer", 30), (F + "to_explain",)),
    Breach("opened late", OPENED, later("order.answer", 40), (F + "to_open",)),
    Breach("without the chief prosecutor", OPENED, signed(F + "notify", "赵检 PROSECUTOR"), (F + "notify.by",)),
    Breach("notified though the reasons hold", OPENED, answered(F + "notify", reason_holds=True), (F + "holds",)),
    Breach("a notice of a breach too early", OPENED, added(Act(20, F + "correct", BOTH)), (F + "not_before_breach",)),
    Breach("told late", TOLD, later(F + "tell", 40), (F + "to_tell",)),
    Breach("urged before three months", OPENED, added(Act(60, F + "hurry", "赵检 PROSECUTOR")), (F + "not_before_hurry",)),
]
IN_REVIEW = [
    Breach("asked late", REVIEW, later(A + "ask", 30), (A + "to_ask",)),
    Breach("decided late", REVIEW, later(A + "uphold", 30), (A + "to_decide",)),
    Breach("asked above late", REVIEW, later(A + "ask_upper", 30), (A + "to_ask_upper",)),
    Breach("decided above late", REVIEW, later(A + "change_above", 40), (A + "to_decide_upper",)),
    Breach("by the prosecutor who refused", REVIEW, answered(A + "uphold", same_prosecutor=True), (A + "same",)),
    Breach("while still held", REVIEW, answered(A + "ask", released=False), (A + "still_held",)),
]
PLANTED = [
    ("cooperation", [EARLY], IN_COOPERATION, date(2022, 3, 1)),
    ("cooperation_work", [WORK], IN_WORK, date(2022, 3, 1)),
    ("filing_supervision", [OPENED, TOLD], IN_FILING, date(2022, 3, 1)),
    ("arrest_reconsideration", [REVIEW], IN_REVIEW, date(2022, 3, 1)),
]


@pytest.mark.parametrize(("code", "stories", "breaches", "start"), PLANTED, ids=lambda v: v if isinstance(v, str) else "")
def test_planted_breaches_are_found_and_nothing_else(code: str, stories: list[Story], breaches: list[Breach], start: date) -> None:
    assert mismatches(code, stories, breaches, start=start) == []
