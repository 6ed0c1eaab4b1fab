"""半年回放 · The report's half-year in the database: its four figures come out of the ledger, and one settlement less is one settlement less."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.casework.conftest import CITY, Replay, city_rows
from tianping.casework.city.load import load
from tianping.casework.city.pack import read_pack
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.importing import steps_import
from tianping.casework.funnel import Counted
from tianping.casework.ledger.verify import verify
from tianping.casework.models import AccessKey, Case, Organisation, Post, Referral
from tianping.casework.replay.present import present_cases
from tianping.casework.watch.alarms import near
from tianping.casework.watch.findings import flow


def test_a_city_that_is_loaded_twice_is_the_same(replayed: Replay) -> None:
    pack = read_pack(CITY)
    before = Organisation.objects.count(), Post.objects.count()
    assert load(pack, replay=True).organisations == load(pack, replay=True).organisations
    assert (Organisation.objects.count(), Post.objects.count()) == before


def test_the_figures_of_the_report_come_out_of_the_ledger(replayed: Replay) -> None:
    assert replayed.counted == Counted(1264, 1149, 491, 149)
    assert replayed.counted.open == 115
    assert len({row.court for row in city_rows()}) == 3
    assert len({row.source for row in city_rows()}) == 5


def test_every_event_of_the_replay_is_chained(replayed: Replay) -> None:
    assert verify(ledger_lines(replayed.cases)).events == replayed.imported.steps


def test_a_referral_leads_to_the_case_that_it_became(replayed: Replay) -> None:
    rows = Referral.objects.filter(case_id__in=replayed.cases, matter="MediationRequest")
    assert rows.count() == 1264
    assert rows.filter(state="answered", outcome="settled").count() == 491
    taken = rows.filter(received__isnull=False).first()
    assert taken is not None
    assert taken.received is not None
    assert taken.received.organisation_id == taken.receiver_id


def test_confirmations_of_2021_carry_the_numbers_of_that_year(replayed: Replay) -> None:
    numbers = Case.objects.filter(pk__in=replayed.cases, definition__code="judicial_confirmation", number__isnull=False).values_list(
        "number", flat=True
    )
    assert all(n is not None and "民特" in n and n.startswith("（2021）") for n in numbers)
    assert Organisation.objects.filter(code__startswith="court.", kind="court_basic", valid_to__isnull=True).count() == 11
    assert Post.objects.filter(organisation__code="court.pingyao").exists()


def test_what_stands_today_is_lawful_and_supervised(replayed: Replay) -> None:
    """The cases of the moment, of every element, as the bureau's legal officer sees them."""
    now, city = datetime.now(UTC), load(read_pack(CITY), replay=True)
    cases = list(present_cases(CITY / "scenarios" / "today.toml", city, now))
    done = steps_import(cases=cases, recorder="replay", at=now, recorded="happened")
    assert not done.refused
    bureau = city.organisations["police.yuci"]
    keys = tuple(AccessKey.objects.filter(organisation_id=bureau).values_list("pk", flat=True))
    seen = near(Actor("legal", bureau, frozenset({"Roles.LEGAL_REVIEW"}), keys), now)
    mine = [a for a in seen.alarms if a.case in done.cases.values()]
    assert {a.element for a in mine} == {"INCIDENT", "PERSON", "PROPERTY"}
    assert {a.level for a in mine} >= {"l3", "l2"}
    assert not any("张某" in a.title or "赵某" in a.title for a in mine), "a bureau sees its station's people masked"
    went = flow(Actor("legal", bureau, frozenset({"Roles.LEGAL_REVIEW"}), keys), now)
    assert [went.stage(s) for s in ("alarmed", "rectifying", "suspended")] == [1, 1, 1]
