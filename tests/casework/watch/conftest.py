"""监管夹具 · A county bureau with a legal reviewer, two stations below it with officers, and things that were seized and not handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.casework.handling.conftest import unit_of
from tianping.casework.access.acting import actor_for
from tianping.casework.access.keys import keys_for
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.models import Account, Organisation, Person, Post, PostRole
from tianping.procedure.roles import Signer

AT = datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True, slots=True)
class Bureau:
    """A bureau, its reviewers, its stations and their officers."""

    bureau: Organisation
    reviewer: Actor
    second: Actor
    station: Organisation
    other: Organisation
    officer: Actor
    post: int
    stranger: Actor


def somebody(unit: Organisation, name: str, *roles: str) -> tuple[Actor, int]:
    """A person with a post and roles, as it acts on the day."""
    person = Person.objects.create(name=name)
    post = Post.objects.create(person=person, organisation=unit, zh="民警", en="Officer", valid_from=date(2020, 1, 1))
    PostRole.objects.bulk_create([PostRole(post=post, role=f"Roles.{r}", valid_from=date(2020, 1, 1)) for r in roles])
    account = Account.objects.create_user(f"u{person.pk}.{unit.pk}", None, person=person)
    keys_for(unit.pk)
    return actor_for(account, at=AT), post.pk


@pytest.fixture
def bureau(database: object) -> Bureau:
    top = unit_of("县公安局")
    station, other, elsewhere = unit_of("甲派出所", top), unit_of("乙派出所", top), unit_of("外县公安局")
    reviewer, _ = somebody(top, "孟法制", "LEGAL_REVIEW")
    second, _ = somebody(top, "史督察", "INSPECTOR")
    officer, post = somebody(station, "冯民警", "OFFICER")
    stranger, _ = somebody(elsewhere, "外法制", "LEGAL_REVIEW")
    return Bureau(top, reviewer, second, station, other, officer, post, stranger)


def seized(bureau: Bureau, unit: Organisation, at: datetime, title: str = "王大力随身物品") -> int:
    """Things seized at an hour, not handed in since: a register of the unit."""
    who = Actor(f"p{unit.pk}", unit.pk, frozenset({"Roles.OFFICER", "Roles.KEEPER"}), keys_for(unit.pk))
    new = NewCase(title, unit.pk, keys=keys_for(unit.pk))
    opened = case_open(procedure="case_property", step="CaseProperty.open_register", actor=who, at=at, new=new, role="Roles.OFFICER")
    second = (Signer("partner", "Roles.OFFICER"),)
    step_take(case_id=opened.case_id, step="Item.extract", actor=who, at=at, entity="手机1", role="Roles.OFFICER", co_signers=second)
    step_take(case_id=opened.case_id, step="Item.accept", actor=who, at=at, entity="手机1", role="Roles.OFFICER")
    return opened.case_id
