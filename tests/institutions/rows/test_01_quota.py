"""员额 · The report's figures come from posts; one above the ceiling is refused; an exit needs a statutory ground; promotions are traced."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.casework.conftest import actor_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, Taken, case_open, step_take
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Organisation
from tianping.institutions.establishment.quota.indicators import Quota
from tianping.procedure.roles import Signer

AT = datetime(2021, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ROLES = ("POLITICAL_LEGAL_COMMITTEE", "POLITICAL_DEPARTMENT", "APPOINTING_BODY")
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


@pytest.fixture(scope="module")
def office(database: object) -> Actor:
    made = Organisation.objects.create(code="quota-court", kind="court", zh="员额试院", en="Court of the quota")
    return actor_of(made, *ROLES)


def opened(office: Actor, procedure: str, step: str, role: str, facts: dict[str, Any], co: tuple[Signer, ...] = ()) -> Taken:
    new = NewCase("员额", office.organisation, keys=office.keys)
    return case_open(procedure=procedure, step=step, actor=office, at=AT, new=new, facts=facts, role=role, co_signers=co)


def approve(office: Actor, branch: str, approved: int, staffing: int) -> Taken:
    facts = {"branch": branch, "staffing": staffing, "percent": 39, "approved": approved}
    return opened(office, "quota_ceiling", "approve", "Roles.POLITICAL_LEGAL_COMMITTEE", facts)


def enter(office: Actor, branch: str, batch: int) -> Taken:
    facts = {"branch": branch, "batch": batch, "leader": False, "related": False, "rank": "FIFTH"}
    co = (Signer("political", "Roles.POLITICAL_DEPARTMENT"),)
    return opened(office, "quota_post", "enter", "Roles.APPOINTING_BODY", facts, co)


def take(office: Actor, case: Taken, step: str, role: str, facts: dict[str, Any] | None = None) -> None:
    step_take(case_id=case.case_id, step=step, actor=office, at=AT + timedelta(days=1), role=f"Roles.{role}", facts=facts or {})


def test_one_above_the_ceiling_is_refused_with_its_article(office: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        enter(office, "JUDGE", 1)
    assert [r.rule for r in refused.value.reasons] == ["QuotaPost.full"]
    with pytest.raises(Refusal) as refused:
        approve(office, "JUDGE", 4, 10)
    assert [r.rule for r in refused.value.reasons] == ["QuotaCeiling.over_ratio"]
    approve(office, "JUDGE", 3, 10)
    approve(office, "PROSECUTOR", 2, 10)
    posts = [enter(office, "JUDGE", batch) for batch in (1, 1, 2)] + [enter(office, "PROSECUTOR", batch) for batch in (1, 2)]
    for branch in ("JUDGE", "PROSECUTOR"):
        with pytest.raises(Refusal) as refused:
            enter(office, branch, 2)
        assert [r.rule for r in refused.value.reasons] == ["QuotaPost.full"]
        assert "JL 25" in refused.value.reasons[0].cites
    figures = Figures()
    assert (figures.value(Quota.judges), figures.value(Quota.prosecutors)) == (3, 2)
    take(office, posts[0], "propose_exit", "POLITICAL_DEPARTMENT", {"ground": "RETIRED"})
    take(office, posts[0], "leave", "APPOINTING_BODY")
    enter(office, "JUDGE", 2)
    again = Figures()
    assert (again.value(Quota.judges), again.value(Quota.held), again.value(Quota.vacancies)) == (4, 5, 1)


def test_a_ground_that_is_not_statutory_is_refused(office: Actor) -> None:
    case = Figures().cases(Quota.held, size=1)["case_id"][0].as_py()
    with pytest.raises(Refusal) as refused:
        step_take(
            case_id=int(case), step="propose_exit", actor=office, at=AT + timedelta(days=2), role="Roles.POLITICAL_DEPARTMENT",
            facts={"ground": "OTHER"},
        )  # fmt: skip
    assert [r.rule for r in refused.value.reasons] == ["QuotaPost.not_statutory"]
    assert "JL 20" in refused.value.reasons[0].cites


def test_promotions_are_traced_to_their_cases(office: Actor) -> None:
    chosen = [int(n) for n in Figures().cases(Quota.held, size=2)["case_id"].to_pylist()]
    for case in chosen:
        for step, role, facts in (
            ("promote", "POLITICAL_DEPARTMENT", {"rank": "FOURTH"}),
            ("report_promotion", "POLITICAL_LEGAL_COMMITTEE", {}),
        ):
            step_take(case_id=case, step=step, actor=office, at=AT + timedelta(days=3), role=f"Roles.{role}", facts=facts)
    figures = Figures()
    assert figures.value(Quota.promoted) == 2
    assert [int(n) for n in figures.cases(Quota.promoted)["case_id"].to_pylist()] == sorted(chosen, key=str)
