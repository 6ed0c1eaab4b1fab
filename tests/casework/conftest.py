"""办案夹具 · Institutions and actors of the tests, and a replayed city. The database is that of ``tests.postgres``."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import ROOT
from tianping.casework.city.load import load
from tianping.casework.city.pack import read_pack
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.importing import Imported
from tianping.casework.funnel import Counted, Row, funnel, total
from tianping.casework.models import AccessKey, Organisation
from tianping.casework.replay.plan import plan
from tianping.casework.replay.run import run
from tianping.casework.replay.scenario import read_scenario


@pytest.fixture(scope="module")
def court(database: Embedded) -> Organisation:
    return Organisation.objects.create(code="court", kind="court", zh="试点法院", en="Pilot court", court_code="晋0728")


@pytest.fixture(scope="module")
def other_court(database: Embedded) -> Organisation:
    return Organisation.objects.create(code="other-court", kind="court", zh="他院", en="Other court", court_code="晋0781")


def actor_of(organisation: Organisation, *roles: str, name: str = "li.ming") -> Actor:
    """Somebody at an institution with some roles; its keys open a case as its own and from above, so that every role counts."""
    keys = tuple(AccessKey.objects.get_or_create(organisation=organisation, capacity=c)[0].pk for c in ("handle", "supervise"))
    return Actor(f"{name}@{organisation.code}", organisation.pk, frozenset(f"Roles.{r}" for r in roles), keys)


@dataclass(frozen=True, slots=True)
class Replay:
    """The half-year in the module's database, and what the funnel of the city's courts counts."""

    imported: Imported
    counted: Counted

    @property
    def cases(self) -> list[int]:
        return list(self.imported.cases.values())


CITY = ROOT / "cities" / "jinzhong"
SCENARIO = CITY / "scenarios" / "half_year_2021.toml"
YEARS_END = datetime(2021, 12, 31, 18, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def replayed(half_year: Imported) -> Replay:
    """The city with its half-year; tests that add to it compare with what was there."""
    return Replay(half_year, total(city_rows()))


def city_rows() -> list[Row]:
    """The rows of the city's own courts: other tests write into the same database."""
    return [row for row in funnel() if row.court.startswith("court.")]


def one_settlement_less() -> Counted:
    """What the funnel counts more, after the half-year is played once more without one of its settlements."""
    pack, scenario, before = read_pack(CITY), read_scenario(SCENARIO), total(city_rows())
    share = scenario.shares[0]
    fewer = replace(share.counts, settled=share.counts.settled - 1, closed=share.counts.closed - 1, pushed=share.counts.pushed - 1)
    run(plan(replace(scenario, shares=(replace(share, counts=fewer), *scenario.shares[1:])), pack), load(pack, replay=True), at=YEARS_END)
    return _minus(total(city_rows()), before)


def _minus(one: Counted, other: Counted) -> Counted:
    return Counted(*(getattr(one, f.name) - getattr(other, f.name) for f in fields(Counted)))


def day(text: str) -> date:
    return date.fromisoformat(text)


def folder(path: str) -> Path:
    return ROOT / path
