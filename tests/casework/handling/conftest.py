"""承办夹具 · A court and a unit beside it, each with people, and a case that the court has opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from tests.casework.conftest import actor_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.models import Account, Organisation, Person, Post, PostRole
from tianping.casework.security.administration import By

MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
NUMBERS = count(1)


def unit_of(name: str, parent: Organisation | None = None, **days: date) -> Organisation:
    row = Organisation.objects.create(code=f"{name}-{next(NUMBERS)}", kind="unit", zh=name, en=name, parent=parent, **days)
    row.path = f"{parent.path if parent else '/'}{row.pk}/"
    row.save()
    return row


def post_at(
    unit: Organisation, *roles: str, first: date = date(2026, 1, 1), last: date | None = None, person: Person | None = None, title: str = "法官"
) -> Post:
    post = Post.objects.create(
        person=person or Person.objects.create(name="王示例"), organisation=unit, zh=title, en="Judge", valid_from=first, valid_to=last
    )
    PostRole.objects.bulk_create([PostRole(post=post, role=f"Roles.{r}", valid_from=first, valid_to=last) for r in roles])
    return post


def by(administrator: str) -> By:
    """An administrator, acting on Monday."""
    account = Account(username=f"{administrator}-{next(NUMBERS)}", administrator=administrator)
    account.set_unusable_password()
    account.save()
    return By(account, MONDAY)


@dataclass(frozen=True, slots=True)
class Scene:
    """A court with a judge and a case, another unit with a judge who does not see it."""

    court: Organisation
    judge: Actor
    post: Post
    case: int
    unit: Organisation
    stranger: Actor
    colleague: Post


@pytest.fixture
def scene(database: object) -> Scene:
    court, unit = unit_of("试点法院"), unit_of("外单位")
    judge, stranger = actor_of(court, "JUDGE", "FILING_JUDGE"), actor_of(unit, "JUDGE", name="zhao.li")
    new = NewCase("张三诉李四买卖合同纠纷", court.pk, keys=judge.keys)
    facts = {"suit": "ORDINARY", "qualifies": True}
    taken = case_open(procedure="pre_filing", step="PreFiling.receive", actor=judge, at=MONDAY, new=new, facts=facts, role="Roles.FILING_JUDGE")
    return Scene(court, judge, post_at(court, "JUDGE"), taken.case_id, unit, stranger, post_at(unit, "JUDGE"))


def closed(scene: Scene) -> None:
    """File the case: pre-filing is closed with it."""
    step_take(case_id=scene.case, step="file", actor=scene.judge, at=MONDAY, facts={"qualifies": True}, role="Roles.FILING_JUDGE")


def cleared(actor: Actor, level: int) -> Actor:
    return replace(actor, clearance=level)
