"""一次遴选 · Announced, examined, before the committee, published, appointed into the quota; and out of it again on a ground of the statute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.journeys.telling import Side, Story, found, side, stage
from tianping.casework.errors import Refusal


@dataclass(frozen=True, slots=True)
class Sides:
    """The court, the committee of the province, the congress that appoints, the political and legal committee."""

    court: Side
    committee: Side
    congress: Side
    leadership: Side


@pytest.fixture(scope="module")
def sides(database: object) -> Sides:
    return Sides(
        side("quota.court", "court_basic", "法院", "POLITICAL_DEPARTMENT", "CANDIDATE"),
        side("quota.committee", "committee", "省法官遴选委员会", "SELECTION_COMMITTEE"),
        side("quota.congress", "congress", "人大常委会", "APPOINTING_BODY"),
        side("quota.leadership", "committee", "政法委", "POLITICAL_LEGAL_COMMITTEE"),
    )


def why(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [r.rule for r in refused.value.reasons]


def selected(sides: Sides, story: Story) -> int:
    """The round: two apply, one has too few years."""
    court, committee = sides.court, sides.committee
    case = story.opens(court, "selection_round", "announce", "POLITICAL_DEPARTMENT", "2021-03-01 09:00", branch="JUDGE", batch=2, places=1)
    for other, role in ((committee, "SELECTION_COMMITTEE"), (sides.congress, "APPOINTING_BODY")):
        story.joins(court, case, other, role, "2021-03-01 10:00")
    about: dict[str, Any] = {"degree": "MASTER", "from_practice": False, "practice_years": 0, "exam": True, "disqualified": False}
    for who, years in (("甲", 6), ("乙", 3)):
        story.does(court, case, "Candidate.apply", "CANDIDATE", "2021-03-15 09:00", entity=who, legal_years=years, **about)
    story.does(court, case, "Candidate.admit", "POLITICAL_DEPARTMENT", "2021-03-22 09:00", entity="甲")
    with pytest.raises(Refusal) as young:
        story.does(court, case, "Candidate.admit", "POLITICAL_DEPARTMENT", "2021-03-22 09:00", entity="乙")
    assert why(young) == ["Candidate.too_short"]
    story.does(court, case, "Candidate.refuse", "POLITICAL_DEPARTMENT", "2021-03-22 10:00", entity="乙")
    story.does(court, case, "Candidate.assess", "POLITICAL_DEPARTMENT", "2021-04-12 09:00", entity="甲")
    with pytest.raises(Refusal) as early:
        story.does(committee, case, "Candidate.review", "SELECTION_COMMITTEE", "2021-04-20 09:00", entity="甲")
    assert why(early) == ["SelectionRound.not_sitting"]
    with pytest.raises(Refusal) as few:
        story.does(committee, case, "convene", "SELECTION_COMMITTEE", "2021-04-20 09:00", sitting_members=15, own_branch=4)
    assert why(few) == ["SelectionRound.too_few_own"]
    story.does(committee, case, "convene", "SELECTION_COMMITTEE", "2021-04-20 09:00", sitting_members=15, own_branch=5)
    story.does(committee, case, "Candidate.review", "SELECTION_COMMITTEE", "2021-04-21 09:00", entity="甲")
    story.does(court, case, "Candidate.publish", "POLITICAL_DEPARTMENT", "2021-04-25 09:00", entity="甲")
    story.does(sides.congress, case, "Candidate.appoint", "APPOINTING_BODY", "2021-05-28 09:00", entity="甲", objection=False)
    story.does(court, case, "close", "POLITICAL_DEPARTMENT", "2021-05-31 09:00")
    return case


def appointed(sides: Sides, story: Story) -> int:
    """The post, within what was approved for the court."""
    court = sides.court.other("zhang", "APPOINTING_BODY", "POLITICAL_DEPARTMENT", "CANDIDATE", "POLITICAL_LEGAL_COMMITTEE")
    facts: dict[str, Any] = {"branch": "JUDGE", "batch": 2, "leader": False, "related": False, "rank": "FIFTH"}
    asked = ("quota_post", "enter", "APPOINTING_BODY", "2021-05-28 10:00", "POLITICAL_DEPARTMENT")
    with pytest.raises(Refusal) as full:
        story.opens(court, *asked, **facts)
    assert why(full) == ["QuotaPost.full"]
    approved: dict[str, Any] = {"branch": "JUDGE", "staffing": 10, "percent": 39, "approved": 1}
    story.opens(court, "quota_ceiling", "approve", "POLITICAL_LEGAL_COMMITTEE", "2021-01-04 09:00", **approved)
    post = story.opens(court, *asked, **facts)
    for other, role in ((sides.leadership, "POLITICAL_LEGAL_COMMITTEE"), (sides.congress, "APPOINTING_BODY")):
        story.joins(court, post, other.other(f"{role}-2"), role, "2021-05-28 10:10")
    return post


def test_from_the_notice_to_the_exit(sides: Sides) -> None:
    story = Story()
    case = selected(sides, story)
    post = appointed(sides, story)
    court, congress = sides.court, sides.congress
    story.does(court, post, "promote", "POLITICAL_DEPARTMENT", "2023-06-01 09:00", rank="FOURTH")
    story.does(sides.leadership, post, "report_promotion", "POLITICAL_LEGAL_COMMITTEE", "2023-06-05 09:00")
    with pytest.raises(Refusal) as other:
        story.does(court, post, "propose_exit", "POLITICAL_DEPARTMENT", "2024-01-08 09:00", ground="OTHER")
    assert why(other) == ["QuotaPost.not_statutory"]
    story.does(court, post, "propose_exit", "POLITICAL_DEPARTMENT", "2024-01-08 09:00", ground="RESIGNED")
    story.does(congress, post, "leave", "APPOINTING_BODY", "2024-02-20 09:00")
    with pytest.raises(Refusal) as soon:
        story.does(court, post, "practise", "CANDIDATE", "2025-02-20 09:00")
    assert why(soon) == ["QuotaPost.two_years"]
    story.does(court, post, "fill", "POLITICAL_DEPARTMENT", "2024-05-06 09:00")
    story.does(court, post, "practise", "CANDIDATE", "2026-02-21 09:00")
    assert (stage(case), stage(post)) == ("closed", "filled")
    assert found(story.cases, "2026-03-02 09:00") == {}
