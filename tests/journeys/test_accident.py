"""一起车祸 · From the scene to the money: certificate, damages reckoned, mediated on the platform, confirmed by the court, paid by the insurer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.journeys.telling import Side, Story, at, delivered, due, found, lapsed, on, outcome, side, stage
from tianping.casework.errors import Refusal
from tianping.law.damages import Published, read_case, settle
from tianping.law.damages.settlement import Payer
from tianping.law.parameters import parameter


@pytest.fixture(scope="module")
def sides(database: object) -> dict[str, Side]:
    return {
        "police": side("crash.police", "traffic_police", "交警大队", "TRAFFIC_POLICE", "PARTY"),
        "platform": side("crash.platform", "platform", "道交一体化平台", "MEDIATION_BODY", "CLERK", "MEDIATOR", "APPLICANT", "OPPONENT"),
        "court": side("crash.court", "court_basic", "法院", "FILING_JUDGE", "JUDGE", "CLERK", "APPLICANT", "OPPONENT", court_code="晋0794"),
        "insurer": side("crash.insurer", "insurer", "保险公司", "INSURER"),
    }


def reckoned() -> dict[str, Any]:
    """The losses of the sample crash, and who pays what of them."""
    result = settle(read_case(ROOT / "examples" / "damages" / "crash.toml"), Published(parameter))
    parts = {p.value: result.paid(payer=p) for p in (Payer.COMPULSORY, Payer.COMMERCIAL, Payer.TORTFEASOR)}
    return {**parts, "own": sum(result.own.values(), Decimal(0)), "total": sum((a.total() for a in result.assessments), Decimal(0))}


def certified(sides: dict[str, Side], story: Story) -> int:
    """The accident at the traffic police, with its certificate served on all."""
    police = sides["police"]
    case = story.opens(police, "road_accident", "RoadAccident.report", "TRAFFIC_POLICE", "2023-03-10 08:00", harm="DEATH", title="货车与轿车相撞")
    story.does(police, case, "survey", "TRAFFIC_POLICE", "2023-03-10 09:00", "TRAFFIC_POLICE", grade="MIDDLE", crime=False)
    with pytest.raises(Refusal) as early:
        story.does(police, case, "dispute.send", "PARTY", "2023-03-15 09:00", entity="d1", to={"dispute": sides["platform"]})
    assert [r.rule for r in early.value.reasons] == ["RoadAccident.no_certificate"]
    story.does(police, case, "disclose", "TRAFFIC_POLICE", "2023-03-20 09:00")
    assert on(due(case, "RoadAccident.to_certify")) == date(2023, 3, 24), "ten working days"
    story.does(police, case, "certify", "TRAFFIC_POLICE", "2023-03-22 09:00")
    for party in ("甲", "乙", "丙"):
        story.does(police, case, "Receipt.serve", "TRAFFIC_POLICE", "2023-03-23 09:00", entity=party)
    story.does(police, case, "all_served", "TRAFFIC_POLICE", "2023-03-23 10:00")
    story.does(police, case, "dispute.send", "PARTY", "2023-03-30 09:00", entity="d1", to={"dispute": sides["platform"]})
    return case


def agreed(sides: dict[str, Side], story: Story, accident: int) -> int:
    """The dispute on the platform: reckoned, mediated, agreed."""
    platform, sums = sides["platform"], reckoned()
    assert sums["total"] == sums["compulsory"] + sums["commercial"] + sums["tortfeasor"] + sums["own"], "to the cent"
    case = story.gets(platform, accident, "dispute", "CLERK", "2023-03-31 09:00", voluntary=True, certified=True, insured=True)
    with pytest.raises(Refusal) as unbalanced:
        story.does(platform, case, "calculate", "MEDIATOR", "2023-03-31 10:00", **{**sums, "own": sums["own"] + 1})
    assert [r.rule for r in unbalanced.value.reasons] == ["RoadDispute.unbalanced"]
    story.does(platform, case, "calculate", "MEDIATOR", "2023-03-31 10:00", **sums)
    story.does(platform, case, "begin", "MEDIATOR", "2023-04-03 09:00")
    paid = sums["total"] - sums["own"]
    story.does(platform, case, "agree", "APPLICANT", "2023-04-17 09:00", "OPPONENT", "MEDIATOR", amount=paid, agreed_on=date(2023, 4, 17))
    return case


def confirmed(sides: dict[str, Side], story: Story, dispute: int) -> int:
    """The agreement before the court: both ask, it is confirmed and served."""
    court = sides["court"]
    story.does(sides["platform"], dispute, "apply", "APPLICANT", "2023-04-18 09:00", "OPPONENT", to={"confirmation": court})
    case = story.gets(
        court, dispute, "confirmation", "APPLICANT", "2023-04-18 10:00", "OPPONENT", step="apply", effective=date(2023, 4, 17), self_run=True,
        connected=True, level_fits=True,
    )  # fmt: skip
    story.does(court, case, "accept", "FILING_JUDGE", "2023-04-19 09:00", bar="NONE")
    story.does(court, case, "verify", "JUDGE", "2023-04-20 09:00")
    story.does(court, case, "confirm", "JUDGE", "2023-04-20 15:00", defect="NONE")
    delivered("2023-04-20 15:01")
    assert stage(dispute) == "confirmed"
    return case


def test_from_the_scene_to_the_money(sides: dict[str, Side]) -> None:
    story = Story()
    accident = certified(sides, story)
    dispute = agreed(sides, story, accident)
    confirmed(sides, story, dispute)
    story.does(sides["platform"], dispute, "claim_now", "APPLICANT", "2023-04-21 09:00", to={"claim": sides["insurer"]})
    claim = story.gets(sides["insurer"], dispute, "claim", "INSURER", "2023-04-21 10:00", step="receive_agreed")
    assert on(due(claim, "InsuranceClaim.to_pay")) == date(2023, 4, 27), "ten days from the agreement"
    story.does(sides["insurer"], claim, "pay", "INSURER", "2023-04-26 09:00")
    delivered("2023-04-26 09:01")
    delivered("2023-04-26 09:02")
    assert (stage(dispute), outcome(accident, "dispute")) == ("paid", "paid")
    lapsed("2023-04-26 09:03")
    story.does(sides["police"], accident, "close", "TRAFFIC_POLICE", "2023-04-27 09:00")
    assert found(story.cases, "2023-06-01 09:00") == {}


def test_an_insurer_that_pays_after_ten_days_is_found_on_both_sides(sides: dict[str, Side]) -> None:
    story = Story()
    dispute = agreed(sides, story, certified(sides, story))
    story.does(sides["platform"], dispute, "claim_now", "APPLICANT", "2023-04-21 09:00", to={"claim": sides["insurer"]})
    claim = story.gets(sides["insurer"], dispute, "claim", "INSURER", "2023-04-21 10:00", step="receive_agreed")
    story.does(sides["insurer"], claim, "pay", "INSURER", "2023-05-05 09:00")
    delivered("2023-05-05 09:01")
    assert found(story.cases, "2023-05-08 09:00") == {dispute: ["RoadDispute.to_pay"], claim: ["InsuranceClaim.to_pay"]}
    assert at("2023-05-05 09:00") > due(dispute, "RoadDispute.to_pay")
