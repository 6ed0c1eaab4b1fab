"""一起诉讼 · Handed in at a court far away: the competent court, fee, triage, a team of 1+2+2, e-service, hearing, templated judgment, refund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.journeys.telling import Side, Story, delivered, due, found, on, outcome, side, stage
from tianping.casework.errors import NoSuchStep, Refusal
from tianping.law.fees import Halving, halved, property_case

CLAIMED = Decimal(100_000)
FORM: dict[str, Any] = {
    "clear": True,
    "small_agreed": False,
    "simple_agreed": False,
    "small_barred": False,
    "simple_barred": False,
    "needs_notice": False,
}
REST: dict[str, Any] = {
    "needs_appraisal": False,
    "suitable": False,
    "consents": False,
    "suggested": "SIMPLE",
    "reasons": "事实清楚，标的额超过小额标准",
}
WHOLE: dict[str, Any] = {"has_claims": True, "has_findings": True, "has_result": True, "has_appeal": True}


@dataclass(frozen=True, slots=True)
class Courts:
    """The institutions of the story: two courts, a division of the second, and the pool that serves for it."""

    helper: Side
    court: Side
    division: Side
    pool: Side


@pytest.fixture(scope="module")
def courts(database: object) -> Courts:
    court = side("suit.court", "court_basic", "管辖法院", "FILING_JUDGE", "CLERK", "PARTY", "TRIAGE_OFFICER", "JUDGE", court_code="晋0795")
    return Courts(
        side("suit.helper", "court_basic", "协作法院", "FILING_JUDGE", "CLERK", court_code="晋0796"),
        court,
        side("suit.division", "division", "速裁庭", "FILING_JUDGE", "JUDGE", "JUDGE_ASSISTANT", "CLERK", "PRESIDENT", above=court),
        side("suit.pool", "service_pool", "送达中心", "CLERK", "SERVER", "SYSTEM", above=court),
    )


def filed(courts: Courts, story: Story) -> int:
    """At the near court; decided by the competent one, whose answer comes back."""
    helper, court = courts.helper, courts.court
    case = story.opens(helper, "cross_filing", "CrossFiling.receive", "CLERK", "2026-03-02 09:00", suit="ORDINARY", court_chosen="管辖法院")
    story.does(helper, case, "check", "CLERK", "2026-03-02 09:10", form_complete=True)
    with pytest.raises(NoSuchStep):
        story.does(helper, case, "file", "FILING_JUDGE", "2026-03-02 09:12")
    story.does(helper, case, "push", "FILING_JUDGE", "2026-03-02 09:15", to={"request": court}, court_chosen="管辖法院")
    review = story.gets(court, case, "request", "FILING_JUDGE", "2026-03-02 09:25")
    assert on(due(review, "CrossReview.to_decide")) == date(2026, 3, 9)
    story.does(court, review, "file", "FILING_JUDGE", "2026-03-03 10:00", competent=True, qualifies=True)
    delivered("2026-03-03 10:01")
    assert (stage(case), outcome(case, "request")) == ("answered", "filed")
    story.does(helper, case, "deliver", "CLERK", "2026-03-03 11:00")
    return case


def paid(courts: Courts, story: Story) -> int:
    """The fee by the tariff, halved once, paid in seven days."""
    court, full = courts.court, property_case(CLAIMED)
    half = halved(full, [Halving.SIMPLE]).value
    facts: dict[str, Any] = {"claimed": CLAIMED, "full": full.value, "halving": "SIMPLE"}
    with pytest.raises(Refusal) as wrong:
        story.opens(court, "court_fee", "order", "FILING_JUDGE", "2026-03-03 14:00", **facts, due=full.value)
    assert [r.rule for r in wrong.value.reasons] == ["CourtFee.misreckoned"]
    case = story.opens(court, "court_fee", "order", "FILING_JUDGE", "2026-03-03 14:00", **facts, due=half)
    story.does(court, case, "notify", "CLERK", "2026-03-03 15:00")
    assert on(due(case, "CourtFee.to_pay")) == date(2026, 3, 10)
    story.does(court, case, "pay", "PARTY", "2026-03-05 09:00", paid_sum=half, receipt="J-1")
    story.does(court.other("bank", "BANK"), case, "reconcile", "BANK", "2026-03-05 18:00", bank_sum=half)
    return case


def team(courts: Courts, story: Story) -> None:
    """One judge, two assistants, two clerks: not active while one is lacking."""
    own = courts.division
    case = story.opens(own, "fast_track_team", "form", "PRESIDENT", "2026-03-02 09:00", team="速裁一组", cause="CONTRACT")
    joins = [("judge", "甲"), ("assistant", "乙"), ("assistant", "丙"), ("clerk", "丁"), ("clerk", "戊")]
    for what, person in joins:
        if person == "戊":
            with pytest.raises(Refusal) as lacking:
                story.does(own, case, "activate", "PRESIDENT", "2026-03-02 10:00")
            assert [r.rule for r in lacking.value.reasons] == ["FastTrackTeam.not_two_clerks"]
        story.does(own, case, f"Member.join_{what}", "PRESIDENT", "2026-03-02 10:00", entity=person, person=person)
    story.does(own, case, "activate", "PRESIDENT", "2026-03-02 11:00")


def sent_to_team(courts: Courts, story: Story) -> tuple[int, int]:
    """Assessed, sent to its lane, given to the team: (the triage, the team's case)."""
    court = courts.court
    case = story.opens(court, "triage", "Triage.receive", "FILING_JUDGE", "2026-03-04 09:00", amount=CLAIMED, wage=Decimal(82_413), money_claim=True)
    story.does(court, case, "assess", "TRIAGE_OFFICER", "2026-03-04 09:10", **FORM, **REST)
    with pytest.raises(Refusal) as barred:
        story.does(court, case, "send_to_small", "TRIAGE_OFFICER", "2026-03-04 09:20", override_ground="从快")
    assert [r.rule for r in barred.value.reasons] == ["Triage.small_enough"]
    story.does(court, case, "send_to_simple", "TRIAGE_OFFICER", "2026-03-04 09:20")
    story.does(court, case, "assign_team", "TRIAGE_OFFICER", "2026-03-04 09:30", team="CONTRACT", judges=1, assistants=2, clerks=2)
    story.does(court, case, "trial.send", "TRIAGE_OFFICER", "2026-03-04 09:40", entity="t1", to={"trial": courts.division})
    trial = story.gets(
        courts.division, case, "trial", "FILING_JUDGE", "2026-03-04 14:00", step="assign", filed_on=date(2026, 3, 3), route="SIMPLE",
        cause="CONTRACT", team="速裁一组", judge="甲",
    )  # fmt: skip
    return case, trial


def served(courts: Courts, story: Story, trial: int) -> None:
    """The complaint through the pool, electronically, with its proof."""
    own, pool = courts.division, courts.pool
    story.does(own, trial, "service.send", "CLERK", "2026-03-04 15:00", entity="d1", to={"service": pool})
    task = story.gets(
        pool, trial, "service", "CLERK", "2026-03-04 15:30", step="assign_copy", simple=True, abroad=False, send_from=date(2026, 3, 3),
        missing=False,
    )  # fmt: skip
    with pytest.raises(Refusal) as last_resort:
        story.does(pool, task, "announce", "CLERK", "2026-03-04 15:40", missing=True)
    assert "Service.in_simple" in [r.rule for r in last_resort.value.reasons]
    story.does(pool, task, "Electronic.send", "SERVER", "2026-03-04 16:00", entity="e1", consent="EXPRESS", address_confirmed=True)
    story.does(pool, task, "Electronic.arrive", "SYSTEM", "2026-03-04 16:01", entity="e1")
    story.does(pool, task, "serve_copy", "CLERK", "2026-03-04 16:05")
    assert on(due(task, "Service.defence")) == date(2026, 3, 19)
    story.does(pool, task, "file_proof", "CLERK", "2026-03-05 09:00")
    delivered("2026-03-05 09:01")
    assert outcome(trial, "service") == "served"
    story.does(own, trial, "serve", "CLERK", "2026-03-05 09:30")


def judged(courts: Courts, story: Story, trial: int) -> None:
    """Heard, decided in court; the judgment from its template, no part of it missing."""
    own = courts.division
    story.does(own, trial, "schedule", "JUDGE_ASSISTANT", "2026-03-09 09:00", batch="三月第三批")
    story.does(own, trial, "hear", "JUDGE", "2026-03-24 09:00", element_form=True)
    story.does(own, trial, "pronounce", "JUDGE", "2026-03-24 11:00", unsuitable=False)
    paper = story.opens(
        own, "judgment_document", "generate", "JUDGE_ASSISTANT", "2026-03-24 14:00", kind="JUDGMENT", template="买卖合同2026-1", final_at_once=False
    )
    story.does(
        own, paper, "CitedArticle.note", "JUDGE_ASSISTANT", "2026-03-24 14:10", entity="a1", article="民法典577", applied_on=date(2026, 3, 24),
        text_from=date(2021, 1, 1), repealed=False,
    )  # fmt: skip
    story.does(own, paper, "CitedArticle.verify", "JUDGE", "2026-03-24 15:00", entity="a1")
    with pytest.raises(Refusal) as missing:
        story.does(own, paper, "check", "JUDGE", "2026-03-25 09:00", **{**WHOLE, "has_appeal": False})
    assert [r.rule for r in missing.value.reasons] == ["JudgmentDocument.no_appeal"]
    story.does(own, paper, "check", "JUDGE", "2026-03-25 09:00", **WHOLE)
    story.does(own, paper, "issue", "JUDGE", "2026-03-26 09:00", "CLERK", changed=40, pronounced_on=date(2026, 3, 24), in_court=True)
    story.does(own, paper, "seal", "CLERK", "2026-03-26 10:00")
    story.does(own, paper, "serve", "CLERK", "2026-03-31 09:00")
    story.does(own, paper, "publish", "CLERK", "2026-04-20 09:00", secret=False, masked=True)
    story.does(own, paper, "file", "CLERK", "2026-04-20 10:00")
    story.does(own, trial, "deliver", "CLERK", "2026-03-31 09:10")
    story.does(own, trial, "archive", "CLERK", "2026-04-20 10:10")


def refunded(courts: Courts, story: Story, fee: int, last: str) -> None:
    """The winner gets back what the loser bears, from another hand than the one that decided it."""
    court, half = courts.court, halved(property_case(CLAIMED), [Halving.SIMPLE]).value
    story.does(court, fee, "decide_refund", "JUDGE", "2026-04-16 09:00", back="WON", refund=half, effective=date(2026, 4, 16))
    story.does(court.other("hui", "FINANCE"), fee, "refund_all", "FINANCE", last, refunded=half)


def test_from_a_far_court_to_the_refund(courts: Courts) -> None:
    story = Story()
    filed(courts, story)
    fee = paid(courts, story)
    team(courts, story)
    triage, trial = sent_to_team(courts, story)
    served(courts, story, trial)
    judged(courts, story, trial)
    delivered("2026-04-20 10:11")
    assert outcome(triage, "trial") == "tried"
    story.does(courts.court, triage, "close", "JUDGE", "2026-04-20 11:00", templated=True, appealed=False)
    refunded(courts, story, fee, "2026-04-24 09:00")
    assert {stage(c) for c in (fee, triage, trial)} == {"done", "closed", "archived"}
    assert found(story.cases, "2026-06-01 09:00") == {}


def test_a_refund_after_fifteen_days_is_found(courts: Courts) -> None:
    story = Story()
    fee = paid(courts, story)
    refunded(courts, story, fee, "2026-05-12 09:00")
    assert found(story.cases, "2026-06-01 09:00") == {fee: ["CourtFee.to_refund"]}
