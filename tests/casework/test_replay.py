"""半年回放 · The report's half-year in the database: its four figures come out of the ledger, and one settlement less is one settlement less."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import ROOT
from tianping.casework.city.load import load
from tianping.casework.city.pack import read_pack
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.importing import Imported
from tianping.casework.funnel import Counted, Row, funnel, total
from tianping.casework.ledger.verify import verify
from tianping.casework.models import Case, Organisation, Post, Referral
from tianping.casework.replay.model import Counts
from tianping.casework.replay.plan import plan
from tianping.casework.replay.run import run
from tianping.casework.replay.scenario import read_scenario

CITY = ROOT / "cities" / "jinzhong"
AT = datetime(2021, 12, 31, 18, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def replayed(database: object) -> Imported:
    pack = read_pack(CITY)
    city = load(pack, replay=True)
    assert load(pack, replay=True).organisations == city.organisations
    scenario = read_scenario(CITY / "scenarios" / "half_year_2021.toml")
    return run(plan(scenario, pack), city, at=AT)


def city_rows() -> list[Row]:
    """The rows of the city's own courts: other tests write into the same database."""
    return [row for row in funnel() if row.court.startswith("court.")]


def test_the_figures_of_the_report_come_out_of_the_ledger(replayed: Imported) -> None:
    rows = city_rows()
    assert total(rows) == Counted(1264, 1149, 491, 149)
    assert total(rows).open == 115
    assert len({row.court for row in rows}) == 3
    assert len({row.source for row in rows}) == 5


def test_every_event_of_the_replay_is_chained(replayed: Imported) -> None:
    assert verify(ledger_lines(list(replayed.cases.values()))).events == replayed.steps


def test_a_referral_leads_to_the_case_that_it_became(replayed: Imported) -> None:
    rows = Referral.objects.filter(case_id__in=replayed.cases.values(), matter="MediationRequest")
    assert rows.count() == 1264
    assert rows.filter(state="answered", outcome="settled").count() == 491
    taken = rows.filter(received__isnull=False).first()
    assert taken is not None
    assert taken.received is not None
    assert taken.received.organisation_id == taken.receiver_id


def test_confirmations_of_2021_carry_the_numbers_of_that_year(replayed: Imported) -> None:
    numbers = Case.objects.filter(definition__code="judicial_confirmation", number__isnull=False).values_list("number", flat=True)
    assert all(n is not None and "民特" in n and n.startswith("（2021）") for n in numbers)
    assert Organisation.objects.filter(kind="court_basic", valid_to__isnull=True).count() == 11
    assert Post.objects.filter(organisation__code="court.pingyao").exists()


def test_one_settlement_less_in_the_scenario_is_one_less_in_the_ledger(replayed: Imported) -> None:
    pack = read_pack(CITY)
    scenario = read_scenario(CITY / "scenarios" / "half_year_2021.toml")
    before = total(city_rows())
    share = scenario.shares[0]
    fewer = replace(share.counts, settled=share.counts.settled - 1, closed=share.counts.closed - 1, pushed=share.counts.pushed - 1)
    assert isinstance(fewer, Counts)
    planned = plan(replace(scenario, shares=(replace(share, counts=fewer), *scenario.shares[1:])), pack)
    run(planned, load(pack, replay=True), at=AT)
    after = total(city_rows())
    assert (after.settled - before.settled, after.pushed - before.pushed) == (490, 1263)
