"""检察和解 · A reconciliation is linked to its case and to the visit that follows; planted breaches are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Breach, Story, again, answered, mismatches, signed, without, worked
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.exchange.services import referral_take
from tianping.casework.models import Event, Referral
from tianping.casework.outbox.dispatch import drain

DAY = timedelta(days=1)


def test_a_reconciliation_is_linked_to_its_case_and_its_visit(database: object) -> None:
    own = office("procuratorate-11", "CHIEF", "PROSECUTOR", "PARTY", "OPPONENT", kind="procuratorate")
    with pytest.raises(Refusal) as refused:
        opened(own, "reconciliation", "propose", "PROSECUTOR", {"origin": "CIVIL", "linked": ""})
    assert why(refused) == ["Reconciliation.unlinked"]
    crime = opened(own, "criminal_case", "open_case", "CHIEF")
    take(own, crime, "transfer", "CHIEF", day=1)
    to = {"reconciling": own.organisation}
    step_take(case_id=crime, step="suggest", actor=own, at=AT + 2 * DAY, role="Roles.PROSECUTOR", receivers=to)
    sent = Referral.objects.get(case_id=crime)
    asked = {"origin": "CRIMINAL", "linked": str(crime)}
    case = referral_take(actor=own, referral_id=sent.pk, at=AT + 3 * DAY, facts=asked, role="Roles.PROSECUTOR").case_id
    sent.refresh_from_db()
    assert sent.received_id == case
    take(own, case, "organise", "PROSECUTOR", {"in_scope": True, "recent_crime": False}, day=3)
    agreed = {"remorse": True, "forgiven": True, "voluntary": True}
    with pytest.raises(Refusal) as refused:
        take(own, case, "agree", "PARTY", agreed, day=4, co="OPPONENT")
    assert why(refused) == ["Reconciliation.no_record"]
    take(own, case, "Session.hold", "PROSECUTOR", {"form": "TALK"}, day=4, entity="s1")
    take(own, case, "Session.record", "PROSECUTOR", day=4, entity="s1")
    take(own, case, "agree", "PARTY", agreed, day=5, co="OPPONENT")
    take(own, case, "perform", "PARTY", day=6)
    take(own, case, "visit", "PROSECUTOR", {"again": False}, day=9)
    drain(at=AT + 9 * DAY)
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == ("answered", "reconciled")
    assert Event.objects.filter(case_id=crime, step="reconciling.answer").exists()
    assert Event.objects.filter(case_id=case).order_by("-seq")[0].step == "Reconciliation.visit"


AGREED, NOT_AGREED = worked("reconciliation", 0), worked("reconciliation", 2)
R = "Reconciliation."
BREACHES = [
    Breach("a case out of scope", AGREED, answered(R + "organise", in_scope=False), (R + "out_of_scope",)),
    Breach("a deliberate crime before", AGREED, answered(R + "organise", recent_crime=True), (R + "out_of_scope",)),
    Breach("no remorse", AGREED, answered(R + "agree", remorse=False), (R + "unremorseful",)),
    Breach("forced", AGREED, answered(R + "agree", voluntary=False), (R + "forced",)),
    Breach("the sides were not heard", AGREED, without("Session.record"), (R + "no_record",)),
    Breach("signed by the prosecutor", AGREED, signed(R + "agree", "赵检 PROSECUTOR"), (R + "agree.by",)),
    Breach("not performed", AGREED, without(R + "perform"), (R + "unperformed",)),
    Breach("visited twice", AGREED, again(R + "visit", 120), (R + "visit.closed",)),
    Breach("belongs to no case", AGREED, answered(R + "propose", linked=""), (R + "unlinked",)),
    Breach("agreed before it was organised", AGREED, without(R + "organise"), (R + "agree.missing", R + "agree.order")),
    Breach("visited by a party", NOT_AGREED, signed(R + "visit_failed", "张某 PARTY"), (R + "visit_failed.by",)),
    Breach("a hearing held as a talk", AGREED, answered("Session.hold", form="HEARING"), ("Session.not_talk",)),
]
PLANTED = [("reconciliation", [AGREED, NOT_AGREED], BREACHES, date(2022, 3, 1))]


@pytest.mark.parametrize(("code", "stories", "breaches", "start"), PLANTED, ids=lambda v: v if isinstance(v, str) else "")
def test_planted_breaches_are_found_and_nothing_else(code: str, stories: list[Story], breaches: list[Breach], start: date) -> None:
    assert mismatches(code, stories, breaches, start=start) == []
