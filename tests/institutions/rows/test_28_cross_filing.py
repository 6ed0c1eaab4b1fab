"""跨域立案 · Two courts, one matter: the helper cannot decide, the competent court cannot lose it; planted breaches are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.institutions.rows.live import AT, office, opened, why
from tests.institutions.rows.planting import Act, Breach, added, again, answered, later, mismatches, signed, without
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.exchange.errors import NoReason, NoSuchReferral
from tianping.casework.exchange.services import Received, referral_return, referral_take
from tianping.casework.models import Case, Clock, Referral
from tianping.casework.outbox.dispatch import drain
from tianping.institutions.courts.filing.procedures.cross_filing.procedure import CrossFiling
from tianping.law.errors import TianpingError
from tianping.procedure.registry import find
from tianping.procedure.tables import compiled

NOON = AT + timedelta(days=365)
ROLES = ("FILING_JUDGE", "CLERK", "APPLICANT")


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


class Two:
    """A helper court and the competent one, and a complaint on its way."""

    def __init__(self, name: str) -> None:
        self.helper = office(f"helper-{name}", *ROLES, kind="court")
        self.owner = office(f"owner-{name}", *ROLES, kind="court")
        self.case = opened(self.helper, "cross_filing", "CrossFiling.receive", "CLERK", {"suit": "ORDINARY", "court_chosen": "甲县人民法院"}, day=365)
        self.help("check", 5, "CLERK", form_complete=True)
        self.push(10)

    def help(self, step: str, at: float, role: str, **facts: object) -> None:
        step_take(case_id=self.case, step=step, actor=self.helper, at=NOON + minutes(at), facts=facts, role=f"Roles.{role}")

    def push(self, at: float) -> None:
        to = {"request": self.owner.organisation}
        step_take(case_id=self.case, step="push", actor=self.helper, at=NOON + minutes(at), role="Roles.FILING_JUDGE", receivers=to)

    def referral(self) -> Referral:
        return Referral.objects.filter(case_id=self.case).order_by("-pk")[0]

    def take(self, at: float) -> Received:
        return referral_take(actor=self.owner, referral_id=self.referral().pk, at=NOON + minutes(at), role="Roles.FILING_JUDGE")

    def decide(self, case: int, step: str, at: float, **facts: object) -> None:
        step_take(case_id=case, step=step, actor=self.owner, at=NOON + minutes(at), facts=facts, role="Roles.FILING_JUDGE")

    def stage(self) -> str:
        return Case.objects.get(pk=self.case).stage


def test_the_helper_cannot_decide(database: object) -> None:
    two = Two("decide")
    held = compiled(find("cross_filing").current)
    deciding = [s.step for s in held.steps if s.step.target is not None and s.step.target.name in ("answered", "correcting", "returned")]
    assert {r.name for step in deciding if step.owner is CrossFiling for group in step.by.sets() for r in group} == {"SYSTEM"}
    with pytest.raises(Refusal) as refused:
        two.help("note_filed", 20, "FILING_JUDGE")
    assert {"CrossFiling.note_filed.by", "CrossFiling.note_filed.on"} <= set(why(refused))
    with pytest.raises(Refusal) as refused:
        two.help("deliver", 20, "CLERK")
    assert "CrossFiling.deliver.order" in why(refused)
    with pytest.raises(NoSuchReferral):
        referral_take(actor=two.helper, referral_id=two.referral().pk, at=NOON + minutes(20), role="Roles.FILING_JUDGE")
    got = two.take(22)
    with pytest.raises(TianpingError):
        step_take(
            case_id=got.case_id, step="file", actor=two.helper, at=NOON + minutes(23), role="Roles.FILING_JUDGE",
            facts={"competent": True, "qualifies": True},
        )  # fmt: skip
    assert Case.objects.get(pk=got.case_id).stage == "reviewing"
    two.decide(got.case_id, "file", 60, competent=True, qualifies=True)
    drain(at=NOON + minutes(61))
    assert two.stage() == "answered"
    two.help("deliver", 70, "CLERK")
    assert two.stage() == "delivered"


def test_the_owner_cannot_lose_the_item(database: object) -> None:
    two = Two("lose")
    late = Clock.objects.get(case_id=two.case, code="CrossFiling.to_reply")
    assert late.due - late.since == minutes(15)
    with pytest.raises(NoReason):
        referral_return(actor=two.owner, referral_id=two.referral().pk, reason="", at=NOON + minutes(30), outcome="not_competent")
    assert two.referral().state == "sent"
    assert two.stage() == "pushed"
    got = two.take(40)
    assert Clock.objects.get(pk=late.pk).status == "met_late"
    running = Clock.objects.get(case_id=got.case_id, code="CrossReview.to_decide")
    assert (running.due.astimezone().date() - running.since.astimezone().date()).days == 7
    ends = {t.code for t in compiled(find("cross_review").current).tracks[0].stages if t.end}
    answers = {t.code for t in compiled(find("cross_review").current).tracks[0].stages if t.answers is not None}
    assert ends == answers
    two.decide(got.case_id, "tell_correction", 60)
    drain(at=NOON + minutes(61))
    assert two.stage() == "correcting"
    two.help("correct", 90, "APPLICANT")
    two.push(95)
    second = two.take(100)
    assert Case.objects.get(pk=second.case_id).facts["corrected"] is True
    with pytest.raises(Refusal) as refused:
        two.decide(second.case_id, "tell_correction", 110)
    assert why(refused) == ["CrossReview.told_already"]
    two.decide(second.case_id, "refuse", 120, qualifies=False, reason="NO_CLAIM", appeal_to="市中级人民法院")
    drain(at=NOON + minutes(121))
    assert (two.stage(), two.referral().outcome) == ("answered", "refused")


def test_what_is_sent_back_may_go_to_another_court(database: object) -> None:
    two = Two("elsewhere")
    referral_return(
        actor=two.owner, referral_id=two.referral().pk, reason="被告住所地不在本辖区", at=NOON + minutes(12), outcome="not_competent"
    )  # fmt: skip
    assert two.stage() == "returned"
    two.owner = office("owner-other", *ROLES, kind="court")
    two.push(30)
    assert two.take(35).stage == "reviewing"


JUDGE, CLERK, PARTY = "王立 FILING_JUDGE", "李书 CLERK", "甲 APPLICANT"
MINUTE = 1 / 1440
HELPED = (
    Act(0, "CrossFiling.receive", CLERK, facts={"suit": "ORDINARY", "court_chosen": "甲县人民法院"}),
    Act(5 * MINUTE, "CrossFiling.check", CLERK, facts={"form_complete": True}),
    Act(10 * MINUTE, "CrossFiling.push", JUDGE),
    Act(10 * MINUTE, "request.send", JUDGE, "r1"),
    Act(20 * MINUTE, "request.receive", "平台 EXCHANGE", "r1"),
    Act(1, "request.answer", "平台 EXCHANGE", "r1", {"request_outcome": "filed"}),
    Act(1, "CrossFiling.note_filed", "系统 SYSTEM"),
    Act(2, "CrossFiling.deliver", CLERK),
)
DECIDED = (
    Act(0, "CrossReview.take_in", JUDGE, facts={"suit": "ORDINARY", "corrected": True}),
    Act(3, "CrossReview.file", JUDGE, facts={"competent": True, "qualifies": True}),
)
REFUSED = (
    DECIDED[0],
    Act(3, "CrossReview.refuse", JUDGE, facts={"qualifies": False, "reason": "NO_CLAIM", "appeal_to": "中院"}),
)
NEVER_SENT = ("CrossFiling.push.opens", "request.receive.order", "request.receive.missing")
AT_THE_HELPER = (
    Breach("late reply", HELPED, later("request.receive", 0.5), ("CrossFiling.to_reply",)),
    Breach("form incomplete", HELPED, answered("CrossFiling.check", form_complete=False), ("CrossFiling.form_lacking",)),
    Breach("no court", HELPED, answered("CrossFiling.receive", court_chosen=None), ("CrossFiling.no_court",)),
    Breach("never sent", HELPED, without("request.send"), NEVER_SENT),
    Breach("form not checked", HELPED, without("CrossFiling.check"), ("CrossFiling.push.missing", "CrossFiling.push.order")),
    Breach("the helper files itself", HELPED, signed("CrossFiling.note_filed", JUDGE), ("CrossFiling.note_filed.by",)),
    Breach("told filed though refused", HELPED, answered("request.answer", request_outcome="refused"), ("CrossFiling.note_filed.on",)),
    Breach("delivered twice", HELPED, again("CrossFiling.deliver", 3), ("CrossFiling.deliver.closed",)),
    Breach("taken back after the end", HELPED, added(Act(4, "CrossFiling.give_up", PARTY)), ("CrossFiling.give_up.closed",)),
)  # fmt: skip
AT_THE_OWNER = (
    Breach("late decision", DECIDED, later("CrossReview.file", 20), ("CrossReview.to_decide",)),
    Breach("not competent, and filed", DECIDED, answered("CrossReview.file", competent=False), ("CrossReview.not_competent",)),
    Breach("a clerk decides", DECIDED, signed("CrossReview.file", CLERK), ("CrossReview.file.by",)),
    Breach("refused without ground", REFUSED, answered("CrossReview.refuse", reason=None), ("CrossReview.no_reason",)),
    Breach("refused though it qualifies", REFUSED, answered("CrossReview.refuse", qualifies=True), ("CrossReview.unqualified",)),
)


def test_ten_planted_breaches_are_found_and_nothing_else() -> None:
    assert mismatches("cross_filing", [HELPED], AT_THE_HELPER, start=date(2022, 3, 1)) == []
    assert mismatches("cross_review", [DECIDED, REFUSED], AT_THE_OWNER, start=date(2022, 3, 1)) == []
